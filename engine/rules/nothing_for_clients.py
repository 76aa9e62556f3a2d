"""A step of a public guide on which a client sees nothing but a button.

Clients see `say`, `question`, `ask`, options, documents and images. What else stands in a step is for staff.

Wrong, at line 6, column 3:

    guide: move
    title: Moving house
    audience: public
    outcomes: {done: {label: Done, kind: success}}
    steps:
      prepare:
        note: Have the contract at hand.
        next: bye
      bye: {say: Goodbye., outcome: done}

Mended:

    guide: move
    title: Moving house
    audience: public
    outcomes: {done: {label: Done, kind: success}}
    steps:
      prepare:
        say: Please have your contract at hand.
        next: bye
      bye: {say: Goodbye., outcome: done}
"""

from collections.abc import Iterator

from engine.graph import GuideGraph
from engine.model import Options, Step
from engine.problems import Finding, Place, Severity
from engine.rules import clients

CODE = "nothing-for-clients"
SEVERITY = Severity.WARNING


def check(graph: GuideGraph) -> Iterator[Finding]:
    """One finding for each such step."""
    for step in clients.steps(graph):
        if step.halts and not _shows(step):
            message = f"clients see nothing of '{step.id}' but a button to go on"
            hint = "add 'say:', or move what is for staff to a step that clients see something of"
            yield Finding(CODE, message, Place(step.path, key=True), hint, SEVERITY)


def _shows(step: Step) -> bool:
    shown = (step.say, step.question, step.asks, step.documents, step.images)
    return any(shown) or isinstance(step.exit, Options)
