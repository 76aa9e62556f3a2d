"""The texts of a step as they are shown at one visit, filled with its values."""

import hashlib
from collections.abc import Sequence
from typing import Any, NamedTuple

from engine.expressions.expression import Scope
from engine.text import Text


class Content(NamedTuple):
    """The texts of one step, filled in: Markdown in `say`, `points`, `never` and `note`, plain text elsewhere."""

    step: str
    title: str
    say: str
    points: tuple[str, ...]
    never: tuple[str, ...]
    note: str
    question: str

    @property
    def digest(self) -> str:
        """The first 32 hexadecimal digits of the SHA-256 of the texts as they were shown."""
        _, title, say, points, never, note, question = self
        shown = "\0".join((title, say, note, question, *points, *never))
        return hashlib.sha256(shown.encode()).hexdigest()[:32]


class Words(NamedTuple):
    """The texts of a step as its author wrote them, and what is known of them before any visit.

    `written` are the texts where nothing is filled in; without any gap every visit shows them, and `digest` is theirs.
    `gaps` are the texts with `{{ … }}` and `reads` the fields that stand in them; `single` and `several` say where
    such texts, and lists with such texts, stand in the content.
    """

    written: Content
    digest: str
    gaps: tuple[Text, ...] = ()
    reads: frozenset[str] = frozenset()
    single: tuple[tuple[int, Text], ...] = ()
    several: tuple[tuple[int, tuple[Text, ...]], ...] = ()

    def fill(self, scope: Scope, locale: str) -> Content:
        """The texts with the values that `scope` holds, in the locale's way of writing them."""
        if not self.gaps:
            return self.written
        filled: list[Any] = [*self.written]
        for at, text in self.single:
            filled[at] = text.fill(scope, locale)
        for at, texts in self.several:
            filled[at] = tuple([text.fill(scope, locale) for text in texts])
        return Content._make(filled)

    def missing(self, scope: Scope) -> tuple[str, ...]:
        """The fields whose missing values leave a gap on the screen."""
        if None not in map(scope.values.get, self.reads):
            return ()
        return tuple(dict.fromkeys([id for text in self.gaps for id in text.missing(scope)]))


def words(step: str, texts: Sequence[Text | tuple[Text, ...]]) -> Words:
    """The texts of a step, in the order of `Content`, laid out once for every visit."""
    single, several, gaps = [], [], []
    shown: list[Any] = [step]
    for at, text in enumerate(texts, 1):
        if isinstance(text, Text):
            shown.append(text.written)
            if text.slots:
                single.append((at, text))
                gaps.append(text)
        else:
            shown.append(tuple([one.written for one in text]))
            inside = [one for one in text if one.slots]
            if inside:
                several.append((at, text))
                gaps += inside
    written = Content._make(shown)
    if not gaps:
        return Words(written, written.digest)
    reads = frozenset([id for text in gaps for slot in text.slots for id in slot.labels])
    return Words(written, "", tuple(gaps), reads, tuple(single), tuple(several))
