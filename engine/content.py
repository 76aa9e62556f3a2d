"""The texts of a step as they are shown at one visit, filled with its values."""

import hashlib
from dataclasses import dataclass, field
from typing import NamedTuple

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
    """The texts of a step as its author wrote them, and what of them is worked out once when the guide compiles.

    `gaps` are the texts with `{{ … }}`. Where there are none, every visit shows `written`, whose digest is `digest`.
    """

    step: str
    title: Text
    say: Text
    points: tuple[Text, ...]
    never: tuple[Text, ...]
    note: Text
    question: Text
    gaps: tuple[Text, ...] = field(init=False)
    written: Content = field(init=False)
    digest: str = field(init=False)

    def __post_init__(self) -> None:
        """Work out once what every screen asks for."""
        texts = (self.title, self.say, self.note, self.question, *self.points, *self.never)
        written = Content(
            self.step,
            self.title.written,
            self.say.written,
            tuple([text.written for text in self.points]),
            tuple([text.written for text in self.never]),
            self.note.written,
            self.question.written,
        )
        gaps = tuple([text for text in texts if text.slots])
        object.__setattr__(self, "gaps", gaps)
        object.__setattr__(self, "written", written)
        object.__setattr__(self, "digest", "" if gaps else written.digest)

    def fill(self, scope: Scope, locale: str) -> Content:
        """The texts with the values that `scope` holds, in the locale's way of writing them."""
        if not self.gaps:
            return self.written
        points, never = self.points, self.never
        return Content(
            self.step,
            self.title.fill(scope, locale),
            self.say.fill(scope, locale),
            tuple([text.fill(scope, locale) for text in points]) if points else (),
            tuple([text.fill(scope, locale) for text in never]) if never else (),
            self.note.fill(scope, locale),
            self.question.fill(scope, locale),
        )
