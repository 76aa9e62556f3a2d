"""A field that nothing asks for, sets or reads.

It is left over, or the place that was to use it was forgotten. A field that is asked, given or set is used even if
no text shows it: its value is kept with the session.

Wrong, at line 4, column 10:

    guide: spare
    title: Spare
    outcomes: {done: {label: Done, kind: success}}
    fields: {invoice: {type: text, label: Invoice number}}
    steps:
      bye: {say: Goodbye., outcome: done}

Mended:

    guide: spare
    title: Spare
    outcomes: {done: {label: Done, kind: success}}
    fields: {invoice: {type: text, label: Invoice number}}
    steps:
      number: {ask: [invoice], next: bye}
      bye: {say: Goodbye., outcome: done}
"""

from collections.abc import Iterator

from engine.graph import GuideGraph
from engine.problems import Finding, Place, Severity
from engine.rules.uses import read

CODE = "unused-field"
SEVERITY = Severity.WARNING


def check(graph: GuideGraph) -> Iterator[Finding]:
    """One finding for each field without any use."""
    steps = graph.guide.steps.values()
    kept = {ask.field for step in steps for ask in step.asks} | {each.field for step in steps for each in step.sets}
    kept |= {field for edge in graph.edges for field in edge.sets}
    kept |= {each.field for entry in graph.guide.anytime for each in entry.option.sets}
    kept |= {take.ours for entry in graph.guide.anytime if entry.detour for take in entry.detour.take}
    kept |= {field.id for field in graph.guide.given}
    formulas = dict(graph.guide.computed)
    kept |= {id for id, field in graph.guide.fields.items() if field.computed and id not in formulas}  # told already
    for id in graph.guide.fields.keys() - kept - read(graph):
        message = f"nothing asks for '{id}', sets it or reads it"
        yield Finding(CODE, message, Place(("fields", id), key=True), "use it in a step, or delete it", SEVERITY)
