"""`money`: an amount in the field's currency, a Decimal with exactly the currency's minor digits."""

from decimal import Decimal

from engine.errors import Refusal
from engine.fields import locales, numerals
from engine.fields.field import Field
from engine.fields.kind import Kind
from engine.fields.locales import Manner
from engine.fields.wording import named
from engine.sentences import sentence


def parse(field: Field, text: str, manner: Manner) -> Decimal | Refusal:
    """The amount; the sign or code of the field's own currency may stand before or after it."""
    found = numerals.numeral(_bare(text, field.currency, manner), manner)
    places = locales.currency_places(field.currency)
    if found is None:
        sample = numerals.sample(places, manner)
        return Refusal(
            "not-a-number",
            sentence("Enter {field} as an amount, like {sample}", field=named(field, manner), sample=sample),
        )
    return numerals.refusal(field, found, manner, places) or fit(field, found.value)


def fit(field: Field, amount: Decimal | int) -> Decimal:
    """The amount in the currency's smallest unit, rounded half up."""
    return numerals.rounded(amount, locales.currency_places(field.currency))


def show(field: Field, value: Decimal, manner: Manner) -> str:
    """The amount with its currency as the locale writes it: `€1,250.00`."""
    around = locales.currency_affixes(manner.tag, field.currency) if manner.tag else numerals.PLAIN
    return numerals.written(value, manner, around=around)


def missing(field: Field, manner: Manner) -> Refusal:
    """What to say when it is needed and was left blank."""
    sample = numerals.sample(locales.currency_places(field.currency), manner)
    return Refusal("missing", sentence("Enter {field}, like {sample}", field=named(field, manner), sample=sample))


def _bare(text: str, currency: str, manner: Manner) -> str:
    """The text without the currency before or after it."""
    sign, rest = numerals.split_sign(text)
    for mark in locales.currency_signs(manner.tag, currency) if manner.tag else ():
        if rest.startswith(mark):
            rest = rest[len(mark) :].lstrip()
            break
        if rest.endswith(mark):
            rest = rest[: -len(mark)].rstrip()
            break
    return sign + rest


KIND = Kind(parse, show, missing, fit=fit)
