"""A field used where no path can have given it a value yet.

Texts and the conditions of options and asks see only what was known before their own step is answered. What is set,
a branch, and what is handed to a called guide also see the step's own answers.

Wrong, at line 7, column 40:

    guide: early
    title: Too early
    outcomes: {done: {label: Done, kind: success}}
    fields: {invoice: {type: text, label: Invoice number}}
    steps:
      hello:
        say: I am calling about invoice {{ invoice }}.
        ask: [invoice]
        next: bye
      bye: {say: Goodbye., outcome: done}

Mended:

    guide: early
    title: Too early
    outcomes: {done: {label: Done, kind: success}}
    fields: {invoice: {type: text, label: Invoice number}}
    steps:
      prepare:
        ask: [invoice]
        next: hello
      hello:
        say: I am calling about invoice {{ invoice }}.
        next: bye
      bye: {say: Goodbye., outcome: done}
"""

from collections.abc import Iterator

from engine.graph import ANYTIME, GuideGraph
from engine.problems import Finding, Path, Place, Severity
from engine.rules.certainty import relied_on
from engine.rules.knowledge import knowledge_of
from engine.rules.uses import uses

CODE = "used-before-set"
SEVERITY = Severity.ERROR


def check(graph: GuideGraph) -> Iterator[Finding]:
    """One finding for each place; one shared by several steps is fine where one of them can know the field."""
    for (path, offset, id), (step, known) in _places(graph).items():
        if not known:
            when = f"when '{step}' needs it here" if step else "wherever this is offered"
            message = f"'{id}' cannot have a value yet {when}"
            hint = "ask for it in an earlier step"
            if graph.guide.fields[id].computed:
                hint = "ask for what it is worked out from in an earlier step"
            yield Finding(CODE, message, Place(path, offset=offset), hint, SEVERITY)


def _places(graph: GuideGraph) -> dict[tuple[Path, int, str], tuple[str, bool]]:
    """By place and field: the first step that uses it there, and whether it can be known at any of them."""
    knowledge, found = knowledge_of(graph), dict[tuple[Path, int, str], tuple[str, bool]]()
    for use in uses(graph):
        step = use.step.id
        if step in graph.reachable or (step == ANYTIME and graph.guide.anytime):
            has = knowledge.can_have(knowledge.may[step] | knowledge.mask(use.since))
            if use.path[0] == "steps" and all(map(has, use.expression.fields)):
                continue
            for named in relied_on(use.expression.tree):
                place = (use.path, use.offset + named.offset, named.id)
                first, known = found.get(place, (step, False))
                found[place] = (first, known or has(named.id))
    return found
