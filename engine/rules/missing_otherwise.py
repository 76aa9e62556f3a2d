"""A branch whose last entry has a condition.

Where none of the conditions is true, the session would not know where to go on. Values can be missing, and then no
comparison with them is true. Let the last entry stand without `when`.

The one exception: the entries name every option of a required choice, or both cases of a required yes-or-no field,
that has been answered on every path to the branch.

Wrong, at line 7, column 5:

    guide: fork
    title: Fork
    outcomes: {done: {label: Done, kind: success}}
    fields: {days: {type: integer, label: Days late, given: true}}
    steps:
      sort:
        branch:
          - {when: days > 30, to: firm}
          - {when: days <= 30, to: gentle}
      firm: {say: This is rather late., outcome: done}
      gentle: {say: A friendly reminder., outcome: done}

Mended:

    guide: fork
    title: Fork
    outcomes: {done: {label: Done, kind: success}}
    fields: {days: {type: integer, label: Days late, given: true}}
    steps:
      sort:
        branch:
          - {when: days > 30, to: firm}
          - {to: gentle}
      firm: {say: This is rather late., outcome: done}
      gentle: {say: A friendly reminder., outcome: done}
"""

from collections.abc import Iterator

from engine.graph import GuideGraph
from engine.model import Branch, Step
from engine.problems import Finding, Place, Severity
from engine.rules.knowledge import knowledge_of
from engine.rules.proofs import exhaustive

CODE = "missing-otherwise"
SEVERITY = Severity.ERROR


def check(graph: GuideGraph) -> Iterator[Finding]:
    """One finding for each branch that may leave nowhere to go."""
    for step in graph.guide.steps.values():
        if isinstance(step.exit, Branch) and not _decides(graph, step, step.exit):
            message = f"where none of these conditions is true, '{step.id}' leads nowhere"
            hint = "end the list with an entry that has only 'to'"
            yield Finding(CODE, message, Place((*step.path, "branch"), key=True), hint, SEVERITY)


def _decides(graph: GuideGraph, step: Step, branch: Branch) -> bool:
    conditions = [case.when for case in branch.cases if case.when]
    if len(conditions) < len(branch.cases):
        return True
    knowledge = knowledge_of(graph)
    known = knowledge.sure.get(step.id, 0)
    has = knowledge.facts(knowledge.after_setting(step.sets, knowledge.after_asking(step, known)))
    return exhaustive(conditions, graph.guide.fields, has)
