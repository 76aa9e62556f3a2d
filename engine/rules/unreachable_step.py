"""A step that no path leads to.

Nobody will ever see it. Either a way to it was forgotten, or it is left over and can go.

Wrong, at line 6, column 3:

    guide: island
    title: An island
    outcomes: {done: {label: Done, kind: success}}
    steps:
      bye: {say: Goodbye., outcome: done}
      island: {say: Hello out there., next: bye}

Mended:

    guide: island
    title: An island
    outcomes: {done: {label: Done, kind: success}}
    steps:
      island: {say: "Hello, everybody.", next: bye}
      bye: {say: Goodbye., outcome: done}
"""

from collections.abc import Iterator

from engine.graph import GuideGraph
from engine.problems import Finding, Place, Severity

CODE = "unreachable-step"
SEVERITY = Severity.WARNING


def check(graph: GuideGraph) -> Iterator[Finding]:
    """One finding for each step that cannot be reached from the start."""
    for step in graph.guide.steps.values():
        if step.id not in graph.reachable:
            message = f"no path leads to '{step.id}'"
            hint = "lead to it from another step, or delete it"
            yield Finding(CODE, message, Place(step.path, key=True), hint, SEVERITY)
