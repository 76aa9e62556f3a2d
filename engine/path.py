"""The path through guides: which visit comes first, and which comes after an answer (FORMAT §2.2, §6)."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from engine.errors import AutomaticLoopError, TooManyFramesError, TooManyVisitsError
from engine.expressions.expression import Scope
from engine.fields.catalogue import fit
from engine.fields.field import Value
from engine.model import Anytime, Assignment, Branch, Call, Ending, Guide, Next, Options, Switch
from engine.visits import NOTHING, Answer, Frame, Guides, Opened, Tally, Visit

MOST_AUTOMATIC = 100
"""Automatic steps in one turn (FORMAT §2.6)."""

MOST_FRAMES = 8
"""Guides that may be open inside each other, the first one counted (FORMAT §2.2)."""


def enter(guides: Guides, frame: Frame, given: Mapping[str, Value], today: date) -> Visit:
    """The first visit that a person sees in a session whose root is this frame."""
    start = frame.guide.start
    return _settle(guides, _visit(frame, start, None, {**frame.told, **given}, NOTHING.visiting(start), today))


def go_on(guides: Guides, visit: Visit, answer: Answer) -> Visit:
    """The next visit that a person sees (or at which the session ends) after answering this one.

    Raises `TooManyVisitsError`, `TooManyFramesError`, `AutomaticLoopError`.
    """
    step, occurrence, frame, before, values, tally, today, _, _ = visit
    answered = Visit(step, occurrence, frame, before, values, tally, today, answer)
    if answer.option is not None or answer.passes_by:
        return _settle(guides, _chosen(guides, answered, answer))
    return _settle(guides, _leave(guides, answered, values_after(visit, answer)))


def values_after(visit: Visit, answer: Answer) -> Mapping[str, Value]:
    """The frame's values with an answer taken: its values, then the option's `set`, then the step's (FORMAT §2.2)."""
    guide, assigns = visit.frame.guide, visit.step.assigns
    if not (answer.values or assigns or guide.computed):
        return visit.values
    tally = leaving(visit, answer)
    values = with_computed(guide, {**visit.values, **answer.values}, tally, answer.today)
    return _assign(guide, values, sets_of(visit, answer), tally, answer.today) if assigns else values


def leaving(visit: Visit, answer: Answer) -> Tally:
    """The tally by which what this answer leads to is worked out: the option counts as chosen."""
    return visit.tally if answer.option is None else visit.tally.choosing(visit, answer.option)


def passed_values(visit: Visit) -> Mapping[str, Value]:
    """The frame's values after a step that nobody answers."""
    return _assign(visit.frame.guide, visit.values, visit.step.sets, visit.tally, visit.today)


def sets_of(visit: Visit, answer: Answer) -> tuple[Assignment, ...]:
    """What the guide sets when this answer is taken here: the option's, then the step's."""
    step = visit.step
    option = step.exit.find(answer.option) if isinstance(step.exit, Options) else None
    return (*option.sets, *step.sets) if option else step.sets


def with_computed(guide: Guide, values: Mapping[str, Value], tally: Tally, today: date) -> Mapping[str, Value]:
    """The values with every computed field worked out anew, in the order of their dependencies."""
    if not guide.computed:
        return values
    filled = dict(values)
    scope = Scope(filled, today, tally)
    for id, expression in guide.computed:
        filled[id] = fit(guide.fields[id], expression.evaluate(scope))
    return filled


def _assign(
    guide: Guide, values: Mapping[str, Value], sets: tuple[Assignment, ...], tally: Tally, today: date
) -> Mapping[str, Value]:
    for assignment in sets:
        value = fit(guide.fields[assignment.field], assignment.expression.evaluate(Scope(values, today, tally)))
        values = with_computed(guide, {**values, assignment.field: value}, tally, today)
    return values


def _visit(
    frame: Frame, step: str, previous: Visit | None, values: Mapping[str, Value], tally: Tally, today: date
) -> Visit:
    """The visit of a step that `tally` counts already; `today` is that of the event which led there.

    Computed fields are worked out anew, since they may count visits or days. Raises `TooManyVisitsError`.
    """
    visited, visits = frame.guide.steps[step], tally.of(step)[0]
    if visits > visited.max_visits:
        raise TooManyVisitsError(step, visited.max_visits)
    return Visit(visited, visits, frame, previous, with_computed(frame.guide, values, tally, today), tally, today)


def _settle(guides: Guides, visit: Visit) -> Visit:
    """Run automatic steps until a person is needed or the session ends."""
    for _ in range(MOST_AUTOMATIC):
        if visit.step.halts or visit.ends_session:
            return visit
        visit = _leave(guides, visit, passed_values(visit))
    raise AutomaticLoopError(visit.step.id)


def _chosen(guides: Guides, visit: Visit, answer: Answer) -> Visit:
    """Where an option, an anytime entry or a skip leads; the reply was judged before."""
    step, frame, tally, today = visit.step, visit.frame, visit.tally, answer.today
    option = step.exit.find(answer.option) if isinstance(step.exit, Options) else None
    if option is not None:
        tally = tally.moving(visit, option.id, option.to)
        return _visit(frame, option.to, visit, values_after(visit, answer), tally, today)
    if answer.skip is not None:
        return _visit(frame, step.skip_to, visit, visit.values, tally.visiting(step.skip_to), today)
    if answer.opened is not None:
        return _opened(guides, visit, answer.opened, today)
    return _taken_anytime(guides, visit, answer)


def _opened(guides: Guides, visit: Visit, opened: Opened, today: date) -> Visit:
    """The first visit of a guide opened at this one: a detour that takes nothing and comes back to the step."""
    way = Call(opened.guide, ())
    frame = Frame(_id(visit, way), guides[way.guide], visit, visit.values, way, visit.frame.id, visit.frame.outside)
    return _first(visit, frame, opened.given, today)


def _taken_anytime(guides: Guides, visit: Visit, answer: Answer) -> Visit:
    """Where an anytime entry leads: a step of its guide, an outcome of its guide, or a detour that comes back."""
    offer = taken(visit, answer)
    frame, option, today = offer.frame, offer.entry.option, answer.today
    values = offer.after(today)
    way = offer.entry.detour
    if way is not None:
        held = _holding(visit, frame, values)
        detour = Frame(_id(visit, way), guides[way.guide], held, held.values, way, frame.id, frame.outside)
        return _begin(visit, detour, way, Scope(values, today, offer.tally))
    if offer.entry.closing is not None:
        return Visit(offer.entry.closing, 1, frame, visit, values, offer.tally, today)
    tally = offer.tally.moving(visit, option.id, option.to) if frame is visit.frame else offer.tally.visiting(option.to)
    return _visit(frame, option.to, visit, values, tally, today)


class Offer(NamedTuple):
    """An anytime entry with the frame whose guide offers it, and what is known there."""

    entry: Anytime
    frame: Frame
    values: Mapping[str, Value]
    tally: Tally

    def after(self, today: date) -> Mapping[str, Value]:
        """What is known there once the entry was taken."""
        guide, tally = self.frame.guide, self.tally
        return _assign(guide, with_computed(guide, self.values, tally, today), self.entry.option.sets, tally, today)


def taken(visit: Visit, answer: Answer) -> Offer:
    """The anytime entry that an answer took."""
    return next(offer for offer in anytime_of(visit) if offer.entry.option.id == answer.option)


def anytime_of(visit: Visit) -> Iterator[Offer]:
    """Every anytime entry at a visit: its own guide's, then those of the guides that called it, the nearest first."""
    frame, values, tally, seen = visit.frame, visit.values, visit.tally, set[str]()
    while True:
        for entry in frame.guide.anytime:
            if entry.option.id not in seen:
                seen.add(entry.option.id)
                yield Offer(entry, frame, values, tally)
        if frame.caller is None:
            return
        callers, tally, frame = frame.callers_values, frame.caller.tally, frame.caller.frame
        values = with_computed(frame.guide, callers, tally, visit.today)


def _holding(visit: Visit, frame: Frame, values: Mapping[str, Value]) -> Visit:
    """The visit with other values in `frame`: its own, or that of a guide which called it."""
    if visit.frame is frame:
        return visit._replace(values=values)
    inner = visit.frame
    assert inner.caller is not None, "the frame is one of those that called"
    if inner.caller.frame is frame:
        return visit._replace(frame=replace(inner, callers_values=values))
    return visit._replace(frame=replace(inner, caller=_holding(inner.caller, frame, values)))


def _leave(guides: Guides, visit: Visit, values: Mapping[str, Value]) -> Visit:
    """The visit that a step's exit leads to; `visit` carries its answer, `values` are those after it."""
    exit, today, tally = visit.step.exit, _today(visit), visit.tally
    if isinstance(exit, Next):
        return _visit(visit.frame, exit.to, visit, values, tally.visiting(exit.to), today)
    if isinstance(exit, Branch):
        number = _deciding(exit, Scope(values, today, tally))
        to = exit.cases[number - 1].to
        return _visit(visit.frame, to, _decided(visit, number), values, tally.visiting(to), today)
    if isinstance(exit, Ending):
        return _return(visit, exit, values)
    assert isinstance(exit, Call | Switch), "options are chosen by a person"
    frame = Frame(_id(visit, exit), guides[exit.guide], visit, values, outside=visit.frame.outside)
    if isinstance(exit, Switch):
        frame = replace(visit.frame, id=frame.id, guide=frame.guide)
    return _begin(visit, frame, exit, Scope(values, today, tally))


def _decided(visit: Visit, number: int) -> Visit:
    """The visit with the number of the case that decided there; in the hottest place of all, so without `_replace`."""
    step, occurrence, frame, before, values, tally, today, answer, _ = visit
    return Visit(step, occurrence, frame, before, values, tally, today, answer, number)


def _deciding(branch: Branch, scope: Scope) -> int:
    """The number, from 1, of the first case that is true: the last where no other is, as the compiler has proved."""
    for number, case in enumerate(branch.cases[:-1], 1):
        if case.when is None or case.when.evaluate(scope) is True:
            return number
    return len(branch.cases)


def _today(visit: Visit) -> date:
    """The date by which leaving a visit is decided: that of its answer."""
    return visit.answer.today if visit.answer else visit.today


def _id(visit: Visit, way: Call | Switch) -> str:
    """What names the frame of a guide that begins at this visit."""
    return f"{visit.frame.id}/{visit.step.id}.{visit.occurrence}:{way.guide}"


def _begin(visit: Visit, frame: Frame, way: Call | Switch, scope: Scope) -> Visit:
    """The first visit in a new frame, after `visit`; `scope` is where what is handed over is worked out."""
    fields = frame.guide.fields
    given = {each.field: fit(fields[each.field], each.expression.evaluate(scope)) for each in way.given}
    return _first(visit, frame, given, scope.today)


def _first(visit: Visit, frame: Frame, given: Mapping[str, Value], today: date) -> Visit:
    """The first visit in a new frame, after `visit`. Raises `TooManyFramesError`."""
    if frame.depth > MOST_FRAMES:
        raise TooManyFramesError(MOST_FRAMES)
    start = frame.guide.start
    return _visit(frame, start, visit, {**frame.told, **given}, NOTHING.visiting(start), today)


def _return(visit: Visit, ending: Ending, theirs: Mapping[str, Value]) -> Visit:
    """Back in the caller, which has taken what it asked for; its mapping was checked when it compiled."""
    frame, today = visit.frame, visit.today
    caller = frame.caller
    assert caller is not None, "only a called guide returns"
    if frame.detour is not None:
        left = _taking(caller, frame, theirs, today)
        tally = left.tally.visiting(left.step.id)
        return _visit(left.frame, left.step.id, visit, left.values, tally, today)
    call = caller.step.exit
    assert isinstance(call, Call), "only a call has called"
    target = call.target(ending.outcome)
    assert target is not None, "every outcome of a called guide is mapped"
    values = _taken(caller.frame.guide, call, frame.callers_values, theirs, caller.tally, today)
    return _visit(caller.frame, target, visit, values, caller.tally.visiting(target), today)


def _taking(caller: Visit, frame: Frame, theirs: Mapping[str, Value], today: date) -> Visit:
    """The visit that a detour left, after the guide that offered it took what it asked for."""
    assert frame.detour is not None, "only a detour goes back to its step"
    caller = caller._replace(values=frame.callers_values)
    if not frame.detour.take:
        return caller
    owner, values, tally = caller.frame, caller.values, caller.tally
    while owner.id != frame.owner and (outer := owner.caller) is not None:
        owner, values, tally = outer.frame, owner.callers_values, outer.tally
    return _holding(caller, owner, _taken(owner.guide, frame.detour, values, theirs, tally, today))


def _taken(
    guide: Guide,
    call: Call,
    values: Mapping[str, Value],
    theirs: Mapping[str, Value],
    tally: Tally,
    today: date,
) -> Mapping[str, Value]:
    brought = {take.ours: theirs.get(take.theirs) for take in call.take}
    return with_computed(guide, {**values, **brought}, tally, today)
