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
FROM = Field("from_month", "month", "First month")
AT = Field("call_at", "time", "Time")
SHARE = Field("share", "percent", "Share", step=Decimal("0.5"))
MOOD = Field("mood", "rating", "Mood")
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
        (FROM, "12/2025", Limits("2026-01"), Refusal("too-early", "Enter the first month as Jan 2026 or later")),
        (FROM, "2026-03", Limits(max="2026-02"), Refusal("too-late", "Enter the first month as Feb 2026 or earlier")),
        (AT, "7:59", Limits("08:00", "18:00"), Refusal("too-early", "Enter the time as 08:00 or later")),
        (AT, "18:01", Limits("08:00", "18:00"), Refusal("too-late", "Enter the time as 18:00 or earlier")),
        (SHARE, "50.5%", Limits(0, 50), Refusal("too-large", "Enter the share as 50% or less")),
        (SHARE, "1.2", Limits(), Refusal("not-a-step", "Enter the share in steps of 0.5%")),
        (MOOD, "1", Limits(min=2), Refusal("too-small", "Enter the mood as 2 or more")),
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
        (FROM, "2026-02", Limits("2026-02", "2026-02")),
        (AT, "08:00", Limits("08:00", "08:00")),
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
