"""`rating`: a mark from 1 to the field's highest."""

from decimal import Decimal

import pytest

from engine.errors import Refusal
from engine.fields.catalogue import fit, missing, parse, plain, read, show
from engine.fields.field import Field, Value

MOOD = Field("mood", "rating", "Mood")
TEN = Field("mood", "rating", "Mood", highest=10)


@pytest.mark.parametrize(("field", "entry", "value"), [(MOOD, "1", 1), (MOOD, 5, 5), (TEN, "10", 10), (TEN, " 7 ", 7)])
def test_a_mark_of_the_scale_is_an_int(field: Field, entry: object, value: int) -> None:
    assert parse(field, entry) == read(field, entry) == plain(value) == value


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        (MOOD, "6", "too-large"),
        (MOOD, "9" * 5000, "too-large"),
        (MOOD, "0", "too-small"),
        (MOOD, "-1", "too-small"),
        (TEN, "11", "too-large"),
        (MOOD, "4.5", "not-whole"),
        (MOOD, "good", "not-whole"),
    ],
)
def test_what_is_no_mark_is_refused(field: Field, text: str, code: str) -> None:
    sentence = f"Enter the mood as a whole number from 1 to {field.highest}"
    assert parse(field, text) == Refusal(code, sentence)


@pytest.mark.parametrize(
    ("number", "mark"), [(Decimal("4.5"), 5), (Decimal("0.5"), 1), (Decimal("0.4"), None), (6, None), (None, None)]
)
def test_a_computed_mark_is_one_of_the_scale_or_missing(number: Value, mark: Value) -> None:
    assert fit(MOOD, number) == mark


def test_a_mark_is_shown_and_asked_for() -> None:
    assert show(TEN, 10, "de") == "10"
    assert missing(TEN) == Refusal("missing", "Choose the mood, from 1 to 10")
