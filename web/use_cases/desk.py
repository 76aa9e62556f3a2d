"""What an agent does: choose a guide, walk it step by step, come back to it later (ARCHITECTURE §3, FORMAT §6).

Every call takes the acting person first. A session is named by its id, or by the `Head` that
`People.enter` already read together with the sign-in, so that a step is one read and one write.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeAlias

from engine.fields.field import Field
from engine.replies import Reply
from engine.screen import Screen
from engine.state import State
from web.storage.people import Person
from web.storage.sessions import Head

Session: TypeAlias = str | Head
"""A session's id, or its head where that was read already."""


@dataclass(frozen=True, slots=True)
class GuideCard:
    """A guide that can be started. `needs_recheck`: its `review_by` date has passed."""

    id: str
    title: str
    summary: str
    tags: tuple[str, ...]
    number: int
    digest: str
    review_by: date | None
    needs_recheck: bool


@dataclass(frozen=True, slots=True)
class StartForm:
    """What to ask before a session of this guide starts; `fields` may be empty."""

    guide: GuideCard
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Start:
    """How a session is to start. `given` by field id: texts as typed in `locale` where `typed`, else canonical JSON.

    `client` is the client's reference, `reference` ours (a ticket); `locale` None takes the configured one.
    `key`: a random word made with the form; the same key again finds the session started first (double click).
    """

    given: Mapping[str, Any] = field(default_factory=dict)
    typed: bool = True
    client: str | None = None
    reference: str | None = None
    channel: str = "phone"
    locale: str | None = None
    key: str | None = None


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A session of mine that has not ended; `step` is the title of the step on the screen."""

    id: str
    guide: str
    title: str
    step: str
    client: str | None
    reference: str | None
    started: datetime
    last_at: datetime


@dataclass(frozen=True, slots=True)
class Look:
    """A session as it stands: what to show. Forms send `state.seq` back as `seq`."""

    session_id: str
    state: State
    screen: Screen
    head: Head


class Desk:
    """The agent's use cases."""

    def guides(self, person: Person) -> tuple[GuideCard, ...]:
        """The guides that can be started, by title."""
        raise NotImplementedError

    def starting(self, person: Person, guide_id: str) -> StartForm:
        """What to ask before the guide starts. Raises `NotFoundError`."""
        raise NotImplementedError

    def start(self, person: Person, guide_id: str, start: Start) -> str:
        """Start a session and return its id.

        Raises `NotFoundError`, and `engine.errors.RefusedError` with the refusals of given values by field id.
        """
        raise NotImplementedError

    def open_sessions(self, person: Person) -> tuple[OpenSession, ...]:
        """The person's sessions that have not ended, the one touched last first; at most 100."""
        raise NotImplementedError

    def look(self, person: Person, session: Session) -> Look:
        """Where the session stands; writes nothing. Raises `NotFoundError`, also for another person's session."""
        raise NotImplementedError

    def answer(self, person: Person, session: Session, seq: int, reply: Reply) -> Look:
        """Answer the step on the screen of a page that showed `seq`.

        The same answer from the same page again (a double click, a retry after a crash) is answered as if done now,
        and logged once. Raises `StaleError` with the current look, `NotFoundError`, and the engine's `RefusedError`
        (show `look` again with its refusals) and `EndedError`.
        """
        raise NotImplementedError

    def back(self, person: Person, session: Session, seq: int, to: str | None = None) -> Look:
        """Go back one visit, or to the latest visit of step `to`; after the end this reopens for 24 hours.

        Raises `StaleError`, `NotFoundError`, `TooLateError`, and the engine's `NothingBeforeError`, `NotOnPathError`.
        """
        raise NotImplementedError

    def note(self, person: Person, session: Session, text: str, seq: int | None = None) -> Look:
        """Write a note at the step on the screen, also after the end.

        With `seq` (of the page), the same text again from the same page is written once. Raises `NotFoundError`,
        and `RefusedError` (field `text`) for an empty note or one of more than 10,000 characters.
        """
        raise NotImplementedError

    def end(self, person: Person, session: Session, seq: int, reason: str) -> Look:
        """End the session before an outcome. Raises `StaleError`, `NotFoundError`, `EndedError`, `RefusedError`."""
        raise NotImplementedError
