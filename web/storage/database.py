"""The store: engine, transactions, and the few differences between SQLite and PostgreSQL.

SQLite: WAL, synchronous=FULL, BEGIN IMMEDIATE for every write, one process-wide lock round it (ARCHITECTURE §5).
PostgreSQL: reads and single-statement writes are sent without BEGIN and COMMIT, so each is one round trip.
"""

import json
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Any, TypeAlias, TypeVar

from sqlalchemy import (
    URL,
    ColumnElement,
    Connection,
    DateTime,
    Dialect,
    Engine,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    create_engine,
    event,
    make_url,
    or_,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError, IntegrityError, NoSuchModuleError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

from engine.errors import HandrailError
from web.storage.statement import Convert, Driver, Statement

Result = TypeVar("Result")
BUSY_SECONDS = 10
_BEGIN = "BEGIN IMMEDIATE"
Within: TypeAlias = Callable[[Connection], None]
"""What else is written in the same transaction."""

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class StoreError(HandrailError):
    """The store could not be reached or used; the text says which and why, without its password."""

    exit_code = 3  # of commands (CONTRACTS §2)

    def __init__(self, url: URL | str, why: object) -> None:
        place = _shown(url) if isinstance(url, URL) else url
        reason = str(why).strip().splitlines()[0] if str(why).strip() else "no reason was given"
        super().__init__(f"The store at {place} could not be reached: {reason}")


_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


class NoStoreError(HandrailError):
    """There is no store where one is looked for; `make` is the command that makes one."""

    exit_code = 3

    def __init__(self, place: object, make: str) -> None:
        super().__init__(f"There is no store in {place}; `{make}` makes one.")


class ConflictError(Exception):
    """A write that lost a race: what it was decided on is no longer so. Nothing was written."""


class Instant(TypeDecorator[datetime]):
    """A time in UTC with microseconds: a timestamp with zone on PostgreSQL, sortable text on SQLite."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Convert:
        """In UTC; as SQLAlchemy writes a time for SQLite, at a third of its cost."""
        return _as_text if dialect.name == "sqlite" else super().bind_processor(dialect)

    def result_processor(self, dialect: Dialect, coltype: object) -> Convert:
        """In UTC, with the zone."""
        return _from_text if dialect.name == "sqlite" else super().result_processor(dialect, coltype)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """In UTC, whatever zone the connection speaks in."""
        return None if value is None else value.astimezone(UTC)


def _as_text(value: datetime | None) -> str | None:
    return None if value is None else value.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


def _from_text(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value).replace(tzinfo=UTC)


class Plain(TypeDecorator[Any]):
    """JSON values, kept as canonical text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002
        """As canonical text."""
        return None if value is None else canonical(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ARG002
        """As the values written."""
        return None if value is None else json.loads(value)


def together(*writes: Within | None) -> Within | None:
    """Several of them as one; None where there are none."""
    some = [write for write in writes if write]

    def write(connection: Connection) -> None:
        for each in some:
            each(connection)

    return write if some else None


def canonical(value: Any) -> str:
    """The one way that JSON values are written here: keys sorted, no spaces, nothing escaped that need not be."""
    return _CANONICAL.encode(value)


def holds(column: ColumnElement[Any], words: str) -> ColumnElement[bool]:
    """Whether a text holds these words, in whatever case.

    SQLite lowers no letter beyond ASCII: there they are also looked for as people write names.
    """
    ways = sorted({words, words.lower(), words.upper(), words.title()})
    return or_(column.icontains(words, autoescape=True), *(column.contains(way, autoescape=True) for way in ways))


class Database:
    """One open store."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.is_sqlite = engine.dialect.name == "sqlite"
        driver = engine.dialect.loaded_dbapi
        self.taken: tuple[type[Exception], ...] = (IntegrityError, driver.IntegrityError)
        self._failed: tuple[type[Exception], ...] = (OperationalError, driver.OperationalError)
        self._lock: AbstractContextManager[Any] = Lock() if self.is_sqlite else nullcontext()
        self._idle: deque[Driver] = deque()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection for reads, each its own. Raises `StoreError`."""
        try:
            with self.engine.connect() as connection:
                yield connection
        except self._failed as error:
            raise StoreError(self.engine.url, getattr(error, "orig", error)) from error

    def one(self, statement: Statement, values: Mapping[str, Any]) -> list[Any] | None:
        """The one row that a ready statement gives, as `Driver.one` does. Raises `StoreError`."""
        return self.drive(lambda driver: driver.one(statement, values))

    def commit(self, write: Callable[[Driver], None]) -> None:
        """Write in one transaction of SQLite's, committed at the end and undone by any error. Raises `StoreError`."""
        with self._lock:
            self.drive(lambda driver: _committed(driver, write))

    def drive(self, use: Callable[[Driver], Result]) -> Result:
        """Use the driver itself, for statements that are ready for it, each its own. Raises `StoreError`.

        Its connections are kept beside the engine's, which looks each one over whenever it is lent and given back: to
        read one row took half as long again. One of which anything was wrong is not used again.
        """
        try:
            driver = self._taken()
        except self._failed as error:
            raise StoreError(self.engine.url, error) from error
        try:
            result = use(driver)
        except self._failed as error:
            driver.connection.close()
            self._close_idle()  # what broke one may have broken all, as where the server went away
            raise StoreError(self.engine.url, error) from error
        except BaseException:
            self._idle.append(driver)
            raise
        self._idle.append(driver)
        return result

    def _close_idle(self) -> None:
        with suppress(IndexError):  # others take from them too
            while True:
                self._idle.pop().connection.close()

    def _taken(self) -> Driver:
        """A connection that nobody uses, the one used last first, since its pages are still at hand."""
        try:
            return self._idle.pop()
        except IndexError:
            lent = self.engine.raw_connection()
            connection = lent.driver_connection
            assert connection is not None, "it was opened just now"
            lent.detach()
            return Driver(connection, self.engine.dialect)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction, committed at the end and undone by any error. Raises `StoreError`."""
        try:
            with self._lock, self.engine.connect() as connection:
                if self.is_sqlite:
                    connection = connection.execution_options(immediate=True)
                else:
                    connection = connection.execution_options(isolation_level="READ COMMITTED")
                with connection.begin():
                    yield connection
        except self._failed as error:
            raise StoreError(self.engine.url, getattr(error, "orig", error)) from error

    def upsert(self, table: Table) -> "sqlite.Insert | postgresql.Insert":
        """An INSERT that knows `on_conflict_do_update` and `on_conflict_do_nothing`."""
        return sqlite.insert(table) if self.is_sqlite else postgresql.insert(table)

    def close(self) -> None:
        """Close all connections, as before a fork."""
        self._close_idle()
        self.engine.dispose()


def open_database(url: str) -> Database:
    """The store at this URL (`sqlite:///file` or `postgresql://…`); SQLite's folder is made. Raises `StoreError`."""
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite":
            return Database(_sqlite(parsed))
        if parsed.get_backend_name() in ("postgresql", "postgres"):
            return Database(create_engine(parsed.set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT"))
    except (ArgumentError, NoSuchModuleError, OSError) as error:
        raise StoreError(url.partition(":")[0] + ":…", error) from error
    raise StoreError(url.partition(":")[0] + ":…", "only sqlite:///… and postgresql://… are known")


def exists(url: str) -> bool:
    """Whether there is a file of SQLite's at this URL; for any other store, only opening it tells."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        return True
    return parsed.get_backend_name() != "sqlite" or not parsed.database or Path(parsed.database).is_file()


def _committed(driver: Driver, write: Callable[[Driver], None]) -> None:
    driver.connection.cursor().execute(_BEGIN)
    try:
        write(driver)
        driver.connection.commit()
    except BaseException:
        driver.connection.rollback()
        raise


def _sqlite(url: URL) -> Engine:
    if url.database is None or url.database in ("", ":memory:"):
        raise StoreError(url, "it names no file; write sqlite:///folder/handrail.db")
    Path(url.database).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begins)
    return engine


def _prepare(connection: Any, _: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # the driver then begins nothing by itself; `_begins` does
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begins(connection: Connection) -> None:
    if connection.get_execution_options().get("immediate"):
        connection.exec_driver_sql(_BEGIN)


def _shown(url: URL) -> str:
    """The URL as people write it, without its password."""
    return url.set(drivername=url.get_backend_name()).render_as_string(hide_password=True)
