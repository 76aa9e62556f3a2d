"""A call goes on after an outcome that the called guide does not have.

That line would never be used, and the outcome that was meant may have no way on. (The same code is told where a
step ends with an outcome that is not declared.)

Wrong, at line 5, column 33:

    guide: ending
    title: Ending
    outcomes: {done: {label: Done, kind: success}}
    steps:
      bye: {say: Goodbye., outcome: dome}

Mended:

    guide: ending
    title: Ending
    outcomes: {done: {label: Done, kind: success}}
    steps:
      bye: {say: Goodbye., outcome: done}
"""

from collections.abc import Iterator

from engine.graph import GuideGraph
from engine.problems import Finding, Place, Severity, suggestion

CODE = "unknown-outcome"
SEVERITY = Severity.ERROR


def check(graph: GuideGraph) -> Iterator[Finding]:
    """One finding for each key of `on` that is not an outcome of the called guide."""
    for call in graph.guide.calls:
        theirs = graph.outcomes_of(call.guide)
        for outcome in call.on or ():
            if call.guide in graph.others and outcome not in theirs:
                message = f"'{outcome}' is not an outcome of '{call.guide}'"
                place = Place((*call.path, "on", outcome), key=True)
                yield Finding(CODE, message, place, suggestion(outcome, theirs), SEVERITY)
