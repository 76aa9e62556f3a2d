"""Entries of somebody whose language is not the session's: read where they can be meant in one way, else refused."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import Refusal
from engine.fields.catalogue import parse, plain
from engine.fields.field import Field, Limits
from engine.fields.hands import Hands, hands, parse_by, written

DUE = Field("due", "money", "Amount due", currency="EUR")
DINARS = Field("due", "money", "Amount due", currency="KWD")
SHARE = Field("share", "number", "Share")
COUNT = Field("count", "integer", "Days late")
DAY = Field("day", "date", "Due since")
NOTE = Field("note", "text", "Note")
GERMAN = Hands("de", "en")
LOCALES = ["en", "en-GB", "en-US", "de", "de-CH", "fr", "hi", "ja"]


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        (DUE, "1250,50", Decimal("1250.50")),
        (DUE, "1.250,50", Decimal("1250.50")),
        (DUE, "1,250.50", Decimal("1250.50")),
        (DUE, "1.250", Decimal("1250.00")),
        (SHARE, "1,5", Decimal("1.5")),
        (SHARE, "1.5", Decimal("1.5")),
        (COUNT, "1.250", 1250),
        (DAY, "1.4.2026", date(2026, 4, 1)),
        (DAY, "1 Apr 2026", date(2026, 4, 1)),
        (DAY, "1. April 2026", date(2026, 4, 1)),
        (NOTE, "1,250", "1,250"),
        (DUE, " ", None),
    ],
)
def test_what_can_be_meant_in_one_way_is_read_as_either_writes_it(field: Field, text: str, value: object) -> None:
    assert parse_by(field, text, GERMAN) == value


@pytest.mark.parametrize(
    ("field", "text", "by", "ways"),
    [
        (SHARE, "1,250", GERMAN, "1,250 can be read in two ways; write 1,25 or 1250"),
        (SHARE, "-12,345", GERMAN, "-12,345 can be read in two ways; write -012,345 or -12345"),
        (DINARS, "12,345", GERMAN, "12,345 can be read in two ways; write 012,345 or 12345,000"),
        (DAY, "1.4.2026", Hands("de", "en-US"), "1.4.2026 can be read in two ways; write 2026-04-01 or 2026-01-04"),
    ],
)
def test_what_each_reads_otherwise_is_refused(field: Field, text: str, by: Hands, ways: str) -> None:
    refused = parse_by(field, text, by)
    assert isinstance(refused, Refusal)
    assert refused == Refusal("ambiguous", f"Enter “{field.label}”: {ways}")
    first, second = ways.rpartition("write ")[2].split(" or ")
    assert {parse_by(field, first, by), parse_by(field, second, by)} == {
        parse(field, text, by.own),
        parse(field, text, by.other),
    }


def test_what_the_person_wrote_and_may_not_enter_is_not_read_in_another_way() -> None:
    assert parse_by(DUE, "1,250", GERMAN) == parse(DUE, "1,250", "de")
    low = parse_by(DUE, "5,00", GERMAN, Limits(Decimal(10), None))
    assert isinstance(low, Refusal)
    assert low.message == "Enter “Amount due” as 10\u00a0€ or more"


def test_what_only_the_session_reads_is_held_against_its_limits() -> None:
    low = parse_by(DUE, "5.00", GERMAN, Limits(Decimal(10), None))
    assert isinstance(low, Refusal)
    assert low.code == "too-small"


def test_what_nobody_reads_is_told_as_the_person_writes() -> None:
    assert parse_by(DUE, "1,5,0", GERMAN) == parse(DUE, "1,5,0", "de")


def test_within_one_language_the_session_says_how_it_is_written() -> None:
    assert [hands("en-US", "en-GB"), hands("en", "en"), hands("", "de"), hands("de-AT", "en")] == [
        Hands("en-GB"),
        Hands("en"),
        Hands("de"),
        Hands("de-AT", "en"),
    ]


def test_a_session_that_names_no_region_is_entered_as_the_readers_writes() -> None:
    british = hands("en-GB", "en")
    assert [parse_by(DAY, text, british) for text in ("9/3/2026", "Mar 9, 2026")] == [date(2026, 3, 9)] * 2
    assert written(DAY, "2026-03-19", british) == "19 Mar 2026"
    swiss = parse_by(SHARE, "1.250", hands("de-CH", "de"))
    assert isinstance(swiss, Refusal)
    assert swiss.code == "ambiguous"


@given(
    st.sampled_from(["12.345", "-1.25", "0.345", "1250.000", "999999.999"]),
    st.sampled_from(LOCALES),
    st.sampled_from(LOCALES),
)
def test_a_number_written_is_read_as_itself(canonical: str, own: str, other: str) -> None:
    for field in (SHARE, DINARS, Field("rate", "percent", "Rate")):
        text = written(field, canonical, Hands(own, other))
        assert parse_by(field, text, Hands(own, other)) == Decimal(canonical)


@given(st.dates(min_value=date(1000, 1, 1)), st.sampled_from(LOCALES), st.sampled_from(LOCALES))
def test_a_date_written_is_read_as_itself(day: date, own: str, other: str) -> None:
    text = written(DAY, str(plain(day)), Hands(own, other))
    assert parse_by(DAY, text, Hands(own, other)) == day


@pytest.mark.parametrize(("type", "canonical"), [("month", "2026-03"), ("time", "14:30"), ("text", "a, b")])
def test_other_values_are_written_as_they_are_shown(type: str, canonical: str) -> None:
    assert parse_by(Field("f", type, "F"), written(Field("f", type, "F"), canonical, GERMAN), GERMAN) == canonical
