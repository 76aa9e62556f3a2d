"""Looking back: sessions newest first, and one session's path with times, answers, values and notes."""

from dataclasses import dataclass
from datetime import datetime

from engine.state import State
from web.storage.people import Person
from web.storage.sessions import Head


@dataclass(frozen=True, slots=True)
class Page:
    """Some sessions, newest first; `next` is the cursor of the following page, or None."""

    items: tuple[Head, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class Shown:
    """One value as people read it."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Noted:
    """A note with its time (UTC) and who wrote it."""

    at: datetime
    actor: str
    text: str


@dataclass(frozen=True, slots=True)
class Passed:
    """One visit of the path, the one on the screen last. `seconds` is how long it stood on the screen.

    `answer` is the chosen option's label; `automatic` visits nobody saw. `depth` counts calls (0: the root guide).
    """

    guide: str
    guide_title: str
    step: str
    title: str
    occurrence: int
    depth: int
    automatic: bool
    at: datetime | None
    seconds: float | None
    answer: str | None
    values: tuple[Shown, ...]
    checks: tuple[str, ...]
    notes: tuple[Noted, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """One event of the log in a sentence, as it happened (also what Back left behind)."""

    seq: int
    at: datetime
    actor: str
    kind: str
    step: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Review:
    """One session to look back at. `outcome` is the label of the outcome reached; `values` those known at the end."""

    head: Head
    state: State
    outcome: str | None
    steps: tuple[Passed, ...]
    values: tuple[Shown, ...]
    notes: tuple[Noted, ...]
    events: tuple[Told, ...]


class Reviews:
    """The use cases of looking back. Agents see their own sessions, managers their team's too, administrators all."""

    def sessions(self, person: Person, cursor: str | None = None, limit: int = 50) -> Page:
        """Sessions that the person may look at, newest first; an unreadable cursor is `NotFoundError`."""
        raise NotImplementedError

    def session(self, person: Person, session_id: str) -> Review:
        """One session, replayed from its log. Raises `NotFoundError`."""
        raise NotImplementedError

    def graph(self, person: Person, session_id: str) -> bytes:
        """The session's guide as SVG with the path marked. Raises `NotFoundError`, `web.rendering.RenderingError`."""
        raise NotImplementedError
