"""Giving a session to a colleague or to a team's queue, with all that the client need not be asked again."""

import hashlib
from collections.abc import Mapping
from typing import NamedTuple

from engine import walker
from engine.consequences import Turn
from engine.errors import Refusal, RefusedError
from engine.events import Moment
from engine.sentences import sentence
from engine.state import State
from web.storage import approvals, handovers, people, sessions
from web.storage.database import ConflictError, Database, Within, together
from web.storage.events import append
from web.storage.handovers import Handover, Offered
from web.storage.people import Person
from web.storage.sessions import HANDED_OVER
from web.use_cases import turns
from web.use_cases.about import whom
from web.use_cases.desk import LONGEST_TEXT
from web.use_cases.moves import RACES, Look, Moves, Session
from web.use_cases.permissions import Permission, may, require
from web.use_cases.refusals import HandedOverError, NotFoundError, TakenError
from web.use_cases.shelf import Shelf
from web.use_cases.telling import QUEUE
from web.use_cases.words import bounded

PERSON, TEAM = "person:", "team:"
"""How `to` names who is to take a session over: a person by id, or the queue of a team by its name."""


class Receivers(NamedTuple):
    """Who can take a session over: everybody else who walks guides, by name, and the teams there are."""

    people: tuple[Person, ...]
    teams: tuple[str, ...]


class Pending(NamedTuple):
    """What waits `for_me` (or my team's queue), and what I have `given` that nobody has taken yet; the oldest first.

    Whom each session is `about`, by its id.
    """

    for_me: tuple[Offered, ...]
    given: tuple[Offered, ...]
    about: Mapping[str, str]

    @property
    def tag(self) -> str:
        """What changes whenever something else waits."""
        each = (f"{offered.handover.session} {offered.handover.at.timestamp()}" for offered in self.for_me + self.given)
        return hashlib.sha256("\n".join(each).encode()).hexdigest()[:16]


class Package(NamedTuple):
    """What was handed over, and the session as it stands; `mine` where who looks at it gave it themselves."""

    offered: Offered
    look: Look
    mine: bool


class Handovers:
    """The use cases of handing a session over, and of taking it."""

    def __init__(self, database: Database, moves: Moves, shelf: Shelf) -> None:
        self._database = database
        self._moves = moves
        self._shelf = shelf

    def receivers(self, person: Person) -> Receivers:
        """Who can take a session of this person over."""
        require(person, Permission.WALK)
        everyone = [each for each in people.everyone(self._database) if may(each, Permission.WALK)]
        teams = sorted({each.team for each in everyone if each.team})
        return Receivers(tuple(each for each in everyone if each.id != person.id), tuple(teams))

    def give(self, person: Person, session: Session, seq: int, sent: tuple[str, str]) -> None:
        """Hand over a session whose page showed `seq`: to whom, and a note, which may be empty.

        The same twice is done once. Raises `NotFoundError`, `StaleError`, `EndedError`, `HandedOverError` and
        `RefusedError` (keys `to`, `note`).
        """
        note = bounded("note", sent[1], LONGEST_TEXT)
        receiver, team, called = self._receiver(person, sent[0])

        def act(state: State, moment: Moment) -> Turn:
            return walker.hand_over(state, called, note, moment)

        def also(look: Look, turn: Turn) -> Within:
            return handovers.giving(Handover(look.session_id, person.id, receiver, team, note, turn.events[-1].at))

        try:
            self._moves.tell((person, session, seq), act, also=also)
        except HandedOverError:
            offered = handovers.find(self._database, session if isinstance(session, str) else session.id)
            known = offered and (offered.handover.person, offered.handover.team, offered.handover.note)
            if known != (receiver, team, note):
                raise

    def pending(self, person: Person) -> Pending:
        """What waits for the person, and what of theirs waits for others."""
        require(person, Permission.WALK)
        for_me = handovers.offered_to(self._database, person.id, person.team)
        given = handovers.given_by(self._database, person.id)
        waiting = [offered.handover.session for offered in for_me + given]
        return Pending(for_me, given, whom(self._database, self._shelf, person, waiting))

    def package(self, person: Person, session_id: str) -> Package:
        """All that whoever takes the session over should know. Raises `NotFoundError`, `TakenError`."""
        require(person, Permission.WALK)
        offered, head = handovers.find(self._database, session_id), sessions.head(self._database, session_id)
        if head and offered is None and head.team and head.team == person.team:
            raise TakenError
        if head is None or offered is None:
            raise NotFoundError("session")
        handover, mine = offered.handover, offered.handover.giver == person.id
        if not mine and handover.person != person.id and (handover.team is None or handover.team != person.team):
            raise NotFoundError("session")
        return Package(offered, self._moves.seen(head), mine)

    def take(self, person: Person, session_id: str) -> None:
        """Take a session over, having seen what it comes with, or back; it is the person's own from now on.

        The same twice is done once. Raises `NotFoundError`, and `TakenError` where somebody else was first.
        """
        for _ in range(RACES):
            head = sessions.head(self._database, session_id)
            if head and head.person == person.id and head.status != HANDED_OVER:
                return
            look = self.package(person, session_id).look
            if look.head.status != HANDED_OVER:
                continue  # somebody took it while its package was read
            moment = self._moves.moment(person, look.state.started.time_zone, look.head)
            turn = walker.take_over(look.state, {"agent.name": person.called}, moment)
            rows = turns.entries(turn, look.state.visit, look.head.pins, moment)
            own = handovers.taking(session_id, person.id, person.team, turn.state.status)
            asks = approvals.turning(self._database, look.head.team, person.team) if turn.state.approvals else None
            try:
                append(self._database, look.head, turns.standing(turn, look.head), rows, together(own, asks))
                return
            except ConflictError:
                continue
        raise TakenError

    def _receiver(self, person: Person, to: str) -> tuple[int | None, str | None, str]:
        """A person's id or a team's name, and what the log says. Raises `RefusedError`."""
        receivers = self.receivers(person)
        for each in receivers.people:
            if to == f"{PERSON}{each.id}":
                return each.id, None, each.name
        for team in receivers.teams:
            if to == f"{TEAM}{team}":
                return None, team, f"{QUEUE}{team}"
        raise RefusedError({"to": Refusal("missing", sentence("Choose who is to take it over."))})
