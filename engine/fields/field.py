"""What an author declares about one thing a session can know, and the values it can hold (FORMAT §2.1)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple, TypeAlias

Value: TypeAlias = str | int | bool | Decimal | date | tuple[str, ...] | None
"""A canonical value: integer and rating are int, number, money and percent are Decimal, boolean is bool, date is date,
choices a tuple of option ids in the field's order, every other type is str; None is missing."""


class Choice(NamedTuple):
    """One thing to choose in a `choice` or `choices` field."""

    id: str
    label: str
    hint: str = ""


class Fact(NamedTuple):
    """A figure from the client's ledger: `promises_broken` by the client over so many `days` (FORMAT §5).

    The fact `agreement` is the value of a `field` in the newest record of the agreement `id`.
    """

    name: str
    by: str = ""
    days: int | None = None
    id: str = ""
    field: str = ""

    def key(self, guide: str) -> str:
        """What names the figure in a session, like `promises_broken.client.365` or `agreement.terms.limit`.

        `sessions` and `last_outcome` are about the sessions of this one `guide`.
        """
        about = self.by if self.name.startswith("promises_") else guide if self.name in _OF_GUIDE else ""
        return ".".join(str(part) for part in (self.name, about, self.id, self.field, self.days) if part)


_OF_GUIDE = frozenset({"sessions", "last_outcome"})


class Limits(NamedTuple):
    """The inclusive bounds of a field, already evaluated and of its own type; None is no bound."""

    min: Value = None
    max: Value = None


@dataclass(frozen=True, slots=True)
class Field:
    """A declared field. Its bounds, and its formula if it is computed, are expressions and live in the model.

    `source` is where its value comes from when its guide begins, like `client.email`, or "";
    `pattern` is one that `patterns.mistake` let pass; `decimals` counts digits after the decimal sign;
    `default` is canonical text and is offered, never taken, until it is answered; `highest` is a rating's best mark.
    """

    id: str
    type: str
    label: str = ""
    required: bool = True
    given: bool = False
    fact: Fact | None = None
    computed: bool = False
    source: str = ""
    default: str | None = None
    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None
    message: str | None = None
    decimals: int | None = None
    step: Decimal | None = None
    currency: str = ""
    unit: str = ""
    help: str = ""
    personal: bool = False
    options: tuple[Choice, ...] = ()
    none_option: str | None = None
    highest: int = 5
