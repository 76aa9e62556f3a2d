"""A state is its events folded: whatever people do, in whatever order."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import walker
from engine.consequences import Turn
from engine.errors import NotOnPathError, WalkError
from engine.events import from_dict, to_dict
from engine.fields.catalogue import plain
from engine.model import Guide
from engine.records import due
from engine.replies import Reply, asked, offered
from engine.screen import build
from engine.state import State, find, outside, path, replay, restore, standing, stored
from engine.walker import Opening
from tests.engine.walks import NOW, Walk, compiled, without_suggestions

Start = Callable[..., Walk]

LOOP = """
fields:
  name: {type: text, label: Name, given: true}
  sum: {type: integer, label: Sum, required: false, max: 40}
  twice: {type: integer, label: Twice, value: sum * 2}
  broken: {type: integer, fact: promises_broken, days: 365}
  plan: {type: choice, label: Plan, options: [{id: a, label: A}, {id: b, label: B}]}
stages: {talk: Talk, close: Close}
steps:
  ask:
    stage: talk
    say: Hello {{ name }}, {{ twice }}, {{ plan }}
    checks: [{id: seen, label: Seen}]
    ask: [sum]
    question: Well
    options:
      - {id: again, label: Again, to: more, records: [{contact: {channel: phone, result: reached, when: sum > 5}}]}
      - {id: stop, label: Stop, to: decide}
      - {id: odd, label: Odd, to: end, when: twice > 20}
  more:
    ask: [{field: plan, when: sum > 10}]
    documents: [note]
    records:
      - promise: {by: us, what: "Plan {{ plan }}", due: today + days(2)}
      - remedy: {kind: credit, amount: sum, cause: Sum}
    next: ask
  decide:
    branch:
      - {when: "visits('ask') > 2 or plan == 'b' or broken > 40", to: end}
      - {to: more}
  end: {stage: close, say: "Bye {{ name }}", records: [{recognition: {what: "Bye {{ twice }}"}}], outcome: done}
documents:
  note: {kind: summary, title: Note, body: "{{ sum }} of {{ name }}"}
"""

CALLS = """
fields:
  got: {type: money, currency: EUR, label: Got}
  when_due: {type: date, label: When}
steps:
  first:
    question: Well
    options:
      - {id: call, label: Call, to: over}
      - {id: ask, label: Ask, to: due, set: {got: "5"}}
      - {id: done, label: Done, to: end}
  over: {call: {guide: other, with: {limit: "20"}, take: {got: sum}, on: {fine: due}, otherwise: first}}
  due:
    say: "{{ got | money }}"
    ask: [when_due]
    records: [{promise: {by: client, what: Pay, due: when_due, amount: got}}]
    next: first
  end: {outcome: done}
"""
OTHER = """
guide: other
fields:
  limit: {type: money, currency: EUR, label: Limit, given: true}
  sum: {type: money, currency: EUR, label: Sum, max: limit}
outcomes: {fine: {label: Fine, kind: success}, poor: {label: Poor, kind: failure}}
steps:
  listen: {ask: [sum], question: Well, options: [{id: good, label: Good, to: thanks}, {id: bad, label: Bad, to: sorry}]}
  thanks: {say: "Thanks for {{ sum }}", outcome: fine}
  sorry: {records: [{recognition: {what: Listened}}], outcome: poor}
"""

TEXTS = {"loop": (f"guide: loop{LOOP}",), "calls": (f"guide: calls{CALLS}", OTHER.strip())}


@cache
def guides_of(name: str) -> Mapping[str, Guide]:
    """The guides of a walk, compiled once."""
    return compiled(*TEXTS[name])


ACTS = ("answer", "answer", "answer", "wrong", "back", "back-to", "change", "note", "end", "cancel", "produce", "name")
acts = st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 99)), max_size=25)


def reply_to(state: State, number: int) -> Reply:
    """Some answer to the step on the screen; `number` chooses which."""
    visit = state.visit
    samples = {
        "integer": number % 50,
        "text": f"t{number}",
        "money": number % 25,
        "date": f"2026-03-{number % 28 + 1:02}",
    }
    values: dict[str, Any] = {}
    for ask in asked(visit):
        kind = visit.frame.guide.fields[ask.field].type
        values[ask.field] = samples.get(kind, "ab"[number % 2]) if number % 5 else None
    options = offered(visit)
    checks = tuple(check.id for check in visit.step.checks if number % 2)
    return Reply(options[number % len(options)].id if options else None, values, checks)


def done(walk: Walk, act: str, number: int) -> None:
    """Carry out one act; what the walker refuses changes nothing."""
    state = walk.state
    steps = [f"{visit.frame.guide.id}/{visit.step.id}" for visit in path(state) if visit.answer]
    some = steps[number % len(steps)] if steps else "none"
    now = NOW._replace(today=date(2026, 3, 1 + number % 5))
    requests: Mapping[str, Callable[[], Turn]] = {
        "answer": lambda: walker.answer(state, reply_to(state, number), now),
        "wrong": lambda: walker.answer(state, Reply("no-such", {"nothing": number}), now),
        "back": lambda: walker.back(state, now),
        "back-to": lambda: walker.back(state, now, some),
        "change": lambda: walker.change(state, some, reply_to(find_step(state, some), number), now, "misheard"),
        "note": lambda: walker.note(state, f"note {number}", now),
        "end": lambda: walker.end(state, "enough", now),
        "cancel": lambda: walker.cancel_record(state, number % 20, "enough", now),
        "name": lambda: walker.name_client(state, f"c{number % 3}", {}, {"promises_broken.client.365": number}, now),
        "produce": lambda: walker.produce(state, "note", now),
    }
    try:
        turn = requests[act]()
    except WalkError:
        assert walk.state is state
        return
    assert [event.seq for event in turn.events] == list(range(state.seq + 1, turn.state.seq + 1))
    walk.state, walk.events = turn.state, walk.events + turn.events


def find_step(state: State, name: str) -> State:
    """The state with the cursor on the latest visit of a step, to make a reply for it."""
    guide, _, step = name.rpartition("/")
    visits = [each for each in path(state) if (each.step.id, each.frame.guide.id) == (step, guide) and each.answer]
    return state._replace(visit=visits[-1]) if visits else state


def walked(name: str, plan: list[tuple[str, int]]) -> Walk:
    """A walk of one of the guides after all these acts."""
    given = {"name": "*Ann* <b>"} if name == "loop" else {}
    walk = Walk(guides_of(name), name, given)
    for act, number in plan:
        done(walk, act, number)
    return walk


def seen(state: State) -> dict[str, Any]:
    """Everything of a state that anybody can see or ask for."""
    return {
        "screen": build(state).to_dict(),
        "values": dict(state.values),
        "path": [(*visit.key, visit.answer, dict(visit.values)) for visit in path(state)],
        "aside": dict(state.aside),
        "records": (dict(state.records), dict(standing(state)), state.produced),
        "status": (state.status, state.outcome, state.seq, state.moved, state.ended_by),
    }


@pytest.mark.parametrize("name", TEXTS)
@settings(max_examples=120, deadline=None)
@given(plan=acts)
def test_a_replay_of_the_log_gives_the_same_state(name: str, plan: list[tuple[str, int]]) -> None:
    walk = walked(name, plan)
    log = json.loads(json.dumps([to_dict(event) for event in walk.events]))
    events = tuple(map(from_dict, log))
    assert events == walk.events
    assert seen(replay(walk.guides, events)) == seen(walk.state)


@pytest.mark.parametrize("name", TEXTS)
@settings(max_examples=120, deadline=None)
@given(plan=acts)
def test_a_stored_state_is_restored(name: str, plan: list[tuple[str, int]]) -> None:
    walk = walked(name, plan)
    kept = json.loads(json.dumps(stored(walk.state)))
    assert seen(restore(walk.guides, kept)) == seen(walk.state)


@pytest.mark.parametrize("name", TEXTS)
@settings(max_examples=120, deadline=None)
@given(plan=acts)
def test_nothing_off_the_path_influences_anything(name: str, plan: list[tuple[str, int]]) -> None:
    state = walked(name, plan).state
    clean = straight(guides_of(name), state)
    bare = without_suggestions(state)
    assert dict(clean.values) == dict(state.values)
    assert [visit.key for visit in path(clean)] == [visit.key for visit in path(state)]
    assert build(clean) == build(bare)


def records_of(state: State) -> list[tuple[Any, Any]]:
    """What stands, without where in the log it was written."""
    return sorted([(each.key, each.due) for each in standing(state).values()], key=repr)


@pytest.mark.parametrize("name", TEXTS)
@settings(max_examples=120, deadline=None)
@given(plan=acts)
def test_what_stands_is_what_the_path_asks_for_and_no_more(name: str, plan: list[tuple[str, int]]) -> None:
    state = walked(name, plan).state
    wanted = [(visit.key, each) for visit in path(state) for each in due(visit, state.locale)]
    assert records_of(state) == sorted(wanted, key=repr)
    assert records_of(straight(guides_of(name), state)) == records_of(state)


@pytest.mark.parametrize("name", TEXTS)
@settings(max_examples=60, deadline=None)
@given(plan=acts, times=st.integers(1, 4))
def test_back_and_again_leaves_the_same_records(name: str, plan: list[tuple[str, int]], times: int) -> None:
    state = walked(name, plan).state
    before, now = standing(state), NOW._replace(today=date(2026, 4, 1))
    answered = [visit.answer for visit in path(state) if visit.answer][-times:]
    after = state if state.ended_by is None else walker.back(state, now).state
    for _ in answered:
        after = walker.back(after, now).state
    for answer in answered:
        values = {id: plain(value) for id, value in answer.values.items()}
        after = walker.answer(after, Reply(answer.option, values, answer.checks), now).state
    assert standing(after) == before


def straight(guides: Mapping[str, Guide], state: State) -> State:
    """A walk that gives the answers on the path of another one, and no others."""
    known = outside(state.started, state.named)
    opening = Opening(dict(state.started.given), state.locale, facts=known, client=state.client)
    clean = walker.start(guides, state.guide.id, opening, NOW._replace(today=state.started.today)).state
    for visit in path(state):
        if visit.answer:
            values = {id: plain(value) for id, value in visit.answer.values.items()}
            reply = Reply(visit.answer.option, values, visit.answer.checks)
            clean = walker.answer(clean, reply, NOW._replace(today=visit.answer.today)).state
    return clean


def test_answers_typed_in_a_locale_survive_being_stored() -> None:
    guides = compiled(
        "fields:\n  sum: {type: money, currency: EUR, label: Sum}\n"
        "steps:\n  a: {ask: [sum], next: b}\n  b: {say: '{{ sum }}', next: c}\n  c: {outcome: done}"
    )
    begun = walker.start(guides, "small", Opening({}, "de"), NOW).state
    state = walker.answer(begun, Reply(values={"sum": "1.234,5"}, typed=True), NOW).state
    back = walker.back(restore(guides, json.loads(json.dumps(stored(state)))), NOW).state
    assert (build(back).asks[0].typed, build(back).asks[0].value) == ("1.234,5", "1234.50")


def test_a_visit_that_is_not_on_the_path_is_not_found(walk: Start) -> None:
    """
    steps:
      read: {say: Read this, next: end}
      end: {outcome: done}
    """
    with pytest.raises(NotOnPathError, match="'end'"):
        find(walk().state, ("", "end", 1))
