from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from engine.errors import EndedError, RefusedError
from engine.replies import Reply
from tests.web.use_cases.conftest import SORRY, FakeClock, OpenHouse
from web.storage import events
from web.storage.people import Person
from web.storage.sessions import SESSIONS
from web.use_cases.desk import Start
from web.use_cases.house import House
from web.use_cases.moves import Look
from web.use_cases.refusals import NotFoundError, StaleError

CHECKED = Reply(values={"amount": "120"}, checks=("seen",))
Tell = Callable[[House, Person, str, int, str], Look]
TOLD: list[tuple[Tell, str]] = [
    (lambda house, person, session, seq, text: house.asides.flag(person, session, seq, text), "step_flagged"),
    (lambda house, person, session, seq, text: house.asides.nothing_fits(person, session, seq, text), "nothing_fitted"),
    (lambda house, person, session, seq, text: house.asides.pause(person, session, seq, text), "paused"),
]


@pytest.fixture
def started(house: House, ann: Person) -> str:
    return house.desk.start(ann, "late", Start({"client_name": "Zoë"}))


def _kinds(house: House, session: str) -> list[str]:
    return [logged.payload["kind"] for logged in events.log(house.database, session)][2:]


@pytest.mark.parametrize(("tell", "kind"), TOLD)
def test_what_is_told_twice_from_one_page_is_written_once(
    house: House, ann: Person, started: str, tell: Tell, kind: str
) -> None:
    for _ in range(2):
        look = tell(house, ann, started, 2, " words ")
    assert (look.state.seq, look.state.moved, _kinds(house, started)) == (3, 1, [kind])
    assert look.screen.content.step == "check"
    tell(house, ann, started, 3, "words")
    assert _kinds(house, started) == [kind, kind]


@pytest.mark.parametrize(("tell", "kind"), TOLD)
def test_what_is_told_from_a_page_of_another_step_is_not_put_on_this_one(
    house: House, ann: Person, started: str, tell: Tell, kind: str
) -> None:
    house.desk.answer(ann, started, 2, CHECKED)
    with pytest.raises(StaleError):
        tell(house, ann, started, 2, "words")
    assert kind not in _kinds(house, started)


@pytest.mark.parametrize(("tell", "kind"), TOLD)
@pytest.mark.parametrize("text", [" ", "x" * 10_001])
def test_words_are_neither_missing_nor_endless(
    house: House, ann: Person, started: str, tell: Tell, kind: str, text: str
) -> None:
    with pytest.raises(RefusedError):
        tell(house, ann, started, 2, text)
    assert _kinds(house, started) == []


@pytest.mark.parametrize(("tell", "kind"), TOLD)
def test_nobody_tells_anything_at_another_persons_session(
    house: House, bob: Person, started: str, tell: Tell, kind: str
) -> None:
    with pytest.raises(NotFoundError):
        tell(house, bob, started, 2, "words")
    assert _kinds(house, started) == []


def test_a_pause_is_shown_with_its_reason_and_since_when(
    house: House, ann: Person, started: str, clock: FakeClock
) -> None:
    house.desk.start(ann, "late", Start({"client_name": "Bo"}))
    house.asides.pause(ann, started, 2, "They call back")
    at = clock.at
    clock.pass_(timedelta(minutes=5))
    house.desk.note(ann, started, "Reached voicemail")
    paused, other = house.desk.open_sessions(ann)
    assert (paused.paused, paused.paused_at) == ("They call back", at)
    assert (other.paused, other.paused_at) == ("", None)


def test_a_paused_session_is_taken_up_by_resuming_or_by_any_answer(house: House, ann: Person, started: str) -> None:
    seq = house.asides.pause(ann, started, 2, "Lunch").state.seq
    for _ in range(2):
        look = house.asides.resume(ann, started, seq)
    assert (look.state.status, _kinds(house, started)) == ("active", ["paused", "resumed"])
    house.asides.pause(ann, started, look.state.seq, "Lunch again")
    assert house.desk.answer(ann, started, 5, CHECKED).state.status == "active"
    assert house.desk.open_sessions(ann)[0].paused_at is None


def test_an_ended_session_is_not_paused(house: House, ann: Person, started: str) -> None:
    seq = house.desk.end(ann, started, 2, "Hung up").state.seq
    with pytest.raises(EndedError):
        house.asides.pause(ann, started, seq, "Lunch")


OPENED = ("sorry", Reply(values={"name": "Zoë"}, typed=True))


def _opened(house: House, person: Person, session: str) -> Look:
    return house.asides.open_guide(person, session, house.moves.look(person, session).state.seq, OPENED)


def test_another_guide_opens_as_a_detour_and_comes_back(house: House, ann: Person, started: str) -> None:
    assert _opened(house, ann, started).screen.content.say == "We are sorry, Zoë."
    seq = house.moves.look(ann, started).state.seq
    assert house.desk.answer(ann, started, seq, Reply()).screen.content.step == "check"
    assert "Left the script for “An apology”." in [told.sentence for told in house.reviews.session(ann, started).events]


def test_a_guide_that_the_session_did_not_know_is_pinned_with_it(
    house: House, ann: Person, open_again: OpenHouse
) -> None:
    session = house.desk.start(ann, "sorry", Start({"name": "Bo"}))
    assert list(house.moves.look(ann, session).head.pins) == ["sorry"]
    seq = house.asides.open_guide(ann, session, 2, ("late", Reply(values={"client_name": "Bo"}, typed=True))).state.seq
    elsewhere = open_again().desk.answer(ann, session, seq, CHECKED)
    assert elsewhere.screen.content.step == "talk"
    assert {id: pin.number for id, pin in elsewhere.head.pins.items()} == {"sorry": 1, "late": 1}
    with house.database.writing() as connection:
        connection.execute(SESSIONS.update().values(fold='{"format":0}'))
    assert house.moves.look(ann, session).state.visit.key == elsewhere.state.visit.key


def test_a_guide_opened_twice_from_one_page_opens_once(house: House, ann: Person, started: str) -> None:
    first, second = (house.asides.open_guide(ann, started, 2, OPENED) for _ in range(2))
    assert first.state.seq == second.state.seq
    with pytest.raises(StaleError):
        house.asides.open_guide(ann, started, 2, ("late", Reply(values={"client_name": "Bo"}, typed=True)))


def test_what_a_guide_needs_is_asked_before_it_opens(house: House, ann: Person, bob: Person, started: str) -> None:
    with pytest.raises(RefusedError) as refused:
        house.asides.open_guide(ann, started, 2, ("sorry", Reply(values={"name": " "}, typed=True)))
    assert list(refused.value.refusals) == ["name"]
    for person, guide in ((ann, "none"), (bob, "sorry")):
        with pytest.raises(NotFoundError):
            house.asides.open_guide(person, started, 2, (guide, Reply(values={"name": "Zoë"}, typed=True)))


def test_a_guide_that_leads_into_a_changed_one_is_not_opened(house: House, ann: Person, folder: Path) -> None:
    session = house.desk.start(ann, "sorry", Start({"name": "Bo"}))
    (folder / "sorry.yaml").write_text(SORRY.replace("We are sorry", "We are very sorry"))
    house.import_guides()
    with pytest.raises(RefusedError, match="leads into “An apology”, which changed since"):
        house.asides.open_guide(ann, session, 2, ("late", Reply(values={"client_name": "Bo"}, typed=True)))
    assert _opened(house, ann, session).screen.content.say == "We are sorry, Zoë."
