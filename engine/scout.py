"""Looks for ways through guides: tries what can be answered, the steps least tried first, each situation once.

Nothing here fills texts or writes events, so that many answers can be tried; `engine.explorer` walks what was found.
"""

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from datetime import date
from heapq import heappop, heappush
from itertools import chain, islice
from types import MappingProxyType
from typing import Any, NamedTuple

from engine.coverage import Way
from engine.errors import WalkError
from engine.expressions.expression import Scope
from engine.influence import conditions, set_expressions
from engine.model import Branch, Guide, Option, Options, Step
from engine.path import Offer, anytime_of, go_on
from engine.replies import Circumstances, Reply, holds, judge, offered, offered_anytime
from engine.samples import Samples
from engine.visits import Answer, Frame, Guides, Visit
from engine.walkthroughs import SOME_DAY, Script, begun

REASON = "For a test"
"""What is given as the reason wherever one is asked for."""

_TURN = 50
"""Answers tried from one situation before the next one has its turn."""
_AIMED = 8
"""At how many situations of a step values are looked for that meet whole conditions, which takes long."""
_ASIDES = 6
"""How often the same anytime entry is tried in one search."""

Entry = Mapping[str, Any]
"""One entry of `answers`."""


class Spot(NamedTuple):
    """A visit that was reached by the answer `entry` at the spot `before`; the first has only what it started with."""

    visit: Visit
    given: Mapping[str, Any]
    today: date
    before: "Spot | None" = None
    entry: Entry = MappingProxyType({})
    depth: int = 0

    @property
    def entries(self) -> list[Entry]:
        """Every answer that led here, in order."""
        found: list[Entry] = []
        spot: Spot | None = self
        while spot is not None and spot.before is not None:
            found.append(spot.entry)
            spot = spot.before
        return found[::-1]

    @property
    def script(self) -> dict[str, Any]:
        """The answers document that leads here."""
        return {"given": dict(self.given), "today": self.today.isoformat(), "answers": self.entries}


class Scout:
    """Knows some guides that can lead into each other; `broken` are answers documents whose last move raises."""

    def __init__(self, guides: Guides) -> None:
        self.guides = guides
        self.samples = Samples(guides)
        self.broken: list[Mapping[str, Any]] = []
        self._aimed = Counter[tuple[str, str]]()
        self._deciding = {id: [field for guide, field in sorted(self.samples.deciding) if guide == id] for id in guides}
        self._counted = {id: _counted(guide) for id, guide in guides.items()}
        ids = Counter(id for guide in guides.values() for id in guide.steps)
        self._shared = frozenset(id for id, count in ids.items() if count > 1)

    def starts(self, guide: Guide) -> Iterator[Spot]:
        """Where a session of the guide can start, on the usual day and on those that conditions ask for."""
        for today in self.samples.days(usual_day(guide)):
            for given in self.samples.given(guide, today):
                try:
                    state = begun(self.guides, guide.id, Script(given, today, None, ())).state
                    yield Spot(state.visit, given, today)
                except WalkError:
                    continue
                except Exception:  # noqa: BLE001 - whatever it is, starting there again will show it
                    self.broken.append({"given": given, "today": today.isoformat(), "answers": []})

    def spread(self, starts: Iterable[Spot], wanted: Collection[Way] = (), *, aside: bool = True) -> Iterator[Spot]:
        """Everywhere that can be reached, each answer tried told once; goes on only from new situations.

        First comes what seems to lead to a way that is still `wanted`, then steps that were reached least often at
        that depth; every situation gets its turn: a few answers at a time.
        """
        queue: list[tuple[int, int, int, Spot | None, Iterator[Spot]]] = []
        seen, reached, asides = set[Hashable](), Counter[tuple[str, str]](), Counter[str]()
        number = 0
        heappush(queue, (0, number, 0, None, iter(starts)))
        while queue:
            rank, _, usual, here, spots = heappop(queue)
            number += 1
            if here and rank < usual and not _promises(here.visit, wanted):
                heappush(queue, (usual, number, usual, None, spots))
                continue
            turn = list(islice(spots, _TURN))
            for spot in turn:
                yield spot
                situation = self._situation(spot.visit)
                if situation not in seen and not spot.visit.ends_session:
                    seen.add(situation)
                    number += 1
                    step = spot.visit.frame.guide.id, spot.visit.step.id
                    reached[step] += 1
                    first = 0 if wanted and _promises(spot.visit, wanted) else reached[step]
                    after = self._after(spot, asides if aside else None)
                    heappush(queue, (first, number, reached[step], spot, after))
            if len(turn) == _TURN:
                number += 1
                heappush(queue, (2 * max(rank, usual) + 1, number, 0, None, spots))

    def way_out(self, spot: Spot, tries: int, *, aside: bool = True) -> tuple[Spot | None, bool]:
        """The end of the session that is nearest, or None; and whether all was tried that there is to try.

        Anytime entries are tried unless `aside` is False.
        """
        for tried, found in enumerate(self.spread([spot], aside=aside)):
            if found.visit.ends_session:
                return found, False
            if tried >= tries:
                return None, False
        return None, True

    def name(self, visit: Visit) -> str:
        """The step's id in an answers document, with its guide where others have a step of that id."""
        id = visit.step.id
        return f"{visit.frame.guide.id}/{id}" if id in self._shared else id

    def _after(self, spot: Spot, asides: Counter[str] | None) -> Iterator[Spot]:
        own = self._next(spot)
        yield from islice(own, _TURN // 2)
        yield from self._aside(spot, asides)
        yield from own

    def _next(self, spot: Spot) -> Iterator[Spot]:
        """Where the answers of the step itself lead."""
        visit = spot.visit
        options: list[str | None] = [choice.id for choice in choices(visit)]
        checks = tuple(check.id for check in visit.step.checks)
        if isinstance(visit.step.exit, Options) and not options:
            return
        step = visit.frame.guide.id, visit.step.id
        self._aimed[step] += 1
        aimed = self.samples.aimed(visit, spot.today) if self._aimed[step] <= _AIMED else ()
        for values in chain(aimed, self.samples.entries(visit, spot.today)):
            for option in options or [None]:
                reply = Reply(option, values, checks, reasons=reasons_for(visit, option))
                yield from self._answered(spot, reply)

    def _aside(self, spot: Spot, asides: Counter[str] | None) -> Iterator[Spot]:
        """Where skipping leads, and what is offered at any time, unless that is not to be tried."""
        if spot.visit.step.skip_to:
            answer = Answer(None, {}, {}, (), spot.today, skip=REASON)
            yield from self._went(spot, answer, {"skip": REASON})
        if asides is None:
            return
        for option in asides_of(spot.visit):
            asides[option.id] += 1
            if asides[option.id] <= _ASIDES:
                yield from self._answered(spot, Reply(option.id, reasons=reasons_for(spot.visit, option.id)))

    def _answered(self, spot: Spot, reply: Reply) -> Iterator[Spot]:
        circumstances = Circumstances("en", spot.today, frozenset(reply.reasons))
        try:
            answer = judge(spot.visit, reply, circumstances)
        except WalkError:
            return
        yield from self._went(spot, answer, body(reply))

    def _went(self, spot: Spot, answer: Answer, told: Any) -> Iterator[Spot]:
        entry, depth = {self.name(spot.visit): told}, spot.depth + 1
        try:
            visit = go_on(self.guides, spot.visit, answer)
        except WalkError:
            return
        except Exception:  # noqa: BLE001 - whatever it is, walking the entry will show it
            self.broken.append(Spot(spot.visit, spot.given, spot.today, spot, entry, depth).script)
            return
        yield Spot(visit, spot.given, spot.today, spot, entry, depth)

    def _situation(self, visit: Visit) -> Hashable:
        """What decides where the answers of a visit can lead: steps, deciding values and counts, of all frames."""
        told: list[Hashable] = [visit.today]
        step, frame, values, tally = visit.step.id, visit.frame, visit.values, visit.tally
        while True:
            guide = frame.guide.id
            told += [guide, step, frame.detour is None]
            told += [values.get(id) for id in self._deciding[guide]]
            told += [tally.of(id) for id in self._counted[guide]]
            if frame.caller is None:
                return tuple(told)
            step, values, tally, frame = frame.caller.step.id, frame.callers_values, frame.caller.tally, _outer(frame)


def choices(visit: Visit) -> list[Option]:
    """The options that can be chosen at a visit, some of them for a reason or by an approval."""
    return [option for option in offered(visit) if option.override or holds(option.allow, visit.scope)]


def asides_of(visit: Visit) -> list[Option]:
    """The anytime entries that can be chosen at a visit, unless an option of the step has the same id."""
    exit = visit.step.exit
    own = exit.by_id if isinstance(exit, Options) else {}
    offers = (offer for offer in offered_anytime(visit) if offer.entry.option.id not in own)
    return [offer.entry.option for offer in offers if offer.entry.option.override or _is_open(visit, offer)]


def reasons_for(visit: Visit, option: str | None) -> dict[str, str]:
    """The reason for choosing an option, where it is locked."""
    exit = visit.step.exit
    own = exit.find(option) if isinstance(exit, Options) else None
    if own is not None:
        opened = holds(own.allow, visit.scope)
    else:
        opened = all(_is_open(visit, offer) for offer in anytime_of(visit) if offer.entry.option.id == option)
    return {} if opened or option is None else {option: REASON}


def body(reply: Reply) -> Any:
    """A reply as it stands in an answers document."""
    parts = {"values": dict(reply.values), "checks": list(reply.checks), "reasons": dict(reply.reasons)}
    told = {name: part for name, part in parts.items() if part}
    if reply.option is None:
        return told
    return {"option": reply.option, **told} if told else reply.option


def _is_open(visit: Visit, offer: Offer) -> bool:
    return holds(offer.entry.option.allow, Scope(offer.values, visit.today, offer.tally))


def _promises(visit: Visit, wanted: Collection[Way]) -> bool:
    """Whether a way that is wanted seems open at a visit, as far as that is known before it is answered.

    Where an answer leads to a branch that nobody sees, the way that this would take counts too.
    """
    guide, exit = visit.frame.guide, visit.step.exit
    if isinstance(exit, Options):
        open_here = choices(visit)
        names = [(visit.step.id, option.id) for option in open_here]
        names += [way for option in open_here for way in _fires(guide.steps[option.to], visit) if not option.sets]
    else:
        names = [*_fires(visit.step, visit)]
    return any(Way(guide.id, step, name) in wanted for step, name in names)


def _fires(step: Step, visit: Visit) -> Iterator[tuple[str, str]]:
    """The case of the step's branch, if it has one, that what is known at a visit leads to."""
    cases = step.exit.cases if isinstance(step.exit, Branch) else ()
    if step.automatic or step is visit.step:
        fires = ((step.id, f"case-{n}") for n, case in enumerate(cases, 1) if holds(case.when, visit.scope))
        yield from islice(fires, 1)


def _outer(frame: Frame) -> Frame:
    assert frame.caller is not None, "only a called guide has a caller"
    return frame.caller.frame


def _counted(guide: Guide) -> list[str]:
    """The steps whose visits or answers an expression asks for."""
    found = {id for each in (*conditions(guide), *set_expressions(guide)) for id in each.steps}
    return sorted(found)


def usual_day(guide: Guide) -> date:
    """The day of the guide's first walkthrough that names one."""
    for walkthrough in guide.walkthroughs:
        try:
            return date.fromisoformat(str(walkthrough.script.get("today")))
        except ValueError:
            continue
    return SOME_DAY
