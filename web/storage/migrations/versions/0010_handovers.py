"""Sessions that were handed over and that nobody has taken over yet."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Create the table; nothing was handed over before."""
    op.create_table(
        "handovers",
        sa.Column("session", sa.String(40), nullable=False),
        sa.Column("giver", sa.Integer, nullable=False),
        sa.Column("person", sa.Integer),
        sa.Column("team", sa.String(100)),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("session", name="pk_handovers"),
        sa.ForeignKeyConstraint(["session"], ["sessions.id"], name="fk_handovers_session"),
        sa.ForeignKeyConstraint(["giver"], ["people.id"], name="fk_handovers_giver"),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name="fk_handovers_person"),
    )
    for column in ("giver", "person", "team"):
        op.create_index(f"ix_handovers_{column}", "handovers", [column])
