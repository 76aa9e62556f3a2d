"""Whatever people do, in whatever order: the walker leads where FORMAT says, and so do its log and its stored fold.

Each walk is made twice, by the walker and by a slow, obvious reference. `make walks` makes 50,000 of them, the suite
500; HANDRAIL_WALK_COUNT says how many.
"""

import json
import os
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from importlib.resources import files
from random import Random
from textwrap import dedent
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from engine import documents
from engine.consequences import Turn
from engine.errors import WalkError
from engine.events import Changed
from engine.folds import held, restore, stored
from engine.journal import from_dict, to_dict
from engine.model import Guide
from engine.screen import build
from engine.state import State, not_undone, path, replay, standing
from engine.visits import Answer, Visit
from tests.engine.test_anytime import INNER, OWN, PRICE
from tests.engine.test_example import OTHER as APOLOGY
from tests.engine.test_example import TEXT as SHORT
from tests.engine.test_locks import LOCKS
from tests.engine.test_records import NAMED, PROMISE
from tests.engine.walks import NOW, compiled
from tests.reference import screen
from tests.reference.drawn import guides
from tests.reference.moves import ACTS, Pair
from tests.reference.session import Session
from tests.reference.trip import Place, Said

COUNT = int(os.environ.get("HANDRAIL_WALK_COUNT", "500"))
SEED = int(os.environ.get("HANDRAIL_WALK_SEED", "0"))
PARTS = 10
WRITTEN = 4
"""How many parts of all walks are walks of guides that somebody wrote."""

OFTEN = settings(
    max_examples=max(1, COUNT // PARTS),
    phases=(Phase.generate, Phase.shrink),
    deadline=None,
    database=None,
    derandomize=False,
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
)

numbers = st.integers(0, 2**32)
sizes = st.sampled_from(((4, 2), (5, 3, 2), (6, 4), (4, 3, 2), (7,), (3, 3, 3), (2, 1), (1,)))
often = {"answer": 16, "again": 4, "change": 6, "back": 4, "back-to": 3, "skip": 3, "produce": 2, "approve": 2}
acts = st.sampled_from([act for act in ACTS for _ in range(often.get(act, 1))])
move = st.tuples(acts, numbers)
moves = st.sampled_from((16, 12, 20, 8, 4, 2, 1)).flatmap(
    lambda length: st.lists(move, min_size=length, max_size=length)
)
Plan = list[tuple[str, int]]
Record = Callable[[str, object], None]

LOOP = """
guide: loop
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
guide: calls
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
SHIPPED = files("guides")
TEXTS: Mapping[str, tuple[str, ...]] = {
    "loop": (LOOP,),
    "calls": (CALLS, OTHER),
    "anytime": (OWN, PRICE, INNER),
    "locks": (LOCKS,),
    "promise": (dedent(PROMISE),),
    "client": (dedent(NAMED),),
    "late-payment-short": (SHORT, APOLOGY),
    "shipped": tuple(each.read_text() for each in SHIPPED.iterdir() if each.name.endswith(".yaml")),
}


def seen(state: State) -> dict[str, Any]:
    """Everything of a state that anybody can see or ask for."""
    numbers = {seq: number for number, seq in enumerate(state.records)}
    return {
        **shown(state),
        "status": (state.status, state.outcome, state.ended_by, state.client),
        "key": state.visit.key,
        "values": {id: value for id, value in state.values.items() if value is not None},
        "path": [_passed(visit) for visit in path(state)],
        "aside": {key: _said(each) for key, each in state.aside.items()},
        "ledger": [
            (each.key, *each.due, each.client, numbers.get(each.replaces), each.ended)  # type: ignore[arg-type]
            for each in state.records.values()
        ],
        "standing": [numbers[seq] for seq in standing(state)],
        "not undone": [numbers[seq] for seq in not_undone(state)],
        "noted": [tuple(each) for each in state.noted],
        "approvals": {at: tuple(approval) for at, approval in state.approvals.items()},
    }


def shown(state: State) -> dict[str, Any]:
    """What is on the screen, as the reference tells it."""
    plain = build(state).to_dict()
    texts = ("step", "title", "say", "points", "never", "note", "question")
    asks = ("field", "required", "min", "max", "value", "typed")
    options = ("id", "hint", "allowed", "because", "override", "chosen")
    papers = [(each["id"], documents.produce(state, each["id"])) for each in plain["documents"]]
    return {
        **{name: plain[name] for name in (*texts, "guide", "skippable")},
        "before": [{name: each[name] for name in texts} for each in plain["before"]],
        "checks": {each["id"]: each["ticked"] for each in plain["checks"]},
        "asks": [{name: each[name] for name in asks} for each in plain["asks"]],
        "options": [{name: each[name] for name in options} for each in plain["options"]],
        "anytime": [{name: each[name] for name in options} for each in plain["anytime"]],
        "documents": [(id, produced.subject, produced.body) for id, produced in papers],
        "missing": sorted(plain["missing"]),
        "outcome": plain["outcome"] and plain["outcome"]["id"],
    }


def _passed(visit: Visit) -> Any:
    said = _said(visit.answer) if visit.answer else None
    return visit.key, said, {id: value for id, value in visit.values.items() if value is not None}


def _said(answer: Answer | Said) -> Any:
    values, hidden = dict(answer.values), dict(answer.hidden)
    return answer.option, values, answer.checks, answer.reasons, answer.today, answer.skip, answer.opened, hidden


def expected(session: Session) -> dict[str, Any]:
    """The same of the reference."""
    place, shown = session.place, screen.screen(session)
    return {
        **shown,
        "status": (session.status, shown["outcome"], session.ended_by, session.client),
        "key": place.key,
        "values": {id: value for id, value in place.scope.values.items() if value is not None},
        "path": [_placed(place) for place in session.path],
        "aside": {key: _said(said) for key, said in session.aside.items()},
        "ledger": [(*each.due, each.client, each.replaces, each.ended) for each in session.ledger],
        "standing": session.standing,
        "not undone": session.not_undone,
        "noted": session.notes,
        "approvals": session.approvals,
    }


def _placed(place: Place) -> Any:
    said = _said(place.said) if place.said else None
    return place.key, said, {id: value for id, value in place.scope.values.items() if value is not None}


def walked(pair: Pair, plan: Plan) -> None:
    """Make all these moves, and look at everything after each; two of three go on from what was stored."""
    assert seen(pair.state) == expected(pair.session)
    for act, number in plan:
        pair.make(act, number)
        now = seen(pair.state)
        assert now == expected(pair.session)
        kept = json.loads(json.dumps(stored(pair.state)))
        assert seen(restore(pair.guides, kept)) == now
        again = held(pair.state, stored(pair.state))
        assert stored(again) == stored(pair.state)
        if number % 3:
            pair.state = restore(pair.guides, kept) if number % 3 == 1 else again
    log = tuple(from_dict(json.loads(json.dumps(to_dict(event)))) for event in pair.events)
    assert log == pair.events
    assert seen(replay(pair.guides, log)) == seen(pair.state)
    unmoved(pair, plan[0][1])


def unmoved(pair: Pair, number: int) -> None:
    """Nothing off the path influences anything: whatever was said there, only the suggestions differ."""
    state, here = pair.state, pair.state.visit.key
    assert apart(poisoned(state)) == apart(state)
    for act in ("answer", "back", "change", "skip"):
        request, _ = ACTS[act](pair.session, Random(number), NOW.today)
        assert led(request, poisoned(state, here)) == led(request, state)


def poisoned(state: State, spared: Any = None) -> State:
    """The state with other answers wherever they do not lie on the path, the one to the visit `spared` excepted."""
    said = {key: each if key == spared else _other(each) for key, each in state.aside.items()}
    return state._replace(aside=said)


def _other(answer: Answer) -> Answer:
    values = {id: _another(value) for id, value in answer.values.items()}
    return answer._replace(option="other", values=values, typed={}, checks=("other",), reasons={}, skip=None)


def _another(value: Any) -> Any:
    match value:
        case bool():
            return not value
        case int() | Decimal():
            return value + 1
        case date():
            return value + timedelta(days=1)
        case _:
            return "other"


def led(request: Callable[[State], Turn], state: State) -> Any:
    """Where a request leads and what it tells, or why it is refused."""
    try:
        turn = request(state)
    except WalkError as error:
        return str(error)
    told = [event.body for event in turn.events if not isinstance(event.body, Changed)]
    return told, apart(turn.state)


def apart(state: State) -> dict[str, Any]:
    """What is seen of a state, apart from suggestions."""
    whole = seen(state)
    asks = [{**each, "value": None, "typed": None} for each in whole["asks"]]
    options = {name: [{**each, "chosen": False} for each in whole[name]] for name in ("options", "anytime")}
    return {**whole, **options, "asks": asks, "checks": list(whole["checks"]), "aside": list(whole["aside"])}


@cache
def known(name: str) -> Mapping[str, Guide]:
    """The guides of a name, compiled once."""
    return compiled(*TEXTS[name])


def of_drawn(number: int, some: tuple[int, ...]) -> Pair:
    """A session of a guide that nobody wrote."""
    return Pair(guides(number, some), "small", number)


def of_written(name: str, number: int) -> Pair:
    """A session of one of the guides known by this name."""
    some = known(name)
    return Pair(some, Random(number).choice(sorted(some)), number)


def make(walk: SearchStrategy[Pair], part: int, record: Record) -> None:
    """Make the share of one part of all walks, and note how many walks and moves there were."""
    made = Counter[str]()

    @seed(SEED * PARTS + part)
    @OFTEN
    @given(walk, moves)
    def one(pair: Pair, plan: Plan) -> None:
        made.update(walks=1, moves=len(plan))
        walked(pair, plan)

    one()
    for what, count in made.items():
        record(what, count)


@pytest.mark.parametrize("part", range(PARTS - WRITTEN))
def test_walks_of_drawn_guides(part: int, record_property: Record) -> None:
    make(st.builds(of_drawn, numbers, sizes), part, record_property)


@pytest.mark.parametrize("part", range(PARTS - WRITTEN, PARTS))
def test_walks_of_written_guides(part: int, record_property: Record) -> None:
    make(st.builds(of_written, st.sampled_from(sorted(TEXTS)), numbers), part, record_property)
