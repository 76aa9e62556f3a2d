import pytest

from tests.engine.guides import check_text, told

ORDER = """\
guide: order
title: Order
outcomes: {{done: {{label: Done, kind: success}}}}
fields:
  a: {{type: integer, label: A}}
  b: {{type: integer, label: B, min: "{low}"}}
  c: {{type: integer, label: C, required: false}}
  d: {{type: integer, label: D, value: "{formula}"}}
steps:
  first:
    say: "{say}"
    ask: {asks}
    set: {{c: {set}}}
    branch:
      - {{when: "{when}", to: bye}}
      - {{to: bye}}
  bye: {{say: "{{{{ coalesce(a + b + d, 0) }}}}", outcome: done}}
"""


def order(**parts: str) -> str:
    """A guide that asks a and b, sets c and computes d in one step."""
    usual = {"low": "0", "formula": "a + 1", "say": "Hello.", "asks": "[a, b]", "set": "1", "when": "a > 1"}
    return ORDER.format(**(usual | parts))


def test_nothing_is_shown_before_it_can_be_known(guide: str) -> None:
    """
    guide: early
    title: Early
    outcomes: {done: {label: Done, kind: success}}
    fields: {invoice: {type: text, label: Invoice number}}
    steps:
      hello:
        say: I am calling about {{ invoice }}.
        ask: [invoice]
        next: bye
      bye: {say: Goodbye., outcome: done}
    """
    assert check_text(guide) == [("used-before-set", 7, 32)]
    assert check_text(guide.replace("{{ invoice }}", "an invoice")) == []


@pytest.mark.parametrize(
    ("parts", "line", "column"),
    [
        ({"say": "Is it {{ 1 + a }}?"}, 11, 24),
        ({"say": "It is {{ d }}."}, 11, 20),
        ({"low": "b"}, 6, 37),
        ({"low": "c"}, 6, 37),
        ({"asks": "[{field: a, when: b > 1}, b]"}, 12, 28),
    ],
)
def test_a_step_does_not_know_its_own_answers_when_it_is_shown(parts: dict[str, str], line: int, column: int) -> None:
    assert ("used-before-set", line, column) in check_text(order(**parts))


@pytest.mark.parametrize(
    "parts",
    [
        {"set": "a + b"},
        {"when": "a + b + c > 1"},
        {"when": "d > 1"},
        {"low": "a"},
        {"formula": "coalesce(c, a)", "when": "d > 1"},
        {"formula": "a if is_answered(b) else c", "when": "d > 1"},
        {"say": "{{ coalesce(a, 0) }}"},
        {"asks": "[a, {field: b, when: not is_answered(b)}]"},
        {"formula": "visits('first')", "say": "{{ d }}"},
        {"formula": "days_between(today, today)", "say": "{{ d }}"},
    ],
)
def test_what_is_looked_at_after_answering_knows_the_answers(parts: dict[str, str]) -> None:
    assert check_text(order(**parts)) == []


def test_for_a_computed_field_the_mend_is_to_ask_for_what_it_is_made_of() -> None:
    assert told(order(say="{{ d }}"))[0].endswith("ask for what it is worked out from in an earlier step")


def test_what_an_option_sets_is_known_where_it_leads(guide: str) -> None:
    """
    guide: sets
    title: Sets
    outcomes: {done: {label: Done, kind: success}}
    fields: {way: {type: text, label: Way}, how: {type: text, label: How}}
    steps:
      ask:
        question: Which way?
        options:
          - {id: post, label: Post, set: {way: "'post'", how: way}, to: bye}
          - {id: email, label: E-mail, set: {way: "how"}, to: bye}
      bye: {say: "By {{ coalesce(way, how, 'hand') }}.", outcome: done}
    """
    assert check_text(guide) == [("used-before-set", 10, 47)]


def test_a_shared_option_may_know_more_in_one_step_than_in_another(guide: str) -> None:
    """
    guide: shared
    title: Shared
    outcomes: {done: {label: Done, kind: success}}
    fields: {days: {type: integer, label: Days}}
    option_sets:
      answers:
        - {id: soon, label: Soon, when: days < 3, to: bye}
        - {id: other, label: Other, to: second}
    steps:
      first: {question: Then, options: {use: answers}}
      second: {say: Thank you., ask: [days], next: third}
      third: {question: Then, options: {use: answers}}
      bye: {say: Goodbye., outcome: done}
    """
    assert check_text(guide) == []
    assert check_text(
        guide.replace("next: third}\n  third: {question: Then, options: {use: answers}}", "next: bye}")
    ) == [("used-before-set", 7, 37)]


def test_of_a_step_that_nobody_reaches_only_that_is_told(guide: str) -> None:
    """
    guide: island
    title: Island
    outcomes: {done: {label: Done, kind: success}}
    fields: {invoice: {type: text, label: Invoice number}}
    steps:
      ask: {ask: [invoice], next: bye}
      bye: {say: Goodbye., outcome: done}
      island: {say: "{{ invoice }}", next: bye}
    """
    assert check_text(guide) == [("unreachable-step", 8, 3)]


def test_a_step_that_is_skipped_asks_nothing(guide: str) -> None:
    """
    guide: early
    title: Early
    outcomes: {done: {label: Done, kind: success}}
    fields: {invoice: {type: text, label: Invoice number}}
    steps:
      hello: {ask: [invoice], skippable: later, next: bye}
      later: {say: "Let us ask for {{ invoice }} later.", next: bye}
      bye: {say: Goodbye., outcome: done}
    """
    assert check_text(guide) == [("used-before-set", 7, 35)]
    assert ("used-before-set", 7, 35) not in check_text(guide.replace("next: bye}\n  later", "next: later}\n  later"))
