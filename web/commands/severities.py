"""Which warnings matter in a folder: `handrail.toml` beside the guides."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from engine.errors import HandrailError
from engine.problems import Problem, Severity, suggestion
from engine.rules.catalogue import CODES
from web.commands import files

NAME = "handrail.toml"
_LEVELS: Mapping[str, Severity | None] = {"off": None, "warning": Severity.WARNING, "error": Severity.ERROR}


class SeveritiesError(HandrailError):
    """A `handrail.toml` that cannot be used: every mistake on a line of its own."""

    def __init__(self, file: Path, mistakes: Iterable[str]) -> None:
        super().__init__("\n".join(f"{file}: {mistake}" for mistake in mistakes))


def weighed(problems: Iterable[Problem]) -> Iterator[Problem]:
    """The problems as severe as the folder of each file says; those that are off left out. Raises `SeveritiesError`."""
    of_folder = lru_cache(_of_folder)
    for problem in problems:
        severity = of_folder(Path(problem.file).parent).get(problem.code, problem.severity)
        if severity is not None:
            yield problem if severity == problem.severity else replace(problem, severity=severity)


def _of_folder(folder: Path) -> Mapping[str, Severity | None]:
    file = folder / NAME
    if not file.is_file():
        return {}
    try:
        told = tomllib.loads(files.read(file).decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SeveritiesError(file, [f"this is not TOML: {error}."]) from None
    if mistakes := list(_mistakes(told)):
        raise SeveritiesError(file, mistakes)
    return {code: _LEVELS[level] for code, level in told.get("severity", {}).items()}


def _mistakes(told: Mapping[str, Any]) -> Iterator[str]:
    for key in told.keys() - {"severity"}:
        yield f"'{key}' is no setting for guides; the only one is 'severity'."
    levels = told.get("severity", {})
    if not isinstance(levels, dict):
        yield 'write [severity] and below it lines like long-say = "off".'
        return
    for code, level in levels.items():
        if code not in CODES:
            yield f"there is no problem '{code}'; {suggestion(code, CODES) or '`handrail help` lists them all.'}"
        elif not isinstance(level, str) or level not in _LEVELS:
            yield f'{code} is "off", "warning" or "error", not {level!r}.'
        elif CODES[code].severity is Severity.ERROR and level != "error":
            yield f"'{code}' is an error and stays one: a guide with it cannot be walked."
