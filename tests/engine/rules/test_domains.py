"""The values of a field that make a difference, one for each stretch in which all are alike."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from engine.fields.field import Choice, Field
from engine.rules.domains import Range, cells

OPTIONS = tuple(Choice(id, id.upper()) for id in "abc")
MANY = tuple(Choice(id, id.upper()) for id in "abcdefgh")
DAY = date(2026, 3, 2)
FREE = Range()


def stretches(field: Field, named: set[Any], bounds: Range = FREE) -> list[str]:
    """Each cell in words, with the value that stands for it; marked where it is the only one."""
    found = cells(field, named, bounds)
    assert found is not None
    return [f"{cell.words}: {cell.value}{'!' if cell.point else ''}" for cell in found]


@pytest.mark.parametrize(
    ("field", "named", "expected"),
    [
        (Field("x", "boolean"), {True}, ["is true: True", "is false: False"]),
        (Field("x", "choice", options=OPTIONS), {"b"}, ["is 'a': a", "is 'b': b", "is 'c': c"]),
        (Field("x", "text"), set(), ["has a value: x"]),
        (Field("x", "text"), {"no", "abc"}, ["is 'abc': abc", "is 'no': no", "is something else: xxxx"]),
        (Field("x", "country"), {"AD", "AT"}, ["is 'AD': AD", "is 'AT': AT", "is something else: AE"]),
        (Field("x", "integer"), set(), ["has a value: 0"]),
        (Field("x", "date"), set(), ["has a value: 2000-01-01"]),
        (Field("x", "integer"), {3}, ["is less than 3: 2", "is exactly 3: 3!", "is more than 3: 4"]),
        (
            Field("x", "integer"),
            {2, 4},
            ["is less than 2: 1", "is exactly 2: 2!", "is exactly 3: 3!", "is exactly 4: 4!", "is more than 4: 5"],
        ),
        (
            Field("x", "integer"),
            {2, 5},
            ["is less than 2: 1", "is exactly 2: 2!", "is between 2 and 5: 3", "is exactly 5: 5!", "is more than 5: 6"],
        ),
        (
            Field("x", "rating"),
            {2, 3},
            ["is less than 2: 1", "is exactly 2: 2!", "is exactly 3: 3!", "is more than 3: 4"],
        ),
        (Field("x", "integer"), {Decimal("2.5")}, ["is less than 2.5: 2", "is more than 2.5: 3"]),
        (Field("x", "integer"), {Decimal("-2.5")}, ["is less than -2.5: -3", "is more than -2.5: -2"]),
        (
            Field("x", "number", decimals=1),
            {2},
            ["is less than 2: 1.9", "is exactly 2: 2!", "is more than 2: 2.1"],
        ),
        (
            Field("x", "number"),
            {2},
            ["is less than 2: 1.9999999999", "is exactly 2: 2!", "is more than 2: 2.0000000001"],
        ),
        (
            Field("x", "money", currency="EUR"),
            {Decimal("2.00"), Decimal("2.02")},
            [
                "is less than 2.00: 1.99",
                "is exactly 2.00: 2.00!",
                "is exactly 2.01: 2.01!",
                "is exactly 2.02: 2.02!",
                "is more than 2.02: 2.03",
            ],
        ),
        (Field("x", "money", currency="JPY"), {2}, ["is less than 2: 1", "is exactly 2: 2!", "is more than 2: 3"]),
        (
            Field("x", "date"),
            {DAY},
            [
                "is before 2026-03-02: 2026-03-01",
                "is exactly 2026-03-02: 2026-03-02!",
                "is after 2026-03-02: 2026-03-03",
            ],
        ),
    ],
)  # fmt: skip
def test_values_are_cut_where_conditions_name_one(field: Field, named: set[Any], expected: list[str]) -> None:
    assert stretches(field, named) == expected


@pytest.mark.parametrize(
    ("bounds", "expected"),
    [
        (Range(3, 5), ["is exactly 3: 3", "is exactly 4: 4!", "is exactly 5: 5"]),
        (Range(4, 4), ["is exactly 4: 4"]),
        (Range(3, None), ["is exactly 3: 3", "is exactly 4: 4!", "is more than 4: 5"]),
        (Range(None, 5), ["is less than 4: 3", "is exactly 4: 4!", "is exactly 5: 5"]),
        (Range(5, None), ["is exactly 5: 5", "is more than 5: 6"]),
        (Range(None, 3), ["is less than 3: 2", "is exactly 3: 3"]),
    ],
)
def test_beyond_its_bounds_a_field_has_no_values(bounds: Range, expected: list[str]) -> None:
    assert stretches(Field("x", "integer"), {4}, bounds) == expected


def test_every_set_of_the_options_named_is_looked_at_and_one_for_the_others() -> None:
    assert stretches(Field("x", "choices", options=OPTIONS), {"a"}) == [
        "is 'a': ('a',)",
        "is 'b': ('b',)",
        "is 'a' and 'b': ('a', 'b')",
    ]
    alone = Field("x", "choices", options=OPTIONS, none_option="b")
    assert stretches(alone, {"a"}) == ["is 'a': ('a',)", "is 'b': ('b',)"]


def test_of_many_options_named_the_sets_are_too_many() -> None:
    field = Field("x", "choices", options=MANY)
    assert len(cells(field, set("abcde"), FREE) or ()) == 2**6 - 1
    assert cells(field, set("abcdef"), FREE) is None
