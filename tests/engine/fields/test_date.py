"""`date`: real days, read only where one day is meant."""

from datetime import date, datetime

import pytest

from engine.errors import Refusal
from engine.fields.catalogue import missing, parse, read, show
from engine.fields.field import Field
from engine.fields.locales import date_text

WHEN = Field("promise_date", "date", "Date promised")


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("2026-03-09", "en"),
        ("2026/3/9", "de"),
        ("3/9/2026", "en-US"),
        ("9/3/2026", "en-GB"),
        ("9.3.2026", "de"),
        ("09. 03. 2026", "de"),
        ("9-3-2026", "fr"),
        ("09. 03. 2026.", "hr"),
        ("9 Mar 2026", "en"),
        ("March 9, 2026", "en"),
        ("9. März 2026", "de"),
        ("9 de marzo de 2026", "es"),
        ("9 मार्च 2026", "hi"),
        ("09\u200f/03\u200f/2026", "ar"),
    ],
)
def test_a_date_is_read_in_the_manner_of_the_locale(text: str, locale: str) -> None:
    assert parse(WHEN, text, locale) == date(2026, 3, 9)


@pytest.mark.parametrize(("text", "locale"), [("9/3/2026", "en"), ("09.03.2026", "en"), ("9-3-2026", "en-CA")])
def test_digits_that_could_be_read_both_ways_are_refused(text: str, locale: str) -> None:
    sample = date_text(date(2026, 3, 9), locale)
    expected = f"Enter the date promised: {text} can be two days; write {sample} or 2026-03-09"
    assert parse(WHEN, text, locale) == Refusal("not-a-date", expected)
    assert parse(WHEN, sample, locale) == date(2026, 3, 9)


@pytest.mark.parametrize(("text", "locale"), [("25/12/2026", "en"), ("12/25/2026", "en"), ("25/12/2026", "en-CA")])
def test_digits_that_can_only_be_read_one_way_are_taken(text: str, locale: str) -> None:
    assert parse(WHEN, text, locale) == date(2026, 12, 25)


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-31",
        "31.2.2026",
        "9.3.26",
        "0026-03-09",
        "2026-3",
        "9 Foo 2026",
        "9 9 March 2026",
        "March 2026",
        "9 March",
        "२०२६-०३-०९",
        "20260309",
        "2026-03-09T10:00",
        "tomorrow",
        "9.3/2026",
    ],
)
def test_what_is_no_real_date_is_refused(text: str) -> None:
    outcome = parse(WHEN, text, "de-CH" if "." in text else "en-GB")
    assert isinstance(outcome, Refusal)
    assert outcome.code == "not-a-date"


@pytest.mark.parametrize("entry", ["2026-03-09", date(2026, 3, 9), ["2026-03-09"]])
def test_a_canonical_date_is_iso(entry: object) -> None:
    assert read(WHEN, entry) == date(2026, 3, 9)


@pytest.mark.parametrize("entry", ["9 March 2026", "09/03/2026", datetime(2026, 3, 9), 20260309])  # noqa: DTZ001
def test_nothing_else_is_a_canonical_date(entry: object) -> None:
    expected = "Enter the date promised as a real date, like 2026-03-19"
    assert read(WHEN, entry) == Refusal("not-a-date", expected)


def test_a_date_is_shown_in_the_manner_of_the_locale() -> None:
    shown = [show(WHEN, date(2026, 3, 9), locale) for locale in ("en-GB", "de", "fr")]
    assert shown == ["9 Mar 2026", "09.03.2026", "9 mars 2026"]


@pytest.mark.parametrize("long", [True, False])
def test_the_first_day_of_a_month_is_counted_in_french(long: bool) -> None:
    first, eleventh = date(2026, 3, 1), date(2026, 3, 11)
    assert [date_text(day, "fr-CA", long=long) for day in (first, eleventh)] == ["1er mars 2026", "11 mars 2026"]
    assert parse(WHEN, "1er mars 2026", "fr") == first


def test_a_missing_date_is_asked_for_with_an_example() -> None:
    assert missing(WHEN) == Refusal("missing", "Enter the date promised, like Mar 19, 2026")
