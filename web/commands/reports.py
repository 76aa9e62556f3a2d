"""Problems in the formats of `handrail check`: for people, for programs, for the tools beside pull requests."""

import json
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import quote

from engine.problems import Problem, Severity
from engine.rules.catalogue import CODES, Code
from web import manual

_SARIF_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_GITHUB_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def text(_guides: int, problems: Sequence[Problem]) -> str:
    """A line for each problem."""
    return "\n".join(map(str, problems))


def plain(guides: int, problems: Sequence[Problem]) -> str:
    """One JSON document, as CONTRACTS §2 says."""
    return json.dumps({"guides": guides, "problems": list(map(_plain, problems))}, ensure_ascii=False)


def github(_guides: int, problems: Sequence[Problem]) -> str:
    """A workflow command of GitHub Actions for each problem: it marks the line in a pull request."""
    return "\n".join(map(_command, problems))


def sarif(_guides: int, problems: Sequence[Problem]) -> str:
    """SARIF 2.1.0, the format of code scanning, with the help page of each problem that there is."""
    codes = sorted({problem.code for problem in problems})
    driver = {"name": "Handrail", "version": version("handrail"), "rules": [_rule(CODES[code]) for code in codes]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(problem, codes.index(problem.code)) for problem in problems],
    }
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    return json.dumps({"$schema": schema, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


FORMATS: Mapping[str, Callable[[int, Sequence[Problem]], str]] = {
    "text": text,
    "json": plain,
    "sarif": sarif,
    "github": github,
}


def _plain(problem: Problem) -> dict[str, Any]:
    return {
        "file": problem.file,
        "line": problem.position.line,
        "column": problem.position.column,
        "severity": str(problem.severity),
        "code": problem.code,
        "message": problem.message,
        "hint": problem.hint,
    }


def _sentence(problem: Problem) -> str:
    return f"{problem.message}; {problem.hint}" if problem.hint else problem.message


def _command(problem: Problem) -> str:
    """The form is GitHub's, and so is the escaping: `%` and line ends everywhere, `:` and `,` in properties."""
    line, column = problem.position
    place = f"file={_property(problem.file)},line={line},col={column},title={_property(problem.code)}"
    return f"::{_GITHUB_LEVELS[problem.severity]} {place}::{_data(_sentence(problem))}"


def _data(words: str) -> str:
    return words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(words: str) -> str:
    return _data(words).replace(":", "%3A").replace(",", "%2C")


def _rule(code: Code) -> dict[str, Any]:
    page = manual.page(code.code).strip()
    return {
        "id": code.code,
        "shortDescription": {"text": manual.heading(code)},
        "help": {"text": page, "markdown": page},
        "defaultConfiguration": {"level": _SARIF_LEVELS[code.severity]},
    }


def _result(problem: Problem, index: int) -> dict[str, Any]:
    line, column = problem.position
    place = {
        "artifactLocation": {"uri": _uri(Path(problem.file))},
        "region": {"startLine": line, "startColumn": column},
    }
    return {
        "ruleId": problem.code,
        "ruleIndex": index,
        "level": _SARIF_LEVELS[problem.severity],
        "message": {"text": _sentence(problem)},
        "locations": [{"physicalLocation": place}],
    }


def _uri(file: Path) -> str:
    return file.as_uri() if file.is_absolute() else quote(file.as_posix())
