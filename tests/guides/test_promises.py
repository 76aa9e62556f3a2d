"""What shipped guides promise for the house: clients read it, and so do staff on the list of what is due."""

import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from engine.source import parse

TEXTS = {Path(str(file)).stem: file.read_bytes() for file in files("guides").iterdir() if file.name.endswith(".yaml")}
THIRD_PERSON = re.compile(r"client|\bthe[my]\b|\btheir\b", re.IGNORECASE)


def _ours(data: Any) -> Iterator[str]:
    """What is promised by us anywhere in a guide."""
    match data:
        case {"promise": {"by": "us", "what": str(what)}}:
            yield what
        case dict():
            for value in data.values():
                yield from _ours(value)
        case list():
            for value in data:
                yield from _ours(value)


@pytest.mark.parametrize("guide", sorted(TEXTS))
def test_our_promises_name_no_client_to_whom_they_are_made(guide: str) -> None:
    parsed, _ = parse(TEXTS[guide])
    assert parsed
    promised = [*_ours(parsed.data)]
    assert [what for what in promised if THIRD_PERSON.search(what)] == []
