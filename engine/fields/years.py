"""Dates as people shorten them: with two digits of the year, or without it. Told from the day they are written on."""

import re
from collections.abc import Callable
from datetime import date

from engine.fields.date import possible
from engine.fields.entry import unmarked
from engine.fields.locales import Manner

REACH = 50
"""Years ahead that two digits are read: 49 is 2049, and 85 is no year, because it may be 1985."""

_SHORT = re.compile("(.*[^0-9])([0-9]{2})\\.?")
_DASHED = re.compile("[0-9 -]+")
_DAY_MONTH = re.compile("([0-9]{1,2})([./]) ?([0-9]{1,2})\\.?")
_YEAR = re.compile("[0-9]{4}")
_LEAP = 8
"""Years between two 29 February, at most."""


def completed(text: str, manner: Manner, today: date) -> tuple[date, ...]:
    """The days that `3.11.26` or `3 Nov 26` can mean, in order; none where the year may stand first.

    Digits with dashes between them are ISO's order to some: they are left alone.
    """
    text = unmarked(text)
    found = _SHORT.fullmatch(text)
    year_first = manner.day_first is None and manner.tag != "en"
    if found is None or year_first or _DASHED.fullmatch(text):
        return ()
    days = possible(f"{found[1]}20{found[2]}", manner)
    return tuple(sorted(day for day in days if day.year <= today.year + REACH))


def nearest(text: str, manner: Manner, today: date) -> tuple[date, ...]:
    """The last and the next day that `3 Nov` or `3.11.` can mean without a year; none where its month is open too."""
    if _YEAR.search(text):
        return ()
    whole = _with_year(unmarked(text))
    years = range(today.year - _LEAP, today.year + _LEAP + 1)
    days = sorted(day for year in years for day in possible(whole(f"{year:04}"), manner))
    if len({(day.month, day.day) for day in days}) != 1:
        return ()
    found = (*[day for day in days if day <= today][-1:], *[day for day in days if day > today][:1])
    return found if len(found) == 2 else ()


def _with_year(text: str) -> Callable[[str], str]:
    """How the text goes on with a year."""
    found = _DAY_MONTH.fullmatch(text)
    return (
        (lambda year: f"{found[1]}{found[2]}{found[3]}{found[2]}{year}") if found else (lambda year: f"{text} {year}")
    )
