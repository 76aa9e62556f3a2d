"""The Markdown of a guide: where its texts stand, and the links and images in them (CommonMark)."""

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

from engine.model import Guide
from engine.problems import Path
from engine.text import Text

_TOKEN = re.compile(
    r"\\.|(?P<open>!?\[)|\]\(\s*<?(?P<target>(?:\{\{.*?(?:\}\}|\Z)|[^\s)>])*)|(?P<close>\]\[|\])|<(?P<auto>[a-zA-Z][\w+.-]{1,31}:[^<>\s]*)>",
    re.DOTALL,
)
_DEFINITION = re.compile(r"^ {0,3}\[[^\]\n]+\]:\s*<?(\S+)", re.MULTILINE)


class Link(NamedTuple):
    """A link or an image; `offset` is where it starts in the text."""

    target: str
    offset: int
    image: bool = False


def texts(guide: Guide) -> Iterator[tuple[Text, Path]]:
    """Every text of the guide that is Markdown, with its place."""
    for step in guide.steps.values():
        yield step.say, (*step.path, "say")
        yield step.note, (*step.path, "note")
        yield from ((text, (*step.path, "points", number)) for number, text in enumerate(step.points))
        yield from ((text, (*step.path, "never", number)) for number, text in enumerate(step.never))
    yield from ((document.body, (*document.path, "body")) for document in guide.documents.values())


def links(written: str) -> Iterator[Link]:
    """The links and images of a text, in one pass over its brackets."""
    if "[" not in written and "<" not in written:
        return
    opened: list[tuple[int, bool]] = []
    for token in _TOKEN.finditer(written):
        if token["open"]:
            opened.append((token.start(), token["open"] == "!["))
        elif token["auto"]:
            yield Link(token["auto"], token.start())
        elif token[0][0] == "]" and opened:
            start, image = opened.pop()
            if token["target"] is not None:
                yield Link(unescape(token["target"]), start, image)
            elif image and token[0] == "][":
                yield Link("", start, image)
    for definition in _DEFINITION.finditer(written):
        yield Link(unescape(definition[1]), definition.start(1))
