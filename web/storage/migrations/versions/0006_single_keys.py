"""Whether keys of one character do something for a person."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the column; they do for everybody."""
    op.add_column("people", sa.Column("single_keys", sa.Boolean, nullable=False, server_default=sa.true()))
