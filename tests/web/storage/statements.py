"""Counts what goes to the store, for the rule that a step is at most two round trips and one commit."""

from types import TracebackType
from typing import Any, Self

from sqlalchemy import event

from web.storage.database import Database


class Statements:
    """What was sent while it was open. SQLite runs in our process: there a transaction counts as one round trip."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.sent: list[str] = []

    def __enter__(self) -> Self:
        event.listen(self._database.engine, "before_cursor_execute", self._note)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        event.remove(self._database.engine, "before_cursor_execute", self._note)

    def _note(self, _connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        within = cursor.connection.in_transaction if self._database.is_sqlite else not cursor.connection.autocommit
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
