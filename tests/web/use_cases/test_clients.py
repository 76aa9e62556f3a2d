"""What is due, what became of it, and the page of a client."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from engine.errors import RefusedError
from engine.replies import Reply
from tests.web.storage.statements import Statements
from tests.web.use_cases.calls import CALLS
from tests.web.use_cases.conftest import FakeClock
from web.storage.people import Person
from web.use_cases.clients import MOST, Filter
from web.use_cases.desk import Start
from web.use_cases.house import House
from web.use_cases.pledges import Pledge
from web.use_cases.refusals import NotAllowedError, NotFoundError, SaidAlreadyError

ALL = Filter()


@pytest.fixture
def calls(house: House, folder: Path) -> House:
    """The house with a guide that reads and writes the ledger."""
    (folder / "calls.yaml").write_text(CALLS)
    assert house.import_guides().problems == ()
    return house


def _promised(house: House, person: Person, day: str = "2026-03-02", client: str = "C-7") -> str:
    """A session in which a client promised something for a day, and we something three days later."""
    id = house.desk.start(person, "calls", Start({"owed": "120"}, client=client))
    for reply in (Reply("client"), Reply(values={"day": day, "limit": "500"})):
        house.desk.answer(person, id, house.moves.look(person, id).state.seq, reply)
    return id


def _due(house: House, person: Person, which: Filter = ALL) -> list[str]:
    due = house.clients.due(person, which)
    return [f"{pledge.what} {pledge.due:%d.%m.}" for pledge in (*due.overdue, *due.today, *due.soon)]


def _first(house: House, person: Person) -> Pledge:
    due = house.clients.due(person, ALL)
    return (*due.overdue, *due.today)[0]


def test_a_promise_is_overdue_the_day_after_and_stays_open(calls: House, ann: Person, clock: FakeClock) -> None:
    _promised(calls, ann)
    assert not _first(calls, ann).overdue
    clock.pass_(timedelta(hours=15))
    pledge = _first(calls, ann)
    assert (pledge.overdue, pledge.word, pledge.due) == (True, "open", date(2026, 3, 2))


def test_the_list_looks_two_weeks_ahead(calls: House, ann: Person) -> None:
    _promised(calls, ann, "2026-03-13")
    assert _due(calls, ann) == ["Pay the invoice 13.03.", "Send a receipt 16.03."]
    _promised(calls, ann, "2026-03-14")
    assert _due(calls, ann, Filter("us")) == ["Send a receipt 16.03."]


def test_what_is_kept_is_due_no_more_and_counts_in_the_next_session(calls: House, ann: Person, bob: Person) -> None:
    _promised(calls, ann)
    pledge = _first(calls, ann)
    said = calls.clients.say(bob, pledge.id, "broken", (0, " They said\nso "))
    assert [(each.word, each.who, each.reason) for each in said.said] == [("broken", "Bob", "They said so")]
    assert _due(calls, ann) == ["Send a receipt 05.03."]
    look = calls.moves.look(ann, calls.desk.start(ann, "calls", Start(client="C-7")))
    assert look.state.started.facts["promises_broken.client.365"] == 1


def test_the_same_word_again_is_not_said_again(calls: House, ann: Person, bob: Person) -> None:
    _promised(calls, ann)
    id = _first(calls, ann).id
    seen = [calls.clients.say(person, id, "kept", (0, "")).seen for person in (ann, ann, bob)]
    assert seen == [1, 1, 1]
    with pytest.raises(SaidAlreadyError, match="Ann said of this promise: kept"):
        calls.clients.say(bob, id, "broken", (0, ""))
    assert calls.clients.say(bob, id, "broken", (1, "")).word == "broken"


def test_a_promise_that_its_session_took_back_takes_no_word(calls: House, ann: Person) -> None:
    session = _promised(calls, ann)
    id = _first(calls, ann).id
    back = calls.desk.back(ann, session, calls.moves.look(ann, session).state.seq, "ring")
    moved = calls.desk.answer(ann, session, back.state.seq, Reply("nobody"))
    calls.desk.cancel_record(ann, session, moved.state.seq, (int(id.rpartition(".")[2]), "Not true"))
    with pytest.raises(NotFoundError):
        calls.clients.say(ann, id, "kept", (0, ""))
    (past,) = calls.clients.client(ann, "C-7").past
    assert [(each.word, each.who) for each in past.said] == [("cancelled", "Ann")]


def test_a_clients_page_holds_the_newest_of_each_agreement(calls: House, ann: Person, clock: FakeClock) -> None:
    _promised(calls, ann)
    clock.pass_(timedelta(days=1))
    _promised(calls, ann, "2026-03-09")
    page = calls.clients.client(ann, "c-7")
    (agreement,) = page.agreements
    assert (agreement.title, agreement.day, agreement.values) == (
        "Our terms", date(2026, 3, 3), (("Credit limit", "€500.00"),),
    )  # fmt: skip
    assert [len(part) for part in (page.open, page.contacts, page.remedies, page.sessions)] == [4, 2, 2, 2]


def test_what_was_erased_is_said_so(calls: House, ann: Person) -> None:
    _promised(calls, ann)
    with calls.database.writing() as connection:
        connection.execute(text("UPDATE records SET personal = NULL"))
    page = calls.clients.client(ann, "C-7")
    told = {page.open[0].what, page.agreements[0].title, page.recognitions[0].title, page.remedies[0].text}
    assert told == {"(erased)"}


def test_open_promises_beside_a_call_are_one_read(calls: House, ann: Person) -> None:
    _promised(calls, ann)
    with Statements(calls.database) as statements:
        open_promises = calls.clients.open_promises(ann, "C-7")
    assert ([pledge.what for pledge in open_promises], statements.round_trips) == (
        ["Pay the invoice", "Send a receipt"], 1,
    )  # fmt: skip
    assert calls.clients.open_promises(ann, None) == ()


def test_what_is_known_of_a_client_is_kept_as_it_is_read(calls: House, ann: Person) -> None:
    _promised(calls, ann)
    calls.clients.change(ann, "C-7", {"name": " Zoë  Lind ", "phone": "+49 30 1234567", "reference": "X"})
    calls.clients.change(ann, "C-7", {"phone": ""})
    calls.clients.change(ann, "C-7", {})
    client = calls.clients.client(ann, "C-7").client
    assert (client.reference, client.name, client.phone) == ("C-7", "Zoë Lind", None)
    with pytest.raises(RefusedError) as refused:
        calls.clients.change(ann, "C-7", {"language": "German", "phone": "1"})
    assert sorted(refused.value.refusals) == ["language", "phone"]


def test_a_long_list_says_that_there_is_more(calls: House, ann: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    _promised(calls, ann)
    assert not calls.clients.due(ann, ALL).more
    monkeypatch.setattr("web.use_cases.clients.MOST", 1)
    assert calls.clients.due(ann, ALL).more
    assert MOST > 1


def test_only_who_may_name_clients_learns_of_them(calls: House, ann: Person) -> None:
    _promised(calls, ann)
    eve, id = calls.people.add("Eve", "author", None), _first(calls, ann).id
    assert (calls.clients.suggestions(eve), calls.clients.open_promises(eve, "C-7")) == ((), ())
    for ask in (
        lambda: calls.clients.client(eve, "C-7"),
        lambda: calls.clients.due(eve, ALL),
        lambda: calls.clients.search(eve, ""),
        lambda: calls.clients.say(eve, id, "kept", (0, "")),
        lambda: calls.clients.pledge(eve, id),
        lambda: calls.clients.change(eve, "C-7", {}),
    ):
        with pytest.raises(NotAllowedError):
            ask()
