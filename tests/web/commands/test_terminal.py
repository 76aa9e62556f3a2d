"""Screens as lines for a terminal."""

import sys

import pytest

from tests.engine.walks import Walk, compiled
from web.commands import terminal


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("**bold** and *slanted* and __bold__ and _slanted_", "bold and slanted and bold and slanted"),
        ("a snake_case_name and `co*de`", "a snake_case_name and co*de"),
        ("[page](https://example.org) <mailto:a@example.org>", "page (https://example.org) mailto:a@example.org"),
        ("## Heading\n- item", "Heading\n- item"),
        ("\\<b\\>\\*x\\*\\[1\\]\\\\", "<b>*x*[1]\\"),
        ("bell\x07 and escape\x1b[31m", "bell and escape[31m"),
    ],
)
def test_markdown_becomes_plain_words(markdown: str, words: str) -> None:
    assert terminal.plain(markdown) == words


def test_paragraphs_are_joined_and_list_items_keep_their_lines() -> None:
    text = "One two\nthree four five.\n\n\n- six seven eight\n  nine\n1. ten"
    lines = ["One two three", "four five.", "", "- six seven", "  eight nine", "1. ten"]
    assert terminal.wrapped(text, 14) == lines


def test_colours_are_for_terminals_whose_user_wants_them(monkeypatch: pytest.MonkeyPatch) -> None:
    assert terminal.styled("x", "title") == "x"
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert terminal.styled("x", "title") == "\x1b[1mx\x1b[0m"
    monkeypatch.setenv("NO_COLOR", "1")
    assert terminal.styled("x", "title") == "x"


def test_images_are_said_in_words() -> None:
    walked = Walk(compiled("steps:\n  end: {images: [{file: a.png, alt: '*A* card'}], outcome: done}"), "small", {})
    assert "Images  - *A* card (a.png)" in list(terminal.screen_lines(walked.screen, 60))


def test_lines_are_never_wider_than_reads_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "300")
    assert terminal.width() == 88
    monkeypatch.setenv("COLUMNS", "40")
    assert terminal.width() == 40
