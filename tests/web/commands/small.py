"""A guide on disk for the tests of commands."""

from pathlib import Path

SMALL = """\
guide: small
title: A small guide
summary: Just enough to walk.
stages: {talk: Talk, close: Close}
outcomes: {done: {label: Done, kind: success}}
fields:
  name: {type: text, label: Name, given: true}
  sum: {type: money, currency: EUR, label: Amount due, help: What is open., max: 100}
  plan: {type: choice, label: Plan, options: [{id: once, label: At once}, {id: parts, label: In parts}]}
  ways: {type: choices, label: Ways, required: false, options: [{id: phone, label: Phone}, {id: post, label: Post}]}
  sure: {type: boolean, label: Sure}
  day: {type: date, label: Day}
steps:
  greet:
    stage: talk
    title: Greet
    note: Smile, **really**.
    say: Hello {{ name }}, see [our page](https://example.org/a_b).
    points: [Wait, Listen]
    never: [You again]
    checks: [{id: seen, label: Record seen, required: true}]
    question: What do they say?
    options:
      - {id: pays, label: Will pay, hint: Soon, to: how}
      - {id: leaves, label: Hangs up, to: end}
  how:
    stage: talk
    say: Which way suits you?
    ask: [sum, plan, ways, sure, day]
    next: thanks
  thanks:
    stage: close
    say: |
      Thank you, {{ sum | money }} {{ plan }}.

      - on {{ day | long_date }}
      - or sooner
    next: end
  end: {stage: close, say: Goodbye, outcome: done}
"""
CALLING = """\
guide: calling
title: A guide that calls
outcomes: {done: {label: Done, kind: success}}
steps:
  over: {call: {guide: small, with: {name: "'Ann'"}, otherwise: end}}
  end: {outcome: done}
"""
BROKEN = """\
guide: broken
title: A broken guide
outcomes: {done: {label: Done, kind: success}}
steps:
  one: {say: Hello, next: tow}
  two: {outcome: done}
"""


def written(folder: Path, *texts: str) -> list[str]:
    """These guides as files in the folder, each named as it says; the paths."""
    paths = []
    for text in texts:
        file = folder / f"{text.split()[1]}.yaml"
        file.write_text(text, encoding="utf-8")
        paths.append(str(file))
    return paths
