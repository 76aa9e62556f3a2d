"""Exact arithmetic that never raises: what cannot be worked out is missing (None)."""

from collections.abc import Callable
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal

from engine.fields import days as dates

Number = int | Decimal

CONTEXT = Context(prec=40, rounding=ROUND_HALF_UP, Emin=-99, Emax=39, traps=[])
"""40 digits; larger numbers and division by zero give no finite result. Independent of the thread's own context."""


def _finite(work: Callable[[Number, Number], Decimal]) -> Callable[[Number, Number], Decimal | None]:
    def finite(a: Number, b: Number) -> Decimal | None:
        result = work(a, b)
        return result if result.is_finite() else None

    return finite


added = _finite(CONTEXT.add)
subtracted = _finite(CONTEXT.subtract)
multiplied = _finite(CONTEXT.multiply)
divided = _finite(CONTEXT.divide)


def negated(a: Number) -> Number:
    """The number with the other sign."""
    return CONTEXT.minus(a)


def absolute(a: Number) -> Number:
    """The number without its sign."""
    return CONTEXT.abs(a)


def rounded(a: Number, places: int) -> Decimal | None:
    """The number with so many decimals, rounded half up; None where that takes more than 40 digits."""
    result = CONTEXT.quantize(Decimal(a), Decimal((0, (1,), -places)))
    return result if result.is_finite() else None


def total(numbers: tuple[Number, ...]) -> Decimal | None:
    """The sum."""
    result = Decimal(0)
    for number in numbers:
        result = CONTEXT.add(result, number)
    return result if result.is_finite() else None


def days_after(day: date, days: Number) -> date | None:
    """The date so many days later."""
    return dates.days_after(day, int(days))


def months_after(day: date, months: Number) -> date | None:
    """The date so many months later, at the latest at that month's end: a month after 31 January is 28 February."""
    return dates.months_after(day, int(months))


def days_between(a: date, b: date) -> int:
    """How many days `b` is after `a`."""
    return (b - a).days
