"""Two entries of a branch that can both be true.

A branch takes the first entry that is true. Where two entries can be true together and neither is part of the other,
only their order decides between them. That is no mistake; but it is worth knowing that it was meant. Nothing is said
where the upper entry is a special case of the lower one, or where the entries lead to the same step.

Wrong, at line 11, column 16:

    guide: two-ways
    title: Two ways
    outcomes: {done: {label: Done, kind: success}}
    fields:
      broken: {type: integer, label: Promises broken, given: true}
      days: {type: integer, label: Days late, given: true}
    steps:
      sort:
        branch:
          - {when: broken >= 2, to: firm}
          - {when: days < 5, to: gentle}
          - {to: usual}
      firm: {say: This is not the first time., outcome: done}
      gentle: {say: A friendly reminder., outcome: done}
      usual: {say: Your invoice is due., outcome: done}

Mended, so that the order no longer matters:

    guide: two-ways
    title: Two ways
    outcomes: {done: {label: Done, kind: success}}
    fields:
      broken: {type: integer, label: Promises broken, given: true}
      days: {type: integer, label: Days late, given: true}
    steps:
      sort:
        branch:
          - {when: broken >= 2, to: firm}
          - {when: days < 5 and broken < 2, to: gentle}
          - {to: usual}
      firm: {say: This is not the first time., outcome: done}
      gentle: {say: A friendly reminder., outcome: done}
      usual: {say: Your invoice is due., outcome: done}
"""

from collections.abc import Iterator
from functools import partial

from engine.graph import GuideGraph
from engine.model import Branch, Case
from engine.problems import Finding, Place, Severity
from engine.rules.decisions import Tried, decisions_of

CODE = "overlap"
SEVERITY = Severity.INFO


def check(graph: GuideGraph) -> Iterator[Finding]:
    """One finding for each entry that overlaps with one above it: with the first such."""
    for step in graph.guide.steps.values():
        if not isinstance(step.exit, Branch):
            continue
        cases = [case for case in step.exit.cases if case.when]
        trial = decisions_of(graph).branch(step) if len(cases) > 1 else None
        if trial and trial.exact:
            for number in range(1, len(cases)):
                yield from _overlapping(trial, cases, number)


def _overlapping(trial: Tried, cases: list[Case], lower: int) -> Iterator[Finding]:
    for upper in range(lower):
        if cases[upper].to != cases[lower].to and _cross(trial, upper, lower):
            example = trial.where(partial(_both, upper, lower))
            message = f"where {example}, this is true and an entry above it too, which is taken"
            place = Place((*cases[lower].path, "when"))
            yield Finding(CODE, message, place, "change their order if that is not meant", SEVERITY)
            return


def _both(upper: int, lower: int, true: tuple[bool, ...]) -> bool:
    return true[upper] and true[lower]


def _cross(trial: Tried, upper: int, lower: int) -> bool:
    """Whether both can be true, and each without the other."""
    seen = {(true[upper], true[lower]) for true in trial.seen}
    return seen >= {(True, True), (True, False), (False, True)}
