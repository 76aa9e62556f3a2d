"""`percent`: 12.5 is 12.5, with or without its sign."""

from decimal import Decimal

import pytest

from engine.errors import Refusal
from engine.fields.catalogue import fit, missing, parse, plain, read, show
from engine.fields.field import Field

DISCOUNT = Field("discount", "percent", "Discount")
RATE = Field("rate", "percent", "Rate", decimals=2)


@pytest.mark.parametrize(
    ("text", "locale", "value"),
    [
        ("12.5", "en", "12.5"),
        ("12.5%", "en", "12.5"),
        ("% 12.5", "en", "12.5"),
        ("12,5\u00a0%", "de", "12.5"),
        ("-3 %", "fr", "-3"),
        ("%50", "tr", "50"),
        ("\u200e-1,234.5\u200e%\u200e", "ar", "-1234.5"),
        ("12\u066a", "ar", "12"),
    ],
)
def test_a_percentage_is_read_in_the_manner_of_the_locale(text: str, locale: str, value: str) -> None:
    assert parse(DISCOUNT, text, locale) == Decimal(value)


@pytest.mark.parametrize("text", ["half", "%", "12.5%%", "12.5 percent", "12,5", "5%5"])
def test_what_is_no_number_is_no_percentage(text: str) -> None:
    assert parse(DISCOUNT, text) == Refusal("not-a-number", "Enter the discount as a number, like 12.5")


def test_a_percentage_has_the_decimals_its_field_asks_for() -> None:
    assert str(parse(RATE, "8")) == "8.00"
    assert parse(RATE, "8.125%") == Refusal(
        "too-many-decimals", "Enter the rate with at most 2 decimals, like 1,250.00"
    )
    assert str(parse(DISCOUNT, "0.0000000001")) == "1E-10"


def test_a_canonical_percentage_has_no_sign() -> None:
    assert (read(DISCOUNT, "12.5"), plain(Decimal("12.50"))) == (Decimal("12.5"), "12.50")
    assert isinstance(read(DISCOUNT, "12.5%"), Refusal)


def test_a_computed_percentage_is_rounded_half_up() -> None:
    assert fit(RATE, Decimal("8.125")) == Decimal("8.13")


@pytest.mark.parametrize(
    ("locale", "text"),
    [("en", "-1,234.5%"), ("de", "-1.234,5\u00a0%"), ("tr", "-%1.234,5")],
)
def test_a_percentage_is_shown_with_its_sign(locale: str, text: str) -> None:
    assert show(DISCOUNT, Decimal("-1234.5"), locale) == text


def test_a_missing_percentage_is_asked_for_with_an_example() -> None:
    assert missing(DISCOUNT, "de") == Refusal("missing", "Enter “Discount”, like 12,5")
