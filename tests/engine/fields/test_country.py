"""`country`: the two letters of ISO 3166-1, or a name that people know."""

from importlib.resources import files

import pytest

from engine.errors import Refusal
from engine.fields.catalogue import missing, parse, plain, read, show
from engine.fields.country import CODES, names
from engine.fields.field import Field

HOME = Field("home", "country", "Country")


@pytest.mark.parametrize(
    ("text", "locale", "value"),
    [
        ("AT", "en", "AT"),
        ("at", "de", "AT"),
        ("Austria", "en", "AT"),
        ("ÖSTERREICH", "de", "AT"),
        ("Austria", "de", "AT"),
        ("Autriche", "fr-CA", "AT"),
        ("النمسا", "ar", "AT"),
        ("Côte d'Ivoire", "en", "CI"),
        ("bosnia and herzegovina", "en", "BA"),
        ("Turkey", "en", "TR"),
        ("Türkiye", "en", "TR"),
        ("UK", "pl", "GB"),
        ("USA", "de", "US"),
        ("Austria", "no-such", "AT"),
    ],
)
def test_a_country_is_read_by_its_code_or_its_name(text: str, locale: str, value: str) -> None:
    assert parse(HOME, text, locale) == value


@pytest.mark.parametrize("text", ["XX", "EU", "ZZ", "AUT", "040", "Österreich", "Atlantis"])
def test_what_is_no_country_is_refused(text: str) -> None:
    sentence = "Enter the country by its name or its two letters, like Austria or AT"
    assert parse(HOME, text) == Refusal("not-a-country", sentence)


def test_a_canonical_country_is_its_code() -> None:
    assert (read(HOME, "AT"), plain("AT")) == ("AT", "AT")
    expected = Refusal("not-a-country", "Enter the country by its two letters, like AT")
    assert [read(HOME, text) for text in ("at", "Austria", "UK")] == [expected] * 3


def test_a_country_is_shown_by_its_name_in_the_locale() -> None:
    assert [show(HOME, "AT", locale) for locale in ("en", "de", "hi")] == ["Austria", "Österreich", "ऑस्ट्रिया"]


def test_a_locale_that_lacks_a_name_has_the_english_one() -> None:
    assert set(names("gsw")) == CODES
    assert all(names("gsw").values())


def test_the_codes_are_those_that_iso_assigns() -> None:
    lines = files("tzdata").joinpath("zoneinfo/iso3166.tab").read_text().splitlines()
    assert {line[:2] for line in lines if line and line[0] != "#"} == CODES


def test_a_missing_country_is_asked_for() -> None:
    assert missing(HOME) == Refusal("missing", "Choose the country")
