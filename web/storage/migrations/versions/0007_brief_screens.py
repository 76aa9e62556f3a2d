"""Whether screens are brief for a person."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the column; they are for nobody."""
    op.add_column("people", sa.Column("brief", sa.Boolean, nullable=False, server_default=sa.false()))
