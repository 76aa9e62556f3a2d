from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from web.storage import events, guides, people, sessions
from web.storage.database import METADATA, Database, open_database
from web.storage.migrations import revision


def test_the_newest_revision_is_the_one_the_code_expects() -> None:
    scripts = ScriptDirectory(str(Path(revision.__file__).parent))
    assert scripts.get_current_head() == revision.NEWEST


def test_an_empty_store_becomes_the_newest_and_stays_it(database_url: str) -> None:
    store = open_database(database_url)
    assert revision.current(store) is None
    revision.upgrade(store)
    revision.upgrade(store)
    assert revision.current(store) == revision.NEWEST
    store.close()


def test_migrations_make_the_tables_that_the_code_uses(database: Database) -> None:
    assert {table.metadata for table in (events.EVENTS, guides.LIVE, people.PEOPLE, sessions.SESSIONS)} == {METADATA}
    with database.reading() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), METADATA)
    assert differences == []


def test_a_store_of_a_newer_handrail_is_refused(database: Database) -> None:
    with database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(revision.NewerStoreError, match="upgrade Handrail"):
        revision.upgrade(database)


def test_people_of_an_older_store_go_by_their_own_names(database_url: str) -> None:
    store = open_database(database_url)
    config = Config()
    config.set_main_option("script_location", str(Path(revision.__file__).parent))
    with store.writing() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        columns = "id, name, name_key, role, disabled, created"
        connection.execute(
            text(
                f"INSERT INTO people ({columns}) VALUES (1, 'Ann', 'ann', 'agent', false, '2026-03-02 09:00:00.000000')"
            )
        )
    revision.upgrade(store)
    assert [person.called for person in people.everyone(store)] == ["Ann"]
    store.close()
