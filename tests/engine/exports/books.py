"""Guides for the tests of exports: one with all that a guide can have, and hostile ones."""

from engine.compiler import compile_guides
from engine.graph import GuideGraph

OTHER = """\
guide: other
title: Other
outcomes: {fine: {label: All fine, kind: success}, not: {label: Not fine, kind: failure}}
steps:
  a: {question: Well, options: [{id: x, label: X, to: b}, {id: y, label: Y, to: c}]}
  b: {outcome: fine}
  c: {outcome: not}
"""
WHOLE = """\
guide: whole
title: A whole guide
summary: All that a guide can have.
owner: accounts
review_by: 2027-05-01
stages: {talk: Talk, close: Close}
outcomes: {done: {label: All done, kind: success}, off: {label: Hung up, kind: abandoned}}
fields:
  name: {type: text, label: Client's *name*, given: true, help: As you say it.}
  sum: {type: money, currency: EUR, label: Amount due, min: 1, max: 100}
  by: {type: date, label: By when, max: today + days(1), required: false}
  weeks: {type: integer, label: For how long, unit: weeks, max: 4}
  way: {type: choice, label: Way of paying, options: {once: At once, parts: In parts}}
anytime:
  - {id: gone, label: Hangs up, outcome: off}
  - {id: again, label: Start again, to: greet}
  - {id: help, label: Needs help, hint: Soon, call: {guide: other}}
steps:
  count:
    branch: [{when: sum >= 50 and way == 'once', to: deal}, {to: over}]
  greet:
    stage: talk
    title: Greet
    say: |
      Hello {{ name }}, it is {{ today | date }}. <b>Bold</b> `<i>` <https://example.org>
    note: |
      - one
      - two
    points: ["Wait, *really*"]
    never: [You again]
    images: [{file: img/card.png, alt: "A *card* <b>"}, {file: lost.png, alt: Not here}]
    checks:
      - {id: a, label: Record seen, source: archive, required: true}
      - {id: b, label: Sum known, required: true, override: never}
      - {id: c, label: Mood noted}
    question: What do they say?
    options:
      - {id: pays, label: Will pay, hint: Soon, to: how}
      - {id: less, label: Wants less, to: deal, allow: is_answered(sum), because: 'Above {{ sum }} never'}
      - {id: part, label: Part, to: deal, when: is_answered(sum), allow: sum > 9, because: Small, override: reason}
      - {id: more, label: More, to: deal, allow: sum > 9, because: Small, override: approval}
  how:
    stage: talk
    ask: [sum, way, {field: by, when: way == 'once'}, weeks]
    skippable: true
    next: count
  deal:
    stage: close
    say: Good, {{ '{{' }}.
    next: end
  over:
    stage: close
    call: {guide: other, on: {fine: deal}, otherwise: away}
  away:
    stage: close
    switch_to: {guide: other}
  end: {stage: close, say: Goodbye, outcome: done}
start: greet
"""


def graph_of(*texts: str) -> GuideGraph:
    """The graph of the first of these guides, which are read together; they must have no errors."""
    compiled = compile_guides({f"{text.split()[1]}.yaml": text for text in texts})
    id = texts[0].split()[1]
    assert id in compiled.graphs, [str(problem) for problem in compiled.problems]
    return compiled.graphs[id]
