"""What the commands share: kinds of arguments, today's date, and how a refused request ends a command."""

from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

import click

from engine.errors import HandrailError

PATH = click.Path(exists=True, path_type=Path)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)

_Given = ParamSpec("_Given")
_Result = TypeVar("_Result")


class RefusedRequest(click.ClickException):
    """A sentence for people on stderr, and the exit code 2: wrong usage or unreadable input."""

    exit_code = 2


def refusing(run: Callable[_Given, _Result]) -> Callable[_Given, _Result]:
    """A command whose `HandrailError` becomes a sentence and the exit code 2 instead of a traceback."""

    @wraps(run)
    def guarded(*given: _Given.args, **named: _Given.kwargs) -> _Result:
        try:
            return run(*given, **named)
        except HandrailError as error:
            raise RefusedRequest(str(error)) from error

    return guarded


def today() -> date:
    """The date where this computer stands."""
    return datetime.now().astimezone().date()
