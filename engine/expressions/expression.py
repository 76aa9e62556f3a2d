"""A compiled expression, what is wrong with one that does not compile, and what it is evaluated against."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, Protocol

from engine.expressions.tree import Node, Today, nodes
from engine.expressions.types import Type
from engine.fields.field import Value


class Mistake(NamedTuple):
    """One thing wrong with an expression; `offset` counts characters from the start of its source."""

    code: str
    message: str
    offset: int
    hint: str = ""


class Tally(Protocol):
    """What was done on the path so far."""

    def of(self, step: str) -> tuple[int, str | None]:
        """How often the step was visited, and the option chosen on its latest visit."""


class _Nothing:
    """The tally of a session in which nothing was done."""

    def of(self, _step: str) -> tuple[int, str | None]:
        return 0, None


_NOTHING = _Nothing()


class Scope:
    """What an expression is evaluated against: the values known, the date of the deciding event, the path so far.

    A value that is not there is missing. `values` is read, never written.
    """

    __slots__ = ("tally", "today", "values")

    def __init__(self, values: Mapping[str, Value], today: date, tally: Tally = _NOTHING) -> None:
        self.values = values
        self.today = today
        self.tally = tally


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression whose types are right.

    `evaluate` gives its value, None where it is missing (for a condition: unknown), and never raises. `fields`
    are the ids it reads and `steps` those whose visits or answers it asks for; `tree` is for rules.
    """

    source: str
    type: Type
    fields: frozenset[str]
    steps: frozenset[str]
    tree: Node = field(repr=False, compare=False)
    evaluate: Callable[[Scope], Value] = field(repr=False, compare=False)

    @property
    def varies(self) -> bool:
        """Whether its value depends on what is known, on the day, or on the path."""
        return bool(self.fields or self.steps) or any(isinstance(node, Today) for node in nodes(self.tree))
