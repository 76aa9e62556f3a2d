"""What one step asks of a person at the keyboard: evidence, values, an answer, and what opens a locked one."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from engine.errors import Refusal
from engine.fields import catalogue
from engine.fields.field import Field
from engine.replies import Reply
from engine.screen import build
from engine.shown import ShownCheck, ShownOption
from engine.state import State
from engine.visits import Visit
from web.commands import terminal
from web.commands.console import ANSWERS, WORDS, YES_OR_NO, Console, is_command

_YES, _NO = ("y", "yes"), ("n", "no")
_BARE = {"text": WORDS, "long_text": WORDS, "boolean": YES_OR_NO}
"""The commands that need no slash at a field, where a letter could be its value."""
_MANNERS = {
    "choice": " (a number)",
    "choices": " (numbers, like 1, 3)",
    "percent": " (%)",
    "month": " (like 2026-03)",
    "time": " (like 14:30)",
    "country": " (its name, or two letters like AT)",
}


class Entry(NamedTuple):
    """One thing to fill in; `value` is canonical and plain, what stands there before."""

    field: Field
    required: bool
    value: Any


class Form:
    """What a person enters at the step on the screen of `state`; `approvals` says who approved what."""

    def __init__(self, console: Console, state: State) -> None:
        self._console = console
        self._state = state
        self._values: dict[str, Any] = {}
        self._reasons: dict[str, str] = {}
        self.approvals: dict[str, str] = {}
        self.screen = build(state)
        self._ticked = {check.id for check in self.screen.checks if check.ticked}
        self._option = next((option.id for option in self.screen.options if option.chosen), None)

    def fill(self, refused: Mapping[str, Refusal] | None) -> Reply:
        """Ask for all that the step needs, or only for what was refused, and make a reply of it.

        What was entered before the person did something else is offered again.
        """
        screen = self.screen
        self._console.show([""] if screen.checks else [])
        for check in screen.checks:
            if refused is None or f"check:{check.id}" in refused:
                self._look_at(check)
        fields = self._state.visit.frame.guide.fields
        for ask in screen.asks:
            if refused is None or ask.field in refused:
                before = ask.value if refused else self._values.get(ask.field, ask.value)
                entry = Entry(fields[ask.field], ask.required, before)
                self._values[ask.field] = entered(self._console, entry, self._state.locale)
        if refused is None or "option" in refused:
            self._option = self._chosen()
        ticked = tuple(check.id for check in screen.checks if check.id in self._ticked)
        passed = {what: why for what, why in self._reasons.items() if what == self._option or self._is_open(what)}
        return Reply(self._option, self._values, ticked, reasons=passed)

    @property
    def visit(self) -> Visit:
        """The visit whose answer this is."""
        return self._state.visit

    @property
    def gaps(self) -> list[str]:
        """What the texts on the screen should tell and is not known, by its labels."""
        fields = self._state.visit.frame.guide.fields
        return [fields[id].label or id for id in self.screen.missing]

    def unlocked(self, option: ShownOption) -> Mapping[str, str] | None:
        """The reason that opens a locked option, by its id; empty where it is open, None where it stays locked."""
        if option.allowed:
            return {}
        self._console.say(f"Locked: {option.because.rstrip('.')}.")
        if option.override == "reason":
            return self._reason(option.id, "Your reason for choosing it all the same")
        if option.override == "approval":
            return self._approval(option.id)
        self._console.say("Nothing opens it here; choose another answer.")
        return None

    def _look_at(self, check: ShownCheck) -> None:
        """Tick a check, or leave it open: a required one only with what passes it."""
        required = "" if check.required else " (optional)"
        before = check.id in self._ticked
        while True:
            text = self._console.line(f"{check.label}{required}? [{'Y/n' if before else 'y/N'}]", YES_OR_NO).lower()
            if text in _YES or (before and not text):
                self._ticked.add(check.id)
                return
            if text not in ("", *_NO):
                self._console.say("Type y once it is done, or n.")
            elif not check.required or self._left_open(check):
                self._ticked.discard(check.id)
                return

    def _left_open(self, check: ShownCheck) -> bool:
        if check.override == "never":
            self._console.say("This has to be done before you go on.")
            return False
        passing = self._approval if check.override == "approval" else self._left_open_for
        given = passing(check.id)
        if given is None:
            self._console.say("Tick it once it is done, or say what lets you go on without it.")
        self._reasons |= given or {}
        return given is not None

    def _left_open_for(self, what: str) -> Mapping[str, str] | None:
        return self._reason(what, "Your reason for going on without it")

    def _is_open(self, what: str) -> bool:
        return what not in self._ticked and any(check.id == what for check in self.screen.checks)

    def _chosen(self) -> str | None:
        """The id of the option chosen; None where there is none to choose."""
        options = self.screen.options
        if not options:
            if not (self.screen.asks or self.screen.checks):
                self._console.show([""])
                self._console.line("Enter to go on:")
            return None
        self._console.show(terminal.question_lines(self.screen, self._console.columns))
        ids = [option.id for option in options]
        while True:
            found = _picked(self._console.line(f"Your answer, 1 to {len(ids)}:") or self._option or "", ids)
            if found is None:
                self._console.say(f"Type a number from 1 to {len(ids)}, or ? for help.")
                continue
            opened = self.unlocked(options[ids.index(found)])
            if opened is not None:
                self._reasons |= opened
                return found

    def _reason(self, what: str, prompt: str) -> Mapping[str, str] | None:
        """The reason typed, or the one given before; None where there is none."""
        answer = self._state.suggestion
        before = answer.reasons.get(what, "") if answer else ""
        given = self._console.text(f"{prompt}{_shown(before)}:") or before
        return {what: given} if given else None

    def _approval(self, what: str) -> Mapping[str, str] | None:
        """The reason of a second person who approves, who is kept in `approvals`; None where there is none."""
        held = self._state.approvals.get((self._state.visit.key, what))
        before = held.by if held else ""
        name = self._console.text(f"Approved by whom?{_shown(before)}") or before
        reasons = self._reason(what, "Their reason") if name else None
        if reasons is not None:
            self.approvals[what] = name
        return reasons


def entered(console: Console, entry: Entry, locale: str) -> Any:
    """The canonical value of one field, asked until it can be read; None where it is left blank."""
    field = entry.field
    labels = [option.label for option in field.options]
    console.show(["", *terminal.wrapped(field.help, console.columns)] if field.help else [""])
    console.show(terminal.choice_lines(labels, console.columns))
    while True:
        text = console.line(_prompt(entry, locale), _BARE.get(field.type, ANSWERS))
        if not text:
            return entry.value
        if text == "/-":
            return None
        value = catalogue.parse(field, _meant(field, text), locale)
        if not isinstance(value, Refusal):
            return catalogue.plain(value)
        console.say(value.message)
        if is_command(text):
            console.quiet(f"To do something else, put a slash before it: /{text}")


def _prompt(entry: Entry, locale: str) -> str:
    """`Amount due (EUR) [120.00]:`."""
    field = entry.field
    aside = ", ".join(part for part in (field.currency or field.unit, "" if entry.required else "optional") if part)
    value = catalogue.read(field, entry.value)
    before = "" if isinstance(value, Refusal) else catalogue.show(field, value, locale)
    return f"{field.label or field.id}{f' ({aside})' if aside else ''}{_manner(field)}{_shown(before)}:"


def _shown(before: str) -> str:
    return f" [{before}]" if before else ""


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
