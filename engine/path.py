"""The path through guides: visits of steps, one linked to the one before, and how one turn goes on (FORMAT §2.2, §6).

Everything here is frozen and shared: going on adds one visit, going back is holding an earlier one again.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple

from engine.errors import AutomaticLoopError, Refusal, TooManyFramesError, TooManyVisitsError
from engine.expressions.expression import Scope
from engine.fields.catalogue import fit, read
from engine.fields.field import Value
from engine.model import Anytime, Assignment, Branch, Call, Ending, Guide, Next, Options, Step, Switch

MOST_AUTOMATIC = 100
"""Automatic steps in one turn (FORMAT §2.6)."""

MOST_FRAMES = 8
"""Guides that may be open inside each other, the first one counted (FORMAT §2.2)."""

_RECENT = 32
"""Entries of a tally that are copied with every visit."""

Guides = Mapping[str, Guide]
"""The pinned guides of a session by id."""

Key = tuple[str, str, int]
"""What names a visit in a session: frame, step, occurrence."""


class Opened(NamedTuple):
    """Another guide that a person opened as a detour of their own choosing, and the typed values it begins with."""

    guide: str
    given: Mapping[str, Value]


class Answer(NamedTuple):
    """What a person answered at one visit. `values` are typed; `seq` is the event that carries it.

    `option` may be an anytime entry of this guide or of one that called it. `reasons` are given by option or check id.
    The step itself was left unanswered where `skip` is the reason for it, or another guide was `opened`. `hidden` are
    the values of fields that are not asked there any more, since an earlier answer changed: they come back with them.
    """

    option: str | None
    values: Mapping[str, Value]
    typed: Mapping[str, str]
    checks: tuple[str, ...]
    today: date
    seq: int = 0
    reasons: Mapping[str, str] = {}
    skip: str | None = None
    opened: Opened | None = None
    hidden: Mapping[str, Value] = {}

    @property
    def entered(self) -> Mapping[str, Value]:
        """All that was ever entered at the visit, to be shown filled in."""
        return {**self.hidden, **self.values} if self.hidden else self.values

    @property
    def passes_by(self) -> bool:
        """Whether the step itself was left unanswered."""
        return self.skip is not None or self.opened is not None

    def same_as(self, other: "Answer | None") -> bool:
        """Whether it says the same as another one: option, values, checks, whether skipped, and what was opened."""
        if other is None or (self.skip is None) != (other.skip is None) or self.opened != other.opened:
            return False
        return self[:2] == other[:2] and set(self.checks) == set(other.checks)


@dataclass(frozen=True, slots=True)
class Frame:
    """One walk of one guide: the root's id is empty, another's is `<frame it began in>/<step>.<occurrence>:<guide>`.

    `caller` is the visit that called it, `callers_values` are the caller's values then; a `detour` goes back to the
    step of that visit, whatever its outcome, and `owner` is the frame whose guide offered it and takes from it.
    `outside` holds, by key and canonical, what is known of the client and the house: facts, and what fields are `from`.
    """

    id: str
    guide: Guide
    caller: "Visit | None" = None
    callers_values: Mapping[str, Value] = field(default_factory=dict)
    detour: Call | None = None
    owner: str = ""
    outside: Mapping[str, Any] = field(default_factory=dict)

    @property
    def depth(self) -> int:
        """How many guides are open inside each other here, this one counted."""
        return 1 + (self.caller.frame.depth if self.caller else 0)

    @property
    def told(self) -> dict[str, Value]:
        """The values that the guide knows from outside; one that its field cannot hold is missing."""
        fields = self.guide.fields
        values = {id: read(fields[id], self.outside.get(key)) for id, key in self.guide.outside}
        return {id: value for id, value in values.items() if value is not None and not isinstance(value, Refusal)}


class Tally:
    """How often each step of a frame was visited and what was last chosen there; adding gives a new one.

    Two layers, so that adding costs about the same at ten steps and at ten thousand.
    """

    __slots__ = ("_old", "_recent")
    _NONE: tuple[int, str | None] = (0, None)

    def __init__(self, old: Mapping[str, tuple[int, str | None]], recent: Mapping[str, tuple[int, str | None]]) -> None:
        self._old = old
        self._recent = recent

    def of(self, step: str) -> tuple[int, str | None]:
        """The number of visits and the option last chosen."""
        return self._recent.get(step) or self._old.get(step, self._NONE)

    def moving(self, left: "Visit", option: str, to: str) -> "Tally":
        """This tally after `option` was chosen at the visit `left`, and `to` visited once more."""
        return self.choosing(left, option).visiting(to)

    def choosing(self, left: "Visit", option: str) -> "Tally":
        """This tally while the visit `left` is being left with `option`."""
        return Tally(self._old, {**self._recent, left.step.id: (left.occurrence, option)})

    def visiting(self, step: str) -> "Tally":
        """This tally after one more visit of a step."""
        old, recent = self._old, self._recent
        before = recent.get(step) or old.get(step)
        recent = {**recent, step: (before[0] + 1 if before else 1, None)}
        return Tally(old, recent) if len(recent) < _RECENT else Tally({**old, **recent}, {})


class Visit(NamedTuple):
    """One visit of a step; `values` and `tally` are as they were when it was reached, itself counted.

    `before` is the visit before it, or where the path up to there was kept. `answer` is None for an automatic visit and
    for the one on the screen; `case` is the number of the branch entry that decided here, from 1.
    """

    step: Step
    occurrence: int
    frame: Frame
    before: "Visit | Kept | None"
    values: Mapping[str, Value]
    tally: Tally
    today: date
    answer: Answer | None = None
    case: int = 0

    @property
    def previous(self) -> "Visit | None":
        """The visit before it, or None for the first."""
        return self.before.visit if isinstance(self.before, Kept) else self.before

    @property
    def key(self) -> Key:
        """What names this visit in its session."""
        return self.frame.id, self.step.id, self.occurrence

    @property
    def scope(self) -> Scope:
        """What expressions see here before any answer."""
        return Scope(self.values, self.today, self.tally)

    def is_at(self, other: "Visit") -> bool:
        """Whether the other one is the same visit, whatever was answered there."""
        same = self.occurrence == other.occurrence and self.step.id == other.step.id
        return same and self.frame.id == other.frame.id

    @property
    def ends_session(self) -> bool:
        """Whether the guide that the session started with ended here."""
        return self.frame.caller is None and isinstance(self.step.exit, Ending)


class Kept:
    """The path up to a visit that was restored: within one guide, in packed form, traced when it is asked for.

    `trail` and `answers` are as `engine/snapshot.py` packs them; `trace` gives the last visit of that path.
    """

    __slots__ = ("_trace", "_visit", "answers", "trail")

    def __init__(self, trail: Sequence[int], answers: Sequence[Any], trace: Callable[[], Visit | None]) -> None:
        self.trail = trail
        self.answers = answers
        self._trace: Callable[[], Visit | None] | None = trace
        self._visit: Visit | None = None

    @property
    def visit(self) -> Visit | None:
        """The last visit of that path."""
        if self._trace is not None:
            self._visit, self._trace = self._trace(), None
        return self._visit


NOTHING = Tally({}, {})
"""The tally of a frame in which nothing was visited yet."""


def backwards(visit: Visit | None) -> Iterator[Visit]:
    """This visit and all before it, the latest first."""
    while visit is not None:
        yield visit
        visit = visit.previous


def closed_before(visit: Visit) -> tuple[Visit, ...]:
    """The outcome steps with content that were passed since the screen before, the first one first."""
    before = visit.before
    if before is None or isinstance(before, Kept) or before.answer is not None:
        return ()
    closed = []
    for passed in backwards(visit.previous):
        if passed.answer is not None:
            break
        if isinstance(passed.step.exit, Ending) and passed.step.has_content:
            closed.append(passed)
    return tuple(closed[::-1])


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
        held = _holding(visit, frame, values) if option.sets else visit
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
