"""Who waits for a second person's word, and a number for each team that changes whenever that does."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Create the tables; nobody waited before there was anybody to ask."""
    op.create_table(
        "approvals",
        sa.Column("session", sa.String(40), nullable=False),
        sa.Column("what", sa.String(100), nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("because", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("person", sa.Integer, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("session", "what", name="pk_approvals"),
        sa.ForeignKeyConstraint(["session"], ["sessions.id"], name="fk_approvals_session"),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name="fk_approvals_person"),
    )
    op.create_table(
        "boards",
        sa.Column("team", sa.String(100), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("team", name="pk_boards"),
    )
