"""Dates in short: two digits of a year within reach, and no year guessed where none is said."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import Refusal
from engine.fields.catalogue import parse
from engine.fields.field import Field
from engine.fields.hands import Hands, parse_by

DAY = Field("day", "date", "Pay by")
TODAY = date(2026, 11, 22)
NOVEMBER = date(2026, 11, 3)


def _meant(text: str, own: str, today: date = TODAY, other: str = "") -> object:
    return parse_by(DAY, text, Hands(own, other, today))


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("3rd November 2026", "en-GB"),
        ("November 3rd, 2026", "en-US"),
        ("the 3rd of November 2026", "en"),
        ("3/11/26", "en-GB"),
        ("11/3/26", "en-US"),
        ("3.11.26", "de"),
        ("3.11.26", "de-CH"),
        ("03. 11. 26.", "hr"),
        ("3. Nov. 2026", "de"),
        ("am 3. November 26", "de"),
        ("3-Nov-26", "en-GB"),
        ("Nov 3, 26", "en"),
        ("3\u200f/11/26", "ar"),
    ],
)
def test_ordinals_and_years_of_two_digits_are_read(text: str, locale: str) -> None:
    assert _meant(text, locale) == NOVEMBER


@pytest.mark.parametrize(
    ("text", "locale", "day"),
    [
        ("1st Nov 2026", "en", date(2026, 11, 1)),
        ("2nd Sept 2026", "en", date(2026, 9, 2)),
        ("4th Sep 26", "en-GB", date(2026, 9, 4)),
        ("4. Mrz 2026", "de", date(2026, 3, 4)),
        ("25/12/26", "en", date(2026, 12, 25)),
        ("1/1/76", "en-GB", date(2076, 1, 1)),
    ],
)
def test_short_names_of_months_and_years_within_reach_are_read(text: str, locale: str, day: date) -> None:
    assert _meant(text, locale) == day


@pytest.mark.parametrize(
    ("text", "locale", "told"),
    [
        ("3 Nov", "en-GB", "Enter the pay by: 3 Nov can be 3 Nov 2026 or 3 Nov 2027; write the year"),
        ("Dec 3rd", "en-GB", "Enter the pay by: Dec 3rd can be 3 Dec 2025 or 3 Dec 2026; write the year"),
        ("3.11.", "de", "Enter “Pay by”: 3.11. can be 03.11.2026 or 03.11.2027; write the year"),
        ("3/11", "en-GB", "Enter the pay by: 3/11 can be 3 Nov 2026 or 3 Nov 2027; write the year"),
        ("29 Feb", "en-GB", "Enter the pay by: 29 Feb can be 29 Feb 2024 or 29 Feb 2028; write the year"),
        ("22 Nov", "en-GB", "Enter the pay by: 22 Nov can be 22 Nov 2026 or 22 Nov 2027; write the year"),
        ("3/11/26", "en", "Enter the pay by: 3/11/26 can be two days; write Mar 11, 2026 or Nov 3, 2026"),
    ],
)
def test_what_is_left_open_is_asked_about_with_both_days(text: str, locale: str, told: str) -> None:
    assert _meant(text, locale) == Refusal("ambiguous", told)


def test_what_only_the_session_reads_is_asked_about_as_it_writes() -> None:
    assert _meant("3 Nov", "hi", other="en-GB") == _meant("3 Nov", "en-GB")


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("3/11/85", "en-GB"),
        ("26-11-03", "en-GB"),
        ("26/11/03", "en-CA"),
        ("26/11/03", "ja"),
        ("31/2/26", "en-GB"),
        ("3/11", "en"),
        ("31 Feb", "en"),
        ("Nov", "en"),
        ("3", "en"),
        ("3.11", "ja"),
    ],
)
def test_what_could_be_other_days_or_none_is_refused_as_ever(text: str, locale: str) -> None:
    assert _meant(text, locale) == parse(DAY, text, locale)
    assert isinstance(_meant(text, locale), Refusal)


def test_a_day_without_a_year_has_no_next_one_at_the_end_of_all_years() -> None:
    assert _meant("3 Nov", "en", date.max) == parse(DAY, "3 Nov", "en")


def test_nothing_is_completed_without_a_day_to_tell_from() -> None:
    assert parse_by(DAY, "3/11/26", Hands("en-GB")) == parse(DAY, "3/11/26", "en-GB")


@given(st.dates(date(1960, 1, 1), date(2049, 12, 31)), st.dates(date(2000, 1, 1), date(2049, 12, 31)))
def test_a_short_year_is_this_centurys_and_none_is_never_guessed(today: date, day: date) -> None:
    short = _meant(f"{day.day}.{day.month}.{day.year % 100:02}", "de", today)
    assert short == day if day.year - today.year <= 50 else isinstance(short, Refusal)
    none = _meant(f"{day.day}.{day.month}.", "de", today)
    assert isinstance(none, Refusal)
    assert none.code == "ambiguous"
