"""The head of each session: where it stands, beside the log that alone decides."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Pin:
    """The version of a guide that a session stays on for ever."""

    number: int
    digest: str


@dataclass(frozen=True, slots=True)
class Head:
    """A session as its head says; times in UTC. `fold` is the cached state and `chain` the hash of the last event.

    `title`, `step` and `ending` are the words people know guide, step on the screen and outcome by.
    """

    id: str
    person: int
    person_name: str
    team: str | None
    guide: str
    version: int
    title: str
    step: str
    ending: str | None
    pins: Mapping[str, Pin]
    client: str | None
    reference: str | None
    status: str
    outcome: str | None
    seq: int
    moved: int
    started: datetime
    last_at: datetime
    fold: Mapping[str, Any]
    chain: str
