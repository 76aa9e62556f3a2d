"""The formats of `{{ value | format }}` in guide texts (FORMAT §3)."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from engine.fields import catalogue, money, texts
from engine.fields.field import Field, Value
from engine.fields.locales import Manner, date_text, manner, month_text, percent_affixes
from engine.fields.numerals import written

Format = Callable[[Field, Any, Manner], str]


def _number(_field: Field, value: Decimal | int, how: Manner) -> str:
    return written(value, how)


def _percent(_field: Field, value: Decimal | int, how: Manner) -> str:
    return written(value, how, around=percent_affixes(how.tag))


def _money(field: Field, value: Decimal | int, how: Manner) -> str:
    return money.show(field, money.fit(field, value), how)


def _as_shown(field: Field, value: Value, how: Manner) -> str:
    return catalogue.TYPES[field.type].show(field, value, how)


def _long_date(_field: Field, value: date | str, how: Manner) -> str:
    if isinstance(value, str):
        return month_text(value, how.tag, long=True)
    return date_text(value, how.tag, long=True)


def _upper(field: Field, value: Value, how: Manner) -> str:
    return _as_shown(field, value, how).upper()


_NUMBERS = frozenset({"integer", "number", "money", "percent", "rating"})
_DAYS = frozenset({"date", "month"})
_FORMATS: Mapping[str, tuple[Format, frozenset[str]]] = {
    "money": (_money, frozenset({"money"})),
    "date": (_as_shown, _DAYS),
    "long_date": (_long_date, _DAYS),
    "number": (_number, _NUMBERS),
    "percent": (_percent, _NUMBERS),
    "upper": (_upper, frozenset(catalogue.TYPES)),
    "list": (_as_shown, frozenset({"choices", "choice"})),
}
_USUAL = {"money": "money"}

FORMATS: Mapping[str, frozenset[str]] = {name: types for name, (_, types) in _FORMATS.items()}
"""Each format, and the types of field whose values it can write."""


def verbatim(field: Field | None, name: str) -> bool:
    """Whether this format writes the field's values, which are texts, as they are in every locale."""
    return field is not None and not name and catalogue.TYPES[field.type].show is texts.show


def formatted(field: Field, value: Value, name: str, locale: str = "en") -> str:
    """The value in one of the `FORMATS` that suit the field's type; as `show` writes it where `name` is "".

    Computed amounts are rounded to what their currency has.
    For a value that is no field's own, give a field of the type it has, with its currency. "" when missing.
    """
    name = name or _USUAL.get(field.type, "")
    if value is None or not name:
        return catalogue.show(field, value, locale)
    write, _ = _FORMATS[name]
    return write(field, value, manner(locale))
