"""What an author is told about a guide: the shortest way from a text to its problems."""

import re
from datetime import date

from engine.compiler import compile_guides

TODAY = date(2026, 3, 2)

Told = list[tuple[str, int, int]]


def check_text(text: str, *others: str) -> Told:
    """Code, line and column of every problem of a guide that is read together with others, on 2 March 2026."""
    texts = {f"{_id(each)}.yaml": each for each in (text, *others)}
    problems = compile_guides(texts, TODAY).problems
    return [(found.code, *found.position) for found in problems if found.file == f"{_id(text)}.yaml"]


def told(text: str, *others: str) -> list[str]:
    """What is said of a guide: each problem, with its mend."""
    texts = {f"{_id(each)}.yaml": each for each in (text, *others)}
    problems = compile_guides(texts, TODAY).problems
    return [f"{found.message}; {found.hint}" for found in problems if found.file == f"{_id(text)}.yaml"]


def _id(text: str) -> str:
    found = re.search(r"^guide: *(\S+)", text, re.MULTILINE)
    assert found, "a guide under test says its id"
    return found[1]
