"""`handrail check`: every problem of guides, before anybody walks them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import click

from engine.compiler import compile_guides
from engine.problems import Problem, Severity
from web.commands import files
from web.commands.arguments import PATH, counted, today
from web.commands.prover import solver
from web.commands.reports import FORMATS
from web.commands.severities import weighed


@click.command("check")
@click.argument("paths", metavar="PATH…", nargs=-1, required=True, type=PATH)
@click.option("--format", "style", type=click.Choice(list(FORMATS)), default="text", help="How to tell.")
@click.option("--strict", is_flag=True, help="Take every warning as an error.")
@click.pass_context
def command(context: click.Context, paths: tuple[Path, ...], style: str, strict: bool) -> None:
    """Tell every problem of guides: files, or folders with all that is in them.

    Guides that call each other are read together. A handrail.toml beside them says which warnings matter there, and a
    remark in a guide silences one: # handrail: ignore CODE because … Exits with 1 where there is an error.

    With the extra `prove` installed, z3 proves what is too much to try: dead entries, overlaps, examples.
    """
    named = files.texts(paths)
    translations = files.catalogs(named)
    texts = files.with_called(named)
    compiled = compile_guides(texts, today(), translations, files.images(texts), solver())
    told = named.keys() | translations.keys()
    found = weighed(problem for problem in compiled.problems if problem.file in told)
    problems = [_strictly(problem, strict) for problem in found]
    if report := FORMATS[style](len(named), problems):
        click.echo(report)
    if style in ("text", "github"):
        click.echo(f"{counted(len(named), 'guide')}, {_closing(problems)}", err=True)
    context.exit(1 if any(problem.severity is Severity.ERROR for problem in problems) else 0)


def _strictly(problem: Problem, strict: bool) -> Problem:
    if strict and problem.severity is Severity.WARNING:
        return replace(problem, severity=Severity.ERROR)
    return problem


def _closing(problems: Iterable[Problem]) -> str:
    counts = Counter(str(problem.severity) for problem in problems)
    told = [counted(counts[name], name) for name in map(str, Severity) if counts[name]]
    return " and ".join(told) or "no problems"
