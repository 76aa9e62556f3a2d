"""`handrail`: the commands, each loaded only when it is called, so that `--help` is quick."""

from importlib import import_module
from typing import Any, NamedTuple

import click

from engine.errors import HandrailError


class Lazy(NamedTuple):
    """Where a command lives, as `command` in a module, and what it does in a few words."""

    module: str
    does: str


COMMANDS: dict[str, Lazy] = {
    "check": Lazy("web.commands.check", "Tell every problem of guides."),
    "test": Lazy("web.commands.test", "Play the walkthroughs of guides, and walks that nobody wrote."),
    "walk": Lazy("web.commands.walk", "Walk a guide, by keyboard or with an answers file."),
    "graph": Lazy("web.commands.graph", "Draw a guide's graph."),
    "diff": Lazy("web.commands.diff", "Tell in words what changed between two versions of guides."),
    "import": Lazy("web.commands.import_", "Make a guide of a flowchart, a QnA or a spreadsheet."),
    "export": Lazy("web.commands.export", "Write a guide as a flowchart, a playbook to read, or texts to translate."),
    "new": Lazy("web.commands.new", "Write a first guide to edit."),
    "format": Lazy("web.commands.format", "Write guides in their canonical layout."),
    "help": Lazy("web.commands.help", "Explain a problem by its code."),
    "schema": Lazy("web.commands.schema", "Print the JSON Schema of guides."),
    "serve": Lazy("web.commands.serve", "Serve the pages."),
    "user": Lazy("web.commands.user", "Add people, list them, give them roles and sign-in links."),
}


class Commands(click.Group):
    """The table above as a click group."""

    def list_commands(self, _: click.Context) -> list[str]:
        """The names of the commands, in the table's order."""
        return list(COMMANDS)

    def get_command(self, _: click.Context, name: str) -> click.Command | None:
        """The command itself, loaded now; None where there is none of this name."""
        if name not in COMMANDS:
            return None
        command: click.Command = import_module(COMMANDS[name].module).command
        return command

    def format_commands(self, _: click.Context, formatter: click.HelpFormatter) -> None:
        """The table, without loading anything."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, lazy.does) for name, lazy in COMMANDS.items()])

    def invoke(self, context: click.Context) -> Any:
        """Run a command; what it refuses is a sentence on stderr, and an exit code by CONTRACTS §2."""
        try:
            return super().invoke(context)
        except HandrailError as error:
            click.echo(f"handrail: {error}", err=True)
            context.exit(getattr(error, "exit_code", 2))


@click.command(cls=Commands)
@click.version_option(package_name="handrail", prog_name="handrail")
def main() -> None:
    """Handrail: guides for the conversations a business finds hardest.

    Write guides as YAML, check them, walk them step by step, and learn from the log of every walk.
    """
