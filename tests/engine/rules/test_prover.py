"""What z3 finds of conditions, against what is tried one by one, and against the conditions themselves."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from itertools import product
from random import Random
from typing import Any

import pytest
import z3
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from engine.expressions.expression import Expression, Scope
from engine.expressions.names import Names as Known
from engine.expressions.parsing import compile_expression
from engine.fields.field import Field, Value
from engine.rules import prover
from engine.rules.domains import Range
from engine.rules.formulas import TODAY, latest, visits
from engine.rules.proofs import ANY_DAY, Names, tried
from engine.rules.prover import Proof, Prover
from tests.engine.rules.test_proofs import CONDITIONS, DAY, FIELDS, RANGES, Sure
from tests.engine.rules.test_proofs import VALUES as LISTED
from tests.engine.rules.test_proofs import compiled as listed

MORE = {
    **FIELDS,
    "a": Field("a", "integer"),
    "u": Field("u", "boolean"),
    "d2": Field("d2", "date"),
    "e2": Field("e2", "month"),
    "t2": Field("t2", "text"),
    "w": Field("w", "time"),
    "x": Field("x", "integer", computed=True),
    "y": Field("y", "money", currency="EUR", computed=True),
}
KNOWN = Known(MORE, {"here": {"go", "stay"}})
TRUTHS = tuple[bool, ...]


def compiled(source: str) -> Expression:
    found = compile_expression(source, KNOWN)
    assert isinstance(found, Expression), (source, found)
    return found


FORMULAS = {"x": compiled("n * 2 - a"), "y": compiled("round(m * a / 3, 2) if u else m")}
VALUES: Mapping[str, tuple[Any, ...]] = {
    **LISTED,
    "n": (0, 1, 3),
    "a": (-1, 0, 2),
    "m": (Decimal("0.98"), Decimal(1), Decimal("1.03")),
    "d": (DAY - timedelta(2), DAY, DAY + timedelta(31)),
    "d2": (DAY, DAY + timedelta(30)),
    "e": ("2026-01", "2026-02"),
    "e2": ("2026-02",),
    "t": ("a", "bb"),
    "t2": ("a", "zz"),
    "u": (True, False),
    "w": ("11:59", "12:00"),
}
SIGN = st.sampled_from(["<", "<=", ">", ">=", "==", "!="])
NUMBER = st.recursive(
    st.sampled_from(["n", "a", "x", "2", "0.5", "0", "1/3", "visits('here')", "length(t)", "count(b, u)", "count(s)"]),
    lambda inner: st.one_of(
        st.builds("({} {} {})".format, inner, st.sampled_from("+-*/"), inner),
        st.builds("{}({}, {})".format, st.sampled_from(["min", "max", "sum", "coalesce"]), inner, inner),
        st.builds("round({}, {})".format, inner, st.integers(0, 2)),
        st.builds("abs({})".format, inner),
        st.builds("-{}".format, inner),
        st.builds("({} if u else {})".format, inner, inner),
    ),
    max_leaves=3,
)
DATE = st.sampled_from(
    ["d", "d2", "today", "date('2026-03-02')", "d + days(n)", "weeks(1) + d", "d - days(3)", "today + days(30)"],
).flatmap(lambda day: st.sampled_from([day, "d + months(n)", "d2 - years(1)", "min(d, d2)", f"({day} if b else d2)"]))
AMOUNT = st.sampled_from(["m", "y", "m + y", "m * n", "y / a", "m / 3", "1.03"])
ATOMS = st.one_of(
    st.builds("{} {} {}".format, NUMBER, SIGN, NUMBER),
    st.builds("{} {} {} {} {}".format, NUMBER, SIGN, NUMBER, SIGN, NUMBER),
    st.builds("{} {} {}".format, DATE, SIGN, DATE),
    st.builds("{} {} days_between(d, d2)".format, st.sampled_from(["n", "d2 - d"]), SIGN),
    st.builds("{} {} {}".format, AMOUNT, SIGN, AMOUNT),
    st.sampled_from(["b == u", "b != true", "c == ('x' if b else 'y')", "t == t2", "t in ['a']", "t2 != 'a'"]),
    st.sampled_from(["contains(t, 'a')", "lower(t) == 'a'", "e < e2", "coalesce(e, '2026-01') < e2", "w < '12:00'"]),
    st.sampled_from(["(e if b else '2026-02') == e2", "w in ['12:00']", "is_answered(x)", "is_answered(y)"]),
    st.sampled_from(["answered('here', 'go')", "answered('here', 'stay')", "any_of(coalesce(s, s), 'x')", "k == 'DE'"]),
    st.sampled_from(["any_of((s if b else s), 'y')", "all_of(s, 'x', 'y')", "n not in [1, 2]", "q > p", "r > n"]),
)
RICH = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.builds("({} {} {})".format, inner, st.sampled_from(["and", "or"]), inner),
        st.builds("not ({})".format, inner),
        st.builds("(({}) if b else ({}))".format, inner, inner),
    ),
    max_leaves=3,
)


class Path:
    """What was done on the path: visits of every step, and the answer of the latest."""

    def __init__(self, count: int, option: str | None) -> None:
        self.count, self.option = count, option

    def of(self, _step: str) -> tuple[int, str | None]:
        return self.count, self.option


PATHS = (Path(0, None), Path(1, "go"), Path(2, "stay"), Path(1, None))
CHANCE = Random(1)
SESSIONS = [
    (
        {id: CHANCE.choice((*space, None)) for id, space in VALUES.items()},
        CHANCE.choice((DAY, DAY + timedelta(40))),
        CHANCE.choice(PATHS),
    )
    for _ in range(60)
]
"""Sixty sessions: their values, the day, and what was done."""


def scope(values: Mapping[str, Value], today: date, path: Path) -> Scope:
    """A scope with its computed fields worked out."""
    known = dict(values)
    found = Scope(known, today, path)
    for id, formula in FORMULAS.items():
        known[id] = formula.evaluate(found)
    return found


def names(*sure: str, ranges: Mapping[str, Range] = RANGES) -> Names:
    return Names(MORE, Sure(frozenset(sure)), ranges, FORMULAS)


def proof(*sources: str, sure: str = "", ranges: Mapping[str, Range] | None = None) -> Proof:
    """What z3 finds of these conditions where the named fields surely have a value."""
    return Proof(Prover(z3), [compiled(source) for source in sources], names(*sure.split(), ranges=ranges or {}))


def nothing(true: TRUTHS) -> bool:
    return not any(true)


def truths(conditions: list[Expression], here: Scope) -> TRUTHS:
    return tuple(condition.evaluate(here) is True for condition in conditions)


@settings(max_examples=150, deadline=None)
@given(sources=st.lists(CONDITIONS, min_size=1, max_size=3), sure=st.sets(st.sampled_from(sorted(LISTED))))
def test_z3_finds_what_is_found_by_trying(sources: list[str], sure: set[str]) -> None:
    conditions, known = [listed(source) for source in sources], Names(FIELDS, Sure(frozenset(sure)), RANGES)
    trial = tried(conditions, known)
    assume(trial is not None)
    assert trial is not None
    found = Proof(Prover(z3), conditions, known)
    assert (found.complete, found.seen, found.single()) == (True, trial.seen, trial.single())
    assert all(found.ever(partial(TRUTHS.__eq__, each)) for each in trial.seen)


@settings(max_examples=100, deadline=None)
@given(sources=st.lists(RICH, min_size=1, max_size=3), sure=st.sets(st.sampled_from(sorted(VALUES))))
def test_what_z3_rules_out_never_is(sources: list[str], sure: set[str]) -> None:
    assume(all(isinstance(compile_expression(source, KNOWN), Expression) for source in sources))
    conditions = [compiled(source) for source in sources]
    found = Proof(Prover(z3), conditions, names(*sure, ranges={}))
    for values, today, path in SESSIONS:
        there = {id: VALUES[id][0] if value is None and id in sure else value for id, value in values.items()}
        assert found.ever(partial(TRUTHS.__eq__, truths(conditions, scope(there, today, path))))


@settings(max_examples=60, deadline=None)
@given(sources=st.lists(RICH, min_size=1, max_size=3))
def test_an_example_does_what_it_is_an_example_of(sources: list[str]) -> None:
    assume(all(isinstance(compile_expression(source, KNOWN), Expression) for source in sources))
    conditions = [compiled(source) for source in sources]
    found = Proof(Prover(z3), conditions, names(ranges={}))
    for wanted in product((True, False), repeat=len(sources)):
        values: Mapping[str, Any] = found.example(partial(TRUTHS.__eq__, wanted)) or {}
        path = Path(values.get(visits("here")) or 0, values.get(latest("here")))
        here = scope(values, values.get(TODAY) or ANY_DAY, path)
        assert wanted not in found.seen or truths(conditions, here) == wanted


@pytest.mark.parametrize(
    ("sources", "sure", "words"),
    [
        (["n > a", "n < a"], "n a", "n is 1 and a is 1"),
        (["n + a > 10", "n + a <= 10"], "n", "a is missing"),
        (["n + a > 10", "n + a <= 10"], "n a", ""),
        (["m * n > 100", "m * n < 100"], "m n", "m is 1 and n is 100"),
        (["m / n > 1", "m / n <= 1"], "m n", "n is 0"),
        (["round(m / 3, 1) > 33.3", "round(m / 3, 1) < 33.3"], "m", "m is 100"),
        (["d > today + days(30)", "d <= today + days(10)"], "d", "today is 2026-06-15 and d is 2026-06-26"),
        (["d > today + months(1)", "d <= today"], "d", "today is 2026-06-15 and d is 2026-06-16"),
        (["w < '12:00'", "w > '12:00'"], "w", "w is '12:00'"),
        (["e < '2026-02'", "e > '2026-02'"], "e", "e is '2026-02'"),
        (["visits('here') > 1", "visits('here') < 1"], "", "visits('here') is 1"),
        (["answered('here', 'go')", "visits('here') < 1"], "", "the latest answer of 'here' is something else"),
        (["t == t2", "t == 'a'"], "t t2", "t is something else and t2 is 'a'"),
        (["t == t2", "t == 'a'", "t2 == 'a'"], "t t2", "t is something else and t2 is something else"),
        (["k != 'DE' or n < a"], "k n a", "k is 'DE' and n is 1 and a is 1"),
        (["count(b, u) > 0"], "b u", "b is false and u is false"),
        (["count(s) > 1", "any_of(s, 'x')"], "s", "s is 'y'"),
        (["x > 3", "x < 3"], "n a", "n is 1 and a is -1"),
        (["p > 2.5 * q", "p < 2.5 * q"], "p q", "p is 1 and q is 0.4"),
        (["coalesce(n, a) > 3"], "", "n is 1"),
    ],
)
def test_an_example_is_told_in_the_authors_words(sources: list[str], sure: str, words: str) -> None:
    assert proof(*sources, sure=sure).where(nothing) == words


@pytest.mark.parametrize(
    ("sources", "words"),
    [
        (["x > 3", "x < 3"], "x is exactly 3"),
        (["d > date('2026-03-02') and a < n + 1", "d < date('2026-03-02')", "a > n"], "d is exactly 2026-03-02"),
        (["n + a > 3", "n + a < 3"], ""),
        (["m * 2 > 3", "m * 2 <= 3"], ""),
    ],
)
def test_one_value_left_over_is_told(sources: list[str], words: str) -> None:
    assert proof(*sources, sure="n a d m").single() == words


def test_what_is_surely_known_is_no_gap() -> None:
    assert proof("x > 3", "x <= 3", sure="n a").ever(nothing) is False
    assert proof("x > 3", "x <= 3", sure="x").ever(nothing) is False
    assert proof("x > 3", "x <= 3", sure="n").where(nothing) == "a is missing"


def test_bounds_are_kept() -> None:
    within = {"n": Range(0, 5), "a": Range(2, None), "d": Range(DAY, DAY), "e": Range("2026-02", None)}
    sure = "n a d e w"
    assert not proof("n - a > 3", sure=sure, ranges=within).ever(any)
    assert not proof("d + days(1) < date('2026-03-03')", sure=sure, ranges=within).ever(any)
    assert not proof("e < '2026-01' and n == n", sure=sure, ranges=within).ever(any)
    assert not proof("w > '12:00'", sure=sure, ranges={"w": Range(None, "08:00")}).ever(any)


def test_numbers_are_rounded_as_sessions_round_them() -> None:
    thirds = proof("m / 3 * 3 != m", sure="m")
    assert thirds.where(any) == "m is 1"
    assert not proof("m / 8 * 8 != m", sure="m").ever(any)


def test_what_has_no_formula_may_be_anything_but_is_no_example() -> None:
    lower = proof("lower(t) == 'a'", "not (lower(t) == 'a')", sure="t")
    assert lower.complete
    assert not lower.ever(nothing)
    assert lower.where(lambda true: true[0]) == "t is 'a'"
    assert proof("length(t) > 30", sure="t").where(any) == ""


def test_fields_with_more_constraints_give_no_examples() -> None:
    fields = {**MORE, "n": Field("n", "integer", step=Decimal(5))}
    found = Proof(Prover(z3), [compiled("n + a > 3")], Names(fields, Sure(frozenset("na")), {}))
    assert (found.ever(any), found.where(any)) == (True, "")


def test_what_is_too_hard_is_not_claimed() -> None:
    cubes = proof("n * n * n + a * a * a + r * r * r == 33 and n > 10", "n > a", sure="n a r")
    assert not cubes.complete
    assert cubes.ever(lambda true: true[0])
    many = [f"n == {number} or a > n + {number}" for number in range(prover.MOST + 1)]
    assert not proof(*many, sure="n a").complete


def test_what_cannot_be_tried_for_want_of_time_is_no_example(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prover, "ALL", prover.FEE * 3)
    found = proof("lower(t) == 'b' and t != 'b'", sure="t")
    assert (found.complete, found.seen, found.ever(any)) == (True, frozenset({(False,)}), True)


def test_what_was_found_without_z3_still_holds_where_that_gives_up() -> None:
    conditions = [compiled("n * n * n == a * a * a + 33 and b"), compiled("not b")]
    trial = tried(conditions, names("b", "n", "a"))
    spent = Prover(z3)
    for _ in range(prover.ALL // prover.FEE):
        spent.asked(spent.solver())
    found = Proof(spent, conditions, names("b", "n", "a"), trial)
    assert (spent.spent, found.complete, found.ever(all), found.where(any)) == (True, False, False, "")


def test_where_the_conditions_cannot_be_as_wanted_there_is_no_example() -> None:
    found = proof("n > a", "n <= a", sure="n a")
    assert found.example(nothing) is None
    values: Mapping[str, Any] = found.example(lambda true: true == (False, True)) or {}
    assert values["n"] <= values["a"]
