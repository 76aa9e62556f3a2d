"""Judging replies: what their parts see, and in what order."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from engine import walker
from engine.errors import RefusedError
from engine.replies import Reply
from engine.walker import Opening
from tests.engine.walks import NOW, TODAY, Walk, compiled

Start = Callable[..., Walk]


def test_bounds_see_the_values_entered_before_them_in_the_same_answer(walk: Start) -> None:
    """
    fields:
      low: {type: integer, label: Low}
      high: {type: integer, label: High, min: low}
    steps:
      ask: {ask: [low, high], next: end}
      end: {outcome: done}
    """
    with pytest.raises(RefusedError):
        walk().answer(low=5, high=4)
    assert walk().answer(low=5, high=5).state.outcome == "done"


def test_a_missing_bound_limits_nothing(walk: Start) -> None:
    """
    fields:
      low: {type: integer, label: Low, required: false}
      high: {type: integer, label: High, min: low}
    steps:
      ask: {ask: [low, high], next: end}
      end: {outcome: done}
    """
    assert walk().answer(high=-3).state.values["high"] == -3


def test_bounds_of_what_is_given_see_what_was_given_before(walk: Start) -> None:
    """
    fields:
      low: {type: integer, label: Low, given: true}
      high: {type: integer, label: High, given: true, min: low, max: low + 9}
      day: {type: date, label: Day, given: true, max: today}
    steps:
      show: {say: "{{ low }} {{ high }} {{ day }}", outcome: done}
    """
    with pytest.raises(RefusedError) as caught:
        walk(low=5, high=4, day="2026-03-03")
    assert {id: each.code for id, each in caught.value.refusals.items()} == {"high": "too-small", "day": "too-late"}
    assert walk(low=5, high=14, day="2026-03-02").state.values["high"] == 14


def test_conditions_see_only_what_was_known_before_the_answer(walk: Start) -> None:
    """
    fields:
      old: {type: boolean, label: Old}
      age: {type: integer, label: Age}
    steps:
      ask:
        ask: [old, {field: age, when: old}]
        question: Well
        options: [{id: go, label: Go, to: ask}, {id: rest, label: Rest, to: end, when: age > 3}]
      end: {outcome: done}
    """
    with pytest.raises(RefusedError, match="'age' is not asked"):
        walk().answer("go", old=True, age=9)
    again = walk().answer("go", old=True)
    with pytest.raises(RefusedError, match="'rest' is not one of the answers"):
        again.answer("rest", old=True, age=9)
    assert again.answer("go", old=True, age=9).answer("rest", old=True, age=1).state.outcome == "done"


def test_what_was_typed_is_kept_beside_its_canonical_value() -> None:
    guides = compiled(
        "fields:\n  sum: {type: money, currency: EUR, label: Sum}\n"
        "steps:\n  ask: {ask: [sum], next: end}\n  end: {outcome: done}"
    )
    begun = walker.start(guides, "small", Opening({}), NOW).state
    body = walker.answer(begun, Reply(values={"sum": " 1,250 "}, typed=True), NOW).events[0].body
    assert (body.values, body.typed) == ({"sum": "1250.00"}, {"sum": " 1,250 "})  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "typed", "rate"),
    [("1234.5", False, "1234.5"), ("12.345", False, "12.345"), ("1.234,5", True, "1234.5"), ("12.345", True, "12345")],
)
def test_only_what_was_typed_is_read_in_the_sessions_language(text: str, typed: bool, rate: str) -> None:
    guides = compiled(
        "fields:\n  rate: {type: number, label: Rate}\nsteps:\n  ask: {ask: [rate], next: end}\n  end: {outcome: done}"
    )
    begun = walker.start(guides, "small", Opening({}, locale="de"), NOW).state
    answered = walker.answer(begun, Reply(values={"rate": text}, typed=typed), NOW)
    assert answered.state.values == {"rate": Decimal(rate)}


def test_a_value_that_cannot_be_read_is_refused_with_what_is_accepted() -> None:
    guides = compiled(
        "fields:\n  sum: {type: money, currency: EUR, label: Amount due}\n"
        "steps:\n  ask: {ask: [sum], next: end}\n  end: {outcome: done}"
    )
    begun = walker.start(guides, "small", Opening({}), NOW._replace(today=TODAY)).state
    with pytest.raises(RefusedError, match=r"Enter the amount due as an amount, like 1,250\.00"):
        walker.answer(begun, Reply(values={"sum": "much"}, typed=True), NOW)


def test_what_was_sent_is_told_short_and_without_what_cannot_be_shown(walk: Start) -> None:
    """
    steps:
      ask:
        options:
          - {id: end, label: End, to: end}
      end: {outcome: done}
    """
    with pytest.raises(RefusedError, match="'a\N{REPLACEMENT CHARACTER}b' is not one of the answers"):
        walk().answer("a\0b")
    with pytest.raises(RefusedError, match=f"'{'x' * 60}…' is not one of the answers"):
        walk().answer("x" * 5000)
