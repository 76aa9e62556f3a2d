"""The guides that people keep at hand, and those that they ran last."""

from datetime import UTC, datetime, timedelta

import pytest

from web.storage import bookmarks, people, sessions
from web.storage.database import Database
from web.storage.sessions import SESSIONS, Pin, Run

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def ann(database: Database) -> int:
    return people.add(database, "Ann", "agent", "north", NOW).id


def _ran(database: Database, person: int, guide: str, version: int, at: datetime, *, practice: bool = False) -> None:
    row = {
        "id": f"{guide}-{version}",
        "person": person,
        "guide": guide,
        "version": version,
        "title": guide,
        "step": "x",
        "pins": {guide: (version, f"digest-{version}")},
        "status": "active",
        "seq": 1,
        "moved": 1,
        "started": at,
        "last_at": NOW + 9 * DAY,
        "fold": "{}",
        "chain": "x",
        "practice": practice,
    }
    with database.writing() as connection:
        connection.execute(SESSIONS.insert(), row)


def test_guides_are_kept_in_the_order_in_which_they_were_kept(database: Database, ann: int) -> None:
    bob = people.add(database, "Bob", "agent", "north", NOW).id
    for day, guide in enumerate(("sorry", "late", "sorry")):
        bookmarks.keep(database, ann, guide, NOW + day * DAY)
    bookmarks.keep(database, bob, "other", NOW)
    assert bookmarks.of_person(database, ann) == ("sorry", "late")
    bookmarks.drop(database, ann, "sorry")
    bookmarks.drop(database, ann, "other")
    assert (bookmarks.of_person(database, ann), bookmarks.of_person(database, bob)) == (("late",), ("other",))


def test_guides_are_known_by_when_a_person_last_started_them(database: Database, ann: int) -> None:
    _ran(database, ann, "late", 1, NOW)
    _ran(database, ann, "sorry", 1, NOW + DAY, practice=True)
    _ran(database, ann, "late", 2, NOW + 2 * DAY)
    _ran(database, ann, "old", 1, NOW - DAY)
    assert sessions.recent_guides(database, ann, 2) == ("late", "sorry")
    assert sessions.last_run(database, ann, "late") == Run(NOW + 2 * DAY, Pin(2, "digest-2"))
    assert sessions.last_run(database, ann, "never") is None
    assert sessions.recent_guides(database, ann + 1, 2) == ()
