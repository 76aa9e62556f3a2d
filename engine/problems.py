"""What an author must mend: a code, a sentence, and the narrowest place it concerns."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from typing import NamedTuple, TypeAlias

Path: TypeAlias = tuple[str | int, ...]
"""Where in a guide's document: keys and list indexes from the root, like `("steps", "gentle", "options", 0, "to")`."""


class Severity(StrEnum):
    """How bad: an error keeps a guide from being published, a warning does not (unless `--strict`)."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Position(NamedTuple):
    """A place in a text; line and column both count from 1, columns in characters."""

    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the document a problem points, before lines and columns are known.

    `path` leads to a value; `key` asks for the key of that value instead of the value itself;
    `offset` is the character within the value's text that is meant (for expressions and `{{ … }}`).
    """

    path: Path
    key: bool = False
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend. `code` names its kind, `hint` says how to mend it (may be empty)."""

    code: str
    message: str
    position: Position
    hint: str = ""
    severity: Severity = Severity.ERROR
    file: str = ""

    def __str__(self) -> str:
        """One line: `late-payment.yaml:14:9: error: 'frist-time' is not a step; did you mean …? [unknown-step]`."""
        where = f"{self.file}:{self.position.line}:{self.position.column}"
        sentence = f"{self.message}; {self.hint}" if self.hint else self.message
        return f"{where}: {self.severity}: {sentence} [{self.code}]"


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem that still points at a `Place`; the compiler, which knows the lines, makes it a `Problem`."""

    code: str
    message: str
    place: Place
    hint: str = ""
    severity: Severity = Severity.ERROR


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems sorted by file and place, each told once."""
    return tuple(sorted(dict.fromkeys(problems), key=lambda p: (p.file, p.position, p.code, p.message)))


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether any of the problems is an error."""
    return any(problem.severity is Severity.ERROR for problem in problems)


MOST_COMPARED = 8
"""Words that a misspelt one is compared with; more would let a file of typos keep a computer busy."""

_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789-_"
_SHORTEST, _LONGEST = 4, 60
"""How long a word is in which one slip is looked for: in shorter ones all are a slip apart."""


def suggestion(word: str, known: Iterable[str]) -> str:
    """`did you mean 'first-time'?` where one of the known words is close to this one, else nothing."""
    words = dict.fromkeys(known)
    slips = _slips(word) if _SHORTEST <= len(word) <= _LONGEST else ()
    found = next((each for each in slips if each in words), None)
    close = [found] if found else get_close_matches(word, _nearest(word, words)[:MOST_COMPARED], n=1)
    return f"did you mean '{close[0]}'?" if close else ""


def _slips(word: str) -> Iterator[str]:
    """What the word may have been before one slip: a letter too many, two swapped, one wrong, one too few."""
    halves = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    yield from (start + end[1:] for start, end in halves)
    yield from (start + end[1::-1] + end[2:] for start, end in halves)
    yield from (start + letter + end[1:] for start, end in halves for letter in _LETTERS)
    yield from (start + letter + end for start, end in halves for letter in _LETTERS)


def _nearest(word: str, known: Iterable[str]) -> list[str]:
    """The known words that begin or end as this one does, for as long as there are any."""
    alike = (each for each in known if each[:1] == word[:1] or each[-1:] == word[-1:])
    near = [each for each in alike if abs(len(each) - len(word)) <= 3]
    for letters in (len(word) * 3 // 4, len(word) // 2):
        start, end = word[:letters], word[-letters:]
        if len(near) > MOST_COMPARED and (
            found := [each for each in near if each.startswith(start) or each.endswith(end)]
        ):
            return found
    return near
