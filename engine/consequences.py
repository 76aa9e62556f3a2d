"""What a request leads to, told as events: the answer, what it passed, and the way to the screen (FORMAT §6)."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from engine.content import Content
from engine.events import (
    Answered,
    Body,
    Branched,
    Called,
    Changed,
    Event,
    Moment,
    OutcomeReached,
    Overridden,
    Recorded,
    Returned,
    SessionEnded,
    StepShown,
)
from engine.expressions.expression import Scope
from engine.fields.catalogue import plain
from engine.fields.field import Value
from engine.model import Assignment, Branch, Call, Ending, Options
from engine.path import Offer, anytime_of, sets_of, values_after
from engine.records import due
from engine.replies import holds
from engine.state import State, apply, take
from engine.visits import Answer, Visit


class Turn(NamedTuple):
    """What a request led to: the new events, in order, and the state after them.

    `content` are the texts on the screen, where the request has led to a step and they were filled for its digest.
    """

    events: tuple[Event, ...]
    state: State
    content: Content | None = None


def told(state: State, body: Body, moment: Moment) -> Turn:
    """One event that changes nothing but what it tells, at the step on the screen."""
    event = event_at(state.seq + 1, state.visit, body, moment)
    return Turn((event,), apply(state, event))


def taken(state: State, visit: Visit, judged: Answer, body: Body, moment: Moment) -> Turn:
    """The answer `judged` taken at a visit: the event that carries it, and all that it leads to."""
    events = [event_at(judged.seq, visit, body, moment)]
    if visit.step.locks or judged.reasons or state.approvals:
        for passed in _overridden(state, visit, judged):
            _tell(events, visit, passed, moment)
    return turn(events, take(state, visit.key, judged), visit, moment)


def turn(events: list[Event], state: State, since: Visit | None, moment: Moment) -> Turn:
    """The deciding events with those that tell what they led to, on the way from `since` to the screen."""
    here = state.visit
    for left, reached in _way(here, since):
        state = _write(events, state, left, moment)
        body = _left(left, reached)
        if body is not None:
            _tell(events, left, body, moment)
    words = here.step.words
    content = words.fill(here.scope, state.locale)
    _tell(events, here, StepShown(here.occurrence, words.digest or content.digest), moment)
    if here.ends_session and isinstance(here.step.exit, Ending):
        state = _write(events, state, here, moment)
        outcome = here.frame.guide.outcomes[here.step.exit.outcome]
        _tell(events, here, OutcomeReached(here.occurrence, outcome.id, outcome.kind), moment)
        _tell(events, here, SessionEnded("outcome", ""), moment)
    return Turn(tuple(events), state.counting(events[-1].seq), content)


def _tell(events: list[Event], visit: Visit, body: Body, moment: Moment) -> None:
    events.append(event_at(events[-1].seq + 1, visit, body, moment))


def _write(events: list[Event], state: State, left: Visit, moment: Moment) -> State:
    """The state with the records of a visit written, as far as they are not."""
    if left.step.writes or left.frame.caller or left.frame.guide.anytime:
        for body in _unwritten(state, left):
            _tell(events, left, body, moment)
            state = apply(state, events[-1])
    return state


def answered(visit: Visit, judged: Answer) -> Answered:
    """The event's body of an answer."""
    return Answered(
        visit.occurrence,
        judged.option,
        in_plain(judged.values),
        judged.typed,
        judged.checks,
        judged.reasons,
        in_plain(_set(visit, judged)),
        judged.today,
    )


def changed(answered: Answered, old: Answer, reason: str) -> Changed:
    """The event's body of an answer that replaces `old`."""
    return Changed(*answered, old.option, in_plain(old.values), reason)


def event_at(seq: int, visit: Visit, body: Body, moment: Moment) -> Event:
    """What happened, at a visit."""
    return Event(seq, moment.at, moment.actor, visit.frame.guide.id, visit.step.id, visit.frame.id, body)


def in_plain(values: Mapping[str, Value]) -> Mapping[str, Any]:
    """The values as JSON types."""
    return values and {id: plain(value) for id, value in values.items()}


def _unwritten(state: State, left: Visit) -> Iterator[Recorded]:
    """The records of a visit that are not written yet, or say something else now than what was written."""
    wanted = tuple(due(left, state.locale))
    if not wanted:
        return
    mine = [each for each in state.records.values() if each.key == left.key and not each.ended]
    written = {each.due.source: each for each in mine}
    spare = [each for each in mine if each.due.source not in {each.source for each in wanted}]
    for each in wanted:
        old = written.get(each.source)
        if old is None:
            old = next((other for other in spare if other.due.record == each.record), None)
            spare = [other for other in spare if other is not old]
        if old is None or old.due != each:
            yield Recorded(left.occurrence, *each, client=state.client, replaces=old.seq if old else None)


def _overridden(state: State, visit: Visit, judged: Answer) -> Iterator[Overridden]:
    """What was locked or required and is passed all the same, with the reason or the approver."""
    step, aside = visit.step, _aside(visit, judged)
    option, scope = step.exit.find(judged.option) if isinstance(step.exit, Options) else None, visit.scope
    if aside:
        option, scope = aside.entry.option, Scope(aside.values, visit.today, aside.tally)
    locked = [option.id] if option and not holds(option.allow, scope) else []
    if not (judged.passes_by or aside):
        locked += [check.id for check in step.checks if check.required and check.id not in judged.checks]
    for what in locked:
        approval = state.approvals.get((visit.key, what))
        yield Overridden(visit.occurrence, what, judged.reasons.get(what, ""), approval.by if approval else "")


def _aside(visit: Visit, judged: Answer) -> Offer | None:
    """The anytime entry that an answer took, which left the step as it stood (FORMAT §2.3)."""
    exit, id = visit.step.exit, judged.option
    if id is None or (isinstance(exit, Options) and exit.find(id)):
        return None
    return next(offer for offer in anytime_of(visit) if offer.entry.option.id == id)


def _way(here: Visit, since: Visit | None) -> list[tuple[Visit, Visit]]:
    """Each visit from `since` (or the first) on, with the next one, up to the one on the screen."""
    way, reached, left = [], here, here.previous
    while left is not None:
        way.append((left, reached))
        if since is not None and left.is_at(since):
            break
        reached, left = left, left.previous
    return way[::-1]


def _left(left: Visit, reached: Visit) -> Body | None:
    """What is told of leaving a visit on the way to the next one, where its answer does not say it all."""
    exit, number = left.step.exit, left.occurrence
    if isinstance(exit, Branch) and left.case:
        when = exit.cases[left.case - 1].when
        saw = {id: reached.values.get(id) for id in (when.fields if when else ())}
        return Branched(number, left.case, reached.step.id, in_plain(saw))
    if reached.frame is left.frame:
        return None
    if reached.frame.id.startswith(f"{left.frame.id}/{left.step.id}.{number}:"):
        into = reached.frame.guide
        given = {field.id: reached.values.get(field.id) for field in into.given}
        return Called(number, into.id, reached.frame.id, in_plain(given))
    if isinstance(exit, Ending):
        return Returned(number, exit.outcome, reached.step.id, in_plain(_taken_values(left)))
    return None


NOTHING_SET: Mapping[str, Value] = {}
"""What most answers set."""


def _set(visit: Visit, judged: Answer) -> Mapping[str, Value]:
    """What the guide sets by itself when this answer is taken."""
    aside = _aside(visit, judged) if visit.frame.guide.anytime or visit.frame.caller else None
    if aside:
        return _some(aside.after(judged.today), aside.entry.option.sets)
    if not visit.step.assigns:
        return NOTHING_SET
    sets = sets_of(visit, judged)
    return _some(values_after(visit, judged), sets) if sets else {}


def _some(values: Mapping[str, Value], assignments: tuple[Assignment, ...]) -> Mapping[str, Value]:
    return {each.field: values.get(each.field) for each in assignments}


def _taken_values(left: Visit) -> Mapping[str, Value]:
    caller = left.frame.caller
    assert caller is not None, "only a called guide returns"
    call = left.frame.detour or caller.step.exit
    assert isinstance(call, Call), "only a call has called"
    return {take.ours: left.values.get(take.theirs) for take in call.take}
