"""A place in a public guide that no client gets past.

Clients see no checks, so they cannot tick a required one, and they are not led through guides that are for staff. What
only staff come to, by an `anytime` entry marked `staff: true`, is left alone.

Wrong, at line 8, column 47:

    guide: move
    title: Moving house
    audience: public
    outcomes: {done: {label: Done, kind: success}}
    fields: {day: {type: date, label: Day}}
    steps:
      when:
        checks: [{id: seen, label: Contract read, required: true}]
        question: When do you move?
        ask: [day]
        next: bye
      bye: {say: "We see you on {{ day | long_date }}.", outcome: done}

Mended:

    guide: move
    title: Moving house
    audience: public
    outcomes: {done: {label: Done, kind: success}}
    fields: {day: {type: date, label: Day}}
    steps:
      when:
        checks: [{id: seen, label: Contract read}]
        question: When do you move?
        ask: [day]
        next: bye
      bye: {say: "We see you on {{ day | long_date }}.", outcome: done}
"""

from collections.abc import Iterator

from engine.graph import GuideGraph
from engine.problems import Finding, Place, Severity
from engine.rules import clients

CODE = "closed-to-clients"
SEVERITY = Severity.ERROR


def check(graph: GuideGraph) -> Iterator[Finding]:
    """One finding for each required check, and for each way into a guide that is for staff."""
    for step in clients.steps(graph):
        for each in step.checks:
            if each.required:
                message = f"'{each.id}' must be ticked, but clients see no checks, so none of them could go on"
                hint = "leave out 'required', or ask them what must be known"
                yield Finding(CODE, message, Place((*each.path, "required"), key=True), hint, SEVERITY)
    for lead in clients.leads(graph):
        theirs = graph.others.get(lead.guide)
        if theirs and theirs.audience != "public":
            message = f"'{theirs.id}' is for staff, and clients would be led into it"
            hint = "write 'audience: public' there too, or lead there from an anytime entry with 'staff: true'"
            yield Finding(CODE, message, Place((*lead.path, "guide")), hint, SEVERITY)
