"""An outcome that no step ends with.

It is offered in reports and to calling guides, and never happens.

Wrong, at line 5, column 3:

    guide: never
    title: Never
    outcomes:
      done: {label: Done, kind: success}
      refused: {label: Refused, kind: failure}
    steps:
      bye: {say: Goodbye., outcome: done}

Mended:

    guide: never
    title: Never
    outcomes:
      done: {label: Done, kind: success}
    steps:
      bye: {say: Goodbye., outcome: done}
"""

from collections.abc import Iterator

from engine.graph import GuideGraph
from engine.model import Ending
from engine.problems import Finding, Place, Severity

CODE = "unused-outcome"
SEVERITY = Severity.WARNING


def check(graph: GuideGraph) -> Iterator[Finding]:
    """One finding for each outcome without a step."""
    closings = (entry.closing for entry in graph.guide.anytime if entry.closing)
    steps = (*graph.guide.steps.values(), *closings)
    used = {step.exit.outcome for step in steps if isinstance(step.exit, Ending)}
    for outcome in graph.guide.outcomes:
        if outcome not in used:
            message = f"no step ends with the outcome '{outcome}'"
            hint = "end a step with it, or delete it"
            yield Finding(CODE, message, Place(("outcomes", outcome), key=True), hint, SEVERITY)
