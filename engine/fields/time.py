"""`time`: a time of day to the minute, a str like `14:30`, so that texts in order are times in order."""

import re

from engine.errors import Refusal
from engine.fields.entry import unmarked
from engine.fields.field import Field
from engine.fields.kind import Kind
from engine.fields.locales import CANONICAL, Manner
from engine.fields.wording import named
from engine.sentences import sentence

_CANONICAL = re.compile("([01][0-9]|2[0-3]):([0-5][0-9])")
_TYPED = re.compile("([01]?[0-9]|2[0-3]) ?([^0-9 ]) ?([0-5][0-9])")
_SAMPLE = "14:30"


def parse(field: Field, text: str, manner: Manner) -> str | Refusal:
    """A time from 00:00 to 23:59; people may leave out a first zero, and write it with their locale's sign.

    `2 pm` is refused: a slip of `am` for `pm` would go unnoticed.
    """
    found = _typed(unmarked(text), manner) if manner.tag else _CANONICAL.fullmatch(text) and text
    if found:
        return found
    sample = _written(_SAMPLE, manner)
    return Refusal(
        "not-a-time",
        sentence("Enter {field} by the 24-hour clock, like {sample}", field=named(field, manner), sample=sample),
    )


def show(_field: Field, value: str, manner: Manner) -> str:
    """The time by the 24-hour clock, with the locale's sign: `14:30`, `14.30`."""
    return _written(value, manner)


def missing(field: Field, manner: Manner) -> Refusal:
    """What to say when it is needed and was left blank."""
    return Refusal(
        "missing",
        sentence("Enter {field}, like {sample}", field=named(field, manner), sample=_written(_SAMPLE, manner)),
    )


def _typed(text: str, manner: Manner) -> str | None:
    found = _TYPED.fullmatch(text.casefold())
    if found is None or found[2] not in (CANONICAL.clock, manner.clock):
        return None
    return f"{found[1]:0>2}:{found[3]}"


def _written(value: str, manner: Manner) -> str:
    return value.replace(CANONICAL.clock, manner.clock)


KIND = Kind(parse, show, missing)
