"""Which fields have a value where: on some path, and on every path (FORMAT §2.2).

Sets of fields are bits of an int, and steps are looked at in the order in which they lead on, so that ten thousand
steps take a few hundredths of a second.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache, reduce
from heapq import heappop, heappush
from operator import and_

from engine.expressions.expression import Expression
from engine.expressions.tree import Literal, Node
from engine.fields.field import Field
from engine.graph import ANYTIME, GuideGraph
from engine.model import Anytime, Assignment, Branch, Call, Ending, Next, Option, Options, Step
from engine.rules.certainty import Behind, Facts, Has, assured, certain, needed, possible

WITHOUT_RECORDS = ("days_since_", "last_outcome", "agreement")
"""Facts that have no value for a client without records; counts and totals are 0 then (FORMAT §5)."""


class Knowledge:
    """What the paths of one guide know."""

    def __init__(self, graph: GuideGraph) -> None:
        self.graph = graph
        self.guide = graph.guide
        self._bits = {id: 1 << number for number, id in enumerate(self.guide.fields)}
        self._computed = dict(self.guide.computed)
        self._theirs: dict[str, Knowledge] = {}
        self._assurances: dict[tuple[str, bool], int] = {}
        self._possible = self._completed(possible)
        self._certain = self._completed(certain)

    @cached_property
    def may(self) -> Mapping[str, int]:
        """By reachable step: the fields that some path can have given a value before it is answered."""
        start = self.mask([*(field.id for field in self.guide.given), *dict(self.guide.outside)])
        start |= self._told | self.mask(self.without_source)
        known, arriving = self._may_anytime(start)
        for group in self.graph.components:
            before = self._reached(group, arriving)
            for id in group:
                known[id] = before
                after = before | self._given_by(self.guide.steps[id])
                skip_to = self.guide.steps[id].skip_to
                if skip_to:
                    arriving[skip_to] = arriving.get(skip_to, 0) | before
                for edge in self.graph.leaving(id):
                    arriving[edge.target] = arriving.get(edge.target, 0) | after | self.mask(edge.sets)
        return known

    def _may_anytime(self, start: int) -> tuple[dict[str, int], dict[str, int]]:
        """What can be known at every step, by way of `ANYTIME`, and what arrives at each step from there."""
        beside = self.mask(field for entry in self.guide.anytime if entry.detour for field in _gives(entry))
        arriving = {self.guide.start: start | beside}
        if not self.guide.anytime:
            return {}, arriving
        steps = [self.guide.steps[id] for id in self.graph.reachable]
        anything = start | beside | self.mask(field for entry in self.guide.anytime for field in _gives(entry))
        for step in steps:
            anything |= self._given_by(step)
            anything |= self.mask(field for edge in self.graph.leaving(step.id) for field in edge.sets)
        for edge in self.graph.leaving(ANYTIME):
            arriving[edge.target] = arriving.get(edge.target, 0) | anything
        return {ANYTIME: anything}, arriving

    @cached_property
    def sure(self) -> Mapping[str, int]:
        """By reachable step: the fields that every path has given a value before it is answered."""
        public, fields = self.guide.audience == "public", self.guide.fields.values()
        start = self.mask(field.id for field in fields if _from_the_start(field, public=public))
        return self._flow(start | self._told | self.mask(self.without_source))

    @cached_property
    def without_source(self) -> frozenset[str]:
        """The fields that nothing gives a value: nothing outside, no formula and no step that can be reached."""
        from_outside = {id for id, field in self.guide.fields.items() if field.given or field.computed}
        from_outside |= dict(self.guide.outside).keys()
        steps = [self.guide.steps[id] for id in self.graph.reachable]
        asked = {ask.field for step in steps for ask in step.asks}
        set_here = {each.field for step in steps for each in step.sets}
        on_the_way = {field for step in steps for edge in self.graph.leaving(step.id) for field in edge.sets}
        anytime = {field for entry in self.guide.anytime for field in _gives(entry)}
        return frozenset(self.guide.fields.keys() - from_outside - asked - set_here - on_the_way - anytime)

    @cached_property
    def at_the_end(self) -> int:
        """The fields surely known wherever the guide ends."""
        known = -1
        for id in self.graph.ends & self.graph.reachable:
            known &= self.after_setting(self.guide.steps[id].sets, self.sure[id])
        for entry in self.guide.anytime:
            if entry.closing:
                known &= self.after_setting(entry.option.sets, self.sure[ANYTIME])
        return known

    def mask(self, fields: Iterable[str]) -> int:
        """The fields as bits."""
        found = 0
        for field in fields:
            found |= self._bits[field]
        return found

    def can_have(self, known: int) -> Has:
        """Whether a field can have a value where those of `known` can, looking through computed fields."""
        return lambda field: bool(self._bits[field] & (self._possible(known) if field in self._computed else known))

    def facts(self, known: int) -> Facts:
        """Which fields surely have a value where those of `known` do, looking through computed fields."""
        return _Sure(self, known, self._certain)

    def certain(self, expression: Expression, known: int) -> bool:
        """Whether the expression surely has a value where the fields of `known` do."""
        return certain(expression.tree, self.facts(known))

    def after_asking(self, step: Step, known: int) -> int:
        """The fields surely known once the step's answers are taken: an optional one may clear its field."""
        before = known
        for ask in step.asks:
            bit = self._bits[ask.field]
            if not ask.required:
                known &= ~bit
            elif ask.when is None or self._asked_unless_known(ask.field, ask.when, before):
                known |= bit
        return known

    def after_choosing(self, step: Step, option: Option, known: int) -> int:
        """The fields surely known once this option of the step was chosen and all it sets is set."""
        chosen = self.after_asking(step, known | self._assured(option.when))
        return self.after_setting(step.sets, self.after_setting(option.sets, chosen))

    def after_all(self, step: Step, known: int) -> int:
        """The fields surely known once the step was answered, whichever option was chosen."""
        if isinstance(step.exit, Options) and step.exit.options:
            return reduce(and_, (self.after_choosing(step, option, known) for option in step.exit.options))
        return self.after_setting(step.sets, self.after_asking(step, known))

    def given(self, condition: Expression | None, known: int) -> int:
        """The fields surely known where the condition is true."""
        return known | self._assured(condition)

    def after_setting(self, assignments: Iterable[Assignment], known: int) -> int:
        """The fields surely known once the fields are set in turn."""
        for each in assignments:
            bit = self._bits[each.field]
            known = known | bit if self.certain(each.expression, known) else known & ~bit
        return known

    @property
    def _told(self) -> int:
        """The computed fields whose formula is wrong: that is told already, so they pass for known."""
        return self.mask(id for id, field in self.guide.fields.items() if field.computed and id not in self._computed)

    @cached_property
    def behind(self) -> Behind:
        """For each computed field: the fields without which it has no value."""
        behind: dict[str, frozenset[str]] = {}
        for id, formula in self._computed.items():
            behind[id] = needed(formula.tree, behind)
        return behind

    @cached_property
    def positive(self) -> frozenset[str]:
        """The fields whose least value is written out and more than 0."""
        return frozenset(id for id, bound in (self.guide.bounds or {}).items() if _positive(bound.min))

    def _completed(self, holds: Callable[[Node, "_Sure"], bool]) -> Callable[[int], int]:
        """A function that adds the computed fields to those known; it remembers what it has worked out."""

        @lru_cache(maxsize=1024)
        def completed(known: int) -> int:
            for id, formula in self._computed.items():
                if holds(formula.tree, _Sure(self, known, lambda known: known)):
                    known |= self._bits[id]
            return known

        return completed

    def _asked_unless_known(self, field: str, when: Expression, known: int) -> bool:
        """Whether the field is left out only where it has a value, as with `when: not is_answered(field)`."""
        return self.certain(when, known) and field in assured(when.tree, self.behind, truth=False)

    def _assured(self, when: Expression | None, *, truth: bool = True) -> int:
        """The fields, computed ones apart, that a condition assures."""
        if when is None:
            return 0
        key = when.source, truth
        if key not in self._assurances:
            fields = assured(when.tree, self.behind, truth=truth)
            self._assurances[key] = self.mask(field for field in fields if field not in self._computed)
        return self._assurances[key]

    def _reached(self, group: tuple[str, ...], arriving: dict[str, int]) -> int:
        """What may be known before each step of a group; where it is a loop, also all that its own steps give."""
        before, inside = 0, frozenset(group)
        for id in group:
            before |= arriving.get(id, 0)
        for id in group:
            looping = [edge for edge in self.graph.leaving(id) if edge.target in inside]
            if looping:
                before |= self._given_by(self.guide.steps[id])
                before |= self.mask(field for edge in looping for field in edge.sets)
        return before

    def _given_by(self, step: Step) -> int:
        return self.mask(ask.field for ask in step.asks) | self.mask(each.field for each in step.sets)

    def _flow(self, start: int) -> Mapping[str, int]:
        """What is surely known before each reachable step, from the start on, until nothing changes any more."""
        order = [*(id for group in self.graph.components for id in group), ANYTIME]
        place = {id: number for number, id in enumerate(order)}
        known = {self.guide.start: start}
        waiting, queued = [place[self.guide.start]], {self.guide.start}
        while waiting:
            id = order[heappop(waiting)]
            queued.remove(id)
            step = self.graph.step(id)
            for target, arriving in (*self._aside(step, known[id]), *self._sure_leave(step, known[id])):
                merged = known.get(target, arriving) & arriving
                if merged != known.get(target):
                    known[target] = merged
                    if target not in queued:
                        queued.add(target)
                        heappush(waiting, place[target])
        return known

    def _aside(self, step: Step, known: int) -> Iterator[tuple[str, int]]:
        """What a step leads to without being answered: by skipping, and by what is offered at every step."""
        if step.skip_to:
            yield step.skip_to, known
        if self.guide.anytime and step.id != ANYTIME and not isinstance(step.exit, Ending):
            yield ANYTIME, known
            for entry in self.guide.anytime:
                if entry.detour and (entry.option.sets or entry.detour.take):
                    yield step.id, self._after_taking(entry.detour, self.after_setting(entry.option.sets, known))

    def _sure_leave(self, step: Step, known: int) -> Iterator[tuple[str, int]]:
        exit = step.exit
        if isinstance(exit, Options):
            for option in exit.options:
                if not option.to:
                    continue
                yield option.to, self.after_choosing(step, option, known)
            return
        known = self.after_setting(step.sets, self.after_asking(step, known))
        if isinstance(exit, Next):
            yield exit.to, known
        elif isinstance(exit, Branch):
            yield from self._decided(exit, known)
        elif isinstance(exit, Call):
            known = self._after_taking(exit, known)
            yield from ((edge.target, known) for edge in self.graph.leaving(step.id))

    def _decided(self, branch: Branch, known: int) -> Iterator[tuple[str, int]]:
        """A case is taken where its condition is true, and those before it were not: false, where they have a value."""
        for case in branch.cases:
            yield case.to, known | self._assured(case.when)
            if case.when and self.certain(case.when, known):
                known |= self._assured(case.when, truth=False)

    def _after_taking(self, call: Call, known: int) -> int:
        for take in call.take:
            bit = self._bits[take.ours]
            known = known | bit if self._brings(call.guide, take.theirs) else known & ~bit
        return known

    def _brings(self, guide: str, field: str) -> bool:
        """Whether the called guide surely knows the field when it ends, by itself: what it takes is left out."""
        theirs = self.graph.others.get(guide)
        if theirs is None or field not in theirs.fields:
            return False
        if guide not in self._theirs:
            self._theirs[guide] = Knowledge(GuideGraph(theirs))
        called = self._theirs[guide]
        return called.facts(called.at_the_end)(field)


@dataclass(frozen=True, slots=True)
class _Sure:
    """The fields of `known`; `complete` adds the computed ones."""

    knowledge: Knowledge
    known: int
    complete: Callable[[int], int]

    def __call__(self, field: str) -> bool:
        bit = self.knowledge.mask([field])
        return bool(self.known & bit or self.complete(self.known) & bit)

    def given(self, condition: Node, *, truth: bool) -> "_Sure":
        more = assured(condition, self.knowledge.behind, truth=truth)
        return _Sure(self.knowledge, self.known | self.knowledge.mask(more), self.complete)

    def not_zero(self, field: str) -> bool:
        return field in self.knowledge.positive


@lru_cache(maxsize=1)
def knowledge_of(graph: GuideGraph) -> Knowledge:
    """What the paths of this guide know, worked out once for all rules that ask in turn."""
    return Knowledge(graph)


def _from_the_start(field: Field, *, public: bool) -> bool:
    """Whether the field has a value whenever its guide begins; of a `public` one, agent and client may be unknown."""
    if field.fact is not None:
        return not public and not field.fact.name.startswith(WITHOUT_RECORDS)
    told = field.source.startswith("setting.") if public else bool(field.source)
    return (field.given or told) and field.required


def _positive(bound: Expression | None) -> bool:
    least = bound.tree if bound else None
    return isinstance(least, Literal) and isinstance(least.value, int | Decimal) and least.value > 0


def _gives(entry: Anytime) -> Iterator[str]:
    """The fields of the guide that an anytime entry sets or takes."""
    yield from (each.field for each in entry.option.sets)
    yield from (take.ours for take in (entry.detour.take if entry.detour else ()))
