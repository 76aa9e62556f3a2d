"""The path through guides: visits of steps, one linked to the one before, and how one turn goes on (FORMAT §2.2, §6).

Everything here is frozen and shared: going on adds one visit, going back is holding an earlier one again.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from engine.errors import AutomaticLoopError
from engine.expressions.expression import Scope
from engine.fields.catalogue import fit
from engine.fields.field import Value
from engine.model import Assignment, Branch, Call, Ending, Guide, Next, Options, Step

MOST_AUTOMATIC = 100
"""Automatic steps in one turn (FORMAT §2.6)."""

_RECENT = 64
"""Entries of a tally that are copied with every visit."""

Guides = Mapping[str, Guide]
"""The pinned guides of a session by id."""

Key = tuple[str, str, int]
"""What names a visit in a session: frame, step, occurrence."""


class Answer(NamedTuple):
    """What a person answered at one visit. `values` are typed; `seq` is the event that carries it."""

    option: str | None
    values: Mapping[str, Value]
    typed: Mapping[str, str]
    checks: tuple[str, ...]
    today: date
    seq: int = 0

    def same_as(self, other: "Answer | None") -> bool:
        """Whether it says the same as another one: option, values and checks."""
        return other is not None and self[:2] == other[:2] and set(self.checks) == set(other.checks)


@dataclass(frozen=True, slots=True)
class Frame:
    """One walk of one guide: the root's id is empty, a called guide's is `<caller's>/<step>.<occurrence>`."""

    id: str
    guide: Guide
    caller: "Visit | None" = None
    callers_values: Mapping[str, Value] | None = None


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
        return self._with({**self._recent, left.step.id: (left.occurrence, option)}).visiting(to)

    def visiting(self, step: str) -> "Tally":
        """This tally after one more visit of a step."""
        return self._with({**self._recent, step: (self.of(step)[0] + 1, None)})

    def _with(self, recent: Mapping[str, tuple[int, str | None]]) -> "Tally":
        return Tally(self._old, recent) if len(recent) < _RECENT else Tally({**self._old, **recent}, {})


class Visit(NamedTuple):
    """One visit of a step; `values` and `tally` are as they were when it was reached, itself counted.

    `answer` is None for an automatic visit and for the one on the screen; `case` is the number of the branch
    entry that decided here, from 1.
    """

    step: Step
    occurrence: int
    frame: Frame
    previous: "Visit | None"
    values: Mapping[str, Value]
    tally: Tally
    today: date
    answer: Answer | None = None
    case: int = 0

    @property
    def key(self) -> Key:
        """What names this visit in its session."""
        return self.frame.id, self.step.id, self.occurrence

    @property
    def scope(self) -> Scope:
        """What expressions see here before any answer."""
        return Scope(self.values, self.today, self.tally)

    @property
    def ends_session(self) -> bool:
        """Whether the guide that the session started with ended here."""
        return self.frame.caller is None and isinstance(self.step.exit, Ending)


NOTHING = Tally({}, {})
"""The tally of a frame in which nothing was visited yet."""


def backwards(visit: Visit | None) -> Iterator[Visit]:
    """This visit and all before it, the latest first."""
    while visit is not None:
        yield visit
        visit = visit.previous


def enter(guides: Guides, guide: Guide, given: Mapping[str, Value], today: date) -> Visit:
    """The first visit that a person sees in a session of this guide."""
    tally = NOTHING.visiting(guide.start)
    values = with_computed(guide, given, tally, today)
    return _settle(guides, _visit(Frame("", guide), guide.start, None, values, tally, today))


def go_on(guides: Guides, visit: Visit, answer: Answer) -> Visit:
    """The next visit that a person sees (or at which the session ends) after answering this one."""
    step, occurrence, frame, previous, values, tally, today, _, _ = visit
    answered = Visit(step, occurrence, frame, previous, values, tally, today, answer)
    return _settle(guides, _leave(guides, answered, values_after(visit, answer)))


def values_after(visit: Visit, answer: Answer) -> Mapping[str, Value]:
    """The frame's values with an answer taken: its values, then the option's `set`, then the step's (FORMAT §2.2)."""
    sets, guide = sets_of(visit, answer), visit.frame.guide
    if not (answer.values or sets or guide.computed):
        return visit.values
    values = with_computed(guide, {**visit.values, **answer.values}, visit.tally, answer.today)
    return _assign(guide, values, sets, visit.tally, answer.today)


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
    """The visit of a step that `tally` counts already."""
    return Visit(frame.guide.steps[step], tally.of(step)[0], frame, previous, values, tally, today)


def _settle(guides: Guides, visit: Visit) -> Visit:
    """Run automatic steps until a person is needed or the session ends."""
    for _ in range(MOST_AUTOMATIC):
        if visit.step.halts or visit.ends_session:
            return visit
        answer = Answer(None, {}, {}, (), visit.today)
        visit = _leave(guides, visit, values_after(visit, answer))
    raise AutomaticLoopError(visit.step.id)


def _leave(guides: Guides, visit: Visit, values: Mapping[str, Value]) -> Visit:
    """The visit that a step's exit leads to; `visit` carries its answer, `values` are those after it."""
    exit, today = visit.step.exit, _today(visit)
    if isinstance(exit, Call):
        return _call(guides, visit, exit, values)
    if isinstance(exit, Ending):
        return _return(visit, exit, values)
    tally = visit.tally
    if isinstance(exit, Options):
        option = exit.find(visit.answer.option if visit.answer else None)
        assert option is not None, "a reply is judged before it is taken"
        return _visit(visit.frame, option.to, visit, values, tally.moving(visit, option.id, option.to), today)
    if isinstance(exit, Next):
        return _visit(visit.frame, exit.to, visit, values, tally.visiting(exit.to), today)
    number = _deciding(exit, Scope(values, today, tally))
    to = exit.cases[number - 1].to
    return _visit(visit.frame, to, visit._replace(case=number), values, tally.visiting(to), today)


def _deciding(branch: Branch, scope: Scope) -> int:
    """The number, from 1, of the first case that is true; the compiler has proved that one always is."""
    true = (n for n, case in enumerate(branch.cases, 1) if case.when is None or case.when.evaluate(scope) is True)
    return next(true, len(branch.cases))


def _today(visit: Visit) -> date:
    """The date by which leaving a visit is decided: that of its answer."""
    return visit.answer.today if visit.answer else visit.today


def _call(guides: Guides, visit: Visit, call: Call, values: Mapping[str, Value]) -> Visit:
    guide, today = guides[call.guide], _today(visit)
    scope = Scope(values, today, visit.tally)
    given = {each.field: fit(guide.fields[each.field], each.expression.evaluate(scope)) for each in call.given}
    frame = Frame(f"{visit.frame.id}/{visit.step.id}.{visit.occurrence}", guide, visit, values)
    tally = NOTHING.visiting(guide.start)
    return _visit(frame, guide.start, visit, with_computed(guide, given, tally, today), tally, today)


def _return(visit: Visit, ending: Ending, theirs: Mapping[str, Value]) -> Visit:
    """Back in the caller, which has taken what it asked for; its mapping was checked when it compiled."""
    caller = visit.frame.caller
    assert caller is not None, "only a called guide returns"
    assert isinstance(caller.step.exit, Call), "only a call has called"
    call = caller.step.exit
    target = call.target(ending.outcome)
    assert target is not None, "every outcome of a called guide is mapped"
    taken = {take.ours: theirs.get(take.theirs) for take in call.take}
    guide = caller.frame.guide
    values = with_computed(guide, {**(visit.frame.callers_values or {}), **taken}, caller.tally, visit.today)
    return _visit(caller.frame, target, visit, values, caller.tally.visiting(target), visit.today)
