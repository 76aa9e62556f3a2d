"""Guides that call each other in a circle.

Each call opens a guide inside the one before: in a circle they would never come back. Lead back inside one guide
instead, or move what they share into a guide of its own.

Wrong, at line 11, column 19:

    guide: mirror
    title: Mirror
    outcomes: {done: {label: Done, kind: success}}
    steps:
      ask:
        question: Once more?
        options:
          - {id: more, label: Once more, to: again}
          - {id: enough, label: Enough, to: bye}
      again:
        call: {guide: mirror, otherwise: bye}
      bye: {say: Goodbye., outcome: done}

Mended:

    guide: mirror
    title: Mirror
    outcomes: {done: {label: Done, kind: success}}
    steps:
      ask:
        question: Once more?
        options:
          - {id: more, label: Once more, to: ask}
          - {id: enough, label: Enough, to: bye}
      bye: {say: Goodbye., outcome: done}
"""

from collections.abc import Iterator, Mapping

from engine.graph import GuideGraph
from engine.model import Guide, Switch
from engine.problems import Finding, Place, Severity

CODE = "call-loop"
SEVERITY = Severity.ERROR


def check(graph: GuideGraph) -> Iterator[Finding]:
    """One finding for each call that leads back to this guide, naming the shortest circle."""
    home = graph.guide.id
    circles = {target: _way(graph.others, target, home) for target in {call.guide for call in graph.guide.leads}}
    for call in graph.guide.leads:
        if isinstance(call, Switch):
            continue
        if circle := circles[call.guide]:
            message = f"these guides call each other in a circle: {' → '.join((home, *circle))}"
            hint = "go back within one guide instead of calling it again"
            yield Finding(CODE, message, Place((*call.path, "guide")), hint, SEVERITY)


def _way(guides: Mapping[str, Guide], start: str, goal: str) -> tuple[str, ...]:
    """The guides on a shortest way of calls from one to another, both included; empty where there is none."""
    came: dict[str, str | None] = {start: None}
    for id in (order := [start]):
        if id == goal:
            return tuple(_back(came, id))[::-1]
        for call in guides[id].leads if id in guides else ():
            if call.guide not in came:
                came[call.guide] = id
                order.append(call.guide)
    return ()


def _back(came: Mapping[str, str | None], id: str | None) -> Iterator[str]:
    while id is not None:
        yield id
        id = came[id]
