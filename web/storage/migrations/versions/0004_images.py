"""The images that a guide's version was published with."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Create the tables; versions published before have none."""
    op.create_table(
        "images",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("width", sa.Integer, nullable=False),
        sa.Column("height", sa.Integer, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_images"),
    )
    op.create_table(
        "guide_images",
        sa.Column("guide", sa.String(100), nullable=False),
        sa.Column("number", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("file", sa.Text, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("guide", "number", "file", name="pk_guide_images"),
        sa.ForeignKeyConstraint(
            ["guide", "number"],
            ["guide_versions.guide", "guide_versions.number"],
            name="fk_guide_images_guide_number",
        ),
        sa.ForeignKeyConstraint(["digest"], ["images.digest"], name="fk_guide_images_digest"),
    )
