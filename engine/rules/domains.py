"""The values of a field that make a difference to conditions: one for each stretch in which all are alike."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations
from typing import Any, NamedTuple

from engine.fields.country import CODES
from engine.fields.field import Field, Value
from engine.fields.locales import currency_places
from engine.fields.numerals import MOST_DECIMALS

_MOST_NAMED = 6
"""Options of one `choices` field that conditions may name; every set of them is looked at."""
_TEXTS = frozenset({"text", "long_text", "email", "phone", "url"})
_NUMBERS = frozenset({"integer", "rating", "number", "percent", "money"})
LISTED = frozenset({"boolean", "choice"})
"""The types of which every value is known and is looked at by itself."""
LOOKED_INTO = LISTED | _TEXTS | _NUMBERS | {"choices", "country", "date"}
"""The types whose values can be cut into cells."""


class Cell(NamedTuple):
    """One value that stands for all those in `words`.

    `point` where it is the only one, of a type that has an order, and no end of all that there are.
    """

    value: Value
    words: str
    point: bool = False


class Range(NamedTuple):
    """The inclusive bounds within which a field's values surely lie; None is no bound."""

    low: Any = None
    high: Any = None


ANYWHERE = Range()
MISSING = Cell(None, "is missing")


def cells(field: Field, named: Collection[Any], bounds: Range) -> tuple[Cell, ...] | None:
    """The cells of a field which conditions compare with the values `named`; None where there are too many."""
    if field.type == "boolean":
        return Cell(True, "is true"), Cell(False, "is false")
    if field.type == "choice":
        return tuple(Cell(option.id, f"is '{option.id}'") for option in field.options)
    if field.type == "choices":
        return _sets(field, named)
    if field.type == "country":
        return _texts(named, min(CODES - set(named), default=""))
    if field.type in _TEXTS:
        return _texts(named, "x" * (1 + max((len(str(each)) for each in named), default=0)))
    return tuple(_stretches(field, sorted(set(named)), bounds))


def _texts(named: Collection[Any], other: str) -> tuple[Cell, ...]:
    written = [Cell(text, f"is '{text}'") for text in sorted(set(map(str, named)))]
    return (*written, Cell(other, "is something else" if written else "has a value"))


def _sets(field: Field, named: Collection[Any]) -> tuple[Cell, ...] | None:
    """Every set of the options named, and of one more that stands for the others."""
    ids = [option.id for option in field.options]
    kept = [id for id in ids if id in named]
    kept += [id for id in ids if id not in named][:1]
    if len(kept) > _MOST_NAMED:
        return None
    chosen = (each for size in range(1, len(kept) + 1) for each in combinations(kept, size))
    alone = (each for each in chosen if field.none_option not in each or len(each) == 1)
    return tuple(Cell(each, f"is {' and '.join(map(repr, each))}") for each in alone)


def _stretches(field: Field, points: Sequence[Any], bounds: Range) -> Iterator[Cell]:
    """The points, and the stretches before, between and after them, as far as the field has values there."""
    ends = [end for end in bounds if end is not None]
    marks = sorted({*points, *ends})
    if not marks:
        yield Cell(_nearest(field, date(2000, 1, 1) if field.type == "date" else 0, up=True), "has a value")
        return
    before = _step(field, marks[0], up=False)
    yield from _within([Cell(before, f"is {_less(field)} {_said(marks[0])}")], bounds)
    for number, mark in enumerate(marks):
        if _nearest(field, mark, up=True) == mark:
            yield from _within([Cell(mark, f"is exactly {_said(mark)}", mark not in ends)], bounds)
        after, following = _step(field, mark, up=True), marks[number + 1 : number + 2]
        if not following:
            yield from _within([Cell(after, f"is {_more(field)} {_said(mark)}")], bounds)
        elif after < following[0]:
            yield from _within([_between(field, mark, after, following[0])], bounds)


def _between(field: Field, low: Any, after: Any, high: Any) -> Cell:
    if after == _step(field, high, up=False):
        return Cell(after, f"is exactly {_said(after)}", True)
    return Cell(after, f"is between {_said(low)} and {_said(high)}")


def _within(found: list[Cell], bounds: Range) -> Iterator[Cell]:
    low, high = bounds
    for cell in found:
        value: Any = cell.value
        if (low is None or low <= value) and (high is None or value <= high):
            yield cell


def places(field: Field) -> int:
    """The decimals that values of the field have at most."""
    if field.type == "money":
        return currency_places(field.currency)
    if field.type in ("integer", "rating"):
        return 0
    return MOST_DECIMALS if field.decimals is None else field.decimals


def _nearest(field: Field, mark: Any, *, up: bool) -> Any:
    """The nearest value of the field from a mark on."""
    if field.type == "date":
        return mark
    grain = Decimal(1).scaleb(-places(field))
    whole, rest = divmod(Decimal(mark), grain)
    whole += rest > 0 if up else -(rest < 0)
    return int(whole) if field.type in ("integer", "rating") else whole * grain


def _step(field: Field, mark: Any, *, up: bool) -> Any:
    """The nearest value of the field past a mark."""
    if field.type == "date":
        return mark + timedelta(days=1 if up else -1)
    nearest = _nearest(field, mark, up=up)
    if nearest != mark:
        return nearest
    grain = Decimal(1).scaleb(-places(field))
    return (
        nearest + (grain if up else -grain) if field.type not in ("integer", "rating") else nearest + (1 if up else -1)
    )


def _less(field: Field) -> str:
    return "before" if field.type == "date" else "less than"


def _more(field: Field) -> str:
    return "after" if field.type == "date" else "more than"


def _said(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
