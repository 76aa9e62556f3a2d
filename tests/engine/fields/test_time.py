"""`time`: by the 24-hour clock, never guessed."""

import pytest

from engine.errors import Refusal
from engine.fields.catalogue import missing, parse, plain, read, show
from engine.fields.field import Field

AT = Field("call_at", "time", "Time of the call")


@pytest.mark.parametrize(
    ("text", "locale", "value"),
    [
        ("14:30", "en", "14:30"),
        ("9:05", "en", "09:05"),
        ("00:00", "de", "00:00"),
        ("23:59", "hi", "23:59"),
        ("14.30", "fi", "14:30"),
        ("9.05", "da", "09:05"),
        ("14:30", "fi", "14:30"),
        ("14 h 30", "fr-CA", "14:30"),
        ("14H30", "fr-CA", "14:30"),
        ("14\u200f:30", "ar", "14:30"),
    ],
)
def test_a_time_is_read_in_the_manner_of_the_locale(text: str, locale: str, value: str) -> None:
    assert parse(AT, text, locale) == value


@pytest.mark.parametrize(
    "text", ["2pm", "2:30 pm", "14.30", "24:00", "14:60", "14", "1430", "14:3", "14:30:00", "-1:30", "२४:30", "noon"]
)
def test_what_is_no_time_of_the_24_hour_clock_is_refused(text: str) -> None:
    assert parse(AT, text) == Refusal("not-a-time", "Enter the time of the call by the 24-hour clock, like 14:30")


def test_a_canonical_time_has_two_and_two_digits() -> None:
    assert (read(AT, "09:05"), plain("09:05")) == ("09:05", "09:05")
    assert [isinstance(read(AT, text), Refusal) for text in ("9:05", "09.05", "09:05 ", 905)] == [
        True,
        True,
        False,
        True,
    ]


def test_a_time_is_shown_with_the_sign_of_the_locale() -> None:
    assert [show(AT, "09:05", locale) for locale in ("en", "de", "fi", "fr-CA")] == ["09:05", "09:05", "09.05", "09h05"]


def test_a_missing_time_is_asked_for_with_an_example() -> None:
    assert missing(AT, "fi") == Refusal("missing", "Enter “Time of the call”, like 14.30")
