"""The clients, what was recorded for them, and what people said became of promises."""

import json
from datetime import date
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

NOW = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create the tables, fill them from the log, and keep what they say as it is."""
    _clients()
    _records()
    _words()
    op.create_index("ix_sessions_client", "sessions", ["client"])
    _fill()
    if op.get_bind().dialect.name == "sqlite":
        _guard_on_sqlite()
    else:
        _guard_on_postgresql()


def _clients() -> None:
    op.create_table(
        "clients",
        sa.Column("reference", sa.String(100), nullable=False),
        sa.Column("reference_key", sa.String(200), nullable=False),
        sa.Column("name", sa.Text),
        sa.Column("email", sa.Text),
        sa.Column("phone", sa.Text),
        sa.Column("language", sa.Text),
        sa.Column("created", NOW, nullable=False),
        sa.PrimaryKeyConstraint("reference", name="pk_clients"),
        sa.UniqueConstraint("reference_key", name="uq_clients_reference_key"),
    )


def _records() -> None:
    op.create_table(
        "records",
        sa.Column("session", sa.String(40), nullable=False),
        sa.Column("seq", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("at", NOW, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("actor", sa.String(100), nullable=False),
        sa.Column("guide", sa.String(100), nullable=False),
        sa.Column("client", sa.Text),
        sa.Column("record", sa.String(20), nullable=False),
        sa.Column("by", sa.String(10)),
        sa.Column("due", sa.Date),
        sa.Column("ends", sa.Integer),
        sa.Column("details", sa.Text, nullable=False),
        sa.Column("personal", sa.Text),
        sa.PrimaryKeyConstraint("session", "seq", name="pk_records"),
        sa.ForeignKeyConstraint(["session"], ["sessions.id"], name="fk_records_session"),
    )
    op.create_index("ix_records_client", "records", ["client"])
    op.create_index("ix_records_due", "records", ["due"])


def _words() -> None:
    op.create_table(
        "words",
        sa.Column("session", sa.String(40), nullable=False),
        sa.Column("seq", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("number", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("at", NOW, nullable=False),
        sa.Column("actor", sa.String(100), nullable=False),
        sa.Column("word", sa.String(20), nullable=False),
        sa.Column("reason", sa.Text),
        sa.PrimaryKeyConstraint("session", "seq", "number", name="pk_words"),
        sa.ForeignKeyConstraint(["session", "seq"], ["records.session", "records.seq"], name="fk_words_session_seq"),
    )


KEPT: dict[str, Any] = {
    **dict.fromkeys(("session", "actor", "guide", "personal"), sa.Text),
    "seq": sa.Integer,
    "at": NOW,
    "day": sa.Date,
}
"""What records have as their events have it, and the types."""
OWN: dict[str, Any] = {
    **dict.fromkeys(("client", "record", "by", "details"), sa.Text),
    "due": sa.Date,
    "ends": sa.Integer,
}
EVENTS = sa.table("events", *(sa.column(*each) for each in [*KEPT.items(), ("kind", sa.Text), ("payload", sa.Text)]))
RECORDS = sa.table("records", *(sa.column(*each) for each in (KEPT | OWN).items()))


def _fill() -> None:
    """What sessions recorded before there was a ledger."""
    told = sa.select(EVENTS).where(EVENTS.c.kind.in_(("recorded", "record_cancelled")))
    for event in op.get_bind().execute(told.order_by(EVENTS.c.session, EVENTS.c.seq)).mappings().all():
        row = {name: event[name] for name in KEPT}
        op.get_bind().execute(RECORDS.insert(), row | _said(event["kind"], json.loads(event["payload"])))


def _quoted(name: str) -> str:
    return f'"{name}"'


def _said(kind: str, payload: dict[str, object]) -> dict[str, object]:
    if kind == "record_cancelled":
        nothing = dict.fromkeys(("client", "by", "due"))
        return {**nothing, "record": "cancelled", "ends": payload["record"], "details": "{}"}
    details = payload["details"]
    assert isinstance(details, dict)
    due = date.fromisoformat(details["due"]) if "due" in details else None
    said = {"details": details, "values": payload["values"]}
    return {
        "client": payload["client"],
        "record": payload["record"],
        "by": details.get("by"),
        "due": due,
        "ends": payload["replaces"],
        "details": json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")),
    }


FIXED = {
    "records": ("session", "seq", "at", "day", "actor", "guide", "client", "record", "by", "due", "ends", "details"),
    "words": ("session", "seq", "number", "at", "actor", "word"),
}
ERASABLE = {"records": "personal", "words": "reason"}
"""The one column of each that may change, to nothing, when a person's values are erased."""
REFUSAL = "the ledger is append-only"


def _guard_on_sqlite() -> None:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    for table, names in FIXED.items():
        fixed, erasable = ", ".join(_quoted(name) for name in names), ERASABLE[table]
        op.execute(f"CREATE TRIGGER {table}_stay BEFORE DELETE ON {table} {refuse}")
        op.execute(f"CREATE TRIGGER {table}_are_final BEFORE UPDATE OF {fixed} ON {table} {refuse}")
        erased = f"WHEN NEW.{erasable} IS NOT NULL"
        op.execute(f"CREATE TRIGGER {table}_only_erase BEFORE UPDATE OF {erasable} ON {table} {erased} {refuse}")


def _guard_on_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION refuse_ledger_change() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    refuse = "EXECUTE FUNCTION refuse_ledger_change()"
    for table, names in FIXED.items():
        op.execute(f"CREATE TRIGGER {table}_stay BEFORE DELETE ON {table} FOR EACH ROW {refuse}")
        op.execute(f"CREATE TRIGGER {table}_all_stay BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {refuse}")
        old, new = (", ".join(f"{row}.{_quoted(name)}" for name in names) for row in ("OLD", "NEW"))
        changed = f"NEW.{ERASABLE[table]} IS NOT NULL OR ({old}) IS DISTINCT FROM ({new})"
        op.execute(f"CREATE TRIGGER {table}_are_final BEFORE UPDATE ON {table} FOR EACH ROW WHEN ({changed}) {refuse}")
