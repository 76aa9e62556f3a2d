"""How many arguments each function takes, and what it says where it is given others."""

import pytest

from engine.expressions.expression import Expression
from engine.expressions.functions import FUNCTIONS
from engine.expressions.names import RESERVED, Names
from engine.expressions.parsing import compile_expression
from tests.engine.expressions.names import NAMES, compiled, mistakes

EXACTLY = {
    "date": "'2026-03-01'",
    "days": "1",
    "weeks": "1",
    "months": "1",
    "years": "1",
    "days_between": "today, today",
    "round": "rate, 2",
    "abs": "rate",
    "contains": "name, 'a'",
    "starts_with": "name, 'a'",
    "lower": "name",
    "length": "name",
    "is_answered": "name",
    "visits": "'gentle'",
    "answered": "'gentle', 'promise'",
}
AT_LEAST = {
    "min": "rate, 1",
    "max": "rate, 1",
    "sum": "rate",
    "count": "agreed",
    "any_of": "faults, 'late'",
    "all_of": "faults, 'late'",
    "coalesce": "rate, 1",
}
LENGTHS = {"days", "weeks", "months", "years"}


def called(name: str, arguments: str) -> str:
    return f"today + {name}({arguments})" if name in LENGTHS else f"{name}({arguments})"


def plural(count: int) -> str:
    return f"{count} argument{'s' if count > 1 else ''}"


def test_every_function_is_looked_at() -> None:
    assert {*EXACTLY, *AT_LEAST} == FUNCTIONS.keys()


@pytest.mark.parametrize("name", EXACTLY)
def test_a_function_takes_so_many_arguments_and_no_others(name: str) -> None:
    parts = EXACTLY[name].split(", ")
    assert compiled(called(name, EXACTLY[name])).type.kind != "unknown"
    for others in (parts[1:], [*parts, parts[-1]]):
        (found,) = mistakes(called(name, ", ".join(others)))
        assert found.message == f"'{name}' takes {plural(len(parts))}, not {len(others)}"


@pytest.mark.parametrize("name", AT_LEAST)
def test_a_function_takes_so_many_arguments_or_more(name: str) -> None:
    parts = AT_LEAST[name].split(", ")
    assert compiled(called(name, ", ".join([*parts, *parts[-1:] * 150]))).type.kind != "unknown"
    (found,) = mistakes(called(name, ", ".join(parts[1:])))
    assert found.message == f"'{name}' takes at least {plural(len(parts))}, not {len(parts) - 1}"


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_that_is_only_named_is_told_with_its_use(name: str) -> None:
    (found,) = mistakes(f"{name} == 1")
    assert found.hint == f"the function is used like {FUNCTIONS[name].usage}"
    assert FUNCTIONS[name].usage.startswith(f"{name}(")


@pytest.mark.parametrize("places", [0, 10])
def test_numbers_are_rounded_to_ten_places_at_most(places: int) -> None:
    assert compiled(f"round(rate, {places})").type.whole is (places == 0)
    assert mistakes(f"round(rate, {places - 1 if places == 0 else places + 1})")


@pytest.mark.parametrize(("word", "kind"), [("true", "boolean"), ("false", "boolean"), ("today", "date")])
def test_words_of_the_language_name_no_field(word: str, kind: str) -> None:
    found = compile_expression(word, Names({word: NAMES.fields["name"]}, {}))
    assert isinstance(found, Expression)
    assert (found.type.kind, found.fields, word in RESERVED) == (kind, frozenset(), True)


def test_names_are_the_same_whatever_was_compiled_with_them() -> None:
    one, other = Names(NAMES.fields, {}), Names(NAMES.fields, {})
    compile_expression("rate > 1", one)
    assert (one, repr(one)) == (other, repr(other))
