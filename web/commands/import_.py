"""`handrail import`: a guide from another tool's file."""

from collections.abc import Callable, Mapping
from pathlib import Path

import click

from engine.compiler import compile_guides
from engine.imports import mermaid, qna, table
from engine.imports.writing import Imported
from engine.problems import Problem, Severity
from web.commands import files
from web.commands.arguments import FILE, today

READERS: Mapping[str, Callable[[bytes, str], Imported]] = {
    "mermaid": mermaid.outlined,
    "qna": qna.outlined,
    "csv": table.outlined,
}
"""Every format, and what reads it."""


class GuideIsThereError(files.UnwritableFileError):
    """An import never writes over a guide."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "a file of that name is there already")


@click.command("import")
@click.argument("source", metavar="FILE", type=FILE)
@click.option("--from", "format", type=click.Choice(list(READERS)), required=True, help="What the file is.")
@click.option(
    "-o",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    required=True,
    help="The folder to write the guide to; it is made where it is not there.",
)
@click.pass_context
def command(context: click.Context, source: Path, format: str, folder: Path) -> None:
    """Make a guide of a flowchart, a QnA or a spreadsheet.

    What cannot be taken over is told with its line in FILE. Exits with 1, and writes nothing, where FILE cannot be a
    guide as it stands. A guide that is there already is never written over.
    """
    done = READERS[format](files.read(source), source.stem)
    target = folder / f"{done.guide}.yaml"
    if target.exists():
        raise GuideIsThereError(target)
    refused = _tell(source, done)
    if refused:
        click.echo(f"{source} cannot be a guide before these errors are mended.", err=True)
        context.exit(1)
    files.make_folder(folder)
    files.write(target, done.text.encode())
    click.echo(str(target))


def _tell(source: Path, done: Imported) -> bool:
    """Say what the author should know, each with its line in the source; whether any of it is an error."""
    told = [(remark.line, "error" if remark.error else "note", remark.message) for remark in done.remarks]
    if done.text:
        problems = compile_guides({f"{done.guide}.yaml": done.text}, today()).problems
        told += [
            (_origin(done, each), "error", _sentence(each)) for each in problems if each.severity is Severity.ERROR
        ]
    for line, what, message in sorted(told, key=lambda each: each[0]):
        click.echo(f"{source}:{line}: {what}: {message}", err=True)
    return any(what == "error" for _, what, _ in told)


def _origin(done: Imported, problem: Problem) -> int:
    """The line of the source that a problem of the guide comes from."""
    return done.origins[min(problem.position.line, len(done.origins)) - 1]


def _sentence(problem: Problem) -> str:
    return f"{problem.message}; {problem.hint}" if problem.hint else problem.message
