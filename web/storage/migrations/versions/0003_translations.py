"""The translations that a guide's version was published with."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Create the table; versions published before have none."""
    op.create_table(
        "guide_translations",
        sa.Column("guide", sa.String(100), nullable=False),
        sa.Column("number", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("guide", "number", "language", name="pk_guide_translations"),
        sa.ForeignKeyConstraint(
            ["guide", "number"],
            ["guide_versions.guide", "guide_versions.number"],
            name="fk_guide_translations_guide_number",
        ),
    )
