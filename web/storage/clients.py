"""The clients that sessions name, each by a reference of its own, with what is known of them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Select, String, Table, Text, or_, select

from web.storage.database import METADATA, Database, Instant, holds

CLIENTS = Table(
    "clients",
    METADATA,
    Column("reference", String(100), primary_key=True),
    Column("reference_key", String(200), nullable=False, unique=True),  # casefolded: C-7 and c-7 are one
    Column("name", Text),
    Column("email", Text),
    Column("phone", Text),
    Column("language", Text),
    Column("created", Instant, nullable=False),
)
DETAILS = ("name", "email", "phone", "language")
"""The columns that can be changed, and erased."""

_CLIENT = (CLIENTS.c.reference, *(CLIENTS.c[name] for name in DETAILS))


@dataclass(frozen=True, slots=True)
class Client:
    """Somebody we speak with, known by `reference`; what nobody said is None."""

    reference: str
    name: str | None = None
    email: str | None = None
    phone: str | None = None
    language: str | None = None

    @property
    def called(self) -> str:
        """Their name, or the reference where nobody said it."""
        return self.name or self.reference


def find(database: Database, reference: str) -> Client | None:
    """The client of this reference, in whatever case."""
    query = select(*_CLIENT).where(CLIENTS.c.reference_key == reference.casefold())
    with database.reading() as connection:
        row = connection.execute(query).one_or_none()
    return None if row is None else Client(*row)


def add(database: Database, client: Client, at: datetime) -> Client:
    """Keep a new client. One whose reference is there already, in whatever case, stays as it is, and is given back."""
    values = {name: getattr(client, name) for name in ("reference", *DETAILS)}
    new = database.upsert(CLIENTS).values(**values, reference_key=client.reference.casefold(), created=at)
    with database.writing() as connection:
        connection.execute(new.on_conflict_do_nothing())
    found = find(database, client.reference)
    assert found is not None
    return found


def change(database: Database, reference: str, **details: str | None) -> None:
    """Set what is known of a client: name, email, phone, language."""
    with database.writing() as connection:
        connection.execute(CLIENTS.update().where(CLIENTS.c.reference == reference).values(details))


def matching(database: Database, words: str, limit: int) -> tuple[Client, ...]:
    """The clients whose reference or name holds these words, in whatever case; all of them for no words."""
    held = CLIENTS.c.reference_key.contains(words.casefold(), autoescape=True)
    query = select(*_CLIENT).where(or_(held, holds(CLIENTS.c.name, words)))
    newest = query.order_by(CLIENTS.c.created.desc(), CLIENTS.c.reference).limit(limit)
    with database.reading() as connection:
        return tuple(Client(*row) for row in connection.execute(newest))


def called(words: str) -> Select[Any]:
    """The references of the clients whose name holds these words, in whatever case, as a query."""
    return select(CLIENTS.c.reference).where(holds(CLIENTS.c.name, words))


def named(database: Database, references: Collection[str]) -> dict[str, Client]:
    """The clients of these references, by reference."""
    if not references:
        return {}
    query = select(*_CLIENT).where(CLIENTS.c.reference.in_(references))
    with database.reading() as connection:
        return {row.reference: Client(*row) for row in connection.execute(query)}
