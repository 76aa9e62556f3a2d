"""Every place of a guide that looks at a field is looked at by the rules, and what it can know there."""

import re

import pytest

from tests.engine.guides import check_text
from tests.engine.rules.others import APOLOGY

EVERYWHERE = """\
guide: places
title: Places
outcomes: {done: {label: Done, kind: success}}
fields:
  known: {type: integer, label: Known, given: true}
  late: {type: integer, label: Late}
  low:
    type: integer
    label: Low
    min: late
    max: late + 1
  way: {type: text, label: Way}
  what: {type: text, label: What}
anytime:
  - id: out
    label: Out
    hint: Since {{ late }}
    when: late > 0
    allow: late > 0
    because: It is {{ late }}
    set: {what: "'x' if late > 1 else 'y'"}
    call: {guide: apology, with: {client_name: "'A' if late > 1 else 'B'"}}
documents:
  letter:
    kind: letter
    title: A letter
    to: To {{ late }}
    subject: On {{ late }}
    body: Since {{ late }}
steps:
  first:
    title: Days {{ late }}
    say: Hello {{ late }}
    points:
      - Ask
      - Days {{ late }}
    never:
      - No
      - Never {{ late }}
    note: Note {{ late }}
    question: Is it {{ late }}?
    documents: [letter]
    ask: [low, {field: way, when: late > 3}]
    set: {what: "'x' if late > 1 else 'y'"}
    records:
      - recognition:
          what: Came {{ late }}
          when: late > 1
      - remedy:
          kind: credit
          cause: Late
          amount: late
    options:
      - id: go
        label: Go
        hint: Go {{ late }}
        when: late > 2
        allow: late > 4
        because: Too {{ late }}
        override: reason
        set: {what: "'x' if late > 1 else 'y'"}
        records:
          - recognition: {what: "Went {{ late }}"}
        to: second
      - {id: stay, label: Stay, to: second}
  second:
    branch:
      - {when: late > 5, to: third}
      - {to: third}
  third: {call: {guide: apology, with: {client_name: "'A' if late > 1 else 'B'"}, otherwise: fourth}}
  fourth: {question: "{{ way }}?", options: [{id: a, label: A, to: asked}, {id: b, label: B, to: other}]}
  asked: {ask: [late], next: bye}
  other: {switch_to: {guide: apology, with: {client_name: "'A' if late > 1 else 'B'"}}}
  bye: {say: Bye, outcome: done}
"""
USED = [number for number, line in enumerate(EVERYWHERE.splitlines(), 1) if re.search("(?<!ask: .)late(?!:)", line)]
"""The lines that look at the field `late`, once each."""
AT_ANY_TIME = range(15, 24)
"""Their lines know whatever any step can have asked."""


def only(number: int) -> str:
    """The guide in which only this line looks at the field."""
    lines = EVERYWHERE.replace("ask: [late]", "say: Well").splitlines()
    kept = [line if at in (6, number) else line.replace("late", "known") for at, line in enumerate(lines, 1)]
    return "\n".join(kept) + "\n"


def test_no_place_in_steps_fields_and_documents_knows_what_is_asked_later() -> None:
    found = [(line, column) for code, line, column in check_text(EVERYWHERE, APOLOGY) if code == "used-before-set"]
    lines = EVERYWHERE.splitlines()
    assert found == [(line, lines[line - 1].index("late") + 1) for line in USED if line not in AT_ANY_TIME]


@pytest.mark.parametrize("number", USED)
def test_a_field_that_one_place_looks_at_is_used_and_must_be_asked(number: int) -> None:
    assert [found for found in check_text(only(number), APOLOGY) if found[1] == 6] == [("never-asked", 6, 3)]


def test_a_field_that_no_place_looks_at_is_unused() -> None:
    assert [found for found in check_text(only(6), APOLOGY) if found[1] == 6] == [("unused-field", 6, 3)]
