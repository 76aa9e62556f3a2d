"""Walks a guide where nobody has walked it yet: every way once if it can, then at random (FORMAT §2.6).

Nothing is random here: chance comes from outside as `choose`, so that the same seed gives the same walks.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from itertools import islice
from typing import Any, NamedTuple

from engine.coverage import Way, taken, ways_of
from engine.errors import HandrailError, WalkError
from engine.graph import GuideGraph
from engine.model import Check, Ending, Guide, Options
from engine.replies import Reply
from engine.samples import Choose
from engine.scout import REASON, Entry, Scout, Spot, asides_of, body, choices, reasons_for, usual_day
from engine.screen import build
from engine.state import State
from engine.visits import Guides, Visit, backwards
from engine.walkthroughs import Script, begun, made, moment, read_move

LONGEST = 60
"""Answers of a random walk before it heads for an end."""

_SELDOM = 24
"""Once in so many answers a random walk takes what is offered at any time; more often, it would never come far."""

_TRIES = 20_000
"""Answers tried to find every way; more in a guide with very many ways."""
_TRIES_OUT = 4_000
"""Answers tried to find an end."""
_MOST_BROKEN = 20
"""Documents that raise, of which one is told after the other; there may be thousands."""


class Trouble(NamedTuple):
    """What went wrong at a step, and the answers document that leads there, its last answer the one that failed."""

    step: str
    message: str
    script: Mapping[str, Any]


class Found(NamedTuple):
    """Walkthroughs that take every way which can be reached, and the ways that no answer tried has reached.

    `broken` are answers documents whose last move raises.
    """

    walkthroughs: tuple[Mapping[str, Any], ...]
    left: tuple[Way, ...]
    broken: tuple[Mapping[str, Any], ...]


def survey(graph: GuideGraph, guides: Guides) -> Found:
    """Look for every way of a guide; `guides` holds it and all that it can lead to."""
    scout, ways = Scout(guides), ways_of(graph)
    spots = _reached(scout, graph.guide, ways)
    routes: dict[Way, tuple[Spot, frozenset[Way]]] = {}
    covered: set[Way] = set()
    for way in sorted(spots, key=lambda way: -spots[way].depth):
        if way not in covered:
            spot = scout.way_out(spots[way], _TRIES_OUT)[0] or spots[way]
            routes[way] = spot, taken(spot.visit).ways & spots.keys()
            covered |= routes[way][1]
    needed = _needed(routes)
    scripts = tuple(_walkthrough(way, routes[way][0]) for way in ways if way in needed)
    return Found(scripts, tuple(way for way in ways if way not in spots), tuple(scout.broken[:_MOST_BROKEN]))


def explore(graph: GuideGraph, guides: Guides, found: Found, walks: int, choose: Choose) -> Iterator[Trouble | None]:
    """Walk all that the survey found, then as many random walks: for each what went wrong, or None."""
    scout, guide = Scout(guides), graph.guide
    for script in (*found.walkthroughs, *found.broken):
        yield _Walk(scout, guide, choose).follow(script)
    for _ in range(walks):
        yield _Walk(scout, guide, choose).wander()


def _reached(scout: Scout, guide: Guide, ways: tuple[Way, ...]) -> dict[Way, Spot]:
    """Where each way was taken first."""
    wanted, found = set(ways), dict[Way, Spot]()
    tries = max(_TRIES, 20 * len(ways))
    for spot in islice(scout.spread(scout.starts(guide), wanted), tries):
        since = spot.before.visit.key if spot.before else None
        for way in taken(spot.visit, since).ways & wanted:
            found[way] = spot
            wanted.remove(way)
        if not wanted:
            break
    return found


def _needed(routes: Mapping[Way, tuple[Spot, frozenset[Way]]]) -> frozenset[Way]:
    """The routes that are kept: one goes where the others take all its ways."""
    kept, counts = set(routes), Counter(way for _, ways in routes.values() for way in ways)
    for name, (_, ways) in routes.items():
        if all(counts[way] > 1 for way in ways):
            kept.remove(name)
            counts.subtract(ways)
    return frozenset(kept)


def _walkthrough(way: Way, spot: Spot) -> dict[str, Any]:
    """The walkthrough that takes a way, named for it."""
    where = f"at {way.step}" if way.step else "at any time"
    script = {"name": f"Takes {way.name} {where}", **spot.script}
    exit = spot.visit.step.exit
    return {**script, "ends": exit.outcome} if isinstance(exit, Ending) else script


class _StrandedError(Exception):
    """Nothing more can be answered, or nothing leads to an end; says why."""


class _Walk:
    """One session of a guide, and the answers document that it makes; the entry being tried is its last."""

    def __init__(self, scout: Scout, guide: Guide, choose: Choose) -> None:
        self.scout = scout
        self.guide = guide
        self.choose = choose
        self.opening = Script({}, date.min, None, ())
        self.answers: list[Entry] = []
        self.state: State | None = None

    def follow(self, script: Mapping[str, Any]) -> Trouble | None:
        """Walk as an answers document says."""
        return self._watched(lambda: self._follow(script))

    def wander(self) -> Trouble | None:
        """Walk at random to an end."""
        return self._watched(self._wander)

    def _watched(self, walk: Callable[[], None]) -> Trouble | None:
        """What goes wrong in a walk: what the engine refuses, and whatever it should never raise."""
        try:
            walk()
        except (HandrailError, _StrandedError) as error:
            return self._trouble(str(error))
        except Exception as error:  # noqa: BLE001 - finding these is what exploring is for
            return self._trouble(f"{type(error).__name__}: {error}")
        return None

    def _trouble(self, message: str) -> Trouble:
        opening = {"given": dict(self.opening.given), "today": self.opening.today.isoformat()}
        step = self.state.visit.step.id if self.state else self.guide.start
        return Trouble(step, message, {**opening, "answers": list(self.answers)})

    def _follow(self, script: Mapping[str, Any]) -> None:
        state = self._begin(script["given"], date.fromisoformat(script["today"]))
        for entry in script["answers"]:
            state = self._make(state, entry)

    def _wander(self) -> None:
        days = self.scout.samples.days(usual_day(self.guide))
        today = days[self.choose(len(days))]
        state = self._begin(self.scout.samples.drawn_given(self.guide, today, self.choose), today)
        while state.status == "active" and len(self.answers) < LONGEST:
            state = self._aimless(state) or self._on(state)
        if state.status == "active":
            self._leave(state)
        elif not self.choose(4):
            self._make(state, {"back": "true"})

    def _begin(self, given: Mapping[str, Any], today: date) -> State:
        self.opening = Script(given, today, None, ())
        self.state = begun(self.scout.guides, self.guide.id, self.opening).state
        build(self.state)
        return self.state

    def _make(self, state: State, entry: Entry) -> State:
        """The state after one more entry, and its screen built."""
        self.answers.append(entry)
        at = moment(self.opening.today, len(self.answers))
        self.state = made(state, read_move(entry, ()), at).state
        build(self.state)
        return self.state

    def _attempt(self, state: State, entry: Entry) -> State | WalkError:
        """As `_make`, but a refusal is handed back, and leaves the document as it was."""
        try:
            return self._make(state, entry)
        except WalkError as error:
            self.answers.pop()
            return error

    def _aimless(self, state: State) -> State | None:
        """Now and then, Back or a change of an earlier answer; None where it is not the time for it."""
        answered = self._answered(state)
        turn = self.choose(12)
        if not answered or turn > 1:
            return None
        name = list(answered)[self.choose(len(answered))]
        entry = {"back": name} if turn else {"change": {name: body(self._reply(answered[name]))}}
        moved = self._attempt(state, entry)
        return moved if isinstance(moved, State) else None

    def _answered(self, state: State) -> dict[str, Visit]:
        """The latest answered visit of each step on the path, by its name in an answers document."""
        found: dict[str, Visit] = {}
        for visit in backwards(state.visit):
            if visit.answer is not None:
                found.setdefault(self.scout.name(visit), visit)
        return found

    def _on(self, state: State) -> State:
        """Answer the step on the screen, in any way that it takes."""
        refused, entry = "no answer can be chosen here", None
        for told in self._ways(state.visit):
            entry = {self.scout.name(state.visit): told}
            moved = self._attempt(state, entry)
            if isinstance(moved, State):
                return moved
            refused = str(moved)
        self.answers += [entry] if entry else []
        raise _StrandedError(f"nobody can go on from here: {refused}")

    def _ways(self, visit: Visit) -> Iterator[Any]:
        """What can be answered at the step on the screen, in an order left to chance.

        Anytime entries come only now and then, so that they hide no step at which nothing else can be done.
        """
        options: list[str | None] = [option.id for option in choices(visit)]
        if not isinstance(visit.step.exit, Options):
            options = [None]
        own: list[Callable[[], Any]] = [partial(self._answer, visit, option) for option in options]
        own += [lambda: {"skip": REASON}] if visit.step.skip_to else []
        aside: list[Callable[[], Any]] = [partial(_taken_aside, visit, each.id) for each in asides_of(visit)]
        for group in [own] if self.choose(_SELDOM) else [aside, own]:
            while group:
                yield group.pop(self.choose(len(group)))()

    def _answer(self, visit: Visit, option: str | None) -> Any:
        return body(self._reply(visit, option))

    def _reply(self, visit: Visit, option: str | None = None) -> Reply:
        """A reply at a visit with drawn values; one of its options where none is named."""
        options = choices(visit)
        if option is None and options:
            option = options[self.choose(len(options))].id
        values = self.scout.samples.drawn(visit, self.opening.today, self.choose)
        left = {check.id for check in visit.step.checks if self._is_left(check)}
        reasons = {check.id: REASON for check in visit.step.checks if check.required and check.id in left}
        ticked = tuple(check.id for check in visit.step.checks if check.id not in left)
        return Reply(option, values, ticked, reasons={**reasons, **reasons_for(visit, option)})

    def _is_left(self, check: Check) -> bool:
        """Whether a check is left open: one time in four, where that is possible at all."""
        return not (check.required and check.override == "never") and not self.choose(4)

    def _leave(self, state: State) -> None:
        """Go to the nearest end, without what is offered at any time."""
        here = Spot(state.visit, {}, self.opening.today)
        end, exhausted = self.scout.way_out(here, _TRIES_OUT, aside=False)
        if exhausted:
            raise _StrandedError(f"after {len(self.answers)} answers, no answer that was tried leads to an end")
        for entry in end.entries if end else ():
            state = self._make(state, entry)


def _taken_aside(visit: Visit, option: str) -> Any:
    return body(Reply(option, reasons=reasons_for(visit, option)))
