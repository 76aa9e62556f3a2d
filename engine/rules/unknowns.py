"""What a prover looks for: the value of a field, the day, or what was done on the path (z3 is handed in).

Texts, dates, months and times are whole numbers to it; a set of choices is a truth for each option.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from engine.expressions.calculation import divided
from engine.fields.country import CODES
from engine.fields.field import Field, Value
from engine.rules.domains import ANYWHERE, Range, places

_SOME_DAY = date(2026, 6, 15)
_GRAINY = 4
"""A number with more decimals than these is taken for one with any."""
_NEW = 20
"""Texts that nobody has written out, as many as there are at hand."""
_LAST_MONTH = 9999 * 12 + 11
_LAST_MINUTE = 24 * 60 - 1
_SMALL, _LARGE = (1, 0, 2), (10, 100)
"""Round numbers: an example had better have one of these."""


class Term(NamedTuple):
    """What an expression is to the prover: whether it is missing, and its value where it is not."""

    missing: Any
    value: Any


@dataclass(frozen=True, slots=True)
class Unknown:
    """Something that can have many values; `name` is what authors call it.

    `allowed` are the values it can have, `being` says that it is a certain one, `read` makes a value of what a prover
    has found, and `likely` are those that an example had better have.
    """

    name: str
    term: Term
    allowed: Any
    being: Callable[[Any], Any]
    read: Callable[[Any], Value]
    likely: tuple[Value, ...]

    def said(self, value: Value) -> str:
        """The value in words."""
        if value is None:
            return f"{self.name} is missing"
        if isinstance(value, bool):
            return f"{self.name} is {str(value).lower()}"
        if isinstance(value, tuple):
            return f"{self.name} is {' and '.join(map(repr, value))}"
        if isinstance(value, str):
            return f"{self.name} is '{value}'" if value in self.likely else f"{self.name} is something else"
        if isinstance(value, date):
            return f"{self.name} is {value.isoformat()}"
        return f"{self.name} is {value if isinstance(value, int) else format(value.normalize(), 'f')}"


class Unknowns:
    """Makes them for one proof; `named` are the values that the conditions write out."""

    def __init__(self, z3: Any, named: Collection[Value]) -> None:
        self._z3 = z3
        self._made = 0
        self._texts = {text: number for number, text in enumerate(sorted(_of(str, named)))}
        self._new: dict[str, dict[int, str]] = {}
        self._numbers = sorted({Decimal(each) for each in (*_of(int, named), *_of(Decimal, named))})
        self._dates = sorted(_of(date, named))

    def of(self, field: Field, name: str, *, sure: bool, bounds: Range = ANYWHERE) -> Unknown:
        """The value of a field of this type; `sure`ly there, and within its bounds."""
        self._made += 1
        missing = self._z3.BoolVal(False) if sure else self._z3.Bool(f"missing {self._made}")
        made: Unknown = _MAKERS.get(field.type, Unknowns._text)(self, field, name, bounds)
        return Unknown(name, Term(missing, made.term.value), made.allowed, made.being, made.read, made.likely)

    def constant(self, value: Any, kind: str = "") -> Any:
        """A value written out, as the prover reads one; `kind` tells what a text stands for."""
        match value:
            case bool():
                return self._z3.BoolVal(value)
            case int():
                return self._z3.IntVal(value)
            case Decimal():
                return self._z3.RealVal(format(value, "f"))
            case date():
                return self._z3.IntVal(value.toordinal())
        read = {"month": _month_number, "time": _minute}.get(kind)
        return self._z3.IntVal(read(value) if read else self._texts.setdefault(value, len(self._texts)))

    def whole(self, name: str, low: int | None, likely: tuple[int, ...] = ()) -> Unknown:
        """A whole number, from `low` on."""
        self._made += 1
        value = self._variable("Int")
        allowed = self._z3.BoolVal(True) if low is None else value >= low
        return self._ordered(name, value, allowed, lambda found: found.as_long(), likely)

    def _variable(self, sort: str) -> Any:
        return getattr(self._z3, sort)(f"value {self._made}")

    def _ordered(
        self, name: str, value: Any, allowed: Any, read: Callable[[Any], Any], likely: tuple[Value, ...], kind: str = ""
    ) -> Unknown:
        """One whose values are told apart by a number."""
        term = Term(self._z3.BoolVal(False), value)
        return Unknown(name, term, allowed, lambda other: value == self.constant(other, kind), read, likely)

    def _boolean(self, _field: Field, name: str, _bounds: Range) -> Unknown:
        value = self._variable("Bool")
        return self._ordered(name, value, self._z3.BoolVal(True), self._z3.is_true, (True, False))

    def _choice(self, field: Field, name: str, _bounds: Range) -> Unknown:
        value, ids = self._variable("Int"), [option.id for option in field.options]
        allowed = self._z3.Or([value == self.constant(id) for id in ids])
        return self._ordered(name, value, allowed, self._text_of(ids), tuple(ids))

    def _choices(self, field: Field, name: str, _bounds: Range) -> Unknown:
        z3, ids = self._z3, [option.id for option in field.options]
        chosen = {id: z3.Bool(f"value {self._made} {number}") for number, id in enumerate(ids)}
        alone = chosen.get(field.none_option or "", z3.BoolVal(False))
        others = z3.Or([each for id, each in chosen.items() if id != field.none_option])
        return Unknown(
            name,
            Term(z3.BoolVal(False), chosen),
            z3.And(z3.Or(list(chosen.values())), z3.Not(z3.And(alone, others))),
            lambda value: z3.And([each if id in value else z3.Not(each) for id, each in chosen.items()]),
            lambda found: tuple(id for id in ids if found[id]),
            tuple((id,) for id in ids),
        )

    def _country(self, _field: Field, name: str, _bounds: Range) -> Unknown:
        value, named = self._variable("Int"), sorted(CODES & self._texts.keys())
        free = sorted(CODES - set(named))
        return self._ordered(name, value, value >= 0, self._text_of(named, free), tuple(named))

    def _text(self, _field: Field, name: str, _bounds: Range) -> Unknown:
        value, named = self._variable("Int"), tuple(self._texts)
        longest = 1 + max(map(len, named), default=0)
        free = ["x" * (longest + number) for number in range(_NEW)]
        return self._ordered(name, value, value >= 0, self._text_of(named, free), named)

    def _text_of(self, known: Collection[str], free: Sequence[str] = ()) -> Callable[[Any], Value]:
        """The text that a number stands for: one of those known, else one of those free, another for each number."""
        others = self._new.setdefault(free[0], {}) if free else {}

        def read(found: Any) -> Value:
            number = found.as_long()
            known_text = next((text for text in known if self._texts.get(text) == number), None)
            return known_text or others.setdefault(number, free[len(others) % len(free)])

        return read

    def _number(self, field: Field, name: str, bounds: Range) -> Unknown:
        z3, decimals = self._z3, places(field)
        grain = Decimal(1).scaleb(-decimals)
        if decimals == 0:
            variable = value = self._variable("Int")
        elif decimals <= _GRAINY:
            variable = self._variable("Int")
            value = z3.ToReal(variable) * self.constant(grain)
        else:
            variable = value = self._variable("Real")
        allowed = z3.And([z3.BoolVal(True), *self._within(value, bounds)])
        whole = field.type in ("integer", "rating")
        likely = tuple(int(each) if whole else each for each in self._round(grain))
        return self._ordered(
            name, value, allowed, lambda found: int(numeral(found)) if whole else numeral(found), likely
        )

    def _round(self, grain: Decimal) -> Iterator[Decimal]:
        """Small numbers, those written out and their neighbours, and larger ones, as far as a field can have them."""
        near = (each + step for each in self._numbers for step in (0, grain, -grain))
        yield from (each for each in (*map(Decimal, _SMALL), *near, *map(Decimal, _LARGE)) if each % grain == 0)

    def _within(self, value: Any, bounds: Range, kind: str = "") -> Iterator[Any]:
        if bounds.low is not None:
            yield value >= self.constant(bounds.low, kind)
        if bounds.high is not None:
            yield value <= self.constant(bounds.high, kind)

    def _date(self, _field: Field, name: str, bounds: Range) -> Unknown:
        value = self._variable("Int")
        allowed = self._z3.And(value >= 1, value <= date.max.toordinal(), *self._within(value, bounds))
        return self._ordered(name, value, allowed, lambda found: date.fromordinal(found.as_long()), self._days())

    def _days(self) -> tuple[date, ...]:
        near = (each.toordinal() + step for each in self._dates for step in (0, 1, -1))
        return (*(date.fromordinal(each) for each in near if 1 <= each <= date.max.toordinal()), _SOME_DAY)

    def _month(self, _field: Field, name: str, bounds: Range) -> Unknown:
        value = self._variable("Int")
        allowed = self._z3.And(value >= 12, value <= _LAST_MONTH, *self._within(value, bounds, "month"))
        likely = tuple(text for text in self._texts if len(text) == 7 and "-" in text)
        return self._ordered(name, value, allowed, lambda found: _month_text(found.as_long()), likely, "month")

    def _time(self, _field: Field, name: str, bounds: Range) -> Unknown:
        value = self._variable("Int")
        allowed = self._z3.And(value >= 0, value <= _LAST_MINUTE, *self._within(value, bounds, "time"))
        likely = tuple(text for text in self._texts if len(text) == 5 and ":" in text)
        return self._ordered(name, value, allowed, lambda found: _time_text(found.as_long()), likely, "time")


_MAKERS: Mapping[str, Callable[[Unknowns, Field, str, Range], Unknown]] = {
    "boolean": Unknowns._boolean,
    "choice": Unknowns._choice,
    "choices": Unknowns._choices,
    "country": Unknowns._country,
    **dict.fromkeys(("integer", "rating", "number", "percent", "money"), Unknowns._number),
    "date": Unknowns._date,
    "month": Unknowns._month,
    "time": Unknowns._time,
}


def _of(type: type, values: Collection[Value]) -> list[Any]:
    return [each for each in values if isinstance(each, type) and not isinstance(each, bool)]


def _month_number(text: str) -> int:
    return int(text[:4]) * 12 + int(text[5:]) - 1


def _month_text(number: int) -> str:
    return f"{number // 12:04}-{number % 12 + 1:02}"


def _minute(text: str) -> int:
    return int(text[:2]) * 60 + int(text[3:])


def _time_text(number: int) -> str:
    return f"{number // 60:02}:{number % 60:02}"


def numeral(found: Any) -> Decimal:
    """A number of a model; where it has no end, as far as numbers go here."""
    if found.is_int():
        return Decimal(found.as_long())
    part = found.as_fraction()
    number = divided(Decimal(part.numerator), Decimal(part.denominator))
    return Decimal(0) if number is None else number
