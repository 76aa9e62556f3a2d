import pytest

from tests.engine.guides import check_text, told

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


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ("days > 3", "days > 5", "wherever 'days > 5' is true, an entry above is taken, so this one never is"),
        ("days > 3", "4 < days < 5", "'4 < days < 5' is never true"),
        ("days > 3 or is_answered(days)", "days != 2", "wherever 'days != 2' is true, an entry above is taken"),
    ],
)
def test_what_is_covered_above_is_told(first: str, second: str, words: str) -> None:
    found = told(dead(first=first, second=second))
    assert len(found) == 1
    assert found[0].startswith(words)


def test_an_option_that_no_values_open_is_told() -> None:
    assert check_text(dead(option="days > 5 and days < 2")) == [("never-fires", 16, 33)]


def test_a_step_that_only_dead_entries_lead_to_is_told(guide: str) -> None:
    """
    guide: dead
    title: Dead
    outcomes: {done: {label: Done, kind: success}}
    fields: {days: {type: integer, label: Days late, min: 1}}
    steps:
      sort:
        ask: [days]
        branch:
          - {when: days < 1, to: lost}
          - {to: bye}
      lost: {say: How did you get here, skippable: true, next: deep}
      deep: {say: Deep, next: bye}
      bye: {say: Goodbye., skippable: false, outcome: done}
    """
    assert check_text(guide) == [("never-fires", 9, 16), ("never-fires", 11, 3), ("never-fires", 12, 3)]
    assert told(guide)[1].startswith("no answers lead to 'lost'; ")
    assert check_text(guide.replace("days < 1", "days < 2")) == []


def test_bounds_count_only_where_every_value_is_held_against_them() -> None:
    text = dead(first="days < 1").replace("given: true", "given: true, min: 1")
    assert check_text(text) == [("never-fires", 10, 16)]
    free = [
        text.replace("    branch:", "    set: {days: days - 5}\n    branch:"),
        text.replace("to: bye}\n  bye", "set: {days: days - 5}, to: bye}\n  bye"),
        f"{text}anytime: [{{id: less, label: Less, set: {{days: days - 5}}, to: bye}}]\n",
        f"{text}anytime: [{{id: less, label: Less, {OVER.strip()[7:].replace(', otherwise: bye', '')}]\n",
        text.replace("to: bye}\n      - {to: ask", "to: over}\n      - {to: ask") + OVER,
    ]
    assert [check_text(each, OTHER) for each in free] == [[]] * 5
    assert check_text(text, OTHER.replace("bye: {", CALLING)) == []


OVER = "  over: {call: {guide: other, with: {days: days}, take: {days: days}, otherwise: bye}}\n"
CALLING = "over: {call: {guide: dead, with: {days: days - 5}, otherwise: bye}}\n  bye: {"
OTHER = """\
guide: other
title: Other
outcomes: {done: {label: Done, kind: success}}
fields: {days: {type: integer, label: Days late, given: true}}
steps:
  bye: {say: "{{ days }}", outcome: done}
"""


@pytest.mark.parametrize("condition", ["true", "visits('sort') > 2", "today > date('2026-01-01')", "days > 4"])
def test_what_can_be_true_is_not_told(condition: str) -> None:
    assert check_text(dead(option=condition, ask=condition)) == []


def test_nothing_below_an_entry_that_is_always_true_is_taken() -> None:
    assert check_text(dead(first="true")) == [
        ("never-fires", 11, 9),
        ("never-fires", 12, 9),
        ("never-fires", 13, 3),
    ]
