"""`number`: a decimal number, a Decimal with at most 10 decimals or with exactly those the field asks for."""

from decimal import Decimal

from engine.errors import Refusal
from engine.fields import numerals
from engine.fields.field import Field
from engine.fields.kind import Kind
from engine.fields.locales import Manner
from engine.fields.wording import named
from engine.sentences import sentence


def parse(field: Field, text: str, manner: Manner) -> Decimal | Refusal:
    """The number, without zeros at its end unless the field fixes its `decimals`."""
    found = numerals.numeral(text, manner)
    if found is None:
        sample = _sample(field, manner)
        return Refusal(
            "not-a-number",
            sentence("Enter {field} as a number, like {sample}", field=named(field, manner), sample=sample),
        )
    places = numerals.MOST_DECIMALS if field.decimals is None else field.decimals
    return numerals.refusal(field, found, manner, places) or fit(field, found.value)


def fit(field: Field, number: Decimal | int) -> Decimal:
    """The number with as many decimals as the field holds, rounded half up."""
    if field.decimals is None:
        return numerals.trimmed(numerals.rounded(number, numerals.MOST_DECIMALS))
    return numerals.rounded(number, field.decimals)


def show(_field: Field, value: Decimal, manner: Manner) -> str:
    """The number; grouped from five digits on."""
    return numerals.written(value, manner, 10_000)


def missing(field: Field, manner: Manner) -> Refusal:
    """What to say when it is needed and was left blank."""
    return Refusal(
        "missing", sentence("Enter {field}, like {sample}", field=named(field, manner), sample=_sample(field, manner))
    )


def _sample(field: Field, manner: Manner) -> str:
    return numerals.written(numerals.trimmed(fit(field, Decimal("12.5"))), manner)


KIND = Kind(parse, show, missing, fit=fit)
