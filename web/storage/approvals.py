"""Who waits for a second person's word: what the log says of it decides, this only finds it.

Each team has a board, and everybody together the board "". Its number changes whenever what waits there does, so that
a page which asks again and again costs one row.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Integer,
    String,
    Table,
    Text,
    bindparam,
    delete,
    func,
    insert,
    select,
)

from web.storage.database import METADATA, Database, Instant, Within
from web.storage.people import PEOPLE
from web.storage.sessions import SESSIONS

APPROVALS = Table(
    "approvals",
    METADATA,
    Column("session", ForeignKey("sessions.id"), primary_key=True),
    Column("what", String(100), primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("label", Text, nullable=False),
    Column("because", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("person", ForeignKey("people.id"), nullable=False),
    Column("at", Instant, nullable=False),
)
BOARDS = Table(
    "boards",
    METADATA,
    Column("team", String(100), primary_key=True),
    Column("number", Integer, nullable=False),
)
EVERYBODY = ""
"""The board on which everything stands that waits anywhere."""


@dataclass(frozen=True, slots=True)
class Request:
    """A second person is asked to open `what`, an option or check of a session's step, which people know by `label`.

    `because` is why it is locked, `reason` why it is asked for all the same, `person` who asked.
    """

    session: str
    what: str
    seq: int
    label: str
    because: str
    reason: str
    person: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Waiting:
    """A request with what people call who asked, and the guide and step that it is about."""

    request: Request
    asker: str
    guide: str
    step: str


_NUMBER = select(BOARDS.c.number).where(BOARDS.c.team == bindparam("board"))
_REQUEST = tuple(APPROVALS.c)
_WAITING = (
    select(
        *_REQUEST,
        func.coalesce(PEOPLE.c.display_name, PEOPLE.c.name).label("asker"),
        SESSIONS.c.title,
        SESSIONS.c.step,
    )
    .join(PEOPLE, PEOPLE.c.id == APPROVALS.c.person)
    .join(SESSIONS, SESSIONS.c.id == APPROVALS.c.session)
    .order_by(APPROVALS.c.at, APPROVALS.c.session, APPROVALS.c.what)
)
_ONE = _WAITING.where(APPROVALS.c.session == bindparam("session_id"), APPROVALS.c.what == bindparam("asked"))


def number(database: Database, board: str) -> int:
    """The number of a board: one row, found by its key; 0 where nothing ever waited there."""
    with database.reading() as connection:
        return connection.scalar(_NUMBER, {"board": board}) or 0


def waiting(database: Database, board: str, but: int, limit: int = 100) -> tuple[Waiting, ...]:
    """What waits on a board, the oldest first, without what concerns the sessions and the requests of one person.

    Nobody is asked for practice.
    """
    others = (APPROVALS.c.person != but) & (SESSIONS.c.person != but) & SESSIONS.c.practice.is_(False)
    query = _WAITING.where(others).limit(limit)
    if board != EVERYBODY:
        query = query.where(SESSIONS.c.team == board)
    with database.reading() as connection:
        rows = connection.execute(query).all()
    return tuple(map(_read, rows))


def find(database: Database, session: str, what: str) -> Waiting | None:
    """What waits in a session for an option or check, or None."""
    with database.reading() as connection:
        row = connection.execute(_ONE, {"session_id": session, "asked": what}).one_or_none()
    return None if row is None else _read(row)


def asking(database: Database, request: Request, team: str | None) -> Within:
    """Put a request on the boards, in place of one for the same."""

    def write(connection: Connection) -> None:
        connection.execute(_of(request.session, request.what))
        connection.execute(insert(APPROVALS).values({name: getattr(request, name) for name in Request.__slots__}))
        _turn(database, connection, team)

    return write


def settling(database: Database, session: str, team: str | None, what: str | None = None) -> Within:
    """Take off the boards what a session waits for: one request, or all of them."""

    def write(connection: Connection) -> None:
        if connection.execute(_of(session, what)).rowcount:
            _turn(database, connection, team)

    return write


def turning(database: Database, *teams: str | None) -> Within:
    """Tell the boards of these teams that what waits there may have changed, because a session changed hands."""

    def write(connection: Connection) -> None:
        _turn(database, connection, *teams)

    return write


def _of(session: str, what: str | None) -> Any:
    found = delete(APPROVALS).where(APPROVALS.c.session == session)
    return found if what is None else found.where(APPROVALS.c.what == what)


def _turn(database: Database, connection: Connection, *teams: str | None) -> None:
    """Change the number of the teams' boards and of everybody's, always in one order: so none waits for another."""
    for board in sorted({EVERYBODY, *(team or EVERYBODY for team in teams)}):
        new = database.upsert(BOARDS).values(team=board, number=1)
        more = {"number": BOARDS.c.number + 1}
        connection.execute(new.on_conflict_do_update(index_elements=["team"], set_=more))


def _read(row: Any) -> Waiting:
    request = Request(**{name: getattr(row, name) for name in Request.__slots__})
    return Waiting(request, row.asker, row.title, row.step)
