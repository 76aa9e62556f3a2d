"""`phone`: a telephone number as typed."""

import re

from engine.errors import Refusal
from engine.fields import texts
from engine.fields.field import Field
from engine.fields.kind import Kind
from engine.fields.locales import Manner
from engine.fields.wording import named
from engine.sentences import sentence

FEWEST, MOST = 8, 15
"""How many digits a number has (E.164 knows no more)."""

_NUMBER = re.compile("[+(]{0,2}[0-9][0-9 \u00a0\u2009\u202f()./\u2010-\u2015-]*")
_SAMPLE = "+44 20 7946 0018"


def parse(field: Field, text: str, manner: Manner) -> str | Refusal:
    """Digits, with a plus sign before them and the usual signs between them."""
    digits = sum(map(str.isdecimal, text))
    if _NUMBER.fullmatch(text) and FEWEST <= digits <= MOST:
        return text
    return Refusal(
        "not-a-phone",
        sentence(
            "Enter {field} with {fewest} to {most} digits, like {sample}",
            field=named(field, manner),
            fewest=FEWEST,
            most=MOST,
            sample=_SAMPLE,
        ),
    )


def missing(field: Field, manner: Manner) -> Refusal:
    """What to say when it is needed and was left blank."""
    return Refusal("missing", sentence("Enter {field}, like {sample}", field=named(field, manner), sample=_SAMPLE))


KIND = Kind(parse, texts.show, missing)
