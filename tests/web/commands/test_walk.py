"""`handrail walk` with answers documents."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from engine.compiler import build_guides
from tests.web.commands.small import BROKEN, CALLING, SMALL, written
from web.cli import main

GREET = {"greet": {"option": "pays", "checks": ["seen"]}}
VALUES = {"sum": 50, "plan": "parts", "ways": ["phone"], "sure": True, "day": "2026-03-09"}
WHOLE = {
    "today": "2026-03-02",
    "given": {"name": "Ann"},
    "answers": [GREET, {"how": {"values": VALUES}}, {"thanks": {}}],
}


@pytest.fixture
def small(tmp_path: Path) -> str:
    """The path of the small guide."""
    return written(tmp_path, SMALL)[0]


def walk(*arguments: object, typed: str | None = None) -> Result:
    """What `handrail walk` says to these arguments."""
    return CliRunner().invoke(main, ["walk", *map(str, arguments)], input=typed)


def answers(guide: str, document: Any) -> Result:
    """The guide walked with this document on stdin."""
    return walk(guide, "--answers", "-", typed=json.dumps(document))


def test_a_walk_to_its_end(small: str) -> None:
    done = answers(small, WHOLE)
    told = json.loads(done.stdout)
    assert (done.exit_code, done.stderr) == (0, "")
    assert {key: told[key] for key in ("status", "step", "outcome", "refused", "records")} == {
        "status": "ended",
        "step": "end",
        "outcome": "done",
        "refused": None,
        "records": [],
    }
    assert [visit["step"] for visit in told["path"]] == ["greet", "how", "thanks", "end"]
    assert told["values"]["sum"] == "50.00"
    assert told["screen"]["say"] == "Goodbye"


def test_the_path_tells_how_each_step_was_answered(small: str) -> None:
    told = json.loads(answers(small, WHOLE).stdout)
    assert told["path"][0] == {
        "guide": "small",
        "step": "greet",
        "occurrence": 1,
        "automatic": False,
        "answer": {"option": "pays", "values": {}, "checks": ["seen"]},
    }
    assert told["path"][3]["answer"] is None
    assert told["seq"] == 10


def test_a_yaml_document_says_the_same(small: str, tmp_path: Path) -> None:
    file = tmp_path / "answers.txt"
    file.write_text(
        "today: 2026-03-02\ngiven: {name: Ann}\nanswers:\n  - greet: {option: pays, checks: [seen]}\n"
        "  - how:\n      values: {sum: 50, plan: parts, ways: [phone], sure: true, day: 2026-03-09}\n  - thanks: {}\n"
    )
    assert walk(small, "--answers", file).stdout == answers(small, WHOLE).stdout


def test_a_refused_answer_stops_the_walk(small: str) -> None:
    done = answers(small, {**WHOLE, "answers": [GREET, {"how": {"values": {**VALUES, "sum": 101}}}, {"thanks": {}}]})
    told = json.loads(done.stdout)
    assert (done.exit_code, told["step"], told["refused"]["sum"]["code"]) == (1, "how", "too-large")
    assert done.stderr == f"sum: {told['refused']['sum']['message']}\n"


def test_missing_given_values_are_refused_before_the_first_step(small: str) -> None:
    done = answers(small, {"answers": [GREET]})
    told = json.loads(done.stdout)
    assert done.exit_code == 1
    assert (told["step"], told["path"], told["screen"], told["seq"]) == (None, [], None, 0)
    assert told["refused"]["name"]["code"] == "missing"


def test_a_step_that_is_not_on_the_screen_is_refused(small: str) -> None:
    done = answers(small, {**WHOLE, "answers": [{"how": {}}]})
    assert done.exit_code == 1
    assert "the step on the screen is 'greet'" in done.stderr


@pytest.mark.parametrize(
    ("document", "told"),
    [
        ("[]", "write {given: …, answers: […]}"),
        ("{oops", "this is not JSON"),
        ('{"answers": [1]}', "answers[0]: "),
        ("given: {name: Ann}\nanswers: &x []\n", "-:2:10: error: "),
        ("", "write {given: …, answers: […]}"),
        ("[" * 5000, "cannot be read"),
        ('{"a":' * 100_000, "this is not JSON"),
    ],
)
def test_a_bad_document_is_told_with_exit_code_2(small: str, document: str, told: str) -> None:
    done = walk(small, "--answers", "-", typed=document)
    assert (done.exit_code, done.stdout) == (2, "")
    assert told in done.stderr


def test_a_document_that_is_not_text_is_told_with_exit_code_2(small: str, tmp_path: Path) -> None:
    (tmp_path / "noise").write_bytes(b"\xff\xfe")
    done = walk(small, "--answers", tmp_path / "noise")
    assert (done.exit_code, "byte 0 is not UTF-8" in done.stderr) == (2, True)


def test_a_guide_with_errors_is_not_walked(tmp_path: Path) -> None:
    (file,) = written(tmp_path, BROKEN)
    done = answers(file, {})
    assert done.exit_code == 1
    assert f"{file}:5:27: error: " in done.stderr


def test_called_guides_are_found_beside_it_or_in_a_folder(tmp_path: Path) -> None:
    (tmp_path / "near").mkdir()
    (tmp_path / "far").mkdir()
    (calling,) = written(tmp_path / "near", CALLING)
    written(tmp_path / "far", SMALL)
    document = {"answers": [{"small/greet": {"option": "leaves", "checks": ["seen"]}}]}
    assert answers(calling, document).exit_code == 1
    done = walk(calling, "--guides", tmp_path / "far", "--answers", "-", typed=json.dumps(document))
    assert (done.exit_code, json.loads(done.stdout)["outcome"]) == (0, "done")


@pytest.mark.parametrize("file", sorted(Path("guides").glob("*.yaml")), ids=lambda file: str(file.stem))
def test_every_walkthrough_of_a_shipped_guide_is_an_answers_document(file: Path) -> None:
    guide = build_guides({file.name: file.read_bytes()})[file.stem]
    lines = [json.dumps({"id": each.name, **each.script}) for each in guide.walkthroughs]
    done = walk(file, "--batch", "-", typed="\n".join(lines))
    ends = {case["id"]: case["outcome"] for case in map(json.loads, done.stdout.splitlines())}
    assert ends == {each.name: each.script.get("ends") for each in guide.walkthroughs}


def test_a_batch_walks_a_thousand_cases(small: str) -> None:
    lines = [json.dumps({"id": number, **WHOLE, "given": {"name": f"Ann {number}"}}) for number in range(1000)]
    done = walk(small, "--batch", "-", typed="\n".join(lines))
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.exit_code == 0
    assert [case["id"] for case in told] == list(range(1000))
    assert {case["outcome"] for case in told} == {"done"}
    assert told[7]["values"]["name"] == "Ann 7"


def test_a_bad_case_does_not_stop_the_others(small: str, tmp_path: Path) -> None:
    refused = {**WHOLE, "answers": [{"greet": {"option": "pays"}}], "id": "r"}
    file = tmp_path / "cases.jsonl"
    file.write_text(
        "\n".join([json.dumps({"id": "a", **WHOLE}), "{", '{"id": "b", "answer": []}', "", json.dumps(refused)])
    )
    done = walk(small, "--batch", file)
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.exit_code == 1
    assert [case["id"] for case in told] == ["a", None, "b", "r"]
    assert ["error" in case for case in told] == [False, True, True, False]
    assert told[3]["refused"]["check:seen"]["code"] == "missing"


def test_answers_and_batch_exclude_each_other(small: str) -> None:
    done = walk(small, "--answers", "-", "--batch", "-")
    assert (done.exit_code, "not both" in done.stderr) == (2, True)
