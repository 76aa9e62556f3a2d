"""A guide as a directed graph of its steps, and the questions that rules and drawings ask of it (networkx's home).

Every answer is linear in the size of the guide; no path or cycle is ever enumerated.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, reduce
from operator import and_, or_

import networkx as nx

from engine.fields.field import Field
from engine.model import Branch, Call, Ending, Guide, Next, Options, Step
from engine.problems import Path


@dataclass(frozen=True, slots=True)
class Edge:
    """One way from a step to another: `name` tells it among its step's edges, `path` names the target's place.

    `sets` are the fields that this way alone sets.
    """

    source: str
    target: str
    name: str
    label: str
    path: Path
    sets: frozenset[str] = frozenset()


class GuideGraph:
    """A compiled guide and the graph of its steps.

    `others` are the guides read together with it, by id; `today` is when they are read, where that matters.
    """

    def __init__(self, guide: Guide, others: Mapping[str, Guide] | None = None, today: date | None = None) -> None:
        self.guide = guide
        self.others = others or {}
        self.today = today
        self.edges: tuple[Edge, ...] = tuple(edge for step in guide.steps.values() for edge in edges_of(step))
        self._graph: nx.DiGraph[str] = nx.DiGraph()
        self._graph.add_nodes_from(guide.steps)
        self._graph.add_edges_from((edge.source, edge.target) for edge in self.edges)

    @cached_property
    def reachable(self) -> frozenset[str]:
        """The steps that can be reached from the start, the start included."""
        return frozenset({self.guide.start, *nx.descendants(self._graph, self.guide.start)})

    @cached_property
    def ends(self) -> frozenset[str]:
        """The steps that end the guide."""
        return frozenset(id for id, step in self.guide.steps.items() if isinstance(step.exit, Ending))

    @cached_property
    def finishing(self) -> frozenset[str]:
        """The steps from which an outcome can be reached, outcome steps included."""
        return frozenset(self._upstream(self.ends))

    @cached_property
    def automatic_loops(self) -> tuple[tuple[str, ...], ...]:
        """The groups of automatic steps that can lead to each other for ever, each in the guide's order."""
        automatic = [id for id, step in self.guide.steps.items() if step.automatic]
        inner = self._graph.subgraph(automatic)
        order = {id: number for number, id in enumerate(self.guide.steps)}
        loops = [group for group in nx.strongly_connected_components(inner) if _loops(inner, group)]
        return tuple(sorted(tuple(sorted(group, key=order.__getitem__)) for group in loops))

    @cached_property
    def components(self) -> tuple[tuple[str, ...], ...]:
        """The reachable steps, those that can lead to each other together; each group before those it leads to."""
        groups = list(nx.strongly_connected_components(self._graph))  # each comes after all that it leads to
        return tuple(tuple(group) for group in reversed(groups) if not group.isdisjoint(self.reachable))

    @cached_property
    def recurring(self) -> frozenset[str]:
        """The steps that can be visited more than once."""
        groups = nx.strongly_connected_components(self._graph)
        return frozenset(id for group in groups if _loops(self._graph, group) for id in group)

    @cached_property
    def may_be_set(self) -> Mapping[str, frozenset[str]]:
        """For each reachable step: the fields that some path can have set before it is answered."""
        return self._flow(or_, _asked)

    @cached_property
    def surely_set(self) -> Mapping[str, frozenset[str]]:
        """For each reachable step: the fields that every path has set before it is answered."""
        return self._flow(and_, _asked_always)

    def leaving(self, step: str) -> tuple[Edge, ...]:
        """The ways out of a step, in the author's order."""
        return self._leaving.get(step, ())

    @cached_property
    def _leaving(self) -> Mapping[str, tuple[Edge, ...]]:
        found: dict[str, list[Edge]] = {}
        for edge in self.edges:
            found.setdefault(edge.source, []).append(edge)
        return {source: tuple(edges) for source, edges in found.items()}

    def _upstream(self, targets: Iterable[str]) -> set[str]:
        found, waiting = set(targets), list(targets)
        while waiting:
            for before in self._graph.predecessors(waiting.pop()):
                if before not in found:
                    found.add(before)
                    waiting.append(before)
        return found

    def _flow(
        self, join: Callable[[int, int], int], asked: Callable[[Step], Iterable[str]]
    ) -> Mapping[str, frozenset[str]]:
        """What is set before each reachable step is answered: a worklist over bit sets, one bit a field."""
        bits = {id: 1 << number for number, id in enumerate(self.guide.fields)}
        known_at = {
            self.guide.start: _mask(bits, (field.id for field in self.guide.fields.values() if _from_start(field)))
        }
        waiting = [self.guide.start]
        while waiting:
            id = waiting.pop()
            step = self.guide.steps[id]
            after = known_at[id] | _mask(bits, (*asked(step), *(each.field for each in step.sets)))
            for edge in self.leaving(id):
                arriving = after | _mask(bits, edge.sets)
                before = known_at.get(edge.target)
                merged = arriving if before is None else join(before, arriving)
                if merged != before:
                    known_at[edge.target] = merged
                    waiting.append(edge.target)
        return {id: frozenset(field for field, bit in bits.items() if known & bit) for id, known in known_at.items()}


def edges_of(step: Step) -> Iterator[Edge]:
    """The ways out of a step within its guide, in the author's order."""
    exit, id = step.exit, step.id
    if isinstance(exit, Options):
        for option in exit.options:
            sets = frozenset(each.field for each in option.sets)
            yield Edge(id, option.to, option.id, option.label, (*option.path, "to"), sets)
    elif isinstance(exit, Next):
        yield Edge(id, exit.to, "next", "", exit.path)
    elif isinstance(exit, Branch):
        for number, case in enumerate(exit.cases, 1):
            yield Edge(
                id,
                case.to,
                f"case-{number}",
                case.when.source if case.when else "otherwise",
                (*case.path, "to"),
            )
    elif isinstance(exit, Call):
        yield from _returns(id, exit)


def _returns(id: str, call: Call) -> Iterator[Edge]:
    taken = frozenset(take.ours for take in call.take)
    for outcome, to in (call.on or {}).items():
        yield Edge(id, to, f"on-{outcome}", outcome, (*call.path, "on", outcome), taken)
    if call.otherwise is not None:
        yield Edge(id, call.otherwise, "otherwise", "otherwise", (*call.path, "otherwise"), taken)


def _loops(graph: "nx.DiGraph[str]", group: set[str]) -> bool:
    """Whether a strongly connected group is a loop: more than one step, or one that leads to itself."""
    return len(group) > 1 or any(graph.has_edge(id, id) for id in group)


def _from_start(field: Field) -> bool:
    return field.given or field.fact is not None


def _asked(step: Step) -> tuple[str, ...]:
    return tuple(ask.field for ask in step.asks)


def _asked_always(step: Step) -> tuple[str, ...]:
    return tuple(ask.field for ask in step.asks if ask.required and ask.when is None)


def _mask(bits: Mapping[str, int], fields: Iterable[str]) -> int:
    return reduce(or_, (bits.get(field, 0) for field in fields), 0)
