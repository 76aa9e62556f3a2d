"""Changing an earlier answer: what is kept, what is told, and what goes into the log."""

from datetime import timedelta
from pathlib import Path

import pytest

from engine.errors import NotOnPathError, RefusedError
from engine.replies import Reply
from tests.web.use_cases.calls import CALLS
from tests.web.use_cases.conftest import FakeClock
from web.storage import events
from web.storage.people import Person
from web.use_cases.changes import Change, found, named
from web.use_cases.desk import Start
from web.use_cases.house import House
from web.use_cases.moves import Look
from web.use_cases.refusals import NotFoundError, StaleError, TooLateError

FIRST, TALK = ("", "check", 1), ("", "talk", 1)
CHECKED = Reply(values={"amount": "120"}, checks=("seen",))
DAY = Reply(values={"promised": "2026-03-09"})


@pytest.fixture
def talked(house: House, ann: Person) -> str:
    """A session of Ann's that has come to its outcome by three answers."""
    session = house.desk.start(ann, "late", Start({"client_name": "Zoë"}))
    _answer(house, ann, session, CHECKED, Reply("date"), DAY)
    return session


def _answer(house: House, person: Person, session: str, *replies: Reply) -> Look:
    look = house.moves.look(person, session)
    for reply in replies:
        look = house.desk.answer(person, session, look.state.seq, reply)
    return look


def _change(house: House, person: Person, session: str, sent: Change) -> Look:
    house.changes.change(person, session, house.moves.look(person, session).state.seq, sent)
    return house.moves.look(person, session)


def _ways(house: House, after: int) -> list[tuple[str, str, str]]:
    """What the log says of the ways taken after an event: its kind, from which step, to which."""
    columns = events.EVENTS.c
    query = events.EVENTS.select().with_only_columns(columns.kind, columns.from_step, columns.to_step)
    with house.database.reading() as connection:
        rows = connection.execute(query.where(columns.to_step.is_not(None), columns.seq > after).order_by(columns.seq))
        return [tuple(row) for row in rows]


def test_an_earlier_answer_is_shown_with_what_came_after(house: House, ann: Person, talked: str) -> None:
    earlier = house.changes.earlier(ann, talked, FIRST)
    assert (earlier.look.screen.content.title, earlier.look.screen.asks[0].value) == ("Be certain", "120.00")
    assert (earlier.here, earlier.later, earlier.to) == ("Done", 2, "late/check")
    assert earlier.look.state.seq == house.moves.look(ann, talked).state.seq


def test_a_change_within_the_way_keeps_all_later_answers(house: House, ann: Person, talked: str) -> None:
    before = house.moves.look(ann, talked)
    look = _change(house, ann, talked, Change(FIRST, CHECKED._replace(values={"amount": "200"}), "Misread"))
    told = house.changes.told(look)
    assert told is not None
    assert (told.changed, told.kept, told.aside, told.elsewhere, told.reopened) == ("Be certain", 2, (), False, False)
    assert look.state.visit.key == before.state.visit.key
    assert str(look.state.values["amount"]) == "200.00"


def test_a_small_sum_asks_what_was_not_asked_before(house: House, ann: Person, talked: str) -> None:
    look = _change(house, ann, talked, Change(FIRST, CHECKED._replace(values={"amount": "50"})))
    told = house.changes.told(look)
    assert told is not None
    assert look.state.visit.step.id == "small"
    assert (told.kept, told.aside, told.elsewhere, told.anew, told.reopened) == (
        0,
        ("What do they say?", "Day"),
        True,
        False,
        True,
    )
    again = _answer(house, ann, talked, Reply())
    assert again.state.suggestion is not None


def test_the_same_change_again_is_written_once_and_another_is_stale(house: House, ann: Person, talked: str) -> None:
    seq = house.moves.look(ann, talked).state.seq
    for _ in range(2):
        look = house.changes.change(ann, talked, seq, Change(TALK, Reply("fault")))
    with pytest.raises(StaleError):
        house.changes.change(ann, talked, seq, Change(TALK, Reply("date")))
    with pytest.raises(StaleError):
        house.changes.change(ann, talked, seq, Change(FIRST, CHECKED._replace(values={"amount": "200"})))
    kinds = [row.payload["kind"] for row in events.log(house.database, talked, after=seq)]
    assert (look.state.visit.step.id, kinds.count("changed")) == ("say-it", 1)


def test_what_says_the_same_writes_nothing(house: House, ann: Person, talked: str) -> None:
    before = house.moves.look(ann, talked)
    after = _change(house, ann, talked, Change(TALK, Reply("date"), "No reason"))
    assert (after.state.seq, after.state.status) == (before.state.seq, "ended")
    assert house.changes.told(after) is None


def test_the_log_says_where_a_changed_answer_led_to(house: House, ann: Person, talked: str) -> None:
    seq = house.moves.look(ann, talked).state.seq
    middle = _change(house, ann, talked, Change(FIRST, CHECKED._replace(values={"amount": "200"}))).state.seq
    assert _ways(house, seq) == [("branched", "check", "talk")]
    _change(house, ann, talked, Change(TALK, Reply("fault")))
    assert _ways(house, middle) == [("changed", "talk", "sorry"), ("called", "sorry", "say-it")]


def test_what_was_recorded_is_said_before_and_told_as_not_undone(house: House, ann: Person, folder: Path) -> None:
    (folder / "calls.yaml").write_text(CALLS)
    assert house.import_guides().problems == ()
    session = house.desk.start(ann, "calls", Start({}, client="C-7"))
    _answer(house, ann, session, Reply("client"), Reply(values={"day": "2026-03-09"}))
    ring = ("", "ring", 1)
    recorded = house.changes.earlier(ann, session, ring).recorded
    assert recorded[:2] == ("Contact: Phone, Reached", "Promise: Ring us")
    told = house.changes.told(_change(house, ann, session, Change(ring, Reply("nobody"))))
    assert told is not None
    assert told.undone == recorded[1:]


def test_a_refused_change_writes_nothing(house: House, ann: Person, talked: str) -> None:
    seq = house.moves.look(ann, talked).state.seq
    for sent in (Change(FIRST, Reply()), Change(TALK, Reply("fault"), "x" * 1_001)):
        with pytest.raises(RefusedError):
            house.changes.change(ann, talked, seq, sent)
    with pytest.raises(NotOnPathError):
        house.changes.change(ann, talked, seq, Change(("", "small", 1), Reply()))
    assert house.moves.look(ann, talked).state.seq == seq


def test_a_day_after_the_end_it_is_too_late(house: House, ann: Person, talked: str, clock: FakeClock) -> None:
    clock.pass_(timedelta(hours=25))
    with pytest.raises(TooLateError):
        house.changes.earlier(ann, talked, FIRST)
    with pytest.raises(TooLateError):
        _change(house, ann, talked, Change(TALK, Reply("fault")))


def test_nobody_else_may_look_or_change(house: House, ann: Person, bob: Person, talked: str) -> None:
    with pytest.raises(NotFoundError):
        house.changes.earlier(bob, talked, FIRST)
    with pytest.raises(NotFoundError):
        house.changes.change(bob, talked, 9, Change(TALK, Reply("fault")))


def test_a_visit_is_found_by_its_name_and_nothing_else_is() -> None:
    for key in (FIRST, ("/sorry.1:sorry", "say-it", 12)):
        assert found(named(key)) == key
    for name in ("", "check", "/check", "/check.", "/Check.1", "/check.1.x", "/check.1234567", "<b>/check.1"):
        with pytest.raises(NotFoundError):
            found(name)


def test_looking_back_a_change_from_afar_adds_no_time_to_its_step(house: House, ann: Person, clock: FakeClock) -> None:
    session = house.desk.start(ann, "late", Start({"client_name": "Zoë"}))
    for reply in (CHECKED, Reply("date")):
        clock.pass_(timedelta(seconds=20))
        _answer(house, ann, session, reply)
    clock.pass_(timedelta(minutes=5))
    _change(house, ann, session, Change(FIRST, CHECKED._replace(values={"amount": "200"}), "Misread"))
    steps = house.reviews.session(ann, session).steps
    assert [step.seconds for step in steps] == [20.0, 20.0, None]
    assert [(change.label, change.text) for change in steps[0].changes] == [("Amount due €120.00", "Misread")]


def test_an_answer_in_a_guide_that_was_called_is_changed_after_it(house: House, ann: Person, folder: Path) -> None:
    text = (folder / "sorry.yaml").read_text().replace("    next: said\n", "    ask: [heard]\n    next: said\n")
    (folder / "sorry.yaml").write_text(text.replace("outcomes:", "  heard: {type: text, label: Heard}\noutcomes:"))
    assert house.import_guides().problems == ()
    session = house.desk.start(ann, "late", Start({"client_name": "Zoë"}))
    look = _answer(house, ann, session, CHECKED, Reply("fault"), Reply(values={"heard": "Broken"}))
    said = ("/sorry.1:sorry", "say-it", 1)
    earlier = house.changes.earlier(ann, session, said)
    assert (earlier.look.screen.guide, earlier.look.screen.asks[0].value, earlier.to) == (
        "sorry",
        "Broken",
        "sorry/say-it",
    )
    after = _change(house, ann, session, Change(said, Reply(values={"heard": "Lost"})))
    assert after.state.visit.key == look.state.visit.key
    assert after.state.status == "ended"
