"""The first schema: guides, people, sessions and their log.

Migrations are frozen: they name types and columns themselves and import nothing of the product, whose tables go on.
Times are timestamps with zone on PostgreSQL, sortable text in UTC on SQLite.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

NOW = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create every table, and the triggers that keep the log append-only."""
    _guides()
    _people()
    _sign_ins()
    _sessions()
    _events()
    if op.get_bind().dialect.name == "sqlite":
        _guard_on_sqlite()
    else:
        _guard_on_postgresql()


def _guides() -> None:
    op.create_table(
        "guide_versions",
        sa.Column("guide", sa.String(100), nullable=False),
        sa.Column("number", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("source", sa.String(20), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("created", NOW, nullable=False),
        sa.PrimaryKeyConstraint("guide", "number", name="pk_guide_versions"),
        sa.UniqueConstraint("guide", "digest", name="uq_guide_versions_guide_digest"),
    )
    op.create_index("ix_guide_versions_digest", "guide_versions", ["digest"])
    op.create_table(
        "guide_live",
        sa.Column("guide", sa.String(100), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("guide", name="pk_guide_live"),
        sa.ForeignKeyConstraint(
            ["guide", "number"],
            ["guide_versions.guide", "guide_versions.number"],
            name="fk_guide_live_guide_number",
        ),
    )


def _people() -> None:
    op.create_table(
        "people",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("name_key", sa.String(200), nullable=False),
        sa.Column("password_hash", sa.Text),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("team", sa.String(100)),
        sa.Column("disabled", sa.Boolean, nullable=False),
        sa.Column("created", NOW, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_people"),
        sa.UniqueConstraint("name_key", name="uq_people_name_key"),
    )


def _sign_ins() -> None:
    for table, last in (
        ("cookie_sessions", sa.Column("last_seen", NOW, nullable=False)),
        ("sign_in_links", sa.Column("used", NOW)),
    ):
        op.create_table(
            table,
            sa.Column("token_hash", sa.String(64), nullable=False),
            sa.Column("person", sa.Integer, nullable=False),
            sa.Column("created", NOW, nullable=False),
            sa.Column("expires", NOW, nullable=False),
            last,
            sa.PrimaryKeyConstraint("token_hash", name=f"pk_{table}"),
            sa.ForeignKeyConstraint(["person"], ["people.id"], name=f"fk_{table}_person"),
        )
        op.create_index(f"ix_{table}_person", table, ["person"])
        op.create_index(f"ix_{table}_expires", table, ["expires"])
    op.create_table(
        "sign_in_failures",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("since", NOW, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_sign_in_failures"),
    )
    op.create_index("ix_sign_in_failures_since", "sign_in_failures", ["since"])


def _sessions() -> None:
    op.create_table(
        "sessions",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("person", sa.Integer, nullable=False),
        sa.Column("team", sa.String(100)),
        sa.Column("guide", sa.String(100), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("step", sa.Text, nullable=False),
        sa.Column("ending", sa.Text),
        sa.Column("pins", sa.Text, nullable=False),
        sa.Column("client", sa.Text),
        sa.Column("reference", sa.Text),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("outcome", sa.String(100)),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("moved", sa.Integer, nullable=False),
        sa.Column("started", NOW, nullable=False),
        sa.Column("last_at", NOW, nullable=False),
        sa.Column("ended", NOW),
        sa.Column("fold", sa.Text, nullable=False),
        sa.Column("chain", sa.String(64), nullable=False),
        sa.Column("start_key", sa.String(64)),
        sa.PrimaryKeyConstraint("id", name="pk_sessions"),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name="fk_sessions_person"),
        sa.UniqueConstraint("start_key", name="uq_sessions_start_key"),
    )
    op.create_index("ix_sessions_person_status", "sessions", ["person", "status", "last_at"])
    op.create_index("ix_sessions_started", "sessions", ["started", "id"])


def _events() -> None:
    op.create_table(
        "events",
        sa.Column("session", sa.String(40), nullable=False),
        sa.Column("seq", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("at", NOW, nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("actor", sa.String(100), nullable=False),
        sa.Column("guide", sa.String(100), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("frame", sa.Text, nullable=False),
        sa.Column("from_step", sa.String(100), nullable=False),
        sa.Column("to_step", sa.String(100)),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("personal", sa.Text),
        sa.Column("prev_hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("session", "seq", name="pk_events"),
        sa.ForeignKeyConstraint(["session"], ["sessions.id"], name="fk_events_session"),
    )


CHAINED = ("session", "seq", "at", "kind", "actor", "guide", "version", "frame", "from_step", "to_step", "day",
           "payload", "prev_hash")  # fmt: skip
REFUSAL = "events are append-only"


def _guard_on_sqlite() -> None:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    op.execute(f"CREATE TRIGGER events_stay BEFORE DELETE ON events {refuse}")
    op.execute(f"CREATE TRIGGER events_are_final BEFORE UPDATE OF {', '.join(CHAINED)} ON events {refuse}")
    # Erasing a person's values is the one change allowed.
    erased = "WHEN NEW.personal IS NOT NULL"
    op.execute(f"CREATE TRIGGER events_only_erase BEFORE UPDATE OF personal ON events {erased} {refuse}")


def _guard_on_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION refuse_event_change() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    refuse = "EXECUTE FUNCTION refuse_event_change()"
    op.execute(f"CREATE TRIGGER events_stay BEFORE DELETE ON events FOR EACH ROW {refuse}")
    op.execute(f"CREATE TRIGGER events_all_stay BEFORE TRUNCATE ON events FOR EACH STATEMENT {refuse}")
    old, new = (", ".join(f"{row}.{name}" for name in CHAINED) for row in ("OLD", "NEW"))
    changed = f"NEW.personal IS NOT NULL OR ({old}) IS DISTINCT FROM ({new})"
    op.execute(f"CREATE TRIGGER events_are_final BEFORE UPDATE ON events FOR EACH ROW WHEN ({changed}) {refuse}")
