"""Who handed a session over that somebody took."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Create the table, and take from the log who handed sessions over before."""
    op.create_table(
        "givers",
        sa.Column("session", sa.String(40), nullable=False),
        sa.Column("person", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("session", "person", name="pk_givers"),
        sa.ForeignKeyConstraint(["session"], ["sessions.id"], name="fk_givers_session"),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name="fk_givers_person"),
    )
    op.create_index("ix_givers_person", "givers", ["person"])
    op.execute(
        "INSERT INTO givers (session, person) SELECT DISTINCT gave.session, people.id "
        "FROM events AS gave JOIN people ON people.name = gave.actor "
        "JOIN events AS took ON took.session = gave.session AND took.seq > gave.seq "
        "WHERE gave.kind = 'handed_over' AND took.kind = 'taken_over'"
    )
