"""Where mistakes inside expressions and texts are told, whatever kind of scalar they stand in."""

import pytest

from tests.engine.guides import check_text

GUIDE = """\
guide: places
title: Places
outcomes: {{done: {{label: Done, kind: success}}}}
fields:
  days: {{type: integer, label: Days, given: true}}
  way: {{type: choice, label: Way, given: true, options: {{post: Post, email: E-mail}}}}
steps:
  sort:
    branch:
      - when: {when}
        to: bye
      - to: bye
  bye:
    say: {say}
    outcome: done
"""


def places(when: str = "days > 1", say: str = "Goodbye.") -> str:
    """A guide with this condition and these words."""
    return GUIDE.format(when=when, say=say)


@pytest.mark.parametrize(
    ("when", "code", "line", "column"),
    [
        ("days > 1 and dayz > 2", "unknown-field", 10, 28),
        ("'days > 1 and dayz > 2'", "unknown-field", 10, 29),
        ('"days > 1 and dayz > 2"', "unknown-field", 10, 29),
        ("|\n          days > 1\n          and dayz > 2", "unknown-field", 12, 15),
        ("days > 1 and\n          dayz > 2", "unknown-field", 10, 15),
        ("\"way == 'pots'\"", "unknown-option", 10, 23),
        ("'way == ''pots'''", "unknown-option", 10, 23),
        ("day() > 1", "unknown-function", 10, 15),
        ("visits('srot') > 1", "unknown-step", 10, 22),
        ("days > 'a'", "expression-type", 10, 22),
        ("days >", "expression-syntax", 10, 21),
        (f"days > {'9' * 41}", "number-too-long", 10, 22),
        (f"days > {'(' * 40}1{')' * 40}", "expression-too-deep", 10, 54),
    ],
)
def test_a_mistake_in_a_condition_is_told_where_it_is(when: str, code: str, line: int, column: int) -> None:
    assert [(code, line, column)] == check_text(places(when=when))


@pytest.mark.parametrize(
    ("say", "code", "line", "column"),
    [
        ("It is {{ dayz }} days.", "unknown-field", 14, 19),
        ('"It is {{ dayz }} days."', "unknown-field", 14, 20),
        ("|\n      It is\n      {{ dayz }} days.", "unknown-field", 16, 10),
        (">\n      It is\n      {{ dayz }} days.", "unknown-field", 14, 10),
        ("It is {{ days | mony }}.", "unknown-format", 14, 26),
        ("It is {{ days | money }}.", "unfit-format", 14, 26),
        ("It is {{ days.", "expression-syntax", 14, 16),
        ("It is {{ }}.", "expression-syntax", 14, 19),
        (f"'{{{{ {'1 + ' * 501}1 }}}}'", "expression-too-long", 14, 2014),
    ],
)
def test_a_mistake_in_a_text_is_told_where_it_is(say: str, code: str, line: int, column: int) -> None:
    assert [(code, line, column)] == check_text(places(say=say))


def test_all_mistakes_of_a_text_are_told() -> None:
    found = check_text(places(say="'{{ a }} and {{ b }}'"))
    assert found == [("unknown-field", 14, 14), ("unknown-field", 14, 26)]


def test_a_condition_that_is_wrong_is_not_told_of_twice(guide: str) -> None:
    """
    guide: fork
    title: Fork
    outcomes: {done: {label: Done, kind: success}}
    fields: {late: {type: boolean, label: Late, given: true}}
    steps:
      sort:
        branch:
          - {when: late, to: bye}
          - {when: not lat, to: bye}
          - {when: late >, to: bye}
          - {when: late == false, to: bye}
      bye: {say: Goodbye., outcome: done}
    """
    assert [code for code, *_ in check_text(guide)] == ["unknown-field", "expression-syntax"]


def test_what_is_handed_over_wrongly_is_not_missed_as_well(guide: str) -> None:
    """
    guide: caller
    title: Caller
    outcomes: {done: {label: Done, kind: success}}
    fields: {name: {type: text, label: Name, given: true}}
    steps:
      sorry:
        call: {guide: called, with: {client: nmae}, otherwise: bye}
      bye: {say: Goodbye., outcome: done}
    """
    called = guide.split("fields", maxsplit=1)[0].replace("caller", "called") + (
        "fields: {client: {type: text, label: Client, given: true}}\nsteps:\n  bye: {say: Goodbye., outcome: done}\n"
    )
    assert check_text(guide, called) == [("unknown-field", 7, 42)]
