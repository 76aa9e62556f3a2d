"""The page of every problem is proved: its wrong guide has it at the place the page says, its mended one has none."""

import re
from collections.abc import Mapping
from importlib.resources import files
from textwrap import dedent
from typing import NamedTuple

import pytest

from engine.compiler import compile_guides
from engine.problems import Problem
from engine.rules.catalogue import CODES
from tests.engine.guides import TODAY
from tests.engine.pictures import PICTURE
from tests.engine.rules.others import APOLOGY, chain
from web import manual

STAND_INS: Mapping[str, tuple[str, bytes]] = {
    "control-character": ("␇", b"\x07"),
    "nbsp-indentation": ("·", "\u00a0".encode()),
    "tab-indentation": ("→", b"\t"),
    "not-utf8": ("¿", b"\xfc"),
    "too-large": ("…", b"x" * 5_000_000),
    "too-many-values": ("…", b"\n  - on" * 200_000),
    "expression-too-long": ("…", b"days + " * 400 + b"1"),
}
"""What a page cannot show, or would rather not, and what it shows instead."""

_OTHERS = {"apology.yaml": APOLOGY} | {f"g{number}.yaml": text for number, text in enumerate(chain(9)[1:], 2)}


class Shown(NamedTuple):
    """What a page shows: the wrong guide and where it is told, and the mended one."""

    line: int
    column: int
    wrong: str
    mended: str


def shown(code: str) -> Shown:
    wrong, mended = re.split(r"^Mended.*\n", manual.page(code), flags=re.MULTILINE)
    _, line, column, rest = re.split(r"^Wrong, at line (\d+), column (\d+)", wrong, flags=re.MULTILINE)
    return Shown(int(line), int(column), _block(rest.partition("\n\n")[2]), _block(mended))


def _block(text: str) -> str:
    return dedent(text).strip("\n") + "\n"


def problems(text: str, code: str = "") -> list[Problem]:
    """The problems of the files of an example: one, or several that each begin with their name as a comment.

    Beside them lies one image, form.png.
    """
    named = dict(_file(part, code) for part in re.split(r"^(?=# \S+\.(?:yaml|po)$)", text, flags=re.MULTILINE) if part)
    texts = {name: content for name, content in named.items() if name.endswith(".yaml")}
    catalogs = {name: content for name, content in named.items() if name.endswith(".po")}
    told = compile_guides({**_OTHERS, **texts}, TODAY, catalogs, {"form.png": PICTURE}).problems
    return [problem for problem in told if problem.file in named]


def _file(text: str, code: str) -> tuple[str, bytes]:
    named = re.match(r"# (\S+\.(?:yaml|po))$", text, re.MULTILINE)
    id = re.search(r"^guide: *(\S+)", text, re.MULTILINE)
    shows, means = STAND_INS.get(code, ("", b""))
    content = text.encode().replace(shows.encode(), means) if shows else text.encode()
    return named[1] if named else f"{id[1] if id else 'small'}.yaml", content


@pytest.mark.parametrize("code", CODES)
def test_the_wrong_guide_has_the_problem_where_the_page_says(code: str) -> None:
    line, column, wrong, _ = shown(code)
    assert (line, column) in [found.position for found in problems(wrong, code) if found.code == code]


@pytest.mark.parametrize("code", CODES)
def test_the_mended_guide_has_no_problem(code: str) -> None:
    assert problems(shown(code).mended) == []


def test_every_page_belongs_to_a_problem() -> None:
    pages = {page.name for page in (files("web") / "help" / "problems").iterdir()}
    assert pages == {f"{code.code}.md" for code in CODES.values() if code.where != "rules"}


def test_every_problem_is_listed_once_under_a_kind() -> None:
    listed = [code.code for kind in manual.kinds() for code in kind.codes]
    assert sorted(listed) == sorted(CODES)
    assert all(kind.codes for kind in manual.kinds())


def test_a_page_says_why_before_it_shows_what() -> None:
    assert [code for code in CODES if not re.match(r"[A-Z*`].{40}", manual.page(code), re.DOTALL)] == []
