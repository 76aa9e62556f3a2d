"""Counts what goes to the store, for the rule that a step is at most two round trips and one commit."""

from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

from psycopg import Cursor
from sqlalchemy import event

from web.storage.database import Database


class Noted(Cursor[Any]):
    """A cursor of PostgreSQL's that tells what it sends."""

    note: Callable[..., None]

    def execute(self, query: Any, *rest: Any, **named: Any) -> Self:
        self.note(query, within=not self.connection.autocommit)
        return super().execute(query, *rest, **named)


class Statements:
    """What the drivers sent while it was open. SQLite runs in our process: a transaction counts as one round trip."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._cursor = type("Told", (Noted,), {"note": staticmethod(self._note)})
        self.sent: list[str] = []

    def __enter__(self) -> Self:
        self._database.close()  # those open already would tell nothing
        event.listen(self._database.engine, "checkout", self._begin)
        event.listen(self._database.engine, "checkin", self._end)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        event.remove(self._database.engine, "checkout", self._begin)
        event.remove(self._database.engine, "checkin", self._end)
        self._database.close()

    def _begin(self, connection: Any, *_: Any) -> None:
        if self._database.is_sqlite:
            connection.set_trace_callback(lambda told: self._note(told, within=connection.in_transaction))
        else:
            connection.cursor_factory = self._cursor

    def _end(self, connection: Any, *_: Any) -> None:
        if self._database.is_sqlite:
            connection.set_trace_callback(None)
        else:
            connection.cursor_factory = Cursor

    def _note(self, statement: str, *, within: bool) -> None:
        self.sent.append(("within: " if within else "alone: ") + statement.strip())

    @property
    def reads(self) -> int:
        return sum(statement.startswith("alone: SELECT") for statement in self.sent)

    @property
    def commits(self) -> int:
        """Transactions begun (each ends in one commit), and writes that are their own transaction."""
        writes = sum(statement.startswith(("alone: WITH", "alone: INSERT", "alone: UPDATE")) for statement in self.sent)
        return writes + sum("BEGIN IMMEDIATE" in statement for statement in self.sent)

    @property
    def round_trips(self) -> int:
        if self._database.is_sqlite:
            return self.reads + self.commits
        alone = sum(statement.startswith("alone: ") for statement in self.sent)
        begin_and_commit = 2
        within = len(self.sent) - alone
        return alone + within + (begin_and_commit if within else 0)
