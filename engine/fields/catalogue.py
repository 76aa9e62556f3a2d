"""The types of fields, and what can be done with a field of any of them."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from engine.errors import Refusal
from engine.fields import (
    boolean,
    bounds,
    choice,
    choices,
    country,
    email,
    integer,
    long_text,
    money,
    month,
    number,
    numerals,
    percent,
    phone,
    rating,
    text,
    time,
    url,
)
from engine.fields import date as day
from engine.fields.field import Field, Limits, Value
from engine.fields.kind import Kind
from engine.fields.locales import CANONICAL, Manner, manner

TYPES: Mapping[str, Kind] = {
    "text": text.KIND,
    "long_text": long_text.KIND,
    "integer": integer.KIND,
    "number": number.KIND,
    "money": money.KIND,
    "boolean": boolean.KIND,
    "choice": choice.KIND,
    "choices": choices.KIND,
    "date": day.KIND,
    "percent": percent.KIND,
    "month": month.KIND,
    "time": time.KIND,
    "email": email.KIND,
    "phone": phone.KIND,
    "url": url.KIND,
    "rating": rating.KIND,
    "country": country.KIND,
}
"""Every type by its name in a guide. A new one: copy a neighbour, add a line."""

NO_LIMITS = Limits()


def parse(field: Field, entry: object, locale: str = "en", limits: Limits = NO_LIMITS) -> Value | Refusal:
    """What a person of the locale entered (text; a list of texts for `choices`) as a canonical value.

    Blank is None, whatever the field requires; see `missing` for what to say then. Never raises.
    """
    return _judged(field, entry, manner(locale), limits)


def read(field: Field, canonical: object, limits: Limits = NO_LIMITS) -> Value | Refusal:
    """A value from JSON, YAML or a log ("120.00", 120, "2026-03-09", true, ["a"], None); else as `parse`."""
    return _judged(field, canonical, CANONICAL, limits)


def show(field: Field, value: Value, locale: str = "en") -> str:
    """The value for people: `€1,250.00`, `9 Mar 2026`, `Yes`, labels of options; "" when missing."""
    return "" if value is None else TYPES[field.type].show(field, value, manner(locale))


def missing(field: Field, locale: str = "en") -> Refusal:
    """What to say when the field is required and was left blank."""
    return TYPES[field.type].missing(field, manner(locale))


def plain(value: Value) -> str | int | bool | list[str] | None:
    """The value as JSON holds it: a Decimal as text ("120.00"), a date in ISO form, choices as a list."""
    match value:
        case Decimal():
            return f"{value:f}"
        case date():
            return value.isoformat()
        case tuple():
            return list(value)
        case _:
            return value


def held(field: Field, plain: Any) -> Value:
    """The value that `plain` wrote, exactly as it was: it is not judged again."""
    read_back = _HELD.get(field.type)
    return plain if read_back is None or plain is None else read_back(plain)


_HELD: Mapping[str, Callable[[Any], Value]] = {
    "number": Decimal,
    "money": Decimal,
    "percent": Decimal,
    "date": date.fromisoformat,
    "choices": tuple,
}
"""How values are read back whose type JSON does not have."""


def fit(field: Field, value: Value) -> Value:
    """A computed value of a type that may be put into the field, as the field holds it: rounded half up.

    None where the number has more than 18 digits before the decimal sign, or a rating no such mark.
    """
    if isinstance(value, (int, Decimal)) and abs(int(value)) >= numerals.TOO_LARGE:
        return None
    return None if value is None else TYPES[field.type].fit(field, value)


def _judged(field: Field, entry: object, how: Manner, limits: Limits) -> Value | Refusal:
    """Tidy, parse, hold against the bounds; constraints are not tried on blank."""
    kind = TYPES[field.type]
    if type(entry) is kind.native and abs(entry) < numerals.TOO_LARGE:
        return bounds.broken(field, entry, limits, how, kind) or entry
    tidied = kind.tidied(entry)
    if not tidied:
        return None
    value = kind.parse(field, tidied, how)
    if isinstance(value, Refusal):
        return value
    return bounds.broken(field, value, limits, how, kind) or value
