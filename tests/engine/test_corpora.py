"""Hostile texts through the loader, in a child process: some kill the interpreter of a loader with less care."""

import json
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.corpora import BUILT_IN, KINDS, Case, cases, content

ROOT = Path(__file__).parents[2]

CHILD = """
import json, sys, time
from engine.source import parse
for line in sys.stdin.buffer:
    start = time.process_time()
    document, problems = parse(bytes.fromhex(line.decode()))
    result = {"data": document and document.data, "codes": [p.code for p in problems if p.severity == "error"]}
    print(json.dumps({**result, "seconds": time.process_time() - start}), flush=True)
"""


def read(contents: list[bytes]) -> list[Case]:
    """What a child process makes of each content; a child that dies or hangs fails the test."""
    lines = "\n".join(item.hex() for item in contents).encode()
    command = [sys.executable, "-c", CHILD]
    child = subprocess.run(command, input=lines, cwd=ROOT, capture_output=True, timeout=120, check=False)
    assert child.returncode == 0, (child.stdout[-200:], child.stderr)
    return [json.loads(line) for line in child.stdout.splitlines()]


@cache
def results(kind: str) -> list[tuple[Case, Case]]:
    all_cases = cases(kind)
    return list(zip(all_cases, read([content(case) for case in all_cases]), strict=True))


@pytest.mark.parametrize("kind", KINDS)
def test_every_text_is_read_or_refused_within_a_second(kind: str) -> None:
    slow = [case["id"] for case, result in results(kind) if result["seconds"] > 1]
    silent = [case["id"] for case, result in results(kind) if result["data"] is None and not result["codes"]]
    assert (slow, silent) == ([], [])


@pytest.mark.parametrize("kind", ["yaml", "json"])
def test_what_is_no_yaml_is_refused_or_read_as_it_stands(kind: str) -> None:
    accepted = [pair for pair in results(kind) if pair[0]["expect"] == "error" and not pair[1]["codes"]]
    changed = [
        (case["id"], word)
        for case, result in accepted
        for word in scalars(result["data"])
        if " ".join(word.split()) not in " ".join(case["text"].split())
    ]
    assert changed == []


@pytest.mark.parametrize("kind", ["yaml", "json"])
def test_built_in_bad_cases_are_refused(kind: str) -> None:
    count = len(BUILT_IN[kind])
    refused = {case["id"] for case, result in results(kind)[:count] if result["codes"]}
    assert refused >= {case["id"] for case in BUILT_IN[kind] if case["expect"] == "error"}


def test_bytes_that_are_not_utf8_are_called_so() -> None:
    named = {case["id"]: "not-utf8" in result["codes"] for case, result in results("utf8")}
    assert named == {case["id"]: not case["valid"] for case in cases("utf8")}


@pytest.mark.parametrize("form", ["quoted", "escaped", "block"])
def test_text_comes_out_as_it_went_in(form: str) -> None:
    texts = [str(case["text"]).replace("\r\n", "\n").replace("\r", "\n") for case in cases("text")]
    pairs = zip(texts, read([written(text, form) for text in texts]), strict=True)
    changed = [(text, result) for text, result in pairs if not kept(text, result)]
    assert changed == []


def kept(text: str, result: Case) -> bool:
    """Whether the text came out as it went in, or was refused because there are control characters in it."""
    codes = set(result["codes"])
    return codes == {"control-character"} if codes else result["data"] == {"a": text}


def scalars(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    else:
        for part in [*data, *data.values()] if isinstance(data, dict) else data:
            yield from scalars(part)


def written(text: str, form: str) -> bytes:
    """A file whose value `a` is the text. Single quotes fold lines, so there text of one line only."""
    doubled = text.replace("'", "''")
    block = text.replace("\n", "\n  ")
    forms = {
        "quoted": f"a: '{doubled}'\n",
        "escaped": f"a: {json.dumps(text, ensure_ascii=False)}\n",
        "block": f"a: |2-\n  {block}\n",
    }
    return forms["escaped" if form == "quoted" and "\n" in text else form].encode("utf-8", "surrogatepass")
