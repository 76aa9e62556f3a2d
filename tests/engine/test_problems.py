"""What is suggested for a word that is not known."""

import pytest

from engine.problems import suggestion

NAMES = [f"ask-the-client-about-invoice-{number:05}" for number in range(2_000)]


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("ask-the-client-about-invoice-01500x", "ask-the-client-about-invoice-01500"),
        ("ask-the-client-about-invoice-1500", "ask-the-client-about-invoice-01500"),
        ("ask-teh-client-about-invoice-01500", "ask-the-client-about-invoice-01500"),
        ("ask-the-clxxent-about-invoice-01500", "ask-the-client-about-invoice-01500"),
    ],
)
def test_of_many_names_that_are_alike_the_one_meant_is_suggested(word: str, meant: str) -> None:
    assert suggestion(word, NAMES) == f"did you mean '{meant}'?"


def test_a_short_word_is_no_slip_of_every_other() -> None:
    assert [suggestion("b", ["a", "c"]), suggestion("", ["a"]), suggestion("x" * 5_000, NAMES)] == ["", "", ""]
