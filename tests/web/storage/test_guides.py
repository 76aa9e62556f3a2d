from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from engine.library import Published
from engine.pictures import measured
from tests.engine.pictures import gif, png
from web.storage.database import Database
from web.storage.guides import Publication, known_digests, live_versions, publish, read
from web.storage.images import IMAGES, Stored, read_image

NOW = datetime(2026, 3, 2, tzinfo=UTC)


def _text(words: str, guide: str = "late") -> Publication:
    return Publication(guide, digest=f"digest of {words}", text=words, title=words.title(), source="folder")


def test_a_guide_s_versions_are_numbered_and_the_newest_is_live(database: Database) -> None:
    publish(database, (_text("one"), _text("other", "sorry")), NOW)
    publish(database, (_text("two"),), NOW)
    live = [(version.guide, version.number, version.title) for version in live_versions(database)]
    assert live == [("late", 2, "Two"), ("sorry", 1, "Other")]


def test_every_version_s_text_is_kept_under_its_digest(database: Database) -> None:
    publish(database, (_text("one"),), NOW)
    publish(database, (_text("two"),), NOW)
    assert [read(database, f"digest of {words}").text for words in ("one", "two")] == ["one", "two"]


def test_a_text_published_again_adds_no_version_but_becomes_live(database: Database) -> None:
    for words in ("one", "two", "one"):
        publish(database, (_text(words),), NOW)
    assert [(version.number, version.title) for version in live_versions(database)] == [(1, "One")]
    assert known_digests(database) == {("late", "digest of one"), ("late", "digest of two")}


def test_a_digest_that_nobody_published_has_no_text(database: Database) -> None:
    with pytest.raises(KeyError):
        read(database, "none")


def test_translations_are_kept_with_their_version(database: Database) -> None:
    german, plain = replace(_text("one"), catalogs={"de": "eins", "fr": "un"}), _text("two")
    publish(database, (german, plain), NOW)
    assert read(database, german.digest) == Published("one", {"de": "eins", "fr": "un"})
    assert read(database, plain.digest) == Published("two")


def test_images_are_kept_with_their_versions_and_once(database: Database) -> None:
    one = replace(_text("one"), images={"form.png": png(3), "img/same.png": png(3)})
    two = replace(_text("two"), images={"form.png": gif(4, 5)})
    publish(database, (one, two), NOW)
    assert read(database, one.digest).pictures == {name: measured(png(3)) for name in one.images}
    assert read(database, two.digest).pictures == {"form.png": measured(gif(4, 5))}
    with database.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(IMAGES)) == 2


def test_an_image_is_read_by_its_digest(database: Database) -> None:
    publish(database, (replace(_text("one"), images={"form.png": png(3)}),), NOW)
    assert read_image(database, measured(png(3)).digest) == Stored("png", png(3))
    assert read_image(database, measured(png(4)).digest) is None
