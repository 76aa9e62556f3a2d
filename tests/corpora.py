"""Hostile texts: a few that stand here; with HANDRAIL_CORPORA set to a folder of `<kind>.jsonl` files, those too.

A case has an `id` and a `text`, or bytes as `b64`; `expect` says of YAML and JSON whether it is some (parse, error or
any), `valid` of bytes whether they are UTF-8.
"""

import base64
import json
import os
import random
from pathlib import Path
from typing import Any

Case = dict[str, Any]
KINDS = ["yaml", "json", "utf8", "text"]

BUILT_IN: dict[str, list[Case]] = {
    "yaml": [
        {"id": "deep-list", "text": "[" * 100_000, "expect": "error"},
        {"id": "deep-mapping", "text": "a: " + "{a: " * 50_000, "expect": "error"},
        {"id": "deep-dashes", "text": "- " * 100_000, "expect": "error"},
        {"id": "alias-bomb", "text": "a: &a [x, x]\n" + "b: &b [*a, *a]\n" * 9, "expect": "error"},
        {"id": "merge-bomb", "text": "a: &a {x: y}\nb: {<<: [*a, *a]}\n", "expect": "error"},
        {"id": "object", "text": "a: !!python/object/apply:os.system [ls]\n", "expect": "error"},
        {"id": "many-problems", "text": "\t\u00a0:\n" * 200_000, "expect": "error"},
        {"id": "many-keys", "text": "Q: x\n" * 50_000, "expect": "error"},
        {"id": "many-lists", "text": "a: [" + "[]," * 1_000_000 + "]", "expect": "error"},
        {"id": "long-line", "text": "a: " + "- : #" * 500_000, "expect": "any"},
        {"id": "spaces", "text": "a:" + " " * 2_000_000 + "b: c\n" + " " * 2_000_000 + "#", "expect": "any"},
        {"id": "fine", "text": "a: b\n", "expect": "parse"},
    ],
    "json": [
        {"id": "duplicate", "text": '{"a": 1, "a": 2}', "expect": "error"},
        {"id": "fine", "text": '{"a": ["b"]}', "expect": "parse"},
    ],
    "utf8": [
        {"id": "overlong", "b64": base64.b64encode(b"\xc0\x80").decode(), "valid": False},
        {"id": "surrogate", "b64": base64.b64encode(b"\xed\xa0\x80").decode(), "valid": False},
        {"id": "utf-16", "b64": base64.b64encode("a: b".encode("utf-16")).decode(), "valid": False},
        {"id": "fine", "text": "a: \U0001f600\n", "valid": True},
    ],
    "text": [
        {"id": "quotes", "text": 'it\'s "so" \\n {{ x }} # no'},
        {"id": "breaks", "text": "a\u2028b\u2029c\x85d"},
        {"id": "spaces", "text": "  \u00a0 a \t"},
        {"id": "lines", "text": "\n  a\n\n b"},
        {"id": "control", "text": "a\x07b"},
    ],
}


def cases(kind: str) -> list[Case]:
    """Every case of a kind."""
    folder = os.environ.get("HANDRAIL_CORPORA", "")
    lines = (Path(folder) / f"{kind}.jsonl").read_text(encoding="utf-8").splitlines() if folder else []
    return BUILT_IN[kind] + [json.loads(line) for line in lines]


def content(case: Case) -> bytes:
    """Its bytes."""
    return base64.b64decode(case["b64"]) if "b64" in case else str(case["text"]).encode("utf-8", "surrogatepass")


def some(kind: str, most: int) -> list[Case]:
    """So many cases of a kind, always the same ones."""
    found = cases(kind)
    return found if len(found) <= most else random.Random(kind).sample(found, most)
