from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.web.storage.statements import Statements
from web.storage import events, people, sessions
from web.storage.database import ConflictError, Database
from web.storage.events import Beginning, Entry, Standing
from web.storage.people import Ticket
from web.storage.sessions import Ending, Head, Pin, Place, Scope, Sought

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
STANDING = Standing("C-7", "active", None, None, "Be certain", 2, None, '{"answers":[],"of":"é"}')
CHANGES = ("SET kind = 'other'", "SET payload = '{}'", "SET prev_hash = ''", "SET personal = 'x'", "SET seq = 9")


def _entry(seq: int, **payload: Any) -> Entry:
    personal = {"values": {"client_name": "Zoë"}} if seq == 1 else {}
    place = ("late", 3, "", "check", "talk")
    return Entry(seq, NOW + seq * MINUTE, "answered", "Ann", *place, date(2026, 3, 2), {"n": seq, **payload}, personal)


@pytest.fixture
def ann(database: Database) -> int:
    return people.add(database, "Ann", "agent", "north", NOW).id


Begin = Callable[..., Head]


@pytest.fixture
def begin(database: Database, ann: int) -> Begin:
    """A function that starts a session with two events and gives its head."""

    def begin(id: str = "s1", key: str | None = None, **columns: Any) -> Head:
        pins = {"late": (3, "digest")}
        beginning = Beginning(id, ann, "north", "late", 3, "Late payment", pins, None, key)
        events.begin(database, replace(beginning, **columns), STANDING, [_entry(1), _entry(2)])
        return _head(database, id)

    return begin


def _head(database: Database, id: str = "s1") -> Head:
    head = sessions.head(database, id)
    assert head is not None
    return head


def test_a_session_is_found_as_it_was_begun(database: Database, ann: int, begin: Begin) -> None:
    head = begin()
    assert (head.person, head.person_name, head.title, head.client, head.fold) == (
        ann, "Ann", "Late payment", "C-7", '{"answers":[],"of":"é"}',
    )  # fmt: skip
    assert (head.seq, head.moved, head.started, head.last_at) == (2, 2, NOW + MINUTE, NOW + 2 * MINUTE)
    assert head.pins == {"late": Pin(3, "digest")}
    assert sessions.head(database, "s2") is None


def test_events_come_back_in_order_with_what_is_personal_apart(database: Database, begin: Begin) -> None:
    begin()
    first, second = events.log(database, "s1")
    assert (first.seq, first.payload, first.personal) == (1, {"n": 1}, {"values": {"client_name": "Zoë"}})
    assert (second.seq, second.payload, second.personal) == (2, {"n": 2}, {})
    assert [event.seq for event in events.log(database, "s1", after=1)] == [2]


def test_an_append_adds_events_and_advances_the_head(database: Database, begin: Begin) -> None:
    ended = STANDING._replace(status="ended", outcome="promised", ending="Date agreed", moved=4)
    events.append(database, begin(), ended, [_entry(3), _entry(4)])
    head = _head(database)
    assert (head.status, head.outcome, head.ending, head.seq, head.moved) == ("ended", "promised", "Date agreed", 4, 4)
    assert head.last_at == NOW + 4 * MINUTE
    assert [event.seq for event in events.log(database, "s1")] == [1, 2, 3, 4]


def test_who_appends_second_writes_nothing(database: Database, begin: Begin) -> None:
    head = begin()
    events.append(database, head, STANDING, [_entry(3, by="first")])
    with pytest.raises(ConflictError):
        events.append(database, head, STANDING._replace(status="ended"), [_entry(3, by="second"), _entry(4)])
    assert [event.payload for event in events.log(database, "s1", after=2)] == [{"n": 3, "by": "first"}]
    assert _head(database).status == "active"


def test_an_event_that_is_there_is_never_written_over(database: Database, begin: Begin) -> None:
    with pytest.raises(ConflictError):
        events.append(database, begin(), STANDING, [_entry(2)])
    assert _head(database).seq == 2


def test_the_same_key_starts_one_session_only(database: Database, ann: int, begin: Begin) -> None:
    begin("s1", key="k")
    with pytest.raises(ConflictError):
        begin("s2", key="k")
    assert sessions.started_with(database, "k", ann) == "s1"
    assert sessions.started_with(database, "k", ann + 1) is None
    assert sessions.head(database, "s2") is None


@pytest.mark.parametrize("change", [*(f"UPDATE events {change}" for change in CHANGES), "DELETE FROM events"])
def test_the_log_refuses_every_change(database: Database, begin: Begin, change: str) -> None:
    begin()
    before = events.log(database, "s1")
    with pytest.raises(DBAPIError, match="append-only"), database.writing() as connection:
        connection.execute(text(change))
    assert events.log(database, "s1") == before


def test_personal_values_can_be_erased_and_the_chain_still_holds(database: Database, begin: Begin) -> None:
    head = begin()
    with database.writing() as connection:
        connection.execute(text("UPDATE events SET personal = NULL"))
    assert [event.personal for event in events.log(database, "s1")] == [{}, {}]
    assert events.broken_at(database, "s1", head.chain) is None


def test_a_chain_that_was_cut_is_noticed(database: Database, begin: Begin) -> None:
    head = begin()
    assert events.broken_at(database, "s1", head.chain) is None
    assert events.broken_at(database, "s1", "0" * 64) == 3
    assert events.broken_at(database, "s9", head.chain) == 1


def test_a_forged_event_breaks_the_chain_after_it(database: Database, begin: Begin) -> None:
    head = begin()
    with database.writing() as connection:
        drop = "DROP TRIGGER events_are_final" + ("" if database.is_sqlite else " ON events")
        connection.execute(text(drop))
        connection.execute(text("UPDATE events SET payload = '{}' WHERE seq = 1"))
    assert events.broken_at(database, "s1", head.chain) == 2


def test_a_step_is_one_read_and_one_commit(database: Database, ann: int, begin: Begin) -> None:
    begin()
    people.open_cookie_session(database, Ticket("cookie", ann, NOW, NOW + 60 * MINUTE))
    with Statements(database) as statements:
        entered = sessions.sign_in_and_head(database, "cookie", "s1", (NOW, NOW - MINUTE))
        assert entered is not None
        assert entered[1] is not None
        events.append(database, entered[1], STANDING, [_entry(3), _entry(4), _entry(5)])
    assert statements.reads == 1
    assert statements.round_trips <= 2
    assert statements.commits == 1


def test_one_read_says_who_is_signed_in_where_there_is_no_such_session(database: Database, ann: int) -> None:
    people.open_cookie_session(database, Ticket("cookie", ann, NOW, NOW + 60 * MINUTE))
    entered = sessions.sign_in_and_head(database, "cookie", "none", (NOW, NOW - MINUTE))
    assert entered is not None
    assert (entered[0].person.name, entered[1]) == ("Ann", None)
    assert sessions.sign_in_and_head(database, "other", "none", (NOW, NOW - MINUTE)) is None


def test_open_sessions_are_those_that_have_not_ended(database: Database, ann: int, begin: Begin) -> None:
    older, ended, _ = begin("s1"), begin("s2"), begin("s3")
    events.append(database, ended, STANDING._replace(status="ended"), [_entry(3)])
    events.append(database, older, STANDING, [_entry(3)])
    assert [head.id for head in sessions.open_of(database, ann)] == ["s1", "s3"]
    assert sessions.open_of(database, ann + 1) == ()


def test_lists_go_on_where_the_page_before_ended(database: Database, ann: int, begin: Begin) -> None:
    for number in range(5):
        begin(f"s{number}")
    first = sessions.newest(database, Scope(ann), None, 2)
    second = sessions.newest(database, Scope(ann), Place(first[-1].started, first[-1].id), 9)
    assert [head.id for head in first + second] == ["s4", "s3", "s2", "s1", "s0"]


def test_lists_show_only_what_is_in_scope(database: Database, ann: int, begin: Begin) -> None:
    bob = people.add(database, "Bob", "agent", None, NOW).id
    begin("anns")
    begin("bobs", person=bob, team=None)
    scopes = [Scope(bob), Scope(bob, team="north"), Scope(0, everyone=True), Scope(0)]
    seen = [{head.id for head in sessions.newest(database, scope, None, 9)} for scope in scopes]
    assert seen == [{"bobs"}, {"anns", "bobs"}, {"anns", "bobs"}, set()]


def test_lists_are_narrowed_to_what_is_sought(database: Database, ann: int, begin: Begin) -> None:
    ended = STANDING._replace(status="ended")
    for id, standing in (
        ("reached", ended._replace(outcome="agreed", ending="Agreed")),
        ("early", ended),
        ("open", STANDING),
    ):
        events.append(database, begin(id, reference=f"50% {id}"), standing, [_entry(3)])
    head = _head(database, "reached")
    sought = {
        Sought(status="early"): {"early"},
        Sought(status="open", client="% OPEN"): {"open"},
        Sought(client="%%"): set(),
        Sought(guide=head.guide, person=ann, since=head.started): {"reached", "early", "open"},
        Sought(before=head.started): set(),
        Sought(endings=frozenset([Ending(head.guide, head.version, "agreed", "Agreed")])): {"reached"},
        Sought(endings=frozenset()): set(),
    }
    found = {each: {head.id for head in sessions.newest(database, Scope(ann), None, 9, each)} for each in sought}
    assert found == sought
    assert [head.id for head in sessions.endings(database, Scope(ann))] == ["reached"]
    assert [(told.person, told.called) for told in sessions.walked(database, Scope(ann))] == [(ann, "Ann")]
