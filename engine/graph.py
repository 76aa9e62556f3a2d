"""A guide as a directed graph of its steps, and the questions that rules and drawings ask of it (networkx's home).

Every answer is linear in the size of the guide; no path or cycle is ever enumerated.
"""

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

import networkx as nx

from engine.model import Branch, Call, Ending, Guide, Next, Options, Step, Switch
from engine.problems import Path

Name = TypeVar("Name", bound=Hashable)


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


ANYTIME = ""
"""The id of the step that stands for what is offered at every step."""


class GuideGraph:
    """A compiled guide and the graph of its steps.

    `others` are the guides read together with it, by id; `today` is when they are read, where that matters. `anytime`
    stands for what is offered at every step: a step of its own, no part of the guide, whose options are the entries.
    `solver` gives the module z3 to rules that prove; it is asked when it is needed.
    """

    def __init__(
        self,
        guide: Guide,
        others: Mapping[str, Guide] | None = None,
        today: date | None = None,
        solver: Callable[[], Any] | None = None,
    ) -> None:
        self.guide = guide
        self.others = others or {}
        self.today = today
        self.solver = solver
        self.edges: tuple[Edge, ...] = tuple(edge for step in guide.steps.values() for edge in edges_of(step))
        self.anytime = _anytime(guide)
        self._graph: nx.DiGraph[str] = nx.DiGraph()
        self._graph.add_nodes_from(guide.steps)
        self._graph.add_edges_from((edge.source, edge.target) for edge in self.edges)

    @cached_property
    def reachable(self) -> frozenset[str]:
        """The steps that can be reached from the start, itself included, also by skipping and by anytime entries."""
        ways = self._graph.copy()
        ways.add_edges_from((step.id, step.skip_to) for step in self.guide.steps.values() if step.skip_to)
        ways.add_edges_from((self.guide.start, edge.target) for edge in edges_of(self.anytime))
        return frozenset({self.guide.start, *nx.descendants(ways, self.guide.start)})

    @cached_property
    def ends(self) -> frozenset[str]:
        """The steps that end the guide."""
        return frozenset(id for id, step in self.guide.steps.items() if isinstance(step.exit, Ending))

    @cached_property
    def finishing(self) -> frozenset[str]:
        """The steps from which an outcome can be reached, or another guide that goes on instead."""
        switches = {id for id, step in self.guide.steps.items() if isinstance(step.exit, Switch)}
        return frozenset(self._upstream(self.ends | switches))

    @cached_property
    def automatic_loops(self) -> tuple[tuple[str, ...], ...]:
        """The groups of automatic steps that can lead to each other for ever, each in the guide's order."""
        automatic = {id for id, step in self.guide.steps.items() if step.automatic}
        return circles({id: automatic.intersection(self._graph[id]) for id in self.guide.steps if id in automatic})

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

    def outcomes_of(self, guide: str) -> frozenset[str]:
        """How a guide read with this one can end: its own outcomes, and those of guides that it switches to."""
        found, waiting, outcomes = {guide}, [guide], set[str]()
        while waiting:
            other = self.others.get(waiting.pop())
            if other is not None:
                outcomes.update(other.outcomes)
                ways = {lead.guide for lead in other.leads if isinstance(lead, Switch)}
                waiting += ways - found
                found |= ways
        return frozenset(outcomes)

    def leaving(self, step: str) -> tuple[Edge, ...]:
        """The ways out of a step, in the author's order."""
        return self._leaving.get(step, ())

    @cached_property
    def _leaving(self) -> Mapping[str, tuple[Edge, ...]]:
        found: dict[str, list[Edge]] = {}
        for edge in self.edges:
            found.setdefault(edge.source, []).append(edge)
        found[ANYTIME] = list(edges_of(self.anytime))
        return {source: tuple(edges) for source, edges in found.items()}

    def step(self, id: str) -> Step:
        """The step of this id, or `anytime` for `ANYTIME`."""
        return self.anytime if id == ANYTIME else self.guide.steps[id]

    def leading_to(self, targets: Iterable[str]) -> frozenset[str]:
        """The steps from which one of the targets can be reached by answering, the targets included."""
        return frozenset(self._upstream(targets))

    def _upstream(self, targets: Iterable[str]) -> set[str]:
        found = set(targets)
        waiting = list(found)
        while waiting:
            for before in self._graph.predecessors(waiting.pop()):
                if before not in found:
                    found.add(before)
                    waiting.append(before)
        return found


def edges_of(step: Step) -> Iterator[Edge]:
    """The ways out of a step within its guide, in the author's order."""
    exit, id = step.exit, step.id
    if isinstance(exit, Options):
        for option in exit.options:
            if not option.to:
                continue
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


def _anytime(guide: Guide) -> Step:
    return Step(ANYTIME, ("anytime",), Options(tuple(entry.option for entry in guide.anytime)))


def _returns(id: str, call: Call) -> Iterator[Edge]:
    taken = frozenset(take.ours for take in call.take)
    for outcome, to in (call.on or {}).items():
        yield Edge(id, to, f"on-{outcome}", outcome, (*call.path, "on", outcome), taken)
    if call.otherwise is not None:
        yield Edge(id, call.otherwise, "otherwise", "otherwise", (*call.path, "otherwise"), taken)


def groups(ways: Mapping[Name, Iterable[Name]]) -> list[set[Name]]:
    """What can lead to each other, together; each group after all that it leads to."""
    graph: nx.DiGraph[Name] = nx.DiGraph()
    graph.add_nodes_from(ways)
    graph.add_edges_from((source, target) for source, targets in ways.items() for target in targets)
    return list(nx.strongly_connected_components(graph))


def circles(ways: Mapping[str, Collection[str]]) -> tuple[tuple[str, ...], ...]:
    """The groups of names that can lead to each other for ever, each in the order of `ways`; it names all."""
    order = {id: number for number, id in enumerate(ways)}
    loops = (group for group in groups(ways) if len(group) > 1 or any(id in ways[id] for id in group))
    return tuple(sorted(tuple(sorted(group, key=order.__getitem__)) for group in loops))


def _loops(graph: "nx.DiGraph[str]", group: set[str]) -> bool:
    """Whether a strongly connected group is a loop: more than one step, or one that leads to itself."""
    return len(group) > 1 or any(graph.has_edge(id, id) for id in group)
