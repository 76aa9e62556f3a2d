"""Days near today in words: the same day for everybody who says so, or none."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import Refusal
from engine.fields.catalogue import parse
from engine.fields.field import Field, Limits
from engine.fields.hands import Hands, parse_by
from engine.fields.locales import manner

DAY = Field("day", "date", "Pay by")
WEDNESDAY = date(2026, 3, 4)
DAYS = st.dates(date(1900, 1, 1), date(2200, 1, 1))


def _meant(text: str, today: date = WEDNESDAY, own: str = "en", other: str = "") -> object:
    return parse_by(DAY, text, Hands(own, other, today))


@pytest.mark.parametrize(
    ("text", "locale", "day"),
    [
        ("today", "en", date(2026, 3, 4)),
        ("Tomorrow.", "en-GB", date(2026, 3, 5)),
        ("the day after tomorrow", "en", date(2026, 3, 6)),
        (" on  FRIDAY ", "en", date(2026, 3, 6)),
        ("Wed", "en", date(2026, 3, 11)),
        ("this Friday", "en", date(2026, 3, 6)),
        ("in 2 weeks", "en", date(2026, 3, 18)),
        ("in a month", "en", date(2026, 4, 4)),
        ("in ten days", "en", date(2026, 3, 14)),
        ("heute", "de", date(2026, 3, 4)),
        ("Übermorgen", "de-AT", date(2026, 3, 6)),
        ("am Freitag", "de", date(2026, 3, 6)),
        ("kommenden Mo.", "de", date(2026, 3, 9)),
        ("diesen Donnerstag", "de", date(2026, 3, 5)),
        ("in einer Woche", "de", date(2026, 3, 11)),
        ("in zwölf Tagen", "de", date(2026, 3, 16)),
        ("in 2 Monaten", "de", date(2026, 5, 4)),
        ("vendredi", "fr", date(2026, 3, 6)),
        ("6 March 2026", "en", date(2026, 3, 6)),
    ],
)
def test_a_day_said_in_words_is_the_one_that_everybody_means(text: str, locale: str, day: date) -> None:
    assert _meant(text, own=locale) == day


def test_words_are_read_in_the_language_of_the_reader_and_of_the_session() -> None:
    assert [_meant(text, own="de", other="en") for text in ("Freitag", "Friday")] == [date(2026, 3, 6)] * 2


@pytest.mark.parametrize(
    ("text", "locale", "told"),
    [
        ("next Friday", "en", "Enter the pay by: next Friday can be two days; write Mar 6, 2026 or Mar 13, 2026"),
        ("this Monday", "en-GB", "Enter the pay by: this Monday can be two days; write 2 Mar 2026 or 9 Mar 2026"),
        ("nächsten Freitag", "de", "Enter “Pay by”: nächsten Freitag can be two days; write 06.03.2026 or 13.03.2026"),
    ],
)
def test_a_day_that_people_mean_differently_is_refused_with_both(text: str, locale: str, told: str) -> None:
    assert _meant(text, own=locale) == Refusal("ambiguous", told)
    assert _meant(text, own="fr", other=locale) == Refusal("ambiguous", told)


def test_a_weekday_of_the_next_week_is_read_where_it_can_be_no_other() -> None:
    assert _meant("next Monday", date(2026, 3, 6)) == date(2026, 3, 9)
    assert isinstance(_meant("next Monday", date(2026, 3, 8)), Refusal)


@pytest.mark.parametrize(
    "text",
    [
        "in 0 days",
        "in 1000 days",
        "in ² days",
        "in many weeks",
        "in 2 years",
        "in weeks",
        "in -1 days",
        "last Friday",
        "by next Friday",
        "Friday Friday",
        "Friday or Monday",
        "tomorrow 5",
        "morgen",
        "soon",
        "next",
    ],
)
def test_what_names_no_day_is_refused_as_ever(text: str) -> None:
    assert _meant(text) == parse(DAY, text, "en")


def test_a_day_in_words_keeps_the_bounds() -> None:
    late = parse_by(DAY, "in 2 weeks", Hands("en", today=WEDNESDAY), Limits(None, date(2026, 3, 10)))
    assert late == Refusal("too-late", "Enter the pay by as Mar 10, 2026 or earlier")


def test_without_a_day_to_tell_from_words_are_none() -> None:
    assert parse_by(DAY, "Friday", Hands("en")) == parse(DAY, "Friday", "en")


def test_days_after_the_last_one_are_none() -> None:
    for text in ("tomorrow", "in 3 weeks", "in 999 months", "Friday"):
        assert isinstance(_meant(text, date.max), Refusal)


@given(DAYS, st.integers(0, 6), st.sampled_from(["en", "de", "fr", "hi", "ar"]))
def test_a_weekday_is_the_coming_one(today: date, weekday: int, locale: str) -> None:
    for name in [name for name, number in manner(locale).weekdays.items() if number == weekday]:
        day = _meant(name, today, locale)
        assert isinstance(day, date)
        assert (day.weekday(), 0 < (day - today).days <= 7) == (weekday, True)


@given(DAYS, st.integers(1, 999))
def test_so_many_days_or_weeks_ahead_are_counted(today: date, count: int) -> None:
    assert _meant(f"in {count} days", today) == _meant(f"in {count} Tagen", today, "de") == today + timedelta(count)
    assert _meant(f"in {count} weeks", today) == today + timedelta(7 * count)


@given(DAYS, st.integers(1, 999))
def test_months_ahead_end_with_the_month(today: date, count: int) -> None:
    day = _meant(f"in {count} months", today)
    assert isinstance(day, date)
    assert (day.year * 12 + day.month) - (today.year * 12 + today.month) == count
    assert day.day == today.day or (day.day < today.day and (day + timedelta(1)).day == 1)


@given(DAYS, st.integers(0, 6), st.sampled_from(["this", "next"]))
def test_a_week_is_never_guessed(today: date, weekday: int, which: str) -> None:
    name = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"][weekday]
    day = _meant(f"{which} {name}", today)
    assert day == _meant(name, today) if isinstance(day, date) else isinstance(day, Refusal) and day.code == "ambiguous"


@given(DAYS, st.text())
def test_any_text_is_a_day_or_refused(today: date, text: str) -> None:
    assert _meant(text, today) is None or isinstance(_meant(text, today), date | Refusal)
