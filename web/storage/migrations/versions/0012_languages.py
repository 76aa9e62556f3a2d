"""The language that a person wants the pages to speak."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Add the column; nobody chose before, so their browsers go on asking."""
    op.add_column("people", sa.Column("language", sa.String(35)))
