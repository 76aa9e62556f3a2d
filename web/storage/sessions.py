"""The head of each session: where it stands, beside the log that alone decides."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Connection,
    ForeignKey,
    Index,
    Integer,
    Select,
    String,
    Table,
    Text,
    bindparam,
    false,
    func,
    or_,
    select,
    tuple_,
    update,
)

from web.storage.clients import called
from web.storage.database import METADATA, Database, Instant, Plain, Within, holds
from web.storage.givers import GIVERS, given_by
from web.storage.people import COOKIE_SESSIONS, PEOPLE, PERSON, Person, SignIn, signed_in
from web.storage.statement import Statement

SESSIONS = Table(
    "sessions",
    METADATA,
    Column("id", String(40), primary_key=True),
    Column("person", ForeignKey("people.id"), nullable=False),
    Column("team", String(100)),  # the person's when the session started
    Column("guide", String(100), nullable=False),
    Column("version", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("step", Text, nullable=False),
    Column("ending", Text),
    Column("pins", Plain, nullable=False),
    Column("client", Text),
    Column("reference", Text),
    Column("status", String(20), nullable=False),
    Column("outcome", String(100)),
    Column("seq", Integer, nullable=False),
    Column("moved", Integer, nullable=False),
    Column("started", Instant, nullable=False),
    Column("last_at", Instant, nullable=False),
    Column("ended", Instant),
    Column("fold", Text, nullable=False),
    Column("chain", String(64), nullable=False),
    Column("start_key", String(64), unique=True),
    Column("practice", Boolean, nullable=False, server_default=false()),
    Index("ix_sessions_person_status", "person", "status"),
    Index("ix_sessions_person_guide", "person", "guide", "started"),
    Index("ix_sessions_started", "started", "id"),
    Index("ix_sessions_client", "client"),
)


HANDED_OVER = "handed_over"
"""The status of a session that waits for whoever is to take it over: nobody goes on with it meanwhile."""


@dataclass(frozen=True, slots=True)
class Pin:
    """The version of a guide that a session stays on for ever."""

    number: int
    digest: str


class Head(NamedTuple):
    """A session as its head says; times in UTC. `fold` is the cached state, as text; `chain` the last event's hash.

    `person_name` is what they are called; `title`, `step` and `ending` are the words people know guide, step on the
    screen and outcome by. What is `practice` counts nowhere and is for nobody else to see.
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
    ended: datetime | None
    fold: str
    chain: str
    practice: bool

    @property
    def kept(self) -> Mapping[str, Any]:
        """What is told of the state in the fold."""
        state: Mapping[str, Any] = json.loads(self.fold).get("state", {})
        return state


class Glimpse(NamedTuple):
    """The little of a session that its client's figures are made of."""

    id: str
    guide: str
    started: datetime
    outcome: str | None


class Run(NamedTuple):
    """When a session of a guide was started, and the version of the guide that it is of."""

    started: datetime
    pin: Pin


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of a list, newest first, goes on: after the session that started then and has this id."""

    started: datetime
    id: str


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose sessions to list: one person's, also those they handed over, and, where `team` is set, that team's too.

    Or `everyone`'s.
    """

    person: int
    team: str | None = None
    everyone: bool = False


class Ending(NamedTuple):
    """How sessions of one version of a guide ended: the outcome by its id, and by the label under which it was reached.

    A guide that took the first one's place may have an outcome of the same id.
    """

    guide: str
    version: int
    outcome: str
    ending: str | None


class Sought(NamedTuple):
    """What a list of sessions is narrowed to, where set.

    `client` is a part of its client's reference or of our own, of the client's name, or of anything in the fold: more
    than people mean, so whoever asks looks at what is found once more.
    Started from `since` on and before `before`; `status` is `open`, `paused` or `early`: ended before an outcome.
    """

    guide: str = ""
    person: int | None = None
    client: str = ""
    since: datetime | None = None
    before: datetime | None = None
    status: str = ""
    endings: Collection[Ending] | None = None


ALL = Sought()


class Told(NamedTuple):
    """That somebody has, or handed over, sessions of a guide, by ids, and by the names that people know them by."""

    person: int
    called: str
    guide: str
    title: str


_PINS = Head._fields.index("pins")
_OWNER = PEOPLE.alias("owner")
_CALLED = func.coalesce(_OWNER.c.display_name, _OWNER.c.name).label("person_name")
_HEAD = tuple(_CALLED if name == "person_name" else SESSIONS.c[name] for name in Head._fields)
_HEADS = select(*_HEAD).join(_OWNER, _OWNER.c.id == SESSIONS.c.person)
_ONE = _HEADS.where(SESSIONS.c.id == bindparam("session"))
_ENDING = tuple(SESSIONS.c[name] for name in Ending._fields)
_STATUSES = {
    "open": SESSIONS.c.status.not_in(("ended", "paused")),
    "paused": SESSIONS.c.status == "paused",
    "early": (SESSIONS.c.status == "ended") & SESSIONS.c.outcome.is_(None),
}
_BY_KEY = select(SESSIONS.c.id).where(
    SESSIONS.c.start_key == bindparam("key"), SESSIONS.c.person == bindparam("person_id")
)
_ENTRY = (
    select(*(column.label(f"my_{column.name}") for column in PERSON), COOKIE_SESSIONS.c.last_seen, *_HEAD)
    .select_from(COOKIE_SESSIONS)
    .join(PEOPLE, PEOPLE.c.id == COOKIE_SESSIONS.c.person)
    .outerjoin(SESSIONS, SESSIONS.c.id == bindparam("session"))
    .outerjoin(_OWNER, _OWNER.c.id == SESSIONS.c.person)
    .where(
        COOKIE_SESSIONS.c.token_hash == bindparam("token_hash"),
        signed_in(bindparam("now", type_=Instant), bindparam("idle_since", type_=Instant)),
    )
)
_READ_ONE, _READ_ENTRY = Statement(_ONE), Statement(_ENTRY)


def head(database: Database, session: str) -> Head | None:
    """One session's head, or None."""
    row = database.one(_READ_ONE, {"session": session})
    return None if row is None else _read(row)


def sign_in_and_head(
    database: Database, token_hash: str, session: str, times: tuple[datetime, datetime]
) -> tuple[SignIn, Head | None] | None:
    """In one read, the sign-in with this token's hash, and the head of a session; None where nobody is signed in.

    `times`: now, and since when a sign-in may have been idle.
    """
    now, idle_since = times
    parameters = {"token_hash": token_hash, "session": session, "now": now, "idle_since": idle_since}
    row = database.one(_READ_ENTRY, parameters)
    if row is None:
        return None
    person, last_seen, head = row[: len(PERSON)], row[len(PERSON)], row[len(PERSON) + 1 :]
    return SignIn(Person(*person), last_seen), None if head[0] is None else _read(head)


def pinning(session: str, pins: Mapping[str, Pin]) -> Within:
    """Keep the versions of all guides that a session stays on by now."""

    def write(connection: Connection) -> None:
        kept = {guide: (pin.number, pin.digest) for guide, pin in pins.items()}
        connection.execute(update(SESSIONS).where(SESSIONS.c.id == session).values(pins=kept))

    return write


def started_with(database: Database, key: str, person: int) -> str | None:
    """The id of the session that this person started with this key, or None."""
    with database.reading() as connection:
        session: str | None = connection.scalar(_BY_KEY, {"key": key, "person_id": person})
    return session


def open_of(database: Database, person: int, limit: int = 100) -> tuple[Head, ...]:
    """A person's sessions that have not ended, the one touched last first."""
    mine = (SESSIONS.c.person == person) & SESSIONS.c.status.not_in(("ended", HANDED_OVER))
    return _list(database, _HEADS.where(mine).order_by(SESSIONS.c.last_at.desc(), SESSIONS.c.id).limit(limit))


def some(database: Database, ids: Collection[str]) -> tuple[Head, ...]:
    """The sessions of these ids, as far as there are any."""
    return _list(database, _HEADS.where(SESSIONS.c.id.in_(ids))) if ids else ()


def of_person(database: Database, person: int, limit: int) -> tuple[Head, ...]:
    """A person's sessions, ended ones and those handed over too, the one touched last first; no practice of others."""
    gave = SESSIONS.c.id.in_(given_by(person)) & SESSIONS.c.practice.is_(False)
    mine = _HEADS.where((SESSIONS.c.person == person) | gave)
    return _list(database, mine.order_by(SESSIONS.c.last_at.desc(), SESSIONS.c.id).limit(limit))


def of_client(database: Database, client: str, limit: int = 100) -> tuple[Head, ...]:
    """The newest sessions that name a client."""
    named = _HEADS.where(SESSIONS.c.client == client, SESSIONS.c.practice.is_(False))
    return _list(database, named.order_by(SESSIONS.c.started.desc(), SESSIONS.c.id.desc()).limit(limit))


def past_of(database: Database, client: str) -> tuple[Glimpse, ...]:
    """A glimpse of each session that names a client, the oldest first."""
    columns = (SESSIONS.c[name] for name in Glimpse._fields)
    query = select(*columns).where(SESSIONS.c.client == client, SESSIONS.c.practice.is_(False))
    query = query.order_by(SESSIONS.c.started, SESSIONS.c.id)
    with database.reading() as connection:
        return tuple(Glimpse(*row) for row in connection.execute(query))


def recent_guides(database: Database, person: int, limit: int) -> tuple[str, ...]:
    """The guides that a person started, practice too, the one started last first."""
    mine = select(SESSIONS.c.guide).where(SESSIONS.c.person == person).group_by(SESSIONS.c.guide)
    with database.reading() as connection:
        return tuple(connection.scalars(mine.order_by(func.max(SESSIONS.c.started).desc()).limit(limit)))


def last_run(database: Database, person: int, guide: str) -> Run | None:
    """The last session of a guide that a person started, practice too; None where there is none."""
    mine = (SESSIONS.c.person == person) & (SESSIONS.c.guide == guide)
    query = select(SESSIONS.c.started, SESSIONS.c.pins).where(mine).order_by(SESSIONS.c.started.desc()).limit(1)
    with database.reading() as connection:
        row = connection.execute(query).one_or_none()
    return None if row is None else Run(row.started, Pin(*row.pins[guide]))


def newest(database: Database, scope: Scope, after: Place | None, limit: int, sought: Sought = ALL) -> tuple[Head, ...]:
    """Sessions within a scope, newest first, from a place on; of other people no practice."""
    query = _HEADS.order_by(SESSIONS.c.started.desc(), SESSIONS.c.id.desc()).limit(limit)
    query = query.where(_within(scope), *_narrowed(sought))
    if after is not None:
        same = (SESSIONS.c.started == after.started) & (SESSIONS.c.id < after.id)
        query = query.where((SESSIONS.c.started < after.started) | same)
    return _list(database, query)


def walked(database: Database, scope: Scope) -> tuple[Told, ...]:
    """Who has sessions of which guides within a scope."""
    called, title = func.max(_CALLED).label("called"), func.max(SESSIONS.c.title)
    owners = select(SESSIONS.c.person, called, SESSIONS.c.guide, title).join(_OWNER, _OWNER.c.id == SESSIONS.c.person)
    gave = select(GIVERS.c.person, called, SESSIONS.c.guide, title).join(_OWNER, _OWNER.c.id == GIVERS.c.person)
    givers = gave.join(SESSIONS, SESSIONS.c.id == GIVERS.c.session)
    with database.reading() as connection:
        told = [
            connection.execute(each.where(_within(scope)).group_by(*each.selected_columns[::2])).all()
            for each in (owners, givers)
        ]
    return tuple(Told(*row) for rows in told for row in rows)


def endings(database: Database, scope: Scope) -> tuple[Head, ...]:
    """One session within a scope for each way in which sessions of each version of a guide ended."""
    one = select(func.min(SESSIONS.c.id)).where(_within(scope), SESSIONS.c.outcome.is_not(None))
    return _list(database, _HEADS.where(SESSIONS.c.id.in_(one.group_by(*_ENDING))))


def _within(scope: Scope) -> ColumnElement[bool]:
    mine = SESSIONS.c.person == scope.person
    seen = SESSIONS.c.practice.is_(False) | mine
    if scope.everyone:
        return seen
    walked = mine | SESSIONS.c.id.in_(given_by(scope.person))
    return seen & (walked if scope.team is None else walked | (SESSIONS.c.team == scope.team))


def _narrowed(sought: Sought) -> Iterator[ColumnElement[bool]]:
    columns = SESSIONS.c
    if sought.guide:
        yield columns.guide == sought.guide
    if sought.person is not None:
        yield (columns.person == sought.person) | columns.id.in_(given_by(sought.person))
    if sought.client:
        folded = json.dumps(sought.client, ensure_ascii=False)[1:-1]
        held = holds(columns.client, sought.client) | holds(columns.reference, sought.client)
        yield or_(held, columns.client.in_(called(sought.client)), holds(columns.fold, folded))
    if sought.since is not None:
        yield columns.started >= sought.since
    if sought.before is not None:
        yield columns.started < sought.before
    if sought.status:
        yield _STATUSES[sought.status]
    if sought.endings is not None:
        yield tuple_(*_ENDING).in_([tuple(each) for each in sought.endings])


def _list(database: Database, query: Select[Any]) -> tuple[Head, ...]:
    with database.reading() as connection:
        return tuple(_read(row) for row in connection.execute(query))


def _read(row: Iterable[Any]) -> Head:
    columns = [*row]
    columns[_PINS] = {guide: Pin(number, digest) for guide, (number, digest) in columns[_PINS].items()}
    return Head(*columns)
