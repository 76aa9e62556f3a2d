"""What the commands share: kinds of arguments, today's date, and how far a long command has got."""

import sys
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

import click

Item = TypeVar("Item")

PATH = click.Path(exists=True, path_type=Path)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
NEW_FILE = click.Path(dir_okay=False, path_type=Path)
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


def today() -> date:
    """The date where this computer stands."""
    return datetime.now().astimezone().date()


def counted(count: int, noun: str) -> str:
    """So many of something: `1 guide`, `3 guides`."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


def progressed(items: Sequence[Item], label: str) -> Iterator[Item]:
    """The items one by one, with a bar on stderr: only where a person looks at it and results go elsewhere."""
    watched = sys.stderr.isatty() and not sys.stdout.isatty()
    with click.progressbar(
        items, label=label, file=sys.stderr, hidden=not watched, update_min_steps=max(1, len(items) // 200)
    ) as bar:
        yield from bar
