"""The texts of a step as they are shown at one visit, filled with its values."""

import hashlib
from typing import NamedTuple

from engine.expressions.expression import Scope
from engine.model import Step


class Content(NamedTuple):
    """The texts of one step, filled in: Markdown in `say`, `points`, `never` and `note`, plain text elsewhere."""

    step: str
    title: str
    say: str
    points: tuple[str, ...]
    never: tuple[str, ...]
    note: str
    question: str


def fill(step: Step, scope: Scope, locale: str) -> Content:
    """The texts of a step with the values that `scope` holds, in the locale's way of writing them."""
    return Content(
        step.id,
        step.name.fill(scope, locale),
        step.say.fill(scope, locale),
        tuple([text.fill(scope, locale) for text in step.points]),
        tuple([text.fill(scope, locale) for text in step.never]),
        step.note.fill(scope, locale),
        step.question.fill(scope, locale),
    )


def digest(content: Content) -> str:
    """The first 32 hexadecimal digits of the SHA-256 of the texts as they were shown."""
    shown = (content.title, content.say, content.note, content.question, *content.points, *content.never)
    return hashlib.sha256("\0".join(shown).encode()).hexdigest()[:32]
