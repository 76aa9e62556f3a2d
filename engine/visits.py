"""Visits of steps, each linked to the one before: what is known there, what was answered (FORMAT §2.2, §6).

Everything here is frozen and shared: going on adds one visit, going back is holding an earlier one again.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from engine.errors import NothingBeforeError, NotOnPathError, Refusal
from engine.expressions.expression import Scope
from engine.fields.catalogue import read
from engine.fields.field import Value
from engine.model import Call, Ending, Guide, Step

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
        return {**self.hidden, **self.values}

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
    def stack(self) -> Iterator["Frame"]:
        """The guides that are open inside each other here: this one, then those that called it, the nearest first."""
        frame: Frame | None = self
        while frame:
            yield frame
            frame = frame.caller.frame if frame.caller else None

    @property
    def told(self) -> dict[str, Value]:
        """The values that the guide knows from outside."""
        return from_outside(self.guide, self.outside)


def from_outside(guide: Guide, told: Mapping[str, Any]) -> dict[str, Value]:
    """The values of the fields that read from outside what is `told`; one that its field cannot hold is missing."""
    values = {id: read(guide.fields[id], told.get(key)) for id, key in guide.outside}
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
        trace = self._trace  # held, since another thread may have traced it when this one asks again
        if trace is not None:
            self._visit, self._trace = trace(), None
        return self._visit


NOTHING = Tally({}, {})
"""The tally of a frame in which nothing was visited yet."""


def backwards(visit: Visit | None) -> Iterator[Visit]:
    """This visit and all before it, the latest first."""
    while visit is not None:
        yield visit
        visit = visit.previous


def last_answered(visit: Visit) -> Visit:
    """This visit or the nearest before it that was answered. Raises `NothingBeforeError`."""
    for passed in backwards(visit):
        if passed.answer is not None:
            return passed
    raise NothingBeforeError


def latest(visit: Visit, step: str) -> Visit:
    """The latest answered visit, up to this one, of a step written `step` or `guide/step`. Raises `NotOnPathError`."""
    guide, _, id = step.rpartition("/")
    for passed in backwards(visit):
        if passed.answer is not None and passed.step.id == id and guide in ("", passed.frame.guide.id):
            return passed
    raise NotOnPathError(step)


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
