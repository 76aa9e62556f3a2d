"""The ledger: what sessions recorded for clients, and what people said became of promises. Nothing is ever changed.

Records are written with the events that tell of them, in one transaction. A record that an event cancelled or replaced
stays as it was: the row of that event says so with `ends`.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple, Protocol

from sqlalchemy import (
    Column,
    ColumnElement,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    Select,
    String,
    Table,
    Text,
    and_,
    func,
    select,
)
from sqlalchemy.exc import IntegrityError

from web.storage.database import METADATA, ConflictError, Database, Instant, canonical
from web.storage.sessions import SESSIONS

RECORDS = Table(
    "records",
    METADATA,
    Column("session", ForeignKey("sessions.id"), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),  # that of the event
    Column("at", Instant, nullable=False),
    Column("day", Date, nullable=False),
    Column("actor", String(100), nullable=False),
    Column("guide", String(100), nullable=False),
    Column("client", Text),
    Column("record", String(20), nullable=False),  # contact, promise …, or "cancelled" for the end of another
    Column("by", String(10)),
    Column("due", Date),
    Column("ends", Integer),  # the seq of the record that this one replaces or cancels
    Column("details", Text, nullable=False),
    Column("personal", Text),  # texts and values of personal fields, beside the rest so that they can be erased
    Index("ix_records_client", "client"),
    Index("ix_records_due", "due"),
)
WORDS = Table(
    "words",
    METADATA,
    Column("session", String(40), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),  # from 1 for each promise: no two speak at once
    Column("at", Instant, nullable=False),
    Column("actor", String(100), nullable=False),
    Column("word", String(20), nullable=False),
    Column("reason", Text),
    ForeignKeyConstraint(["session", "seq"], ["records.session", "records.seq"], name="fk_words_session_seq"),
)
CANCELLED = "cancelled"


class Logged(Protocol):
    """What the ledger reads of an entry of the log."""

    @property
    def kind(self) -> str: ...
    @property
    def payload(self) -> Mapping[str, Any]: ...
    @property
    def personal(self) -> Mapping[str, Any]: ...


class Promise(NamedTuple):
    """What names a record, and so a promise: its session and the seq of its event."""

    session: str
    seq: int


@dataclass(frozen=True, slots=True)
class Word:
    """What a person said became of a promise: kept, broken, cancelled, or open again."""

    number: int
    at: datetime
    actor: str
    word: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class Held:
    """A record as it was written, and what has come of it. `ended` is by whom and when it was cancelled, or replaced.

    `texts` and personal `values` are empty where they were erased; `words` are those of people, the last one counts.
    """

    id: Promise
    at: datetime
    day: date
    actor: str
    guide: str
    client: str | None
    record: str
    details: Mapping[str, Any]
    texts: Mapping[str, str]
    values: Mapping[str, Any]
    ended: Word | None
    words: tuple[Word, ...]

    @property
    def word(self) -> str:
        """What was said last of a promise."""
        return self.words[-1].word if self.words else "open"

    @property
    def due(self) -> date:
        """The day by which a promise is to be kept."""
        return date.fromisoformat(self.details["due"])


class Scope(NamedTuple):
    """Whose promises to list: `by` client or us, or both; of one person's sessions or of everybody's."""

    by: str | None = None
    person: int | None = None


_ENDER = RECORDS.alias("ender")
_FIRST_ENDER = (
    (select(func.min(_ENDER.c.seq)).where(_ENDER.c.session == RECORDS.c.session, _ENDER.c.ends == RECORDS.c.seq))
    .correlate(RECORDS)
    .scalar_subquery()
)
_END = RECORDS.alias("end")
_HELD = (
    select(
        RECORDS,
        _END.c.seq.label("end_seq"),
        _END.c.at.label("end_at"),
        _END.c.actor.label("end_actor"),
        _END.c.record.label("end_record"),
    )
    .select_from(RECORDS)
    .outerjoin(_END, and_(_END.c.session == RECORDS.c.session, _END.c.seq == _FIRST_ENDER))
    .where(RECORDS.c.record != CANCELLED)
)
_LAST = (
    select(WORDS.c.word)
    .where(WORDS.c.session == RECORDS.c.session, WORDS.c.seq == RECORDS.c.seq)
    .order_by(WORDS.c.number.desc())
    .limit(1)
    .correlate(RECORDS)
    .scalar_subquery()
)


def rows(session: str, entries: Iterable[Logged]) -> list[dict[str, Any]]:
    """The rows of the ledger that these entries of a session's log stand for."""
    return [{"session": session, **_row(entry)} for entry in entries if entry.kind in _ROWS]


def of_client(database: Database, client: str) -> tuple[Held, ...]:
    """All that was recorded for a client, the oldest first, but what another record replaced."""
    found = _held(database, _HELD.where(RECORDS.c.client == client).order_by(RECORDS.c.at, RECORDS.c.seq))
    return tuple(held for held in found if held.ended is None or held.ended.word == CANCELLED)


def one(database: Database, promise: Promise) -> Held | None:
    """The promise of this name, or None, also where it was cancelled or replaced by its session."""
    named = (RECORDS.c.session == promise.session) & (RECORDS.c.seq == promise.seq)
    found = _held(database, _HELD.where(named, RECORDS.c.record == "promise"))
    return next((held for held in found if held.ended is None), None)


def open_promises(database: Database, scope: Scope, until: date, limit: int) -> tuple[Held, ...]:
    """The promises that nobody has said anything of, or that were opened again, due until a day, by that day."""
    query = _HELD.where(RECORDS.c.record == "promise", RECORDS.c.due <= until, _END.c.seq.is_(None))
    query = query.where(func.coalesce(_LAST, "open") == "open")
    if scope.by:
        query = query.where(RECORDS.c.by == scope.by)
    if scope.person is not None:
        query = query.join(SESSIONS, SESSIONS.c.id == RECORDS.c.session).where(SESSIONS.c.person == scope.person)
    return _held(database, query.order_by(RECORDS.c.due, RECORDS.c.at, RECORDS.c.seq).limit(limit))


def open_of(database: Database, client: str) -> tuple[Held, ...]:
    """A client's promises that are open, by the day they are due; without what was said of them, in one round trip."""
    query = _HELD.where(RECORDS.c.client == client, RECORDS.c.record == "promise", _END.c.seq.is_(None))
    query = query.where(func.coalesce(_LAST, "open") == "open")
    with database.reading() as connection:
        found = connection.execute(query.order_by(RECORDS.c.due, RECORDS.c.at, RECORDS.c.seq)).all()
    return tuple(_read(row, {}) for row in found)


def say(database: Database, promise: Promise, word: Word) -> None:
    """Add what a person said. Raises `ConflictError` where somebody said something under that number."""
    values = {"session": promise.session, "seq": promise.seq}
    values |= {name: getattr(word, name) for name in Word.__slots__}
    try:
        with database.writing() as connection:
            connection.execute(WORDS.insert().values(values))
    except IntegrityError as error:
        raise ConflictError from error


def _row(entry: Logged) -> dict[str, Any]:
    own = {name: getattr(entry, name) for name in ("seq", "at", "day", "actor", "guide")}
    return own | _ROWS[entry.kind](entry.payload, entry.personal)


def _recorded(payload: Mapping[str, Any], personal: Mapping[str, Any]) -> dict[str, Any]:
    details = payload["details"]
    return {
        "client": payload["client"],
        "record": payload["record"],
        "by": details.get("by"),
        "due": date.fromisoformat(details["due"]) if "due" in details else None,
        "ends": payload["replaces"],
        "details": canonical({"details": details, "values": payload["values"]}),
        "personal": canonical(personal) if personal else None,
    }


def _cancelled(payload: Mapping[str, Any], _personal: Mapping[str, Any]) -> dict[str, Any]:
    nothing = dict.fromkeys(("client", "by", "due", "personal"))
    return {**nothing, "record": CANCELLED, "ends": payload["record"], "details": canonical({})}


_ROWS = {"recorded": _recorded, "record_cancelled": _cancelled}


def _held(database: Database, query: Select[Any]) -> tuple[Held, ...]:
    with database.reading() as connection:
        found = connection.execute(query).all()
        said: dict[Promise, list[Word]] = {}
        sessions = {row.session for row in found if row.record == "promise"}
        for row in connection.execute(_words_of(sessions)) if sessions else ():
            said.setdefault(Promise(row.session, row.seq), []).append(
                Word(row.number, row.at, row.actor, row.word, row.reason)
            )
    return tuple(_read(row, said) for row in found)


def _words_of(sessions: set[str]) -> Select[Any]:
    return select(WORDS).where(_among(sessions)).order_by(WORDS.c.number)


def _among(sessions: set[str]) -> ColumnElement[bool]:
    return WORDS.c.session.in_(sessions)


def _read(row: Any, said: Mapping[Promise, list[Word]]) -> Held:
    kept, apart = json.loads(row.details), json.loads(row.personal or "{}")
    id = Promise(row.session, row.seq)
    ended = None
    if row.end_seq is not None:
        word = CANCELLED if row.end_record == CANCELLED else "replaced"
        ended = Word(row.end_seq, row.end_at, row.end_actor, word, None)
    return Held(
        id=id,
        at=row.at,
        day=row.day,
        actor=row.actor,
        guide=row.guide,
        client=row.client,
        record=row.record,
        details=kept["details"],
        texts=apart.get("texts", {}),
        values={**kept["values"], **apart.get("values", {})},
        ended=ended,
        words=tuple(said.get(id, ())),
    )
