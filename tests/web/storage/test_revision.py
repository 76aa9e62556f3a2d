import json
from datetime import date
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import TextClause, text

from web.storage import clients, events, givers, guides, ledger, people, sessions
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
    ours = (clients.CLIENTS, events.EVENTS, guides.LIVE, ledger.WORDS, people.PEOPLE, sessions.SESSIONS)
    assert {table.metadata for table in ours} == {METADATA}
    with database.reading() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), METADATA)
    assert differences == []


def test_a_store_of_a_newer_handrail_is_refused(database: Database) -> None:
    with database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(revision.NewerStoreError, match="upgrade Handrail"):
        revision.upgrade(database)


AT = "'2026-03-02 09:00:00.000000'"
ANN = f"INSERT INTO people (id, name, name_key, role, disabled, created) VALUES (1, 'Ann', 'ann', 'agent', false, {AT})"
SESSION = (
    "INSERT INTO sessions (id, person, guide, version, title, step, pins, status, seq, moved, started, last_at, fold, "
    f"chain) VALUES ('s1', 1, 'late', 1, 'Late', 'x', '{{}}', 'active', 3, 1, {AT}, {AT}, '{{}}', 'x')"
)
EVENT = (
    "INSERT INTO events (session, seq, at, kind, actor, guide, version, frame, from_step, day, payload, personal, "
    f"prev_hash) VALUES ('s1', :seq, {AT}, :kind, 'Ann', 'late', 1, '', 'talk', '2026-03-02', :payload, :personal, 'x')"
)
RECORDED = {
    "record": "promise",
    "details": {"by": "us", "due": "2026-03-09"},
    "values": {},
    "texts": {},
    "client": "C-7",
    "replaces": None,
}


def _older(url: str, schema: str, *statements: TextClause) -> Database:
    """A store as an older Handrail left it, after these statements, brought to the newest schema."""
    store, config = open_database(url), Config()
    config.set_main_option("script_location", str(Path(revision.__file__).parent))
    with store.writing() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, schema)
        for statement in statements:
            connection.execute(statement)
    revision.upgrade(store)
    return store


def test_people_of_an_older_store_go_by_their_own_names(database_url: str) -> None:
    store = _older(database_url, "0001", text(ANN))
    assert [person.called for person in people.everyone(store)] == ["Ann"]
    store.close()


def test_what_an_older_store_recorded_is_in_the_ledger(database_url: str) -> None:
    said = [
        {"seq": 2, "kind": "recorded", "payload": json.dumps(RECORDED), "personal": '{"texts":{"what":"Call"}}'},
        {"seq": 3, "kind": "record_cancelled", "payload": '{"record": 2, "reason": "Done"}', "personal": None},
    ]
    told = [text(EVENT).bindparams(**each) for each in said]
    store = _older(database_url, "0004", text(ANN), text(SESSION), *told)
    (held,) = ledger.of_client(store, "C-7")
    assert (held.texts, held.due, held.ended is not None) == ({"what": "Call"}, date(2026, 3, 9), True)
    store.close()


def test_who_handed_a_session_over_in_an_older_store_may_look_back_at_it(database_url: str) -> None:
    other = ANN.replace("1, 'Ann', 'ann'", "2, 'Bob', 'bob'")
    gave, took = (
        text(EVENT).bindparams(seq=seq, kind=kind, payload="{}", personal=None)
        for seq, kind in ((2, "handed_over"), (3, "taken_over"))
    )
    store = _older(database_url, "0012", text(ANN), text(other), text(SESSION), gave, took)
    assert [givers.given(store, person, ["s1"]) for person in (1, 2)] == [{"s1"}, set()]
    store.close()
