"""What people are called, where that is not the name they sign in with."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the column; whoever has no such name goes by their own."""
    op.add_column("people", sa.Column("display_name", sa.String(80)))
