"""Which steps lead to which, through called guides too: a shortest way past some steps, or none (FORMAT §2.5).

A called guide is looked at once, however often it is called: by which outcomes it can be left without what is to be
avoided. So every answer is linear in the size of the guides. Skips count as no way.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from engine.claims import Selector
from engine.graph import GuideGraph, groups
from engine.model import Anytime, Branch, Call, Ending, Guide, Next, Options, Step, Switch

_AROUND = 3
"""Spots of the way from a step by a detour back to it."""


class Spot(NamedTuple):
    """A step of a guide; or, `aside`, an entry that the guide offers at every step."""

    guide: str
    id: str
    aside: bool = False


class Way(NamedTuple):
    """A way on to a spot; `after` is the outcome of the called guide, where a call returns, else ""."""

    to: Spot
    after: str = ""


class Selection(NamedTuple):
    """Steps of any guide, and steps or entries that end the whole walk."""

    spots: frozenset[Spot] = frozenset()
    ends: frozenset[Spot] = frozenset()

    def holds(self, spot: Spot, *, outside: bool) -> bool:
        """Whether the spot is selected; only `outside` of called guides can it end the walk."""
        return spot in self.spots or (outside and spot in self.ends)


class Through(NamedTuple):
    """How a called guide can be left: by outcomes, and by entries of its callers (their ids)."""

    outcomes: tuple[str, ...] = ()
    asides: frozenset[str] = frozenset()


class Ways:
    """The ways through a guide and all guides that it leads to; entries offered at every step count with `anytime`."""

    def __init__(self, graph: GuideGraph, *, anytime: bool) -> None:
        self.home = graph.guide
        self.guides = {**graph.others, graph.guide.id: graph.guide}
        leads = _leads(self.guides, self.home.id, anytime)
        self.complete = all(found <= self.guides.keys() for found in leads.values())
        self.order = [id for group in groups(leads) for id in group if id in self.guides]
        self.entries: dict[str, dict[str, Anytime]] = {
            id: {each.option.id: each for each in self.guides[id].anytime} if anytime else {} for id in self.order
        }
        self.ids = frozenset(id for entries in self.entries.values() for id in entries)
        self._levels = {id: self._level(id) for id in self.order}
        self._callers = self._calling()
        self._escapes: dict[str, tuple[Spot, ...]] = {}
        self._known: dict[Spot, tuple[Way, ...]] = {}

    def select(self, selector: Selector) -> Selection:
        """What a selector names: steps of this guide and of those that it leads to, or ends of the whole walk."""
        if (selector.kind, selector.name) == ("any", "start"):
            return Selection(frozenset(self.start(self.home.id)))
        if selector.kind in ("any", "outcome"):
            wanted = selector.name if selector.kind == "outcome" else None
            return Selection(ends=frozenset(self._ends(wanted)))
        if selector.kind == "step":
            guide, _, id = selector.name.rpartition("/")
            guide = guide or self.home.id
            return Selection(frozenset(self._spot(guide, id) if guide in self.order else ()))
        steps = ((guide, step) for guide in self.order for step in self.guides[guide].steps.values())
        named = (Spot(guide, step.id) for guide, step in steps if selector.name in _names(step, selector.kind))
        return Selection(frozenset(named))

    def on(self, spot: Spot, through: Callable[[str], Through]) -> tuple[Way, ...]:
        """The ways on within a walk of one guide, switches included; a call is one way for each outcome."""
        found = self._known.get(spot)
        if found is None:
            found = tuple(self._on(spot, through))
            if spot.aside or not self.call(spot):
                self._known[spot] = found
        return found

    def _on(self, spot: Spot, through: Callable[[str], Through]) -> Iterator[Way]:
        entries = self.entries[spot.guide]
        if spot.aside:
            yield from (Way(to) for to in self._spot(spot.guide, entries[spot.id].option.to))
            return
        step = self.guides[spot.guide].steps[spot.id]
        left = frozenset[str]()
        if isinstance(step.exit, Call):
            outcomes, left = through(step.exit.guide)
            for outcome in outcomes:
                yield from (Way(to, outcome) for to in self._spot(spot.guide, step.exit.target(outcome)))
        elif isinstance(step.exit, Switch):
            yield from (Way(start) for start in self.start(step.exit.guide))
        else:
            yield from (Way(to) for id in _targets(step.exit) for to in self._spot(spot.guide, id))
        if step.halts or left:
            yield from (Way(Spot(spot.guide, id, True)) for id in entries if step.halts or id in left)

    def call(self, spot: Spot) -> Call | None:
        """The guide that is called here, or walked as a detour."""
        if spot.aside:
            return self.entries[spot.guide][spot.id].detour
        exit = self.guides[spot.guide].steps[spot.id].exit
        return exit if isinstance(exit, Call) else None

    def start(self, guide: str) -> tuple[Spot, ...]:
        """The first step of a guide, where both are there."""
        return self._spot(guide, self.guides[guide].start) if guide in self.order else ()

    def out(self, spot: Spot) -> Iterator[Spot]:
        """Where the callers go on after the end of their called guide here, or by an entry of theirs."""
        outcome = self.outcome(spot)
        if outcome is not None:
            for caller in self._callers.get(spot.guide, ()):
                yield from self._back(caller, outcome)
        elif not spot.aside and self.guides[spot.guide].steps[spot.id].halts:
            yield from self._escaping(spot.guide)

    def outcome(self, spot: Spot) -> str | None:
        """The outcome by which the spot ends its guide, or None."""
        if spot.aside:
            closing = self.entries[spot.guide][spot.id].closing
            exit = closing.exit if closing else None
        else:
            exit = self.guides[spot.guide].steps[spot.id].exit
        return exit.outcome if isinstance(exit, Ending) else None

    def _spot(self, guide: str, id: str | None) -> tuple[Spot, ...]:
        """The step, where there is one: a guide with mistakes can lead nowhere."""
        return (Spot(guide, id),) if id and id in self.guides[guide].steps else ()

    def _ends(self, outcome: str | None) -> Iterator[Spot]:
        for guide in self._levels[self.home.id]:
            spots = [Spot(guide, id) for id in self.guides[guide].steps]
            spots += [Spot(guide, id, True) for id in self.entries[guide]]
            for spot in spots:
                ending = self.outcome(spot)
                if ending is not None and outcome in (None, ending):
                    yield spot

    def _level(self, guide: str) -> tuple[str, ...]:
        """The guide, and those that a walk of it can switch to."""
        found = [guide]
        for each in found:
            exits = (step.exit for step in self.guides[each].steps.values())
            switches = dict.fromkeys(exit.guide for exit in exits if isinstance(exit, Switch))
            found += [to for to in switches if to in self.order and to not in found]
        return tuple(found)

    def _calling(self) -> Mapping[str, list[Spot]]:
        """By guide: the calls and detours in which it can be walked."""
        callers: dict[str, list[Spot]] = {}
        spots = [Spot(guide, id) for guide in self.order for id in self.guides[guide].steps]
        spots += [Spot(guide, id, True) for guide in self.order for id in self.entries[guide]]
        for spot in spots:
            call = self.call(spot)
            for guide in self._levels.get(call.guide, ()) if call else ():
                callers.setdefault(guide, []).append(spot)
        return callers

    def _back(self, caller: Spot, outcome: str) -> Iterator[Spot]:
        """Where a caller goes on after this outcome: after a detour, at any step that it can have left."""
        call = self.call(caller)
        if call and not caller.aside:
            yield from self._spot(caller.guide, call.target(outcome))
            return
        for guide in self.order:
            if guide == caller.guide or caller in self._escaping(guide):
                yield from (Spot(guide, id) for id, step in self.guides[guide].steps.items() if step.halts)

    def _escaping(self, guide: str) -> tuple[Spot, ...]:
        """The entries of callers that are offered in this guide: of each id, those of the nearest that have it."""
        if guide not in self._escapes:
            others = self.ids - self.entries[guide].keys()
            self._escapes[guide] = tuple(sorted({spot for id in others for spot in self._nearest(guide, id)}))
        return self._escapes[guide]

    def _nearest(self, guide: str, id: str) -> Iterator[Spot]:
        waiting = [guide]
        for each in waiting:
            callers = dict.fromkeys(spot.guide for spot in self._callers.get(each, ()))
            yield from (Spot(caller, id, True) for caller in callers if id in self.entries[caller])
            waiting += [caller for caller in callers if id not in self.entries[caller] and caller not in waiting]


@lru_cache(maxsize=2)
def ways_of(graph: GuideGraph, anytime: bool) -> Ways:
    """The ways through this guide, worked out once for all of its rules."""
    return Ways(graph, anytime=anytime)


class Search:
    """Looks for ways past what is to be avoided."""

    def __init__(self, ways: Ways, avoided: Selection) -> None:
        self.ways = ways
        self.avoided = avoided
        self._through: dict[str, Through] = {}
        for guide in ways.order:
            if guide != ways.home.id:
                self._through[guide] = self._leaving(guide)

    def through(self, guide: str) -> Through:
        """How the guide can be left, where it is called, without what is avoided."""
        return self._through.get(guide, Through())

    def on(self, spot: Spot) -> tuple[Way, ...]:
        """The ways on within a walk of one guide."""
        return self.ways.on(spot, self.through)

    def within(self, guide: str) -> dict[Spot, tuple[Way, ...]]:
        """By spot that a walk of the guide, once called, can come to without what is avoided: the ways on."""
        found: dict[Spot, tuple[Way, ...]] = {}
        waiting = list(self.ways.start(guide))
        outside = guide == self.ways.home.id
        while waiting:
            spot = waiting.pop()
            if spot not in found and not self.avoided.holds(spot, outside=outside):
                found[spot] = self.on(spot)
                waiting += [way.to for way in found[spot]]
        return found

    def shortest(self, sources: Iterable[Spot], goal: Selection, *, at_once: bool) -> tuple[Spot, ...]:
        """A shortest way from a source to a goal, both included; empty where there is none.

        A source that is a goal itself is such a way `at_once`, else only where it is come to again.
        """
        begun = [place for spot in sources if not self._bars(place := self._outside(spot))]
        there = [place for place in begun if goal.holds(place.spot, outside=True)]
        if at_once and there:
            return (there[0].spot,)
        found = self._found(begun, goal)
        around = () if 0 < len(found) <= _AROUND else next((way for place in there if (way := self._around(place))), ())
        return around or found

    def _found(self, begun: list["_Place"], goal: Selection) -> tuple[Spot, ...]:
        """A shortest way with at least one move."""
        came: dict[_Place, _Place | None] = dict.fromkeys(begun)
        for place in (waiting := list(came)):
            for following in self._moves(place):
                if self._bars(following):
                    continue
                if goal.holds(following.spot, outside=following.outside):
                    return (*_back(came, place), following.spot)
                if following not in came:
                    came[following] = place
                    waiting.append(following)
        return ()

    def _around(self, place: "_Place") -> tuple[Spot, ...]:
        """Away from a step by a detour, and back to it: what is passed on the detour is left out."""
        offered = [way.to for way in self.on(place.spot)] + [*(self.ways.out(place.spot) if place.called else ())]
        for spot in offered:
            call = self.ways.call(spot) if spot.aside else None
            if call and self.through(call.guide).outcomes and not self.avoided.holds(spot, outside=True):
                return place.spot, spot, place.spot
        return ()

    def _bars(self, place: "_Place") -> bool:
        return self.avoided.holds(place.spot, outside=place.outside)

    def _outside(self, spot: Spot) -> "_Place":
        """A place that no call on this way led to; nothing calls the guide that the walk begins with."""
        return _Place(spot, outside=True, called=spot.guide != self.ways.home.id)

    def _moves(self, place: "_Place") -> Iterator["_Place"]:
        yield from (place._replace(spot=way.to) for way in self.on(place.spot))
        called = self.ways.call(place.spot)
        yield from (_Place(to, outside=False, called=False) for to in (self.ways.start(called.guide) if called else ()))
        if place.called:
            yield from (self._outside(to) for to in self.ways.out(place.spot))

    def _leaving(self, guide: str) -> Through:
        outcomes: dict[str, None] = {}
        asides = set[str]()
        for spot in self.within(guide):
            outcome = self.ways.outcome(spot)
            if outcome is not None:
                outcomes[outcome] = None
            elif not spot.aside:
                asides |= self._past(spot)
        return Through(tuple(outcomes), frozenset(asides))

    def _past(self, spot: Spot) -> frozenset[str]:
        """The ids that are offered at a step but not by its guide: where it halts, or in what it calls."""
        step, own = self.ways.guides[spot.guide].steps[spot.id], self.ways.entries[spot.guide].keys()
        offered = self.ways.ids if step.halts else frozenset[str]()
        if isinstance(step.exit, Call):
            offered |= self.through(step.exit.guide).asides
        return offered - own


def _leads(guides: Mapping[str, Guide], home: str, anytime: bool) -> dict[str, set[str]]:
    """By guide that `home` leads to, itself included: the guides that it calls or switches to."""
    found, waiting = dict[str, set[str]](), [home]
    while waiting:
        id = waiting.pop()
        if id in guides and id not in found:
            ways = guides[id].leads if anytime else (step.exit for step in guides[id].steps.values())
            found[id] = {way.guide for way in ways if isinstance(way, Call | Switch)}
            waiting += found[id]
    return found


def _names(step: Step, kind: str) -> tuple[str | None, ...]:
    return step.tags if kind == "tag" else (step.stage,)


def _targets(exit: object) -> Iterator[str]:
    if isinstance(exit, Options):
        yield from (option.to for option in exit.options)
    elif isinstance(exit, Next):
        yield exit.to
    elif isinstance(exit, Branch):
        yield from (case.to for case in exit.cases)


class _Place(NamedTuple):
    """A spot on a way; `outside` of what was called on this way, its guide may have been `called` before it began."""

    spot: Spot
    outside: bool
    called: bool


def _back(came: Mapping[_Place, _Place | None], last: _Place) -> list[Spot]:
    way = []
    place: _Place | None = last
    while place is not None:
        way.append(place.spot)
        place = came[place]
    return way[::-1]
