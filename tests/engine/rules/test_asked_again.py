import pytest

from tests.engine.guides import check_text

OPTIONS = """\
    options:
      - {id: right, label: Right, to: bye}
      - {id: wrong, label: Wrong, to: first}
"""


def test_nothing_is_asked_twice(guide: str) -> None:
    """
    guide: twice
    title: Twice
    outcomes: {done: {label: Done, kind: success}}
    fields: {invoice: {type: text, label: Invoice number}}
    steps:
      first: {ask: [invoice], next: second}
      second: {ask: [invoice], next: bye}
      bye: {say: Goodbye., outcome: done}
    """
    assert check_text(guide) == [("asked-again", 7, 18)]
    assert check_text(guide.replace("second: {ask: [invoice]", "second: {say: Thank you.")) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("label: Invoice number", "label: Invoice number, given: true"),
        ("second: {ask: [invoice]", "second: {ask: [{field: invoice, when: not is_answered(invoice)}]"),
        (
            "second: {ask: [invoice], next: bye}",
            "second:\n    ask: [invoice]\n    question: Right?\n" + OPTIONS,
        ),
    ],
)
def test_asking_again_can_be_meant(guide: str, old: str, new: str) -> None:
    """
    guide: twice
    title: Twice
    outcomes: {done: {label: Done, kind: success}}
    fields: {invoice: {type: text, label: Invoice number}}
    steps:
      first: {ask: [invoice], next: second}
      second: {ask: [invoice], next: bye}
      bye: {say: Goodbye., outcome: done}
    """
    assert old in guide
    assert check_text(guide.replace(old, new)) == []


def test_two_ways_that_each_ask_once_are_fine(guide: str) -> None:
    """
    guide: fork
    title: Fork
    outcomes: {done: {label: Done, kind: success}}
    fields: {invoice: {type: text, label: Invoice number}}
    steps:
      ask:
        question: Which?
        options: [{id: a, label: A, to: one}, {id: b, label: B, to: two}]
      one: {ask: [invoice], next: bye}
      two: {ask: [invoice], next: bye}
      bye: {say: "{{ invoice }}", outcome: done}
    """
    assert check_text(guide) == []
