"""`handrail diff`: what changed between two versions of guides, in words."""

import json
import re
import sys
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple

import click

from engine import source
from engine.comparison.difference import Difference, Subject
from engine.comparison.guide import compare
from engine.comparison.wording import quoted
from engine.compiler import compile_guides
from engine.model import Guide
from engine.problems import Problem, Severity
from web.commands import files, terminal
from web.commands.arguments import PATH, counted, today

_MARKS = {"added": ("+", "green"), "removed": ("-", "red")}
_USUAL = ("~", "yellow")
_ID = re.compile("[a-z][a-z0-9-]*")


class Side(NamedTuple):
    """One of the two: its guides that can be compared, by id; the errors of others, and the ids of these."""

    guides: Mapping[str, Guide]
    errors: tuple[Problem, ...]
    broken: frozenset[str]


class Compared(NamedTuple):
    """A guide on both sides: `change` is added, removed, changed or same."""

    guide: Guide
    change: str
    differences: tuple[Difference, ...] = ()


@click.command("diff")
@click.argument("old", metavar="A", type=PATH)
@click.argument("new", metavar="B", type=PATH)
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text", help="How to tell.")
@click.option("--exit-code", is_flag=True, help="Exit with 1 where there is a difference.")
@click.pass_context
def command(context: click.Context, old: Path, new: Path, style: str, exit_code: bool) -> None:
    """Tell in words what changed from A to B: two files of a guide, or two folders with guides.

    Comments, layout and the order of keys are no difference. Two files are compared whatever they are called, guides
    in folders by their id. A guide with errors is left out: they are told, and the exit code is 1. Else it is 0, also
    where there are differences.
    """
    before, after = _side(old, new), _side(new, old)
    for problem in (*before.errors, *after.errors):
        click.echo(str(problem), err=True)
    compared = tuple(_compared(before, after, not old.is_dir(), not new.is_dir()))
    if style == "json":
        click.echo(json.dumps({"guides": [_plain(each) for each in compared]}, ensure_ascii=False))
    else:
        _tell(compared, len(before.broken | after.broken))
    broken = bool(before.errors or after.errors)
    differ = any(each.change != "same" for each in compared)
    context.exit(1 if broken or (exit_code and differ) else 0)


def _side(path: Path, other: Path) -> Side:
    """The guides of one side. What they call is read from beside them, else from beside the other side."""
    own = files.texts([path])
    names = {file if path.is_dir() else _named(file, content): file for file, content in own.items()}
    named = {name: own[file] for name, file in names.items()}
    texts = _with_called(named, other)
    images = files.images(texts) if path.is_dir() else None  # beside a copy of a file there may be none
    compiled = compile_guides(texts, today(), files.catalogs(named), images)
    ids = {Path(name).stem for name in named}
    guides = {id: guide for id, guide in compiled.guides.items() if id in ids}
    broken = frozenset(ids - guides.keys())
    errors = (problem for problem in compiled.problems if problem.severity is Severity.ERROR and broken)
    told = tuple(replace(problem, file=names.get(problem.file, problem.file)) for problem in errors)
    return Side(guides, told, broken)


def _named(file: str, content: bytes) -> str:
    """The file's name as it would be called for its guide: a copy may have any name."""
    document, _ = source.parse(content)
    id = str(document.data.get("guide")) if document else ""
    return str(Path(file).with_name(f"{id}.yaml")) if _ID.fullmatch(id) else file


def _with_called(named: Mapping[str, bytes], other: Path) -> Mapping[str, bytes]:
    """These texts and those that they may call, each from the nearest place."""
    here = files.with_called(named)
    there = files.with_called(here, other if other.is_dir() else other.parent)
    have = {Path(file).stem for file in here}
    return {**here, **{file: content for file, content in there.items() if Path(file).stem not in have}}


def _compared(old: Side, new: Side, old_alone: bool, new_alone: bool) -> Iterator[Compared]:
    """The guides that are asked for, in the newer side's order, those that are gone last.

    Where a side is one file, it is about that guide alone; where both are, whatever their guides are called.
    """
    if old_alone and new_alone:
        yield from map(_pair, old.guides.values(), new.guides.values())
        return
    wanted = [side.guides for side, alone in ((old, old_alone), (new, new_alone)) if alone]
    for id in {**new.guides, **old.guides}:
        if id not in old.broken | new.broken and all(id in guides for guides in wanted):
            yield _pair(old.guides.get(id), new.guides.get(id))


def _pair(old: Guide | None, new: Guide | None) -> Compared:
    """A guide as it was and as it is; one of them may not be there."""
    if old and new:
        differences = compare(old, new)
        return Compared(new, "changed" if differences else "same", differences)
    guide = new or old
    assert guide is not None, "a guide is on one side at least"
    return Compared(guide, "added" if new else "removed")


def _plain(compared: Compared) -> dict[str, Any]:
    differences = [{**each._asdict(), "about": each.about._asdict()} for each in compared.differences]
    return {"guide": compared.guide.id, "change": compared.change, "differences": differences}


def _tell(compared: Sequence[Compared], broken: int) -> None:
    different = [each for each in compared if each.change != "same"]
    for number, each in enumerate(different):
        if number:
            click.echo()
        for line in _lines(each):
            click.echo(line, color=terminal.coloured())
    closing = f"{len(different)} with differences" if different else "no differences"
    left_out = f"; {counted(broken, 'guide')} with errors left out" if broken else ""
    click.echo(f"{counted(len(compared), 'guide')}, {closing}{left_out}", err=True)


def _lines(compared: Compared) -> Iterator[str]:
    guide, count = compared.guide, counted(len(compared.differences), "difference")
    words = {"added": "this guide is new", "removed": "this guide is gone"}.get(compared.change, count)
    yield terminal.styled(terminal.printable(f"{guide.id}, “{guide.title}”: {words}"), "title")
    for about, differences in groupby(compared.differences, attrgetter("about")):
        yield ""
        yield terminal.styled(terminal.printable(_heading(about)), "title")
        for difference in differences:
            yield from _sentence(difference)


def _heading(about: Subject) -> str:
    if about.part == "guide":
        return "The guide itself"
    name = f", {quoted(about.name)}" if about.name else ""
    return f"{about.part.capitalize()} '{about.id}'{name}"


def _sentence(difference: Difference) -> Iterator[str]:
    """The difference with its mark, wrapped where a person looks at it."""
    mark, colour = _MARKS.get(difference.kind, _USUAL)
    told = terminal.printable(difference.sentence)
    first, *rest = textwrap.wrap(told, terminal.width() - 4) if sys.stdout.isatty() else [told]
    yield f"  {click.style(mark, fg=colour) if terminal.coloured() else mark} {first}"
    yield from (f"    {line}" for line in rest)
