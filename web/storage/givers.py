"""Who handed a session over that somebody took: a part of the walk is theirs, and they may look back at it."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Column, ForeignKey, Select, Table, select

from web.storage.database import METADATA, Database

GIVERS = Table(
    "givers",
    METADATA,
    Column("session", ForeignKey("sessions.id"), primary_key=True),
    Column("person", ForeignKey("people.id"), primary_key=True, index=True),
)


def given_by(person: int) -> Select[Any]:
    """The ids of the sessions that a person handed over and somebody took, as a query."""
    return select(GIVERS.c.session).where(GIVERS.c.person == person)


def given(database: Database, person: int, sessions: Collection[str]) -> frozenset[str]:
    """Those of these sessions that a person handed over and somebody took, by ids."""
    if not sessions:
        return frozenset()
    with database.reading() as connection:
        return frozenset(connection.scalars(given_by(person).where(GIVERS.c.session.in_(sessions))))
