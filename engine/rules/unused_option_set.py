"""A set of options that no step uses.

It looks as if it mattered, and whoever mends a word there changes nothing.

Wrong, at line 5, column 3:

    guide: spare
    title: Spare
    outcomes: {done: {label: Done, kind: success}}
    option_sets:
      yes-only:
        - {id: agreed, label: Agreed, to: bye}
    steps:
      bye: {say: Goodbye., outcome: done}

Mended:

    guide: spare
    title: Spare
    outcomes: {done: {label: Done, kind: success}}
    steps:
      bye: {say: Goodbye., outcome: done}
"""

from collections.abc import Iterator

from engine.graph import GuideGraph
from engine.problems import Finding, Place, Severity

CODE = "unused-option-set"
SEVERITY = Severity.WARNING


def check(graph: GuideGraph) -> Iterator[Finding]:
    """One finding for each set that nothing uses."""
    for name in graph.guide.unused_sets:
        message = f"no step uses the option set '{name}'"
        hint = f"write 'options: {{use: {name}}}' in a step, or delete the set"
        yield Finding(CODE, message, Place(("option_sets", name), key=True), hint, SEVERITY)
