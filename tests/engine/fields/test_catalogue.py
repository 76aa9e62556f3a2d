"""Whatever is entered, every type either refuses it or gives a value that can be shown and read again."""

from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import Refusal
from engine.fields.catalogue import TYPES, parse, plain, read, show
from engine.fields.country import CODES as COUNTRIES
from engine.fields.field import Choice, Field, Limits, Value
from engine.fields.locales import currency_is_known

OPTIONS = tuple(Choice(name, name.title()) for name in ("a", "b", "none"))
FIELDS = [
    Field("it", kind, "It", currency="EUR" if kind == "money" else "", options=OPTIONS, none_option="none")
    for kind in TYPES
]
LOCALES = st.sampled_from(["en", "en-GB", "en-US", "de", "de-CH", "fr", "es", "pl", "hi", "ar"])
NUMBERISH = st.text(alphabet="0123456789.,'\u2019 \u202f\u00a0-+\u2212€eEURNa\u200e", max_size=12)
DATISH = st.text(alphabet="0123456789./- marsMärz", max_size=12)
TIMISH = st.text(alphabet="0123456789:.h am", max_size=7)
ADDRESSISH = st.text(alphabet="aZüßİ。.-@:/?#[]%0123 +()", max_size=16).flatmap(
    lambda text: st.sampled_from([text, f"a@b.{text}", f"https://{text}", f"+4912345{text}"])
)
ENTRIES = (
    st.text()
    | NUMBERISH
    | DATISH
    | TIMISH
    | ADDRESSISH
    | st.dates().map(str)
    | st.sampled_from(["true", "Yes", "a", "2026-03", "14:30", "ann@example.com", "Österreich", *sorted(COUNTRIES)])
)
THINGS = st.recursive(
    ENTRIES | st.none() | st.booleans() | st.integers() | st.floats() | st.decimals() | st.binary() | st.dates(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=4,
)
CODES = """
    missing not-a-number not-whole not-a-date too-small too-large too-early too-late too-short too-long
    too-many-decimals not-a-step not-an-option wrong-pattern not-yes-or-no control-character excludes-others
    not-a-month not-a-time not-an-email not-a-phone not-a-url not-a-country
"""


@given(st.sampled_from(FIELDS), THINGS, LOCALES | st.text())
def test_every_entry_is_taken_or_refused(field: Field, entry: object, locale: str) -> None:
    for outcome in (parse(field, entry, locale, Limits(0, 10**9)), read(field, entry)):
        assert not isinstance(outcome, Refusal) or outcome.code in CODES.split()


@given(st.sampled_from([field for field in FIELDS if not field.type.startswith("choice")]), ENTRIES, LOCALES)
@settings(max_examples=300)
def test_a_value_shown_is_read_as_itself(field: Field, entry: str, locale: str) -> None:
    value = parse(field, entry, locale)
    if not isinstance(value, Refusal):
        assert parse(field, show(field, value, locale), locale) == value


@given(
    st.sampled_from([field for field in FIELDS if field.type in ("number", "money", "percent")]),
    st.decimals(-(10**17), 10**17, places=2),
    LOCALES,
)
def test_a_number_shown_is_read_as_itself(field: Field, value: Decimal, locale: str) -> None:
    assert parse(field, show(field, value, locale), locale) == value


@given(st.dates(min_value=date(1000, 1, 1)), LOCALES)
def test_a_date_shown_is_read_as_itself(value: date, locale: str) -> None:
    field = Field("when", "date")
    assert parse(field, show(field, value, locale), locale) == value


@given(st.dates(min_value=date(1000, 1, 1)).map(lambda day: f"{day:%Y-%m}"), LOCALES | st.sampled_from(["ja", "ru"]))
def test_a_month_shown_is_read_as_itself(value: str, locale: str) -> None:
    field = Field("when", "month")
    assert parse(field, show(field, value, locale), locale) == value


@given(st.times(), LOCALES | st.sampled_from(["fi", "fr-CA"]))
def test_a_time_shown_is_read_as_itself(value: time, locale: str) -> None:
    field = Field("at", "time")
    assert parse(field, show(field, f"{value:%H:%M}", locale), locale) == f"{value:%H:%M}"


@given(st.sampled_from(sorted(COUNTRIES)), LOCALES)
def test_a_country_shown_is_read_as_itself(value: str, locale: str) -> None:
    field = Field("home", "country")
    assert parse(field, show(field, value, locale), locale) == value


@given(st.emails())
def test_every_email_address_of_the_usual_form_is_read_as_itself(text: str) -> None:
    field = Field("email", "email")
    value = parse(field, text)
    assert isinstance(value, Refusal) or parse(field, show(field, value)) == value


@given(st.sampled_from(FIELDS), THINGS, LOCALES)
@settings(max_examples=300)
def test_a_value_made_plain_is_read_as_itself(field: Field, entry: object, locale: str) -> None:
    value = parse(field, entry, locale)
    if not isinstance(value, Refusal):
        assert read(field, plain(value)) == value


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Decimal("1E-10"), "0.0000000001"),
        (Decimal("120.00"), "120.00"),
        (date(2026, 3, 9), "2026-03-09"),
        (7, 7),
    ],
)
def test_plain_values_are_those_of_json(value: Value, expected: object) -> None:
    assert plain(value) == expected


def test_a_currency_is_known_by_its_code() -> None:
    assert [currency_is_known(code) for code in ("EUR", "eur", "XQZ", "")] == [True, False, False, False]
