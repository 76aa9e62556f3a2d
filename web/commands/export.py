"""`handrail export`: a guide for other tools, and for people without this one."""

from collections.abc import Callable, Mapping
from pathlib import Path

import click

from engine import source
from engine.exports.markdown import to_markdown
from engine.exports.mermaid import to_mermaid
from engine.exports.pot import to_pot
from engine.graph import GuideGraph
from engine.syntax import decoded
from web.commands import files
from web.commands.arguments import FILE
from web.commands.guides import load
from web.use_cases.images import beside


def _html(graph: GuideGraph, guide: Path) -> str:
    from web.playbook import to_html  # only here: templates and pictures take time to import

    return to_html(graph, dict(beside(guide.parent, decoded(files.read(guide))[0])))


def _template(_: GuideGraph, guide: Path) -> str:
    document = source.parse(files.read(guide), guide.name)[0]
    assert document is not None, "a guide that compiled could be read"
    return to_pot(document, guide.name)


_FORMATS: Mapping[str, Callable[[GuideGraph, Path], str]] = {
    "mermaid": lambda graph, _: to_mermaid(graph),
    "markdown": lambda graph, _: to_markdown(graph),
    "html": _html,
    "pot": _template,
}
"""What writes each format, of a guide and the path of its file."""


@click.command("export")
@click.argument("guide", metavar="PATH", type=FILE)
@click.option("--to", "format", type=click.Choice(list(_FORMATS)), required=True, help="What to write.")
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
    text = _FORMATS[format](load(guide).graph, guide)
    if output is None:
        click.echo(text, nl=False)
    else:
        files.write(output, text.encode())
