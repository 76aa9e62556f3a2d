"""Bounds and steps of numbers and dates."""

from datetime import date
from decimal import Decimal

import pytest

from engine.errors import Refusal
from engine.fields.catalogue import parse
from engine.fields.field import Choice, Field, Limits

DUE = Field("amount_due", "money", "Amount due", currency="EUR", step=Decimal("0.05"))
DAYS = Field("days_late", "integer", "Days late")
WHEN = Field("promise_date", "date", "Date promised")
MARCH = Limits(date(2026, 3, 2), date(2026, 4, 1))


@pytest.mark.parametrize(
    ("field", "text", "limits", "refusal"),
    [
        (
            DUE,
            "0.00",
            Limits(min=Decimal("0.01")),
            Refusal("too-small", "Enter the amount due as €0.01 or more"),
        ),
        (DUE, "50.05", Limits(max=Decimal(50)), Refusal("too-large", "Enter the amount due as €50 or less")),
        (DUE, "1.02", Limits(), Refusal("not-a-step", "Enter the amount due in steps of €0.05")),
        (DAYS, "0", Limits(min=1), Refusal("too-small", "Enter the days late as 1 or more")),
        (WHEN, "2026-03-01", MARCH, Refusal("too-early", "Enter the date promised as Mar 2, 2026 or later")),
        (WHEN, "2026-04-02", MARCH, Refusal("too-late", "Enter the date promised as Apr 1, 2026 or earlier")),
    ],
)
def test_what_is_out_of_bounds_is_told_the_bound(field: Field, text: str, limits: Limits, refusal: Refusal) -> None:
    assert parse(field, text, "en", limits) == refusal


@pytest.mark.parametrize(
    ("field", "text", "limits"),
    [
        (DUE, "0.05", Limits(Decimal("0.05"), Decimal("0.05"))),
        (DAYS, "0", Limits(min=0, max=0)),
        (DAYS, "-7", Limits(min=None)),
        (WHEN, "2026-03-02", MARCH),
        (WHEN, "2026-04-01", MARCH),
    ],
)
def test_bounds_are_inclusive(field: Field, text: str, limits: Limits) -> None:
    assert not isinstance(parse(field, text, "en", limits), Refusal)


def test_bounds_are_not_tried_on_blank() -> None:
    assert parse(DAYS, " ", "en", Limits(min=1)) is None


@pytest.mark.parametrize("kind", ["text", "boolean", "choice"])
def test_what_has_no_order_has_no_bounds(kind: str) -> None:
    field = Field("seen", kind, options=(Choice("true", "True"),))
    assert str(parse(field, "true", "en", Limits(5, 5))).lower() == "true"
