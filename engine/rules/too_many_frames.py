"""Calls inside calls, more than eight guides deep.

Each guide waits for the one it called. Nobody on the phone can keep track of that many, and a session opens at
most eight at a time. Let one of the guides do its work without calling the next.

Wrong, at line 5, column 22: nine guides, each of which calls the next, read together. The first is told:

    guide: g1
    title: First of nine
    outcomes: {done: {label: Done, kind: success}}
    steps:
      on: {call: {guide: g2, otherwise: bye}}
      bye: {say: Goodbye., outcome: done}

Mended: the first one goes on without a call.

    guide: g1
    title: First of nine
    outcomes: {done: {label: Done, kind: success}}
    steps:
      bye: {say: Goodbye., outcome: done}
"""

from collections.abc import Iterator, Mapping

from engine.graph import GuideGraph
from engine.model import Guide
from engine.path import MOST_FRAMES
from engine.problems import Finding, Place, Severity

CODE = "too-many-frames"
SEVERITY = Severity.ERROR


def check(graph: GuideGraph) -> Iterator[Finding]:
    """One finding for each call below which more than eight guides are open; circles are told elsewhere."""
    home, targets = graph.guide.id, {call.guide for call in graph.guide.leads}
    chains = {target: _chain(graph.others, home, target) for target in targets}
    for call in graph.guide.leads:
        if chain := chains[call.guide]:
            message = f"here more than {MOST_FRAMES} guides are open inside each other: {' → '.join(chain)}"
            hint = "let one of them do its work without calling the next"
            yield Finding(CODE, message, Place((*call.path, "guide")), hint, SEVERITY)


def _chain(guides: Mapping[str, Guide], first: str, second: str) -> tuple[str, ...]:
    """A chain of calls that is too long, as short as such a one can be; empty where there is none."""
    chains: dict[str, tuple[str, ...]] = {second: (first, second)}
    for _ in range(MOST_FRAMES - 1):
        chains = {
            call.guide: (*chain, call.guide)
            for id, chain in chains.items()
            if id in guides
            for call in guides[id].leads
        }
    return next((chain for chain in chains.values() if len(set(chain)) == len(chain)), ())
