from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from engine.errors import EndedError, RefusedError
from engine.replies import Reply
from tests.web.use_cases.test_desk import NAMED
from web.bearings import known_here
from web.storage import givers
from web.storage.people import Person
from web.use_cases.approvals import Word
from web.use_cases.desk import Start
from web.use_cases.house import House
from web.use_cases.refusals import HandedOverError, NotFoundError, StaleError, TakenError, TakenOverError

CHECKED = Reply(values={"amount": "120"}, checks=("seen",))
NOTE = "She rings back at three"


@pytest.fixture
def kim(house: House) -> Person:
    """A colleague of Bob's."""
    return house.people.add("Kim", "agent", "south")


@pytest.fixture
def session(house: House, ann: Person) -> str:
    """A session of Ann's, at its second step."""
    session = house.desk.start(ann, "late", Start({"client_name": "Zoë"}))
    house.desk.answer(ann, session, 2, CHECKED)
    return session


def _give(house: House, person: Person, session: str, to: str, note: str = NOTE) -> None:
    house.handovers.give(person, session, house.moves.look(person, session).state.seq, (to, note))


def _open(house: House, person: Person) -> list[str]:
    return [each.id for each in house.desk.open_sessions(person)]


def _waits(house: House, person: Person) -> list[tuple[str, str, str]]:
    offered = house.handovers.pending(person).for_me
    return [(each.giver, each.receiver, each.handover.note) for each in offered]


def test_a_session_goes_to_a_colleague_who_takes_it_and_goes_on(
    house: House, ann: Person, bob: Person, kim: Person, session: str
) -> None:
    _give(house, ann, session, f"person:{bob.id}")
    assert (_open(house, ann), _waits(house, bob), _waits(house, kim)) == ([], [("Ann", "Bob", NOTE)], [])
    assert house.handovers.package(bob, session).look.screen.content.step == "talk"
    house.handovers.take(bob, session)
    assert (_open(house, bob), _waits(house, bob), house.handovers.pending(ann).given) == ([session], [], ())
    look = house.moves.look(bob, session)
    assert house.desk.answer(bob, session, look.state.seq, Reply("date")).screen.content.step == "day"
    assert (look.head.team, look.state.seq) == ("south", 7)
    with pytest.raises(TakenOverError, match="Bob took this session over and goes on with it") as told:
        house.moves.look(ann, session)
    assert told.value.look.screen.content.step == "day"
    with pytest.raises(NotFoundError):
        house.moves.look(kim, session)


def test_whoever_takes_it_says_their_own_name_from_then_on(
    house: House, ann: Person, bob: Person, folder: Path
) -> None:
    (folder / "named.yaml").write_text(NAMED)
    house.import_guides()
    session = house.desk.start(ann, "named", Start())
    _give(house, ann, session, f"person:{bob.id}")
    package = house.handovers.package(bob, session).look
    assert (package.screen.content.say, known_here(package.state)) == ("This is Ann.", ())
    house.handovers.take(bob, session)
    assert house.moves.look(bob, session).screen.content.say == "This is Bob."
    told = [each.sentence for each in house.reviews.session(bob, session).events]
    assert told[-2:] == ["Bob took it over.", "Shown: “Hello”."]


def test_the_log_tells_who_gave_it_and_who_took_it(house: House, ann: Person, bob: Person, session: str) -> None:
    _give(house, ann, session, f"person:{bob.id}")
    house.handovers.take(bob, session)
    told = [(each.actor, each.sentence) for each in house.reviews.session(bob, session).events]
    assert told[-2:] == [("Ann", f"Handed over to Bob: {NOTE}."), ("Bob", "Bob took it over.")]


def test_whoever_of_a_team_takes_it_first_has_it(
    house: House, ann: Person, bob: Person, kim: Person, session: str
) -> None:
    _give(house, ann, session, "team:south")
    assert _waits(house, bob) == _waits(house, kim) == [("Ann", "the queue of south", NOTE)]

    def take(person: Person) -> str:
        try:
            house.handovers.take(person, session)
        except TakenError:
            return "too late"
        return "taken"

    with ThreadPoolExecutor(2) as pool:
        told = list(pool.map(take, [bob, kim]))
    assert sorted(told) == ["taken", "too late"]
    assert [_open(house, person) == [session] for person in (bob, kim)] == [word == "taken" for word in told]


def test_nobody_else_sees_it_or_takes_it(house: House, ann: Person, bob: Person, kim: Person, session: str) -> None:
    for take in (house.handovers.take, house.handovers.package):
        with pytest.raises(NotFoundError):
            take(kim, session)
    _give(house, ann, session, f"person:{bob.id}")
    for take in (house.handovers.take, house.handovers.package):
        with pytest.raises(NotFoundError):
            take(kim, session)


def test_as_long_as_it_waits_nobody_goes_on_and_the_giver_can_take_it_back(
    house: House, ann: Person, bob: Person, session: str
) -> None:
    _give(house, ann, session, f"person:{bob.id}")
    for person in (ann, bob):
        with pytest.raises(HandedOverError):
            house.desk.answer(person, session, 5, Reply("date"))
    for _ in range(2):
        house.handovers.take(ann, session)
    assert (_open(house, ann), _waits(house, bob)) == ([session], [])
    assert house.moves.look(ann, session).state.seq == 7


def test_a_session_handed_over_twice_from_one_page_is_handed_over_once(
    house: House, ann: Person, bob: Person, session: str
) -> None:
    for _ in range(2):
        house.handovers.give(ann, session, 5, (f"person:{bob.id}", NOTE))
    assert len(_waits(house, bob)) == 1
    with pytest.raises(HandedOverError):
        house.handovers.give(ann, session, 5, ("team:south", NOTE))


@pytest.mark.parametrize("to", ["", "person:", "person:999", "team:none", "person:{ann}", "south", "person:{gone}"])
def test_it_goes_only_to_somebody_who_is_there(house: House, ann: Person, session: str, to: str) -> None:
    gone = house.people.disable(house.people.add("Gone", "agent", "south").name)
    with pytest.raises(RefusedError, match="Choose who is to take it over"):
        _give(house, ann, session, to.format(ann=ann.id, gone=gone.id))
    assert [each.name for each in house.handovers.receivers(ann).people] == []
    assert house.handovers.receivers(ann).teams == ("north",)


def test_a_note_is_not_endless_and_an_ended_session_or_a_stale_page_hands_nothing_over(
    house: House, ann: Person, bob: Person, session: str
) -> None:
    to = f"person:{bob.id}"
    with pytest.raises(RefusedError, match="too long"):
        _give(house, ann, session, to, "x" * 10_001)
    with pytest.raises(StaleError):
        house.handovers.give(ann, session, 2, (to, ""))
    with pytest.raises(NotFoundError):
        house.handovers.give(bob, session, 5, (f"person:{ann.id}", ""))
    seq = house.desk.end(ann, session, 5, "Hung up").state.seq
    with pytest.raises(EndedError):
        house.handovers.give(ann, session, seq, (to, ""))


def test_a_paused_session_stays_paused_and_a_session_is_open_to_review_meanwhile(
    house: House, ann: Person, bob: Person, session: str
) -> None:
    house.asides.pause(ann, session, 5, "Lunch")
    _give(house, ann, session, f"person:{bob.id}")
    assert house.reviews.session(ann, session).head.status == "handed_over"
    house.handovers.take(bob, session)
    assert [each.paused for each in house.desk.open_sessions(bob)] == ["Lunch"]


def test_all_who_walked_a_part_look_back_at_it_once_and_nobody_else(
    house: House, ann: Person, bob: Person, kim: Person, session: str
) -> None:
    """Ann gives it to Bob, Bob gives it back; he gets it again, and gives it to his team, where Kim takes it."""
    eve = house.people.add("Eve", "manager", "north")
    for giver, to, taker in ((ann, bob, bob), (bob, ann, ann), (ann, bob, bob), (bob, None, kim)):
        _give(house, giver, session, f"person:{to.id}" if to else "team:south")
        house.handovers.take(taker, session)
    for each in (ann, bob, kim):
        assert [head.id for head in house.listings.page(each).items] == [session]
        assert house.reviews.session(each, session).head.person_name == "Kim"
    assert house.listings.page(eve).items == ()
    with pytest.raises(NotFoundError):
        house.reviews.session(eve, session)
    with pytest.raises(TakenOverError):
        house.desk.note(ann, session, "Still mine?")


def test_who_takes_back_what_nobody_took_gave_nothing(house: House, ann: Person, bob: Person, session: str) -> None:
    _give(house, ann, session, f"person:{bob.id}")
    house.handovers.take(ann, session)
    assert givers.given(house.database, ann.id, [session]) == frozenset()
    assert house.listings.choices(ann).people == {ann.id: "Ann"}


def test_practice_that_was_handed_over_is_for_whoever_has_it(house: House, ann: Person, bob: Person) -> None:
    session = house.desk.start(ann, "late", Start({"client_name": "Zoë"}, practice=True))
    _give(house, ann, session, f"person:{bob.id}")
    house.handovers.take(bob, session)
    assert (house.listings.page(ann).items, house.desk.find(ann, "Zoë")) == ((), ())
    with pytest.raises(NotFoundError):
        house.reviews.session(ann, session)


def test_what_a_second_person_says_meanwhile_takes_nothing_from_the_queue(
    house: House, ann: Person, bob: Person, locked: str
) -> None:
    mia, leader = house.people.add("Mia", "manager", "north"), house.people.add("Lea", "manager", "south")
    house.approvals.ask(ann, locked, 2, ("halve", "Please"))
    _give(house, ann, locked, "team:south")
    tag = house.approvals.tag(leader)
    house.approvals.decide(mia, locked, Word("halve", True, ""))
    assert len(_waits(house, bob)) == 1
    house.handovers.take(bob, locked)
    assert house.moves.look(bob, locked).state.approved(("", "talk", 1)) == {"halve"}
    assert house.approvals.tag(leader) != tag
