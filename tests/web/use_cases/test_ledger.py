"""Clients that sessions name: who they are, what guides get to know of them, what is kept for them."""

from datetime import timedelta
from pathlib import Path

import pytest

from engine.errors import EndedError, NothingToUndoError, RefusedError
from engine.events import GuideOpened
from engine.folds import stored
from engine.replies import Reply
from engine.state import not_undone, replay
from tests.web.use_cases.calls import CALLS
from tests.web.use_cases.conftest import FakeClock
from web.storage import clients, events, ledger
from web.storage.clients import Client
from web.storage.people import Person
from web.storage.sessions import head
from web.use_cases import figures, turns
from web.use_cases.desk import Start
from web.use_cases.house import House
from web.use_cases.ledger import FIELD, reference
from web.use_cases.moves import Look
from web.use_cases.refusals import NotAllowedError, StaleError

NOBODY, SOMEBODY = Reply("nobody"), Reply("client")


@pytest.fixture
def calls(house: House, folder: Path) -> House:
    """The house with a guide that reads and writes the ledger."""
    (folder / "calls.yaml").write_text(CALLS)
    assert house.import_guides().problems == ()
    return house


def _called(house: House, person: Person, client: str = "C-7", *replies: Reply) -> Look:
    """A session with a client after these answers."""
    look = house.moves.look(person, house.desk.start(person, "calls", Start(client=client)))
    for reply in replies:
        look = house.desk.answer(person, look.session_id, look.state.seq, reply)
    return look


def _kept(house: House, client: str = "C-7") -> list[str]:
    return [held.record for held in ledger.of_client(house.database, client) if held.ended is None]


def test_a_client_whom_nobody_named_before_is_kept_and_has_no_records(calls: House, ann: Person) -> None:
    look = _called(calls, ann)
    assert (look.state.client, look.head.client) == ("C-7", "C-7")
    assert look.state.started.facts == {"contacts.30": 0, "promises_broken.client.365": 0}
    assert clients.find(calls.database, "c-7") == Client("C-7")


def test_the_name_a_call_starts_with_is_kept_where_nobody_knew_one(house: House, ann: Person, folder: Path) -> None:
    """The field `name` of the guide is `given` and `from: client.name`."""
    (folder / "calls.yaml").write_text(CALLS.replace("from: client.name}", "given: true, from: client.name}"))
    assert house.import_guides().problems == ()
    names = []
    for name in ("Marie Keller", "M. Keller"):
        house.desk.start(ann, "calls", Start(client="C-100", given={"name": name}))
        names.append(clients.find(house.database, "C-100"))
    assert names == [Client("C-100", "Marie Keller")] * 2
    clients.add(house.database, Client("C-101"), house.clock())
    house.desk.start(ann, "calls", Start(client="C-101", given={"name": "Jo Berg"}))
    assert clients.find(house.database, "C-101") == Client("C-101", "Jo Berg")


def test_a_session_without_a_client_knows_no_facts(calls: House, ann: Person) -> None:
    look = _called(calls, ann, "  ")
    assert (look.state.client, look.state.started.facts, figures.figures(look.state)) == (None, {}, ())


def test_the_next_session_reads_what_the_last_one_recorded(calls: House, ann: Person, clock: FakeClock) -> None:
    _called(calls, ann, "C-7", NOBODY)
    clients.change(calls.database, "C-7", name="Zoë Lind")
    clock.pass_(timedelta(days=3))
    look = _called(calls, ann, "c-7")
    assert look.state.client == "C-7"
    assert look.screen.content.say == "Try 1 of Zoë Lind, 0 broken."
    assert [(each.label, each.text) for each in figures.figures(look.state)] == [
        ("Contacts in the last 30 days", "1"),
        ("Promises the client broke in the last 365 days", "0"),
    ]


def test_a_replay_needs_no_ledger(calls: House, ann: Person) -> None:
    _called(calls, ann, "C-7", NOBODY)
    look = _called(calls, ann, "C-7")
    told = [turns.event_of(logged) for logged in events.log(calls.database, look.session_id)]
    _called(calls, ann, "C-7", NOBODY)
    assert stored(replay(look.state.guides, told)) == stored(look.state)


def test_facts_are_those_of_the_day_in_the_sessions_time_zone(calls: House, ann: Person, clock: FakeClock) -> None:
    _called(calls, ann, "C-7", NOBODY)
    clock.pass_(timedelta(days=30, hours=12))
    assert _called(calls, ann).state.started.facts["contacts.30"] == 1
    clock.pass_(timedelta(hours=1))
    assert _called(calls, ann).state.started.facts["contacts.30"] == 0


def test_a_refused_start_keeps_no_client(calls: House, ann: Person) -> None:
    with pytest.raises(RefusedError):
        calls.desk.start(ann, "late", Start({}, client="C-7"))
    assert clients.find(calls.database, "C-7") is None


@pytest.mark.parametrize("text", ["/etc", "a/../b", "a//b", "..", "-7", "a\\b", "x" * 101])
def test_a_reference_that_cannot_stand_in_an_address_is_refused(text: str) -> None:
    with pytest.raises(RefusedError) as refused:
        reference(text)
    assert list(refused.value.refusals) == [FIELD]


def test_a_reference_is_tidied() -> None:
    assert [reference(text) for text in (" C-7\n", "2026/117 b", "Zoë  Lind", "")] == [
        "C-7", "2026/117 b", "Zoë Lind", "",
    ]  # fmt: skip


def test_a_client_named_during_the_call_brings_what_is_known_and_gets_what_was_recorded(
    calls: House, ann: Person
) -> None:
    _called(calls, ann, "C-7", NOBODY)
    look = _called(calls, ann, "", SOMEBODY)
    named = calls.desk.name_client(ann, look.session_id, look.state.seq, "C-7")
    assert (named.state.client, named.state.values["tries"]) == ("C-7", 1)
    assert named.state.visit.step.id == "ask"
    assert _kept(calls) == ["contact", "contact"]
    found = head(calls.database, look.session_id)
    assert found is not None
    assert found.client == "C-7"


def test_a_client_named_in_error_loses_what_was_recorded(calls: House, ann: Person) -> None:
    look = _called(calls, ann, "C-8", SOMEBODY)
    calls.desk.name_client(ann, look.session_id, look.state.seq, "C-7")
    assert (_kept(calls, "C-8"), _kept(calls, "C-7")) == ([], ["contact"])


def test_a_session_says_nothing_of_itself(calls: House, ann: Person, folder: Path) -> None:
    text = CALLS.replace("fact: contacts, days: 30", "fact: sessions")
    (folder / "calls.yaml").write_text(text)
    calls.import_guides()
    _called(calls, ann)
    look = _called(calls, ann, "C-7")
    named = calls.desk.name_client(ann, look.session_id, look.state.seq, "C-7")
    assert named.state.values["tries"] == 1


def test_naming_a_client_twice_from_one_page_is_done_once(calls: House, ann: Person) -> None:
    look = _called(calls, ann, "")
    first, second = (calls.desk.name_client(ann, look.session_id, look.state.seq, "C-7") for _ in range(2))
    assert first.state.seq == second.state.seq
    with pytest.raises(StaleError):
        calls.desk.name_client(ann, look.session_id, look.state.seq, "C-8")


def test_no_client_can_be_named_without_words_or_after_the_end(calls: House, ann: Person) -> None:
    look = _called(calls, ann, "", NOBODY)
    with pytest.raises(RefusedError):
        calls.desk.name_client(ann, look.session_id, look.state.seq, " ")
    with pytest.raises(EndedError):
        calls.desk.name_client(ann, look.session_id, look.state.seq, "C-7")


def test_authors_walk_guides_and_learn_nothing_of_clients(calls: House) -> None:
    eve = calls.people.add("Eve", "author", None)
    with pytest.raises(NotAllowedError):
        _called(calls, eve)
    assert _called(calls, eve, "").state.client is None


def test_what_was_recorded_on_a_way_not_taken_any_more_is_cancelled_by_hand(calls: House, ann: Person) -> None:
    look = _called(calls, ann, "C-7", SOMEBODY, Reply(values={"day": "2026-03-09"}))
    back = calls.desk.back(ann, look.session_id, look.state.seq, "ring")
    moved = calls.desk.answer(ann, look.session_id, back.state.seq, NOBODY)
    sent = (next(iter(not_undone(moved.state))), "They rang us")
    kept = _kept(calls)
    first = calls.desk.cancel_record(ann, look.session_id, moved.state.seq, sent)
    again = calls.desk.cancel_record(ann, look.session_id, moved.state.seq, sent)
    assert (first.state.seq, len(_kept(calls))) == (again.state.seq, len(kept) - 1)
    with pytest.raises(NothingToUndoError):
        calls.desk.cancel_record(ann, look.session_id, first.state.seq, (1, "Nothing"))


def test_a_guide_opened_by_hand_knows_what_stands_in_the_ledger(calls: House, ann: Person) -> None:
    _called(calls, ann, "C-7", NOBODY)
    _called(calls, ann, "C-8", NOBODY)
    session = calls.desk.start(ann, "sorry", Start({"name": "Bo"}, client="c-7"))
    seq = calls.moves.look(ann, session).state.seq
    opened = calls.asides.open_guide(ann, session, seq, ("calls", Reply()))
    assert opened.state.values["tries"] == 1
    log = [turns.event_of(logged) for logged in events.log(calls.database, session)]
    assert replay(opened.state.guides, log).values == opened.state.values
    assert [event.body.facts for event in log if isinstance(event.body, GuideOpened)] == [
        {"contacts.30": 1, "promises_broken.client.365": 0}
    ]


def test_what_a_session_recorded_itself_is_no_figure_of_a_guide_it_opens(calls: House, ann: Person) -> None:
    look = _called(calls, ann, "C-7", SOMEBODY)
    assert calls.desk.name_client(ann, look.session_id, look.state.seq, "C-7").state.values["tries"] == 0
