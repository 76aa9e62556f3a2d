"""Two options of one step with the same label.

On the phone nobody can tell them apart, and reports count two answers under one name.

Wrong, at line 9, column 35:

    guide: twins
    title: Twins
    outcomes: {done: {label: Done, kind: success}}
    steps:
      ask:
        question: What does the client say?
        options:
          - {id: agreed, label: Agrees, to: bye}
          - {id: agreed-later, label: Agrees, to: bye}
      bye: {say: Goodbye., outcome: done}

Mended:

    guide: twins
    title: Twins
    outcomes: {done: {label: Done, kind: success}}
    steps:
      ask:
        question: What does the client say?
        options:
          - {id: agreed, label: Agrees, to: bye}
          - {id: agreed-later, label: Agrees for next week, to: bye}
      bye: {say: Goodbye., outcome: done}
"""

from collections.abc import Iterator

from engine.graph import GuideGraph
from engine.model import Option, Options
from engine.problems import Finding, Place, Severity

CODE = "duplicate-label"
SEVERITY = Severity.WARNING


def check(graph: GuideGraph) -> Iterator[Finding]:
    """One finding for each option whose label another one of its step has already."""
    for step in graph.guide.steps.values():
        if isinstance(step.exit, Options):
            seen: dict[str, Option] = {}
            for option in step.exit.options:
                first = seen.setdefault(option.label.casefold(), option)
                if first is not option:
                    message = f"'{option.id}' is labelled '{option.label}', just like '{first.id}'"
                    hint = "say what is different about it"
                    yield Finding(CODE, message, Place((*option.path, "label")), hint, SEVERITY)
