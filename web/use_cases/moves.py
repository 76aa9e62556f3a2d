"""A session as it stands, and one turn of it written: what every request of a page that showed it comes down to.

Every call takes the acting person first. A session is named by its id, or by the `Head` that
`People.enter` already read together with the sign-in, so that a step is one read and one write.
"""

import hashlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from types import MappingProxyType
from typing import TypeAlias

from engine import screen, walker
from engine.consequences import Turn
from engine.content import Content
from engine.errors import EndedError, HandrailError, RefusedError
from engine.events import Event, Moment, SessionEnded
from engine.replies import Reply
from engine.screen import Screen
from engine.state import State
from web.storage import people, sessions
from web.storage.approvals import settling
from web.storage.database import ConflictError, Database, Within, together
from web.storage.events import append, log, taken_over
from web.storage.handovers import offered_to
from web.storage.people import Person
from web.storage.sessions import HANDED_OVER, Head, Pin
from web.use_cases import turns
from web.use_cases.clock import Clock, date_in
from web.use_cases.memory import Memory
from web.use_cases.permissions import Permission, require
from web.use_cases.refusals import HandedOverError, NotFoundError, StaleError, TakenOverError, TooLateError
from web.use_cases.shelf import Shelf

REOPENS_FOR = timedelta(hours=24)
REMEMBERED = 512
"""States of sessions that are not restored again while they stand as they do: those of some hundred calls at once."""
LONGEST_FORESEEN = 16 * 1024
"""Characters of a fold; turns to longer ones are not kept until they are made, since there are up to nine a session."""
RACES = 5
"""How often a request that lost a race is decided anew before the person is asked to look again."""

Session: TypeAlias = str | Head
"""A session's id, or its head where that was read already."""

Act: TypeAlias = Callable[[State, Moment], Turn]
Repeated: TypeAlias = Callable[["Look"], bool]
Foreseen: TypeAlias = Callable[["Look", Moment], tuple[Turn, "Look"] | None]
"""The turn that a request leads to, and the session as it leaves it, where that is known already."""
Also: TypeAlias = Callable[["Look", Turn], Within | None]
"""What a turn of a session writes beside the log, in the same transaction."""

_MOVING = frozenset({"answered", "changed", "skipped", "went_back", "session_ended", "client_named", "guide_opened"})


@dataclass(frozen=True)
class Look:
    """A session as it stands: what to show. Forms send `state.seq` back as `seq`.

    `head` is as it was read, before what this request itself wrote; `fold` is the state as it is kept in the store.
    """

    session_id: str
    state: State
    head: Head
    fold: str
    content: Content | None = None

    @cached_property
    def screen(self) -> Screen:
        """What to show of it; `content` are its texts, where they are filled already."""
        return screen.build(self.state, self.content)

    @cached_property
    def mark(self) -> str:
        """Another one for whatever makes another page of the session; what lies in the ledger is not among that."""
        return hashlib.sha256(self.fold.encode()).hexdigest()[:16]


def alone(_look: Look, _turn: Turn) -> None:
    """Nothing beside the log."""


class Moves:
    """What stands, and what is written of a session; who may ask is its agent alone, unless it says otherwise."""

    def __init__(self, database: Database, shelf: Shelf, clock: Clock) -> None:
        self._database = database
        self._shelf = shelf
        self._clock = clock
        self._states = Memory[tuple[object, ...], State](REMEMBERED)
        self._foreseen = Memory[str, Mapping[tuple[object, ...], tuple[Turn, Look]]](REMEMBERED)

    def look(self, person: Person, session: Session) -> Look:
        """Where the session stands; writes nothing. Raises `NotFoundError`, also for another person's session."""
        return self.seen(self._head(person, session))

    def tag(self, person: Person, session: Session) -> str:
        """What changes with every event of the session; costs no more than its head. Raises `NotFoundError`."""
        return str(self._head(person, session).seq)

    def seen(self, head: Head) -> Look:
        """A session as it stands, whosever it is: whether it may be seen is for the caller to say."""
        state = self._state(head)
        return Look(head.id, state, head, head.fold)

    def _state(self, head: Head) -> State:
        """The state that is remembered of the same fold, else the one restored from it, or from the log."""
        key = head.fold, *head.pins.items()
        state = self._states.of(key)
        if state is None:
            guides = self._shelf.pinned(head.pins)
            state = turns.folded(head, guides)
            if state is None:
                return turns.replayed(self._database, head, guides)
            self._states.keep(key, state)
        return state

    def reopens(self, person: Person, head: Head) -> bool:
        """Whether the person can open an ended session again: their own, within 24 hours."""
        return head.person == person.id and head.ended is not None and not _too_late(head, self._clock())

    def foresee(self, look: Look, replies: Mapping[str, Reply], moment: Moment) -> dict[str, Look]:
        """Where answers would lead, by the ids they are given under; those that would be refused are left out.

        Nothing is written; the turns are kept for when one of them is given, in place of those kept before.
        """
        ahead = {}
        for id, reply in replies.items():
            with suppress(HandrailError):  # what is refused is told when it is answered
                ahead[id] = _turned(look, walker.answer(look.state, reply, moment))
        kept = {
            _answering(look, replies[id], moment): turned
            for id, turned in ahead.items()
            if len(turned[1].fold) <= LONGEST_FORESEEN
        }
        self._foreseen.keep(look.session_id, kept)
        return {id: left for id, (_, left) in ahead.items()}

    def answer(self, sent: tuple[Person, Session, int], reply: Reply) -> Look:
        """As `move`, with an answer to the step on the screen, which may have been foreseen."""
        return self.move(
            sent,
            lambda state, moment: walker.answer(state, reply, moment),
            lambda look: walker.repeats(look.state, sent[2], reply),
            foreseen=lambda look, moment: self._foreseen_of(look, reply, moment),
        )

    def _foreseen_of(self, look: Look, reply: Reply, moment: Moment) -> tuple[Turn, Look] | None:
        """A turn that was foreseen, at its own time: of that the walker knows the day alone, which is the same."""
        known = (self._foreseen.of(look.session_id) or {}).get(_answering(look, reply, moment))
        if known is None:
            return None
        turn, left = known
        events = tuple([event._replace(at=moment.at) for event in turn.events])
        now = Look(look.session_id, left.state, look.head, left.fold, left.content)
        return turn._replace(events=events), now

    def move(
        self,
        sent: tuple[Person, Session, int],
        act: Act,
        again: Repeated,
        *,
        late: bool = False,
        pins: Mapping[str, Pin] = MappingProxyType({}),
        foreseen: Foreseen = lambda _look, _moment: None,
    ) -> Look:
        """Decide on a request made from a page that showed `seq`, and write what it leads to.

        The page is compared first: else a double click would read as a wrong answer instead of a doubled one.
        `pins` are those of guides that are new to the session; what is `foreseen` is not worked out again.
        Raises `StaleError`, `NotFoundError`, `TooLateError`.
        """
        person, session, seq = sent
        for _ in range(RACES):
            look = self.look(person, session)
            if not look.state.moved <= seq <= look.state.seq:
                if again(look):
                    return look
                raise StaleError(look)
            moment = self.moment(person, look.state.started.time_zone, look.head)
            if late and _too_late(look.head, moment.at):
                raise TooLateError(REOPENS_FOR // timedelta(hours=1))
            turn, left = foreseen(look, moment) or _turned(look, act(look.state, moment))
            try:
                return self._append(look, turn, left, moment, pins=pins)
            except ConflictError:
                session = look.session_id
        raise StaleError(self.look(person, session))

    def tell(self, sent: tuple[Person, Session, int], act: Act, *, aside: bool = False, also: Also = alone) -> Look:
        """Write what moves nothing, told from a page that showed `seq`, and `also`; the same again is written once.

        Raises `NotFoundError`, and `StaleError` where the page shows another step by now, unless that is no matter
        because it is told `aside`.
        """
        person, session, seq = sent
        for _ in range(RACES):
            look = self.look(person, session)
            moment = self.moment(person, look.state.started.time_zone, look.head)
            fresh = aside or look.state.moved <= seq <= look.state.seq
            try:
                turn = act(look.state, moment)
            except (RefusedError, EndedError) as error:
                raise error if fresh else StaleError(look) from error
            if look.state.seq > seq and self._told_since(look, seq, turn):
                return look
            if not fresh:
                raise StaleError(look)
            try:
                return self._append(look, *_turned(look, turn), moment, also(look, turn))
            except ConflictError:
                session = look.session_id
        raise StaleError(self.look(person, session))

    def _append(
        self,
        look: Look,
        turn: Turn,
        left: Look,
        moment: Moment,
        also: Within | None = None,
        pins: Mapping[str, Pin] = MappingProxyType({}),
    ) -> Look:
        if not turn.events:
            return look
        pins = {**pins, **look.head.pins}
        rows = turns.entries(turn, look.state.visit, pins, moment)
        if turn.state.moved > look.state.moved and _asks(look.state):
            also = together(also, settling(self._database, look.session_id, look.head.team))
        if pins != look.head.pins:
            also = together(also, sessions.pinning(look.session_id, pins))
        append(self._database, look.head, turns.standing(turn, look.head, left.fold), rows, also)
        self._states.keep((left.fold, *pins.items()), left.state)
        return left

    def moment(self, person: Person, time_zone: str, head: Head | None = None) -> Moment:
        """Now; never before what the session holds already, even where the clock was set back."""
        now = self._clock()
        at = max(now, head.last_at) if head else now
        return Moment(at, person.name, date_in(time_zone, at))

    def events_since(self, look: Look, seq: int) -> list[Event]:
        """What was written since a page showed `seq`, oldest first."""
        return [turns.event_of(logged) for logged in log(self._database, look.session_id, after=seq)]

    def only_move_since(self, look: Look, seq: int, wanted: Callable[[Event], bool]) -> bool:
        """Whether the one thing that moved the session since a page showed `seq` is what is wanted."""
        moves = [event for event in self.events_since(look, seq) if _moves(event)]
        return len(moves) == 1 and wanted(moves[0])

    def _told_since(self, look: Look, seq: int, turn: Turn) -> bool:
        """Whether all that a turn tells was told already, by the same person and of the same step."""
        told = [_said(event) for event in self.events_since(look, seq)]
        return bool(turn.events) and all(_said(event) in told for event in turn.events)

    def _head(self, person: Person, session: Session) -> Head:
        require(person, Permission.WALK)
        head = sessions.head(self._database, session) if isinstance(session, str) else session
        if head is None or head.person != person.id:
            raise self._not_theirs(person, head)
        if head.status == HANDED_OVER:
            raise HandedOverError
        return head

    def _not_theirs(self, person: Person, head: Head | None) -> HandedOverError | NotFoundError | TakenOverError:
        """The session waits for this person, or somebody took it over from them; else it is as if it were not there."""
        waiting = offered_to(self._database, person.id, person.team) if head and head.status == HANDED_OVER else ()
        if head and any(each.handover.session == head.id for each in waiting):
            return HandedOverError()
        if head is None or not (taken := taken_over(self._database, head.id, person.name)):
            return NotFoundError("session")
        who, at = taken
        return TakenOverError(self.seen(head), people.names(self._database).get(who, who), at)


def _too_late(head: Head, now: datetime) -> bool:
    return head.ended is not None and now - head.ended > REOPENS_FOR


def _said(event: Event) -> tuple[object, ...]:
    return event.actor, event.kind, event.frame, event.step, event.body


def _moves(event: Event) -> bool:
    """Whether a person moved the session so; that it ended where an outcome was reached only follows from it."""
    followed = isinstance(event.body, SessionEnded) and event.body.how == "outcome"
    return event.kind in _MOVING and not followed


def _asks(state: State) -> bool:
    """Whether a second person was asked for something, and has not said a word."""
    return any(approval.status == "asked" for approval in state.approvals.values())


def _turned(look: Look, turn: Turn) -> tuple[Turn, Look]:
    """A turn, and the session as it leaves it."""
    state, fold = turns.keeping(turn.state)
    return turn, Look(look.session_id, state, look.head, fold, turn.content)


def _answering(look: Look, reply: Reply, moment: Moment) -> tuple[object, ...]:
    """All that the turn of an answer is made of."""
    return look.fold, *look.head.pins.items(), repr(reply), moment.actor, moment.today
