"""The habits of the house that a program can hold us to: who may import whom, how long things get, what is not said."""

import ast
import re
import subprocess
import sys
from pathlib import Path

from tests.sizes import ROOT, Size, file_sizes, function_sizes, modules, parsed

OURS = ("bench", "engine", "guides", "tests", "web")
SOURCES = (".css", ".html", ".py", ".ts", ".yaml")
LONGEST_FUNCTION, LONGEST_FILE, LONGEST_TEMPLATE = 40, 400, 80

# The brackets keep this file from finding itself.
UNFINISHED = re.compile(
    r"TO[D]O|FIX[M]E|NotImplemented[E]rror|pytest\.(mark\.)?(sk[i]p|xfail|importorskip)|unittest\.[m]ock"
)
VAGUE_NAMES = {"common", "helper", "helpers", "manager", "managers", "misc", "util", "utils"}


def _over(sizes: list[Size], limit: int) -> list[str]:
    return [f"{place}: {lines} lines, at most {limit}" for place, lines in sizes if lines > limit]


def _may_import_late(file: Path) -> bool:
    """The command line imports heavy things inside its commands, so that `--help` is quick."""
    return file.is_relative_to(ROOT / "web" / "commands") or file == ROOT / "web" / "cli.py"


def _late_imports(file: Path) -> list[str]:
    functions = (node for node in ast.walk(parsed(file)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    inner = (node for function in functions for node in ast.walk(function))
    return [f"{file}:{node.lineno}" for node in inner if isinstance(node, ast.Import | ast.ImportFrom)]


def _sources() -> list[Path]:
    files = (file for folder in OURS for file in (ROOT / folder).rglob("*") if file.suffix in SOURCES)
    return sorted(file for file in files if "dist" not in file.parts)


def test_imports_keep_to_their_layers_and_homes() -> None:
    lint = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-cache"]
    told = subprocess.run(lint, cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout + told.stderr


def test_no_function_is_too_long() -> None:
    assert _over(function_sizes(), LONGEST_FUNCTION) == []


def test_no_file_is_too_long() -> None:
    assert _over(file_sizes(), LONGEST_FILE) == []


def test_no_template_is_too_long() -> None:
    templates = sorted((ROOT / "web" / "templates").rglob("*.*"))
    sizes = [Size(str(file.relative_to(ROOT)), file.read_text().count("\n")) for file in templates]
    assert _over(sizes, LONGEST_TEMPLATE) == []


def test_imports_stand_at_the_top() -> None:
    assert [place for file in modules() if not _may_import_late(file) for place in _late_imports(file)] == []


def test_no_import_is_hidden_from_the_contracts() -> None:
    assert [str(file) for file in modules() if "TYPE_CHECKING" in file.read_text()] == []


def test_package_files_are_empty() -> None:
    assert [str(file) for file in modules() if file.name == "__init__.py" and file.read_text()] == []


def test_modules_are_named_for_what_they_are() -> None:
    assert [str(file) for file in modules() if VAGUE_NAMES & {*file.parts, file.stem}] == []


def test_nothing_is_left_unfinished_or_skipped() -> None:
    found = [f"{file}: {hit.group()}" for file in _sources() if (hit := UNFINISHED.search(file.read_text()))]
    assert found == []
