"""Walking as FORMAT says it, slowly and obviously: from the start to the screen, answer by answer."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple

from engine.errors import Refusal, TooManyFramesError, TooManyVisitsError
from engine.expressions.expression import Expression, Scope
from engine.fields.catalogue import fit, plain, read
from engine.fields.field import Value
from engine.model import Anytime, Assignment, Branch, Call, Ending, Guide, Next, Option, Options, Record, Step, Switch

Key = tuple[str, str, int]
MOST_FRAMES = 8


class Said(NamedTuple):
    """What a person said at one visit; `skip` is the reason for which the step was skipped.

    `opened` is the guide that was opened instead, as a detour, with its given values. `hidden` are values of fields
    that are not asked there any more.
    """

    option: str | None
    values: Mapping[str, Value]
    typed: Mapping[str, str]
    checks: tuple[str, ...]
    today: date
    reasons: Mapping[str, str]
    skip: str | None = None
    opened: tuple[str, Mapping[str, Value]] | None = None
    hidden: Mapping[str, Value] = {}

    def same(self, other: "Said | None") -> bool:
        """Whether both say the same."""
        if other is None or (self.skip is None) != (other.skip is None) or self.opened != other.opened:
            return False
        return (self.option, self.values, set(self.checks)) == (other.option, other.values, set(other.checks))


@dataclass
class Frame:
    """One guide under way: what was put into its fields, how often each step was visited, what was chosen there last.

    `step` is where it stands, or what called the guide above it; `giver` is the place of the frame that offered the
    `detour`.
    """

    id: str
    guide: Guide
    values: dict[str, Value] = field(default_factory=dict)
    visits: dict[str, int] = field(default_factory=dict)
    chosen: dict[str, str | None] = field(default_factory=dict)
    step: str = ""
    detour: Call | None = None
    giver: int = 0

    def copy(self) -> "Frame":
        """The frame as it is now."""
        return replace(self, values=dict(self.values), visits=dict(self.visits), chosen=dict(self.chosen))

    def of(self, step: str) -> tuple[int, str | None]:
        """What expressions ask of a step: its visits, and what was chosen at the latest one."""
        return self.visits.get(step, 0), self.chosen.get(step)

    def scope(self, today: date) -> Scope:
        """What an expression sees: computed fields are worked out whenever they are looked at."""
        values = dict(self.values)
        for id, formula in self.guide.computed:
            values[id] = fit(self.guide.fields[id], formula.evaluate(Scope(values, today, self)))
        return Scope(values, today, self)


@dataclass
class Place:
    """One visit: the guides open then, the last one on top; `said` is what was answered there."""

    stack: list[Frame]
    step: Step
    occurrence: int
    today: date
    said: Said | None = None
    due: list[Any] = field(default_factory=list)

    @property
    def top(self) -> Frame:
        """The guide that is walked."""
        return self.stack[-1]

    @property
    def key(self) -> Key:
        """What names the visit."""
        return self.top.id, self.step.id, self.occurrence

    @property
    def scope(self) -> Scope:
        """What is known on its screen."""
        return self.top.scope(self.today)

    @property
    def ends(self) -> bool:
        """Whether the session ends here."""
        return len(self.stack) == 1 and isinstance(self.step.exit, Ending)

    @property
    def halts(self) -> bool:
        """Whether a person is needed: there is something to see or to choose, and the guide has not ended."""
        exit = self.step.exit
        return isinstance(exit, Options) or (self.step.has_content and not isinstance(exit, Ending))

    @property
    def options(self) -> tuple[Option, ...]:
        """The options of its step."""
        return self.step.exit.options if isinstance(self.step.exit, Options) else ()


class Due(NamedTuple):
    """A record that the guides ask for at a visit."""

    key: Key
    kind: str
    source: str
    details: Mapping[str, Any]
    texts: Mapping[str, str]
    values: Mapping[str, Any]


class Trip:
    """A walk from the start: `place` is where it stands, `passed` all visits before."""

    def __init__(self, guides: Mapping[str, Guide], root: Guide, outside: Mapping[str, Any], locale: str) -> None:
        self.guides, self.root, self.outside, self.locale = guides, root, outside, locale
        self.stack: list[Frame] = []
        self.passed: list[Place] = []
        self.place: Place

    def begin(self, given: Mapping[str, Value], today: date) -> None:
        """To the first screen."""
        self._open(Frame("", self.root), given, today)
        self._on()

    def say(self, said: Said) -> None:
        """From one screen to the next. Raises `TooManyVisitsError`."""
        place, top, today = self.place, self.stack[-1], said.today
        place.said = said
        own = next((option for option in place.options if option.id == said.option), None)
        if said.skip is not None:
            self._leave_to(place.step.skip_to, today)
        elif said.opened is not None:
            guide, given = said.opened
            frame = Frame(self._name(guide), self.guides[guide], detour=Call(guide, ()), giver=len(self.stack) - 1)
            self.passed.append(place)
            self._open(frame, given, today)
        elif said.option is not None and own is None:
            self._anytime(said, today)
        else:
            if own:
                top.chosen[place.step.id] = own.id
            top.values.update(said.values)
            self._set(top, [*(own.sets if own else ()), *place.step.sets], today)
            self._write([*(own.records if own else ()), *place.step.records], top, today)
            if own:
                self._leave_to(own.to, today)
            else:
                self._exit(today)
        self._on()

    def _on(self) -> None:
        """Through automatic steps and outcomes of called guides, to the next screen."""
        while not self.place.ends and not self.place.halts:
            step, top, today = self.place.step, self.stack[-1], self.place.today
            self._set(top, step.sets, today)
            self._write(step.records, top, today)
            self._exit(today)
        if self.place.ends:
            self._write(self.place.step.records, self.stack[-1], self.place.today)

    def _exit(self, today: date) -> None:
        """Leave the step by its exit, as nobody chose."""
        top, exit = self.stack[-1], self.place.step.exit
        if isinstance(exit, Next):
            self._leave_to(exit.to, today)
        elif isinstance(exit, Branch):
            scope = top.scope(today)
            self._leave_to(next(case.to for case in exit.cases if holds(case.when, scope)), today)
        elif isinstance(exit, Ending):
            self._return(exit.outcome, today)
        elif isinstance(exit, Call | Switch):
            given = self._given(exit, top, today)
            frame = Frame(self._name(exit.guide), self.guides[exit.guide])
            self.passed.append(self.place)
            if isinstance(exit, Switch):
                left = self.stack.pop()
                frame.detour, frame.giver = left.detour, left.giver
            self._open(frame, given, today)

    def _anytime(self, said: Said, today: date) -> None:
        """Take what is offered at any time by the guide walked, or by one that called it."""
        place = self.place
        giver, entry = next((n, entry) for n, entry in entries(self.stack) if entry.option.id == said.option)
        frame, option = self.stack[giver], entry.option
        self._set(frame, option.sets, today)
        self._write(option.records, frame, today)
        self.passed.append(place)
        if entry.detour:
            way = entry.detour
            given = self._given(way, frame, today)
            self._open(Frame(self._name(way.guide), self.guides[way.guide], detour=way, giver=giver), given, today)
            return
        if frame is self.stack[-1]:
            frame.chosen[place.step.id] = option.id
        del self.stack[giver + 1 :]
        if entry.closing:
            self.place = Place([frame.copy() for frame in self.stack], entry.closing, 1, today)
        else:
            self._reach(option.to, today)

    def _return(self, outcome: str, today: date) -> None:
        """A called guide has ended: its caller takes what it asked for, and goes on; a detour, where it was left."""
        self.passed.append(self.place)
        theirs = self.stack[-1].scope(today).values
        ended = self.stack.pop()
        caller = self.stack[-1]
        call = ended.detour or caller.guide.steps[caller.step].exit
        assert isinstance(call, Call)
        taking = self.stack[ended.giver] if ended.detour else caller
        taking.values.update({take.ours: theirs.get(take.theirs) for take in call.take})
        self._reach(caller.step if ended.detour else str(call.target(outcome)), today)

    def _leave_to(self, step: str, today: date) -> None:
        self.passed.append(self.place)
        self._reach(step, today)

    def _open(self, frame: Frame, given: Mapping[str, Value], today: date) -> None:
        if len(self.stack) == MOST_FRAMES:
            raise TooManyFramesError(MOST_FRAMES)
        told = {id: read(frame.guide.fields[id], self.outside.get(key)) for id, key in frame.guide.outside}
        frame.values.update({id: value for id, value in told.items() if not isinstance(value, Refusal)})
        frame.values.update(given)
        self.stack.append(frame)
        self._reach(frame.guide.start, today)

    def _reach(self, step: str, today: date) -> None:
        top = self.stack[-1]
        top.step, top.chosen[step], top.visits[step] = step, None, top.visits.get(step, 0) + 1
        reached = top.guide.steps[step]
        if top.visits[step] > reached.max_visits:
            raise TooManyVisitsError(step, reached.max_visits)
        self.place = Place([frame.copy() for frame in self.stack], reached, top.visits[step], today)

    def _name(self, guide: str) -> str:
        frame, step, occurrence = self.place.key
        return f"{frame}/{step}.{occurrence}:{guide}"

    def _given(self, way: Call | Switch, frame: Frame, today: date) -> dict[str, Value]:
        fields = self.guides[way.guide].fields
        scope = frame.scope(today)
        return {each.field: fit(fields[each.field], each.expression.evaluate(scope)) for each in way.given}

    def _set(self, frame: Frame, sets: list[Assignment] | tuple[Assignment, ...], today: date) -> None:
        for each in sets:
            value = each.expression.evaluate(frame.scope(today))
            frame.values[each.field] = fit(frame.guide.fields[each.field], value)

    def _write(self, records: list[Record] | tuple[Record, ...], frame: Frame, today: date) -> None:
        scope = frame.scope(today)
        self.place.due += [
            filled(record, self.place.key, frame.guide, scope, self.locale)
            for record in records
            if holds(record.when, scope) and is_due(record, scope)
        ]


def holds(condition: Expression | None, scope: Scope) -> bool:
    """Only what is true holds: what is unknown does not."""
    return condition is None or condition.evaluate(scope) is True


def is_due(record: Record, scope: Scope) -> bool:
    """A record without its day, or without the amount that it speaks of, is none (FORMAT §2.2)."""
    figures = {name: figure.evaluate(scope) for name, figure in record.figures.items()}
    return figures.get("due", scope.today) is not None and figures.get("amount", 1) not in (None, 0)


def filled(record: Record, key: Key, guide: Guide, scope: Scope, locale: str) -> Due:
    """What a record says."""
    details: dict[str, Any] = dict(record.fixed)
    for name, figure in record.figures.items():
        value = figure.evaluate(scope)
        if figure.type.kind == "money":
            details[name], details["currency"] = plain(fit(figure.type.field, value)), figure.type.currency
        else:
            details[name] = plain(value)
    texts = {name: text.fill(scope, locale) for name, text in record.texts.items()}
    values = {id: plain(scope.values.get(id)) for id in record.values}
    return Due(key, record.kind, ":".join((guide.id, ".".join(map(str, record.path)))), details, texts, values)


def entries(stack: list[Frame]) -> Iterator[tuple[int, Anytime]]:
    """What is offered at any time, with the place of the frame that offers it: the nearest first, each id once."""
    seen: set[str] = set()
    for number in reversed(range(len(stack))):
        for entry in stack[number].guide.anytime:
            if entry.option.id not in seen:
                seen.add(entry.option.id)
                yield number, entry
