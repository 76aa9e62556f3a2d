"""What language a page speaks to whom, and how it writes dates, times and numbers."""

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from engine.sentences import Sentence, Sum, counted, sentence
from web.language import Language, choose, own_name

AT = datetime(2026, 7, 1, 22, 5, 9, 250_000, tzinfo=UTC)
GERMAN = Language("de", "de")


@pytest.mark.parametrize(
    ("wanted", "house", "tag", "locale"),
    [
        ([], "en", "en", "en"),
        ([], "de-AT", "de", "de-AT"),
        ([], "fr-FR", "en", "en"),
        ([], "", "en", "en"),
        (["de"], "en", "de", "de"),
        (["de"], "de-CH", "de", "de-CH"),
        (["de-AT", "de"], "en", "de", "de-AT"),
        (["de", "de-AT"], "de-CH", "de", "de-CH"),
        (["fr", "de-DE", "en"], "en", "de", "de-DE"),
        (["en-GB"], "de-AT", "en", "en-GB"),
        (["nonsense", None, "DE"], "en", "de", "de"),
    ],
)
def test_the_first_language_that_we_have_is_spoken(wanted: list[str | None], house: str, tag: str, locale: str) -> None:
    assert choose(wanted, house) == Language(tag, locale)


def test_a_moment_is_told_in_the_zone_of_the_installation() -> None:
    zone = ZoneInfo("Europe/Berlin")
    assert Language("en", "en-GB").moment(AT, zone) == "2 Jul 2026, 00:05"
    assert GERMAN.moment(AT, zone) == "02.07.2026, 00:05"
    assert Language("en", "fi").moment(AT, zone) == "2.7.2026 0.05"


def test_times_are_by_the_clock_of_24_hours() -> None:
    assert [Language("en", "en-US").time(AT), GERMAN.time(AT, seconds=True)] == ["22:05", "22:05:09"]


def test_numbers_and_days_are_the_locales() -> None:
    assert (GERMAN.number(12_500), Language("de", "de-CH").number(12_500)) == ("12.500", "12\u2019500")
    assert GERMAN.day(date(2026, 3, 9)) == "09.03.2026"


def test_a_sentence_is_told_with_what_stands_in_it() -> None:
    assert GERMAN.told(sentence("Go on")) == "Weitermachen"
    assert GERMAN.told(sentence("{hours} h {minutes} min", hours=1, minutes=3)) == "1 Std. 3 Min."
    assert Language().told(sentence("Go on")) == "Go on"


def test_a_sum_is_told_as_its_reader_writes_it() -> None:
    due = Sum("€1,250.50", Decimal("1250.50"), "EUR")
    assert GERMAN.told(due) == "1.250,50\xa0€"
    assert GERMAN.told(sentence("{what}: {amount}", what="Skonto", amount=due)) == "Skonto: 1.250,50\xa0€"
    assert Language("en", "en-GB").told(due) == "€1,250.50"


def test_what_nobody_translated_is_told_as_it_is() -> None:
    assert GERMAN.told("Go on") == "Go on"
    assert GERMAN.told(sentence("Braces {stay}")) == "Braces {stay}"
    assert GERMAN.told(Sentence("")) == ""
    assert GERMAN.told(counted("{count} gnu", "{count} gnus, {who}", 1200, who="{mine}")) == "1.200 gnus, {mine}"


def test_text_in_another_language_says_so() -> None:
    assert [str(GERMAN.of(each)) for each in ("de", "en", 'x"y')] == ["", ' lang="en"', ' lang="x&#34;y"']


def test_languages_are_called_as_their_speakers_call_them() -> None:
    assert [own_name(each) for each in ("de", "en", "xx-yy", "!")] == ["Deutsch", "English", "xx-yy", "!"]
