"""`handrail schema`: the JSON Schema of guides, for editors."""

from importlib.resources import files

import click


@click.command("schema")
def command() -> None:
    """Print the JSON Schema of guides; an editor that knows it completes keys and marks mistakes."""
    click.echo(files("schemas").joinpath("guide.schema.json").read_text(encoding="utf-8"), nl=False)
