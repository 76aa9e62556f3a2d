"""Wherever an author can write Markdown, a rule looks, and points at what is wrong there."""

import pytest

from tests.engine.guides import check_text

GUIDE = """\
guide: places
title: Places
outcomes: {done: {label: Done, kind: success}}
documents:
  letter:
    kind: letter
    title: A letter
    body: In the letter
steps:
  first:
    say: In the words
    points: [One, In a point]
    never: [One, In what is not said]
    note: In the note
    documents: [letter]
    next: bye
  bye: {say: Bye, outcome: done}
"""


@pytest.mark.parametrize("text", ["In the letter", "In the words", "In a point", "In what is not said", "In the note"])
@pytest.mark.parametrize(
    ("wrong", "code"), [("[a](x:y)", "unsafe-link"), ("![a](b.png)", "outside-image"), ("<b>", "raw-html")]
)
def test_every_text_is_looked_into(text: str, wrong: str, code: str) -> None:
    guide = GUIDE.replace(text, f"'{text} {wrong}'")
    line = next(number for number, each in enumerate(guide.splitlines(), 1) if wrong in each)
    assert check_text(guide) == [(code, line, guide.splitlines()[line - 1].index(wrong) + 1)]
