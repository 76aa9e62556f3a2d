"""Sentences for people that know how they were made, so that they can be told in another language.

The engine speaks English. What it says is a `Sentence`: the English text, and beside it the pattern and the facts it
was filled with. Whoever shows it may translate the pattern first; whoever does not, prints the text.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Self, TypeAlias

Fact: TypeAlias = str | int
"""What stands in a sentence: a text, a number, or another sentence."""

NOTHING: Mapping[str, Fact] = {}


class Sentence(str):
    """An English text. `pattern` has a `{name}` for each of its `facts`; `plural` is the pattern for any other `count`
    than one, "" where the sentence does not count.
    """

    __slots__ = ("facts", "pattern", "plural")

    facts: Mapping[str, Fact]
    pattern: str
    plural: str

    def __new__(cls, text: str, pattern: str = "", facts: Mapping[str, Fact] = NOTHING, plural: str = "") -> Self:
        """The text; without a `pattern`, it is its own."""
        made = super().__new__(cls, text)
        made.pattern, made.facts, made.plural = pattern or text, facts, plural
        return made


class Sum(str):
    """A sum of money: as a text as its maker writes it, and whoever shows it may write it as its reader does."""

    __slots__ = ("amount", "currency")

    amount: Decimal
    currency: str

    def __new__(cls, text: str, amount: Decimal, currency: str) -> Self:
        """The text of an amount in a currency, like EUR."""
        made = super().__new__(cls, text)
        made.amount, made.currency = amount, currency
        return made


def sentence(pattern: str, /, **facts: Fact) -> Sentence:
    """The pattern filled with facts; numbers are grouped, so an id or a year is to be a text."""
    return Sentence(_filled(pattern, facts), pattern, facts) if facts else Sentence(pattern)


def counted(one: str, many: str, count: int, /, **facts: Fact) -> Sentence:
    """One of two patterns, by a count that both may show as `{count}`."""
    known = {**facts, "count": count}
    return Sentence(_filled(one if count == 1 else many, known), one, known, many)


def _filled(pattern: str, facts: Mapping[str, Fact]) -> str:
    return pattern.format(**{name: f"{fact:,}" if isinstance(fact, int) else fact for name, fact in facts.items()})
