"""Steps that lead to each other without anybody being asked.

Steps without content are passed by themselves. Where they lead in a circle, the guide could run for ever
while the agent waits. Loops are fine through a step that a person answers.

Wrong, at line 6, column 3:

    guide: dizzy
    title: Dizzy
    outcomes: {done: {label: Done, kind: success}}
    fields: {days: {type: integer, label: Days late, given: true}}
    steps:
      sort:
        branch:
          - {when: days > 30, to: again}
          - {to: bye}
      again: {next: sort}
      bye: {say: Goodbye., outcome: done}

Mended:

    guide: dizzy
    title: Dizzy
    outcomes: {done: {label: Done, kind: success}}
    fields: {days: {type: integer, label: Days late, given: true}}
    steps:
      sort:
        branch:
          - {when: days > 30, to: again}
          - {to: bye}
      again: {say: Let us look at this again., next: bye}
      bye: {say: Goodbye., outcome: done}
"""

from collections.abc import Iterator

from engine.graph import GuideGraph
from engine.problems import Finding, Place, Severity
from engine.rules.wording import listed

CODE = "automatic-loop"
SEVERITY = Severity.ERROR


def check(graph: GuideGraph) -> Iterator[Finding]:
    """One finding for each loop, at its first step."""
    for loop in graph.automatic_loops:
        where = f"{listed(loop)} lead" if len(loop) > 1 else f"{listed(loop)} leads"
        message = f"{where} in a circle without anybody being asked"
        hint = "give one of them something to say or to ask, or lead out of the circle"
        yield Finding(CODE, message, Place(graph.guide.steps[loop[0]].path, key=True), hint, SEVERITY)
