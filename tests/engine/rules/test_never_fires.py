import pytest

from tests.engine.guides import check_text

GUIDE = """\
guide: dead
title: Dead
outcomes: {{done: {{label: Done, kind: success}}}}
fields:
  days: {{type: integer, label: Days late, given: true}}
steps:
  sort:
    ask: [{{field: days, when: "{ask}"}}]
    branch:
      - {{when: "{first}", to: bye}}
      - {{when: "{second}", to: bye}}
      - {{to: ask}}
  ask:
    question: "{{{{ days }}}}?"
    options:
      - {{id: x, label: X, when: "{option}", to: bye}}
      - {{id: y, label: Y, to: bye}}
  bye: {{say: Goodbye., outcome: done}}
"""


def dead(**parts: str) -> str:
    """A guide with these conditions."""
    usual = {"ask": "days > 9", "first": "days > 3", "second": "days > 2", "option": "days > 1"}
    return GUIDE.format(**(usual | parts))


def test_every_entry_of_a_branch_can_be_taken(guide: str) -> None:
    """
    guide: dead
    title: Dead
    outcomes: {done: {label: Done, kind: success}}
    fields: {days: {type: integer, label: Days late, given: true}}
    steps:
      sort:
        branch:
          - {to: bye}
          - {when: days > 30, to: bye}
      bye: {say: Goodbye., outcome: done}
    """
    assert ("never-fires", 9, 9) in check_text(guide)
    assert (
        check_text(guide.replace("\n      - {to: bye}", "").replace("30, to: bye}", "30, to: bye}\n      - {to: bye}"))
        == []
    )


@pytest.mark.parametrize(
    ("parts", "line", "column"),
    [
        ({"second": "days > 3"}, 11, 16),
        ({"first": "1 > 2"}, 10, 16),
        ({"ask": "false"}, 8, 31),
        ({"option": "2 < 1"}, 16, 33),
    ],
)
def test_what_is_never_true_is_told(parts: dict[str, str], line: int, column: int) -> None:
    assert check_text(dead(**parts)) == [("never-fires", line, column)]


@pytest.mark.parametrize("condition", ["true", "visits('sort') > 2", "today > date('2026-01-01')", "days > 4"])
def test_what_can_be_true_is_not_told(condition: str) -> None:
    assert check_text(dead(option=condition, ask=condition)) == []


def test_nothing_below_an_entry_that_is_always_true_is_taken() -> None:
    assert check_text(dead(first="true")) == [("never-fires", 11, 9), ("never-fires", 12, 9)]
