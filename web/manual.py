"""What each problem means: of a rule its docstring, of any other problem a page under `help/problems/`.

A page says in Markdown why it matters, then shows a guide that has the problem, with the place where it is told, and
the guide mended.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from engine.rules.catalogue import CODES, MODULES, Code

KINDS: Mapping[str, str] = {
    "source": "The text of the file",
    "schema": "The shape of a guide",
    "building": "Parts that do not fit together",
    "expressions": "Conditions, values and names in texts",
    "rules": "What must hold on every way through",
    "compiler": "Several guides",
    "walkthroughs": "Walkthroughs",
    "translation": "Translations",
    "silences": "Remarks to Handrail",
}
"""The kinds of problems by the part of the engine that finds them, in the order in which an author meets them."""


class Kind(NamedTuple):
    """Problems of one kind, by code."""

    title: str
    codes: tuple[Code, ...]


def kinds() -> Iterator[Kind]:
    """Every problem that an author can be told, by kind."""
    for where in dict.fromkeys([*KINDS, *(code.where for code in CODES.values())]):
        codes = sorted(code for code in CODES.values() if code.where == where)
        yield Kind(KINDS.get(where, where.capitalize()), tuple(codes))


@cache
def page(code: str) -> str:
    """The Markdown of a problem's page, without a heading. Raises `KeyError` for a code that does not exist."""
    if CODES[code].where == "rules":
        return _rules()[code]
    return (files("web") / "help" / "problems" / f"{code}.md").read_text(encoding="utf-8")


def heading(code: Code) -> str:
    """What is wrong, as a sentence."""
    return f"{code.summary[0].upper()}{code.summary[1:]}."


@cache
def _rules() -> Mapping[str, str]:
    return {module.CODE: str(module.__doc__).partition("\n\n")[2] for module in MODULES}
