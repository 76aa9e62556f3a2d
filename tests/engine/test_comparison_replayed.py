"""What `can_migrate` says is true: the answers of any session, given anew in any other version, tell the same."""

import copy
from collections.abc import Callable, Mapping
from random import Random
from typing import Any

from hypothesis import event, given, settings
from hypothesis import strategies as st

from engine import source, walker
from engine.comparison.migration import can_migrate
from engine.compiler import compile_guides
from engine.errors import HandrailError
from engine.fields.catalogue import plain
from engine.model import Guide
from engine.replies import Reply, asked, offered, offered_anytime
from engine.state import State, path
from engine.visits import Visit
from engine.walker import Opening
from tests.engine.comparisons import written
from tests.engine.walks import NOW

OLD = """\
guide: old
title: Old
fields:
  name: {type: text, label: Name, given: true}
  sum: {type: money, currency: EUR, label: Sum, min: 1, max: 100}
  way: {type: choice, label: Way, required: false, options: [{id: post, label: Post}, {id: mail, label: Mail}]}
  mark: {type: integer, label: Mark, min: 0, max: 9, required: false}
  word: {type: text, label: Word}
outcomes: {done: {label: Done, kind: success}, lost: {label: Lost, kind: failure}}
anytime:
  - {id: hangs-up, label: Hangs up, outcome: lost}
  - {id: over, label: Over at once, to: bye}
  - {id: aside, label: Aside, call: {guide: inner, with: {whom: name}, take: {word: word}}}
steps:
  hello:
    say: Hello
    ask: [sum, way]
    checks: [{id: seen, label: Seen, required: true}, {id: heard, label: Heard}]
    branch: [{when: sum > 50, to: choose}, {to: more}]
  choose:
    question: Which?
    options:
      - {id: again, label: Again, to: hello}
      - {id: inside, label: Inside, to: calls}
      - {id: locked, label: Locked, allow: sum > 90, because: Too little, override: approval, to: bye}
      - {id: rare, label: Rare, allow: sum > 80, because: Too little, override: reason, set: {mark: 5}, to: more}
      - {id: posted, label: Posted, when: way == 'post', to: more}
  more: {say: More, ask: [mark], skippable: true, max_visits: 3, next: choose}
  calls: {call: {guide: inner, with: {whom: name}, take: {word: word}, on: {well: more}, otherwise: bye}}
  bye: {say: Goodbye, outcome: done}
"""
INNER = """\
guide: inner
title: Inner
fields: {whom: {type: text, label: Whom, given: true}, word: {type: text, label: Word, max_length: 3}}
outcomes: {well: {label: Well, kind: success}, ill: {label: Ill, kind: failure}}
steps:
  asks: {say: A word, ask: [word], next: judges}
  judges: {question: And, options: [{id: good, label: Good, to: well}, {id: bad, label: Bad, to: ill}]}
  well: {outcome: well}
  ill: {say: Oh, outcome: ill}
"""
Renames = dict[tuple[str, ...], str]
"""The newer ids of steps and options, by guide and older id."""
Data = dict[str, Any]
Documents = dict[str, Data]


def _documents() -> Documents:
    found = (source.parse(text)[0] for text in (OLD, INNER))
    return {document.data["guide"]: document.data for document in found if document}


def _compiled(documents: Mapping[str, Data]) -> Mapping[str, Guide]:
    return compile_guides({f"{id}.yaml": written(data) for id, data in documents.items()}).guides


VERSION = _compiled(_documents())


def _replaced(data: Any, key: str, old: str, new: str) -> None:
    """Every value `old` of such a key, put to `new`."""
    for name, each in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
        if each == old and name == key:
            data[name] = new
        _replaced(each, key, old, new)


def _step_renamed(documents: Documents, guide: str, step: str, *, told: bool) -> Renames:
    data, new = documents[guide], f"{step}-anew"
    data["steps"] = {(new if id == step else id): spec for id, spec in data["steps"].items()}
    if told:
        data["steps"][new] = {"was": step, **data["steps"][new]}
    for key in ("to", "next", "otherwise", "well", "skippable"):
        _replaced(data, key, step, new)
    return {(guide, step): new} if told else {}


def _option_renamed(documents: Documents, guide: str, step: str, number: int, *, told: bool) -> Renames:
    option = documents[guide]["steps"][step]["options"][number]
    old, option["id"] = option["id"], f"{option['id']}-anew"
    option.pop("was", None)
    if told:
        option["was"] = old
    return {(guide, step, old): option["id"]} if told else {}


def _without(documents: Documents, *way: Any) -> Renames:
    data: Any = documents
    for key in way[:-1]:
        data = data[key]
    del data[way[-1]]
    return {}


def _with(documents: Documents, value: Any, *way: Any) -> Renames:
    data: Any = documents
    for key in way[:-1]:
        data = data[key]
    data[way[-1]] = value
    return {}


def _between(documents: Documents, step: str, **spec: Any) -> Renames:
    """A new step before `more`, where the branch leads."""
    data = documents["old"]
    data["steps"][step] = {**spec, "next": "more"}
    data["steps"]["hello"]["branch"][1]["to"] = step
    return {}


STEPS = "old", "steps"
HELLO, CHOOSE, FIELDS = (*STEPS, "hello"), (*STEPS, "choose"), ("old", "fields")
CHANGES: list[Callable[[Documents], Renames]] = [
    *(
        lambda d, s=s, told=told: _step_renamed(d, "old", s, told=told)
        for s in ("hello", "choose", "more", "calls", "bye")
        for told in (True, False)
    ),
    *(lambda d, s=s: _step_renamed(d, "inner", s, told=True) for s in ("asks", "judges", "ill")),
    *(
        lambda d, n=n, told=told: _option_renamed(d, "old", "choose", n, told=told)
        for n in range(5)
        for told in (True, False)
    ),
    lambda d: _option_renamed(d, "inner", "judges", 0, told=True),
    *(lambda d, n=n: _without(d, *CHOOSE, "options", n) for n in (1, 2, 3, 4)),
    *(lambda d, n=n: _without(d, "old", "anytime", n) for n in (0, 1, 2)),
    *(
        lambda d, to=to, n=n: _with(d, to, *CHOOSE, "options", n, "to")
        for to in ("hello", "more", "bye")
        for n in (0, 1, 3, 4)
    ),
    lambda d: _with(d, "20", *FIELDS, "sum", "max"),
    lambda d: _with(d, "60", *FIELDS, "sum", "min"),
    lambda d: _with(d, "USD", *FIELDS, "sum", "currency"),
    lambda d: _with(d, "number", *FIELDS, "mark", "type"),
    lambda d: _with(d, "3", *FIELDS, "mark", "max"),
    lambda d: _with(d, "true", *FIELDS, "mark", "required"),
    lambda d: _with(d, "true", *FIELDS, "way", "required"),
    lambda d: _with(d, "1", "inner", "fields", "word", "max_length"),
    lambda d: _with(d, "2", "inner", "fields", "whom", "max_length"),
    lambda d: _without(d, *FIELDS, "way", "options", 1),
    lambda d: _without(d, *HELLO, "checks", 1),
    lambda d: _without(d, *HELLO, "checks"),
    lambda d: _with(d, "never", *HELLO, "checks", 0, "override"),
    lambda d: _with(d, "true", *HELLO, "checks", 1, "required"),
    lambda d: _with(d, ["sum", {"field": "way", "when": "visits('hello') == 1"}], *HELLO, "ask"),
    lambda d: _with(d, ["sum", "way", "word"], *HELLO, "ask"),
    lambda d: _with(d, "sum > 5", *HELLO, "branch", 0, "when"),
    lambda d: _without(d, *STEPS, "more", "skippable"),
    lambda d: _with(d, "1", *STEPS, "more", "max_visits"),
    lambda d: _with(d, "bye", *STEPS, "more", "next"),
    lambda d: _with(d, "lost", *STEPS, "bye", "outcome"),
    lambda d: _with(d, "reason", *CHOOSE, "options", 2, "override"),
    lambda d: _with(d, "way == 'mail'", *CHOOSE, "options", 4, "when"),
    lambda d: _between(d, "quiet"),
    lambda d: _between(d, "loud", say="Wait"),
    lambda d: _with(d, "Another word", *HELLO, "say"),
]
VALUES: Mapping[str, list[Any]] = {
    "sum": ["1", "10", "55", "60.50", "85", "95"],
    "way": ["post", "mail", None],
    "mark": [0, 2, 5, 9, None],
    "word": ["a", "abc"],
}


def _reply(chance: Random, visit: Visit) -> Reply:
    """Something that a person may say there."""
    options = [option.id for option in offered(visit)]
    if chance.random() < 0.15:
        return Reply(chance.choice([offer.entry.option.id for offer in offered_anytime(visit)]))
    return Reply(
        option=chance.choice(options) if options else None,
        values={ask.field: chance.choice(VALUES[ask.field]) for ask in asked(visit)},
        checks=tuple(check.id for check in visit.step.checks if chance.random() < 0.7),
        reasons={id: "So it is" for id in ("seen", "rare") if chance.random() < 0.5},
    )


def _moved(chance: Random, state: State) -> State:
    """The state after one more thing that a person does; where it is refused, as before."""
    what = chance.choice(["answer"] * 12 + ["skip", "skip", "back", "change", "approve", "approve", "end", "open"])
    try:
        if what == "back" or (state.status == "ended" and chance.random() < 0.7):
            return walker.back(state, NOW).state
        if what == "skip":
            return walker.skip(state, "No time", NOW).state
        if what == "approve":
            return walker.approve(state, "locked", True, "", NOW._replace(actor="boss")).state
        if what == "end":
            return walker.end(state, "Rang off", NOW).state
        if what == "open":
            return walker.open_guide(state, VERSION, "inner", Reply(values={"whom": "Bob"}), NOW).state
        if what == "answer":
            return walker.answer(state, _reply(chance, state.visit), NOW).state
        earlier = chance.choice([visit for visit in path(state) if visit.answer] or [state.visit])
        return walker.change(state, earlier.step.id, _reply(chance, earlier), NOW).state
    except HandrailError:
        return state


def _session(chance: Random) -> State:
    state = walker.start(VERSION, "old", Opening({"name": "Ann"}), NOW).state
    for _ in range(chance.randint(1, 20)):
        state = _moved(chance, state)
    return state


def _version(chance: Random) -> tuple[Mapping[str, Guide], Renames]:
    documents, renames = _documents(), Renames()
    for change in chance.sample(CHANGES, chance.randint(1, 3)):
        before = copy.deepcopy(documents)
        try:
            renames |= change(documents)
        except (KeyError, IndexError):  # an earlier change took away what this one is about
            documents = before
    guides = _compiled(documents)
    return (guides, renames) if guides.keys() == VERSION.keys() else (VERSION, {})


def _told(visit: Visit, renames: Renames) -> tuple[Any, ...]:
    """What an answer says, in the newer version's ids."""
    guide, step, answer = visit.frame.guide.id, visit.step.id, visit.answer
    assert answer is not None
    option = answer.option if answer.option is None else renames.get((guide, step, answer.option), answer.option)
    values = {id: plain(value) for id, value in answer.values.items() if value is not None}
    kinds = [(visit.frame.guide.fields[id].type, visit.frame.guide.fields[id].currency) for id in values]
    return (
        guide,
        renames.get((guide, step), step),
        visit.occurrence,
        option,
        values,
        kinds,
        set(answer.checks),
        answer.skip,
        answer.opened,
    )


def _tells_the_same(state: State, guides: Mapping[str, Guide], renames: Renames) -> bool:
    """Whether the answers, given one by one, are taken and stand where they stood."""
    before = [visit for visit in path(state) if visit.answer]
    try:
        there = walker.start(guides, "old", Opening({"name": "Ann"}), NOW).state
        for visit in before:
            there = _again(state, visit, there, renames)
    except HandrailError:
        return False
    after = [visit for visit in path(there) if visit.answer]
    told = [_told(visit, renames) for visit in before]
    return told == [_told(visit, {}) for visit in after] and state.outcome == there.outcome


def _again(state: State, visit: Visit, there: State, renames: Renames) -> State:
    _, _, _, option, values, _, _, skip, _ = _told(visit, renames)
    assert visit.answer is not None
    if skip is not None:
        return walker.skip(there, skip, NOW).state
    if visit.answer.opened is not None:
        return walker.open_guide(there, there.guides, "inner", Reply(values={"whom": "Bob"}), NOW).state
    anew = {id: renames.get(("old", "choose", id), id) for id in ("locked", "rare", "seen")}
    for what in state.approved(visit.key) & walker.approvable(state._replace(visit=visit)):
        if anew[what] in walker.approvable(there):
            there = walker.approve(there, anew[what], True, "", NOW._replace(actor="boss")).state
    reasons = {anew[what]: reason for what, reason in visit.answer.reasons.items()}
    return walker.answer(there, Reply(option, values, visit.answer.checks, reasons=reasons), NOW).state


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**64).map(Random))
def test_a_session_can_migrate_exactly_where_its_answers_tell_the_same(chance: Random) -> None:
    state, (guides, renames) = _session(chance), _version(chance)
    found = can_migrate(state, guides)
    event(f"possible: {found.possible}, {[obstacle.code for obstacle in found.obstacles]}")
    assert found.possible == _tells_the_same(state, guides, renames), found


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**64).map(Random))
def test_every_session_can_go_on_in_its_own_version(chance: Random) -> None:
    state = _session(chance)
    found = can_migrate(state, VERSION)
    assert found.obstacles == ()
    assert found.step == f"{state.visit.frame.guide.id}/{state.visit.step.id}"
