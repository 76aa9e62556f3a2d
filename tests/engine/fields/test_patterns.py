"""Patterns that an author may use."""

import pytest

from engine.fields.patterns import mistake


@pytest.mark.parametrize(
    "pattern",
    [
        r"[A-Z]{2}\d{2}( ?\w{4}){3,7}",
        r"(\d{1,3}\.){3}\d{1,3}",
        "(a|b)?",
        "[(+]*",
        r"\(+",
        "(?i)x+(?:ab)*",
        "(?P<x>a)(?P=x)",
        "a{,x",
        "[]a]+(b)*",
        "(a+){,3}",
    ],
)
def test_a_pattern_that_ends_soon_can_be_used(pattern: str) -> None:
    assert mistake(pattern) == ""


@pytest.mark.parametrize("pattern", ["(a+)+", "((a)*b)*", "(?:a|b)*", "(a{2,})+", "(a+){4}", "(a+){2,}", "(a+){3,9}"])
def test_a_repetition_of_repetitions_cannot(pattern: str) -> None:
    assert "can take for ever" in mistake(pattern)


@pytest.mark.parametrize("pattern", ["(", "[", "a**", "[[a]", "a{99999999999}", "*"])
def test_what_is_no_regular_expression_says_why(pattern: str) -> None:
    assert mistake(pattern).startswith("is not a regular expression: ")


def test_a_pattern_is_short() -> None:
    assert mistake("a" * 201) == "is longer than 200 characters"
