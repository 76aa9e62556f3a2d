from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import text

from web.storage import people, sessions
from web.storage.database import ConflictError, Database, Instant, StoreError, canonical, open_database
from web.storage.statement import Driver

NOW = datetime(2026, 3, 2, 9, 30, 15, 123456, tzinfo=UTC)


def test_a_time_comes_back_in_utc_with_its_microseconds(database: Database) -> None:
    local = NOW.astimezone(timezone(timedelta(hours=2)))
    people.add(database, "Ann", "agent", None, local)
    with database.reading() as connection:
        assert connection.scalar(people.PEOPLE.select().with_only_columns(people.PEOPLE.c.created)) == NOW


def test_a_missing_time_stays_missing() -> None:
    assert Instant().process_result_value(None, None) is None  # type: ignore[arg-type]


def test_what_fails_within_a_transaction_is_undone_wholly(database: Database) -> None:
    row = {"name": "A", "name_key": "a", "role": "agent", "disabled": False, "created": NOW}

    def add_and_fail() -> None:
        with database.writing() as connection:
            connection.execute(people.PEOPLE.insert().values(row))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        add_and_fail()
    assert people.everyone(database) == ()


def test_many_writers_at_once_all_get_their_turn(database: Database) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: people.add(database, f"P{number}", "agent", None, NOW), range(40)))
    assert len(people.everyone(database)) == 40


def test_sqlite_is_set_to_lose_nothing(tmp_path: Path) -> None:
    store = open_database(f"sqlite:///{tmp_path}/deep/er/handrail.db")
    asked = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
    with store.reading() as connection:
        settings = [connection.scalar(text(f"PRAGMA {name}")) for name in asked]
    store.close()
    assert settings == ["wal", 2, 1, 10_000]


@pytest.mark.parametrize(
    "url", ["", "nonsense", "mysql://host/db", "oracle:///x", "sqlite://", "sqlite:////proc/no/x.db"]
)
def test_a_store_that_cannot_be_is_refused_in_words(url: str) -> None:
    with pytest.raises(StoreError, match=r"^The store at .* could not be reached: ."):
        open_database(url)


def test_a_server_that_is_not_there_is_named_without_its_password() -> None:
    store = open_database("postgresql://me:secret@127.0.0.1:1/handrail")
    with pytest.raises(StoreError) as refused:
        people.everyone(store)
    assert "127.0.0.1:1" in str(refused.value)
    assert "secret" not in str(refused.value)


def test_a_driver_that_finds_no_server_says_so_in_words() -> None:
    store = open_database("postgresql://me:secret@127.0.0.1:1/handrail")
    with pytest.raises(StoreError, match=r"127\.0\.0\.1:1/handrail could not be reached"):
        sessions.head(store, "s1")


def test_a_connection_that_failed_is_not_used_again(database: Database) -> None:
    used = []

    def fail(driver: Driver) -> None:
        used.append(driver.connection)
        raise database.engine.dialect.loaded_dbapi.OperationalError("gone")

    for _ in range(2):
        with pytest.raises(StoreError, match=r"gone$"):
            database.drive(fail)
    assert used[0] is not used[1]


def test_where_one_connection_failed_the_others_are_opened_anew_too(database: Database) -> None:
    """As after a restart of the server: each would fail once, and with it the call that uses it."""

    def fail(_: Driver) -> None:
        raise database.engine.dialect.loaded_dbapi.OperationalError("gone")

    before = database.drive(lambda one: database.drive(lambda other: (one.connection, other.connection)))
    with pytest.raises(StoreError, match=r"gone$"):
        database.drive(fail)
    after = database.drive(lambda one: database.drive(lambda other: (one.connection, other.connection)))
    assert before[0] is not before[1]
    assert set(map(id, before)).isdisjoint(map(id, after))


def test_what_fails_when_it_is_committed_is_undone(tmp_path: Path) -> None:
    store = open_database(f"sqlite:///{tmp_path}/handrail.db")

    def orphan(driver: Driver) -> None:
        for statement in (
            "CREATE TABLE parents (id INTEGER PRIMARY KEY)",
            "CREATE TABLE children (parent INTEGER REFERENCES parents DEFERRABLE INITIALLY DEFERRED)",
            "INSERT INTO children VALUES (1)",
        ):
            driver.connection.cursor().execute(statement)

    for _ in range(2):
        with pytest.raises(store.taken):
            store.commit(orphan)
    store.close()


def test_a_connection_is_used_again_whatever_else_went_wrong(database: Database) -> None:
    used = []

    def refuse(driver: Driver) -> None:
        used.append(driver.connection)
        raise ConflictError

    for _ in range(2):
        with pytest.raises(ConflictError):
            database.drive(refuse)
    assert used[0] is used[1]


def test_json_is_written_in_one_way_only() -> None:
    assert canonical({"b": [1, None], "a": "é"}) == '{"a":"é","b":[1,null]}'
