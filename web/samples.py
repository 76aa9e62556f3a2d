"""How a field's values stand in a form: what can be chosen, how it may be written, and what is known already."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias
from unicodedata import combining, normalize

from engine.fields import hands
from engine.fields.country import names
from engine.fields.field import Field
from engine.fields.hands import Hands
from engine.fields.locales import manner
from engine.fields.rating import LOWEST

SAMPLES = {"date": "2026-03-19", "month": "2026-03", "time": "14:30", "url": "https://example.com/page"}
"""Of types that people may wonder how to write: a canonical value."""


class Choice(NamedTuple):
    """Something that can be chosen."""

    id: str
    label: str
    hint: str = ""


Choices: TypeAlias = tuple[Choice, ...]


def choices(type: str, own: Iterable[Mapping[str, str]], locale: str) -> Choices:
    """What can be chosen in a field: its `own` options, or the countries as the locale calls them."""
    return _countries(locale) if type == "country" else tuple(Choice(**each) for each in own)


def marks(highest: int) -> Choices:
    """The marks of a rating."""
    return tuple(Choice(str(mark), str(mark)) for mark in range(LOWEST, highest + 1))


def sample(type: str, by: Hands) -> str:
    """How a value of the type may be written; "" where that is plain."""
    return hands.written(Field(type, type), SAMPLES[type], by) if type in SAMPLES else ""


def written(field: Field, value: Any, by: Hands) -> tuple[str, ...]:
    """A canonical and plain value as the person would type or choose it."""
    match value:
        case None:
            return ()
        case bool():
            return ("true" if value else "false",)
        case list() | tuple():
            return tuple(value)
    return (hands.written(field, str(value), by),)


@lru_cache(maxsize=64)
def _countries(locale: str) -> Choices:
    """Every country by its name, in the order of their letters whatever marks they have."""
    known = sorted(names(manner(locale).tag).items(), key=lambda each: _bare(each[1]))
    return tuple(Choice(code, name) for code, name in known)


def _bare(name: str) -> str:
    return "".join(letter for letter in normalize("NFKD", name).casefold() if not combining(letter))
