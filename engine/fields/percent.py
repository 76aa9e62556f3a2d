"""`percent`: a Decimal, 12.5 for 12.5 %, with at most 10 decimals or with exactly those the field asks for."""

from decimal import Decimal

from engine.errors import Refusal
from engine.fields import number, numerals
from engine.fields.field import Field
from engine.fields.kind import Kind
from engine.fields.locales import Manner, percent_affixes

_SIGNS = ("%", "\u066a")


def parse(field: Field, text: str, manner: Manner) -> Decimal | Refusal:
    """The number; people may write the per cent sign before or after it."""
    return number.parse(field, _bare(text) if manner.tag else text, manner)


def show(_field: Field, value: Decimal, manner: Manner) -> str:
    """The number with the per cent sign as the locale writes it: `12.5%`."""
    around = percent_affixes(manner.tag) if manner.tag else numerals.PLAIN
    return numerals.written(value, manner, around=around)


def _bare(text: str) -> str:
    """The text without the per cent sign before or after its digits."""
    sign, rest = numerals.split_sign(text)
    if rest.startswith(_SIGNS):
        rest = rest[1:].lstrip()
    elif rest.endswith(_SIGNS):
        rest = rest[:-1].rstrip()
    return sign + rest


KIND = Kind(parse, show, number.missing, fit=number.fit)
