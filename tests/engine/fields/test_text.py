"""`text` and `long_text`: what is tidied away, what is refused."""

import pytest

from engine.errors import Refusal
from engine.fields.catalogue import missing, parse, show
from engine.fields.field import Field

INVOICE = Field("invoice", "text", "Invoice number", max_length=8, min_length=2)
NAME = Field("name", "text", "Your name")
STORY = Field("story", "long_text", "What happened")


def code(outcome: object) -> str:
    return outcome.code if isinstance(outcome, Refusal) else f"accepted: {outcome!r}"


@pytest.mark.parametrize("blank", ["", "   ", "\u00a0", "\u200b", "\ufeff \n", None, [], [""]])
def test_blank_is_missing(blank: object) -> None:
    assert parse(INVOICE, blank) is None


def test_spaces_and_invisible_characters_around_it_are_dropped() -> None:
    assert parse(NAME, "\u00a0\u200b Ann\u2009Lee \ufeff") == "Ann\u2009Lee"


def test_letters_are_composed() -> None:
    assert parse(NAME, "Zoe\u0308") == "Zoë"


def test_a_tab_becomes_a_space() -> None:
    assert parse(NAME, "Ann\tLee") == "Ann Lee"


def test_lines_of_a_long_text_end_in_lf() -> None:
    assert parse(STORY, "one\r\ntwo\rthree\u2028four") == "one\ntwo\nthree\nfour"


def test_a_text_is_one_line() -> None:
    assert parse(NAME, "Ann\nLee") == Refusal("control-character", "Enter your name on one line")


@pytest.mark.parametrize("text", ["a\x00b", "a\x1bb", "a\x7fb", "a\ud800b", "a\uffffb"])
def test_control_characters_are_refused(text: str) -> None:
    assert code(parse(NAME, text)) == code(parse(STORY, text)) == "control-character"


def test_a_text_that_is_too_long_says_how_long_it_is() -> None:
    expected = "Enter the invoice number with at most 8 characters, not 9"
    assert parse(INVOICE, "123456789") == Refusal("too-long", expected)


def test_a_text_that_is_too_short_says_what_is_needed() -> None:
    assert parse(INVOICE, "1") == Refusal("too-short", "Enter the invoice number with at least 2 characters")


@pytest.mark.parametrize(("field", "most"), [(NAME, 1_000), (STORY, 10_000)])
def test_texts_have_a_length_of_their_own(field: Field, most: int) -> None:
    assert parse(field, "x" * most) == "x" * most
    assert code(parse(field, "x" * (most + 1))) == "too-long"


def test_a_huge_text_is_refused_without_normalising_it() -> None:
    assert code(parse(STORY, "a" + "\u0301\u0316" * 200_000)) == "too-long"


def test_a_pattern_must_match_wholly() -> None:
    field = Field("code", "text", "Code", pattern="[A-Z]+", message="Enter capital letters")
    assert parse(field, "ABC") == "ABC"
    assert parse(field, "ABC1") == Refusal("wrong-pattern", "Enter capital letters")


def test_a_pattern_without_a_message_has_one_of_ours() -> None:
    field = Field("code", "text", "Code", pattern="[0-9]")
    assert parse(field, "x") == Refusal("wrong-pattern", "Enter the code in the form that is asked for")


def test_a_text_with_a_pattern_is_at_most_200_characters() -> None:
    assert code(parse(Field("code", "text", "Code", pattern="x*"), "x" * 201)) == "too-long"


def test_a_number_from_json_is_taken_as_text() -> None:
    assert parse(NAME, 17) == "17"


@pytest.mark.parametrize("entry", [["a", "b"], {"a": 1}, object(), b"bytes", [["a"]]])
def test_what_is_no_text_is_refused(entry: object) -> None:
    assert code(parse(NAME, entry)) == "control-character"


def test_a_missing_text_is_asked_for_by_its_label() -> None:
    assert missing(INVOICE) == Refusal("missing", "Enter the invoice number")


def test_a_text_is_shown_as_it_is() -> None:
    assert show(NAME, "<b>*x*") == "<b>*x*"


@pytest.mark.parametrize(
    ("label", "locale", "sentence"),
    [
        ("Amount due:", "en", "Enter the amount due"),
        ("IBAN", "en", "Enter the IBAN"),
        ("Your name", "en-GB", "Enter your name"),
        ("Who is calling", "en", "Enter who is calling"),
        ("Anything else?", "en", "Enter “Anything else?”"),
        ("Ihr Name", "de", "Enter “Ihr Name”"),
        ("", "en", "Enter the client name"),
    ],
)
def test_the_label_is_fitted_into_the_sentence(label: str, locale: str, sentence: str) -> None:
    assert missing(Field("client_name", "text", label), locale).message == sentence
