"""People, their sign-ins, and the counts that throttle guessing. Tokens are kept as SHA-256 only."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    Boolean,
    Column,
    ColumnElement,
    ForeignKey,
    Integer,
    String,
    Table,
    Text,
    bindparam,
    case,
    false,
    func,
    select,
    true,
)
from sqlalchemy.exc import IntegrityError

from web.storage.database import METADATA, ConflictError, Database, Instant

PEOPLE = Table(
    "people",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("name", String(100), nullable=False),
    Column("name_key", String(200), nullable=False, unique=True),  # casefolded: Ann and ann are one
    Column("password_hash", Text),
    Column("role", String(20), nullable=False),
    Column("team", String(100)),
    Column("disabled", Boolean, nullable=False),
    Column("created", Instant, nullable=False),
    Column("display_name", String(80)),
    Column("single_keys", Boolean, nullable=False, server_default=true()),
    Column("brief", Boolean, nullable=False, server_default=false()),
    Column("language", String(35)),
)
COOKIE_SESSIONS = Table(
    "cookie_sessions",
    METADATA,
    Column("token_hash", String(64), primary_key=True),
    Column("person", ForeignKey("people.id"), nullable=False, index=True),
    Column("created", Instant, nullable=False),
    Column("last_seen", Instant, nullable=False),
    Column("expires", Instant, nullable=False, index=True),
)
SIGN_IN_LINKS = Table(
    "sign_in_links",
    METADATA,
    Column("token_hash", String(64), primary_key=True),
    Column("person", ForeignKey("people.id"), nullable=False, index=True),
    Column("created", Instant, nullable=False),
    Column("expires", Instant, nullable=False, index=True),
    Column("used", Instant),
)
FAILURES = Table(
    "sign_in_failures",
    METADATA,
    Column("key", String(64), primary_key=True),  # SHA-256 of what is counted: a name or an address
    Column("failures", Integer, nullable=False),
    Column("since", Instant, nullable=False, index=True),
)


class Person(NamedTuple):
    """Someone who can sign in, by `name`. `role` is a `Role` of web.use_cases.permissions; `team` may be missing.

    `display_name` is what others call them, None where that is their `name`. `single_keys`: whether keys without Alt
    do something; `brief`: whether hints and help wait behind one line. `language` is what pages speak to them, None
    where their browser says it.
    """

    id: int
    name: str
    role: str
    team: str | None
    disabled: bool
    has_password: bool
    display_name: str | None = None
    single_keys: bool = True
    brief: bool = False
    language: str | None = None

    @property
    def called(self) -> str:
        """The name that people see and clients hear."""
        return self.display_name or self.name


@dataclass(frozen=True, slots=True)
class Failures:
    """How many attempts were counted since when; the window starts with the first."""

    count: int
    since: datetime


@dataclass(frozen=True, slots=True)
class Ticket:
    """What lets a browser in until it `expires`: a sign-in's cookie or a link, known by its token's SHA-256."""

    token_hash: str
    person: int
    created: datetime
    expires: datetime


class SignIn(NamedTuple):
    """A browser's sign-in that has not expired."""

    person: Person
    last_seen: datetime


Time = datetime | BindParameter[datetime]

PERSON = (
    PEOPLE.c.id,
    PEOPLE.c.name,
    PEOPLE.c.role,
    PEOPLE.c.team,
    PEOPLE.c.disabled,
    PEOPLE.c.password_hash.is_not(None).label("has_password"),
    PEOPLE.c.display_name,
    PEOPLE.c.single_keys,
    PEOPLE.c.brief,
    PEOPLE.c.language,
)
"""The columns that make a `Person`, in its order."""


def signed_in(now: Time, idle_since: Time) -> ColumnElement[bool]:
    """What holds for a sign-in that counts: neither too old, nor idle too long, nor of a disabled person."""
    cookie = COOKIE_SESSIONS.c
    return (cookie.expires > now) & (cookie.last_seen > idle_since) & PEOPLE.c.disabled.is_(False)


def add(database: Database, name: str, role: str, team: str | None, at: datetime) -> Person:
    """A new person without a password. Raises `ConflictError` where the name is taken, in whatever case."""
    values = {"name": name, "name_key": name.casefold(), "role": role, "team": team, "disabled": False, "created": at}
    with _unique(), database.writing() as connection:
        # Nothing but the id: SQLite 3.40 answers `IS NOT NULL` wrongly in RETURNING.
        id: int = connection.execute(PEOPLE.insert().values(values).returning(PEOPLE.c.id)).scalar_one()
    return Person(id, name, role, team, disabled=False, has_password=False)


def add_first(database: Database, name: str, role: str, at: datetime) -> Person | None:
    """As `add`, but only where nobody has this role yet; else None."""
    with database.reading() as connection:
        if connection.scalar(select(func.count()).where(PEOPLE.c.role == role)):
            return None
    return add(database, name, role, None, at)


def names(database: Database) -> dict[str, str]:
    """What everybody is called, by the name they sign in with."""
    called = func.coalesce(PEOPLE.c.display_name, PEOPLE.c.name).label("called")
    with database.reading() as connection:
        return {row.name: row.called for row in connection.execute(select(PEOPLE.c.name, called))}


def everyone(database: Database) -> tuple[Person, ...]:
    """All people, by name."""
    with database.reading() as connection:
        return tuple(_person(row) for row in connection.execute(select(*PERSON).order_by(PEOPLE.c.name_key)))


def find(database: Database, name: str) -> tuple[Person, str | None] | None:
    """The person of this name, in whatever case, with the password's hash."""
    query = select(*PERSON, PEOPLE.c.password_hash).where(PEOPLE.c.name_key == name.casefold())
    with database.reading() as connection:
        row = connection.execute(query).one_or_none()
    return None if row is None else (_person(row), row.password_hash)


def change(database: Database, person: int, **values: Any) -> None:
    """Set columns of a person: role, team, disabled, display_name, single_keys, brief, language."""
    with database.writing() as connection:
        connection.execute(PEOPLE.update().where(PEOPLE.c.id == person).values(values))
        if values.get("disabled"):
            connection.execute(COOKIE_SESSIONS.delete().where(COOKIE_SESSIONS.c.person == person))
            connection.execute(SIGN_IN_LINKS.delete().where(SIGN_IN_LINKS.c.person == person))


def set_password(database: Database, person: int, password_hash: str, keep: str | None = None) -> None:
    """Set the hash, and end every sign-in and link of the person except the sign-in `keep` (a token's hash)."""
    cookie = COOKIE_SESSIONS.c
    others = (cookie.person == person) & (cookie.token_hash != (keep or ""))
    with database.writing() as connection:
        connection.execute(PEOPLE.update().where(PEOPLE.c.id == person).values(password_hash=password_hash))
        connection.execute(COOKIE_SESSIONS.delete().where(others))
        connection.execute(SIGN_IN_LINKS.delete().where(SIGN_IN_LINKS.c.person == person))


def renew_hash(database: Database, person: int, password_hash: str) -> None:
    """Replace the hash of an unchanged password by one of newer parameters."""
    with database.writing() as connection:
        connection.execute(PEOPLE.update().where(PEOPLE.c.id == person).values(password_hash=password_hash))


def open_cookie_session(database: Database, ticket: Ticket) -> None:
    """Remember a browser's sign-in; those that expired are forgotten."""
    with database.writing() as connection:
        connection.execute(COOKIE_SESSIONS.delete().where(COOKIE_SESSIONS.c.expires <= ticket.created))
        connection.execute(COOKIE_SESSIONS.insert().values(asdict(ticket) | {"last_seen": ticket.created}))


def close_cookie_session(database: Database, token_hash: str) -> None:
    """Forget a browser's sign-in."""
    with database.writing() as connection:
        connection.execute(COOKIE_SESSIONS.delete().where(COOKIE_SESSIONS.c.token_hash == token_hash))


def touch(database: Database, token_hash: str, now: datetime) -> None:
    """Note that the browser was seen."""
    with database.writing() as connection:
        found = COOKIE_SESSIONS.c.token_hash == token_hash
        connection.execute(COOKIE_SESSIONS.update().where(found).values(last_seen=now))


def sign_in_of(database: Database, token_hash: str, now: datetime, idle_since: datetime) -> SignIn | None:
    """The sign-in that counts now with this token's hash, or None."""
    query = select(*PERSON, COOKIE_SESSIONS.c.last_seen).join(COOKIE_SESSIONS, COOKIE_SESSIONS.c.person == PEOPLE.c.id)
    found = (COOKIE_SESSIONS.c.token_hash == token_hash) & signed_in(now, idle_since)
    with database.reading() as connection:
        row = connection.execute(query.where(found)).one_or_none()
    return None if row is None else SignIn(_person(row), row.last_seen)


def add_link(database: Database, ticket: Ticket) -> None:
    """A new sign-in link; the person's older ones stop working, and those that expired are forgotten."""
    old = (SIGN_IN_LINKS.c.person == ticket.person) | (SIGN_IN_LINKS.c.expires <= ticket.created)
    with database.writing() as connection:
        connection.execute(SIGN_IN_LINKS.delete().where(old))
        connection.execute(SIGN_IN_LINKS.insert().values(asdict(ticket)))


def link_owner(database: Database, token_hash: str, now: datetime) -> Person | None:
    """Whose unused link this is, or None."""
    query = select(*PERSON).join(SIGN_IN_LINKS, SIGN_IN_LINKS.c.person == PEOPLE.c.id)
    with database.reading() as connection:
        row = connection.execute(query.where(_usable(token_hash, now), PEOPLE.c.disabled.is_(False))).one_or_none()
    return None if row is None else _person(row)


def use_link(database: Database, token_hash: str, now: datetime) -> int | None:
    """Use a link up; the id of the person it lets in, or None where it lets nobody in any more."""
    active = SIGN_IN_LINKS.c.person.in_(select(PEOPLE.c.id).where(PEOPLE.c.disabled.is_(False)))
    use = SIGN_IN_LINKS.update().where(_usable(token_hash, now), active).values(used=now)
    with database.writing() as connection:
        person: int | None = connection.scalar(use.returning(SIGN_IN_LINKS.c.person))
    return person


def count_attempt(database: Database, key: str, now: datetime, window_start: datetime) -> Failures:
    """Count one more attempt under this key; counts whose window began before `window_start` start anew."""
    over = FAILURES.c.since <= window_start
    insert = database.upsert(FAILURES).values(key=key, failures=1, since=now)
    counted = insert.on_conflict_do_update(
        index_elements=["key"],
        set_={
            "failures": case((over, 1), else_=FAILURES.c.failures + 1),
            "since": case((over, bindparam("now", now, Instant)), else_=FAILURES.c.since),
        },
    ).returning(FAILURES.c.failures, FAILURES.c.since)
    with database.writing() as connection:
        count, since = connection.execute(counted).one()
        connection.execute(FAILURES.delete().where(over, FAILURES.c.key != key))
    return Failures(count, since)


def forgive(database: Database, forget: str, uncount: str) -> None:
    """After a sign-in that succeeded: forget one key's count, and take one attempt off another's."""
    with database.writing() as connection:
        connection.execute(FAILURES.delete().where(FAILURES.c.key == forget))
        less = FAILURES.update().where(FAILURES.c.key == uncount).values(failures=FAILURES.c.failures - 1)
        connection.execute(less)


def _usable(token_hash: str, now: datetime) -> ColumnElement[bool]:
    link = SIGN_IN_LINKS.c
    return (link.token_hash == token_hash) & link.used.is_(None) & (link.expires > now)


def _person(row: Any) -> Person:
    return Person(*(getattr(row, column.name) for column in PERSON))


@contextmanager
def _unique() -> Iterator[None]:
    try:
        yield
    except IntegrityError as error:
        raise ConflictError from error
