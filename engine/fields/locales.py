"""How people of one locale write numbers, dates and lists; the engine's one home of babel."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import (
    format_currency,
    format_percent,
    get_currency_precision,
    get_currency_symbol,
    get_decimal_symbol,
    get_group_symbol,
    is_currency,
)

GROUPS = "'\u2019 \u00a0\u2009\u202f"
"""What may stand between groups of digits in every locale: apostrophes and spaces mean nothing else there."""

_DIGITS = re.compile("[0-9](?:.*[0-9])?")
_MONTHS = {"en": {"sep": 9, "sept": 9}, "de": {"mrz": 3, "sep": 9, "sept": 9}}
"""Short names that people write and the locale does not, by language."""
_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")


class Manner(NamedTuple):
    """How one locale writes numbers, dates and times; `months` and `weekdays` are folded names, without a full stop.

    January is 1, Monday 0. `day_first` is None where 3/4/2026 could be read both ways; `clock` stands between hours
    and minutes. `tag` names the locale as babel does; it is empty for the canonical manner of JSON and YAML, which
    groups no digits and knows ISO dates only.
    """

    tag: str
    language: str
    decimal: str
    group: str
    numeral: re.Pattern[str]
    day_first: bool | None = None
    months: Mapping[str, int] = MappingProxyType({})
    pairs: bool = False
    clock: str = ":"
    weekdays: Mapping[str, int] = MappingProxyType({})


class Affixes(NamedTuple):
    """What stands before and after the digits: `€…`, `… €`, `-…`."""

    before: str
    after: str
    before_negative: str
    after_negative: str


def _numeral(decimal: str, groups: str) -> re.Pattern[str]:
    """A whole numeral: in groups of three, or of two and then three (India), with the same sign between."""
    point = re.escape(decimal)
    whole = ["[0-9]+", f"(?={point})"]
    if groups:
        sign = f"[{re.escape(groups)}]"
        whole.append(rf"[1-9][0-9]{{0,2}}(?P<three>{sign})[0-9]{{3}}(?:(?P=three)[0-9]{{3}})*")
        whole.append(rf"[1-9][0-9]?(?P<two>{sign})(?:[0-9]{{2}}(?P=two))*[0-9]{{3}}")
    return re.compile(rf"(?P<whole>{'|'.join(whole)})(?:{point}(?P<part>[0-9]+))?")


CANONICAL = Manner("", "en", ".", "", _numeral(".", ""))
"""The manner of JSON, YAML and logs."""


@lru_cache(maxsize=64)
def _locale(tag: str) -> Locale:
    """The locale of a tag like `de-CH`; an unknown region becomes its language, anything else English."""
    found = _TAG.fullmatch(tag)
    for name in (tag.replace("-", "_"), re.split("[-_]", tag)[0]) if found else ():
        try:
            return Locale.parse(name)
        except (UnknownLocaleError, ValueError):
            continue
    return Locale.parse("en")


def _day_first(locale: Locale) -> bool | None:
    """Whether the day comes first in a short date; English without a region could mean either."""
    if locale.language == "en" and locale.territory is None:
        return None
    letters = re.sub("[^dMy]", "", locale.date_formats["short"].pattern)
    return None if letters.startswith("y") else letters.startswith("d")


def _names(known: Mapping[str, Mapping[str, Mapping[int, str]]]) -> Mapping[str, int]:
    """The names of months or weekdays as they are written in dates and alone, long and short."""
    return {
        unicodedata.normalize("NFC", name).casefold().rstrip("."): number
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for number, name in known[context][width].items()
    }


def _clock(locale: Locale) -> str:
    """What stands between hours and minutes: a colon, a full stop or an `h`."""
    pattern: str = locale.datetime_skeletons["Hm"].pattern
    return pattern.rpartition("H")[2].partition("m")[0].strip("' ")


@lru_cache(maxsize=64)
def manner(tag: str) -> Manner:
    """The manner of a locale tag such as `en-GB` or `de_CH`; one that is not known is taken as English."""
    locale = _locale(tag)
    decimal, group = get_decimal_symbol(locale), get_group_symbol(locale)
    return Manner(
        tag=str(locale),
        language=locale.language,
        decimal=decimal,
        group=group,
        numeral=_numeral(decimal, (group + GROUPS).replace(decimal, "")),
        day_first=_day_first(locale),
        months={**_MONTHS.get(locale.language, {}), **_names(locale.months)},
        pairs=locale.decimal_formats[None].grouping[1] == 2,
        clock=_clock(locale),
        weekdays=_names(locale.days),
    )


@lru_cache(maxsize=256)
def currency_affixes(tag: str, currency: str) -> Affixes:
    """Where a locale puts the sign of a currency."""
    locale = _locale(tag)
    return _affixes(*(format_currency(one, currency, locale=locale) for one in (1, -1)))


@lru_cache(maxsize=64)
def percent_affixes(tag: str) -> Affixes:
    """Where a locale puts the per cent sign."""
    locale = _locale(tag)
    return _affixes(*(format_percent(one, locale=locale) for one in (1, -1)))


def _affixes(positive: str, negative: str) -> Affixes:
    """What is left of two samples when their digits are cut out."""
    return Affixes(*_DIGITS.split(positive), *_DIGITS.split(negative))


@lru_cache(maxsize=256)
def currency_signs(tag: str, currency: str) -> tuple[str, ...]:
    """What may be typed for a currency: its code and its sign, here and in English; the longest first."""
    signs = {currency, *(get_currency_symbol(currency, locale) for locale in (_locale(tag), _locale("en")))}
    return tuple(sorted(signs, key=lambda sign: (-len(sign), sign)))


@lru_cache(maxsize=256)
def currency_places(currency: str) -> int:
    """How many decimals amounts of a currency have: 2 for EUR, 0 for JPY, 3 for KWD."""
    return get_currency_precision(currency)


def currency_is_known(currency: str) -> bool:
    """Whether this is the ISO 4217 code of a currency."""
    return is_currency(currency)


def date_text(value: date, tag: str, *, long: bool = False) -> str:
    """A date as the locale writes it: `9 Mar 2026`, long `9 March 2026`; ISO without a locale.

    French counts the first day of a month (`1er mars 2026`), which the patterns of the CLDR cannot say.
    """
    if not tag:
        return value.isoformat()
    locale = _locale(tag)
    written = format_date(value, "long" if long else "medium", locale)
    return f"1er{written[1:]}" if locale.language == "fr" and written.startswith("1 ") else written


def month_text(value: str, tag: str, *, long: bool = False) -> str:
    """A month like `2026-03` as the locale writes it: `Mar 2026`, long `March 2026`; as it is without a locale."""
    first = date.fromisoformat(f"{value}-01")
    return format_skeleton("yMMMM" if long else "yMMM", first, locale=_locale(tag)) if tag else value


def territories(tag: str) -> dict[str, str]:
    """What a locale calls the countries and other parts of the world, by code."""
    return dict(_locale(tag).territories)


def list_text(items: Sequence[str], tag: str) -> str:
    """Items as the locale lists them: `a, b and c`."""
    return format_list(items, locale=_locale(tag))
