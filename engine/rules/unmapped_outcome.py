"""A call that has no way on for an outcome of the called guide.

When the called guide ends like that, the session would be stuck. Name a step for every outcome under `on`, or
one for all others with `otherwise`.

Wrong, at line 9, column 7, where the guide `apology` can also end with `refused`:

    guide: caller
    title: Caller
    outcomes: {done: {label: Done, kind: success}}
    steps:
      sorry:
        call:
          guide: apology
          with: {client_name: "'Acme'"}
          on: {accepted: bye}
      bye: {say: Goodbye., outcome: done}

Mended:

    guide: caller
    title: Caller
    outcomes: {done: {label: Done, kind: success}}
    steps:
      sorry:
        call:
          guide: apology
          with: {client_name: "'Acme'"}
          on: {accepted: bye}
          otherwise: bye
      bye: {say: Goodbye., outcome: done}
"""

from collections.abc import Iterator

from engine.graph import GuideGraph
from engine.problems import Finding, Place, Severity
from engine.rules.wording import listed

CODE = "unmapped-outcome"
SEVERITY = Severity.ERROR


def check(graph: GuideGraph) -> Iterator[Finding]:
    """One finding for each call with outcomes that lead nowhere, at its `on` where it has one."""
    for call in graph.guide.calls:
        lost = sorted(outcome for outcome in graph.outcomes_of(call.guide) if call.target(outcome) is None)
        if lost:
            message = f"when '{call.guide}' ends with {listed(lost)}, this call has no way on"
            place = Place((*call.path, "on") if call.on else call.path, key=True)
            hint = "name a step for it under 'on', or one for all others under 'otherwise'"
            yield Finding(CODE, message, place, hint, SEVERITY)
