"""Nothing that differs between two versions goes untold, and nothing is told of versions that mean the same."""

import copy
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from engine import layout, source
from engine.comparison.guide import compare
from engine.expressions.expression import Expression
from engine.model import Guide
from engine.text import Text
from tests.engine.comparisons import ASIDE, WHOLE, meaning, version, written

DATA = source.parse(WHOLE)[0].data  # type: ignore[union-attr]
Variant = tuple[str, Any]
REFERENCES = {"outcome", "documents", "values", "field", "id", "file"}
"""What must name something that is there; ids are what parts are known by."""
WORDS = {"override": ("reason", "approval"), "type": ("text", "long_text"), "currency": ("EUR", "USD")}
"""What can only be one of some words."""


def whole() -> Guide:
    """The guide with everything."""
    guide = version(WHOLE)
    assert guide is not None
    return guide


def _variants(value: Any, where: str) -> Iterator[Variant]:
    """The value with one thing in it changed: each thing, one after the other."""
    name = where.rpartition(".")[2]
    if isinstance(value, Text):
        yield where, replace(value, written=f"{value.written}x", parts=(f"{value.written}x",))
    elif isinstance(value, Expression):
        yield where, replace(value, source=f"{value.source} ")
    elif is_dataclass(value) and not isinstance(value, type):
        yield from _of_members(value, where)
    elif isinstance(value, Mapping):
        yield from _of_mapping(dict(value), where)
    elif isinstance(value, tuple):
        yield from _of_tuple(value, where)
    elif isinstance(value, bool):
        yield where, not value
    elif isinstance(value, int | Decimal):
        yield where, value + 1
    elif isinstance(value, str) and name not in REFERENCES:
        words = WORDS.get(name, (f"{value}x",))
        yield where, next(word for word in words if word != value)


def _of_members(value: Any, where: str) -> Iterator[Variant]:
    for each in fields(value):
        if each.init and each.compare and each.name not in ASIDE:
            for place, other in _variants(getattr(value, each.name), f"{where}.{each.name}"):
                yield place, replace(value, **{each.name: other})


def _of_mapping(value: dict[str, Any], where: str) -> Iterator[Variant]:
    for key, each in value.items():
        if where != "guide.fields":  # a field that is asked must be there
            yield f"{where} without {key}", {other: value[other] for other in value if other != key}
        for place, other in _variants(each, f"{where}.{key}"):
            yield place, {**value, key: other}


def _of_tuple(value: Any, where: str) -> Iterator[Variant]:
    make = value._make if hasattr(value, "_make") else tuple
    if value and make is tuple and ".computed." not in where:
        yield f"{where} without its first", value[1:]
        yield f"{where} turned round", value[::-1]
    for number, each in enumerate(value):
        inside = where if where.rpartition(".")[2] in REFERENCES else f"{where}.{number}"
        for place, other in _variants(each, inside):
            yield place, make((*value[:number], other, *value[number + 1 :]))


def _means_nothing(where: str) -> bool:
    """Whether it is a part that no document can have: an entry that ends a guide has an outcome and no content."""
    return ".closing." in where or where in ("guide.anytime.0.option.to", "guide.anytime.1.option.to")


def test_each_thing_in_a_guide_is_told_when_it_changes() -> None:
    guide = whole()
    changed = [(where, other) for where, other in _variants(guide, "guide") if meaning(other) != meaning(guide)]
    assert len(changed) > 400
    assert [where for where, other in changed if not compare(guide, other) and not _means_nothing(where)] == []


def test_nothing_is_told_of_a_guide_and_itself() -> None:
    assert compare(whole(), whole()) == ()


def _mappings(data: Any) -> Iterator[dict[str, Any]]:
    """Every mapping in a document."""
    for each in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from _mappings(each)
    if isinstance(data, dict):
        yield data


ORDERED = {"fields", "stages", "set", "options"}
"""Mappings whose order means something."""


@settings(max_examples=12, deadline=None)
@given(st.randoms(use_true_random=False))
def test_keys_that_stand_elsewhere_are_no_difference(chance: Random) -> None:
    def shuffled(data: Any, key: str) -> Any:
        if isinstance(data, list):
            return [shuffled(each, "") for each in data]
        if isinstance(data, str):
            return data
        items = [(name, shuffled(each, name)) for name, each in data.items()]
        return dict(items if key in ORDERED else chance.sample(items, len(items)))

    other = version(written(shuffled(DATA, "")))
    assert other is not None
    assert compare(whole(), other) == ()


def test_comments_and_layout_are_no_difference() -> None:
    document, _ = source.parse(f"# first\n{WHOLE}# last\n")
    assert document is not None
    other = version(layout.formatted(document))
    assert other is not None
    assert compare(whole(), other) == ()


def _places(data: Any, way: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    for key, each in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
        yield (*way, key)
        yield from _places(each, (*way, key))


def _at(data: Any, way: tuple[str | int, ...]) -> Any:
    for key in way:
        data = data[key]
    return data


def _near(text: str) -> list[str]:
    """Other things that may stand in the place of this one."""
    return [f"{text} too", f"{text[:-1]}{9 if text[-1].isdigit() else 'x'}"]


@st.composite
def _mutated(draw: st.DrawFn) -> str:
    """The guide with some of its document changed, left out, said twice, or put in another's place."""
    data = copy.deepcopy(DATA)
    for _ in range(draw(st.integers(1, 3))):
        *way, place = draw(st.sampled_from(list(_places(data))))
        holder: Any = _at(data, tuple(way))
        key: Any = place
        action = draw(st.sampled_from(["out", "twice", "swap", "word", "word", "word"]))
        if action == "out":
            del holder[key]
        elif action == "twice" and isinstance(holder, list):
            holder.append(copy.deepcopy(holder[key]))
        elif action == "swap" and isinstance(holder, list):
            holder[0], holder[key] = holder[key], holder[0]
        elif isinstance(holder[key], str):
            alike = [_at(DATA, place) for place in _places(DATA) if place[-1] == key]
            holder[key] = draw(st.sampled_from([each for each in alike if isinstance(each, str)] + _near(holder[key])))
    return written(data)


@settings(max_examples=40, deadline=None)
@given(_mutated(), _mutated())
def test_versions_differ_exactly_where_something_is_told(one: str, other: str) -> None:
    before, after = version(one) or whole(), version(other) or whole()
    assert bool(compare(before, after)) == (meaning(before) != meaning(after))
