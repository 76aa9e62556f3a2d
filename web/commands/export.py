"""`handrail export`: a guide for other tools, and for people without this one."""

from collections.abc import Callable, Mapping
from pathlib import Path

import click

from engine import source
from engine.exports.markdown import to_markdown
from engine.exports.mermaid import to_mermaid
from engine.exports.pot import to_pot
from engine.graph import GuideGraph
from web.commands import files
from web.commands.arguments import FILE
from web.commands.guides import load


def _html(graph: GuideGraph) -> str:
    from web.playbook import to_html  # only here: templates and pictures take time to import

    return to_html(graph)


_FORMATS: Mapping[str, Callable[[GuideGraph], str]] = {
    "mermaid": to_mermaid,
    "markdown": to_markdown,
    "html": _html,
}


@click.command("export")
@click.argument("guide", metavar="PATH", type=FILE)
@click.option("--to", "format", type=click.Choice([*_FORMATS, "pot"]), required=True, help="What to write.")
@click.option(
    "-o",
    "output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Where to write. Without it: to stdout.",
)
def command(guide: Path, format: str, output: Path | None) -> None:
    """Write a guide as a Mermaid flowchart, a Markdown or HTML playbook, or a gettext template to translate.

    The HTML is one file that can be printed, sent and opened anywhere.
    """
    graph = load(guide).graph
    text = _template(guide) if format == "pot" else _FORMATS[format](graph)
    if output is None:
        click.echo(text, nl=False)
    else:
        files.write(output, text.encode())


def _template(guide: Path) -> str:
    document, _ = source.parse(files.read(guide), guide.name)
    assert document is not None, "a guide that compiled could be read"
    return to_pot(document, guide.name)
