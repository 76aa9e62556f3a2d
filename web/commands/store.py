"""What the commands that need the store share: the options that name it, and the settings they lead to."""

import os
import shlex
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from web.config import Config, load
from web.storage.database import NoStoreError, exists

Command = TypeVar("Command", bound=Callable[..., Any])

DATA = click.option("--data", type=click.Path(path_type=Path), help="Folder of the embedded store.")
DATABASE = click.option("--database", metavar="URL", help="Another store: postgresql://… or sqlite:///…")


def options(command: Command) -> Command:
    """Give a command `--data` and `--database`."""
    return DATA(DATABASE(command))


def again(words: str, flags: dict[str, Any]) -> str:
    """A command to run next, as this one was called and on the same store."""
    named = ((f"--{name}", flags.get(name)) for name in ("data", "database"))
    same = shlex.join(str(part) for flag in named if flag[1] for part in flag)
    return " ".join(filter(None, (shlex.quote(_called()), words, same)))


def expect(config: Config, flags: dict[str, Any]) -> None:
    """Raises `NoStoreError` where the settings lead to no store yet, before anything is created."""
    if not exists(config.store):
        place = flags.get("database") or config.database_url or config.data
        raise NoStoreError(place, again("serve", flags if flags.get("database") else {"data": config.data}))


def _called() -> str:
    """How Handrail was called: its path, or its name alone where the shell finds it by that."""
    path = sys.argv[0]
    name = Path(path).name
    if not name.startswith("handrail") or shutil.which(name) == path:
        return "handrail"
    return path


def settings(flags: dict[str, Any]) -> Config:
    """The settings that a command's flags, the environment and the settings file make. Raises `ConfigError`."""
    flags = {"database_url" if name == "database" else name: flag for name, flag in flags.items()}
    return load(os.environ, flags)
