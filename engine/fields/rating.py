"""`rating`: a whole number from 1 to the field's highest mark, an int."""

from decimal import Decimal

from engine.errors import Refusal
from engine.fields import integer, numerals
from engine.fields.field import Field
from engine.fields.kind import Kind
from engine.fields.locales import Manner
from engine.fields.wording import named
from engine.sentences import sentence

LOWEST, HIGHEST = 1, 10
"""No scale begins elsewhere, and none goes further."""

USUAL = Field("", "rating").highest
"""The best mark where a field does not say."""


def parse(field: Field, text: str, manner: Manner) -> int | Refusal:
    """One of the marks."""
    found = numerals.numeral(text, manner)
    if found is None or found.part:
        return _refused("not-whole", field, manner)
    if found.value < LOWEST:
        return _refused("too-small", field, manner)
    return _refused("too-large", field, manner) if found.value > field.highest else int(found.value)


def fit(field: Field, number: Decimal | int) -> int | None:
    """The number as a mark, rounded half up; None where the scale has no such mark."""
    mark = integer.fit(field, number)
    return mark if LOWEST <= mark <= field.highest else None


def show(_field: Field, value: int, _manner: Manner) -> str:
    """The mark."""
    return str(value)


def missing(field: Field, manner: Manner) -> Refusal:
    """What to say when it is needed and none was chosen."""
    return Refusal(
        "missing",
        sentence(
            "Choose {field}, from {lowest} to {highest}",
            field=named(field, manner),
            lowest=LOWEST,
            highest=field.highest,
        ),
    )


def _refused(code: str, field: Field, manner: Manner) -> Refusal:
    return Refusal(
        code,
        sentence(
            "Enter {field} as a whole number from {lowest} to {highest}",
            field=named(field, manner),
            lowest=LOWEST,
            highest=field.highest,
        ),
    )


KIND = Kind(parse, show, missing, fit=fit)
