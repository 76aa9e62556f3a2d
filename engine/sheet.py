"""A sheet of paper in plain values: a title, a few paragraphs, and lists under headings; as Markdown and as text."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from engine.text import escaped

_BLANKS = re.compile(r"[ \t\r\n\f\v]+")


class Section(NamedTuple):
    """Some lines under a heading, each one a point of a list."""

    heading: str
    lines: tuple[str, ...]


class Sheet(NamedTuple):
    """What is written on it, all of it plain text: `opening` and `closing` are paragraphs."""

    title: str
    opening: tuple[str, ...]
    sections: tuple[Section, ...]
    closing: tuple[str, ...] = ()

    @property
    def markdown(self) -> str:
        """The sheet as Markdown that shows exactly these characters, without its title."""
        return "\n\n".join(_markdown(self))

    @property
    def plain(self) -> str:
        """The sheet as text, with its title."""
        return "\n\n".join([self.title, *_plain(self)])


def tidy(text: str) -> str:
    """The text on one line; what may not be broken, like an amount and its currency, stays together."""
    return _BLANKS.sub(" ", text).strip()


def _markdown(sheet: Sheet) -> Iterator[str]:
    yield from map(_shown, sheet.opening)
    for heading, lines in sheet.sections:
        yield f"## {_shown(heading)}"
        yield "\n".join(f"- {_shown(line)}" for line in lines)
    yield from map(_shown, sheet.closing)


def _plain(sheet: Sheet) -> Iterator[str]:
    yield from sheet.opening
    for heading, lines in sheet.sections:
        yield "\n".join([heading, *(f"- {line}" for line in lines)])
    yield from sheet.closing


def _shown(text: str) -> str:
    return escaped(text, starts_line=True)
