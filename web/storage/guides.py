"""Published guides: every version's texts under its digest, numbered per guide, and which one is live."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import (
    Column,
    ForeignKeyConstraint,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    bindparam,
    func,
    select,
)

from engine.library import Published
from web.storage import images
from web.storage.database import METADATA, Database, Instant

VERSIONS = Table(
    "guide_versions",
    METADATA,
    Column("guide", String(100), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("digest", String(64), nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("source", String(20), nullable=False),  # folder | studio | command
    Column("note", Text, nullable=False),
    Column("created", Instant, nullable=False),
    UniqueConstraint("guide", "digest"),
)
TRANSLATIONS = Table(
    "guide_translations",
    METADATA,
    Column("guide", String(100), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("language", Text, primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("text", Text, nullable=False),
    ForeignKeyConstraint(["guide", "number"], ["guide_versions.guide", "guide_versions.number"]),
)
LIVE = Table(
    "guide_live",
    METADATA,
    Column("guide", String(100), primary_key=True),
    Column("number", Integer, nullable=False),
    ForeignKeyConstraint(["guide", "number"], ["guide_versions.guide", "guide_versions.number"]),
)


@dataclass(frozen=True, slots=True)
class Version:
    """One published version of a guide, without its text."""

    guide: str
    number: int
    digest: str
    title: str
    created: datetime


@dataclass(frozen=True, slots=True)
class Publication:
    """A guide's text to be published, its translations' PO texts by language, and its images by the name of their file.

    `digest` is that of all of them (`engine.translation.digest`); `source` says where they came from: folder, studio
    or command.
    """

    guide: str
    digest: str
    text: str
    title: str
    source: str
    note: str = ""
    catalogs: Mapping[str, str] = field(default_factory=dict)
    images: Mapping[str, bytes] = field(default_factory=dict)


_VERSION = select(VERSIONS.c.guide, VERSIONS.c.number, VERSIONS.c.digest, VERSIONS.c.title, VERSIONS.c.created)
_LIVE = _VERSION.join(LIVE, (LIVE.c.guide == VERSIONS.c.guide) & (LIVE.c.number == VERSIONS.c.number)).order_by(
    VERSIONS.c.guide
)
_TEXTS = (
    select(VERSIONS.c.guide, VERSIONS.c.number, VERSIONS.c.text, TRANSLATIONS.c.language, TRANSLATIONS.c.text)
    .outerjoin(TRANSLATIONS, (TRANSLATIONS.c.guide == VERSIONS.c.guide) & (TRANSLATIONS.c.number == VERSIONS.c.number))
    .where(VERSIONS.c.digest == bindparam("digest"))
    .order_by(TRANSLATIONS.c.language)
)
_DIGESTS = select(VERSIONS.c.guide, VERSIONS.c.digest)
_NEWEST = select(func.max(VERSIONS.c.number)).where(VERSIONS.c.guide == bindparam("guide"))


def live_versions(database: Database) -> tuple[Version, ...]:
    """The live version of every guide, by guide id."""
    with database.reading() as connection:
        return tuple(Version(*row) for row in connection.execute(_LIVE))


def known_digests(database: Database) -> frozenset[tuple[str, str]]:
    """Every version as (guide, digest)."""
    with database.reading() as connection:
        return frozenset((guide, digest) for guide, digest in connection.execute(_DIGESTS))


def read(database: Database, digest: str) -> Published:
    """What was published under this digest. Raises `KeyError`."""
    with database.reading() as connection:
        rows = connection.execute(_TEXTS, {"digest": digest}).all()
        if not rows:
            raise KeyError(digest)
        guide, number, text, *_ = rows[0]
        pictures = images.of_version(connection, guide, number)
    return Published(text, {language: words for *_, language, words in rows if language is not None}, pictures)


def publish(database: Database, publications: tuple[Publication, ...], at: datetime) -> tuple[Version, ...]:
    """Add each as its guide's next version and make it live, all or none.

    What is one of the guide's versions already only becomes live again.
    """
    with database.writing() as connection:
        published = []
        for new in publications:
            same = (VERSIONS.c.guide == new.guide) & (VERSIONS.c.digest == new.digest)
            number = connection.scalar(select(VERSIONS.c.number).where(same))
            if number is None:
                number = (connection.scalar(_NEWEST, {"guide": new.guide}) or 0) + 1
                row = {"guide": new.guide, "number": number, "digest": new.digest, "text": new.text, "created": at}
                more = {"title": new.title, "source": new.source, "note": new.note}
                connection.execute(VERSIONS.insert(), row | more)
                for language, text in new.catalogs.items():
                    connection.execute(TRANSLATIONS.insert(), _translation(new.guide, number, language, text))
                images.keep(database, connection, (new.guide, number), new.images)
            live = database.upsert(LIVE).values(guide=new.guide, number=number)
            connection.execute(live.on_conflict_do_update(index_elements=["guide"], set_={"number": number}))
            published.append(Version(new.guide, number, new.digest, new.title, at))
    return tuple(published)


def _translation(guide: str, number: int, language: str, text: str) -> dict[str, object]:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return {"guide": guide, "number": number, "language": language, "digest": digest, "text": text}
