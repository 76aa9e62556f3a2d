"""A document that no step offers.

Nobody can ever see it, copy it or send it.

Wrong, at line 7, column 3:

    guide: letter
    title: Letter
    outcomes: {done: {label: Done, kind: success}}
    steps:
      bye: {say: You get this in writing., outcome: done}
    documents:
      confirmation: {kind: email, title: What we agreed, body: Thank you for the call.}

Mended:

    guide: letter
    title: Letter
    outcomes: {done: {label: Done, kind: success}}
    steps:
      bye: {say: You get this in writing., documents: [confirmation], outcome: done}
    documents:
      confirmation: {kind: email, title: What we agreed, body: Thank you for the call.}
"""

from collections.abc import Iterator

from engine.graph import GuideGraph
from engine.problems import Finding, Place, Severity

CODE = "unused-document"
SEVERITY = Severity.WARNING


def check(graph: GuideGraph) -> Iterator[Finding]:
    """One finding for each document without a step."""
    offered = {id for step in graph.guide.steps.values() for id in step.documents}
    for id in graph.guide.documents:
        if id not in offered:
            message = f"no step offers the document '{id}'"
            hint = f"write 'documents: [{id}]' in a step, or delete it"
            yield Finding(CODE, message, Place(("documents", id), key=True), hint, SEVERITY)
