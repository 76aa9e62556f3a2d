"""`handrail graph`: a guide as a picture."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import click

from engine import diagram
from engine.diagram import Passed
from engine.exports.mermaid import to_mermaid
from engine.graph import GuideGraph
from web.commands import files
from web.commands.arguments import FILE
from web.commands.guides import load

Walk = tuple[Passed, ...]


def _dot(graph: GuideGraph, walk: Walk) -> bytes:
    return diagram.to_dot(graph, walk).encode()


def _json(graph: GuideGraph, walk: Walk) -> bytes:
    return json.dumps(diagram.to_dict(graph, walk), ensure_ascii=False, indent=2).encode() + b"\n"


def _mermaid(graph: GuideGraph, walk: Walk) -> bytes:
    if walk:
        raise click.BadParameter("a .mmd file shows no walk; leave it out or take .svg", param_hint="'--path'")
    return to_mermaid(graph).encode()


def _picture(format: str) -> Callable[[GuideGraph, Walk], bytes]:
    def drawn(graph: GuideGraph, walk: Walk) -> bytes:
        from web.rendering import render  # only where there is something to draw: it takes 40 ms to import

        return render(diagram.to_dot(graph, walk), format=format)

    return drawn


_FORMATS: Mapping[str, Callable[[GuideGraph, Walk], bytes]] = {
    ".dot": _dot,
    ".json": _json,
    ".mmd": _mermaid,
    **{f".{format}": _picture(format) for format in ("svg", "png", "pdf")},
}


@click.command("graph")
@click.argument("guide", metavar="PATH", type=FILE)
@click.option(
    "-o",
    "output",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    metavar="FILE",
    help="Where to write; the ending says what: .svg, .png, .pdf, .dot, .json or .mmd. Without it: DOT to stdout.",
)
@click.option("--path", "steps", metavar="STEP,STEP…", help="Steps to mark as a walk, in order.")
def command(guide: Path, output: Path | None, steps: str | None) -> None:
    """Draw a guide's steps and the ways between them."""
    draw = _FORMATS.get(output.suffix.lower() if output else ".dot")
    if draw is None:
        raise click.BadParameter(f"end its name in one of {', '.join(_FORMATS)}", param_hint="'-o'")
    graph = load(guide).graph
    drawn = draw(graph, _walk(graph, steps))
    if output is None:
        click.echo(drawn, nl=False)
    else:
        files.write(output, drawn)


def _walk(graph: GuideGraph, steps: str | None) -> Walk:
    walk = tuple(Passed(step.strip()) for step in (steps or "").split(",") if step.strip())
    for step, _ in walk:
        if step not in graph.guide.steps:
            raise click.BadParameter(f"'{step}' is not a step of '{graph.guide.id}'", param_hint="'--path'")
    return walk
