"""Where a client comes in a public guide."""

from collections.abc import Iterator

from engine.graph import GuideGraph
from engine.model import Call, Step, Switch


def steps(graph: GuideGraph) -> Iterator[Step]:
    """The steps of a public guide that a client can come to: not by skipping, nor by answers that are for staff."""
    guide = graph.guide
    if guide.audience == "public":
        waiting = [guide.start, *(entry.option.to for entry in guide.anytime if entry.option.to and not entry.staff)]
        seen = set(waiting)
        while waiting:
            id = waiting.pop()
            yield guide.steps[id]
            targets = {edge.target for edge in graph.leaving(id)} - seen
            seen |= targets
            waiting += targets


def leads(graph: GuideGraph) -> Iterator[Call | Switch]:
    """The ways into other guides that a client can take."""
    for step in steps(graph):
        if isinstance(step.exit, Call | Switch):
            yield step.exit
    if graph.guide.audience == "public":
        yield from (entry.detour for entry in graph.guide.anytime if entry.detour and not entry.staff)
