"""The texts of a step as they are shown at one visit, filled with its values."""

import hashlib
from dataclasses import dataclass, field
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


@dataclass(frozen=True, slots=True)
class Words:
    """The texts of a step as its author wrote them, in the order of `Content`, and what is known of them at compile.

    `written` are the texts where nothing is filled in; without any gap every visit shows them, and `digest` is theirs.
    `gaps` are the texts with `{{ … }}` and `reads` the fields that stand in them; `single` and `several` say where
    such texts, and lists with such texts, stand.
    """

    step: str
    texts: tuple[Text | tuple[Text, ...], ...]
    written: Content = field(init=False)
    digest: str = field(init=False)
    gaps: tuple[Text, ...] = field(init=False)
    reads: frozenset[str] = field(init=False)
    single: tuple[tuple[int, Text], ...] = field(init=False)
    several: tuple[tuple[int, tuple[Text, ...]], ...] = field(init=False)

    def __post_init__(self) -> None:
        """Work out once what every screen asks for."""
        places = list(enumerate(self.texts, 1))
        single = tuple([(at, text) for at, text in places if isinstance(text, Text) and text.slots])
        lists = [(at, texts) for at, texts in places if isinstance(texts, tuple)]
        several = tuple([(at, texts) for at, texts in lists if any(text.slots for text in texts)])
        inside = [text for _, texts in several for text in texts if text.slots]
        gaps = (*[text for _, text in single], *inside)
        written = Content._make([self.step, *map(_written, self.texts)])
        object.__setattr__(self, "written", written)
        object.__setattr__(self, "digest", "" if gaps else written.digest)
        object.__setattr__(self, "gaps", gaps)
        object.__setattr__(self, "reads", frozenset(id for text in gaps for slot in text.slots for id in slot.labels))
        object.__setattr__(self, "single", single)
        object.__setattr__(self, "several", several)

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


def _written(text: Text | tuple[Text, ...]) -> str | tuple[str, ...]:
    return text.written if isinstance(text, Text) else tuple([one.written for one in text])
