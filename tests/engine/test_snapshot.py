"""The fold kept beside the log: as short as can be, and the same session when it is taken up again."""

import json
from collections.abc import Callable
from typing import Any

from engine import walker
from engine.folds import restore, stored
from engine.replies import Reply
from engine.state import path
from engine.walker import Opening
from tests.engine.test_log import GUIDES, LATER, Session
from tests.engine.walks import NOW, Walk

Start = Callable[..., Walk]
BEGUN = ["en", "UTC", "phone", "C-7", "2026-03-02", {"client.name": "Ann", "agent.name": "Sam"}, {}]
FIRST = [None, 4, "2026-03-03", {"sum": "120.00", "day": "2026-03-09"}, {"sum": "120", "day": "2026-03-09"}, ["seen"]]
ENTERED = {"invoice": "A-1", "who": "Ann", "half": "60.00", "sum": "120.00", "day": "2026-03-09"}


def kept(session: Session) -> dict[str, Any]:
    """What is stored of a session, as it comes from the database; it leads to where the session stands."""
    packed: dict[str, Any] = json.loads(json.dumps(stored(session.state)))
    again = restore(GUIDES, packed)
    assert again.visit.values == session.state.visit.values
    assert [(visit.key, visit.answer) for visit in path(again)] == [
        (visit.key, visit.answer) for visit in path(session.state)
    ]
    assert again._replace(visit=session.state.visit) == session.state
    assert stored(again) == stored(session.state)
    return packed


def talking() -> Session:
    """A session in which the first step was approved and answered, on two days."""
    session = Session()
    session.does(walker.approve, "signed", True, "Fine", LATER)
    session.does(walker.answer, Reply(None, {"sum": "120", "day": "2026-03-09"}, ("seen",), typed=True), LATER)
    return session


def test_a_session_that_has_just_begun_keeps_how_it_began() -> None:
    packed = kept(Session())
    assert packed.pop("values") == {"invoice": "A-1", "who": "Ann", "half": None}
    assert packed == {
        "guide": "late",
        "started": BEGUN,
        "given": {"invoice": "A-1"},
        "seq": 2,
        "moved": 1,
        "answers": [],
        "trail": [0],
    }


def test_within_one_guide_the_way_is_kept_by_the_places_of_its_steps() -> None:
    packed = kept(talking())
    assert (packed["trail"], packed["answers"], packed["day"]) == ([0, 2], [FIRST], "2026-03-03")
    assert packed["values"] == ENTERED | {"plan": "later"}
    assert packed["approvals"] == [["", "look", 1, "signed", "given", "boss"]]
    assert "aside" not in packed


def test_what_lies_beside_the_path_and_what_was_written_is_kept() -> None:
    session = talking()
    session.answers("gone")
    session.does(walker.back, NOW)
    packed = kept(session)
    assert (packed["trail"], packed["answers"], packed["aside"]) == ([0, 2], [FIRST], [["", "talk", 1, "gone", 8]])
    where = ["", "talk", 1, "contact", "late:anytime.0.records.0.contact"]
    assert packed["records"] == [[*where, {"channel": "phone", "result": "refused"}, {}, {}, "C-7", None, "", 9]]


def test_notes_and_an_end_before_an_outcome_are_kept() -> None:
    session = talking()
    session.does(walker.note, "Rude", NOW)
    session.does(walker.nothing_fits, "Never", NOW)
    session.does(walker.pause, "Looks it up", NOW)
    assert kept(session)["paused"] == "Looks it up"
    session.does(walker.end, "hung up", NOW)
    packed = kept(session)
    assert (packed["ended_by"], packed["seq"], packed["moved"]) == ("hung up", 11, 11)
    assert packed["noted"] == [["", "talk", 1, "Rude", False], ["", "talk", 1, "Never", True]]
    assert restore(GUIDES, packed).noted == session.state.noted


def test_through_other_guides_the_way_is_walked_again() -> None:
    session = talking()
    session.answers("yes")
    packed = kept(session)
    assert "trail" not in packed
    assert packed["answers"] == [FIRST, ["yes", 8]]
    session.answers("cross", credit="5")
    assert kept(session)["answers"] == [FIRST, ["yes", 8], ["cross", 12, None, {"credit": "5.00"}]]


def test_a_skip_is_kept_with_its_reason_and_a_client_with_what_is_known() -> None:
    session = Session(facts={"promises_broken.client": 3})
    session.does(walker.approve, "signed", True, "Fine", LATER)
    session.answers(None, "seen", sum="9.00")
    session.does(walker.skip, "He knows", NOW)
    assert kept(session)["answers"][1] == [None, 8, None, None, {}, [], {}, "He knows"]
    session.does(walker.name_client, "C-8", {"client.name": "Bea"}, {}, LATER)
    assert kept(session)["named"]["client"] == "C-8"


def test_a_restored_session_goes_on_like_the_one_that_was_stored(walk: Start) -> None:
    """
    fields:
      sum: {type: integer, label: Sum, required: false}
      often: {type: integer, label: Often, value: "visits('ask')"}
    steps:
      ask:
        ask: [sum]
        question: Well
        options: [{id: again, label: Again, to: sort}, {id: stop, label: Stop, to: end}]
      sort: {branch: [{when: sum > 3, to: end}, {to: ask}]}
      end: {say: "{{ often }} {{ answered('ask', 'again') }}", outcome: done}
    """
    walked = walk().answer("again", sum=1).answer("again")
    restored = walked.restored
    assert (restored.values["often"], restored.visit.occurrence, restored.visit.tally.of("sort")) == (3, 3, (2, None))
    ended, expected = (walker.answer(state, Reply("again", {"sum": 4}), NOW) for state in (restored, walked.state))
    assert (ended.events, ended.state.values) == (expected.events, expected.state.values)
    assert stored(ended.state) == stored(expected.state)
    assert [visit.key for visit in path(ended.state)] == [visit.key for visit in path(expected.state)]


def test_a_stored_session_of_another_language_speaks_it() -> None:
    session = walker.start(GUIDES, "late", Opening({"invoice": "1"}, locale="de", time_zone="Europe/Vienna"), NOW)
    again = restore(GUIDES, json.loads(json.dumps(stored(session.state))))
    assert (again.locale, again.started) == ("de", session.state.started)
