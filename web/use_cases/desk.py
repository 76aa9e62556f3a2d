"""What an agent does: choose a guide, walk it step by step, come back to it later (ARCHITECTURE §3, FORMAT §6).

Every call takes the acting person first. A session is named by its id, or by the `Head` that
`People.enter` already read together with the sign-in, so that a step is one read and one write.
"""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from typing import Any

from engine import walker
from engine.consequences import Turn
from engine.events import Event, Moment, SessionEnded, Skipped, WentBack
from engine.fields.field import Field
from engine.model import Guide
from engine.records import CANCELLED
from engine.replies import Reply
from engine.sentences import sentence
from engine.state import State
from engine.walker import Opening
from web.storage import clients, sessions
from web.storage.database import ConflictError, Database
from web.storage.events import Beginning, begin, latest
from web.storage.images import Stored, read_image
from web.storage.people import Person
from web.storage.sessions import Head
from web.use_cases import turns
from web.use_cases.about import about, known_of, language, named, titled
from web.use_cases.ledger import FIELD, Asked, Known, known
from web.use_cases.moves import Look, Moves, Session
from web.use_cases.permissions import Permission, require
from web.use_cases.refusals import NotFoundError
from web.use_cases.shelf import GuideCard, Language, Shelf, Titled
from web.use_cases.words import bounded, one_line, required

LONGEST_TEXT, LONGEST_REASON, LONGEST_LINE = 10_000, 1_000, 200
LOOKED_THROUGH, MOST_FOUND = 500, 50


@dataclass(frozen=True, slots=True)
class StartForm:
    """What to ask before a session of this guide starts, in the `locale` it will have; `fields` may be empty.

    `languages` are those it can be walked in, and `language` is the one of this locale.
    `nameless`: clients will hear the name that the person signs in with, because they gave no other.
    `spoken` is the guide itself.
    """

    guide: GuideCard
    fields: tuple[Field, ...]
    locale: str
    languages: tuple[Language, ...]
    language: str
    nameless: bool = False
    spoken: Guide | None = None


@dataclass(frozen=True, slots=True)
class Start:
    """How a session is to start. `given` by field id: texts as typed in `locale`, or that of the `reader` who
    typed them, where `typed`, else canonical JSON.

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
    reader: str = ""


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A session of mine that has not ended, and whom it is `about`; `step` is the title of the step on the screen.

    `paused` is why it was put aside, and `paused_at` since when; "" and None where it was not. `ending` says how one
    ended that was found among all others; "" as long as it has not. `language` is that of its step and its ending.
    Of one that I handed over, which is no longer `mine`, this tells how it stands with whoever took it.
    """

    id: str
    guide: str
    title: Titled
    step: str
    about: str
    started: datetime
    last_at: datetime
    paused: str
    paused_at: datetime | None
    ending: str
    practice: bool = False
    language: str = ""
    mine: bool = True


@dataclass(frozen=True, slots=True)
class Custom:
    """What new sessions take where nothing else is said; `settings` are what fields read `from` this installation."""

    locale: str = "en"
    time_zone: str = "UTC"
    settings: Mapping[str, Any] = field(default_factory=dict)


class Desk:
    """The agent's use cases."""

    def __init__(self, moves: Moves, database: Database, shelf: Shelf, custom: Custom) -> None:
        self._moves = moves
        self._database = database
        self._shelf = shelf
        self._custom = custom

    def guides(self, person: Person) -> tuple[GuideCard, ...]:
        """The guides that can be started, by title."""
        require(person, Permission.WALK)
        return self._shelf.cards(self._moves.moment(person, self._custom.time_zone).today, [self._custom.locale])

    def starting(
        self, person: Person, guide_id: str, locale: str | None = None, locales: Sequence[str] = ()
    ) -> StartForm:
        """What to ask before the guide starts in a locale, or in the configured one. Raises `NotFoundError`.

        Its title is as `heard` by a reader of these `locales`, or as the session will have it where there are none.
        """
        require(person, Permission.WALK)
        locale = locale or self._custom.locale
        today = self._moves.moment(person, self._custom.time_zone).today
        card = self._shelf.card(guide_id, today, locales or [locale])
        ready = self._shelf.ready(guide_id)
        spoken, languages = ready.guide.spoken(locale), ready.languages(self._custom.locale)
        uses = any(key == "agent.name" for guide in ready.guides.values() for _, key in guide.outside)
        nameless = uses and person.display_name is None
        return StartForm(card, spoken.given, locale, languages, spoken.language, nameless, spoken)

    def start(self, person: Person, guide_id: str, start: Start) -> str:
        """Start a session and return its id; a client that nobody named before is kept from now on.

        Raises `NotFoundError`, and `engine.errors.RefusedError` with the refusals of given values by field id, and
        of the client's reference by `ledger.FIELD`.
        """
        require(person, Permission.WALK)
        ready = self._shelf.ready(guide_id)
        moment = self._moves.moment(person, self._custom.time_zone)
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
            reader=start.reader,
            sources={**sources, **known.sources},
            facts=known.facts,
        )
        turn = walker.start(ready.guides, guide_id, opening, moment)
        if not self._kept(known, moment, turn.state.started.sources.get("client.name")):
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

    def open_sessions(self, person: Person, locales: Sequence[str] = ()) -> tuple[OpenSession, ...]:
        """The person's sessions that have not ended, the one touched last first; at most 100.

        The title of each is as `titled` for a reader of these locales.
        """
        require(person, Permission.WALK)
        heads = sessions.open_of(self._database, person.id)
        since = latest(self._database, [head.id for head in heads if head.status == "paused"], "paused")
        known = known_of(self._database, person, heads)
        whom = {head.id: about(head, self._shelf, known) for head in heads}
        return tuple(self._open_session(head, whom[head.id], since.get(head.id), locales) for head in heads)

    def find(self, person: Person, text: str, locales: Sequence[str] = ()) -> tuple[OpenSession, ...]:
        """The person's newest sessions, ended ones and those they handed over too, that are `named` so.

        At most 50 of the 500 touched last; none for no words. The title of each is as in `open_sessions`.
        """
        require(person, Permission.WALK)
        wanted = one_line(text, LONGEST_LINE)
        heads = sessions.of_person(self._database, person.id, LOOKED_THROUGH) if wanted else ()
        known = known_of(self._database, person, heads)
        found = (head for head in heads if named(head, wanted, self._shelf, known))
        some = [(head, about(head, self._shelf, known)) for head in islice(found, MOST_FOUND)]
        rows = ((head.person, self._open_session(head, whom, None, locales)) for head, whom in some)
        return tuple(replace(row, mine=owner == person.id) for owner, row in rows)

    def answer(self, person: Person, session: Session, seq: int, reply: Reply) -> Look:
        """Answer the step on the screen of a page that showed `seq`.

        The same answer from the same page again (a double click, a retry after a crash) is answered as if done now,
        and logged once. Raises `StaleError` with the current look, `NotFoundError`, and the engine's `RefusedError`
        (show `look` again with its refusals; reasons have at most 1,000 characters) and `EndedError`.
        """
        return self._moves.answer((person, session, seq), reasoned(reply))

    def skip(self, person: Person, session: Session, seq: int, reason: str) -> Look:
        """Skip the step on the screen of a page that showed `seq`, where it may be skipped.

        Raises `StaleError`, `NotFoundError`, `EndedError`, and `RefusedError` (key `skip`), also without a reason or
        for one of more than 1,000 characters.
        """
        reason = bounded("skip", reason, LONGEST_REASON)

        def skipped_so(event: Event) -> bool:
            return isinstance(event.body, Skipped) and event.body.reason == reason

        def again(look: Look) -> bool:
            return self._moves.only_move_since(look, seq, skipped_so)

        return self._moves.move((person, session, seq), lambda state, moment: walker.skip(state, reason, moment), again)

    def back(self, person: Person, session: Session, seq: int, to: str | None = None) -> Look:
        """Go back one visit, or to the latest visit of step `to`; after the end this reopens for 24 hours.

        Raises `StaleError`, `NotFoundError`, `TooLateError`, and the engine's `NothingBeforeError`, `NotOnPathError`.
        """
        step = to.rpartition("/")[2] if to else None

        def went_there(event: Event) -> bool:
            return isinstance(event.body, WentBack) and step in (None, event.body.to_step)

        def again(look: Look) -> bool:
            return self._moves.only_move_since(look, seq, went_there)

        return self._moves.move(
            (person, session, seq), lambda state, moment: walker.back(state, moment, to), again, late=True
        )

    def note(self, person: Person, session: Session, text: str, seq: int | None = None) -> Look:
        """Write a note at the step on the screen, also after the end.

        With `seq` (of the page), the same text again from the same page is written once. Raises `NotFoundError`,
        and `RefusedError` (field `text`) for an empty note or one of more than 10,000 characters.
        """
        text = required("text", text, sentence("Write the note first."), LONGEST_TEXT)
        if seq is None:
            seq = self._moves.look(person, session).state.seq
        return self._moves.tell(
            (person, session, seq), lambda state, moment: walker.note(state, text, moment), aside=True
        )

    def name_client(self, person: Person, session: Session, seq: int, reference: str) -> Look:
        """Name or correct the client of a session whose page showed `seq`; later answers that still hold are kept.

        Raises `StaleError`, `NotFoundError`, `EndedError`, and `RefusedError` by `ledger.FIELD`.
        """
        words = required(FIELD, reference, sentence("Write the client's reference, like C-1042."), LONGEST_LINE)

        def act(state: State, moment: Moment) -> Turn:
            session_id = session if isinstance(session, str) else session.id
            asked = Asked(state.guides, moment.today, state.started.time_zone, session_id)
            known = self._known(person, words, asked)
            if not self._kept(known, moment):
                return act(state, moment)
            return walker.name_client(state, known.reference or "", known.sources, known.facts, moment)

        def again(look: Look) -> bool:
            return (look.state.client or "").casefold() == one_line(words, LONGEST_LINE).casefold()

        return self._moves.move((person, session, seq), act, again)

    def cancel_record(self, person: Person, session: Session, seq: int, sent: tuple[int, str]) -> Look:
        """Cancel the record that an event (its seq and the reason are sent) wrote and that no answer stands for now.

        Raises `StaleError`, `NotFoundError`, `RefusedError`, and the engine's `NothingToUndoError`.
        """
        record, reason = sent[0], bounded("reason", sent[1], LONGEST_REASON)

        def cancelled(state: State) -> bool:
            return record in state.records and state.records[record].ended == CANCELLED

        def act(state: State, moment: Moment) -> Turn:
            return Turn((), state) if cancelled(state) else walker.cancel_record(state, record, reason, moment)

        return self._moves.move((person, session, seq), act, lambda look: cancelled(look.state))

    def image(self, person: Person, digest: str) -> Stored:
        """An image of any guide. Raises `NotFoundError`."""
        require(person, Permission.WALK)
        found = read_image(self._database, digest)
        if found is None:
            raise NotFoundError("image")
        return found

    def end(self, person: Person, session: Session, seq: int, reason: str) -> Look:
        """End the session before an outcome. Raises `StaleError`, `NotFoundError`, `EndedError`, `RefusedError`."""
        reason = required("reason", reason, sentence("Say why you end the session here."), LONGEST_REASON)

        def ended_so(event: Event) -> bool:
            return isinstance(event.body, SessionEnded) and event.body.reason == reason

        def again(look: Look) -> bool:
            return self._moves.only_move_since(look, seq, ended_so)

        return self._moves.move((person, session, seq), lambda state, moment: walker.end(state, reason, moment), again)

    def _open_session(self, head: Head, whom: str, paused_at: datetime | None, locales: Sequence[str]) -> OpenSession:
        paused = head.kept.get("paused", "") if paused_at else ""
        ending = head.ending or (sentence("Ended before an outcome") if head.ended else "")
        own = head.id, head.guide, titled(head, self._shelf, locales), head.step, whom, head.started, head.last_at
        return OpenSession(*own, paused, paused_at, ending, head.practice, language(head, self._shelf))

    def _known(self, person: Person, reference: str, asked: Asked) -> Known:
        """The client of this reference; only those may name one who may see what is known of clients."""
        if reference.strip():
            require(person, Permission.CLIENTS)
        return known(self._database, reference, asked)

    def _kept(self, known: Known, moment: Moment, name: str | None = None) -> bool:
        """Keep a new client, and a name that nobody knew; False where somebody else did at the same time, otherwise."""
        if known.client is None:
            return True
        if known.new:
            return clients.add(self._database, replace(known.client, name=name), moment.at).reference == known.reference
        if name and known.client.name is None:
            clients.change(self._database, known.client.reference, name=name)
        return True

    def _started_before(self, person: Person, beginning: Beginning) -> str:
        found = beginning.key and sessions.started_with(self._database, beginning.key, person.id)
        if not found:
            raise ConflictError
        return found


def _key(person: Person, key: str | None) -> str | None:
    return hashlib.sha256(f"{person.id}:{key}".encode(errors="replace")).hexdigest() if key else None


def reasoned(reply: Reply) -> Reply:
    """The reply with its reasons tidied and none of them blank. Raises `RefusedError` for one that is too long."""
    reasons = {
        id: bounded("option" if id == reply.option else f"check:{id}", text, LONGEST_REASON)
        for id, text in reply.reasons.items()
    }
    return reply._replace(reasons={id: text for id, text in reasons.items() if text}) if reasons else reply
