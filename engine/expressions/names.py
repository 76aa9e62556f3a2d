"""The names that the expressions of one guide may use."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from keyword import kwlist

from engine.fields.field import Field

RESERVED = frozenset({*kwlist, "true", "false", "today"})
"""What no field can be called, because expressions could not name it."""


@dataclass(frozen=True, slots=True)
class Names:
    """Fields by id, and for each step the ids of its options."""

    fields: Mapping[str, Field]
    steps: Mapping[str, Collection[str]]
