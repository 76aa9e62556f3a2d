"""Walking a guide by keyboard: a screen, a prompt for each thing to fill in, and one key an answer."""

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import click

from engine import walker
from engine.errors import Refusal, RefusedError, WalkError
from engine.events import Moment
from engine.fields import catalogue
from engine.fields.field import Field
from engine.model import Guide
from engine.replies import Reply
from engine.screen import Screen, ShownCheck, build
from engine.state import State
from engine.walker import Opening
from engine.walkthroughs import no_records
from web.commands import terminal

HELP = """\
Type the number of an answer and press Enter; Enter alone goes on where there is nothing to choose.
  b  back one step; what you entered is kept and shown
  n  write a note
  q  leave
  ?  this help
At a field, put a slash before the letter: /b /n /q /?. Enter keeps what is shown, /- empties it."""
_YES, _NO = ("y", "yes"), ("n", "no")
_EVERYWHERE, _AT_CHECKS, _AT_FIELDS = "bnq?", "bq?", "?"
"""The commands that need no slash: where a letter could be meant as an answer, it is one."""


_MANNERS = {
    "choice": " (a number)",
    "choices": " (numbers, like 1, 3)",
    "percent": " (%)",
    "month": " (like 2026-03)",
    "time": " (like 14:30)",
    "country": " (its name, or two letters like AT)",
}


class LeftError(Exception):
    """The person leaves: by `q`, or because there is no more input."""


class WentBackError(Exception):
    """The person asks to go back instead of answering."""


class Entry(NamedTuple):
    """One thing to fill in; `value` is canonical and plain, what stands there before."""

    field: Field
    required: bool
    value: Any


class Walk:
    """One walk at the keyboard; `clock` gives the moment of each request."""

    def __init__(self, guides: Mapping[str, Guide], guide: Guide, clock: Callable[[], Moment]) -> None:
        self._guides = guides
        self._guide = guide
        self._clock = clock
        self._state: State | None = None
        self._columns = terminal.width()

    def run(self) -> None:
        """Walk until the person leaves."""
        try:
            self._state = self._started()
            while True:
                self._state = self._turn(self._state)
        except LeftError:
            click.echo()

    def _started(self) -> State:
        guide = self._guide
        self._show([terminal.styled(guide.title, "title"), *terminal.wrapped(guide.summary, self._columns)])
        self._show([terminal.styled("? for help, q to leave", "aside")])
        given, facts = dict[str, Any](), no_records(self._guides)
        refused: Mapping[str, Refusal] | None = None
        while True:
            for field in guide.given:
                if refused is None or field.id in refused:
                    given[field.id] = self._entered(Entry(field, field.required, field.default))
            try:
                opening = Opening(given, guide.language, facts=facts)
                return walker.start(self._guides, guide.id, opening, self._clock()).state
            except RefusedError as error:
                refused = self._refused(error)

    def _turn(self, state: State) -> State:
        """Show the screen and take one answer, or whatever else the person asks for."""
        screen = build(state)
        self._show(terminal.screen_lines(screen, self._columns))
        try:
            if state.status == "ended":
                self._line("Enter to leave, b back, n note: ")
                raise LeftError
            return self._answered(screen)
        except WentBackError:
            return self._back()

    def _answered(self, screen: Screen) -> State:
        """Ask for all that the step needs, then again for what was refused, until the answer is taken."""
        values: dict[str, Any] = {}
        ticked: set[str] = set()
        option: str | None = None
        refused: Mapping[str, Refusal] | None = None
        while True:
            self._show([""] if screen.checks else [])
            for check in screen.checks:
                if refused is None or f"check:{check.id}" in refused:
                    ticked = ticked | {check.id} if self._ticked(check) else ticked - {check.id}
            for entry in _entries(self._here, screen):
                if refused is None or entry.field.id in refused:
                    values[entry.field.id] = self._entered(entry)
            if refused is None or "option" in refused:
                option = self._chosen(screen)
            checks = tuple(check.id for check in screen.checks if check.id in ticked)
            try:
                return walker.answer(self._here, Reply(option, values, checks), self._clock()).state
            except RefusedError as error:
                refused = self._refused(error)

    def _chosen(self, screen: Screen) -> str | None:
        """The id of the option chosen; None where there is none to choose."""
        if not screen.options:
            if not (screen.asks or screen.checks):
                self._line("Enter to go on: ")
            return None
        self._show(terminal.question_lines(screen, self._columns))
        ids = [option.id for option in screen.options]
        before = next((option.id for option in screen.options if option.chosen), "")
        while True:
            found = _picked(self._line(f"Your answer, 1 to {len(ids)}: ") or before, ids)
            if found is not None:
                return found
            self._say(f"Type a number from 1 to {len(ids)}, or ? for help.")

    def _entered(self, entry: Entry) -> Any:
        """The canonical value of one field, asked until it can be read; None where it is left blank."""
        field, locale = entry.field, self._guide.language
        labels = [option.label for option in field.options]
        self._show(["", *terminal.wrapped(field.help, self._columns)] if field.help else [""])
        self._show(terminal.choice_lines(labels, self._columns))
        while True:
            text = self._line(_prompt(entry, locale), _AT_FIELDS)
            if not text:
                return entry.value
            if text == "/-":
                return None
            value = catalogue.parse(field, _meant(field, text), locale)
            if not isinstance(value, Refusal):
                return catalogue.plain(value)
            self._say(value.message)

    def _ticked(self, check: ShownCheck) -> bool:
        required = "" if check.required else " (optional)"
        while True:
            text = self._line(f"{check.label}{required}? [{'Y/n' if check.ticked else 'y/N'}] ", _AT_CHECKS).lower()
            if text in ("", *_YES, *_NO):
                return text in _YES or (check.ticked and not text)
            self._say("Type y once it is done, or n.")

    def _line(self, prompt: str, bare: str = _EVERYWHERE) -> str:
        """One line that the person types; commands among them are carried out here, those in `bare` without a slash."""
        while True:
            try:
                text = _typed(terminal.styled(prompt, "prompt"))
            except (EOFError, KeyboardInterrupt):
                raise LeftError from None
            command = text[1:] if text.startswith("/") else text if text and text in bare else ""
            if command == "q":
                raise LeftError
            if command == "b":
                raise WentBackError
            if command == "n":
                self._note()
            elif command == "?":
                self._show(["", *HELP.splitlines(), ""])
            else:
                return text

    def _note(self) -> None:
        if self._state is None:
            self._say("There is no step to note anything at yet.")
        elif text := self._line("Note: ", _AT_FIELDS):
            self._state = walker.note(self._state, text, self._clock()).state
            self._show(["Noted."])

    def _back(self) -> State:
        try:
            return walker.back(self._here, self._clock()).state
        except WalkError as error:
            self._say(str(error))
            return self._here

    @property
    def _here(self) -> State:
        """The state as it stands, notes written at a prompt included."""
        assert self._state is not None, "only asked once the walk has begun"
        return self._state

    def _refused(self, error: RefusedError) -> Mapping[str, Refusal]:
        for refusal in error.refusals.values():
            self._say(refusal.message)
        return error.refusals

    def _say(self, message: str) -> None:
        self._show(terminal.refusal_lines([message], self._columns))

    def _show(self, lines: Iterable[str]) -> None:
        for line in lines:
            click.echo(line, color=terminal.coloured())


def _typed(prompt: str) -> str:
    """What is typed after the prompt; where it comes from a file or a pipe, it is shown as a terminal would."""
    text = input(prompt).strip()
    if not sys.stdin.isatty():
        click.echo(text)
    return text


def _entries(state: State, screen: Screen) -> Iterator[Entry]:
    fields = state.visit.frame.guide.fields
    return (Entry(fields[ask.field], ask.required, ask.value) for ask in screen.asks)


def _prompt(entry: Entry, locale: str) -> str:
    """`Amount due (EUR) [120.00]: `."""
    field = entry.field
    aside = ", ".join(part for part in (field.currency or field.unit, "" if entry.required else "optional") if part)
    value = catalogue.read(field, entry.value)
    shown = "" if value is None or isinstance(value, Refusal) else f" [{catalogue.show(field, value, locale)}]"
    return f"{field.label or field.id}{f' ({aside})' if aside else ''}{_manner(field)}{shown}: "


def _manner(field: Field) -> str:
    """How to type it, where that is not plain."""
    if field.type == "boolean":
        return " (y or n)"
    if field.type == "rating":
        return f" (1 to {field.highest})"
    return _MANNERS.get(field.type, "")


def _meant(field: Field, text: str) -> str | list[str]:
    """What was typed as the text that the field reads: numbers as the options they stand for, y and n as words."""
    ids = [option.id for option in field.options]
    if field.type == "choices":
        return [_picked(part, ids) or part for part in re.split(r"[\s,;]+", text) if part]
    if field.type == "choice":
        return _picked(text, ids) or text
    if field.type == "boolean" and text.lower() in ("y", "n"):
        return "true" if text.lower() == "y" else "false"
    return text


def _picked(text: str, ids: Sequence[str]) -> str | None:
    """The id that a number from 1 stands for, or that was typed itself."""
    if text.isdecimal() and 1 <= int(text) <= len(ids):
        return ids[int(text) - 1]
    return text if text in ids else None
