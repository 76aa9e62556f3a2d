"""A field that is used, and that nothing ever gives a value.

No step that can be reached asks for it, sets it or takes it from a called guide; nor is it given, computed or a
fact. Every text that shows it has a gap, and no condition on it is ever true.

Wrong, at line 4, column 10:

    guide: gap
    title: Gap
    outcomes: {done: {label: Done, kind: success}}
    fields: {invoice: {type: text, label: Invoice number}}
    steps:
      bye: {say: "This is about invoice {{ invoice }}.", outcome: done}

Mended:

    guide: gap
    title: Gap
    outcomes: {done: {label: Done, kind: success}}
    fields: {invoice: {type: text, label: Invoice number, given: true}}
    steps:
      bye: {say: "This is about invoice {{ invoice }}.", outcome: done}
"""

from collections.abc import Iterator

from engine.graph import GuideGraph
from engine.problems import Finding, Place, Severity
from engine.rules.knowledge import knowledge_of
from engine.rules.uses import read

CODE = "never-asked"
SEVERITY = Severity.ERROR


def check(graph: GuideGraph) -> Iterator[Finding]:
    """One finding for each field that is read and has no source."""
    for id in sorted(knowledge_of(graph).without_source & read(graph)):
        message = f"'{id}' is used, but nothing gives it a value"
        hint = "ask for it in a step, or write 'given: true' if it is known when a session starts"
        yield Finding(CODE, message, Place(("fields", id), key=True), hint, SEVERITY)
