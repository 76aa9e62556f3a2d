"""What the commands share: kinds of arguments, and today's date."""

from datetime import date, datetime
from pathlib import Path

import click

PATH = click.Path(exists=True, path_type=Path)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


def today() -> date:
    """The date where this computer stands."""
    return datetime.now().astimezone().date()


def counted(count: int, noun: str) -> str:
    """So many of something: `1 guide`, `3 guides`."""
    return f"{count} {noun}{'' if count == 1 else 's'}"
