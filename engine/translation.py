"""Translations of a guide's words, from gettext's PO files: texts and labels change, ids and rules never (issue 3).

Every text has a context that names its place, like `steps/gentle/say` or `option_sets/what-they-say/promise/label`.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any, NamedTuple

from engine import syntax
from engine.pictures import Picture
from engine.problems import Path, Position, Problem, Severity, in_order
from engine.source import Document

WORDS = frozenset(
    {"title", "summary", "label", "hint", "help", "message", "say", "note", "question", "because"}
    | {"subject", "body", "what", "alt", "source", "unit"}
)
"""Keys whose text people read."""
LISTS = frozenset({"points", "never"})
"""Keys with a list of such texts."""
_NO_WORDS = frozenset({"set", "with", "take", "on", "walkthroughs", "rules"})
"""Keys below which nobody reads: expressions, ids, and the author's own notes."""

_SHAPE = 'a PO file is made of lines like msgctxt "…", msgid "…" and msgstr "…"'
_LANGUAGE = re.compile("[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,4}")
_KEYWORD = re.compile(r'(msgctxt|msgid|msgid_plural|msgstr)(?:\[\d+\])?[ \t]+"((?:[^"\\]|\\.)*)"')
_MORE = re.compile(r'"((?:[^"\\]|\\.)*)"')
_ESCAPE = re.compile(r"\\(.)")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r"}


class Entry(NamedTuple):
    """A text of a guide: where it stands, by the names that stay when other texts come and go, and as a path."""

    context: str
    text: str
    path: Path


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a PO file; `line` is where its translation starts. One that is `fuzzy` is not used."""

    context: str
    original: str
    text: str
    line: int
    fuzzy: bool = False


@dataclass(frozen=True, slots=True)
class Catalog:
    """The messages of a PO file by context; `text` is the file's, canonical."""

    file: str
    text: str
    messages: Mapping[str, Message]


class Translated(NamedTuple):
    """A guide's document in another language; `lines` are the places translated and their lines in the PO file."""

    document: Document
    lines: Mapping[Path, int]
    problems: tuple[Problem, ...]


def language(file: str) -> str:
    """The language of a PO file by its folder: `de-AT` for `locale/de_AT/late-payment.po`."""
    return PurePath(file).parent.name.replace("_", "-")


def digest(text: str, catalogs: Mapping[str, str], pictures: Mapping[str, Picture]) -> str:
    """The SHA-256 by which a version is known: of the guide's text or, with PO texts by language or images, of all.

    A guide with neither keeps the digest it had before there were any.
    """
    own = _sha256(text)
    lines = [own, *(f"{spoken} {_sha256(catalogs[spoken])}" for spoken in sorted(catalogs))]
    lines += [f"{file} {pictures[file].digest}" for file in sorted(pictures) if not pictures[file].fault]
    return _sha256("\n".join(lines)) if len(lines) > 1 else own


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def entries(data: Mapping[str, Any]) -> Iterator[Entry]:
    """Every text of a guide that people read, in the author's order."""
    for path, text in _texts(data, ()):
        yield Entry(_context(data, path), text, path)


def read(content: bytes | str, file: str) -> tuple[Catalog, tuple[Problem, ...]]:
    """The messages of a PO file, and what cannot be read of it."""
    text, faults = syntax.decoded(content)
    readable, controls = syntax.controls(text)
    reader = _Reader(file)
    if not _LANGUAGE.fullmatch(language(file)):
        reader.tell(1, f"its folder '{PurePath(file).parent.name}' is no language", "call it de, pt-BR or the like")
    for fault in (*faults, *controls):
        reader.tell(text.count("\n", 0, fault.at) + 1, fault.message)
    for number, line in enumerate(readable.split("\n"), 1):
        reader.line(number, line.strip())
    reader.close()
    return Catalog(file, text, reader.messages), in_order(reader.problems)


def translated(document: Document, catalog: Catalog) -> Translated:
    """The document with its texts translated; what has no translation, or another original by now, stays as it is."""
    data = _copied(document.data)
    lines: dict[Path, int] = {}
    problems = []
    known = {entry.context: entry for entry in entries(document.data)}
    for message in catalog.messages.values():
        entry = known.get(message.context)
        if entry is None:
            problems.append(_old(catalog, message, f"the guide has no text '{message.context}'", "delete it"))
        elif message.original.strip() != entry.text.strip():
            words = f"'{message.context}' has another text now, so its translation is not used"
            problems.append(_old(catalog, message, words, "export the template again, and translate it anew"))
        elif message.text and not message.fuzzy:
            _put(data, entry.path, message.text)
            lines[entry.path] = message.line
    return Translated(replace(document, data=data), lines, tuple(problems))


def _old(catalog: Catalog, message: Message, words: str, hint: str) -> Problem:
    return Problem("old-translation", words, Position(message.line), hint, Severity.WARNING, catalog.file)


def _texts(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, list):
        for number, child in enumerate(value):
            yield from _texts(child, (*path, number))
    elif isinstance(value, dict):
        labels = path == ("stages",) or (path[:1] == ("fields",) and path[2:] == ("options",))
        for key, child in value.items():
            yield from _below(key, child, (*path, key), labels=labels, named=len(path) == 1)


def _below(key: str, child: Any, path: Path, *, labels: bool, named: bool) -> Iterator[tuple[Path, str]]:
    """The texts under one key, which is an id where `named`: of a label, of words, of a list, or of what is inside."""
    if isinstance(child, str):
        if labels or (key in WORDS and not named):
            yield path, child
    elif key in LISTS and not named and isinstance(child, list):
        yield from (((*path, number), text) for number, text in enumerate(child) if isinstance(text, str))
    elif named or key not in _NO_WORDS:
        yield from _texts(child, path)


def _context(data: Mapping[str, Any], path: Path) -> str:
    """The path with what is in a list called by its id, or else by its number from 1."""
    names, here = [], data
    for part in path:
        here = here[part]  # type: ignore[index]
        id = here.get("id") if isinstance(here, dict) and isinstance(part, int) else None
        number = str(part + 1) if isinstance(part, int) else part
        names.append(id if isinstance(id, str) else number)
    return "/".join(names)


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copied(child) for key, child in value.items()}
    return [_copied(child) for child in value] if isinstance(value, list) else value


def _put(data: Any, path: Path, text: str) -> None:
    *way, last = path
    for part in way:
        data = data[part]
    data[last] = text


class _Reader:
    """Reads a PO file line by line; a message ends where the next one begins."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.messages: dict[str, Message] = {}
        self.problems: list[Problem] = []
        self.parts: dict[str, str] = {}
        self.keyword = ""
        self.began = 0
        self.fuzzy = False

    def tell(self, line: int, message: str, hint: str = _SHAPE) -> None:
        """Note that something here cannot be read."""
        self.problems.append(Problem("bad-translation", message, Position(line), hint, Severity.ERROR, self.file))

    def line(self, number: int, line: str) -> None:
        """Read one line."""
        keyword, more = _KEYWORD.fullmatch(line), _MORE.fullmatch(line)
        if keyword:
            self._begin(keyword[1], keyword[2], number)
        elif more and self.keyword:
            self.parts[self.keyword] += _unescaped(more[1])
        elif line.startswith("#"):
            self.close()
            self.fuzzy = self.fuzzy or (line.startswith("#,") and "fuzzy" in line)
        elif line:
            self.tell(number, "this line is not read as part of a translation")

    def _begin(self, keyword: str, text: str, number: int) -> None:
        if keyword in ("msgctxt", "msgid") and "msgstr" in self.parts:
            self.close()
        if keyword == "msgstr":
            self.began = number
        self.keyword = keyword
        self.parts[keyword] = _unescaped(text)

    def close(self) -> None:
        """End the message that was read; one without a context is the head of the file."""
        if "msgstr" in self.parts:
            context, original = self.parts.get("msgctxt", ""), self.parts.get("msgid", "")
            if context:
                self.messages[context] = Message(context, original, self.parts["msgstr"], self.began, self.fuzzy)
            self.parts, self.keyword, self.fuzzy = {}, "", False


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda found: _ESCAPES.get(found[1], found[1]), text)
