"""Words however they are typed: without case and accents, begun, or with a slip or two in them. rapidfuzz's home."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

_APOSTROPHES, _HYPHENS = "'\N{RIGHT SINGLE QUOTATION MARK}", "\\-\N{HYPHEN}\N{NON-BREAKING HYPHEN}"
_RUN = re.compile(rf"[^\W_]+(?:[{_APOSTROPHES}{_HYPHENS}][^\W_]+)*")
_WORD = re.compile(rf"[^\W_]+(?:[{_APOSTROPHES}][^\W_]+)*")
_TOGETHER = str.maketrans("", "", _APOSTROPHES)
_SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})
_PLAIN = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d"})
_SHORTEST_INSIDE = 3
_ONE_SLIP, _TWO_SLIPS = 4, 8
"""Letters from which a word may have one slip in it, and two."""
_SURE = 6
"""Letters from which a slip may be in the first one."""
_MOST_ALIKE = 200


class Likeness(IntEnum):
    """How a word was found again, the best first. A slip is a letter left out, added, another one, or two swapped."""

    SAME = 0
    BEGINS = 1
    HOLDS = 2
    ONE_SLIP = 3
    TWO_SLIPS = 4


class Token(NamedTuple):
    """A word of a text, from `start` to before `end`, and the `forms` it is known by, without case and accents.

    `Über` is known as `uber` and `ueber`; the parts of `e-mail` are words, and so is `email`.
    """

    start: int
    end: int
    forms: tuple[str, ...]


def words(text: str) -> list[str]:
    """The words of a text as they stand there, the parts of `e-mail` one by one."""
    return _WORD.findall(text)


def tokens(text: str) -> Iterator[Token]:
    """The words of a text, in order."""
    for run in _RUN.finditer(text):
        parts = list(_WORD.finditer(text, *run.span()))
        for part in parts:
            yield Token(*part.span(), forms(part[0]))
        if len(parts) > 1:
            yield Token(*run.span(), forms("".join(part[0] for part in parts)))


def known_as(text: str) -> frozenset[str]:
    """What all the words of a text are known by."""
    return frozenset().union(*map(_run_forms, set(_RUN.findall(text))))


def spans(text: str, wanted: set[str]) -> Iterator[tuple[int, int]]:
    """Where the words stand in a text that are known by one of the wanted forms."""
    for run in _RUN.finditer(text):
        if not wanted.isdisjoint(_run_forms(run[0])):
            at = run.start()
            yield from (
                (at + each.start, at + each.end) for each in tokens(run[0]) if not wanted.isdisjoint(each.forms)
            )


@lru_cache(maxsize=65_536)
def _run_forms(run: str) -> frozenset[str]:
    return frozenset(form for token in tokens(run) for form in token.forms)


@lru_cache(maxsize=65_536)
def forms(word: str) -> tuple[str, ...]:
    """What a word is known by: its letters without marks, and with umlauts spelt out where it has any."""
    low = unicodedata.normalize("NFC", word).casefold().translate(_TOGETHER)
    return tuple(dict.fromkeys(_bare(each) for each in (low, low.translate(_SPELT_OUT))))


def _bare(word: str) -> str:
    apart = unicodedata.normalize("NFKD", word.translate(_PLAIN))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


class Vocabulary:
    """All words of some texts, by their forms."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = sorted(words)
        self._heads: dict[int, list[str]] = {}

    def like(self, typed: str, *, slips: bool) -> Mapping[str, Likeness]:
        """The words that one of the typed word's forms is, begins or stands in; with `slips`, nearly begins, too."""
        found: dict[str, Likeness] = {}
        for form in forms(typed):
            for word, likeness in self._nearly(form) if slips else self._holding(form):
                found[word] = min(likeness, found.get(word, likeness))
        return found

    def _holding(self, form: str) -> Iterator[tuple[str, Likeness]]:
        for at in range(bisect_left(self._words, form), len(self._words)):
            word = self._words[at]
            if not word.startswith(form):
                break
            yield word, Likeness.SAME if word == form else Likeness.BEGINS
        if len(form) >= _SHORTEST_INSIDE or not form.isascii():  # other scripts say much with one letter
            yield from ((word, Likeness.HOLDS) for word in self._words if form in word)

    def _nearly(self, form: str) -> Iterator[tuple[str, Likeness]]:
        length = len(form)
        slips = (length >= _ONE_SLIP) + (length >= _TWO_SLIPS)
        if not slips:
            return
        for size in range(length - slips, length + slips + 1):
            heads = self._of_length(size)
            alike = process.extract(form, heads, scorer=OSA.distance, score_cutoff=slips, limit=_MOST_ALIKE)
            for head, distance, _ in alike:
                likeness = Likeness.TWO_SLIPS if distance > 1 else Likeness.ONE_SLIP
                sure = head[0] == form[0]  # the first letter is seldom the wrong one
                if sure or length >= _SURE:
                    yield from ((word, likeness) for word in self._begun(head, whole=size < length or not sure))

    def _of_length(self, size: int) -> list[str]:
        """The different beginnings of this many letters, kept: they are asked for again with every letter typed."""
        if size not in self._heads:
            self._heads[size] = sorted({word[:size] for word in self._words if len(word) >= size})
        return self._heads[size]

    def _begun(self, head: str, *, whole: bool) -> Iterator[str]:
        for at in range(bisect_left(self._words, head), len(self._words)):
            word = self._words[at]
            if not word.startswith(head) or (whole and word != head):
                break
            yield word
