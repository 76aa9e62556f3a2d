"""Which sessions are practice."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add the column; what was walked so far was in earnest."""
    op.add_column("sessions", sa.Column("practice", sa.Boolean, nullable=False, server_default=sa.false()))
