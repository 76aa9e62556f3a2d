"""What is handed to a called guide, or taken from it, does not fit.

`with` fills the called guide's given fields: each name must be one of them, each required one must be there, and the
value must be of its type. `take` brings back values of its fields: they must exist there, and fit ours.

Wrong, at line 9, column 7, where the guide `apology` is given a `client_name`:

    guide: caller
    title: Caller
    outcomes: {done: {label: Done, kind: success}}
    fields: {name: {type: text, label: Client's name, given: true}}
    steps:
      sorry:
        call:
          guide: apology
          with: {client: name}
          otherwise: bye
      bye: {say: Goodbye., outcome: done}

Mended:

    guide: caller
    title: Caller
    outcomes: {done: {label: Done, kind: success}}
    fields: {name: {type: text, label: Client's name, given: true}}
    steps:
      sorry:
        call:
          guide: apology
          with: {client_name: name}
          otherwise: bye
      bye: {say: Goodbye., outcome: done}
"""

from collections.abc import Iterator

from engine.expressions.tree import Known
from engine.expressions.types import fits, type_of
from engine.graph import GuideGraph
from engine.model import Assignment, Call, Guide, Switch, Take
from engine.problems import Finding, Place, Severity, suggestion
from engine.rules.wording import listed

CODE = "unfit-call"
SEVERITY = Severity.ERROR


def check(graph: GuideGraph) -> Iterator[Finding]:
    """One finding for each value that does not fit, and one for each call that hands over too little."""
    for call in graph.guide.leads:
        theirs = graph.others.get(call.guide)
        if theirs:
            yield from _lacking(call, theirs)
            for given in call.given:
                yield from _handed(given, theirs)
            for take in call.take if isinstance(call, Call) else ():
                yield from _taken(take, theirs, graph.guide)


def _lacking(call: Call | Switch, theirs: Guide) -> Iterator[Finding]:
    there = {given.field for given in call.given}
    lacking = [field.id for field in theirs.given if field.required and field.id not in there]
    if lacking:
        message = f"'{theirs.id}' must be given {listed(lacking)}, and this call does not hand it over"
        place = Place((*call.path, "with") if call.given else call.path, key=True)
        yield Finding(CODE, message, place, "add it under 'with'", SEVERITY)


def _handed(given: Assignment, theirs: Guide) -> Iterator[Finding]:
    field, open_to_all = theirs.fields.get(given.field), [each.id for each in theirs.given]
    if field is None or not field.given:
        message = f"'{given.field}' is not a given field of '{theirs.id}'"
        hint = suggestion(given.field, open_to_all) or (f"it is given {listed(open_to_all)}" if open_to_all else "")
        yield Finding(CODE, message, Place(given.path, key=True), hint, SEVERITY)
    elif not fits(given.expression, field):
        message = f"this is {given.expression.type.words}, but '{field.id}' of '{theirs.id}' is {field.type}"
        yield Finding(CODE, message, Place(given.path), "hand over a value of its type", SEVERITY)


def _taken(take: Take, theirs: Guide, ours: Guide) -> Iterator[Finding]:
    field, target = theirs.fields.get(take.theirs), ours.fields[take.ours]
    if field is None:
        hint = suggestion(take.theirs, theirs.fields)
        yield Finding(CODE, f"'{take.theirs}' is not a field of '{theirs.id}'", Place(take.path), hint, SEVERITY)
    elif not fits(Known(field.id, type_of(field), 0), target):
        message = f"'{field.id}' of '{theirs.id}' is {field.type}, which does not fit '{target.id}' ({target.type})"
        yield Finding(CODE, message, Place(take.path), "take it into a field of the same type", SEVERITY)
