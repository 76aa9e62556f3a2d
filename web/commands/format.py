"""`handrail format`: guides in their canonical layout, with their comments."""

from pathlib import Path

import click

from engine import layout, source
from engine.problems import Severity
from web.commands import files
from web.commands.arguments import PATH, counted


@click.command("format")
@click.argument("paths", metavar="PATH…", nargs=-1, required=True, type=PATH)
@click.option("--check", is_flag=True, help="Only list the files that would change; exit with 1 where there are any.")
@click.pass_context
def command(context: click.Context, paths: tuple[Path, ...], check: bool) -> None:
    """Lay out guides alike: files, or folders with all that is in them.

    What a guide means stays the same, and so do its comments. A file whose YAML has errors is not touched; they are
    told, and the exit code is 1.
    """
    broken = changed = 0
    found = files.texts(paths)
    for name, content in found.items():
        laid_out = _laid_out(content, name)
        if laid_out is None:
            broken += 1
        elif laid_out != content:
            changed += 1
            click.echo(name)
            if not check:
                files.replace(Path(name), laid_out)
    told = [counted(changed, "file") + (" would change" if check else " changed")] if changed else []
    told += (
        [f"{counted(broken, 'file')} with errors left as {'it is' if broken == 1 else 'they are'}"] if broken else []
    )
    click.echo(f"{counted(len(found), 'guide')}, {' and '.join(told) or 'nothing to change'}", err=True)
    context.exit(1 if broken or (check and changed) else 0)


def _laid_out(content: bytes, name: str) -> bytes | None:
    """The guide in its canonical layout; None, with the problems told, where its YAML has errors."""
    document, problems = source.parse(content, name)
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    for problem in errors:
        click.echo(str(problem), err=True)
    return None if errors or document is None else layout.formatted(document).encode()
