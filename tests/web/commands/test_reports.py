"""The formats of `handrail check` for other programs."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result

from engine.problems import Position, Problem, Severity
from tests.web.commands.small import BROKEN, SMALL, written
from web.cli import main
from web.commands.reports import github, sarif

ODD = Problem("unknown-step", "100% odd:\na, b", Position(3, 7), "mend, it", Severity.INFO, "a b/c,d:e%.yaml")

TEXT: dict[str, Any] = {
    "type": "object",
    "required": ["text"],
    "properties": {"text": {"type": "string", "minLength": 1}},
}
LEVEL = {"enum": ["none", "note", "warning", "error"]}
RULE = {
    "type": "object",
    "required": ["id"],
    "properties": {
        "id": {"type": "string"},
        "shortDescription": TEXT,
        "help": {**TEXT, "properties": {**TEXT["properties"], "markdown": {"type": "string"}}},
        "defaultConfiguration": {"properties": {"level": LEVEL}, "additionalProperties": False},
    },
    "additionalProperties": False,
}
PLACE = {
    "type": "object",
    "required": ["physicalLocation"],
    "properties": {
        "physicalLocation": {
            "properties": {
                "artifactLocation": {
                    "properties": {"uri": {"type": "string", "pattern": "^[A-Za-z0-9._~:/%-]+$"}},
                    "additionalProperties": False,
                },
                "region": {
                    "properties": {
                        "startLine": {"type": "integer", "minimum": 1},
                        "startColumn": {"type": "integer", "minimum": 1},
                    },
                    "additionalProperties": False,
                },
            },
            "additionalProperties": False,
        }
    },
    "additionalProperties": False,
}
RESULT = {
    "type": "object",
    "required": ["message"],
    "properties": {
        "ruleId": {"type": "string"},
        "ruleIndex": {"type": "integer", "minimum": 0},
        "level": LEVEL,
        "message": TEXT,
        "locations": {"type": "array", "items": PLACE},
    },
    "additionalProperties": False,
}
RUN = {
    "type": "object",
    "required": ["tool"],
    "properties": {
        "tool": {
            "required": ["driver"],
            "properties": {
                "driver": {
                    "required": ["name"],
                    "properties": {
                        "name": {"type": "string"},
                        "version": {"type": "string"},
                        "rules": {"type": "array", "items": RULE, "uniqueItems": True},
                    },
                    "additionalProperties": False,
                }
            },
            "additionalProperties": False,
        },
        "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
        "results": {"type": "array", "items": RESULT},
    },
    "additionalProperties": False,
}
SARIF = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {
        "$schema": {"type": "string"},
        "version": {"const": "2.1.0"},
        "runs": {"type": "array", "items": RUN},
    },
    "additionalProperties": False,
}
"""The part of the SARIF 2.1.0 schema (OASIS) that we write, closed, so that nothing outside it slips in."""


def check(*arguments: str) -> Result:
    """What `handrail check` says to these arguments."""
    return CliRunner().invoke(main, ["check", *arguments])


def run_of(report: str) -> Any:
    """The one run of a SARIF report, which is held to the schema."""
    told = json.loads(report)
    jsonschema.Draft202012Validator(SARIF).validate(told)
    (run,) = told["runs"]
    return run


def test_sarif_has_the_problem_its_place_and_its_help(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path, BROKEN)
    monkeypatch.chdir(tmp_path)
    done = check("broken.yaml", "--format", "sarif")
    run = run_of(done.stdout)
    (result,), (rule,) = run["results"], run["tool"]["driver"]["rules"]
    assert (done.exit_code, done.stderr) == (1, "")
    assert (result["ruleId"], result["level"], rule["id"]) == ("unknown-step", "error", "unknown-step")
    place = result["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": "broken.yaml"}, "region": {"startLine": 5, "startColumn": 27}}
    assert rule["shortDescription"]["text"] == "A step that does not exist."
    assert "\nMended:\n" in rule["help"]["markdown"]


def test_sarif_names_each_rule_once_and_places_files_by_address(tmp_path: Path) -> None:
    warned = SMALL.replace(
        "  day: {", "  spare: {type: text, label: Spare}\n  spare_2: {type: text, label: Two}\n  day: {"
    )
    written(tmp_path, warned, BROKEN)
    run = run_of(check(str(tmp_path), "--format", "sarif").stdout)
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["unknown-step", "unused-field"]
    assert [result["ruleIndex"] for result in run["results"]] == [0, 1, 1]
    uri = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == f"file://{tmp_path}/broken.yaml"


def test_sarif_of_sound_guides_and_odd_names() -> None:
    assert run_of(check("guides", "--format", "sarif").stdout)["results"] == []
    (result,) = run_of(sarif(1, [ODD]))["results"]
    assert result["level"] == "note"
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "a%20b/c%2Cd%3Ae%25.yaml"


def test_github_marks_the_line(tmp_path: Path) -> None:
    (file,) = written(tmp_path, BROKEN)
    done = check(file, "--format", "github")
    assert done.exit_code == 1
    assert done.stdout.startswith(f"::error file={file},line=5,col=27,title=unknown-step::'tow' is not a step")
    assert done.stderr == "1 guide, 1 error\n"


def test_github_is_told_in_its_own_escapes() -> None:
    assert github(1, [ODD]) == (
        "::notice file=a b/c%2Cd%3Ae%25.yaml,line=3,col=7,title=unknown-step::100%25 odd:%0Aa, b; mend, it"
    )


def test_where_there_is_nothing_to_tell_github_is_told_nothing() -> None:
    assert check("guides", "--format", "github").stdout == ""


def test_the_installed_command_writes_sarif(tmp_path: Path) -> None:
    written(tmp_path, BROKEN)
    program = Path(sys.executable).with_name("handrail")
    command = [str(program), "check", str(tmp_path), "--format", "sarif"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "")
    assert len(run_of(done.stdout)["results"]) == 1
