"""Days as people name them on the phone: tomorrow, Friday, in two weeks. Told from the day on which they say so."""

import calendar
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from engine.fields.entry import folded
from engine.fields.locales import Manner

MOST = 999
"""Days, weeks or months ahead: more are a slip of the finger."""


class _Words(NamedTuple):
    """What one language calls near days. `plain` may stand before a weekday and says nothing of the week."""

    near: Mapping[str, int]
    plain: frozenset[str]
    this: frozenset[str]
    next: frozenset[str]
    numbers: Mapping[str, int]
    units: Mapping[str, str]


def _counted(names: str) -> dict[str, int]:
    return {name: number for number, name in enumerate(names.split(), 1)}


_WORDS = {
    "en": _Words(
        {"today": 0, "tomorrow": 1, "day after tomorrow": 2, "the day after tomorrow": 2},
        frozenset({"on", "coming"}),
        frozenset({"this"}),
        frozenset({"next"}),
        {"a": 1, "an": 1, **_counted("one two three four five six seven eight nine ten eleven twelve")},
        {"day": "d", "days": "d", "week": "w", "weeks": "w", "month": "m", "months": "m"},
    ),
    "de": _Words(
        {"heute": 0, "morgen": 1, "übermorgen": 2, "uebermorgen": 2},
        frozenset({"am", "kommenden", "kommender"}),
        frozenset({"diesen", "dieser"}),
        frozenset({"nächsten", "nächster", "naechsten", "naechster"}),
        {"einem": 1, "einer": 1, **_counted("ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf")},
        {"tag": "d", "tagen": "d", "woche": "w", "wochen": "w", "monat": "m", "monaten": "m"},
    ),
}
"""By language. Weekdays are called by name in every language that babel knows."""
_NONE = _Words({}, frozenset(), frozenset(), frozenset(), {}, {})


def days_after(day: date, days: int) -> date | None:
    """The date so many days later; None where calendars end before."""
    try:
        return day + timedelta(days)
    except OverflowError:
        return None


def months_after(day: date, months: int) -> date | None:
    """The date so many months later, at the latest at that month's end: a month after 31 January is 28 February."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        return None
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def meant(text: str, manner: Manner, today: date) -> tuple[date, ...]:
    """The days that words can mean when they are said `today`, in order; none where they name no day like this.

    A weekday alone is the coming one: said on a Friday, Friday is in seven days. With *this* or *next* it is a day
    only where everybody means the same one by it, whichever day their weeks begin with; else it is two.
    """
    words = _WORDS.get(manner.language, _NONE)
    parts = [part.rstrip(".") for part in folded(text).replace(",", " ").split()]
    said = " ".join(parts)
    if said in words.near:
        found = {days_after(today, words.near[said])}
    elif parts and parts[-1] in manner.weekdays:
        found = _weekdays(parts[:-1], manner.weekdays[parts[-1]], words, today)
    else:
        found = {_ahead(parts, words, today)}
    return tuple(sorted(day for day in found if day))


def _weekdays(before: list[str], weekday: int, words: _Words, today: date) -> set[date | None]:
    """What a weekday can be after these words; Monday is 0."""
    ahead = (weekday - today.weekday() - 1) % 7 + 1
    coming = {days_after(today, ahead)}
    match before:
        case []:
            return coming
        case [word] if word in words.plain:
            return coming
        case [word] if word in words.this:
            return coming | _of_week(weekday, 0, today)
        case [word] if word in words.next:
            return coming | _of_week(weekday, 7, today)
    return set()


def _of_week(weekday: int, later: int, today: date) -> set[date | None]:
    """The weekday in the week that begins with Monday, and in that which begins with Sunday, so many days later."""
    from_monday = weekday - today.weekday()
    from_sunday = (weekday + 1) % 7 - (today.weekday() + 1) % 7
    return {days_after(today, from_monday + later), days_after(today, from_sunday + later)}


def _ahead(parts: list[str], words: _Words, today: date) -> date | None:
    """The day of `in 2 weeks`."""
    match parts:
        case ["in", number, unit] if unit in words.units:
            count = words.numbers.get(number) or (int(number) if number.isascii() and number.isdigit() else 0)
            return _AFTER[words.units[unit]](today, count) if 0 < count <= MOST else None
    return None


_AFTER: Mapping[str, Callable[[date, int], date | None]] = {
    "d": days_after,
    "w": lambda day, weeks: days_after(day, 7 * weeks),
    "m": months_after,
}
"""By a unit of `_Words`, the day so many of them later."""
