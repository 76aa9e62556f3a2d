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


@pytest.mark.parametrize(("one", "two"), [("ask: [a]", "say: So"), ("say: So", "ask: [a]")])
def test_a_field_that_one_of_two_ways_has_asked_is_told(one: str, two: str) -> None:
    guide = f"""\
guide: ways
title: Ways
outcomes: {{done: {{label: Done, kind: success}}}}
fields: {{a: {{type: text, label: A, required: false}}}}
steps:
  first: {{question: Well, options: [{{id: x, label: X, to: one}}, {{id: y, label: Y, to: two}}]}}
  one: {{{one}, next: again}}
  two: {{{two}, next: again}}
  again: {{ask: [a], next: bye}}
  bye: {{say: "{{{{ coalesce(a, 'you') }}}}", outcome: done}}
"""
    assert check_text(guide) == [("asked-again", 9, 17)]
