"""What a fresh machine installs is pinned by content, and no lock names a server."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
PACKAGES: dict[str, Any] = json.loads((ROOT / "package-lock.json").read_text())["packages"]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())


def _names(text: str) -> set[str]:
    return {name.lower() for name in re.findall(r"^([A-Za-z0-9_.-]+)==", text, re.MULTILINE)}


def _wanted(requirements: list[str]) -> set[str]:
    return {re.split(r"[^A-Za-z0-9_.-]", requirement)[0].lower() for requirement in requirements}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_every_locked_python_package_has_a_hash(lock: Path) -> None:
    pins = re.split(r"\n(?=[a-z])", re.sub(r"^\s*#.*\n", "", lock.read_text(), flags=re.MULTILINE))
    assert [pin for pin in pins if "--hash=sha256:" not in pin] == []


@pytest.mark.parametrize("file", [*LOCKS, ROOT / "package-lock.json", ROOT / ".npmrc"], ids=lambda file: file.name)
def test_no_lock_names_a_server(file: Path) -> None:
    assert re.findall(r"https?:|--(?:extra-)?index|--find-links|\"resolved\"|registry=", file.read_text()) == []


def test_every_locked_front_end_package_has_a_hash() -> None:
    assert [name for name, package in PACKAGES.items() if name and "integrity" not in package] == []


def test_the_locks_cover_what_the_project_asks_for() -> None:
    serve, test = (_names((ROOT / "requirements" / f"{name}.txt").read_text()) for name in ("serve", "test"))
    assert _wanted(PROJECT["project"]["dependencies"]) <= serve
    assert _wanted(PROJECT["dependency-groups"]["test"]) <= test
    mutants = _names((ROOT / "requirements" / "mutants.txt").read_text())
    assert _wanted(PROJECT["dependency-groups"]["mutants"]) <= mutants


def test_the_front_end_lock_matches_its_package_file() -> None:
    package = json.loads((ROOT / "package.json").read_text())
    assert {key: PACKAGES[""].get(key) for key in ("dependencies", "devDependencies")} == {
        key: package.get(key) for key in ("dependencies", "devDependencies")
    }
