"""What an agent does: choose a guide, walk it step by step, come back to it later (ARCHITECTURE §3, FORMAT §6).

Every call takes the acting person first. A session is named by its id, or by the `Head` that
`People.enter` already read together with the sign-in, so that a step is one read and one write.
"""

import hashlib
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from types import MappingProxyType
from typing import Any, TypeAlias

from engine import screen, walker
from engine.consequences import Turn
from engine.errors import EndedError, RefusedError
from engine.events import DocumentProduced, Event, Moment, SessionEnded, Skipped, WentBack
from engine.fields.field import Field
from engine.records import CANCELLED
from engine.replies import Reply
from engine.screen import Screen
from engine.state import State
from engine.walker import Opening
from web.storage import clients, sessions
from web.storage.approvals import settling
from web.storage.database import ConflictError, Database, Within, together
from web.storage.events import Beginning, append, begin, latest, log
from web.storage.images import Stored, read_image
from web.storage.people import Person
from web.storage.sessions import HANDED_OVER, Head, Pin
from web.use_cases import turns
from web.use_cases.about import about, named
from web.use_cases.clock import Clock, date_in
from web.use_cases.ledger import FIELD, Asked, Known, known
from web.use_cases.permissions import Permission, require
from web.use_cases.refusals import HandedOverError, NotFoundError, StaleError, TooLateError
from web.use_cases.shelf import GuideCard, Language, Shelf
from web.use_cases.words import bounded, one_line, required

REOPENS_FOR = timedelta(hours=24)
LONGEST_TEXT, LONGEST_REASON, LONGEST_LINE = 10_000, 1_000, 200
LOOKED_THROUGH, MOST_FOUND = 500, 50
RACES = 5
"""How often a request that lost a race is decided anew before the person is asked to look again."""

Session: TypeAlias = str | Head
"""A session's id, or its head where that was read already."""

Act: TypeAlias = Callable[[State, Moment], Turn]
Repeated: TypeAlias = Callable[["Look"], bool]
Also: TypeAlias = Callable[["Look", Turn], Within | None]
"""What a turn of a session writes beside the log, in the same transaction."""

_MOVING = frozenset({"answered", "changed", "skipped", "went_back", "session_ended", "client_named", "guide_opened"})


@dataclass(frozen=True, slots=True)
class StartForm:
    """What to ask before a session of this guide starts, in the `locale` it will have; `fields` may be empty.

    `languages` are those it can be walked in, and `language` is the one of this locale.
    `nameless`: clients will hear the name that the person signs in with, because they gave no other.
    """

    guide: GuideCard
    fields: tuple[Field, ...]
    locale: str
    languages: tuple[Language, ...]
    language: str
    nameless: bool = False


@dataclass(frozen=True, slots=True)
class Start:
    """How a session is to start. `given` by field id: texts as typed in `locale` where `typed`, else canonical JSON.

    `client` is the client's reference, `reference` ours (a ticket); `locale` None takes the configured one.
    `key`: a random word made with the form; the same key again finds the session started first (double click).
    `practice`: to learn, with no real client; it counts nowhere, and nobody else sees it.
    """

    given: Mapping[str, Any] = field(default_factory=dict)
    typed: bool = True
    client: str | None = None
    reference: str | None = None
    channel: str = "phone"
    locale: str | None = None
    key: str | None = None
    practice: bool = False


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A session of mine that has not ended, and whom it is `about`; `step` is the title of the step on the screen.

    `paused` is why it was put aside, and `paused_at` since when; "" and None where it was not. `ending` says how one
    ended that was found among all others; "" as long as it has not.
    """

    id: str
    guide: str
    title: str
    step: str
    about: str
    started: datetime
    last_at: datetime
    paused: str
    paused_at: datetime | None
    ending: str
    practice: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """A session as it stands: what to show. Forms send `state.seq` back as `seq`.

    `head` is as it was read, before what this request itself wrote.
    """

    session_id: str
    state: State
    screen: Screen
    head: Head


@dataclass(frozen=True, slots=True)
class Custom:
    """What new sessions take where nothing else is said; `settings` are what fields read `from` this installation."""

    locale: str = "en"
    time_zone: str = "UTC"
    settings: Mapping[str, Any] = field(default_factory=dict)


def alone(_look: Look, _turn: Turn) -> None:
    """Nothing beside the log."""


class Desk:
    """The agent's use cases."""

    def __init__(self, database: Database, shelf: Shelf, clock: Clock, custom: Custom) -> None:
        self._database = database
        self._shelf = shelf
        self._clock = clock
        self._custom = custom

    def guides(self, person: Person) -> tuple[GuideCard, ...]:
        """The guides that can be started, by title."""
        require(person, Permission.WALK)
        return self._shelf.cards(date_in(self._custom.time_zone, self._clock()), self._custom.locale)

    def starting(self, person: Person, guide_id: str, locale: str | None = None) -> StartForm:
        """What to ask before the guide starts in a locale, or in the configured one. Raises `NotFoundError`."""
        require(person, Permission.WALK)
        locale = locale or self._custom.locale
        card = self._shelf.card(guide_id, date_in(self._custom.time_zone, self._clock()), locale)
        ready = self._shelf.ready(guide_id)
        spoken, languages = ready.guide.spoken(locale), ready.languages(self._custom.locale)
        uses = any(key == "agent.name" for guide in ready.guides.values() for _, key in guide.outside)
        nameless = uses and person.display_name is None
        return StartForm(card, spoken.given, locale, languages, spoken.language, nameless)

    def start(self, person: Person, guide_id: str, start: Start) -> str:
        """Start a session and return its id; a client that nobody named before is kept from now on.

        Raises `NotFoundError`, and `engine.errors.RefusedError` with the refusals of given values by field id, and
        of the client's reference by `ledger.FIELD`.
        """
        require(person, Permission.WALK)
        ready = self._shelf.ready(guide_id)
        moment = self.moment(person, self._custom.time_zone)
        locale = start.locale or self._custom.locale
        sources = {"agent.name": person.called, **{f"setting.{name}": at for name, at in self._custom.settings.items()}}
        client = "" if start.practice else start.client or ""
        known = self._known(person, client, Asked(ready.guides, moment.today, self._custom.time_zone))
        opening = Opening(
            given=start.given,
            locale=locale,
            time_zone=self._custom.time_zone,
            channel=start.channel,
            client=known.reference,
            typed=start.typed,
            sources={**sources, **known.sources},
            facts=known.facts,
        )
        turn = walker.start(ready.guides, guide_id, opening, moment)
        if not self._kept(known, moment):
            return self.start(person, guide_id, start)
        beginning = Beginning(
            id=secrets.token_urlsafe(16),
            person=person.id,
            team=person.team,
            guide=guide_id,
            version=ready.pins[guide_id].number,
            title=turn.state.guide.title,
            pins={id: (pin.number, pin.digest) for id, pin in ready.pins.items()},
            reference=one_line(start.reference or "", LONGEST_LINE) or None,
            key=_key(person, start.key),
            practice=start.practice,
        )
        try:
            begin(self._database, beginning, turns.standing(turn, None), turns.entries(turn, None, ready.pins, moment))
        except ConflictError:
            return self._started_before(person, beginning)
        return beginning.id

    def open_sessions(self, person: Person) -> tuple[OpenSession, ...]:
        """The person's sessions that have not ended, the one touched last first; at most 100."""
        require(person, Permission.WALK)
        heads = sessions.open_of(self._database, person.id)
        since = latest(self._database, [head.id for head in heads if head.status == "paused"], "paused")
        return tuple(self._open_session(head, since.get(head.id)) for head in heads)

    def find(self, person: Person, text: str) -> tuple[OpenSession, ...]:
        """The person's newest sessions, ended ones too, whose reference, client or given texts hold these words.

        At most 50 of the 500 touched last; none for no words.
        """
        require(person, Permission.WALK)
        wanted = one_line(text, LONGEST_LINE)
        heads = sessions.of_person(self._database, person.id, LOOKED_THROUGH) if wanted else ()
        found = (head for head in heads if named(head, wanted, self._shelf))
        return tuple(self._open_session(head, None) for head in islice(found, MOST_FOUND))

    def look(self, person: Person, session: Session) -> Look:
        """Where the session stands; writes nothing. Raises `NotFoundError`, also for another person's session."""
        return self.seen(self._head(person, session))

    def tag(self, person: Person, session: Session) -> str:
        """What changes with every event of the session; costs no more than its head. Raises `NotFoundError`."""
        return str(self._head(person, session).seq)

    def seen(self, head: Head) -> Look:
        """A session as it stands, whosever it is: whether it may be seen is for the caller to say."""
        return _look(head, turns.folded(self._database, head, self._shelf.pinned(head.pins)))

    def answer(self, person: Person, session: Session, seq: int, reply: Reply) -> Look:
        """Answer the step on the screen of a page that showed `seq`.

        The same answer from the same page again (a double click, a retry after a crash) is answered as if done now,
        and logged once. Raises `StaleError` with the current look, `NotFoundError`, and the engine's `RefusedError`
        (show `look` again with its refusals; reasons have at most 1,000 characters) and `EndedError`.
        """
        reply = _reasoned(reply)
        return self.move(
            (person, session, seq),
            lambda state, moment: walker.answer(state, reply, moment),
            lambda look: walker.repeats(look.state, seq, reply),
        )

    def skip(self, person: Person, session: Session, seq: int, reason: str) -> Look:
        """Skip the step on the screen of a page that showed `seq`, where it may be skipped.

        Raises `StaleError`, `NotFoundError`, `EndedError`, and `RefusedError` (key `skip`), also without a reason or
        for one of more than 1,000 characters.
        """
        reason = bounded("skip", reason, LONGEST_REASON)

        def skipped_so(event: Event) -> bool:
            return isinstance(event.body, Skipped) and event.body.reason == reason

        def again(look: Look) -> bool:
            return self.only_move_since(look, seq, skipped_so)

        return self.move((person, session, seq), lambda state, moment: walker.skip(state, reason, moment), again)

    def back(self, person: Person, session: Session, seq: int, to: str | None = None) -> Look:
        """Go back one visit, or to the latest visit of step `to`; after the end this reopens for 24 hours.

        Raises `StaleError`, `NotFoundError`, `TooLateError`, and the engine's `NothingBeforeError`, `NotOnPathError`.
        """
        step = to.rpartition("/")[2] if to else None

        def went_there(event: Event) -> bool:
            return isinstance(event.body, WentBack) and step in (None, event.body.to_step)

        def again(look: Look) -> bool:
            return self.only_move_since(look, seq, went_there)

        return self.move((person, session, seq), lambda state, moment: walker.back(state, moment, to), again, late=True)

    def note(self, person: Person, session: Session, text: str, seq: int | None = None) -> Look:
        """Write a note at the step on the screen, also after the end.

        With `seq` (of the page), the same text again from the same page is written once. Raises `NotFoundError`,
        and `RefusedError` (field `text`) for an empty note or one of more than 10,000 characters.
        """
        text = required("text", text, "Write the note first.", LONGEST_TEXT)
        if seq is None:
            seq = self.look(person, session).state.seq
        return self.tell((person, session, seq), lambda state, moment: walker.note(state, text, moment), aside=True)

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
                return self._append(look, turn, moment, also(look, turn))
            except ConflictError:
                session = look.session_id
        raise StaleError(self.look(person, session))

    def name_client(self, person: Person, session: Session, seq: int, reference: str) -> Look:
        """Name or correct the client of a session whose page showed `seq`; later answers that still hold are kept.

        Raises `StaleError`, `NotFoundError`, `EndedError`, and `RefusedError` by `ledger.FIELD`.
        """
        words = required(FIELD, reference, "Write the client's reference, like C-1042.", LONGEST_LINE)

        def act(state: State, moment: Moment) -> Turn:
            session_id = session if isinstance(session, str) else session.id
            asked = Asked(state.guides, moment.today, state.started.time_zone, session_id)
            known = self._known(person, words, asked)
            if not self._kept(known, moment):
                return act(state, moment)
            return walker.name_client(state, known.reference or "", known.sources, known.facts, moment)

        def again(look: Look) -> bool:
            return (look.state.client or "").casefold() == one_line(words, LONGEST_LINE).casefold()

        return self.move((person, session, seq), act, again)

    def cancel_record(self, person: Person, session: Session, seq: int, sent: tuple[int, str]) -> Look:
        """Cancel the record that an event (its seq and the reason are sent) wrote and that no answer stands for now.

        Raises `StaleError`, `NotFoundError`, `RefusedError`, and the engine's `NothingToUndoError`.
        """
        record, reason = sent[0], bounded("reason", sent[1], LONGEST_REASON)

        def cancelled(state: State) -> bool:
            return record in state.records and state.records[record].ended == CANCELLED

        def act(state: State, moment: Moment) -> Turn:
            return Turn((), state) if cancelled(state) else walker.cancel_record(state, record, reason, moment)

        return self.move((person, session, seq), act, lambda look: cancelled(look.state))

    def reopens(self, person: Person, head: Head) -> bool:
        """Whether the person can open an ended session again: their own, within 24 hours."""
        return head.person == person.id and head.ended is not None and not self._too_late(head, self._clock())

    def produce(self, person: Person, session: Session, seq: int, document: str) -> Look:
        """Take a document of a page that showed `seq`: its text is kept with the session, each text once.

        Raises `StaleError`, `NotFoundError`, and the engine's `NotOfferedError`.
        """
        return self.move(
            (person, session, seq), lambda state, moment: walker.produce(state, document, moment), lambda _: False
        )

    def produced(self, person: Person, session: Session, document: str) -> DocumentProduced:
        """The document as it was taken last, in the session's log. Raises `NotFoundError`."""
        look = self.look(person, session)
        guide, _, id = document.rpartition("/")
        for event in reversed(self._events_since(look, 0)):
            body = event.body
            if isinstance(body, DocumentProduced) and body.document == id and guide in ("", event.guide):
                return body
        raise NotFoundError("document")

    def image(self, person: Person, digest: str) -> Stored:
        """An image of any guide. Raises `NotFoundError`."""
        require(person, Permission.WALK)
        found = read_image(self._database, digest)
        if found is None:
            raise NotFoundError("image")
        return found

    def end(self, person: Person, session: Session, seq: int, reason: str) -> Look:
        """End the session before an outcome. Raises `StaleError`, `NotFoundError`, `EndedError`, `RefusedError`."""
        reason = required("reason", reason, "Say why you end the session here.", LONGEST_REASON)

        def ended_so(event: Event) -> bool:
            return isinstance(event.body, SessionEnded) and event.body.reason == reason

        def again(look: Look) -> bool:
            return self.only_move_since(look, seq, ended_so)

        return self.move((person, session, seq), lambda state, moment: walker.end(state, reason, moment), again)

    def move(
        self,
        sent: tuple[Person, Session, int],
        act: Act,
        again: Repeated,
        *,
        late: bool = False,
        pins: Mapping[str, Pin] = MappingProxyType({}),
    ) -> Look:
        """Decide on a request made from a page that showed `seq`, and write what it leads to.

        The page is compared first: else a double click would read as a wrong answer instead of a doubled one.
        `pins` are those of guides that are new to the session. Raises `StaleError`, `NotFoundError`, `TooLateError`.
        """
        person, session, seq = sent
        for _ in range(RACES):
            look = self.look(person, session)
            if not look.state.moved <= seq <= look.state.seq:
                if again(look):
                    return look
                raise StaleError(look)
            moment = self.moment(person, look.state.started.time_zone, look.head)
            if late and self._too_late(look.head, moment.at):
                raise TooLateError(REOPENS_FOR // timedelta(hours=1))
            try:
                return self._append(look, act(look.state, moment), moment, pins=pins)
            except ConflictError:
                session = look.session_id
        raise StaleError(self.look(person, session))

    def _head(self, person: Person, session: Session) -> Head:
        require(person, Permission.WALK)
        head = sessions.head(self._database, session) if isinstance(session, str) else session
        if head is None or head.person != person.id:
            raise NotFoundError("session")
        if head.status == HANDED_OVER:
            raise HandedOverError
        return head

    def _open_session(self, head: Head, paused_at: datetime | None) -> OpenSession:
        paused = head.fold.get("state", {}).get("paused", "") if paused_at else ""
        whom = about(head, self._shelf)
        ending = head.ending or ("Ended before an outcome" if head.ended else "")
        own = head.id, head.guide, head.title, head.step, whom, head.started, head.last_at
        return OpenSession(*own, paused, paused_at, ending, head.practice)

    def _known(self, person: Person, reference: str, asked: Asked) -> Known:
        """The client of this reference; only those may name one who may see what is known of clients."""
        if reference.strip():
            require(person, Permission.CLIENTS)
        return known(self._database, reference, asked)

    def _kept(self, known: Known, moment: Moment) -> bool:
        """Keep a new client; False where somebody else did at the same time, in other letters."""
        if known.client is None or not known.new:
            return True
        return clients.add(self._database, known.client, moment.at).reference == known.reference

    def _append(
        self,
        look: Look,
        turn: Turn,
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
        append(self._database, look.head, turns.standing(turn, look.head), rows, also)
        return _look(look.head, turn.state)

    @staticmethod
    def _too_late(head: Head, now: datetime) -> bool:
        """Whether a session ended too long ago to open it again."""
        return head.ended is not None and now - head.ended > REOPENS_FOR

    def moment(self, person: Person, time_zone: str, head: Head | None = None) -> Moment:
        """Now; never before what the session holds already, even where the clock was set back."""
        now = self._clock()
        at = max(now, head.last_at) if head else now
        return Moment(at, person.name, date_in(time_zone, at))

    def _started_before(self, person: Person, beginning: Beginning) -> str:
        found = beginning.key and sessions.started_with(self._database, beginning.key, person.id)
        if not found:
            raise ConflictError
        return found

    def _events_since(self, look: Look, seq: int) -> list[Event]:
        return [turns.event_of(logged) for logged in log(self._database, look.session_id, after=seq)]

    def only_move_since(self, look: Look, seq: int, wanted: Callable[[Event], bool]) -> bool:
        """Whether the one thing that moved the session since a page showed `seq` is what is wanted."""
        moves = [event for event in self._events_since(look, seq) if event.kind in _MOVING]
        return len(moves) == 1 and wanted(moves[0])

    def _told_since(self, look: Look, seq: int, turn: Turn) -> bool:
        """Whether all that a turn tells was told already, by the same person and of the same step."""
        told = [_said(event) for event in self._events_since(look, seq)]
        return bool(turn.events) and all(_said(event) in told for event in turn.events)


def _said(event: Event) -> tuple[object, ...]:
    return event.actor, event.kind, event.frame, event.step, event.body


def _asks(state: State) -> bool:
    """Whether a second person was asked for something, and has not said a word."""
    return any(approval.status == "asked" for approval in state.approvals.values())


def _look(head: Head, state: State) -> Look:
    return Look(head.id, state, screen.build(state), head)


def _key(person: Person, key: str | None) -> str | None:
    return hashlib.sha256(f"{person.id}:{key}".encode(errors="replace")).hexdigest() if key else None


def _reasoned(reply: Reply) -> Reply:
    """The reply with its reasons tidied and none of them blank. Raises `RefusedError` for one that is too long."""
    reasons = {
        id: bounded("option" if id == reply.option else f"check:{id}", text, LONGEST_REASON)
        for id, text in reply.reasons.items()
    }
    return reply._replace(reasons={id: text for id, text in reasons.items() if text}) if reasons else reply
