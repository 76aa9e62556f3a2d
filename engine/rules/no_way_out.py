"""A step from which no outcome can be reached.

Whoever gets there can walk on for ever and never finish: the session stays open, and nobody learns how the
conversation ended. Give one of the steps a way to an outcome.

Wrong, at line 10, column 3:

    guide: round
    title: Round and round
    outcomes: {done: {label: Done, kind: success}}
    steps:
      ask:
        question: Finished?
        options:
          - {id: finished, label: Finished, to: bye}
          - {id: more, label: Not yet, to: wait}
      wait:
        say: One moment, please.
        next: wait
      bye:
        say: Goodbye.
        outcome: done

Mended:

    guide: round
    title: Round and round
    outcomes: {done: {label: Done, kind: success}}
    steps:
      ask:
        question: Finished?
        options:
          - {id: finished, label: Finished, to: bye}
          - {id: more, label: Not yet, to: wait}
      wait:
        say: One moment, please.
        next: ask
      bye:
        say: Goodbye.
        outcome: done
"""

from collections.abc import Iterator

from engine.graph import GuideGraph
from engine.problems import Finding, Place, Severity
from engine.rules.wording import listed

CODE = "no-way-out"
SEVERITY = Severity.ERROR


def check(graph: GuideGraph) -> Iterator[Finding]:
    """One finding for each group of stuck steps that hang together, at the first of them."""
    for first, *others in _groups(graph):
        too = f", nor from {listed(others)}" if others else ""
        message = f"no outcome can be reached from '{first}'{too}"
        place = Place(graph.guide.steps[first].path, key=True)
        yield Finding(CODE, message, place, "give one of these steps a way to an outcome", SEVERITY)


def _groups(graph: GuideGraph) -> Iterator[list[str]]:
    """The stuck steps, those that lead to each other together, each group in the guide's order."""
    lost = graph.reachable - graph.finishing
    stuck = {id: number for number, id in enumerate(graph.guide.steps) if id in lost}
    beside: dict[str, list[str]] = {id: [] for id in stuck}
    for edge in graph.edges:
        if edge.source in stuck:
            beside[edge.source].append(edge.target)
            beside[edge.target].append(edge.source)
    while beside:
        waiting, group = [next(iter(beside))], []
        while waiting:
            id = waiting.pop()
            if id in beside:
                group.append(id)
                waiting += beside.pop(id)
        yield sorted(group, key=stuck.__getitem__)
