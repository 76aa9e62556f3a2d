"""`date`: a real day with a four-digit year, a datetime.date."""

import re
from datetime import date

from engine.errors import Refusal
from engine.fields.entry import unmarked
from engine.fields.field import Field
from engine.fields.kind import Kind
from engine.fields.locales import Manner, date_text
from engine.fields.wording import either, named
from engine.sentences import sentence

FIRST_YEAR = 1000
"""Years below are slips of the finger: date inputs of browsers make 0026 of a typed 26."""

_ISO = re.compile("([0-9]{4})-([0-9]{2})-([0-9]{2})")
_YEAR_FIRST = re.compile("([0-9]{4})([./-]) ?([0-9]{1,2})\\2 ?([0-9]{1,2})\\.?")
_YEAR_LAST = re.compile("([0-9]{1,2})([./-]) ?([0-9]{1,2})\\2 ?([0-9]{4})\\.?")
_PARTS = re.compile("[0-9]+|[^\\s0-9.,/-]+")
_DAY = re.compile("[0-9]{1,2}")
_YEAR = re.compile("[0-9]{4}")
_LINKS = frozenset({"am", "de", "del", "den", "er", "nd", "of", "on", "rd", "st", "th", "the"})
_SAMPLE = date(2026, 3, 19)
"""Whatever comes first, no month has this number."""


def parse(field: Field, text: str, manner: Manner) -> date | Refusal:
    """An ISO date; from people also the locale's own, with digits or with the name of the month.

    3/4/2026 is refused where the locale leaves open which of the two is the day.
    """
    text = unmarked(text)
    found = possible(text, manner) if manner.tag else _iso(text)
    if len(found) == 1:
        return found.pop()
    if found:
        told = sentence(
            "Enter {field}: {text} can be two days; write {sample}",
            field=named(field, manner),
            text=text,
            sample=_either(text, manner),
        )
        return Refusal("not-a-date", told)
    samples = either(date_text(_SAMPLE, manner.tag), _SAMPLE.isoformat())
    told = sentence("Enter {field} as a real date, like {sample}", field=named(field, manner), sample=samples)
    return Refusal("not-a-date", told)


def show(_field: Field, value: date, manner: Manner) -> str:
    """The date as the locale writes it, the month by name or by number."""
    return date_text(value, manner.tag)


def missing(field: Field, manner: Manner) -> Refusal:
    """What to say when it is needed and was left blank."""
    return Refusal(
        "missing",
        sentence("Enter {field}, like {sample}", field=named(field, manner), sample=date_text(_SAMPLE, manner.tag)),
    )


def _either(text: str, manner: Manner) -> str:
    """How to write the day that digits give if its day comes first."""
    day = possible(text, manner._replace(day_first=True)).pop()
    return either(date_text(day, manner.tag), day.isoformat())


def possible(text: str, manner: Manner) -> set[date]:
    """All the days that a text with its whole year can mean in the manner of a locale."""
    if found := _YEAR_FIRST.fullmatch(text):
        return _real(found[1], found[3], found[4])
    if found := _YEAR_LAST.fullmatch(text):
        day_first = _real(found[4], found[3], found[1]) if manner.day_first is not False else set()
        month_first = _real(found[4], found[1], found[3]) if not manner.day_first else set()
        return day_first | month_first
    return _by_name(text, manner)


def words(text: str) -> list[str]:
    """The numbers and words of a date, folded, without the small words between them."""
    return [part for part in _PARTS.findall(text.casefold()) if part not in _LINKS]


def _by_name(text: str, manner: Manner) -> set[date]:
    """The day whose month is written as a word: `9 March 2026`, `March 9, 2026`, `9 de marzo de 2026`."""
    parts = words(text)
    month = [str(manner.months[part]) for part in parts if part in manner.months]
    day = [part for part in parts if _DAY.fullmatch(part)]
    year = [part for part in parts if _YEAR.fullmatch(part)]
    one_of_each = len(parts) == 3 and len(month) == len(day) == len(year) == 1
    return _real(*year, *month, *day) if one_of_each else set()


def _iso(text: str) -> set[date]:
    """The day of an ISO date."""
    found = _ISO.fullmatch(text)
    return _real(*found.groups()) if found else set()


def _real(year: str, month: str, day: str) -> set[date]:
    """The day, if there is one like it: 31 February is none."""
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return set()
    return {found} if found.year >= FIRST_YEAR else set()


KIND = Kind(parse, show, missing)
