"""Brings a store to the newest schema when Handrail starts; one query tells where there is nothing to do."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import inspect, text

from engine.errors import HandrailError
from web.storage.database import Database

NEWEST = "0014"
"""The newest revision in `versions/`; a test holds the two together."""


class NewerStoreError(HandrailError):
    """The store was written by a newer Handrail."""

    def __init__(self, revision: str) -> None:
        super().__init__(
            f"The store has schema {revision}, and this Handrail knows none newer than {NEWEST}. "
            "It was written by a newer version: upgrade Handrail to use it."
        )


def current(database: Database) -> str | None:
    """The store's revision, None where it is empty."""
    with database.reading() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        revision: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return revision


def upgrade(database: Database) -> None:
    """Bring the store to the newest schema, in one transaction. Raises `StoreError`, `NewerStoreError`."""
    revision = current(database)
    if revision == NEWEST:
        return
    if revision is not None and revision > NEWEST:
        raise NewerStoreError(revision)
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    with database.writing() as connection:
        if not database.is_sqlite:  # two servers may start at once
            connection.execute(text("SELECT pg_advisory_xact_lock(4721)"))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
