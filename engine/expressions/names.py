"""The names that the expressions of one guide may use."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from keyword import kwlist
from typing import Any

from engine.fields.field import Field

RESERVED = frozenset({*kwlist, "true", "false", "today"})
"""What no field can be called, because expressions could not name it."""


@dataclass(frozen=True, slots=True)
class Names:
    """Fields by id, and for each step the ids of its options.

    `compiled` remembers what was made of each source, because guides say the same in many places.
    """

    fields: Mapping[str, Field]
    steps: Mapping[str, Collection[str]]
    compiled: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)
