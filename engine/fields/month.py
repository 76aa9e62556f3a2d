"""`month`: a month of a year, a str like `2026-03`, so that texts in order are months in order."""

import re

from engine.errors import Refusal
from engine.fields.date import FIRST_YEAR, words
from engine.fields.entry import folded, unmarked
from engine.fields.field import Field
from engine.fields.kind import Kind
from engine.fields.locales import Manner, month_text
from engine.fields.wording import either, named
from engine.sentences import sentence

_CANONICAL = re.compile("(?P<year>[0-9]{4})-(?P<month>[0-9]{2})")
_YEAR_FIRST = re.compile("(?P<year>[0-9]{4})[./-] ?(?P<month>[0-9]{1,2})")
_YEAR_LAST = re.compile("(?P<month>[0-9]{1,2})[./-] ?(?P<year>[0-9]{4})")
_YEAR = re.compile("[0-9]{4}")
_SAMPLE = "2026-03"


def parse(field: Field, text: str, manner: Manner) -> str | Refusal:
    """`2026-03`; from people also `3/2026`, and the month by its name in the locale."""
    found = _read(unmarked(text), manner) if manner.tag else _digits(_CANONICAL.fullmatch(text))
    if found:
        return found
    samples = either(month_text(_SAMPLE, manner.tag), _SAMPLE)
    told = sentence("Enter {field} as a month with its year, like {sample}", field=named(field, manner), sample=samples)
    return Refusal("not-a-month", told)


def show(_field: Field, value: str, manner: Manner) -> str:
    """The month as the locale writes it, by name: `Mar 2026`."""
    return month_text(value, manner.tag)


def missing(field: Field, manner: Manner) -> Refusal:
    """What to say when it is needed and was left blank."""
    return Refusal(
        "missing",
        sentence("Enter {field}, like {sample}", field=named(field, manner), sample=month_text(_SAMPLE, manner.tag)),
    )


def _read(text: str, manner: Manner) -> str | None:
    """The month that a person means; a year has four digits, so that nothing can be read both ways."""
    digits = _digits(_YEAR_FIRST.fullmatch(text) or _YEAR_LAST.fullmatch(text))
    return digits or _by_name(words(text), manner) or _as_shown(text, manner)


def _by_name(parts: list[str], manner: Manner) -> str | None:
    months = [manner.months[part] for part in parts if part in manner.months]
    years = [part for part in parts if _YEAR.fullmatch(part)]
    one_of_each = len(parts) == 2 and len(months) == len(years) == 1
    return _real(int(years[0]), months[0]) if one_of_each else None


def _as_shown(text: str, manner: Manner) -> str | None:
    """The month that the locale itself writes like this, also with words that are no names: `2026年3月`."""
    years, written = _YEAR.findall(text), folded(text)
    months = (_real(int(years[0]), month) for month in range(1, 13)) if len(years) == 1 else ()
    return next((each for each in months if each and written in _ways(each, manner)), None)


def _ways(value: str, manner: Manner) -> list[str]:
    return [folded(month_text(value, manner.tag, long=long)) for long in (False, True)]


def _digits(found: re.Match[str] | None) -> str | None:
    return _real(int(found["year"]), int(found["month"])) if found else None


def _real(year: int, month: int) -> str | None:
    return f"{year}-{month:02}" if year >= FIRST_YEAR and 1 <= month <= 12 else None


KIND = Kind(parse, show, missing)
