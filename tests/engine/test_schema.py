"""The shape of a guide: `schemas/guide.schema.json` and its errors in plain words."""

import json
from decimal import Decimal
from typing import Any

import jsonschema
import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import schema
from engine.problems import Finding
from engine.source import Document, parse
from tests.sizes import ROOT

GUIDE = """guide: x
title: X
outcomes: {done: {label: Done, kind: success}}
steps:
  one: {outcome: done}
"""
FIELD = GUIDE + "fields:\n  a: {type: text, "
STEP = GUIDE[: GUIDE.index("  one")] + "  one:\n    outcome: done\n    "
EXIT = GUIDE[: GUIDE.index("  one")] + "  one:\n    "
WALK = GUIDE + "walkthroughs:\n  - name: a\n    answers:\n      - "
RULE = GUIDE + "rules:\n  - {id: a, "

# code, guide, line, column, what message or hint must say
WRONG = [
    ("missing-key", GUIDE.replace("title: X\n", ""), 1, 1, "a guide needs 'title'"),
    ("missing-key", GUIDE.replace("label: Done, ", ""), 3, 12, "'done' needs 'label'"),
    ("missing-key", EXIT + "branch:\n      - {when: a}\n", 7, 9, "this needs 'to'"),
    ("missing-key", EXIT + "call: {otherwise: one}\n", 6, 5, "'call' needs 'guide'"),
    ("missing-key", EXIT + "options: {also: [{id: a, label: A, to: one}]}\n", 6, 5, "'options' needs 'use'"),
    ("unknown-key", GUIDE + "titel: x\n", 6, 1, "did you mean 'title'?"),
    ("unknown-key", GUIDE + "zzz: x\n", 6, 1, "the keys here are guide, title"),
    ("unknown-key", EXIT + "nxt: one\n", 6, 5, "did you mean 'next'?"),
    ("unknown-key", FIELD + "labl: x}\n", 7, 19, "did you mean 'label'?"),
    ("unknown-key", WALK + "one: {optn: a}\n", 9, 15, "did you mean 'option'?"),
    ("missing-key", GUIDE + "documents: {note: {kind: summary, title: X}}\n", 6, 13, "add 'body:'"),
    ("empty", EXIT + "outcome: done\n    images: []\n", 7, 5, "leave the key out"),
    ("missing-key", EXIT + "outcome: done\n    images: [{file: a.png}]\n", 7, 14, "add 'alt:'"),
    ("not-allowed-value", FIELD + "from: agent}\n", 7, 25, "write agent.name, client.name"),
    ("not-allowed-value", FIELD.replace("type: text", "type: mail") + "label: E}\n", 7, 13, "did you mean 'email'?"),
    ("empty", EXIT + "outcome: done\n    records: []\n", 7, 5, "leave the key out"),
    ("wrong-type", GUIDE + "tags: x\n", 6, 7, "'tags' is a list, not 'x'"),
    ("wrong-type", GUIDE + "stages: []\n", 6, 9, "'key: value' lines"),
    ("wrong-type", GUIDE + "audience: [staff]\n", 6, 11, "'audience' is a text, not a list"),
    ("wrong-type", GUIDE.replace("{outcome: done}", "done"), 5, 8, "'one' is a mapping of keys and values, not 'done'"),
    ("wrong-type", STEP + "points:\n      - Note: x\n", 8, 9, "put quotes round it"),
    ("wrong-type", STEP + "say: [a]\n", 7, 10, "'say' is a text, not a list"),
    ("wrong-type", STEP + "set: {a: [1]}\n", 7, 14, "'a' is a text, not a list"),
    ("wrong-type", STEP + "ask: [[a]]\n", 7, 11, "an entry of 'ask' is a text or a mapping"),
    ("wrong-type", STEP + "checks: [{id: a, label: A, required: no}]\n", 7, 42, "write true or false"),
    ("wrong-type", EXIT + "options: one\n", 6, 14, "a list or a mapping of keys and values, not 'one'"),
    ("wrong-type", FIELD + "required: yes}\n", 7, 29, "write true or false"),
    ("wrong-type", FIELD + "given: 'true'}\n", 7, 26, "leave out the quotes"),
    ("wrong-type", FIELD + "decimals: 07}\n", 7, 29, "write 7"),
    ("wrong-type", FIELD + "days: 1_000}\n", 7, 25, "write 1000"),
    ("wrong-type", FIELD + "max_length: 1.5}\n", 7, 31, "write it like 12"),
    ("wrong-type", FIELD + "step: 1e3}\n", 7, 25, "write it like 0.5"),
    ("wrong-type", FIELD + "options: x}\n", 7, 28, "'options' is a list or a mapping"),
    ("wrong-type", WALK + "one\n", 9, 9, "an entry of 'answers' is a mapping"),
    ("not-allowed-value", GUIDE.replace("success", "succes"), 3, 38, "did you mean 'success'?"),
    ("not-allowed-value", GUIDE + "audience: all\n", 6, 11, "use one of staff, public"),
    ("not-allowed-value", GUIDE + "language: english\n", 6, 11, "en or de-CH"),
    ("not-allowed-value", GUIDE + "review_by: soon\n", 6, 12, "2027-05-01"),
    ("not-allowed-value", FIELD + "currency: euro}\n", 7, 29, "EUR"),
    ("bad-id", GUIDE.replace("guide: x", "guide: X y"), 1, 8, "'X y' is not an id"),
    ("bad-id", GUIDE.replace("guide: x", 'guide: "x\\n"'), 1, 8, "'x ' is not an id"),
    ("bad-id", GUIDE.replace("  one:", "  One:"), 5, 3, "first-time"),
    ("bad-id", GUIDE + "fields:\n  a-b: {type: text}\n", 7, 3, "amount_due"),
    ("bad-id", STEP + "ask: [A]\n", 7, 11, "amount_due"),
    ("bad-id", FIELD + "options: {B: b}}\n", 7, 29, "'B' is not an id"),
    ("reserved-id", GUIDE.replace("  one:", "  back:"), 5, 3, "another id"),
    ("reserved-id", GUIDE.replace("  one:", "  change:"), 5, 3, "another id"),
    ("too-long", GUIDE.replace("title: X", f"title: {'x' * 201}"), 2, 8, "at most 200"),
    ("too-long", GUIDE.replace("  one:", f"  {'x' * 65}:"), 5, 3, "at most 64"),
    ("too-long", STEP + f"tags: [{', '.join('x' * 51)}]\n", 7, 11, "too many entries"),
    ("too-long", WALK + "{one: a, two: b}\n", 9, 9, "at most 1"),
    ("too-short", GUIDE + "walkthroughs: [{name: a, answers: [], locale: d}]\n", 6, 47, "fewer than 2"),
    ("out-of-range", FIELD + "min_length: -1}\n", 7, 31, "at least 0, not -1"),
    ("out-of-range", FIELD + "decimals: 11}\n", 7, 29, "at most 10, not 11"),
    ("out-of-range", FIELD + "step: 0}\n", 7, 25, "more than 0, not 0"),
    ("empty", GUIDE.replace("title: X", "title:"), 2, 1, "'title' is empty"),
    ("empty", GUIDE.replace("guide: x", "guide:"), 1, 1, "'guide' has no value"),
    ("empty", GUIDE.replace(" {outcome: done}", ""), 5, 3, "'one' has no value"),
    ("empty", GUIDE.replace("kind: success", "kind: ''"), 3, 32, "use one of success"),
    ("empty", GUIDE + "stages: {}\n", 6, 1, "'stages' is empty"),
    ("empty", STEP + "points:\n", 7, 5, "write a list after it"),
    ("empty", EXIT + "options: []\n", 6, 5, "'options' is empty"),
    ("no-exit", GUIDE.replace("outcome: done", "say: Hello"), 5, 3, "'one' does not say how it goes on"),
    ("two-exits", STEP + "next: one\n", 7, 5, "2 ways: outcome and next"),
    ("unclear-rule", RULE + "because: x}\n", 7, 5, "add one of every_path_to, no_path_from, longest_path"),
    ("unclear-rule", RULE + "longest_path: 5, to: {step: a}}\n", 7, 30, "'to' does not go with 'longest_path'"),
    ("missing-key", RULE + "every_path_to: {step: a}, passes: {tag: b}}\n", 7, 5, "this needs 'because'"),
    ("too-long", RULE + "every_path_to: {step: a, tag: b}, passes: {tag: b}, because: x}\n", 7, 28, "at most 1"),
    ("two-exits", EXIT + "next: one\n    branch: [{to: one}]\n", 7, 5, "keep one of them"),
]

FINE = [
    GUIDE,
    FIELD + "label: A, given: true, required: false, min_length: 1, max_length: 9, pattern: x, message: y}\n",
    GUIDE + "fields:\n  a: {type: number, min: 0.5, max: today, step: 0.25, decimals: 2, default: 1, unit: kg}\n",
    GUIDE + "fields:\n  a: {type: choices, options: {a: A}, none_option: a}\n",
    GUIDE + "fields:\n  a: {type: choice, options: [{id: a, label: A, hint: h}]}\n",
    GUIDE + "fields:\n  a: {type: integer, fact: promises_broken, by: us, days: 365}\n",
    GUIDE + "option_sets: {a: [{id: a, label: A, to: one, when: b, set: {c: 1}}]}\n",
    EXIT + "options: {use: a, also: [{id: b, label: B, to: one}]}\n",
    EXIT + "branch: [{when: a, to: one}, {to: one}]\n",
    EXIT + "call: {guide: y, with: {a: b}, take: {c: d}, on: {done: one}, otherwise: one}\n",
    EXIT
    + "next: one\n    ask: [a, {field: b, required: false, when: c}]\n    checks: [{id: a, label: A, source: s}]\n",
    WALK + "one: a\n      - one: {option: a, values: {b: 1, c: [d]}, checks: [e]}\n      - back: true\n",
    WALK
    + "change: {other/one: a}\n      - back: one\n      - one: {}\n    ends: done\n    refuses: {check:a: missing}\n",
    *[file.read_text(encoding="utf-8") for file in sorted((ROOT / "guides").glob("*.yaml"))],
]


def document(text: str) -> Document:
    read, problems = parse(text)
    assert read is not None, problems
    return read


def found(text: str) -> list[tuple[Finding, tuple[int, int]]]:
    read = document(text)
    return [(finding, read.position(finding.place)) for finding in schema.check(read)[1]]


def verdicts(data: Any) -> tuple[bool, bool]:
    """What the fast validator says of the data, and the one that words the errors."""
    checker = schema._checker()
    return checker.fast.is_valid(data), checker.slow.is_valid(data)


@pytest.mark.parametrize(("code", "text", "line", "column", "words"), WRONG, ids=lambda part: str(part)[-40:])
def test_what_is_wrong_is_told_in_its_place(code: str, text: str, line: int, column: int, words: str) -> None:
    told = {(finding.code, place): f"{finding.message}; {finding.hint}" for finding, place in found(text)}
    assert words in told[code, (line, column)]


@pytest.mark.parametrize("text", [case[1] for case in WRONG])
def test_every_finding_says_what_to_do_and_is_told_once(text: str) -> None:
    findings = [finding for finding, _ in found(text)]
    assert all(finding.hint for finding in findings)
    assert len({finding.place for finding in findings}) == len(findings)


@pytest.mark.parametrize("text", FINE)
def test_what_the_format_allows_is_accepted(text: str) -> None:
    assert found(text) == []


def test_the_example_of_the_format_has_its_shape() -> None:
    text = (ROOT / "tests" / "engine" / "late-payment-short.yaml").read_text(encoding="utf-8")
    assert found(text) == []


@pytest.mark.parametrize("text", FINE + [case[1] for case in WRONG])
def test_both_validators_come_to_the_same_verdict(text: str) -> None:
    fast, slow = verdicts(schema.check(document(text))[0])
    assert fast == slow == (text in FINE)


JSON = st.recursive(
    st.one_of(st.text("ab-_A9\n", max_size=4), st.integers(-2, 12), st.booleans(), st.decimals(0, 2, places=2)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(
                ["guide", "title", "steps", "outcomes", "fields", "one", "type", "options", "next", "back", "B"]
            ),
            inner,
            max_size=4,
        ),
    ),
    max_leaves=12,
)


@settings(deadline=None, max_examples=150)
@given(st.sampled_from(["fields", "steps", "outcomes", "option_sets", "walkthroughs", "stages", "guide"]), JSON)
def test_both_validators_agree_on_anything(part: str, value: object) -> None:
    fast, slow = verdicts({**document(GUIDE).data, part: value})
    assert fast == slow


@settings(deadline=None, max_examples=80)
@given(st.sampled_from(["fields", "steps", "outcomes", "option_sets", "walkthroughs", "stages"]), JSON)
def test_no_shape_is_without_words(part: str, value: object) -> None:
    text = json.dumps({**document(GUIDE).data, part: value}, default=str)
    read, problems = parse(text)
    assert problems or (read and all(finding.message for finding in schema.check(read)[1]))


def test_numbers_and_booleans_are_made_where_they_are_due_only() -> None:
    text = GUIDE + (
        "fields:\n  a: {type: number, label: true, given: true, required: false, step: 0.50, decimals: 2, min: 1,"
        " default: 3, days: 4}\n"
    )
    field = schema.check(document(text))[0]["fields"]["a"]
    assert field["step"] == Decimal("0.50")
    assert list(map(repr, field.values())) == [
        *("'number'", "'true'", "True", "False", "Decimal('0.50')", "2", "'1'", "'3'", "4")
    ]


def test_checking_leaves_the_document_as_it_was() -> None:
    read = document(FIELD + "given: true}\n")
    data = schema.check(read)[0]
    data["steps"]["one"]["outcome"] = "other"
    assert read.data["fields"]["a"]["given"] == "true"
    assert read.data["steps"]["one"]["outcome"] == "done"


def test_one_wrong_step_among_many_is_found() -> None:
    """The slow validator reads what the fast one has found wrong."""
    steps = "".join(f"  s{number}: {{outcome: done}}\n" for number in range(500))
    text = GUIDE + steps + "  last: {otcome: done}\nstages: {}\n"
    assert sorted((finding.code, place) for finding, place in found(text)) == [
        ("empty", (507, 1)),
        ("no-exit", (506, 3)),
        ("unknown-key", (506, 10)),
    ]


def test_many_sound_steps_hide_no_other_mistake() -> None:
    steps = "".join(f"  s{number}: {{outcome: done}}\n" for number in range(100))
    assert [finding.code for finding, _ in found(GUIDE.replace("title: X\n", "") + steps)] == ["missing-key"]


def test_too_many_entries_are_told_of_the_whole() -> None:
    outcomes = "".join(f"  o{number}: {{label: A, kind: success}}\n" for number in range(201))
    text = GUIDE.replace(" {done: {label: Done, kind: success}}", "\n" + outcomes.rstrip("\n"))
    assert [finding.code for finding, _ in found(text)] == ["too-long"]


def test_the_schema_is_a_schema() -> None:
    published = json.loads(schema.schema_text())
    jsonschema.Draft202012Validator.check_schema(published)
    assert jsonschema_rs.meta.is_valid(published)


def test_the_schema_never_says_one_of() -> None:
    assert '"oneOf"' not in schema.schema_text()
