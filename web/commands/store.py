"""What the commands that need the store share: the options that name it, and the settings they lead to."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from web.config import Config, load

Command = TypeVar("Command", bound=Callable[..., Any])

DATA = click.option("--data", type=click.Path(path_type=Path), help="Folder of the embedded store.")
DATABASE = click.option("--database", metavar="URL", help="Another store: postgresql://… or sqlite:///…")


def options(command: Command) -> Command:
    """Give a command `--data` and `--database`."""
    return DATA(DATABASE(command))


def settings(flags: dict[str, Any]) -> Config:
    """The settings that a command's flags, the environment and the settings file make. Raises `ConfigError`."""
    return load(os.environ, {"database_url": flags.pop("database", None), **flags})
