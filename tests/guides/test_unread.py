"""A record that nobody looked at is not told as an empty one."""

import re
from importlib.resources import files
from pathlib import Path

import pytest

from engine.compiler import build_guides
from engine.source import parse
from engine.translation import entries

TEXTS = {Path(str(file)).stem: file.read_bytes() for file in files("guides").iterdir() if file.name.endswith(".yaml")}
COUNTED = re.compile(r"coalesce\((\w+), 0\)")
REACHED_BY_THEIR_COUNT = {"cold-call: steps/tried-enough/note", "troubleshoot-connection: steps/again/note"}
"""Texts of steps to which only a count that is known leads."""


@pytest.mark.parametrize("guide", sorted(TEXTS))
def test_what_tells_a_count_of_the_record_tells_that_no_record_was_looked_at(guide: str) -> None:
    facts = {id for id, field in build_guides({guide: TEXTS[guide]})[guide].fields.items() if field.fact}
    parsed, _ = parse(TEXTS[guide])
    assert parsed
    counting = {
        f"{guide}: {entry.context}": entry.text
        for entry in entries(parsed.data)
        if facts & set(COUNTED.findall(entry.text))
    }
    silent = {at for at, text in counting.items() if "no record was looked at" not in text}
    assert silent <= REACHED_BY_THEIR_COUNT
