import pytest

from tests.engine.guides import check_text, told

GUIDE = """\
guide: fork
title: Fork
outcomes: {{done: {{label: Done, kind: success}}}}
fields:
  way: {{type: choice, label: Way, given: true, options: {{post: Post, email: E-mail}}}}
  late: {{type: boolean, label: Late, {late}}}
  maybe: {{type: boolean, label: Maybe, given: true, required: false}}
  days: {{type: integer, label: Days, given: true}}
  known: {{type: boolean, label: Known, value: "way == 'post'"}}
  letters: {{type: choices, label: Letters, given: true, options: {{a: A, b: B}}}}
steps:
  sort:
    {content}
    branch:
{cases}
  one: {{say: "{{{{ days }}}} {{{{ 1 if known else 0 }}}}", outcome: done}}
"""


def fork(*conditions: str, late: str = "given: true", content: str = "say: Hello.") -> str:
    """A guide that branches on these conditions."""
    cases = "\n".join(f'      - {{when: "{condition}", to: one}}' for condition in conditions)
    return GUIDE.format(cases=cases, late=late, content=content)


def test_the_last_entry_of_a_branch_has_no_condition(guide: str) -> None:
    """
    guide: fork
    title: Fork
    outcomes: {done: {label: Done, kind: success}}
    fields: {days: {type: integer, label: Days late, given: true}}
    steps:
      sort:
        branch:
          - {when: days > 30, to: bye}
          - {when: days <= 30, to: bye}
      bye: {say: Goodbye., outcome: done}
    """
    assert check_text(guide) == [("missing-otherwise", 7, 5)]
    assert check_text(guide.replace("when: days <= 30, ", "")) == []


@pytest.mark.parametrize(
    "conditions",
    [
        ("late", "not late"),
        ("late == false", "late == true"),
        ("way == 'post'", "way == 'email'"),
        ("days > 3", "way in ['post']", "way != 'post'"),
        ("known", "not known"),
        ("days > 3", "true"),
    ],
)
def test_conditions_that_leave_nothing_over_need_no_otherwise(conditions: tuple[str, ...]) -> None:
    assert check_text(fork(*conditions)) == []


@pytest.mark.parametrize(
    "conditions",
    [
        ("late",),
        ("way == 'post'", "late"),
        ("maybe", "not maybe"),
        ("days > 3", "days <= 3"),
        ("late and visits('sort') == 1", "not late"),
        ("late and today > date('2026-01-01')", "not late"),
        ("any_of(letters, 'a')", "not any_of(letters, 'a')"),
    ],
)
def test_what_is_not_plainly_complete_needs_an_otherwise(conditions: tuple[str, ...]) -> None:
    assert [code for code, _, _ in check_text(fork(*conditions))] == ["missing-otherwise"]


def test_a_field_asked_in_the_step_itself_counts() -> None:
    conditions = ("late", "not late")
    assert check_text(fork(*conditions, late="required: true", content="ask: [late]")) == []
    optional = check_text(fork(*conditions, late="required: false", content="ask: [late]"))
    assert [code for code, _, _ in optional] == ["missing-otherwise"]


def test_an_example_is_told_where_there_is_one() -> None:
    assert told(fork("days > 3", "days < 3"))[0].startswith(
        "where days is exactly 3, none of these conditions is true: 'sort' leads nowhere; "
    )
    assert told(fork("visits('sort') > 3", "late"))[0].startswith(
        "it can be that none of these conditions is true: 'so"
    )


def test_conditions_of_which_one_is_always_true_are_told_as_such() -> None:
    words = "one of these conditions is always true, but the last entry of 'sort' has to stand without one; delete its "
    assert told(fork("days > 3", "days <= 3"))[0].startswith(words)
