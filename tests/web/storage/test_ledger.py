from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.web.storage.statements import Statements
from web.storage import clients, events, ledger, people, sessions
from web.storage.clients import Client
from web.storage.database import ConflictError, Database
from web.storage.events import Beginning, Entry, Standing
from web.storage.ledger import Held, Promise, Scope, Word
from web.storage.sessions import Head

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
TODAY = date(2026, 3, 2)
STANDING = Standing("C-7", "active", None, None, "Be certain", 2, None, "{}")
KEPT = Word(1, NOW, "Bob", "kept", None)
CHANGES = [
    *(f"UPDATE records SET {change}" for change in ("client = 'x'", "details = '{}'", "due = NULL", "personal = 'x'")),
    *(f"UPDATE words SET {change}" for change in ("word = 'open'", "actor = 'x'", "reason = 'x'")),
    "DELETE FROM words",
    "DELETE FROM records",
]


def _entry(seq: int, kind: str, payload: dict[str, Any], personal: dict[str, Any] | None = None) -> Entry:
    at = NOW + timedelta(minutes=seq)
    return Entry(seq, at, kind, "Ann", "late", 3, "", "check", "talk", TODAY, payload, personal or {})


def _promise(seq: int, due: str = "2026-03-09", replaces: int | None = None, client: str | None = "C-7") -> Entry:
    details = {"by": "client", "due": due, "amount": "120.00", "currency": "EUR"}
    said = {"record": "promise", "details": details, "texts": {}, "values": {}, "client": client, "replaces": replaces}
    return _entry(seq, "recorded", said, {"texts": {"what": "Pay"}})


def _cancelling(seq: int, record: int) -> Entry:
    return _entry(seq, "record_cancelled", {"record": record, "reason": "They paid"})


Begin = Callable[..., Head]


@pytest.fixture
def ann(database: Database) -> int:
    return people.add(database, "Ann", "agent", "north", NOW).id


@pytest.fixture
def begin(database: Database, ann: int) -> Begin:
    """A function that starts a session with these events after its first and gives its head."""

    def begin(*told: Entry, id: str = "s1") -> Head:
        beginning = Beginning(id, ann, "north", "late", 3, "Late payment", {"late": (3, "digest")}, None, None)
        events.begin(database, beginning, STANDING, [_entry(1, "session_started", {}), *told])
        head = sessions.head(database, id)
        assert head is not None
        return head

    return begin


def _seqs(held: tuple[Held, ...]) -> list[int]:
    return [each.id.seq for each in held]


def test_a_client_is_found_by_reference_in_whatever_case(database: Database) -> None:
    clients.add(database, Client("C-7", "Zoë Lind"), NOW)
    assert clients.add(database, Client("c-7", "Somebody else"), NOW) == Client("C-7", "Zoë Lind")
    assert clients.find(database, "c-7") == Client("C-7", "Zoë Lind")
    assert clients.find(database, "C-8") is None


def test_what_is_known_of_a_client_changes(database: Database) -> None:
    clients.add(database, Client("C-7"), NOW)
    clients.change(database, "C-7", name="Zoë Lind", email="z@lind.example")
    found = clients.find(database, "C-7")
    assert found == Client("C-7", "Zoë Lind", "z@lind.example")
    assert (found.called, Client("C-8").called) == ("Zoë Lind", "C-8")


def test_clients_are_looked_for_by_parts_of_reference_or_name(database: Database) -> None:
    clients.add(database, Client("C-7", "Ada Lind"), NOW)
    clients.add(database, Client("D_8", "Bo Lang"), NOW + timedelta(1))
    found = [[each.reference for each in clients.matching(database, words, 9)] for words in ("c-", "la", "_", "%", "")]
    assert found == [["C-7"], ["D_8"], ["D_8"], [], ["D_8", "C-7"]]
    assert len(clients.matching(database, "", 1)) == 1


@pytest.mark.parametrize("words", ["ößner", "ÖSSNER", "Ößn", "c-9"])
def test_names_are_found_in_letters_beyond_ascii(database: Database, words: str) -> None:
    clients.add(database, Client("C-9", "Ida Ößner-ÖSSNER"), NOW)
    assert [each.reference for each in clients.matching(database, words, 9)] == ["C-9"]
    assert clients.named(database, {"C-9", "C-8"}) == {"C-9": Client("C-9", "Ida Ößner-ÖSSNER")}
    assert clients.named(database, ()) == {}


def test_a_record_lies_in_the_ledger_as_its_event_told_it(database: Database, begin: Begin) -> None:
    begin(_promise(2))
    (held,) = ledger.of_client(database, "C-7")
    assert (held.id, held.at, held.day, held.actor) == (Promise("s1", 2), NOW + timedelta(minutes=2), TODAY, "Ann")
    assert (held.record, held.due, held.texts, held.details["amount"]) == (
        "promise", date(2026, 3, 9), {"what": "Pay"}, "120.00",
    )  # fmt: skip
    assert (held.word, held.ended, ledger.of_client(database, "C-8")) == ("open", None, ())


def test_what_another_record_replaced_is_told_no_more(database: Database, begin: Begin) -> None:
    events.append(database, begin(_promise(2)), STANDING, [_promise(3, "2026-03-12", replaces=2)])
    assert _seqs(ledger.of_client(database, "C-7")) == [3]
    assert ledger.one(database, Promise("s1", 2)) is None


def test_what_was_cancelled_is_told_with_who_did_it(database: Database, begin: Begin) -> None:
    events.append(database, begin(_promise(2)), STANDING, [_cancelling(3, 2)])
    (held,) = ledger.of_client(database, "C-7")
    assert held.ended == Word(3, NOW + timedelta(minutes=3), "Ann", "cancelled", None)
    assert ledger.open_of(database, "C-7") == ()


def test_a_record_moved_to_another_client_is_cancelled_where_it_was(database: Database, begin: Begin) -> None:
    moved = [_cancelling(3, 2), _promise(4, replaces=2, client="C-8")]
    events.append(database, begin(_promise(2)), STANDING._replace(client="C-8"), moved)
    assert [held.ended is not None for held in ledger.of_client(database, "C-7")] == [True]
    assert _seqs(ledger.open_of(database, "C-8")) == [4]
    assert [head.id for head in sessions.of_client(database, "C-8")] == ["s1"]


def test_what_people_say_of_a_promise_adds_up(database: Database, begin: Begin) -> None:
    begin(_promise(2))
    promise = Promise("s1", 2)
    ledger.say(database, promise, KEPT)
    ledger.say(database, promise, replace(KEPT, number=2, word="broken", reason="The money went back"))
    held = ledger.one(database, promise)
    assert held is not None
    assert (held.word, [word.word for word in held.words]) == ("broken", ["kept", "broken"])
    with pytest.raises(ConflictError):
        ledger.say(database, promise, replace(KEPT, number=2, word="cancelled"))


def test_open_promises_are_listed_by_the_day_they_are_due(database: Database, begin: Begin) -> None:
    begin(_promise(2, "2026-03-09"), _promise(3, "2026-03-01"), _promise(4, "2026-04-09"), _promise(5, "2026-03-02"))
    ledger.say(database, Promise("s1", 5), KEPT)
    month = date(2026, 3, 31)
    assert _seqs(ledger.open_promises(database, Scope(), month, 9)) == [3, 2]
    assert _seqs(ledger.open_promises(database, Scope(), month, 1)) == [3]
    ledger.say(database, Promise("s1", 5), replace(KEPT, number=2, word="open"))
    assert _seqs(ledger.open_promises(database, Scope(), month, 9)) == [3, 5, 2]


def test_open_promises_are_those_of_one_side_or_one_person(database: Database, ann: int, begin: Begin) -> None:
    begin(_promise(2))
    month = date(2026, 3, 31)
    scopes = [Scope("client"), Scope("us"), Scope(person=ann), Scope(person=ann + 1)]
    assert [len(ledger.open_promises(database, scope, month, 9)) for scope in scopes] == [1, 0, 1, 0]


def test_records_go_with_their_events_in_one_round_trip_and_one_commit(database: Database, begin: Begin) -> None:
    head = begin()
    with Statements(database) as statements:
        events.append(database, head, STANDING, [_entry(2, "answered", {}), _promise(3)])
    assert (statements.round_trips, statements.commits) == (1, 1)
    assert _seqs(ledger.of_client(database, "C-7")) == [3]


def test_who_appends_second_records_nothing(database: Database, begin: Begin) -> None:
    head = begin()
    events.append(database, head, STANDING, [_entry(2, "answered", {})])
    with pytest.raises(ConflictError):
        events.append(database, head, STANDING, [_promise(2)])
    assert ledger.of_client(database, "C-7") == ()


@pytest.mark.parametrize("change", CHANGES)
def test_the_ledger_refuses_every_change(database: Database, begin: Begin, change: str) -> None:
    begin(_promise(2))
    ledger.say(database, Promise("s1", 2), KEPT)
    before = ledger.of_client(database, "C-7")
    with pytest.raises(DBAPIError, match="append-only"), database.writing() as connection:
        connection.execute(text(change))
    assert ledger.of_client(database, "C-7") == before


def test_what_names_people_can_be_erased(database: Database, begin: Begin) -> None:
    begin(_promise(2))
    ledger.say(database, Promise("s1", 2), replace(KEPT, reason="Zoë rang"))
    with database.writing() as connection:
        connection.execute(text("UPDATE records SET personal = NULL"))
        connection.execute(text("UPDATE words SET reason = NULL"))
    (held,) = ledger.of_client(database, "C-7")
    assert (held.texts, held.words[0].reason, held.details["amount"]) == ({}, None, "120.00")
