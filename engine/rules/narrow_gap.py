"""A branch that falls to its last entry for one single value.

The entries of a branch often mean to divide all values among them, as `days > 30` and `days < 30` do. Where they leave
out one value only, it was probably forgotten: the last entry, without `when`, takes it.

Wrong, at line 10, column 9:

    guide: gap
    title: Gap
    outcomes: {done: {label: Done, kind: success}}
    fields: {days: {type: integer, label: Days late, given: true}}
    steps:
      sort:
        branch:
          - {when: days > 30, to: firm}
          - {when: days < 30, to: gentle}
          - {to: unsure}
      firm: {say: This is rather late., outcome: done}
      gentle: {say: A friendly reminder., outcome: done}
      unsure: {say: Let us find out., outcome: done}

Mended:

    guide: gap
    title: Gap
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

CODE = "narrow-gap"
SEVERITY = Severity.INFO


def check(graph: GuideGraph) -> Iterator[Finding]:
    """One finding for each branch whose last entry is for one single value."""
    for step in graph.guide.steps.values():
        gap = _gap(graph, step)
        if isinstance(step.exit, Branch) and gap:
            message = f"this falls to the last entry only when {gap}"
            place = Place(step.exit.cases[-1].path)
            yield Finding(CODE, message, place, "let another entry take it, with <= or >=", SEVERITY)


def _gap(graph: GuideGraph, step: Step) -> str:
    """The one value that no condition takes, in words; a value that is named with == or != is meant."""
    cases = step.exit.cases if isinstance(step.exit, Branch) else ()
    if len(cases) < 3 or cases[-1].when is not None:
        return ""
    sources = [case.when.source for case in cases if case.when]
    trial = None if any("==" in source or "!=" in source for source in sources) else decisions_of(graph).branch(step)
    return trial.single() if trial and trial.exact else ""
