"""`integer`, `number` and `money`: what is read in which locale, and never guessed."""

from decimal import Decimal

import pytest

from engine.errors import Refusal
from engine.fields.catalogue import fit, missing, parse, read, show
from engine.fields.field import Field, Value

DAYS = Field("days_late", "integer", "Days late")
RATE = Field("rate", "number", "Rate")
DUE = Field("amount_due", "money", "Amount due", currency="EUR")
YEN = Field("amount_due", "money", "Amount due", currency="JPY")


def code(outcome: Value | Refusal) -> str:
    return outcome.code if isinstance(outcome, Refusal) else f"accepted: {outcome!r}"


@pytest.mark.parametrize(
    ("text", "locale", "value"),
    [
        ("1,234.56", "en", "1234.56"),
        ("1.234,56", "de", "1234.56"),
        ("1234,56", "de", "1234.56"),
        ("1.250", "de", "1250"),
        ("1\u2019234\u2019567.5", "de-CH", "1234567.5"),
        ("1'234.5", "de-CH", "1234.5"),
        ("1\u202f234,56", "fr", "1234.56"),
        ("1\u00a0234,56", "fr", "1234.56"),
        ("1 234,56", "pl", "1234.56"),
        ("12,34,567.5", "hi", "1234567.5"),
        ("1,234,567.5", "hi", "1234567.5"),
        ("\u200e-1,234.5", "ar", "-1234.5"),
        ("\u22125", "en", "-5"),
        ("+5", "en", "5"),
        (".5", "en", "0.5"),
        ("007", "en", "7"),
        ("-0", "en", "0"),
        ("1.50", "en", "1.5"),
        ("1,5", "xx-unknown", None),
        ("1,5", "de-ZZ", "1.5"),
        ("1.5", "!!", "1.5"),
    ],
)
def test_a_number_is_read_in_the_manner_of_the_locale(text: str, locale: str, value: str | None) -> None:
    outcome = parse(RATE, text, locale)
    assert code(outcome) == "not-a-number" if value is None else str(outcome) == value


@pytest.mark.parametrize("text", ["1,5", "1,23", "12,3456", "1,234,56", "0,250", "1,234 567", ",5", "1 ,5"])
def test_incomplete_groups_are_never_guessed(text: str) -> None:
    assert code(parse(RATE, text, "en")) == "not-a-number"


@pytest.mark.parametrize("text", ["1.5", "1.23", "12.50"])
def test_a_full_stop_is_no_decimal_sign_in_german(text: str) -> None:
    assert code(parse(RATE, text, "de")) == "not-a-number"


@pytest.mark.parametrize("text", ["1e3", "NaN", "Infinity", "-inf", "0x10", "1_000", "٣", "५", "五", "1.", "--1", "1-"])
def test_only_plain_digits_are_numbers(text: str) -> None:
    assert code(parse(RATE, text)) == "not-a-number"
    assert code(parse(DAYS, text)) == "not-whole"
    assert code(parse(DUE, text)) == "not-a-number"


@pytest.mark.parametrize("text", ["1.5", "9.0", "many"])
def test_an_integer_is_whole(text: str) -> None:
    assert parse(DAYS, text) == Refusal("not-whole", "Enter the days late as a whole number, like 12")


def test_an_integer_is_an_int() -> None:
    assert parse(DAYS, " 1,250 ") == 1250


@pytest.mark.parametrize(
    ("text", "expected"), [("9" * 18, None), ("9" * 19, "too-large"), ("-" + "9" * 19, "too-small")]
)
@pytest.mark.parametrize("field", [DAYS, RATE, DUE])
def test_numbers_have_at_most_18_digits(field: Field, text: str, expected: str | None) -> None:
    outcome = parse(field, text)
    assert not isinstance(outcome, Refusal) if expected is None else code(outcome) == expected


def test_a_number_has_at_most_10_decimals_and_no_zeros_at_its_end() -> None:
    assert str(parse(RATE, "0.0000000001")) == "1E-10"
    assert code(parse(RATE, "0.00000000001")) == "too-many-decimals"


def test_a_number_has_the_decimals_its_field_asks_for() -> None:
    field = Field("hours", "number", "Hours", decimals=1)
    assert str(parse(field, "2")) == "2.0"
    assert parse(field, "2.25").message == "Enter the hours with at most 1 decimal, like 1,250.0"  # type: ignore[union-attr]


def test_money_has_the_minor_digits_of_its_currency() -> None:
    assert str(parse(DUE, "120")) == "120.00"
    assert str(parse(YEN, "120")) == "120"


def test_money_refuses_more_decimals_than_the_currency_has() -> None:
    expected = "Enter the amount due with at most 2 decimals, like 1,250.00"
    assert parse(DUE, "1.500") == Refusal("too-many-decimals", expected)
    expected = "Enter the amount due without decimals, like 1,250"
    assert parse(YEN, "1.5") == Refusal("too-many-decimals", expected)


@pytest.mark.parametrize(
    ("text", "locale"),
    [("€12.50", "en"), ("12,50 €", "de"), ("EUR 12.50", "en"), ("12.50EUR", "en"), ("+€12.50", "en")],
)
def test_the_fields_own_currency_may_be_typed(text: str, locale: str) -> None:
    assert parse(DUE, text, locale) == Decimal("12.50")


@pytest.mark.parametrize("text", ["$12.50", "12.50 GBP", "€", "€12.50€", "EUR EUR 5"])
def test_another_currency_is_refused(text: str) -> None:
    expected = "Enter the amount due as an amount, like 1,250.00"
    assert parse(DUE, text) == Refusal("not-a-number", expected)


@pytest.mark.parametrize(
    ("field", "locale", "message"),
    [
        (DUE, "en", "Enter the amount due, like 1,250.00"),
        (DUE, "de", "Enter “Amount due”, like 1.250,00"),
        (YEN, "en", "Enter the amount due, like 1,250"),
        (DAYS, "en", "Enter the days late, like 12"),
        (RATE, "fr", "Enter “Rate”, like 12,5"),
    ],
)
def test_a_missing_number_is_asked_for_with_an_example(field: Field, locale: str, message: str) -> None:
    assert missing(field, locale) == Refusal("missing", message)


@pytest.mark.parametrize(
    ("field", "entry", "value"),
    [
        (DUE, "120.00", "120.00"),
        (DUE, 120, "120.00"),
        (DUE, 120.5, "120.50"),
        (DUE, Decimal("1E+2"), "100.00"),
        (RATE, 0.25, "0.25"),
        (DAYS, 9, "9"),
        (DAYS, "9", "9"),
        (DAYS, 9.0, "not-whole"),
        (DAYS, True, "not-whole"),
        (RATE, Decimal("1E+99999999"), "not-a-number"),
        (RATE, float("nan"), "not-a-number"),
        (RATE, float("inf"), "not-a-number"),
        (RATE, 1e-300, "not-a-number"),
        (DUE, "1,250.00", "not-a-number"),
        (DUE, "€12", "not-a-number"),
        (DUE, [1, 2], "not-a-number"),
    ],
)
def test_canonical_numbers_are_read_strictly(field: Field, entry: object, value: str) -> None:
    outcome = read(field, entry)
    assert (outcome.code if isinstance(outcome, Refusal) else str(outcome)) == value


def test_a_number_of_thousands_of_digits_is_refused() -> None:
    assert code(read(DAYS, 10**5000)) == "too-large"


def test_messages_about_canonical_numbers_show_the_canonical_form() -> None:
    assert read(DUE, "x") == Refusal("not-a-number", "Enter the amount due as an amount, like 1250.00")


@pytest.mark.parametrize(
    ("field", "value", "locale", "text"),
    [
        (DUE, Decimal("1234567.50"), "en", "€1,234,567.50"),
        (DUE, Decimal("-1234.50"), "de", "-1.234,50\u00a0€"),
        (DUE, Decimal("1234567.50"), "hi", "€12,34,567.50"),
        (DUE, Decimal("12.50"), "hi", "€12.50"),
        (YEN, Decimal(1250), "en", "¥1,250"),
        (RATE, Decimal("1234.5"), "de", "1234,5"),
        (RATE, Decimal("12345.5"), "de", "12.345,5"),
        (DAYS, 2026, "en", "2026"),
        (DAYS, 20260, "de-CH", "20\u2019260"),
        (DAYS, None, "en", ""),
    ],
)
def test_numbers_are_shown_in_the_manner_of_the_locale(field: Field, value: Value, locale: str, text: str) -> None:
    assert show(field, value, locale) == text


@pytest.mark.parametrize(
    ("field", "value", "kept"),
    [
        (DUE, Decimal("0.235"), "0.24"),
        (DUE, Decimal("-0.001"), "0.00"),
        (DUE, 5, "5.00"),
        (RATE, Decimal("2.500"), "2.5"),
        (RATE, Decimal(1) / 3, "0.3333333333"),
        (DAYS, Decimal("7.0"), "7"),
        (DAYS, Decimal("1E+18"), "None"),
        (DAYS, None, "None"),
        (Field("seen", "boolean"), True, "True"),
    ],
)
def test_a_computed_value_is_brought_to_the_form_of_its_field(field: Field, value: Value, kept: str) -> None:
    assert str(fit(field, value)) == kept
