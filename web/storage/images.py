"""The images of published guides: each file's bytes once, under their digest, and which version shows which."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import (
    Column,
    Connection,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    bindparam,
    select,
)

from engine.pictures import Picture, measured
from web.storage.database import METADATA, Database

IMAGES = Table(
    "images",
    METADATA,
    Column("digest", String(64), primary_key=True),
    Column("kind", String(10), nullable=False),  # png | jpeg | webp | gif
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
)
SHOWN = Table(
    "guide_images",
    METADATA,
    Column("guide", String(100), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("file", Text, primary_key=True),
    Column("digest", String(64), nullable=False),
    ForeignKeyConstraint(["guide", "number"], ["guide_versions.guide", "guide_versions.number"]),
    ForeignKeyConstraint(["digest"], ["images.digest"]),
)


@dataclass(frozen=True, slots=True)
class Stored:
    """The bytes of an image, and what kind they are: png, jpeg, webp or gif."""

    kind: str
    content: bytes


_OF_VERSION = (
    select(SHOWN.c.file, IMAGES.c.digest, IMAGES.c.kind, IMAGES.c.width, IMAGES.c.height)
    .join(IMAGES, IMAGES.c.digest == SHOWN.c.digest)
    .where((SHOWN.c.guide == bindparam("guide")) & (SHOWN.c.number == bindparam("number")))
)
_CONTENT = select(IMAGES.c.kind, IMAGES.c.content).where(IMAGES.c.digest == bindparam("digest"))


def of_version(connection: Connection, guide: str, number: int) -> dict[str, Picture]:
    """What is known of the images of a version, by the name of their file."""
    rows = connection.execute(_OF_VERSION, {"guide": guide, "number": number})
    return {file: Picture(*known) for file, *known in rows}


def keep(database: Database, connection: Connection, version: tuple[str, int], images: Mapping[str, bytes]) -> None:
    """Store the images of a new version, by the name of their file; bytes that are there already are kept once."""
    guide, number = version
    for file, content in images.items():
        digest, kind, width, height, _ = measured(content)
        row = {"digest": digest, "kind": kind, "width": width, "height": height, "content": content}
        connection.execute(database.upsert(IMAGES).values(row).on_conflict_do_nothing())
        connection.execute(SHOWN.insert(), {"guide": guide, "number": number, "file": file, "digest": digest})


def read_image(database: Database, digest: str) -> Stored | None:
    """The image with this digest, or None."""
    with database.reading() as connection:
        row = connection.execute(_CONTENT, {"digest": digest}).one_or_none()
    return Stored(*row) if row else None
