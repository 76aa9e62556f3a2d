"""`handrail diff`: what changed between two versions of guides, in words."""

import json
import sys
import textwrap
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple

import click

from engine.comparison.difference import Difference, Subject
from engine.comparison.guide import compare
from engine.comparison.migration import Migration, can_migrate
from engine.comparison.wording import quoted
from engine.model import Guide
from engine.walkthroughs import SOME_DAY, play
from web.commands import terminal
from web.commands.arguments import PATH, counted
from web.commands.versions import Side, side

_MARKS = {"added": ("+", "green"), "removed": ("-", "red")}
_USUAL = ("~", "yellow")


class Compared(NamedTuple):
    """A guide on both sides: `change` is added, removed, changed or same.

    `sessions` tell of the older version's walkthroughs, by name, whether sessions like them could go on in the newer.
    """

    guide: Guide
    change: str
    differences: tuple[Difference, ...] = ()
    sessions: tuple[tuple[str, Migration], ...] = ()


@click.command("diff")
@click.argument("old", metavar="A", type=PATH)
@click.argument("new", metavar="B", type=PATH)
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text", help="How to tell.")
@click.option("--sessions", is_flag=True, help="Tell too whether sessions like A's walkthroughs could go on in B.")
@click.option("--exit-code", is_flag=True, help="Exit with 1 where there is a difference.")
@click.pass_context
def command(context: click.Context, old: Path, new: Path, style: str, sessions: bool, exit_code: bool) -> None:
    """Tell in words what changed from A to B: two files of a guide, or two folders with guides.

    Comments, layout and the order of keys are no difference. Two files are compared whatever they are called, guides
    in folders by their id. A guide with errors is left out: they are told, and the exit code is 1. Else it is 0, also
    where there are differences.
    """
    before, after = side(old, new), side(new, old)
    for problem in dict.fromkeys((*before.errors, *after.errors)):
        click.echo(str(problem), err=True)
    compared = tuple(_compared(before, after))
    if sessions:
        compared = tuple(each._replace(sessions=_sessions(each, before, after)) for each in compared)
    if style == "json":
        click.echo(json.dumps({"guides": [_plain(each) for each in compared]}, ensure_ascii=False))
    else:
        _tell(compared, len(before.broken | after.broken))
    broken = bool(before.errors or after.errors)
    differ = any(each.change != "same" for each in compared)
    context.exit(1 if broken or (exit_code and differ) else 0)


def _compared(old: Side, new: Side) -> Iterator[Compared]:
    """The guides that are asked for, in the newer side's order, those that are gone last.

    Where a side is one file, it is about that guide alone; where both are, whatever their guides are called.
    """
    if old.alone and new.alone:
        yield from map(_pair, old.guides.values(), new.guides.values())
        return
    wanted = [each.guides for each in (old, new) if each.alone]
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


def _sessions(compared: Compared, old: Side, new: Side) -> tuple[tuple[str, Migration], ...]:
    """Whether sessions that go like the older version's walkthroughs could go on; of what changed alone."""
    if compared.change != "changed" or compared.guide.id not in old.guides:
        return ()
    guide = old.guides[compared.guide.id]
    played = ((each.name, play(old.known, guide.id, each.script, SOME_DAY).state) for each in guide.walkthroughs)
    return tuple((name, can_migrate(state, new.known)) for name, state in played if state)


def _plain(compared: Compared) -> dict[str, Any]:
    differences = [{**each._asdict(), "about": each.about._asdict()} for each in compared.differences]
    plain = {"guide": compared.guide.id, "change": compared.change, "differences": differences}
    sessions = [
        {"walkthrough": name, "possible": found.possible, "obstacles": [each._asdict() for each in found.obstacles]}
        for name, found in compared.sessions
    ]
    return {**plain, "sessions": sessions} if sessions else plain


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
    yield _heading(f"{guide.id}, “{guide.title}”: {words}")
    for about, differences in groupby(compared.differences, attrgetter("about")):
        yield ""
        yield _heading(_named(about))
        for difference in differences:
            yield from _sentence(*_MARKS.get(difference.kind, _USUAL), difference.sentence)
    if compared.sessions:
        yield ""
        yield from _session_lines(compared.sessions)


def _session_lines(sessions: Sequence[tuple[str, Migration]]) -> Iterator[str]:
    stopped = {name: found.obstacles for name, found in sessions if not found.possible}
    yield _heading("Sessions that went like a walkthrough")
    going = len(sessions) - len(stopped)
    yield from _sentence(*_MARKS["added"], f"{going} of {len(sessions)} could go on in the new version.")
    for name, obstacles in stopped.items():
        yield from _sentence(*_MARKS["removed"], f"“{name}” could not. {' '.join(each.sentence for each in obstacles)}")


def _heading(text: str) -> str:
    return terminal.styled(terminal.printable(text), "title")


def _named(about: Subject) -> str:
    if about.part == "guide":
        return "The guide itself"
    name = f", {quoted(about.name)}" if about.name else ""
    return f"{about.part.capitalize()} '{about.id}'{name}"


def _sentence(mark: str, colour: str, text: str) -> Iterator[str]:
    """A sentence with its mark, wrapped where a person looks at it."""
    told = terminal.printable(text)
    first, *rest = textwrap.wrap(told, terminal.width() - 4) if sys.stdout.isatty() else [told]
    yield f"  {click.style(mark, fg=colour) if terminal.coloured() else mark} {first}"
    yield from (f"    {line}" for line in rest)
