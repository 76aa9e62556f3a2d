"""The entries of a guide as they are written, and the comments that belong to each; they live here only.

A comment on lines of its own belongs to the entry below it, or, where it is indented deeper than that, to the end of
the block above it. One at the end of a line belongs to the entry that it follows.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any, NamedTuple

from engine import source
from engine.source import Branch, Document, Mark

_ONLY_DASHES = re.compile(r"[ \t-]*")
_HEADER = re.compile(r"[|>][-+0-9]*[ \t]+(#.*)")


class Comment(NamedTuple):
    """A comment: where its `#` stands, its text from there on, and what else is on its line: words, dashes, nothing."""

    at: int
    text: str
    before: str


class Remark(NamedTuple):
    """A comment of an entry, from the index `at` on; `gap` is a blank line before it."""

    at: int
    text: str
    gap: bool = False


class Part:
    """An entry of a mapping or list, or the whole guide.

    `at` is the index at which it starts and `start` that of its value; `end` is where a scalar or a value in
    brackets ends, 0 for a block. `column` is that of a block's entries.
    """

    __slots__ = ("above", "at", "below", "beside", "column", "end", "gap", "key", "parent", "parts", "start", "value")

    def __init__(self, key: str | None, at: int, value: Any, parent: "Part | None") -> None:
        self.key, self.at, self.value, self.parent = key, at, value, parent
        self.parts: list[Part] = []
        self.above: list[Remark] = []
        self.beside: list[Remark] = []
        self.below: list[Remark] = []
        self.start = self.end = self.column = 0
        self.gap = False

    def ancestry(self) -> "Iterator[Part]":
        """Itself, what holds it, and so on up to the whole."""
        part: Part | None = self
        while part:
            yield part
            part = part.parent

    def entries(self) -> "Iterator[Part]":
        """Every entry below it, in the order they start."""
        for part in self.parts:
            yield part
            yield from part.entries()

    def is_block(self) -> bool:
        """Whether it is a mapping or list without brackets."""
        return bool(self.parts) and not self.end


def comments(document: Document) -> Iterator[Comment]:
    """Every comment of a guide, in order. Of a guide without errors in its YAML."""
    text, index = document.text, 0
    for start, end in [*sorted(source.extents(document).items()), (len(text), len(text))]:
        if text[start : start + 1] in ("{", "["):
            continue
        yield from _between(text, index, start)
        header = _HEADER.match(text, start, end)
        if header:
            yield Comment(header.start(1), header[1].rstrip(), header[0])
        index = max(index, end)


def _between(text: str, index: int, end: int) -> Iterator[Comment]:
    """The comments of a piece of text that is outside all values."""
    while (index := text.find("#", index, end)) >= 0:
        stop = text.find("\n", index)
        words = text[index:stop] if stop >= 0 else text[index:]
        yield Comment(index, words.rstrip(), text[text.rfind("\n", 0, index) + 1 : index].strip())
        index += len(words)


def read(document: Document) -> Part:
    """The guide's entries with their comments. Of a guide without errors in its YAML."""
    whole = Part(None, 0, document.data, None)
    _fill(whole, document.marks, source.extents(document), document)
    entries = list(whole.entries())
    starts = [part.at for part in entries]
    for comment in comments(document):
        count = bisect_right(starts, comment.at)
        last = entries[count - 1] if count else whole
        following = entries[count] if count < len(entries) else None
        remark = Remark(comment.at, comment.text, _after_blank(document, comment.at))
        opening = last.parts and last.start < comment.at < last.end
        if following and (opening or (comment.before and _ONLY_DASHES.fullmatch(comment.before))):
            following.above.append(remark)
        elif comment.before:
            _ended(last, comment.at).beside.append(remark)
        else:
            _place(comment.at, _column(document, comment.at), last, following).append(remark)
    return whole


def _fill(part: Part, mark: Mark, ends: dict[int, int], document: Document) -> None:
    part.start = mark.start if isinstance(mark, Branch) else max(mark, ~mark)
    if isinstance(mark, Branch):
        part.end = ends[part.start] if document.text[part.start] in "{[" else _end_of_pair(part)
        part.column = _column(document, part.start)
        children = mark.children
        for key, child in children.items() if isinstance(children, dict) else enumerate(children):
            start = child.start if isinstance(child, Branch) else max(child, ~child)
            name = key if isinstance(key, str) else None
            entry = Part(name, mark.keys.get(key, start), part.value[key], part)
            entry.gap = entry.at > part.at and _after_blank(document, entry.at)
            part.parts.append(entry)
            _fill(entry, child, ends, document)
    else:
        part.end = ends[part.start]


def _end_of_pair(part: Part) -> int:
    """Where the list ends that a mapping without brackets of its own stands in: `[one: pair]`; else 0."""
    above = part.parent
    return above.end if above and isinstance(above.value, list) else 0


def _ended(part: Part, at: int) -> Part:
    """The outermost value in brackets that has ended with `part` before `at`; else the part."""
    while part.parent and 0 < part.parent.end <= at:
        part = part.parent
    return part


def _place(at: int, column: int, last: Part, following: Part | None) -> list[Remark]:
    """The list that a comment on a line of its own belongs to."""
    line = list(last.ancestry())
    brackets = (part for part in line if part.parts and part.start < at < part.end)
    blocks = (part for part in line if part.is_block() and part.column <= column)
    around = next(brackets, None) or next(blocks, line[-1])
    return following.above if following and around in following.ancestry() else around.below


def _column(document: Document, at: int) -> int:
    return at - document.text.rfind("\n", 0, at) - 1


def _after_blank(document: Document, at: int) -> bool:
    """Whether nothing but dashes stands before it on its line, and the line above is blank."""
    text = document.text
    end = text.rfind("\n", 0, at)
    alone = end >= 0 and _ONLY_DASHES.fullmatch(text, end + 1, at) is not None
    return alone and not text[text.rfind("\n", 0, end) + 1 : end].strip()
