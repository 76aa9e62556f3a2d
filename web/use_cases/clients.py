"""The client's ledger as people work with it: the page of a client, what is due, what became of a promise."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from engine.errors import Refusal, RefusedError, UnknownGuideError
from engine.fields.catalogue import parse
from engine.fields.field import Field
from engine.model import Guide
from engine.sentences import sentence
from web.storage import clients, givers, ledger, sessions
from web.storage.clients import Client
from web.storage.database import ConflictError, Database
from web.storage.ledger import Held, Scope, Word
from web.storage.people import Person, names
from web.storage.sessions import Head
from web.use_cases.about import language
from web.use_cases.clock import Clock, date_in
from web.use_cases.permissions import Permission, may, may_review, require
from web.use_cases.pledges import WORDS, Agreement, Line, Pledge, Reading, found
from web.use_cases.refusals import NotFoundError, SaidAlreadyError
from web.use_cases.shelf import Shelf
from web.use_cases.words import one_line

AHEAD = timedelta(days=14)
"""How far ahead the due list looks."""
MOST, SUGGESTED = 200, 50
LONGEST_DETAIL, LONGEST_REASON = 200, 1_000
DETAILS: Mapping[str, Field] = {
    "name": Field("name", "text", sentence("Name")),
    "email": Field("email", "email", sentence("E-mail")),
    "phone": Field("phone", "phone", sentence("Phone")),
    "language": Field(
        "language",
        "text",
        sentence("Language"),
        pattern="[a-z]{2,3}(-[A-Z]{2})?",
        message=sentence("Enter it like de-CH."),
    ),
}
"""What is known of a client, by what it is called in the store."""


@dataclass(frozen=True, slots=True)
class Visited:
    """A session with the client; `opens` says that the person may look back at it, `own` that it is theirs.

    Its title, step and ending are in its `language`.
    """

    head: Head
    opens: bool
    own: bool
    language: str


@dataclass(frozen=True, slots=True)
class ClientPage:
    """All that is known of a client: newest first, but open promises by the day they are due."""

    client: Client
    open: tuple[Pledge, ...]
    past: tuple[Pledge, ...]
    contacts: tuple[Line, ...]
    remedies: tuple[Line, ...]
    recognitions: tuple[Line, ...]
    agreements: tuple[Agreement, ...]
    sessions: tuple[Visited, ...]


@dataclass(frozen=True, slots=True)
class Filter:
    """Which promises to list: `by` client or us, or both; of sessions of one's own only, where `mine`."""

    by: str = ""
    mine: bool = False


@dataclass(frozen=True, slots=True)
class DueList:
    """What is due, by day: before today, today, and in the next two weeks. `clients` are those named, by reference.

    `more` says that there is more than is shown.
    """

    overdue: tuple[Pledge, ...]
    today: tuple[Pledge, ...]
    soon: tuple[Pledge, ...]
    clients: Mapping[str, Client]
    more: bool


class Clients:
    """The use cases of the ledger. Who may name clients sees every client: they all answer the same phone."""

    def __init__(self, database: Database, shelf: Shelf, clock: Clock, manner: tuple[str, str]) -> None:
        self._database = database
        self._shelf = shelf
        self._clock = clock
        self._time_zone, self._locale = manner

    def search(self, person: Person, words: str, limit: int = MOST) -> tuple[Client, ...]:
        """Clients by parts of their reference or name, the newest first; any for no words."""
        require(person, Permission.CLIENTS)
        return clients.matching(self._database, one_line(words, LONGEST_DETAIL), limit)

    def suggestions(self, person: Person) -> tuple[Client, ...]:
        """Some clients to choose from where one is named; none for those who may name none."""
        return self.search(person, "", SUGGESTED) if may(person, Permission.CLIENTS) else ()

    def client(self, person: Person, reference: str) -> ClientPage:
        """All that is known of a client. Raises `NotFoundError`."""
        client = self._client(person, reference)
        held, reading = ledger.of_client(self._database, client.reference), self._reading()
        pledges = [reading.pledge(each) for each in held if each.record == "promise"]
        heads = sessions.of_client(self._database, client.reference)
        return ClientPage(
            client=client,
            open=tuple(sorted((each for each in pledges if each.open), key=lambda pledge: pledge.due)),
            past=tuple(each for each in pledges if not each.open)[::-1],
            contacts=tuple(reading.contact(each) for each in held if each.record == "contact")[::-1],
            remedies=tuple(reading.remedy(each) for each in held if each.record == "remedy")[::-1],
            recognitions=tuple(reading.recognition(each) for each in held if each.record == "recognition")[::-1],
            agreements=self._agreements(held, reading, heads),
            sessions=self._visited(person, heads),
        )

    def change(self, person: Person, reference: str, details: Mapping[str, str]) -> None:
        """Set what is known of a client. Raises `NotFoundError`, and `RefusedError` by the names of `DETAILS`."""
        client = self._client(person, reference)
        read = {id: _parsed(DETAILS[id], text) for id, text in details.items() if id in DETAILS}
        refused = {id: value for id, value in read.items() if isinstance(value, Refusal)}
        if refused:
            raise RefusedError(refused)
        kept = {id: value for id, value in read.items() if not isinstance(value, Refusal)}
        if kept:
            clients.change(self._database, client.reference, **kept)

    def due(self, person: Person, which: Filter) -> DueList:
        """What is due, and what was due and nobody said anything of."""
        require(person, Permission.CLIENTS)
        reading = self._reading()
        scope = Scope(which.by or None, person.id if which.mine else None)
        held = ledger.open_promises(self._database, scope, reading.today + AHEAD, MOST + 1)
        pledges = [reading.pledge(each) for each in held[:MOST]]
        return DueList(
            overdue=tuple(each for each in pledges if each.overdue),
            today=tuple(each for each in pledges if each.due == reading.today),
            soon=tuple(each for each in pledges if each.due > reading.today),
            clients=clients.named(self._database, {each.client for each in pledges if each.client}),
            more=len(held) > MOST,
        )

    def open_promises(self, person: Person, reference: str | None) -> tuple[Pledge, ...]:
        """The open promises of the client whom a session names, by the day they are due, in one read."""
        if reference is None or not may(person, Permission.CLIENTS):
            return ()
        reading = Reading({}, date_in(self._time_zone, self._clock()), self._locale)
        return tuple(reading.pledge(each) for each in ledger.open_of(self._database, reference))

    def pledge(self, person: Person, promise_id: str) -> Pledge:
        """One promise. Raises `NotFoundError`, also where its session cancelled or replaced it."""
        require(person, Permission.CLIENTS)
        return self._reading().pledge(self._promise(promise_id))

    def say(self, person: Person, promise_id: str, word: str, sent: tuple[int, str]) -> Pledge:
        """Say what became of a promise. Sent are how often something was said of it, by the page sent from, and why.

        What was said last is not said again. Raises `NotFoundError`, and `SaidAlreadyError` where somebody else said
        something else since.
        """
        require(person, Permission.CLIENTS)
        seen, reason = sent[0], one_line(sent[1], LONGEST_REASON)
        held = self._promise(promise_id)
        if word not in WORDS:
            raise NotFoundError("answer to that promise")
        if held.word == word:
            return self._reading().pledge(held)
        if len(held.words) > seen:
            raise SaidAlreadyError(self._reading().pledge(held))
        try:
            new = Word(len(held.words) + 1, self._clock(), person.name, word, reason or None)
            ledger.say(self._database, held.id, new)
        except ConflictError:
            return self.say(person, promise_id, word, sent)
        return self.pledge(person, promise_id)

    def _client(self, person: Person, reference: str) -> Client:
        require(person, Permission.CLIENTS)
        client = clients.find(self._database, reference)
        if client is None:
            raise NotFoundError("client")
        return client

    def _promise(self, promise_id: str) -> Held:
        held = ledger.one(self._database, found(promise_id))
        if held is None:
            raise NotFoundError("promise")
        return held

    def _reading(self) -> Reading:
        return Reading(names(self._database), date_in(self._time_zone, self._clock()), self._locale)

    def _visited(self, person: Person, heads: Sequence[Head]) -> tuple[Visited, ...]:
        gave = givers.given(self._database, person.id, [head.id for head in heads])
        opens = {head.id: may_review(person, head.person, head.team, gave=head.id in gave) for head in heads}
        spoken = {head.id: language(head, self._shelf) for head in heads}
        return tuple(Visited(head, opens[head.id], head.person == person.id, spoken[head.id]) for head in heads)

    def _agreements(self, held: Iterable[Held], reading: Reading, heads: Iterable[Head]) -> tuple[Agreement, ...]:
        """The newest of each id, in the words of the guide that wrote it."""
        by_id = {head.id: head for head in heads}
        newest = {each.details["id"]: each for each in held if each.record == "agreement" and each.ended is None}
        return tuple(reading.agreement(each, self._guide(by_id.get(each.id.session), each)) for each in newest.values())

    def _guide(self, head: Head | None, held: Held) -> Guide | None:
        """None where the session is so old that its guide can no longer be read."""
        try:
            return self._shelf.pinned(head.pins).get(held.guide) if head else None
        except UnknownGuideError:
            return None


def _parsed(field: Field, text: str) -> str | Refusal | None:
    value = parse(field, one_line(text, LONGEST_DETAIL))
    assert value is None or isinstance(value, str | Refusal)
    return value
