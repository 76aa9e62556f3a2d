"""What a person enters where the session is in another language than theirs: read as both write, or not at all.

Each manner is strict (`1,5` is never 15), so most entries can be meant in one way only. What both read, and read
differently, is refused. Days near today may be said in words: `Friday`, `in 2 Wochen`; a year in two digits: `3.11.26`.
"""

from datetime import date
from typing import NamedTuple

from engine.errors import Refusal
from engine.fields.catalogue import NO_LIMITS, parse, read, show
from engine.fields.days import meant
from engine.fields.entry import single
from engine.fields.field import Field, Limits, Value
from engine.fields.locales import date_text, manner
from engine.fields.wording import either, named
from engine.fields.years import completed, nearest
from engine.sentences import sentence

_NUMBERS = frozenset({"number", "money", "percent"})
_WRITTEN = _NUMBERS | {"date", "month", "time"}


class Hands(NamedTuple):
    """The locales by which an entry may be written: the person's `own`, and the `other` of a session unlike it.

    It is entered `today`: from then near days are told (`engine.fields.days`), which are not read where it is None.
    """

    own: str = "en"
    other: str = ""
    today: date | None = None


def hands(reader: str, session: str, today: date | None = None) -> Hands:
    """Those of a reader in a session of a locale.

    Within one language the session's region says how it is written; where it names none, the reader's does.
    """
    own, other = manner(reader), manner(session)
    regional = other.tag != other.language or own.tag == own.language
    same = not reader or (own.language == other.language and regional)
    return Hands(session, "", today) if same else Hands(reader, session, today)


def parse_by(field: Field, entry: object, by: Hands, limits: Limits = NO_LIMITS) -> Value | Refusal:
    """What a person entered as a canonical value: as they write it, else as the session does. Never raises."""
    own = _by_one(field, entry, (by.own, by.today), limits)
    if not by.other:
        return own
    other = _by_one(field, entry, (by.other, by.today), limits)
    if isinstance(own, Refusal):
        return other if _unread(own) and not _unread(other) else own
    if isinstance(other, Refusal) or other == own:
        return own
    return Refusal("ambiguous", _told(field, str(entry), by, (own, other)))


def _by_one(field: Field, entry: object, how: tuple[str, date | None], limits: Limits) -> Value | Refusal:
    """As it is written in one locale, or said of a day near today."""
    locale, today = how
    if field.type != "date" or today is None:
        return parse(field, entry, locale, limits)
    text, own = single(entry), manner(locale)
    days = meant(text, own, today) or completed(text, own, today)
    if len(days) > 1:
        facts = {"field": named(field, own), "text": text, "sample": _either(days, locale)}
        return Refusal("ambiguous", sentence("Enter {field}: {text} can be two days; write {sample}", **facts))
    if not days and (years := nearest(text, own, today)):
        facts = {"field": named(field, own), "text": text, "days": _either(years, locale)}
        return Refusal("ambiguous", sentence("Enter {field}: {text} can be {days}; write the year", **facts))
    return parse(field, days[0].isoformat() if days else entry, locale, limits)


def _either(days: tuple[date, ...], locale: str) -> str:
    """Two days as the locale writes them."""
    return either(*(date_text(day, locale) for day in days))


def written(field: Field, canonical: str, by: Hands) -> str:
    """A canonical value as the person would type it, such that it is read as itself: `1250,50`, `19.03.2026`."""
    if field.type not in _WRITTEN:
        return canonical
    value = read(field, canonical)
    assert not isinstance(value, Refusal), "canonical values are read as they are"
    number = field.type in _NUMBERS
    text = canonical.replace(".", manner(by.own).decimal) if number else show(field, value, by.own)
    return text if _means(field, text, by, value) else _plainly(text, value)


def _means(field: Field, text: str, by: Hands, value: Value) -> bool:
    """Whether a text is read as this value, and as no other."""
    other = parse(field, text, by.other) if by.other else value
    return parse(field, text, by.own) == value and (isinstance(other, Refusal) or other == value)


def _plainly(text: str, value: Value) -> str:
    """A value whose text can be read in two ways, so that it cannot: no group of digits begins with a zero."""
    if isinstance(value, date):
        return value.isoformat()
    sign = "-" if text.startswith("-") else ""
    return f"{sign}0{text.removeprefix(sign)}"


def _unread(found: Value | Refusal) -> bool:
    """Whether a text was not even understood, unlike one that is out of bounds."""
    return isinstance(found, Refusal) and found.code.startswith("not-a")


def _told(field: Field, text: str, by: Hands, values: tuple[Value, Value]) -> str:
    one, other = (written(field, f"{value:f}" if field.type in _NUMBERS else str(value), by) for value in values)
    facts = {"field": named(field, manner(by.own)), "text": text.strip(), "one": one, "other": other}
    return sentence("Enter {field}: {text} can be read in two ways; write {one} or {other}", **facts)
