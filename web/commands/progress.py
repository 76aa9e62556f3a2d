"""What a long command is doing, on a terminal, once it has taken more than a second."""

import sys
import time

import click


class Progress:
    """A line on stderr that is written over, from so many seconds on; nothing where stderr is no terminal."""

    def __init__(self, after: float = 1.0) -> None:
        self._shown = False
        self._next = time.monotonic() + after

    def tell(self, doing: str) -> None:
        """Show what is being done, a few times a second at most."""
        now = time.monotonic()
        if now >= self._next and sys.stderr.isatty():
            self._shown, self._next = True, now + 0.2
            click.echo(f"\r\x1b[K{doing}", nl=False, err=True)

    def clear(self) -> None:
        """Take the line away."""
        if self._shown:
            click.echo("\r\x1b[K", nl=False, err=True)
