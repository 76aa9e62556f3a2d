"""A screen as lines for a terminal: plain words at a width that reads well, colour only as an extra."""

import os
import re
import shutil
import sys
import textwrap
from collections.abc import Iterable, Iterator

import click

from engine.content import Content
from engine.screen import Screen
from engine.shown import ShownOption

_WIDEST, _NARROWEST = 88, 24
_LABEL = 8  # columns before the text of each part
_STYLES = {
    "title": {"bold": True},
    "say": {"bold": True},
    "never": {"fg": "red"},
    "key": {"bold": True, "fg": "cyan"},
    "refused": {"fg": "red", "bold": True},
    "aside": {"dim": True},
    "locked": {"fg": "yellow"},
    "prompt": {"fg": "cyan"},
}
_OPENS = {
    "reason": "A reason opens it.",
    "approval": "A second person has to approve it.",
    None: "Nothing opens it here.",
}
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_STEERING = re.compile("\x1b\\[[0-9;]*m")
_MARKS = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|`(?P<code>[^`\n]+)`"
    r"|\[(?P<link>[^\]\n]+)\]\((?P<address>[^)\s]+)\)"
    r"|<(?P<bare>[a-z]+:[^>\s]+)>"
    r"|(?P<mark>\*\*|\*|__|(?<!\w)_|_(?!\w))"
    r"|(?P<heading>^#{1,6} +)",
    re.MULTILINE,
)
_ITEM = re.compile(r"(?P<mark>[-*+]|\d{1,9}[.)]) +")


def width() -> int:
    """The columns to write in: those of the terminal, at most as many as read well."""
    return max(_NARROWEST, min(shutil.get_terminal_size().columns, _WIDEST))


def coloured() -> bool:
    """Whether colours are wanted: on a terminal whose user has not set NO_COLOR (no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def styled(text: str, style: str) -> str:
    """The text in a style of ours, or as it is where no colours are wanted."""
    return click.style(text, **_STYLES[style]) if coloured() else text  # type: ignore[arg-type]


def edited(prompt: str, style: str) -> str:
    """A prompt in a style, its colours marked as taking no room, so that lines are edited where they stand."""
    return _STEERING.sub("\x01\\g<0>\x02", styled(prompt, style))


def printable(text: str) -> str:
    """The text without characters that would steer the terminal."""
    return _CONTROL.sub("", text)


def plain(markdown: str) -> str:
    """Markdown as plain words: no marks of emphasis, links with their address after them, lists as written."""
    return printable(_MARKS.sub(_unmarked, markdown))


def wrapped(text: str, columns: int) -> list[str]:
    """Plain words in lines of at most `columns`; the lines of a paragraph are joined, list items keep their own."""
    lines: list[str] = []
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        if lines:
            lines.append("")
        for piece in _pieces(paragraph.splitlines()):
            item = _ITEM.match(piece)
            lines += textwrap.wrap(piece, columns, subsequent_indent=" " * (item.end() if item else 0))
    return lines


def screen_lines(screen: Screen, columns: int) -> Iterator[str]:
    """Where we are and what to say and do; the fields and the answers come after it, as prompts."""
    for closed in screen.before:
        yield ""
        yield from _content(closed, columns)
    yield ""
    yield styled("─" * columns, "aside")
    if screen.stage:
        progress = screen.progress or {}
        yield styled(f"{screen.stage} · {progress.get('stage')} of {progress.get('of')}", "aside")
    yield from _content(screen.content, columns)
    yield from _part("Images", [f"{image.alt} ({image.file})" for image in screen.images], columns, "")
    if screen.outcome:
        yield ""
        yield styled(f"Outcome: {screen.outcome['label']} ({screen.outcome['kind']})", "title")


def question_lines(screen: Screen, columns: int) -> Iterator[str]:
    """The question and its answers, each with the number to type."""
    yield ""
    if screen.content.question:
        yield from (styled(line, "title") for line in wrapped(printable(screen.content.question), columns))
    for number, option in enumerate(screen.options, 1):
        yield from _option(str(number), option, columns)


def gap_lines(labels: Iterable[str], columns: int) -> Iterator[str]:
    """What the texts of the screen should tell and nobody knows yet: quietly, as it is nobody's mistake."""
    names = ", ".join(labels)
    if names:
        yield ""
        yield from (styled(line, "aside") for line in textwrap.wrap(f"Not known yet: {names}.", columns))


def anytime_lines(screen: Screen, columns: int) -> Iterator[str]:
    """What can be answered at any time, and whether the step can be skipped, each with what to type."""
    if screen.anytime or screen.skippable:
        yield ""
    if screen.anytime:
        yield styled("At any time", "aside")
    for number, entry in enumerate(screen.anytime, 1):
        yield from _option(f"!{number}", entry, columns)
    if screen.skippable:
        yield from _choice("s", "Skip this step, with a reason", columns)


def choice_lines(labels: Iterable[str], columns: int) -> Iterator[str]:
    """Things to choose from, numbered from 1."""
    for number, label in enumerate(labels, 1):
        yield from _choice(str(number), label, columns)


def refusal_lines(messages: Iterable[str], columns: int) -> Iterator[str]:
    """Why an answer was refused, one message a paragraph."""
    for message in messages:
        yield from (styled(line, "refused") for line in textwrap.wrap(f"! {message}", columns, subsequent_indent="  "))


def _content(content: Content, columns: int) -> Iterator[str]:
    yield from (styled(line, "title") for line in wrapped(printable(content.title), columns))
    yield from _part("Note", [content.note], columns, "")
    yield from _part("Say", [content.say], columns, "say")
    yield from _part("Points", content.points, columns, "")
    yield from _part("Never", content.never, columns, "never")


def _part(label: str, texts: Iterable[str], columns: int, style: str) -> Iterator[str]:
    told = [printable(text) if label == "Images" else plain(text) for text in texts if text]
    if not told:
        return
    yield ""
    bullet = "- " if label in ("Points", "Never", "Images") else ""
    lines = [line for text in told for line in wrapped(bullet + text, columns - _LABEL)]
    for number, line in enumerate(lines):
        start = (label if number == 0 else "").ljust(_LABEL)
        text = styled(line, style) if style and line else line
        yield (styled(start, "aside") + text).rstrip()


def _choice(key: str, label: str, columns: int) -> Iterator[str]:
    first, *rest = textwrap.wrap(printable(label), columns - 6) or [""]
    yield f"  {styled(f'{key:>2}', 'key')}  {first}"
    yield from (f"      {line}" for line in rest)


def _option(key: str, option: ShownOption, columns: int) -> Iterator[str]:
    """An answer with what to type for it; a locked one with why, and with what opens it."""
    yield from _choice(key, _label(option), columns)
    if not option.allowed:
        told = printable(f"Locked: {option.because.rstrip('.')}. {_OPENS[option.override]}")
        yield from (f"      {styled(line, 'locked')}" for line in textwrap.wrap(told, columns - 6))


def _label(option: ShownOption) -> str:
    label = f"{option.label} — {option.hint}" if option.hint else option.label
    return f"{label} (your answer before)" if option.chosen else label


def _pieces(lines: Iterable[str]) -> list[str]:
    """The lines of a paragraph joined, but for list items, which start anew."""
    pieces: list[str] = []
    for line in lines:
        line = line.strip()
        if pieces and not _ITEM.match(line):
            pieces[-1] += f" {line}"
        else:
            pieces.append(line)
    return pieces


def _unmarked(found: re.Match[str]) -> str:
    if found["link"]:
        return f"{found['link']} ({found['address']})"
    return found["escaped"] or found["code"] or found["bare"] or ""
