"""Statements of a step, compiled once and then sent by the driver itself: half of what a step costs the store is saved.

The tables stay the one place that knows columns and types; SQLAlchemy writes the statement and names its conversions.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from sqlalchemy import ColumnElement, Dialect
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.sql import ClauseElement, Select
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine

Convert: TypeAlias = Callable[[Any], Any] | None


class Ready(NamedTuple):
    """A statement as a driver takes it: its parameters, and whether they go by their place or by their name.

    `sent` are the parameters in order, each with what converts it, and `read` what converts a column, by its place.
    """

    text: str
    by_place: bool
    sent: Sequence[tuple[str, Convert]]
    read: Sequence[tuple[int, Callable[[Any], Any]]]

    def of(self, rows: int) -> str:
        """The text of an INSERT of so many rows, whose parameters go by their place."""
        return ", ".join([self.text, *[f"({', '.join('?' * len(self.sent))})"] * (rows - 1)])

    def bound(self, values: Mapping[str, Any]) -> Any:
        """The parameters as the driver takes them."""
        if self.by_place:
            return [convert(values[name]) if convert else values[name] for name, convert in self.sent]
        return {name: convert(values[name]) if convert else values[name] for name, convert in self.sent}


class Statement:
    """A statement whose parameters are all named; `columns` are those that an INSERT is given."""

    def __init__(self, statement: ClauseElement, columns: Iterable[str] = ()) -> None:
        self._statement = statement
        self._columns = [*columns] or None
        self._ready: dict[str, Ready] = {}

    def ready(self, dialect: Dialect) -> Ready:
        """As the driver of a kind of store takes it."""
        if dialect.name not in self._ready:
            self._ready[dialect.name] = self._compiled(dialect)
        return self._ready[dialect.name]

    def _compiled(self, dialect: Dialect) -> Ready:
        compiled = self._statement.compile(dialect=dialect, column_keys=self._columns)
        assert isinstance(compiled, SQLCompiler), "it is no DDL"
        names = compiled.positiontup if compiled.positional else compiled.binds
        columns = self._statement.selected_columns if isinstance(self._statement, Select) else ()
        read = [_type(column, dialect).result_processor(dialect, None) for column in columns]
        return Ready(
            str(compiled),
            compiled.positional,
            [(name, _type(compiled.binds[name], dialect).bind_processor(dialect)) for name in names or ()],
            [(place, convert) for place, convert in enumerate(read) if convert],
        )


def _type(of: ColumnElement[Any], dialect: Dialect) -> TypeEngine[Any]:
    return of.type.dialect_impl(dialect)


class Driver(NamedTuple):
    """A connection of the driver's, and the kind of store that it leads to."""

    connection: DBAPIConnection
    dialect: Dialect

    def send(self, statement: Statement, values: Mapping[str, Any]) -> DBAPICursor:
        """Run a statement."""
        ready, cursor = statement.ready(self.dialect), self.connection.cursor()
        cursor.execute(ready.text, ready.bound(values))
        return cursor

    def insert(self, statement: Statement, rows: Sequence[Mapping[str, Any]]) -> None:
        """Run an INSERT for each of these rows; on SQLite at once, since other threads cut in at every call of it."""
        ready, cursor = statement.ready(self.dialect), self.connection.cursor()
        bound = [ready.bound(row) for row in rows]
        if ready.by_place:
            cursor.execute(ready.of(len(rows)), [value for row in bound for value in row])
        else:
            cursor.executemany(ready.text, bound)

    def one(self, statement: Statement, values: Mapping[str, Any]) -> list[Any] | None:
        """The one row that a statement gives, in the order of its columns; None where there is none."""
        found = self.send(statement, values).fetchone()
        if found is None:
            return None
        row = [*found]
        for place, convert in statement.ready(self.dialect).read:
            row[place] = convert(row[place])
        return row
