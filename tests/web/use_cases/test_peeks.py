"""Looking ahead: where each answer on view leads, as far as it can be said, and nothing of it written."""

from datetime import timedelta

import pytest

from engine.errors import RefusedError
from engine.replies import Reply
from tests.web.use_cases.conftest import FakeClock
from web.storage import events
from web.storage.people import Person
from web.use_cases.desk import Start
from web.use_cases.house import House
from web.use_cases.refusals import NotFoundError, StaleError

NOTHING = Reply()
LARGE = Reply(values={"amount": "120"}, checks=("seen",), typed=True)


@pytest.fixture
def started(house: House, ann: Person) -> str:
    return house.desk.start(ann, "late", Start({"client_name": "Zoë"}))


@pytest.fixture
def talking(house: House, ann: Person, started: str) -> int:
    """At the step with two answers; the seq of its page."""
    return house.desk.answer(ann, started, 2, LARGE).state.seq


def _titles(house: House, person: Person, session: str, seq: int, reply: Reply = NOTHING) -> dict[str, str]:
    ahead = house.peeks.ahead(person, session, seq, reply)
    return {id: look.screen.content.title for id, look in ahead.items()}


def test_each_answer_leads_to_the_screen_that_it_will_lead_to(
    house: House, ann: Person, started: str, talking: int
) -> None:
    ahead = house.peeks.ahead(ann, started, talking, Reply())
    assert list(ahead) == ["date", "fault"]
    then = house.desk.answer(ann, started, talking, Reply("fault"))
    assert (ahead["fault"].screen, ahead["fault"].state.seq) == (then.screen, then.state.seq)


@pytest.mark.parametrize("later", [timedelta(minutes=3), timedelta(days=1)])
def test_what_was_foreseen_is_logged_as_if_it_had_not_been(
    house: House, ann: Person, clock: FakeClock, later: timedelta
) -> None:
    """With the time and the day of the answer, whenever somebody looked ahead."""
    foreseen, other = (house.desk.start(ann, "late", Start({"client_name": "Zoë"})) for _ in range(2))
    house.peeks.ahead(ann, foreseen, 2, LARGE)
    clock.pass_(later)
    left, expected = (house.desk.answer(ann, session, 2, LARGE) for session in (foreseen, other))
    assert (left.session_id, left.fold, left.screen) == (foreseen, expected.fold, expected.screen)
    logs = [events.log(house.database, session) for session in (foreseen, other)]
    assert logs[0] == logs[1]
    heads = [house.moves.look(ann, session).head for session in (foreseen, other)]
    assert heads[0]._replace(id=other, chain=heads[1].chain) == heads[1]


def test_looking_ahead_writes_nothing(house: House, ann: Person, started: str, talking: int) -> None:
    before = house.moves.look(ann, started).head
    _titles(house, ann, started, talking)
    assert house.moves.look(ann, started).head == before
    assert len(events.log(house.database, started)) == talking


@pytest.mark.parametrize(("amount", "next"), [("120", "What do they say?"), ("20", "Small"), ("", None)])
def test_what_stands_in_the_form_decides_what_continue_leads_to(
    house: House, ann: Person, started: str, amount: str, next: str | None
) -> None:
    seen = _titles(house, ann, started, 2, LARGE._replace(values={"amount": amount}))
    assert seen == ({"": next} if next else {})


def test_a_check_left_open_leads_nowhere_even_with_a_blank_reason(house: House, ann: Person, started: str) -> None:
    assert _titles(house, ann, started, 2, LARGE._replace(checks=(), reasons={"seen": "  "})) == {}
    with pytest.raises(RefusedError):
        _titles(house, ann, started, 2, LARGE._replace(checks=(), reasons={"seen": "x" * 1_001}))


def test_locked_answers_are_not_looked_behind(house: House, ann: Person, locked: str) -> None:
    reply = Reply(values={"story": "Long"}, checks=("known", "agreed", "seen"), typed=True, reasons={"waive": "Kind"})
    assert [*_titles(house, ann, locked, 2, reply)] == ["pays"]


def test_a_page_out_of_date_is_told_so(house: House, ann: Person, started: str, talking: int) -> None:
    house.desk.answer(ann, started, talking, Reply("date"))
    with pytest.raises(StaleError):
        house.peeks.ahead(ann, started, talking, Reply())


def test_an_ended_session_has_nothing_ahead(house: House, ann: Person, started: str, clock: FakeClock) -> None:
    clock.pass_(timedelta(minutes=1))
    seq = house.desk.end(ann, started, 2, "Hung up").state.seq
    assert _titles(house, ann, started, seq) == {}


def test_nobody_looks_ahead_in_a_session_of_somebody_else(
    house: House, bob: Person, started: str, talking: int
) -> None:
    with pytest.raises(NotFoundError):
        house.peeks.ahead(bob, started, talking, Reply())
