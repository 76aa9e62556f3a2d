"""The keyboard and the screen of a terminal, or lines from a pipe: what is typed, what is shown, and the commands."""

import io
import re
import readline
import sys
import textwrap
from collections.abc import Callable, Iterable

import click

from engine.screen import Screen
from web.commands import terminal

HELP = """\
Type the number of an answer and press Enter; Enter alone goes on where there is nothing to choose.
  b   back one step; what you entered is kept and shown
  c   change an earlier answer; later ones are kept where they still fit
  j   jump back to an earlier step
  s   skip the step, where it can be skipped
  !1  the first of the answers that are there at any time
  n   write a note
  q   leave; your answers so far are shown
  ?   this help
Where you type words of your own, put a slash before: /b /c /j /s /!1 /n /q.
Enter keeps what is shown in brackets, /- empties it."""
_COMMAND = re.compile(r"[bcjnqs?]|![1-9][0-9]?")
ANSWERS, YES_OR_NO, WORDS = "bcjnqs?!", "bcqs?!", "?"
"""How the commands begin that need no slash: where a letter could be meant as an answer, it is one."""


class LeftError(Exception):
    """The person leaves."""


class CommandError(Exception):
    """The person asks for something else instead of answering: `b`, `c`, `j`, `s` or `!1`."""

    def __init__(self, command: str) -> None:
        self.command = command
        super().__init__(command)


def is_command(text: str) -> bool:
    """Whether it is a command, or would be one with a slash."""
    return _COMMAND.fullmatch(text) is not None


class Console:
    """Where a person reads and types; `note` lets them write a note, and then they are asked again."""

    def __init__(self, note: Callable[[], None]) -> None:
        self._note = note
        self._anytime = 0
        self._skippable = False
        self.columns = terminal.width()
        readline.set_auto_history(False)  # what a client said does not come back at another field
        if isinstance(sys.stdin, io.TextIOWrapper):
            sys.stdin.reconfigure(errors="replace")

    def attend(self, screen: Screen) -> None:
        """Take the width that the terminal has now, and the commands that this screen offers."""
        self.columns = terminal.width()
        self._anytime = len(screen.anytime)
        self._skippable = screen.skippable

    def line(self, prompt: str, bare: str = ANSWERS) -> str:
        """One line that is typed after the prompt; a command that begins with one of `bare` needs no slash.

        Raises `LeftError`, `CommandError`, and `EOFError` where there is no more input.
        """
        while True:
            text = self._typed(prompt)
            command = text if text[:1] in tuple(bare) else text.removeprefix("/") if text[:1] == "/" else ""
            if not is_command(command):
                return text
            if command == "q":
                raise LeftError
            if command == "n":
                self._note()
            elif command == "?":
                self.show(["", *HELP.splitlines(), ""])
            elif command[0] == "!" and int(command[1:]) > self._anytime:
                self.say(f"There is no answer {command} here.")
            elif command == "s" and not self._skippable:
                self.say("This step cannot be skipped; answer it.")
            else:
                raise CommandError(command)

    def text(self, prompt: str) -> str:
        """A line of words, like a reason: only what begins with a slash is a command."""
        return self.line(prompt, WORDS)

    def number(self, prompt: str, most: int) -> int | None:
        """A number from 1 to `most`, asked until it is one; None where Enter alone is pressed."""
        while text := self.line(prompt):
            if text.isdecimal() and 1 <= int(text) <= most:
                return int(text)
            self.say(f"Type a number from 1 to {most}, or ? for help.")
        return None

    def say(self, message: str) -> None:
        """Tell why something cannot be done."""
        self.show(terminal.refusal_lines([message], self.columns))

    def show(self, lines: Iterable[str]) -> None:
        """Write lines, in colour where that is wanted."""
        for line in lines:
            click.echo(line, color=terminal.coloured())

    def quiet(self, text: str) -> None:
        """Write something aside, wrapped."""
        self.show(terminal.styled(line, "aside") for line in textwrap.wrap(text, self.columns))

    def _typed(self, prompt: str) -> str:
        """What is typed after the prompt; where it comes from a file or a pipe, it is shown as a terminal would."""
        *lines, last = textwrap.wrap(prompt, self.columns)
        self.show(terminal.styled(line, "prompt") for line in lines)
        if sys.stdin.isatty():
            return terminal.printable(input(terminal.edited(f"{last} ", "prompt"))).strip()
        text = terminal.printable(input(terminal.styled(f"{last} ", "prompt"))).strip()
        click.echo(text)
        return text
