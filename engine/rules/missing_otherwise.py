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
from engine.rules.decisions import decisions_of
from engine.rules.proofs import exhaustive

CODE = "missing-otherwise"
SEVERITY = Severity.ERROR
_ANYWHERE = "it can be that none of these conditions is true:"


def check(graph: GuideGraph) -> Iterator[Finding]:
    """One finding for each branch that may leave nowhere to go."""
    for step in graph.guide.steps.values():
        if isinstance(step.exit, Branch) and not _decides(graph, step, step.exit):
            message = f"{_gap(graph, step)} '{step.id}' leads nowhere"
            hint = "end the list with an entry that has only 'to'"
            yield Finding(CODE, message, Place((*step.path, "branch"), key=True), hint, SEVERITY)


def _decides(graph: GuideGraph, step: Step, branch: Branch) -> bool:
    conditions = [case.when for case in branch.cases if case.when]
    if len(conditions) < len(branch.cases):
        return True
    return exhaustive(conditions, decisions_of(graph).after(step, listed=True))


def _gap(graph: GuideGraph, step: Step) -> str:
    """Where none of the conditions is true, as far as there is an example."""
    trial = decisions_of(graph).branch(step)
    example = trial.where(lambda true: not any(true)) if trial and trial.exact else ""
    return f"where {example}, none of these conditions is true:" if example else _ANYWHERE
