"""A step where it can happen that no option is offered.

Every option has a `when`. Where none of them is true, the agent would see a question without an answer to choose,
in the middle of a call. Let one option stand without `when`.

The one exception: the conditions name every option of a required choice, or both cases of a required yes-or-no
field, that has been answered on every path to the step.

Wrong, at line 8, column 5:

    guide: strand
    title: Strand
    outcomes: {done: {label: Done, kind: success}}
    fields: {days: {type: integer, label: Days late, given: true}}
    steps:
      ask:
        question: What does the client say?
        options:
          - {id: pays, label: Pays, when: days > 30, to: bye}
      bye: {say: Goodbye., outcome: done}

Mended:

    guide: strand
    title: Strand
    outcomes: {done: {label: Done, kind: success}}
    fields: {days: {type: integer, label: Days late, given: true}}
    steps:
      ask:
        question: What does the client say?
        options:
          - {id: pays, label: Pays, when: days > 30, to: bye}
          - {id: other, label: Something else, to: bye}
      bye: {say: Goodbye., outcome: done}
"""

from collections.abc import Iterator

from engine.graph import GuideGraph
from engine.model import Option, Options
from engine.problems import Finding, Place, Severity
from engine.rules.knowledge import knowledge_of
from engine.rules.proofs import exhaustive

CODE = "may-strand"
SEVERITY = Severity.ERROR


def check(graph: GuideGraph) -> Iterator[Finding]:
    """One finding for each step whose options can all be hidden."""
    for step in graph.guide.steps.values():
        if isinstance(step.exit, Options) and not _offers(graph, step.id, step.exit):
            message = f"every option of '{step.id}' has a condition, so it can happen that none is open"
            hint = "let one option stand without 'when' and 'allow'"
            yield Finding(CODE, message, Place((*step.path, "options"), key=True), hint, SEVERITY)


def _offers(graph: GuideGraph, step: str, exit: Options) -> bool:
    if any(option.when is None and _opens(option) for option in exit.options):
        return True
    conditions = [option.when for option in exit.options if option.when and _opens(option)]
    conditions += [option.allow for option in exit.options if option.allow and not option.when]
    knowledge = knowledge_of(graph)
    return exhaustive(conditions, graph.guide.fields, knowledge.facts(knowledge.sure.get(step, 0)))


def _opens(option: Option) -> bool:
    """Whether a person can choose the option wherever it is offered: a reason that they give is enough."""
    return option.allow is None or option.override == "reason"
