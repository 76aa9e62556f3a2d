"""Guides that people keep at hand, and when each of them last ran which."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Create the table and the index; nobody kept a guide before."""
    op.create_table(
        "bookmarks",
        sa.Column("person", sa.Integer, nullable=False),
        sa.Column("guide", sa.String(100), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("person", "guide", name="pk_bookmarks"),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name="fk_bookmarks_person"),
    )
    op.create_index("ix_sessions_person_guide", "sessions", ["person", "guide", "started"])
