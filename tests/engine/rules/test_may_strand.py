import pytest

from tests.engine.guides import check_text, told

STRAND = """\
guide: strand
title: Strand
outcomes: {{done: {{label: Done, kind: success}}}}
fields:
  days: {{type: integer, label: Days late, given: true}}
  more: {{type: integer, label: More, given: true}}
  reason: {{type: choice, label: Reason, options: {{a: A, b: B}}, given: true, required: false}}
steps:
  ask:
    question: "{{{{ days }}}} {{{{ coalesce(reason, 'a') }}}} {{{{ more }}}}"
    options:
      - {{id: one, label: One, {first}, to: bye}}
      - {{id: two, label: Two, {second}, to: bye}}
  bye: {{say: Goodbye., outcome: done}}
"""
NONE_IS_OPEN = "every option of 'ask' has a condition, so it can happen that none is open"


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ("when: days > 3", "when: days < 3", "no option of 'ask' is open where days is exactly 3"),
        ("when: days > 3", "when: days <= 3", ""),
        ("when: reason == 'a'", "when: reason == 'b'", "no option of 'ask' is open where reason is missing"),
        ("when: reason == 'a'", "when: not is_answered(reason) or reason == 'b'", ""),
        ("when: days > more", "when: days < more", NONE_IS_OPEN),
        ("when: days > more", "when: days <= more", ""),
        ("when: days == more", "when: days != more", ""),
        ("when: days > 3, allow: more > 3, because: B", "when: days <= 3", "no option of 'ask' is open where days is"),
        ("when: days > 3, allow: more > 3, because: B, override: reason", "when: days <= 3", ""),
        ("allow: days > 3, because: B", "allow: days <= 3, because: B", ""),
        ("allow: days > 3, because: B", "when: 1 < 2", ""),
    ],
)
def test_an_example_is_told_where_no_option_is_open(first: str, second: str, words: str) -> None:
    found = told(STRAND.format(first=first, second=second))
    assert len(found) == bool(words)
    assert not words or found[0].startswith(words)


def test_more_than_can_be_tried_is_not_claimed_to_be_safe() -> None:
    many = " or ".join(f"(days == {number} and more == {number})" for number in range(35))
    found = told(STRAND.format(first=f"when: {many}", second="when: reason == 'a'"))
    assert found[0].startswith(NONE_IS_OPEN)


def test_among_more_than_can_be_tried_two_options_may_do() -> None:
    many = " or ".join(f"(days == {number} and more == {number} and reason == 'a')" for number in range(35))
    third = "\n      - {id: three, label: Three, when: days <= 3, to: bye}\n  bye:"
    text = STRAND.format(first="when: days > 3", second=f"when: {many}").replace("\n  bye:", third)
    assert told(text) == []


def test_one_option_is_always_offered(guide: str) -> None:
    """
    guide: strand
    title: Strand
    outcomes: {done: {label: Done, kind: success}}
    fields: {days: {type: integer, label: Days late, given: true}}
    steps:
      ask:
        question: What does the client say?
        options:
          - {id: pays, label: Pays, when: days > 30, to: bye}
      bye: {say: Goodbye., outcome: done}
    """
    assert check_text(guide) == [("may-strand", 8, 5)]
    assert check_text(guide.replace("when: days > 30, ", "")) == []


def test_conditions_that_leave_nothing_over_strand_nobody(guide: str) -> None:
    """
    guide: strand
    title: Strand
    outcomes: {done: {label: Done, kind: success}}
    fields: {late: {type: boolean, label: Late}}
    steps:
      first: {ask: [late], next: ask}
      ask:
        question: What does the client say?
        options:
          - {id: late, label: Is late, when: late, to: bye}
          - {id: soon, label: Is soon, when: not late, to: bye}
      bye: {say: Goodbye., outcome: done}
    """
    assert check_text(guide) == []


def test_an_answer_given_in_the_step_itself_comes_too_late(guide: str) -> None:
    """
    guide: strand
    title: Strand
    outcomes: {done: {label: Done, kind: success}}
    fields: {late: {type: boolean, label: Late, given: true, required: false}}
    steps:
      ask:
        question: What does the client say?
        ask: [{field: late, required: true}]
        options:
          - {id: late, label: Is late, when: late, to: bye}
          - {id: soon, label: Is soon, when: not late, to: bye}
      bye: {say: Goodbye., outcome: done}
    """
    assert check_text(guide) == [("may-strand", 9, 5)]
