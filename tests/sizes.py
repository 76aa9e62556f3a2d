"""How long our functions and files are, in lines of code: without blank lines, comments and docstrings.

python -m tests.sizes      prints the medians, which are looked at and not tested
"""

import ast
import io
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from statistics import median
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
_NOT_CODE = {
    tokenize.COMMENT,
    tokenize.DEDENT,
    tokenize.ENCODING,
    tokenize.ENDMARKER,
    tokenize.INDENT,
    tokenize.NEWLINE,
    tokenize.NL,
}
_WITH_DOCSTRING = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


class Size(NamedTuple):
    """A function or a file: `engine/walker.py:41 answer`, and its lines of code."""

    place: str
    lines: int


@cache
def parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text())


def modules() -> list[Path]:
    """Every Python file of the product."""
    return sorted(file for folder in ("engine", "web") for file in (ROOT / folder).rglob("*.py"))


def file_sizes() -> list[Size]:
    return [Size(str(file.relative_to(ROOT)), len(_code_lines(file))) for file in modules() if _code_lines(file)]


def function_sizes() -> list[Size]:
    return [size for file in modules() for size in _functions(file)]


def _functions(file: Path) -> Iterator[Size]:
    lines = _code_lines(file)
    for node in ast.walk(parsed(file)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            last = node.end_lineno or node.lineno
            place = f"{file.relative_to(ROOT)}:{node.lineno} {node.name}"
            yield Size(place, sum(node.lineno <= line <= last for line in lines))


@cache
def _code_lines(file: Path) -> frozenset[int]:
    tokens = tokenize.generate_tokens(io.StringIO(file.read_text()).readline)
    written = {
        line for token in tokens if token.type not in _NOT_CODE for line in range(token.start[0], token.end[0] + 1)
    }
    return frozenset(written - _docstring_lines(parsed(file)))


def _docstring_lines(module: ast.Module) -> set[int]:
    return {
        line
        for node in ast.walk(module)
        if isinstance(node, _WITH_DOCSTRING) and ast.get_docstring(node, clean=False) is not None
        for line in range(node.body[0].lineno, (node.body[0].end_lineno or 0) + 1)
    }


if __name__ == "__main__":
    for kind, sizes in (("function", function_sizes()), ("file", file_sizes())):
        longest = max(sizes, key=lambda size: size.lines)
        middle = median(size.lines for size in sizes)
        print(f"{len(sizes)} {kind}s: median {middle:g} lines, longest {longest.lines} ({longest.place})")
