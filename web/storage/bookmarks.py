"""The guides that people keep at hand. They call it pinning; in code a pin is the version that a session stays on."""

from datetime import datetime

from sqlalchemy import Column, ForeignKey, String, Table, delete, select

from web.storage.database import METADATA, Database, Instant

BOOKMARKS = Table(
    "bookmarks",
    METADATA,
    Column("person", ForeignKey("people.id"), primary_key=True),
    Column("guide", String(100), primary_key=True),
    Column("at", Instant, nullable=False),
)


def of_person(database: Database, person: int) -> tuple[str, ...]:
    """The guides that a person keeps at hand, the one kept first first."""
    query = select(BOOKMARKS.c.guide).where(BOOKMARKS.c.person == person).order_by(BOOKMARKS.c.at, BOOKMARKS.c.guide)
    with database.reading() as connection:
        return tuple(connection.scalars(query))


def keep(database: Database, person: int, guide: str, at: datetime) -> None:
    """Keep a guide at hand; one that is kept already stays where it is."""
    with database.writing() as connection:
        row = database.upsert(BOOKMARKS).values(person=person, guide=guide, at=at)
        connection.execute(row.on_conflict_do_nothing())


def drop(database: Database, person: int, guide: str) -> None:
    """Keep a guide at hand no longer."""
    with database.writing() as connection:
        connection.execute(delete(BOOKMARKS).where(BOOKMARKS.c.person == person, BOOKMARKS.c.guide == guide))
