"""Conditions tried together, against every combination of values."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from engine.expressions.expression import Expression, Scope
from engine.expressions.names import Names as Known
from engine.expressions.parsing import compile_expression
from engine.fields.field import Choice, Field
from engine.rules.certainty import Facts
from engine.rules.domains import Range
from engine.rules.proofs import ANY_DAY, Names, exhaustive, tried

OPTIONS = (Choice("x", "X"), Choice("y", "Y"), Choice("z", "Z"))
FIELDS = {
    "n": Field("n", "integer"),
    "m": Field("m", "money", currency="EUR"),
    "b": Field("b", "boolean"),
    "c": Field("c", "choice", options=OPTIONS),
    "s": Field("s", "choices", options=OPTIONS, none_option="z"),
    "d": Field("d", "date"),
    "t": Field("t", "text"),
    "e": Field("e", "month"),
    "r": Field("r", "rating", highest=5),
    "p": Field("p", "percent"),
    "q": Field("q", "number", decimals=1),
    "k": Field("k", "country"),
    "l": Field("l", "choices", options=tuple(Choice(id, id) for id in "abcdefgh")),
}
DAY = date(2026, 3, 2)
VALUES: Mapping[str, tuple[Any, ...]] = {
    "n": tuple(range(6)),
    "m": tuple(Decimal(cents) / 100 for cents in range(98, 104)),
    "b": (True, False),
    "c": ("x", "y", "z"),
    "s": (("x",), ("y",), ("x", "y"), ("z",)),
    "d": tuple(DAY + timedelta(days=number) for number in range(-3, 4)),
}
RANGES = {"n": Range(0, 5), "m": Range(Decimal("0.98"), Decimal("1.03")), "d": Range(VALUES["d"][0], VALUES["d"][-1])}
ATOMS = st.one_of(
    st.builds("n {} {}".format, st.sampled_from(["<", "<=", ">", ">=", "==", "!="]), st.integers(-1, 6)),
    st.builds("m {} {}".format, st.sampled_from(["<", "<=", "=="]), st.sampled_from(["0.99", "1", "1.015", "1.03"])),
    st.builds("{} < n <= {}".format, st.integers(-1, 6), st.integers(-1, 6)),
    st.builds("d {} date('2026-03-0{}')".format, st.sampled_from(["<", ">=", "=="]), st.integers(1, 4)),
    st.sampled_from(["b", "b == false", "c == 'x'", "c in ['x', 'y']", "c not in ['z']", "is_answered(n)"]),
    st.sampled_from(["any_of(s, 'x')", "all_of(s, 'x', 'y')", "any_of(s, 'z')", "is_answered(s)", "true", "1 > 2"]),
    st.sampled_from(["n in [1, 2]", "is_answered(c)", "n > 2 + 1", "n > 1 / 0", "n < -1", "m in [1, 2]"]),
)
CONDITIONS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.builds("({} and {})".format, inner, inner),
        st.builds("({} or {})".format, inner, inner),
        st.builds("not ({})".format, inner),
    ),
    max_leaves=3,
)


class Sure:
    """The fields that surely have a value."""

    def __init__(self, fields: frozenset[str]) -> None:
        self.fields = fields

    def __call__(self, field: str) -> bool:
        return field in self.fields

    def given(self, _condition: object, *, truth: bool) -> Facts:
        return self if truth else Sure(self.fields)

    def not_zero(self, field: str) -> bool:
        return field == "never"


def compiled(source: str) -> Expression:
    found = compile_expression(source, Known(FIELDS, {"here": set()}))
    assert isinstance(found, Expression), found
    return found


def names(*sure: str, ranges: Mapping[str, Range] = RANGES) -> Names:
    return Names(FIELDS, Sure(frozenset(sure)), ranges)


@settings(max_examples=300, deadline=None)
@given(sources=st.lists(CONDITIONS, min_size=1, max_size=3), sure=st.sets(st.sampled_from(sorted(VALUES))))
def test_all_that_can_be_is_what_is_tried(sources: list[str], sure: set[str]) -> None:
    conditions = [compiled(source) for source in sources]
    used = sorted({field for condition in conditions for field in condition.fields})
    spaces = [VALUES[field] if field in sure else (*VALUES[field], None) for field in used]
    scopes = [Scope(dict(zip(used, values)), ANY_DAY) for values in product(*spaces)]
    everything = {tuple(condition.evaluate(scope) is True for condition in conditions) for scope in scopes}
    trial = tried(conditions, names(*sure))
    assume(trial is not None)
    assert trial is not None
    assert trial.exact
    assert {row.true for row in trial.rows} == everything
    assert exhaustive(conditions, names(*sure)) == all(map(any, everything))


@pytest.mark.parametrize(
    ("sources", "sure", "words"),
    [
        (["n > 3", "n < 3"], "n", "n is exactly 3"),
        (["n > 3", "n < 3"], "", "n is exactly 3"),
        (["n > 3", "n <= 3"], "", "n is missing"),
        (["n > 3", "n < 2"], "n", "n is exactly 2"),
        (["n > 4", "n < 2"], "n", "n is exactly 2"),
        (["n < 4"], "n", "n is exactly 4"),
        (["c == 'x'", "c == 'z'"], "c", "c is 'y'"),
        (["b"], "b", "b is false"),
        (["n > 1 and b", "not b"], "nb", "n is less than 1 and b is true"),
        (["any_of(s, 'x', 'z')"], "s", "s is 'y'"),
        (["d < date('2026-03-02')"], "d", "d is exactly 2026-03-02"),
        (["t == 'a'"], "t", "t is something else"),
        (["not is_answered(t)"], "t", "t has a value"),
        (["not is_answered(n)"], "n", "n has a value"),
        (["m > 1", "m < 1"], "m", "m is exactly 1"),
        (["n < 2", "n == 2", "n == 5", "n > 5"], "n", "n is between 2 and 5"),
        (["p < 2", "p == 2", "p == 3", "p > 3"], "p", "p is between 2 and 3"),
        (["q < 2", "q == 2", "q >= 2.2"], "q", "q is exactly 2.1"),
        (["r < 1.5", "r > 2.5"], "r", "r is exactly 2"),
        (["k == 'DE'"], "k", "k is something else"),
        (["d > date('2026-03-02')"], "d", "d is before 2026-03-02"),
        (["d <= date('2026-03-02')"], "d", "d is after 2026-03-02"),
        (["n > 3 and b", "n > 3 and not b", "n < 2"], "nb", "n is exactly 2"),
        (["not is_answered(d)"], "d", "d has a value"),
    ],
)
def test_an_example_is_told_in_the_authors_words(sources: list[str], sure: str, words: str) -> None:
    trial = tried([compiled(source) for source in sources], names(*sure, ranges={}))
    assert trial is not None
    assert trial.where(lambda true: not any(true)) == words


def test_what_cannot_be_looked_into_may_be_anything() -> None:
    unlike = tried([compiled("visits('here') > 1"), compiled("visits('here') > 2")], names())
    alike = tried([compiled("b and n > r"), compiled("not (n > r)"), compiled("not b")], names("b", "n", "r"))
    assert unlike is not None
    assert alike is not None
    assert (unlike.exact, len(unlike.rows), alike.exact) == (False, 4, False)
    assert not alike.ever(lambda true: not any(true))
    assert not exhaustive([compiled("e > '2026-01'"), compiled("not (e > '2026-01')")], names())


def test_too_much_is_not_tried_at_all() -> None:
    eight = " or ".join(f"any_of(l, '{id}')" for id in "abcdefgh")
    many = [compiled(f"n == {n} and m == {n} and d == date('2026-03-{n}')") for n in range(10, 40) if n < 32]
    both = [compiled("b"), compiled("not b")]
    assert tried([compiled(eight)], names()) is None
    assert tried(many, names(ranges={})) is None
    assert not exhaustive(many, names(ranges={}))
    assert exhaustive([*many, *both], names("b", ranges={}))
    assert not exhaustive([*many, *both], names(ranges={}))


def test_one_condition_that_is_always_true_is_enough() -> None:
    assert exhaustive([compiled("b"), compiled("1 < 2")], names())
    assert not exhaustive([], names())


def test_constraints_on_texts_and_steps_of_numbers_are_not_looked_into() -> None:
    fields = {**FIELDS, "n": Field("n", "integer", step=Decimal(5)), "t": Field("t", "text", pattern="[ab]+")}
    for source in ("n > 3", "t == 'a'"):
        trial = tried([compiled(source)], Names(fields, Sure(frozenset("nt")), {}))
        assert trial is not None
        assert not trial.exact
