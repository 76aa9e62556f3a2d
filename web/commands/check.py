"""`handrail check`: every problem of guides, before anybody walks them."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from engine.compiler import compile_guides
from engine.problems import Problem, Severity
from web.commands import files
from web.commands.arguments import PATH, today


@click.command("check")
@click.argument("paths", metavar="PATH…", nargs=-1, required=True, type=PATH)
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text", help="How to tell.")
@click.option("--strict", is_flag=True, help="Take every warning as an error.")
@click.pass_context
def command(context: click.Context, paths: tuple[Path, ...], style: str, strict: bool) -> None:
    """Tell every problem of guides: files, or folders with all that is in them.

    Guides that call each other are read together. Exits with 1 where there is an error.
    """
    named = files.texts(paths)
    translations = files.catalogs(named)
    compiled = compile_guides(files.with_called(named), today(), translations)
    told = named.keys() | translations.keys()
    problems = [_strictly(problem, strict) for problem in compiled.problems if problem.file in told]
    if style == "json":
        click.echo(json.dumps({"guides": len(named), "problems": list(map(_plain, problems))}, ensure_ascii=False))
    else:
        for problem in problems:
            click.echo(str(problem))
        click.echo(f"{_counted(len(named), 'guide')}, {_closing(problems)}", err=True)
    context.exit(1 if any(problem.severity is Severity.ERROR for problem in problems) else 0)


def _strictly(problem: Problem, strict: bool) -> Problem:
    if strict and problem.severity is Severity.WARNING:
        return replace(problem, severity=Severity.ERROR)
    return problem


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


def _closing(problems: Iterable[Problem]) -> str:
    counts = Counter(str(problem.severity) for problem in problems)
    told = [_counted(counts[name], name) for name in map(str, Severity) if counts[name]]
    return " and ".join(told) or "no problems"


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
