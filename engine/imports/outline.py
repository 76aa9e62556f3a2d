"""What every other format comes down to: places with words, and ways between them, each with its line in the source."""

import re
import unicodedata
from dataclasses import dataclass, field
from typing import NamedTuple

from engine import syntax

_MARKUP = re.compile("<[^<>]*>")
_BREAKS = re.compile("[\x85\u2028\u2029]")

LONGEST = 64
"""The most characters of an id."""


class Remark(NamedTuple):
    """Something to tell about line `line` of the source, counted from 1. An `error` keeps it from being a guide."""

    line: int
    message: str
    error: bool = False


class Way(NamedTuple):
    """A way on to the place named `target`; without a `label` it is taken without asking.

    `remembers` is the field that keeps `value` where this way is taken.
    """

    target: str
    label: str
    line: int
    remembers: str = ""
    value: str = ""


@dataclass(slots=True)
class Place:
    """One place of the source, known there by its `key`; a place without ways is an end.

    `words` are what it shows, plain text like all the rest, `spoken` to the client or meant for staff.
    `asks` are the fields asked there; `outcome` and `kind` say how an end ends.
    """

    key: str
    line: int
    words: str = ""
    spoken: bool = False
    title: str = ""
    say: str = ""
    note: str = ""
    stage: str = ""
    outcome: str = ""
    kind: str = ""
    asks: list[str] = field(default_factory=list)
    ways: list[Way] = field(default_factory=list)


@dataclass(slots=True)
class Outline:
    """A source that has been read: its places by key, in order, the first of which is the start.

    `fields` are the labels of the texts that a session keeps, by id.
    """

    title: str = ""
    summary: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)

    def place(self, key: str, line: int) -> Place:
        """The place of this key, which is new where it was not named before."""
        return self.places.setdefault(key, Place(key, line))

    def remark(self, line: int, message: str) -> None:
        """Tell something that the author should look at."""
        self.remarks.append(Remark(line, message))

    def refuse(self, line: int, message: str) -> None:
        """Tell something that keeps the source from being a guide."""
        self.remarks.append(Remark(line, message, error=True))

    def begin_at(self, key: str) -> None:
        """Make the place of this key the start."""
        self.places = {key: self.places[key], **self.places}


class Source(NamedTuple):
    """The text of a source as it can be looked at, and what was wrong with its bytes."""

    text: str
    remarks: tuple[Remark, ...] = ()


def read(content: bytes | str) -> Source:
    """The text: lines end in LF, and no character is left that a guide cannot hold."""
    text, faults = syntax.decoded(content)
    readable, controls = syntax.controls(text)
    if any(fault.code == "too-large" for fault in faults):
        return Source("", (Remark(1, f"{faults[0].message}; {faults[0].hint}", error=True),))
    lines = [text.count("\n", 0, fault.at) + 1 for fault in (*faults, *controls)]
    told = tuple(Remark(line, fault.message) for line, fault in zip(lines, (*faults, *controls)))
    return Source(_BREAKS.sub(" ", readable), told)


def plain(text: str) -> str:
    """The text on one line, with single spaces."""
    return " ".join(text.split())


def slug(text: str, length: int = 40) -> str:
    """`That's cool, Zoë!` as `thats-cool-zoe`; empty where there is nothing to make it of."""
    start = _MARKUP.sub(" ", text[: 4 * length]).casefold()
    spelled = unicodedata.normalize("NFKD", start).translate({ord("'"): None, 0x2019: None})
    words = re.findall("[a-z0-9]+", "".join(each for each in spelled if not unicodedata.combining(each)))
    while words and not words[0][0].isalpha():
        words = words[1:]
    short = "-".join(words)
    return short if len(short) <= length else short[: length + 1].rpartition("-")[0] or short[:length]


class Names:
    """Gives out ids, each once: the one wanted, or that with the first number that makes it another."""

    def __init__(self, *taken: str) -> None:
        self._taken = set(taken)
        self._numbers: dict[str, int] = {}

    def give(self, wanted: str, between: str = "-") -> str:
        """An id that was not given out before; of at most 64 characters."""
        found = wanted = wanted if len(wanted) <= LONGEST else wanted[: LONGEST - 8]
        while found in self._taken:
            wanted = wanted[: LONGEST - 8]
            self._numbers[wanted] = self._numbers.get(wanted, 1) + 1
            found = f"{wanted}{between}{self._numbers[wanted]}"
        self._taken.add(found)
        return found
