"""The one table of keys knows every key that a page has."""

import re
from pathlib import Path

import web
from web.keys import KEYS

TEMPLATES = Path(web.__file__).parent / "templates"


def test_every_key_of_a_template_is_in_the_table() -> None:
    texts = (file.read_text() for file in TEMPLATES.rglob("*.html"))
    used = {key for text in texts for key in re.findall(r'data-key="([^"{]+)"', text)}
    assert used - {key.at for key in KEYS} - {*"?23456789"} == set()  # the row of 1 is that of 9 too


def test_no_key_stands_twice_for_one_thing() -> None:
    shown = [(key.shown, key.in_row) for key in KEYS]
    assert len(shown) == len(set(shown))
