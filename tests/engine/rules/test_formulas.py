"""What z3 is told of each kind of expression: what it makes always true, and what can be either."""

from datetime import date

import pytest

from engine.rules.domains import Range
from tests.engine.rules.test_prover import MORE, nothing, proof

SURE = " ".join(MORE)
ALWAYS = [
    "n > a or n == a or n < a",
    "n >= a or a >= n",
    "n != a or n == a",
    "1 < n < 3 or n <= 1 or n >= 3",
    "not 1 < n < 3 or n < 3",
    "not (n > a and a > n)",
    "b and u or not b or not u",
    "n + a == a + n and n - a == -(a - n) and n * 2 == n + n",
    "n - 1 + 1 - n == 0",
    "m / 4 * 4 == m",
    "min(n, a) <= n and min(n, a) <= a and (min(n, a) == n or min(n, a) == a)",
    "max(n, a) >= n and max(n, a) >= a and (max(n, a) == n or max(n, a) == a)",
    "min(d, d2) <= d2 and max(d, d2, today) >= d2",
    "min(w, '11:00') <= '11:00' and max(w, '11:00') >= w",
    "min(e, '2026-02') <= '2026-02' and max(e, '2026-02') >= e",
    "coalesce(w, '11:00') == w and (w if b else '11:00') in ['11:00'] or w != '11:00'",
    "abs(a) >= 0 and (abs(a) == a or abs(a) == -a)",
    "sum(n, a, 1) == n + a + 1",
    "count(b, u) in [0, 1, 2] and (count(b, u) != 2 or b and u) and (count(b, u) != 0 or not (b or u))",
    "round(m, 0) - m <= 0.5 and m - round(m, 0) <= 0.5",
    "round(a * 0.5, 0) != 2 or a == 3 or a == 4",
    "round(a * 0.5, 0) != -2 or a == -3 or a == -4",
    "round(m, 2) == m",
    "days_between(d, d + days(3)) == 3 or d > date('9999-12-28')",
    "days(3) + d == d + days(3) or days(3) + d - days(3) == d or d > date('9999-12-28')",
    "d + weeks(1) == d + days(7) or d > date('9999-12-24')",
    "today - d == days_between(d, today)",
    "d + months(1) > d or d > date('9990-01-01')",
    "d - years(1) < d or d < date('0010-01-01')",
    "(n if b else a) == n or not b",
    "(n if b else a) == a or b",
    "t == 'a' or t not in ['a']",
    "t in ['a', 'b'] or t != 'a' and t != 'b'",
    "k in ['DE', 'AT'] or k != 'DE'",
    "not any_of(s, 'x') or any_of(s, 'x', 'y')",
    "not all_of(s, 'x', 'y') or any_of(s, 'x') and any_of(s, 'y')",
    "all_of(s, 'x') or not any_of(s, 'x')",
    "count(s) > 0",
    "is_answered(n) and coalesce(a, n) == a",
    "visits('here') >= 1 or visits('here') < 1",
    "answered('here', 'go') or not answered('here', 'go')",
    "not (answered('here', 'go') and answered('here', 'stay'))",
    "length(t) >= 0 or length(t) < 0",
    "w >= '00:00' and w <= '23:59'",
    "e <= '9999-12'",
    "not (any_of(s, 'z') and any_of(s, 'x'))",
    "c in ['x', 'y', 'z']",
    "q * 10 == round(q * 10, 0)",
    "n == round(n, 0)",
    "x == n * 2 - a",
    "round(n / 2, 0) != 0 or n == 0",
    "round(n / 2, 0) != 1 or n in [1, 2]",
    "round(n / 2, 0) != -1 or n in [-1, -2]",
]
EITHER = [
    "w == '00:00'",
    "w == '23:59'",
    "e == '9999-12'",
    "any_of(s, 'z')",
    "c == 'z'",
    "q == 0.1",
    "m == -0.01",
    "p == round(p, 2)",
    "min(w, '11:00') < '11:00'",
    "max(e, '2026-02') > '2026-02'",
    "(w if b else '11:00') == '11:00'",
    "coalesce(e, '2026-02') == '2026-02'",
    "d == date('0001-01-01')",
    "d == date('9999-12-31')",
    "n > a",
    "n >= a + 1",
    "b and u",
    "min(n, a) < n",
    "max(n, a) > n",
    "abs(a) > a",
    "n * a > 3",
    "m / 3 > 1",
    "round(m, 1) == m",
    "count(b, u) == 1",
    "days_between(d, d2) > 31",
    "d + months(1) > d2 + days(30)",
    "(n if b else a) > 3",
    "t in ['a', 'b']",
    "k not in ['DE', 'AT']",
    "any_of(s, 'x', 'y')",
    "all_of(s, 'x', 'y')",
    "count(s) > 1",
    "visits('here') > 2",
    "answered('here', 'go')",
    "today > d",
    "w < '12:00'",
    "e >= '2026-03'",
    "any_of((s if b else s), 'x')",
    "all_of(coalesce(s, s), 'x')",
    "contains(t, 'a')",
]
UNLESS_MISSING = [
    "d + days(3) > d",
    "n > 1 or n <= 1",
    "b or not b",
    "n + a == n + a",
    "min(n, a) <= n",
    "t == 'a' or t != 'a'",
    "t in ['a'] or t not in ['a']",
    "abs(a) >= 0",
    "-a <= 0 or -a > 0",
    "d + days(1) > d",
    "(1 if b else 2) > 0",
    "sum(n, 1) > n",
    "count(b, u) >= 0",
    "days_between(d, d2) == days_between(d, d2)",
    "round(m, 2) == m",
    "any_of(s, 'x') or not any_of(s, 'x')",
    "n / a == n / a",
]
WHATEVER_IS_MISSING = [
    "is_answered(n) or not is_answered(n)",
    "n > 1 or n <= 1 or not is_answered(n)",
    "coalesce(n, 1) > 0 or coalesce(n, 1) <= 0",
    "not (n > 1 and false)",
    "n > 1 or true",
    "visits('here') >= 0",
]


@pytest.mark.parametrize("source", ALWAYS)
def test_what_always_holds_is_never_otherwise(source: str) -> None:
    assert proof(source, sure=SURE).ever(lambda true: not true[0]) is False
    assert proof(source, sure=SURE).ever(lambda true: true[0]) is True


@pytest.mark.parametrize("source", EITHER)
def test_what_can_be_either_is_known_to_be(source: str) -> None:
    assert proof(source, sure=SURE).ever(lambda true: not true[0]) is True
    assert proof(source, sure=SURE).ever(lambda true: true[0]) is True


@pytest.mark.parametrize("source", UNLESS_MISSING)
def test_what_holds_of_all_values_is_not_true_of_missing_ones(source: str) -> None:
    assert proof(source).ever(lambda true: not true[0]) is True


@pytest.mark.parametrize(
    ("source", "sure", "false", "true"),
    [
        ("c == 'x' or n < a", "c n a", "c is 'y' and n is 1 and a is 1", "c is 'x'"),
        ("count(s) > 1 and n == a", "s n a", "s is 'x'", "s is 'x' and 'y' and n is 1 and a is 1"),
        ("count(s) == n", "s n", "n is 0", "s is 'x' and n is 1"),
        ("any_of(s, 'x') or n > a", "s n a", "s is 'y' and n is 1 and a is 1", "s is 'x'"),
        ("p > q", "p q", "p is 1 and q is 1", "p is 1 and q is 0"),
        ("n + a > 3", "n a", "n is 1 and a is 1", "n is 1 and a is 3"),
        ("n * a > 3", "n a", "n is 1 and a is 1", "n is 1 and a is 4"),
        ("d < d2", "d d2", "d is 2026-06-15 and d2 is 2026-06-15", "d is 2026-06-15 and d2 is 2026-06-16"),
    ],
)
def test_examples_have_round_values(source: str, sure: str, false: str, true: str) -> None:
    assert (proof(source, sure=sure).where(nothing), proof(source, sure=sure).where(any)) == (false, true)


def test_an_example_has_values_by_field() -> None:
    found = proof("n > a", "n < 2", sure="n a")
    assert found.example(lambda true: true == (True, True)) == {"n": 1, "a": 0}
    assert found.example(lambda true: len(true) == 3) is None


@pytest.mark.parametrize(
    ("low", "high", "source"),
    [
        ("0001-01-01", "9999-12-28", "d + days(3) > d"),
        ("0001-01-04", "9999-12-31", "d - days(3) < d"),
    ],
)
def test_within_the_calendar_every_day_has_another(low: str, high: str, source: str) -> None:
    days = {"d": Range(date.fromisoformat(low), date.fromisoformat(high))}
    assert proof(source, sure=SURE, ranges=days).ever(lambda true: not true[0]) is False
    assert proof(source, sure=SURE).ever(lambda true: not true[0]) is True


@pytest.mark.parametrize("source", WHATEVER_IS_MISSING)
def test_some_things_hold_whatever_is_missing(source: str) -> None:
    assert proof(source).ever(lambda true: not true[0]) is False
