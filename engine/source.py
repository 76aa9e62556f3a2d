"""YAML text to a document of text, lists and mappings, with the place of every key and value (FORMAT §1)."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, NamedTuple

import yaml

from engine import syntax
from engine.problems import Path, Place, Position, Problem, Severity, in_order
from engine.syntax import Complaint, Fault

MAX_DEPTH = 24
MAX_VALUES = 200_000
_MANY = 1_000  # problems of one file
_ROUNDS = 20  # readings of a file with syntax errors: each reading finds one
_ROUND_BUDGET = 2_000_000  # characters that may be read again for that
_HARMLESS = {"duplicate-key", "anchor", "tag", "control-character", "nbsp-indentation"}
_LINE_BREAKS = "\x85\u2028\u2029"  # YAML breaks lines at these; in a guide they are text
_PLAIN_PIECE = re.compile(r"[^\n]")
_QUOTED_PIECE = {"'": re.compile(r"''|[^'\n]"), '"': re.compile(r'\\(?:x..|u.{4}|U.{8}|.)|[^"\\\n]')}
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # libyaml may be absent


Collection = dict[str, object] | list[object]


class Branch(NamedTuple):
    """Where a mapping or list and its parts start, as indexes into the text; `keys` is empty for a list."""

    start: int
    keys: dict[str | int, int]
    children: "dict[str, Mark] | list[Mark]"


Mark = int | Branch
"""Where a value starts: a `Branch`, or for a scalar its index (`~index` when quoted or a block)."""


@dataclass(frozen=True, slots=True)
class Document:
    """A file that has been read. `data` is made of dict, list and str only: every scalar is text.

    `text` is canonical, without byte order mark and with lines ended by LF; positions are those in it.
    `marks` is the tree of places beside `data`, `lines` the index at which each line starts.
    """

    file: str
    text: str
    data: dict[str, Any]
    marks: Mark
    lines: tuple[int, ...]

    def position(self, place: Place) -> Position:
        """The narrowest position of `place`; of what is missing, that of the nearest thing around it."""
        above: Mark = 0
        mark: Mark = self.marks
        data: Any = self.data
        for depth, part in enumerate(place.path):
            child = _child(mark, part)
            if child is None:
                return _position(self.lines, _start(mark, above, place.path[:depth], key=True))
            above, mark, data = mark, child, data[part]
        start = _start(mark, above, place.path, key=place.key)
        if place.offset and not place.key and isinstance(data, str):
            start = _inside(self.text, start, data, place.offset)
        return _position(self.lines, start)

    def position_at(self, index: int) -> Position:
        """The position of a character of the text."""
        return _position(self.lines, index)

    def quoted(self, path: Path) -> bool:
        """Whether there is a scalar at `path` that was written in quotes or as a block of text."""
        mark: Mark | None = self.marks
        for part in path:
            mark = None if mark is None else _child(mark, part)
        return isinstance(mark, int) and mark < 0


def parse(content: bytes | str, file: str = "") -> tuple[Document | None, tuple[Problem, ...]]:
    """Read a guide's text: the document, or None when it cannot be trusted, and all problems sorted by place.

    Raises nothing, whatever the bytes. `file` is the name that problems carry.
    """
    text, faults = syntax.decoded(content)
    readable, found = syntax.controls(text)
    readable, odd = syntax.indentation(readable)
    faults = (*faults, *found, *odd)
    data: Any = None
    marks: Mark = 0
    if not any(fault.code in ("too-large", "tab-indentation") for fault in faults):
        data, marks, more = _read(readable)
        faults = (*faults, *more)
    if all(fault.severity is Severity.WARNING for fault in faults):
        faults = (*faults, *_root_faults(data, marks))
    lines = (0, *accumulate(len(line) + 1 for line in text.split("\n")))
    first = sorted(faults, key=lambda fault: fault.at)[:_MANY]
    problems = in_order(_problem(fault, lines, file) for fault in first)
    trusted = all(fault.code in _HARMLESS or fault.severity is Severity.WARNING for fault in faults)
    document = Document(file, text, data, marks, lines) if trusted and isinstance(data, dict) else None
    return document, problems


def extents(document: Document) -> dict[int, int]:
    """Where each scalar and each `{}` and `[]` ends, by where it starts; of a document without errors in its YAML.

    Comments are what stands outside of these: they are not among the events that a document is made of.
    """
    kept, _ = _kept_breaks(document.text)
    ends: dict[int, int] = {}
    opened: list[int] = []
    events: Iterator[Any] = yaml.parse(document.text.translate(kept), Loader=_LOADER)  # which all have their marks
    for event in events:
        start, end = event.start_mark.index, event.end_mark.index
        if isinstance(event, yaml.ScalarEvent):
            ends[start] = end
        elif isinstance(event, yaml.CollectionStartEvent):
            opened.append(start)
        elif isinstance(event, yaml.CollectionEndEvent):
            start = opened.pop()
            if document.text[start] in "{[":
                ends[start] = end
    return ends


def _root_faults(data: object, marks: Mark) -> tuple[Fault, ...]:
    if isinstance(data, dict):
        return ()
    hint = "a guide starts with 'guide: its-id', 'title: …', 'outcomes:' and 'steps:'"
    if data in (None, "") and marks == max(0, _start(marks)):
        return (Fault("empty-file", 0, "this file is empty", hint),)
    return (Fault("not-a-mapping", _start(marks), "a guide is made of 'key: value' lines", hint),)


def _problem(fault: Fault, lines: tuple[int, ...], file: str) -> Problem:
    position = _position(lines, fault.at)
    return Problem(fault.code, fault.message, position, fault.hint, fault.severity, file)


def _position(lines: tuple[int, ...], index: int) -> Position:
    line = bisect_right(lines, index)
    return Position(line, index - lines[line - 1] + 1)


def _child(mark: Mark, part: str | int) -> Mark | None:
    if isinstance(mark, int):
        return None
    if isinstance(mark.children, dict):
        return mark.children.get(str(part))
    return mark.children[part] if isinstance(part, int) and 0 <= part < len(mark.children) else None


def _start(mark: Mark, above: Mark = 0, path: Path = (), *, key: bool = False) -> int:
    start = max(mark, ~mark) if isinstance(mark, int) else mark.start
    return above.keys.get(path[-1], start) if key and isinstance(above, Branch) else start


def _inside(text: str, start: int, value: str, offset: int) -> int:
    """The index of the character at `offset` of a scalar; of its start where the text was folded before."""
    first = text[start : start + 1]
    if first == "|":
        return _inside_block(text, start, value.rstrip("\n"), offset)
    piece = _QUOTED_PIECE.get(first)
    index = start + 1 if piece else start
    for _ in range(offset):
        match = (piece or _PLAIN_PIECE).match(text, index)
        if not match or first == ">":
            return start
        index = match.end()
    return index


def _inside_block(text: str, start: int, value: str, offset: int) -> int:
    """A block keeps its lines: its indentation is what a written line has more than that of the value."""
    if not value:
        return start
    offset = min(offset, len(value))
    lines, number = value.split("\n"), value.count("\n", 0, offset)
    index = text.find("\n", start) + 1
    written = text[index:].split("\n", len(lines))[: len(lines)]
    indent = next((len(raw) - len(line) for raw, line in zip(written, lines, strict=False) if line), 0)
    column = indent + offset - value.rfind("\n", 0, offset) - 1
    return index + sum(len(raw) + 1 for raw in written[:number]) + min(column, len(written[number]))


def _read(text: str) -> tuple[Any, Mark, tuple[Fault, ...]]:
    """The root value, its places and the faults; where the YAML reader gives up, mend that and read again."""
    faults: list[Fault] = []
    for _ in range(1 + min(_ROUNDS, _ROUND_BUDGET // (len(text) + 1))):
        reader = _Reader(text)
        stop = reader.read()
        if not stop or (faults and "\n" not in text[faults[-1].at : stop.at]):
            break
        faults.append(stop)
        text = syntax.mended(text, stop)
    root = reader.stack[0]
    faults += reader.faults
    return (root.data[0], root.children[0], tuple(faults)) if root.data else (None, 0, tuple(faults))


class _Open:
    """A mapping or list that is being read; `key` is the key whose value comes next."""

    __slots__ = ("children", "data", "flow", "key", "keys")

    def __init__(self, data: Collection, branch: Branch, *, flow: bool) -> None:
        self.data: Any = data
        self.keys: dict[str | int, int] = branch.keys
        self.children: Any = branch.children
        self.flow = flow
        self.key: str | None = None

    def awaits_key(self) -> bool:
        return self.key is None and isinstance(self.data, dict)


class _Reader:
    """Builds the tree from YAML events with a stack of its own: no recursion for a deep file to exhaust."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.faults: list[Fault] = []
        self.comments = syntax.comments(text)
        self.top = _Open([], Branch(0, {}, []), flow=False)
        self.stack = [self.top]
        self.documents = self.scalars = self.branches = 0
        self.breaks: list[int] = []
        self.kept, self.restored = _kept_breaks(text)
        self.events: Any = yaml.parse(text.translate(self.kept), Loader=_LOADER)

    def read(self) -> Fault | None:
        """Read to the end, or to the first thing that is not YAML: that fault."""
        handlers: dict[type, Callable[[Any], bool]] = {
            yaml.ScalarEvent: self._scalar,
            yaml.MappingStartEvent: self._mapping,
            yaml.SequenceStartEvent: self._sequence,
            yaml.MappingEndEvent: self._closed,
            yaml.SequenceEndEvent: self._closed,
            yaml.AliasEvent: self._alias,
            yaml.DocumentStartEvent: self._document,
        }
        event: Any = None
        try:
            for event in self.events:
                handle = handlers.get(type(event))
                if handle and handle(event):
                    break
        except (yaml.YAMLError, ValueError, OverflowError) as error:
            return syntax.diagnose(self.text, _complaint(error, event.end_mark.index))
        return None

    def _scalar(self, event: Any) -> bool:
        start, value, style = event.start_mark.index, event.value, event.style
        self.scalars += 1
        if event.anchor or event.tag:
            self._properties(event, start)
        if not style:
            self._plain(value, event.end_mark.index)
        elif style == '"' and not value.isprintable():
            self.faults += syntax.escaped_controls(value, start)
        if self.restored:
            value = value.translate(self.restored)
        self._add(value, ~start if style else start, start)
        return self.scalars > MAX_VALUES and self._too_many(start)

    def _plain(self, value: str, end: int) -> None:
        top = self.top
        if end in self.comments:
            self.faults.append(syntax.cut(self.comments[end]))
        if top.flow and "?" in value:
            self.faults.append(syntax.flow_question(end - len(value) + value.index("?")))
        if top.flow and not value and top.key is not None:
            self.faults.append(syntax.flow_key(top.key, top.keys[top.key]))

    def _add(self, value: Any, mark: Mark, start: int) -> None:
        top = self.top
        if isinstance(top.data, list):
            top.data.append(value)
            top.children.append(mark)
        elif top.key is None:
            self._key(value, start)
        else:
            top.data[top.key] = value
            top.children[top.key] = mark
            top.key = None

    def _key(self, key: str, start: int) -> None:
        keys = self.top.keys
        self.scalars -= 1  # the limit is one on values
        if key in keys:
            self.faults.append(syntax.duplicate_key(key, start, self._line(keys[key]), self._line(start)))
        elif key == "<<" and self.text.startswith("<<", start):
            self.faults.append(syntax.merge_key(start))
        keys[key] = start
        self.top.key = key

    def _line(self, index: int) -> int:
        """The line of a character, from 1: looked up, since a file can have as many double keys as lines."""
        if not self.breaks:
            self.breaks = [found.start() for found in re.finditer("\n", self.text)]
        return bisect_left(self.breaks, index) + 1

    def _mapping(self, event: Any) -> bool:
        return self._opened(event, {}, {})

    def _sequence(self, event: Any) -> bool:
        return self._opened(event, [], [])

    def _opened(self, event: Any, data: Collection, children: Any) -> bool:
        start = event.start_mark.index
        self.branches += 1
        if event.anchor or event.tag:
            self._properties(event, start)
        if len(self.stack) > MAX_DEPTH:
            return self._too_deep(start)
        if self.text.startswith("{{", start):
            self.faults.append(syntax.needs_quotes("{{", start))
            return self._skipped(start)
        if self.top.awaits_key():
            self.faults.append(syntax.complex_key(start))
            return self._skipped(start)
        branch = Branch(start, {}, children)
        self._add(data, branch, start)
        self.top = _Open(data, branch, flow=event.flow_style)
        self.stack.append(self.top)
        return self.branches > MAX_VALUES and self._too_many(start)

    def _closed(self, _event: Any) -> bool:
        self.stack.pop()
        self.top = self.stack[-1]
        return False

    def _skipped(self, start: int) -> bool:
        """Pass over a collection that cannot be part of a guide, to its end; an empty text stands for it."""
        depth = 1
        while depth:
            event = next(self.events)
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            self.scalars += 1
            if depth + len(self.stack) > MAX_DEPTH:
                return self._too_deep(event.start_mark.index)
            if self.scalars > MAX_VALUES:
                return self._too_many(event.start_mark.index)
        self._add("", start, start)
        return False

    def _alias(self, event: Any) -> bool:
        start = event.start_mark.index
        if self.top.key != "<<":
            self.faults.append(syntax.alias(event.anchor, start))
        self._add("", start, start)
        return False

    def _document(self, event: Any) -> bool:
        self.documents += 1
        if self.documents > 1:
            self.faults.append(syntax.second_document(event.start_mark.index))
        return self.documents > 1

    def _properties(self, event: Any, start: int) -> None:
        if event.anchor:
            self.faults.append(syntax.anchor(event.anchor, start))
        elif event.tag == "!":
            self.faults.append(syntax.needs_quotes("!", start))
        else:
            self.faults.append(syntax.tag(start))

    def _too_deep(self, start: int) -> bool:
        self.faults.append(syntax.too_deep(MAX_DEPTH, start))
        return True

    def _too_many(self, start: int) -> bool:
        self.faults.append(syntax.too_many_values(MAX_VALUES, start))
        return True


def _complaint(error: Exception, index: int) -> Complaint:
    """The library's error as a place and words; a bare ValueError comes from an escape beyond Unicode."""
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return Complaint(index, index, "quoted scalar")
    mark = error.problem_mark
    since = error.context_mark.index if error.context_mark else mark.index
    return Complaint(mark.index, since, f"{error.context} {error.problem}")


def _kept_breaks(text: str) -> tuple[dict[int, str], dict[int, str]]:
    """Stand-ins that keep the YAML reader from folding Unicode's own line breaks, and the way back."""
    breaks = [character for character in _LINE_BREAKS if character in text]
    lowered = text.lower() if breaks else ""
    codes = range(0xF0000, 0xFFFFE)  # private: free if neither they nor escapes for them are there
    free = (code for code in codes if chr(code) not in text and f"{code:x}" not in lowered)
    pairs = list(zip(breaks, free, strict=False))
    return {ord(old): chr(new) for old, new in pairs}, {new: old for old, new in pairs}
