"""Markdown in the plain words of a mail."""

import pytest

from web.wording import worded

TEXTS = [
    ("Dear **Ms Adler**,\nthank *you*.\n\n\\*Bye\\*", "Dear Ms Adler, thank you.\n\n*Bye*"),
    ("One\\\ntwo", "One\ntwo"),
    ("## Agreed\n\n- pay\n- send\n  - today", "Agreed\n\n- pay\n- send\n  - today"),
    ("9. nine\n10. ten\n\n    more", "9. nine\n10. ten\n    more"),
    ("> Quoted\n>\n> twice", "> Quoted\n> \n> twice"),
    ("    a  b\n\n---\n\n`c`", "a  b\n\n* * *\n\nc"),
    ("[us](https://example.org) <ann@example.org> <https://example.org>", None),
    (
        "[030 123](tel:030123) [call](tel:030123) [x](javascript:1)",
        "030 123 (tel:030123) call (tel:030123) [x](javascript:1)",
    ),
]


@pytest.mark.parametrize(("text", "words"), TEXTS)
def test_marks_become_plain_words(text: str, words: str | None) -> None:
    assert worded(text) == (words or "us (https://example.org) ann@example.org https://example.org")
