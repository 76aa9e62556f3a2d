"""A guide that uses all of the format, other versions of it, and what two versions must differ in to differ at all."""

import json
import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from engine.compiler import compile_guides
from engine.expressions.expression import Expression
from engine.model import Guide
from engine.text import Text

WHOLE = """\
guide: whole
title: A guide with everything
summary: All that a guide can have.
language: en
owner: accounts
tags: [one, two]
review_by: 2027-05-01
stages: {talk: Talk, close: Close}
start: greet
fields:
  name: {type: text, label: Name, given: true, personal: true, max_length: 80}
  place: {type: text, label: Place, given: true, required: false}
  agent: {type: text, from: agent.name}
  broken: {type: integer, fact: promises_broken, by: client, days: 365}
  code:
    type: text
    label: Code
    help: As it is printed.
    min_length: 2
    max_length: 9
    pattern: "[a-z]+"
    message: Write small letters
    default: abc
    required: false
  sum: {type: money, currency: EUR, label: Sum, min: 1, max: 1000}
  rate: {type: number, label: Rate, decimals: 2, step: 0.5, unit: km, required: false}
  day: {type: date, label: Day, min: today, max: today + days(30)}
  ways:
    type: choices
    label: Ways
    required: false
    none_option: none
    options:
      - {id: phone, label: Phone, hint: By voice}
      - {id: post, label: Post}
      - {id: none, label: None}
  mark: {type: rating, label: Mark, max: 5, required: false}
  rest: {type: money, currency: EUR, label: Rest, value: sum / 2}
  taken: {type: text, label: Taken}
outcomes:
  done: {label: Done, kind: success}
  lost: {label: Lost, kind: failure}
option_sets:
  replies:
    - {id: agrees, label: Agrees, to: more}
    - {id: refuses, label: Refuses, hint: Politely, to: over}
  spare:
    - {id: never, label: Never, to: over}
anytime:
  - {id: hangs-up, label: Hangs up, staff: true, outcome: lost}
  - {id: asks-us, label: Asks about us, call: {guide: other, with: {whom: name}, take: {taken: word}}}
  - {id: has-paid, label: Has paid, to: over}
steps:
  greet:
    was: hello
    stage: talk
    tags: [first]
    title: Greet
    note: Smile.
    say: Hello {{ name }}.
    points: [Wait, Listen]
    never: [You again, Not you]
    checks:
      - {id: seen, label: Record seen, source: archive, required: true, override: approval}
      - {id: heard, label: Heard}
    ask: [code, {field: sum, when: is_answered(code)}, {field: ways, required: true}]
    set: {taken: "'a'"}
    branch:
      - {when: sum > 10, to: choose}
      - {when: sum > 5, to: more}
      - {to: choose}
  choose:
    question: What do they say?
    options:
      use: replies
      also:
        - id: waits
          label: Waits
          when: sum > 1
          allow: rest < 50
          because: Too much
          override: reason
          was: pauses
          set: {taken: "'b'", place: "'c'"}
          records:
            - contact: {channel: phone, result: reached}
          to: over
  again:
    say: And once more?
    options: {use: replies}
  more:
    say: More.
    ask: [rate, day, mark]
    skippable: over
    max_visits: 9
    documents: [letter, mail]
    images: [{file: one.png, alt: One}, {file: two.png, alt: Two}]
    records:
      - promise: {by: client, what: "Pay {{ sum }}", due: day, amount: sum, when: sum > 2}
      - agreement: {id: terms, title: Terms, values: [sum, rate], state: draft, review_on: today + days(9)}
    next: calls
  calls:
    call:
      guide: other
      with: {whom: name}
      take: {taken: word}
      on: {well: over}
      otherwise: leaves
  leaves: {switch_to: {guide: other, with: {whom: name}}}
  over: {say: Goodbye., outcome: done}
documents:
  letter: {kind: letter, title: A letter, body: "Dear {{ name }}"}
  mail: {kind: email, title: A mail, to: "{{ name }}", subject: Hello, body: Hi}
rules:
  - {id: greeted, every_path_to: {outcome: done}, passes: {step: greet}, because: We greet first}
  - {id: told, no_path_from: {any: start}, to: {tag: first}, without: {stage: talk}, because: So it is, anytime: true}
  - {id: short, longest_path: 15}
walkthroughs:
  - name: Hangs up
    given: {name: Ann}
    answers: [{greet: hangs-up}]
    ends: lost
  - name: Hangs up
    given: {name: Ann}
    answers: [{greet: hangs-up}]
"""
OTHER = """\
guide: other
title: Another guide
fields:
  whom: {type: text, label: Whom, given: true}
  word: {type: text, label: Word}
outcomes: {well: {label: Well, kind: success}, ill: {label: Ill, kind: failure}}
steps:
  ask:
    say: A word, please.
    ask: [word]
    options: [{id: fine, label: Fine, to: well}, {id: bad, label: Bad, to: ill}]
  well: {outcome: well}
  ill: {outcome: ill}
"""


def version(text: str) -> Guide | None:
    """The guide of a text that `OTHER` is read with, or None where it has errors."""
    return compile_guides({"whole.yaml": text, "other.yaml": OTHER}).guides.get("whole")


def written(data: Any) -> str:
    """A document as YAML: JSON, with numbers and truth not in quotes."""
    return re.sub(r'": "(true|false|[0-9]+(?:\.[0-9]+)?)"', r'": \1', json.dumps(data))


def meaning(value: Any) -> Any:
    """A model as plain values that are equal where it means the same: without places, and what is only derived."""
    if isinstance(value, Expression):
        return value.source
    if isinstance(value, Text):
        return value.written
    if is_dataclass(value):
        named = {each.name: getattr(value, each.name) for each in fields(value) if each.init and each.compare}
        kept = {name: each for name, each in named.items() if name not in ASIDE}
        return {name: meaning(_unordered(name, each)) for name, each in kept.items()}
    if isinstance(value, Mapping):
        return {key: meaning(each) for key, each in value.items()}
    if isinstance(value, tuple):
        return [meaning(each) for each in value]
    return value


ASIDE = {"path", "digest", "has_content", "highest"}
"""Places and digests; `has_content` says that there are texts, checks and the like, and `highest` is a bound too."""


def _unordered(name: str, value: Any) -> Any:
    """What is written as a mapping whose order means nothing, but is kept as a list."""
    if name in ("computed", "given", "take", "unused_sets") and isinstance(value, tuple):
        return tuple(sorted(value, key=repr))
    return value
