"""A field that is asked a second time further on.

Whoever has answered once is annoyed to be asked again, and the second answer silently replaces the first. Asking
again is fine where the guide can come back to the first step, where the ask has a `when`, and for fields that were
given when the session started.

Wrong, at line 7, column 18:

    guide: twice
    title: Twice
    outcomes: {done: {label: Done, kind: success}}
    fields: {invoice: {type: text, label: Invoice number}}
    steps:
      first: {ask: [invoice], next: second}
      second: {ask: [invoice], next: bye}
      bye: {say: Goodbye., outcome: done}

Mended:

    guide: twice
    title: Twice
    outcomes: {done: {label: Done, kind: success}}
    fields: {invoice: {type: text, label: Invoice number}}
    steps:
      first: {ask: [invoice], next: bye}
      bye: {say: Goodbye., outcome: done}
"""

from collections.abc import Iterator

from engine.graph import GuideGraph
from engine.model import Step
from engine.problems import Finding, Place, Severity
from engine.rules.knowledge import knowledge_of

CODE = "asked-again"
SEVERITY = Severity.WARNING


def check(graph: GuideGraph) -> Iterator[Finding]:
    """One finding for each ask of a field that every visitor of some path there was asked before."""
    steps, mask = graph.guide.steps, knowledge_of(graph).mask
    arriving = dict.fromkeys(steps, 0)
    for group in graph.components:
        before = 0
        for id in group:
            before |= arriving[id]
        after = before
        for id in group:
            yield from (_finding(steps[id], field, n) for n, field in _asks(graph, id) if before & mask([field]))
            after |= mask(field for _, field in _asks(graph, id))
        for id in group:
            for edge in graph.leaving(id):
                arriving[edge.target] |= after


def _asks(graph: GuideGraph, id: str) -> Iterator[tuple[int, str]]:
    """The fields that the step asks of everybody, each with its number in the step; given ones are left out."""
    for number, ask in enumerate(graph.guide.steps[id].asks):
        if ask.when is None and not graph.guide.fields[ask.field].given:
            yield number, ask.field


def _finding(step: Step, field: str, number: int) -> Finding:
    message = f"'{field}' has been asked by then on a path to '{step.id}'"
    hint = f"show the answer instead, or ask only where it is missing: 'when: not is_answered({field})'"
    return Finding(CODE, message, Place(step.asks[number].path), hint, SEVERITY)
