"""Laws that hold for every expression, and a slow interpreter that agrees with the fast one."""

import operator
from collections.abc import Callable
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any, NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.expressions.expression import Scope
from engine.fields.field import Value
from tests.engine.expressions.names import TODAY, compiled

SLOW = Context(prec=40, rounding=ROUND_HALF_UP, Emin=-99, Emax=39, traps=[])
VALUES = st.fixed_dictionaries(
    {
        "days_late": st.none() | st.integers(-(10**18) + 1, 10**18 - 1),
        "rate": st.none() | st.decimals(-1000, 1000, places=3),
        "agreed": st.sampled_from([None, True, False]),
        "disputed": st.sampled_from([None, True, False]),
        "promised": st.none() | st.dates(),
        "name": st.none() | st.sampled_from(["a", "b"]),
    }
)


class Sample(NamedTuple):
    """A source beside what it obviously means."""

    source: str
    work: Callable[[dict[str, Any]], Any]


def both(sign: str, meaning: Callable[[Any, Any], Any], pair: tuple[Sample, Sample]) -> Sample:
    """A strict operation: missing where a part is."""
    left, right = pair

    def work(values: dict[str, Any]) -> Any:
        a, b = left.work(values), right.work(values)
        return None if a is None or b is None else meaning(a, b)

    return Sample(f"({left.source} {sign} {right.source})", work)


def finite(meaning: Callable[[Any, Any], Decimal]) -> Callable[[Any, Any], Decimal | None]:
    """The result, if it is a number."""
    return lambda a, b: result if (result := meaning(a, b)).is_finite() else None


def all_known(results: list[bool | None], decisive: bool) -> bool | None:
    """Kleene's logic, from its table."""
    if decisive in results:
        return decisive
    return None if None in results else not decisive


def logic(word: str, parts: list[Sample]) -> Sample:
    """A chain of `and` or `or`."""
    source = f"({f' {word} '.join(part.source for part in parts)})"
    return Sample(source, lambda values: all_known([part.work(values) for part in parts], word == "or"))


def negation(part: Sample) -> Sample:
    """`not`."""
    return Sample(f"(not {part.source})", lambda values: None if (it := part.work(values)) is None else not it)


def conditional(test: Sample, yes: Sample, no: Sample) -> Sample:
    """`yes if test else no`."""

    def work(values: dict[str, Any]) -> Any:
        holds = test.work(values)
        return None if holds is None else yes.work(values) if holds else no.work(values)

    return Sample(f"({yes.source} if {test.source} else {no.source})", work)


def later(pair: tuple[Sample, Sample]) -> Sample:
    """A date so many days later."""

    def moved(day: date, days: Any) -> date | None:
        return day + timedelta(int(days)) if 0 < day.toordinal() + int(days) <= date.max.toordinal() else None

    day, days = pair
    return both("+", moved, (day, days))._replace(source=f"({day.source} + days({days.source}))")


def named(*ids: str) -> st.SearchStrategy[Sample]:
    """A field."""
    return st.sampled_from(ids).map(lambda name: Sample(name, lambda values: values[name]))


WHOLES = named("days_late") | st.integers(0, 99).map(lambda n: Sample(str(n), lambda _: n))
CONDITIONS = named("agreed", "disputed") | st.booleans().map(lambda it: Sample(str(it).lower(), lambda _: it))
SIGNS = st.sampled_from(
    [("+", finite(SLOW.add)), ("-", finite(SLOW.subtract)), ("*", finite(SLOW.multiply)), ("/", finite(SLOW.divide))]
)
COMPARE = st.sampled_from(
    [
        ("==", operator.eq),
        ("!=", operator.ne),
        ("<", operator.lt),
        ("<=", operator.le),
        (">", operator.gt),
        (">=", operator.ge),
    ]
)
NUMBERS = st.recursive(
    WHOLES | named("rate"),
    lambda inner: st.builds(lambda sign, pair: both(sign[0], sign[1], pair), SIGNS, st.tuples(inner, inner)),
    max_leaves=5,
)
DATES = named("promised") | st.tuples(named("promised"), WHOLES).map(later)
COMPARISONS = st.builds(
    lambda sign, pair: both(sign[0], sign[1], pair), COMPARE, st.tuples(NUMBERS, NUMBERS) | st.tuples(DATES, DATES)
)
TREES = st.recursive(
    CONDITIONS | COMPARISONS,
    lambda inner: (
        inner.map(negation)
        | st.builds(logic, st.sampled_from(["and", "or"]), st.lists(inner, min_size=2, max_size=4))
        | st.builds(conditional, inner, inner, inner)
    ),
    max_leaves=8,
)


def evaluated(source: str, values: dict[str, Value]) -> Value:
    """What the compiled expression gives."""
    return compiled(source).evaluate(Scope(values, TODAY))


@given(TREES | NUMBERS | DATES | st.builds(conditional, TREES, NUMBERS, NUMBERS), VALUES)
@settings(max_examples=400)
def test_the_fast_way_and_the_obvious_way_agree(sample: Sample, values: dict[str, Value]) -> None:
    assert evaluated(sample.source, values) == sample.work(values)


@given(TREES, TREES, VALUES)
def test_de_morgans_laws_hold(a: Sample, b: Sample, values: dict[str, Value]) -> None:
    neither = evaluated(f"not ({a.source} or {b.source})", values)
    assert neither is evaluated(f"not {a.source} and not {b.source}", values)


@given(TREES, VALUES)
def test_an_unknown_condition_has_an_unknown_negation(tree: Sample, values: dict[str, Value]) -> None:
    it, negated = evaluated(tree.source, values), evaluated(f"not {tree.source}", values)
    assert (it is None and negated is None) or it is (not negated)


@given(TREES, VALUES, st.sampled_from(["agreed", "rate", "promised"]))
def test_learning_more_never_changes_what_was_known(tree: Sample, values: dict[str, Value], id: str) -> None:
    before = evaluated(tree.source, {**values, id: None})
    assert before is None or before is evaluated(tree.source, values)
