"""What a guide knows from outside: who calls, the client, the house, and the facts of the ledger."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from engine import walker
from engine.errors import RefusedError
from engine.events import TakenOver
from engine.walker import Opening
from engine.walkthroughs import no_records
from tests.engine.walks import NOW, Walk, compiled

Start = Callable[..., Walk]

CALLING = """
    fields:
      me: {type: text, label: Me, from: agent.name}
      broken: {type: integer, fact: promises_broken, days: 365}
    steps:
      hello: {say: "{{ me }} {{ broken }}", next: over}
      over: {call: {guide: other, otherwise: end}}
      end: {outcome: done}
    ---
    guide: other
    fields:
      caller: {type: text, label: Caller, from: agent.name}
      rate: {type: percent, label: Rate, from: setting.rate}
      often: {type: integer, fact: promises_broken, days: 365}
      ours: {type: integer, fact: promises_broken, by: us}
    steps:
      read: {say: "{{ caller }} {{ rate }} {{ often }} {{ ours }}", next: end}
      end: {outcome: done}
"""
GUIDES = compiled(*(part.replace("\n    ", "\n").strip() for part in CALLING.split("---")))


def begun(**opening: object) -> Walk:
    """A session of the calling guide that was opened so."""
    walk = Walk.__new__(Walk)
    turn = walker.start(GUIDES, "small", Opening(**{"given": {}, **opening}), NOW)  # type: ignore[arg-type]
    walk.guides, walk.state, walk.events = GUIDES, turn.state, turn.events
    return walk


def test_every_guide_on_the_way_knows_what_comes_from_outside() -> None:
    walk = begun(sources={"agent.name": "Kim", "setting.rate": "8.5"}, facts={"promises_broken.client.365": 2})
    assert walk.values == {"me": "Kim", "broken": 2}
    assert str(walk.answer().values["rate"]) == "8.5"
    assert {id: walk.values[id] for id in ("caller", "often")} == {"caller": "Kim", "often": 2}


def test_a_replay_needs_nothing_but_the_log() -> None:
    walk = begun(sources={"agent.name": "Kim"}, facts={"promises_broken.client.365": 2}).answer()
    assert walk.replayed.values == walk.restored.values == walk.state.values


def test_whoever_takes_it_over_goes_on_under_their_own_name() -> None:
    walk = begun(sources={"agent.name": "Kim", "setting.rate": "8.5"}).answer()
    moved = walk.state.moved
    walk.went(walker.take_over(walk.state, {"agent.name": "Lou"}, NOW))
    assert walk.screen.content.say == "Lou 8.5% [often] [ours]"
    assert (walk.here, walk.state.moved, walk.state.seq) == ("read", moved, len(walk.events))
    assert walk.kinds[-3:] == ["taken_over", "called", "step_shown"]
    assert walk.replayed.values == walk.restored.values == walk.state.values
    assert walk.back().values == {"me": "Lou"}


def test_the_same_person_again_changes_nothing() -> None:
    walk = begun(sources={"agent.name": "Kim"})
    walk.went(walker.take_over(walk.state, {"agent.name": "Kim"}, NOW))
    assert (walk.kinds[-1], walk.events[-1].body) == ("taken_over", TakenOver(1))


def test_an_answer_that_holds_for_one_person_only_is_asked_of_the_next(walk: Start) -> None:
    """
    fields:
      me: {type: text, label: Me, from: agent.name}
    steps:
      ask:
        question: Whose is it?
        options: [{id: mine, label: Mine, when: me == 'Kim', to: wait}, {id: other, label: Other, to: wait}]
      wait: {say: Wait, next: end}
      end: {outcome: done}
    """
    walked = walk(me="Kim").answer("mine")
    walked.went(walker.pause(walked.state, "lunch", NOW))
    walked.went(walker.take_over(walked.state, {"agent.name": "Lou"}, NOW))
    assert (walked.here, walked.state.status, walked.state.moved) == ("ask", "paused", walked.state.seq - 1)


def test_what_nobody_knows_is_missing() -> None:
    assert begun().values == {}
    assert begun().screen.missing == ("me", "broken")


def test_what_a_field_cannot_hold_is_missing() -> None:
    assert "rate" not in begun(sources={"setting.rate": "a lot"}).answer().values


def test_in_a_preview_the_own_fields_say_it_for_all_guides() -> None:
    walk = begun(preview=True, given={"me": "Kim", "broken": 2}, facts={"promises_broken.us": 0})
    assert walk.answer().values == {"caller": "Kim", "often": 2, "ours": 0}


def test_otherwise_nobody_gives_what_comes_from_outside() -> None:
    with pytest.raises(RefusedError, match="'broken' is not given"):
        begun(given={"broken": 0})


def test_sessions_are_counted_by_guide(walk: Start) -> None:
    """
    fields:
      before: {type: integer, fact: sessions, days: 30}
      contacts: {type: integer, fact: contacts}
    steps:
      read: {say: "{{ before }} {{ contacts }}", next: end}
      end: {outcome: done}
    """
    assert dict(walk().state.guide.outside) == {"before": "sessions.small.30", "contacts": "contacts"}


AGREED = {"agreement.terms.limit": "250.00", "agreement.terms.ways": ["post"], "agreement.terms.since.30": "2026-02-30"}


def test_what_was_agreed_is_read_as_its_field_says(walk: Start) -> None:
    """
    fields:
      limit: {type: money, currency: EUR, label: Limit, fact: agreement, id: terms, field: limit}
      ways: {type: choices, options: {post: Post, phone: Phone}, fact: agreement, id: terms, field: ways}
      since: {type: date, fact: agreement, id: terms, field: since, days: 30}
    steps:
      read: {say: "{{ limit }} {{ coalesce(since, today) }} {{ ways }}", next: end}
      end: {outcome: done}
    """
    guide = walk().state.guide
    assert set(dict(guide.outside).values()) == AGREED.keys()
    known = walker.start({"small": guide}, "small", Opening({}, facts=AGREED), NOW).state
    assert known.values == {"limit": Decimal(250), "ways": ("post",)}


def test_without_a_record_nothing_is_agreed(walk: Start) -> None:
    """
    fields: {limit: {type: integer, label: Limit, fact: agreement, id: terms, field: limit}}
    steps:
      read: {say: "{{ limit }}", next: end}
      end: {outcome: done}
    """
    assert no_records({"small": walk().state.guide}) == {}
    assert walk().screen.missing == ("limit",)
