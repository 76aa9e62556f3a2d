"""A branch entry, an option or an ask that can never come to be.

A branch goes through its entries in order and takes the first that is true. What stands below an entry without
`when`, repeats a condition from above, or has a condition that is plainly never true, is dead: it looks as if it
mattered.

Wrong, at line 9, column 9:

    guide: dead
    title: Dead
    outcomes: {done: {label: Done, kind: success}}
    fields: {days: {type: integer, label: Days late, given: true}}
    steps:
      sort:
        branch:
          - {to: gentle}
          - {when: days > 30, to: firm}
          - {to: firm}
      firm: {say: This is rather late., outcome: done}
      gentle: {say: A friendly reminder., outcome: done}

Mended:

    guide: dead
    title: Dead
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

from engine.expressions.expression import Expression
from engine.graph import GuideGraph
from engine.model import Ask, Branch, Case, Option, Options, Step
from engine.problems import Finding, Path, Place, Severity
from engine.rules.proofs import always, constant

CODE = "never-fires"
SEVERITY = Severity.WARNING


def check(graph: GuideGraph) -> Iterator[Finding]:
    """One finding for each entry, option or ask that is dead."""
    for step in graph.guide.steps.values():
        if isinstance(step.exit, Branch):
            yield from _below(step.exit)
        for when, path in _conditions(step):
            if constant(when) and not always(when):
                message, hint = f"'{when.source}' is never true", "delete it, or correct the condition"
                yield Finding(CODE, message, Place((*path, "when")), hint, SEVERITY)


def _conditions(step: Step) -> Iterator[tuple[Expression, Path]]:
    exit = step.exit
    options = exit.options if isinstance(exit, Options) else ()
    cases = exit.cases if isinstance(exit, Branch) else ()
    conditional: tuple[Ask | Option | Case, ...] = (*step.asks, *options, *cases)
    for each in conditional:
        if each.when:
            yield each.when, each.path


def _below(branch: Branch) -> Iterator[Finding]:
    """The entries that those above them leave nothing for."""
    above: set[str] = set()
    ended = False
    for case in branch.cases:
        source = case.when.source if case.when else ""
        if ended:
            message = "an entry above is taken always, so this one never is"
            yield Finding(CODE, message, Place(case.path), "move the entry without 'when' to the end", SEVERITY)
        elif source in above:
            message = f"'{source}' is a condition above already, so this entry is never taken"
            yield Finding(CODE, message, Place((*case.path, "when")), "delete it, or correct it", SEVERITY)
        above.add(source)
        ended = ended or case.when is None or always(case.when)
