"""What the product always offers beside a guide's own answers: another guide, a flag, a pause, a hand-over."""

from collections.abc import Callable, Mapping
from datetime import date

import pytest

from engine import walker
from engine.consequences import Turn
from engine.errors import EndedError, RefusedError, TooManyFramesError
from engine.events import (
    Answered,
    Called,
    GuideOpened,
    HandedOver,
    Moment,
    NothingFitted,
    Paused,
    Recorded,
    StepFlagged,
    TakenOver,
)
from engine.model import Guide
from engine.path import MOST_FRAMES
from engine.replies import Reply
from engine.state import Noted, State, replay
from tests.engine.walks import NOW, Walk, compiled

MORROW = date(2026, 3, 3)
MAIN = """
guide: main
title: Main
start: ask
fields:
  name: {type: text, label: Name}
steps:
  ask:
    say: Hello
    ask: [name]
    records: [{recognition: {what: "Thanks, {{ name }}"}}]
    next: end
  end: {outcome: done}
"""
OTHER = """
guide: other
title: Other
start: talk
fields:
  name: {type: text, label: Who, given: true}
  day: {type: date, label: Day, given: true, required: false}
steps:
  talk: {say: "This is about {{ name }}", next: end}
  end: {outcome: done}
"""


@pytest.fixture
def main() -> Walk:
    return Walk({"main": compiled(MAIN)["main"]}, "main", {})


@pytest.fixture
def other() -> Mapping[str, Guide]:
    return {"other": compiled(OTHER)["other"]}


def opened(walk: Walk, guides: Mapping[str, Guide], **given: str) -> Walk:
    """The walk after it opened the other guide; a log is read with all the guides that it pins."""
    turn = walker.open_guide(walk.state, guides, "other", Reply(values=given), NOW)
    walk.guides = {**walk.guides, **guides}
    return walk.went(turn)


def test_a_guide_opened_comes_back_to_the_step_and_brings_nothing(main: Walk, other: Mapping[str, Guide]) -> None:
    opened(main, other, name="Ann", day="2026-03-01")
    assert main.screen.content.say == "This is about Ann"
    assert [type(event.body) for event in main.events[2:4]] == [GuideOpened, Called]
    main.answer()
    assert (main.here, main.state.visit.occurrence, main.values) == ("ask", 2, {})
    assert not any(isinstance(event.body, Recorded) for event in main.events)


def test_an_opened_guide_is_the_same_from_log_and_fold(main: Walk, other: Mapping[str, Guide]) -> None:
    walk = opened(main, other, name="Ann", day="2026-03-01")
    for there in (walk.replayed, walk.restored):
        assert there.visit.key == walk.state.visit.key
        assert there.values == walk.state.values


COUNTED = OTHER.replace(
    "  day:", "  tries: {type: integer, label: Tries, fact: contacts, days: 30}\n  day:", 1
).replace("about {{ name }}", "try {{ tries }}")
TRIES = "contacts.30"


def counting(walk: Walk, **facts: int) -> Walk:
    """The walk after it opened a guide that reads a figure, with the ledger's figures."""
    guides = {"other": compiled(COUNTED)["other"]}
    given, known = Reply(values={"name": "Ann"}), {TRIES: 3, **facts}
    turn = walker.open_guide(walk.state, guides, "other", given, NOW, known)
    walk.guides = {**walk.guides, **guides}
    return walk.went(turn)


def test_a_guide_opened_gets_the_figures_that_only_it_reads(main: Walk) -> None:
    walk = counting(main.note("Calm"), other=1)
    assert walk.screen.content.say == "This is try 3"
    body = walk.events[3].body
    assert isinstance(body, GuideOpened)
    assert body.facts == {TRIES: 3, "other": 1}
    for there in (walk.replayed, walk.restored):
        assert (there.visit.key, there.values) == (walk.state.visit.key, walk.state.values)
    assert walk.back().here == "ask"


def test_figures_of_a_client_named_before_or_after_are_theirs(main: Walk) -> None:
    named = main.went(walker.name_client(main.state, "C-7", {}, {}, NOW))
    walk = counting(named)
    assert walk.screen.content.say == "This is try 3"
    assert (walk.replayed.values, walk.restored.values) == (walk.values, walk.values)
    other = walk.went(walker.name_client(walk.state, "C-8", {}, {TRIES: 5}, NOW))
    assert (other.screen.content.say, other.replayed.values) == ("This is try 5", other.values)
    nobody = other.went(walker.name_client(other.state, "C-9", {}, {}, NOW))
    assert "tries" not in nobody.values


def test_a_guide_that_the_session_knew_keeps_its_figures(main: Walk) -> None:
    walk = counting(main).answer()
    again = walker.open_guide(walk.state, walk.guides, "other", Reply(values={"name": "Bo"}), NOW, {TRIES: 9})
    assert walk.went(again).screen.content.say == "This is try 3"


def test_what_was_opened_is_kept_when_an_earlier_answer_changes(other: Mapping[str, Guide]) -> None:
    text = MAIN.replace("start: ask", "start: first").replace(
        "steps:\n", "steps:\n  first: {ask: [name], next: ask}\n", 1
    )
    walk = Walk({"main": compiled(text)["main"]}, "main", {}).answer(name="Bo")
    opened(walk, other, name="Ann").change("first", name="Cy")
    assert (walk.here, walk.screen.content.say) == ("talk", "This is about Ann")
    assert walk.replayed.visit.key == walk.state.visit.key


def test_going_back_from_an_opened_guide_leaves_no_suggestion(main: Walk, other: Mapping[str, Guide]) -> None:
    opened(main, other, name="Ann").back()
    assert (main.here, main.state.suggestion) == ("ask", None)
    main.answer(name="Bo")
    assert isinstance(main.events[-5].body, Answered)


def test_what_a_guide_needs_is_asked_before_it_opens(main: Walk, other: Mapping[str, Guide]) -> None:
    with pytest.raises(RefusedError, match="Enter who"):
        opened(main, other)


def test_what_the_session_was_told_needs_not_be_given_to_a_guide_that_opens() -> None:
    main = Walk(
        {"main": compiled(MAIN.replace("label: Name", "label: Name, from: client.name"))["main"]},
        "main",
        {"name": "Ann"},
    )
    other = {"other": compiled(OTHER.replace("given: true}", "given: true, from: client.name}", 1))["other"]}
    opened(main, other)
    assert main.screen.content.say == "This is about Ann"


def test_a_guide_opens_no_deeper_than_guides_can_call(main: Walk, other: Mapping[str, Guide]) -> None:
    for _ in range(MOST_FRAMES - 1):
        opened(main, other, name="Ann")
    with pytest.raises(TooManyFramesError, match="8 guides are open"):
        opened(main, other, name="Ann")


def test_a_pinned_guide_stays_as_it_was_pinned(main: Walk, other: Mapping[str, Guide]) -> None:
    opened(main, other, name="Ann").answer()
    newer = {"other": compiled(OTHER.replace("This is about", "All about"))["other"]}
    again = walker.open_guide(main.state, newer, "other", Reply(values={"name": "Bo"}), NOW)
    assert again.content is not None
    assert again.content.say == "This is about Bo"


def test_a_pause_keeps_the_step_and_any_answer_takes_it_up(main: Walk) -> None:
    paused = walker.pause(main.state, " rings back at noon ", NOW)
    assert (paused.state.status, paused.state.paused) == ("paused", "rings back at noon")
    assert paused.events[0].body == Paused(1, "rings back at noon")
    assert replay(main.guides, [*main.events, *paused.events]).paused == "rings back at noon"
    assert walker.answer(paused.state, Reply(values={"name": "Bo"}), NOW).state.paused is None


def test_a_pause_is_kept_in_the_fold_and_ends_when_it_is_taken_up(main: Walk) -> None:
    main.went(walker.pause(main.state, "lunch", NOW))
    assert main.restored.paused == "lunch"
    resumed = walker.resume(main.state, NOW)
    assert (resumed.state.status, len(resumed.events)) == ("active", 1)
    assert walker.resume(resumed.state, NOW).events == ()


@pytest.mark.parametrize(
    ("asked", "body"),
    [
        (lambda state: walker.flag(state, " too long ", NOW), StepFlagged(1, "too long")),
        (lambda state: walker.nothing_fits(state, "It depends ", NOW), NothingFitted(1, "It depends")),
        (lambda state: walker.hand_over(state, "billing", " call at 3 ", NOW), HandedOver(1, "billing", "call at 3")),
        (lambda state: walker.take_over(state, {}, NOW), TakenOver(1)),
    ],
)
def test_what_is_only_told_moves_nothing(main: Walk, asked: Callable[[State], Turn], body: object) -> None:
    moved, visit = main.state.moved, main.state.visit
    turn = asked(main.state)
    assert [event.body for event in turn.events] == [body]
    main.went(turn)
    assert (main.state.moved, main.state.visit, main.state.seq) == (moved, visit, 3)


def test_the_clients_words_stay_with_the_step_they_were_said_at(main: Walk) -> None:
    key = main.state.visit.key
    heard = walker.nothing_fits(main.state, "It depends ", NOW).state
    assert (heard.noted, heard.moved) == ((Noted(key, "It depends", words=True),), main.state.moved)
    named = walker.name_client(heard, "C-7", {}, {}, NOW).state
    answered = walker.answer(named, Reply(values={"name": "Bo"}), NOW).state
    back = walker.back(walker.note(answered, "Sounds tired", NOW).state, NOW).state
    assert named.noted == answered.noted == back.noted[:1] == heard.noted
    assert back.noted[1] == Noted(answered.visit.key, "Sounds tired")


@pytest.mark.parametrize("say", [walker.flag, walker.nothing_fits, walker.pause])
def test_what_is_told_needs_words(main: Walk, say: Callable[[State, str, Moment], Turn]) -> None:
    with pytest.raises(RefusedError):
        say(main.state, "  ", NOW)


@pytest.mark.parametrize("say", [walker.nothing_fits, walker.pause])
def test_after_the_end_only_a_flag_and_a_note_are_told(main: Walk, say: Callable[[State, str, Moment], Turn]) -> None:
    over: State = main.end().state
    assert walker.flag(over, "too long", NOW).events
    with pytest.raises(EndedError):
        say(over, "words", NOW)


def test_the_same_guide_opened_again_keeps_its_day(main: Walk, other: Mapping[str, Guide]) -> None:
    opened(main, other, name="Ann").back()
    later = walker.open_guide(main.state, other, "other", Reply(values={"name": "Ann"}), NOW._replace(today=MORROW))
    changed = walker.open_guide(main.state, other, "other", Reply(values={"name": "Bo"}), NOW._replace(today=MORROW))
    assert [turn.state.visit.today for turn in (later, changed)] == [NOW.today, MORROW]
