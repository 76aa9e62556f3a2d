"""`integer`: a whole number, an int."""

from decimal import Decimal

from engine.errors import Refusal
from engine.fields import numerals
from engine.fields.field import Field
from engine.fields.kind import Kind
from engine.fields.locales import Manner
from engine.fields.wording import named
from engine.sentences import sentence

_SAMPLE = "12"


def parse(field: Field, text: str, manner: Manner) -> int | Refusal:
    """A whole number of at most 18 digits; `1.5`, `1e3` and NaN are refused."""
    found = numerals.numeral(text, manner)
    if found is None or found.part:
        return Refusal(
            "not-whole",
            sentence("Enter {field} as a whole number, like {sample}", field=named(field, manner), sample=_SAMPLE),
        )
    return numerals.refusal(field, found, manner, 0) or int(found.value)


def fit(_field: Field, number: Decimal | int) -> int:
    """The number as an int, rounded half up."""
    return int(numerals.rounded(number, 0))


def show(_field: Field, value: int, manner: Manner) -> str:
    """The number; grouped from five digits on, so that a year stays a year."""
    return numerals.written(value, manner, 10_000)


def missing(field: Field, manner: Manner) -> Refusal:
    """What to say when it is needed and was left blank."""
    return Refusal("missing", sentence("Enter {field}, like {sample}", field=named(field, manner), sample=_SAMPLE))


KIND = Kind(parse, show, missing, fit=fit, native=int)
