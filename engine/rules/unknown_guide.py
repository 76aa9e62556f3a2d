"""A call of a guide that is not there.

The call could not be made. Guides that call each other are read together: check the whole folder, or correct
the name.

Wrong, at line 6, column 19:

    guide: caller
    title: Caller
    outcomes: {done: {label: Done, kind: success}}
    steps:
      sorry:
        call: {guide: apologie, otherwise: bye}
      bye: {say: Goodbye., outcome: done}

Mended:

    guide: caller
    title: Caller
    outcomes: {done: {label: Done, kind: success}}
    steps:
      sorry: {say: I am sorry., next: bye}
      bye: {say: Goodbye., outcome: done}
"""

from collections.abc import Iterator

from engine.graph import GuideGraph
from engine.problems import Finding, Place, Severity, suggestion

CODE = "unknown-guide"
SEVERITY = Severity.ERROR


def check(graph: GuideGraph) -> Iterator[Finding]:
    """One finding for each call of a guide that was not read together with this one."""
    for call in graph.guide.leads:
        if call.guide not in graph.others:
            message = f"there is no guide '{call.guide}'"
            near = suggestion(call.guide, (id for id in graph.others if id != graph.guide.id))
            hint = near or f"put '{call.guide}.yaml' beside this guide, or name the folder that holds both"
            yield Finding(CODE, message, Place((*call.path, "guide")), hint, SEVERITY)
