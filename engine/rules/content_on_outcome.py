"""An outcome step asks, checks or questions.

A guide ends the moment an outcome step is reached, so nobody could answer there any more.
Ask in the step before, and let it lead to the outcome.

Wrong, at line 7, column 5:

    guide: goodbye
    title: Goodbye
    outcomes: {done: {label: Done, kind: success}}
    steps:
      bye:
        say: Goodbye.
        question: Was that all?
        outcome: done

Mended:

    guide: goodbye
    title: Goodbye
    outcomes: {done: {label: Done, kind: success}}
    steps:
      bye:
        say: Goodbye.
        outcome: done
"""

from collections.abc import Iterator

from engine.graph import GuideGraph
from engine.model import Ending
from engine.problems import Finding, Place, Severity

CODE = "content-on-outcome"
SEVERITY = Severity.ERROR


def check(graph: GuideGraph) -> Iterator[Finding]:
    """One finding for each key that does not belong on an outcome step."""
    for step in graph.guide.steps.values():
        if isinstance(step.exit, Ending):
            content = {"ask": step.asks, "checks": step.checks, "question": step.question}
            for key in (key for key, value in content.items() if value):
                message = f"'{step.id}' ends the guide when it is reached, so its '{key}' could never be answered"
                hint = "move it to the step before"
                yield Finding(CODE, message, Place((*step.path, key), key=True), hint, SEVERITY)
