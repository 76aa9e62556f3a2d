"""`month`: a month of a year, read by its digits or its name."""

import pytest

from engine.errors import Refusal
from engine.fields.catalogue import missing, parse, plain, read, show
from engine.fields.field import Field

EXPIRY = Field("expiry", "month", "Expiry")


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("2026-03", "en"),
        ("2026/3", "de"),
        ("3/2026", "en"),
        ("03.2026", "de"),
        ("03. 2026", "hr"),
        ("Mar 2026", "en"),
        ("march, 2026", "en"),
        ("2026 March", "en"),
        ("März 2026", "de"),
        ("marzo de 2026", "es"),
        ("marzo 2026", "es"),
        ("मार्च 2026", "hi"),
        ("03\u200f/2026", "ar"),
        ("2026年3月", "ja"),
        ("\u043c\u0430\u0440\u0442 2026 \u0433.", "ru"),
    ],
)
def test_a_month_is_read_in_the_manner_of_the_locale(text: str, locale: str) -> None:
    assert parse(EXPIRY, text, locale) == "2026-03"


@pytest.mark.parametrize(
    "text",
    [
        "2026-13",
        "2026-00",
        "0026-03",
        "3/26",
        "March",
        "2026",
        "2026-03-09",
        "March 2026 2027",
        "March 0026",
        "202603",
        "soon",
    ],
)
def test_what_is_no_month_of_a_year_is_refused(text: str) -> None:
    sentence = "Enter the expiry as a month with its year, like Mar 2026 or 2026-03"
    assert parse(EXPIRY, text) == Refusal("not-a-month", sentence)


def test_a_canonical_month_has_four_and_two_digits() -> None:
    assert (read(EXPIRY, "2026-03"), plain("2026-03")) == ("2026-03", "2026-03")
    sentence = "Enter the expiry as a month with its year, like 2026-03"
    assert [read(EXPIRY, text) for text in ("2026-3", "Mar 2026")] == [Refusal("not-a-month", sentence)] * 2


def test_a_month_is_shown_by_its_name() -> None:
    assert [show(EXPIRY, "2026-03", locale) for locale in ("en", "de", "ja")] == ["Mar 2026", "März 2026", "2026年3月"]


def test_a_missing_month_is_asked_for_with_an_example() -> None:
    assert missing(EXPIRY, "de") == Refusal("missing", "Enter “Expiry”, like März 2026")
