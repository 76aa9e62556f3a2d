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
            message, hint = _gap(graph, step)
            yield Finding(CODE, message, Place((*step.path, "branch"), key=True), hint, SEVERITY)


def _decides(graph: GuideGraph, step: Step, branch: Branch) -> bool:
    conditions = [case.when for case in branch.cases if case.when]
    if len(conditions) < len(branch.cases):
        return True
    return exhaustive(conditions, decisions_of(graph).after(step, listed=True))


def _gap(graph: GuideGraph, step: Step) -> tuple[str, str]:
    """Where none of the conditions is true, as far as there is an example; and what to do."""
    trial = decisions_of(graph).branch(step)
    if trial and not trial.ever(_none):
        message = f"one of these conditions is always true, but the last entry of '{step.id}' has to stand without one"
        return message, "delete its 'when'"
    example = trial.where(_none) if trial and trial.exact else ""
    where = f"where {example}, none of these conditions is true:" if example else _ANYWHERE
    return f"{where} '{step.id}' leads nowhere", "end the list with an entry that has only 'to'"


def _none(true: tuple[bool, ...]) -> bool:
    return not any(true)
