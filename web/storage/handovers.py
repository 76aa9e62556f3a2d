"""Sessions that were handed over and that nobody has taken over yet: a row of each as long as it waits."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    ForeignKey,
    String,
    Table,
    Text,
    delete,
    exists,
    func,
    insert,
    select,
)
from sqlalchemy import update as update_of

from web.storage.database import METADATA, Database, Instant, Within
from web.storage.givers import GIVERS
from web.storage.people import PEOPLE
from web.storage.sessions import HANDED_OVER, SESSIONS

HANDOVERS = Table(
    "handovers",
    METADATA,
    Column("session", ForeignKey("sessions.id"), primary_key=True),
    Column("giver", ForeignKey("people.id"), nullable=False, index=True),
    Column("person", ForeignKey("people.id"), index=True),
    Column("team", String(100), index=True),
    Column("note", Text, nullable=False),
    Column("at", Instant, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Handover:
    """A session that `giver` handed over to a `person`, or to the queue of a `team`: one of the two is set."""

    session: str
    giver: int
    person: int | None
    team: str | None
    note: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Offered:
    """A handover with what people call who gave it and who is to take it, and the session's guide and step."""

    handover: Handover
    giver: str
    receiver: str
    guide: str
    step: str


_GIVER, _TO = PEOPLE.alias("giver"), PEOPLE.alias("receiver")
_OFFERED = (
    select(
        *HANDOVERS.c,
        func.coalesce(_GIVER.c.display_name, _GIVER.c.name).label("giver_name"),
        func.coalesce(_TO.c.display_name, _TO.c.name).label("receiver_name"),
        SESSIONS.c.title,
        SESSIONS.c.step,
    )
    .join(_GIVER, _GIVER.c.id == HANDOVERS.c.giver)
    .join(SESSIONS, SESSIONS.c.id == HANDOVERS.c.session)
    .outerjoin(_TO, _TO.c.id == HANDOVERS.c.person)
    .order_by(HANDOVERS.c.at, HANDOVERS.c.session)
)


def find(database: Database, session: str) -> Offered | None:
    """What waits of a session, or None."""
    found = _list(database, HANDOVERS.c.session == session, 1)
    return found[0] if found else None


def offered_to(database: Database, person: int, team: str | None, limit: int = 100) -> tuple[Offered, ...]:
    """What waits for a person or for their team's queue, and not by themselves; the oldest first."""
    to = HANDOVERS.c.person == person
    wanted = to if team is None else to | (HANDOVERS.c.team == team)
    return _list(database, wanted & (HANDOVERS.c.giver != person), limit)


def given_by(database: Database, person: int, limit: int = 100) -> tuple[Offered, ...]:
    """What a person handed over and nobody has taken yet, the oldest first."""
    return _list(database, HANDOVERS.c.giver == person, limit)


def giving(handover: Handover) -> Within:
    """Let a session wait for whoever is to take it over."""

    def write(connection: Connection) -> None:
        connection.execute(insert(HANDOVERS).values({name: getattr(handover, name) for name in Handover.__slots__}))
        connection.execute(_session(handover.session).values(status=HANDED_OVER))

    return write


def taking(session: str, person: int, team: str | None, status: str) -> Within:
    """Make a session a person's own, of their team, in the state in which it was handed over; keep who gave it."""

    def write(connection: Connection) -> None:
        connection.execute(_kept(session, person))
        connection.execute(delete(HANDOVERS).where(HANDOVERS.c.session == session))
        connection.execute(_session(session).values(person=person, team=team, status=status))

    return write


def _kept(session: str, taker: int) -> Any:
    """Keep who hands a session over, unless it is known already, or they take it back."""
    waiting = (HANDOVERS.c.session == session) & (HANDOVERS.c.giver != taker)
    known = exists().where(GIVERS.c.session == HANDOVERS.c.session, GIVERS.c.person == HANDOVERS.c.giver)
    gave = select(HANDOVERS.c.session, HANDOVERS.c.giver).where(waiting, ~known)
    return insert(GIVERS).from_select(["session", "person"], gave)


def _session(id: str) -> Any:
    return update_of(SESSIONS).where(SESSIONS.c.id == id)


def _list(database: Database, wanted: ColumnElement[bool], limit: int) -> tuple[Offered, ...]:
    with database.reading() as connection:
        return tuple(map(_read, connection.execute(_OFFERED.where(wanted).limit(limit))))


def _read(row: Any) -> Offered:
    handover = Handover(**{name: getattr(row, name) for name in Handover.__slots__})
    receiver = row.receiver_name or f"the queue of {row.team}"
    return Offered(handover, row.giver_name, receiver, row.title, row.step)
