"""Which part of a newer guide was which of an older one: the same id, or the id that `was` names (FORMAT §2)."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple, Protocol

from engine.model import Guide


class Named(Protocol):
    """A step or an option."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def was(self) -> str:
        """The id it had before, or ""."""


def joined(old: Iterable[Named], new: Iterable[Named]) -> dict[str, str]:
    """The new id of everything that is still there, by its old id.

    `was` counts for an id that is new, or whose former owner has another one now; else it tells of an earlier rename.
    """
    before = dict.fromkeys(each.id for each in old)
    after = {each.id: each.was for each in new}
    found: dict[str, str] = {}
    for id in after:
        owner = id if id not in before else ""
        while owner and (was := after[owner]) in before and was not in found:
            found[was] = owner
            owner = was if was in after else ""
    taken = set(found.values())
    return {**found, **{id: id for id in before if id in after and id not in found and id not in taken}}


class Sides(NamedTuple):
    """The two versions of a guide that are compared; `steps` are the new ids of steps by their old ones."""

    old: Guide
    new: Guide
    steps: Mapping[str, str]

    @classmethod
    def of(cls, old: Guide, new: Guide) -> "Sides":
        """Both versions, their steps joined."""
        return cls(old, new, joined(old.steps.values(), new.steps.values()))

    def now(self, step: str) -> str:
        """The id that a step of the old version has in the new one; "" where it is gone."""
        return self.steps.get(step, "" if step in self.old.steps else step)


def step_words(guide: Guide, id: str) -> str:
    """A step as people find it: by its id, and by its name where that says more."""
    step = guide.steps.get(id)
    named = step.title or step.question if step else None
    return f"'{id}' (“{named.source}”)" if named else f"'{id}'"
