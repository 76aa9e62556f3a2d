"""The index of who has which sessions, without when they were touched last: that changed with every answer."""

from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Make the index anew."""
    op.drop_index("ix_sessions_person_status", "sessions")
    op.create_index("ix_sessions_person_status", "sessions", ["person", "status"])
