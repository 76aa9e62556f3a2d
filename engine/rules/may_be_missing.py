"""A value that may be missing where it is shown, or where a called guide requires it.

On some path nobody has answered it, or an optional answer was left blank. The agent would read out a gap, like
“invoice [invoice number]”. Ask for it on every path, lead those without it elsewhere, or say what to put in its
place: `{{ coalesce(contact, 'your colleague') }}`.

Wrong, at line 7, column 30:

    guide: gap
    title: A gap
    outcomes: {done: {label: Done, kind: success}}
    fields: {contact: {type: text, label: Their contact, required: false}}
    steps:
      who: {ask: [contact], next: bye}
      bye: {say: "Let us ring {{ contact }}.", outcome: done}

Mended:

    guide: gap
    title: A gap
    outcomes: {done: {label: Done, kind: success}}
    fields: {contact: {type: text, label: Their contact, required: false}}
    steps:
      who: {ask: [contact], next: bye}
      bye: {say: "Let us ring {{ coalesce(contact, 'your colleague') }}.", outcome: done}
"""

from collections.abc import Iterator

from engine.graph import ANYTIME, GuideGraph
from engine.model import Call, Options, Step
from engine.problems import Finding, Place, Severity
from engine.rules.certainty import possible, relied_on
from engine.rules.knowledge import Knowledge, knowledge_of
from engine.rules.uses import Use, recorded, shown

CODE = "may-be-missing"
SEVERITY = Severity.WARNING


def check(graph: GuideGraph) -> Iterator[Finding]:
    """One finding for each place in a text, and each value handed over, that can have no value."""
    knowledge = knowledge_of(graph)
    for id, step in graph.guide.steps.items():
        if id in graph.reachable:
            for use in shown(graph.guide, step):
                yield from _finding(knowledge, use, knowledge.sure[id])
            for use in _handed_over(graph, step):
                known = knowledge.after_setting(step.sets, knowledge.after_asking(step, knowledge.sure[id]))
                yield from _finding(knowledge, use, known)
            yield from _recorded(knowledge, step)
    if ANYTIME in knowledge.sure:
        yield from _recorded(knowledge, graph.anytime)


def _recorded(knowledge: Knowledge, step: Step) -> Iterator[Finding]:
    """What the records of a step and its options say once it is left."""
    sure = knowledge.sure[step.id]
    left = [(record, knowledge.after_all(step, sure)) for record in step.records]
    for option in step.exit.options if isinstance(step.exit, Options) else ():
        left += [(record, knowledge.after_choosing(step, option, sure)) for record in option.records]
    since = (*(ask.field for ask in step.asks), *(each.field for each in step.sets))
    for record, known in left:
        for use in recorded(step, record, since):
            yield from _finding(knowledge, use, knowledge.given(record.when, known))


def _finding(knowledge: Knowledge, use: Use, known: int) -> Iterator[Finding]:
    if knowledge.certain(use.expression, known):
        return
    can_have = knowledge.can_have(knowledge.may[use.step.id] | knowledge.mask(use.since))
    if not possible(use.expression.tree, can_have):
        return  # told as an error already
    has = knowledge.facts(known)
    missing = [named for named in relied_on(use.expression.tree) if not has(named.id)]
    offset = missing[0].offset if missing else 0
    what = f"'{missing[0].id}'" if missing else f"'{use.expression.source}'"
    message = f"{what} may have no value here"
    hint = "ask for it on every path to this step, or say what stands for it: coalesce(…, 0), coalesce(…, 'text')"
    yield Finding(CODE, message, Place(use.path, offset=use.offset + offset), hint, SEVERITY)


def _handed_over(graph: GuideGraph, step: Step) -> Iterator[Use]:
    """What a call gives to fields that the called guide requires."""
    call = step.exit
    if isinstance(call, Call) and call.guide in graph.others:
        theirs = graph.others[call.guide].fields
        since = tuple(ask.field for ask in step.asks) + tuple(each.field for each in step.sets)
        for given in call.given:
            if given.field in theirs and theirs[given.field].required:
                yield Use(step, given.expression, given.path, 0, since)
