"""`phone`: a telephone number keeps its text."""

import pytest

from engine.errors import Refusal
from engine.fields.catalogue import missing, parse, read, show
from engine.fields.field import Field

PHONE = Field("phone", "phone", "Phone number")


@pytest.mark.parametrize(
    "text",
    [
        "12345678",
        "123456789012345",
        "+44 20 7946 0018",
        "+49 (0)30 / 123-456",
        "(030) 1234.5678",
        "+(44) 20\u00a07946\u20110018",
    ],
)
def test_a_number_keeps_its_text(text: str) -> None:
    assert parse(PHONE, text) == read(PHONE, text) == show(PHONE, text) == text


@pytest.mark.parametrize("text", [" \u202a+44 20 7946 0018\u202c", "\u200e+44 20 7946 0018\u200f"])
def test_marks_that_a_telephone_puts_round_a_copied_number_are_dropped(text: str) -> None:
    assert parse(PHONE, text) == "+44 20 7946 0018"


@pytest.mark.parametrize(
    "text",
    [
        "1234567",
        "1234567890123456",
        "0800 CALL NOW",
        "+44 20 7946 0018 x12",
        "44+2079460018",
        "٠٣٠١٢٣٤٥٦٧٨",
        "-12345678",
    ],
)
def test_what_is_no_number_is_refused(text: str) -> None:
    sentence = "Enter the phone number with 8 to 15 digits, like +44 20 7946 0018"
    assert parse(PHONE, text) == Refusal("not-a-phone", sentence)


def test_a_missing_number_is_asked_for_with_an_example() -> None:
    assert missing(PHONE) == Refusal("missing", "Enter the phone number, like +44 20 7946 0018")
