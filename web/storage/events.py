"""The log: what happened in each session, appended and never changed, each event chained to the one before."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple, TypeAlias

from sqlalchemy import (
    CTE,
    JSON,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Insert,
    Integer,
    String,
    Table,
    Text,
    Update,
    bindparam,
    cast,
    column,
    exists,
    func,
    insert,
    select,
    update,
)

from web.storage import ledger
from web.storage.database import METADATA, ConflictError, Database, Instant, Within, canonical
from web.storage.ledger import RECORDS
from web.storage.sessions import SESSIONS, Head
from web.storage.statement import Driver, Statement

EVENTS = Table(
    "events",
    METADATA,
    Column("session", ForeignKey("sessions.id"), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Column("kind", String(40), nullable=False),
    Column("actor", String(100), nullable=False),
    Column("guide", String(100), nullable=False),
    Column("version", Integer, nullable=False),
    Column("frame", Text, nullable=False),
    Column("from_step", String(100), nullable=False),
    Column("to_step", String(100)),
    Column("day", Date, nullable=False),
    Column("payload", Text, nullable=False),  # canonical JSON: exactly the bytes that the chain covers
    Column("personal", Text),  # values of personal fields, beside the chain so that they can be erased
    Column("prev_hash", String(64), nullable=False),
)


class Entry(NamedTuple):
    """One event to append. `payload` is its plain form without `personal` values (`engine.journal.split`).

    It happened at `from_step`; `to_step` is where it led, if it led anywhere. `day` is the date in the session's zone.
    """

    seq: int
    at: datetime
    kind: str
    actor: str
    guide: str
    version: int
    frame: str
    from_step: str
    to_step: str | None
    day: date
    payload: Mapping[str, Any]
    personal: Mapping[str, Any]


class Standing(NamedTuple):
    """What an append leaves in the head: the columns of the same names in `sessions`."""

    client: str | None
    status: str
    outcome: str | None
    ending: str | None
    step: str
    moved: int
    ended: datetime | None
    fold: str


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a session's head holds from its start on; `key` finds it again when its start is sent twice.

    What is `practice` records nothing in the ledger.
    """

    id: str
    person: int
    team: str | None
    guide: str
    version: int
    title: str
    pins: Mapping[str, tuple[int, str]]
    reference: str | None
    key: str | None
    practice: bool = False


@dataclass(frozen=True, slots=True)
class Logged:
    """One event as it lies in the log; `engine.journal.joined` makes its plain form of the two parts."""

    seq: int
    payload: Mapping[str, Any]
    personal: Mapping[str, Any]


_BEGIN = insert(SESSIONS).values({each.name: bindparam(f"new_{each.name}") for each in SESSIONS.c})
_EVENTS, _RECORDS = (Statement(insert(table), table.c.keys()) for table in (EVENTS, RECORDS))
_LOG = (
    select(EVENTS.c.seq, EVENTS.c.payload, EVENTS.c.personal)
    .where(EVENTS.c.session == bindparam("session"), EVENTS.c.seq > bindparam("after"))
    .order_by(EVENTS.c.seq)
)
_CHAINED = (
    select(EVENTS.c.seq, EVENTS.c.payload, EVENTS.c.prev_hash)
    .where(EVENTS.c.session == bindparam("session"))
    .order_by(EVENTS.c.seq)
)


@cache
def _advance(changed: tuple[str, ...]) -> Update:
    """The head after an append, where these columns change: others stay out of it, since their indexes cost a write."""
    of = (SESSIONS.c.id == bindparam("session"), SESSIONS.c.seq == bindparam("expected"))
    return update(SESSIONS).where(*of).values({name: bindparam(f"new_{name}") for name in changed})


def begin(database: Database, beginning: Beginning, standing: Standing, entries: Sequence[Entry]) -> None:
    """Write a new session with its first events, all or nothing.

    Raises `ConflictError` where the id or the key is taken.
    """
    rows, chain = _rows(beginning.id, _root(beginning.id), entries)
    first = {"id": beginning.id, "start_key": beginning.key, "started": entries[0].at}
    own = {name: getattr(beginning, name) for name in Beginning.__slots__ if name not in ("id", "key")}
    new = _columns(standing, entries, chain) | own | first
    told = rows, [] if beginning.practice else ledger.rows(beginning.id, entries)
    _write(database, _BEGIN, {f"new_{name}": value for name, value in new.items()}, told)


def append(
    database: Database, head: Head, standing: Standing, entries: Sequence[Entry], also: Within | None = None
) -> None:
    """Append events to the session that `head` describes and advance its head, and what `also` writes: all or nothing.

    Raises `ConflictError` where others appended since: nothing is written then.
    """
    rows, chain = _rows(head.id, head.chain, entries)
    new = {name: value for name, value in _columns(standing, entries, chain).items() if value != getattr(head, name)}
    values = {f"new_{name}": value for name, value in new.items()}
    told = rows, [] if head.practice else ledger.rows(head.id, entries)
    _write(database, _advance(tuple(new)), values | {"session": head.id, "expected": head.seq}, told, also)


def log(database: Database, session: str, after: int = 0) -> tuple[Logged, ...]:
    """A session's events in order, those after a seq."""
    with database.reading() as connection:
        rows = connection.execute(_LOG, {"session": session, "after": after}).all()
    return tuple(Logged(row.seq, json.loads(row.payload), json.loads(row.personal or "{}")) for row in rows)


def latest(database: Database, sessions: Sequence[str], kind: str) -> dict[str, datetime]:
    """When an event of a kind happened last in each of these sessions, by session; none of those where it never did."""
    if not sessions:
        return {}
    found = (EVENTS.c.session.in_(sessions)) & (EVENTS.c.kind == kind)
    at = func.max(EVENTS.c.at, type_=Instant).label("at")
    with database.reading() as connection:
        rows = connection.execute(select(EVENTS.c.session, at).where(found).group_by(EVENTS.c.session))
        return {row.session: row.at for row in rows}


def taken_over(database: Database, session: str, walker: str) -> tuple[str, datetime] | None:
    """Who took a session over last and when, where `walker` did something in it; people as they sign in."""
    own = (EVENTS.c.session == session) & (EVENTS.c.actor == walker)
    query = (
        select(EVENTS.c.actor, EVENTS.c.at)
        .where(EVENTS.c.session == session, EVENTS.c.kind == "taken_over", exists(select(EVENTS.c.seq).where(own)))
        .order_by(EVENTS.c.seq.desc())
        .limit(1)
    )
    with database.reading() as connection:
        row = connection.execute(query).one_or_none()
    return None if row is None else (row.actor, row.at)


def broken_at(database: Database, session: str, chain: str) -> int | None:
    """The seq of the first event whose chain does not hold, or None; `chain` is the head's."""
    expected, seq = _root(session), 0
    with database.reading() as connection:
        for row in connection.execute(_CHAINED, {"session": session}):
            seq += 1
            if row.seq != seq or row.prev_hash != expected:
                return seq
            expected = _link(row.prev_hash, row.payload)
    return None if expected == chain else seq + 1


def _columns(standing: Standing, entries: Sequence[Entry], chain: str) -> dict[str, Any]:
    last = {"seq": entries[-1].seq, "last_at": entries[-1].at, "chain": chain}
    return standing._asdict() | last


def _rows(session: str, chain: str, entries: Sequence[Entry]) -> tuple[list[dict[str, Any]], str]:
    """The rows to insert, each chained to the one before, and the hash of the last."""
    rows = []
    for entry in entries:
        row = entry._asdict()
        row["session"], row["prev_hash"], row["payload"] = session, chain, canonical(entry.payload)
        row["personal"] = canonical(entry.personal) if entry.personal else None
        rows.append(row)
        chain = _link(chain, row["payload"])
    return rows, chain


def _root(session: str) -> str:
    return hashlib.sha256(session.encode()).hexdigest()


def _link(before: str, payload: str) -> str:
    return hashlib.sha256(bytes.fromhex(before) + payload.encode()).hexdigest()


Told: TypeAlias = tuple[list[dict[str, Any]], list[dict[str, Any]]]
"""The rows of the log and those of the ledger that go with them, mostly none."""


def _write(
    database: Database, head: Insert | Update, values: Mapping[str, Any], told: Told, also: Within | None = None
) -> None:
    try:
        if also:
            with database.writing() as connection:
                _lay_down(Driver(connection.connection, connection.dialect), head, values, told)
                also(connection)
        elif database.is_sqlite:
            database.commit(lambda driver: _lay_down(driver, head, values, told))
        else:
            _write_once(database, head, values, told)
    except database.taken as error:
        raise ConflictError from error


def _lay_down(driver: Driver, head: Insert | Update, values: Mapping[str, Any], told: Told) -> None:
    """Head, events, records: SQLite is in this process, so a statement more costs no round trip."""
    events, records = told
    if driver.send(_alone(head), values).rowcount != 1:
        raise ConflictError
    driver.insert(_EVENTS, events)
    if records:
        driver.insert(_RECORDS, records)


def _write_once(database: Database, head: Insert | Update, values: Mapping[str, Any], told: Told) -> None:
    """Head, events and records in one statement, which is its own transaction: one round trip to PostgreSQL."""
    events, records = told
    lists = {"rows": json.dumps(events, default=_told)}
    if records:
        lists["records"] = json.dumps(records, default=_told)
    statement = _together(head, bool(records))
    if database.drive(lambda driver: driver.send(statement, {**values, **lists}).rowcount) != len(events):
        raise ConflictError


@cache
def _alone(head: Insert | Update) -> Statement:
    return Statement(head)


@cache
def _together(head: Insert | Update, with_records: bool) -> Statement:
    written = head.returning(SESSIONS.c.id).cte("head")
    statement = _insertion(EVENTS, "rows", written)
    if with_records:
        statement = statement.add_cte(_insertion(RECORDS, "records", written).cte("ledger"))
    return Statement(statement)


def _insertion(table: Table, rows: str, written: CTE) -> Insert:
    """Insert the rows of a parameter. The join makes them depend on the head: no head written, no row either."""
    names = [each.name for each in table.c]
    typed = [column(name, _PLAIN_TYPES.get(name, Text())) for name in names]
    listed = func.json_to_recordset(cast(bindparam(rows, type_=Text()), JSON)).table_valued(*typed)
    told = listed.render_derived(name=f"told_{rows}", with_types=True)
    chosen = select(*told.c).join_from(told, written, told.c.session == written.c.id)
    return insert(table).from_select(names, chosen)


_PLAIN_TYPES: dict[str, Any] = {
    **dict.fromkeys(("seq", "version", "ends"), Integer()),
    **dict.fromkeys(("day", "due"), Date()),
    "at": DateTime(timezone=True),
}


def _told(value: date) -> str:
    return value.isoformat()
