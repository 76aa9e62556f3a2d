"""A branch entry, an option or an ask that can never come to be.

A branch goes through its entries in order and takes the first that is true. What stands below an entry without
`when`, is true only where an entry above it is, or has a condition that no values make true, is dead: it looks as if
it mattered. A step that only dead entries and options lead to is told too.

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
from functools import partial

from engine.expressions.expression import Expression
from engine.graph import ANYTIME, GuideGraph
from engine.model import Ask, Branch, Case, Option, Options, Step
from engine.problems import Finding, Path, Place, Severity
from engine.rules.decisions import Tried, decisions_of
from engine.rules.proofs import always, constant

CODE = "never-fires"
SEVERITY = Severity.WARNING


def check(graph: GuideGraph) -> Iterator[Finding]:
    """One finding for each entry, option or ask that is dead, and each step that only such ones lead to."""
    dead = set[tuple[str, Path]]()
    for step in graph.guide.steps.values():
        for found in (*_below(graph, step), *_false(graph, step)):
            path = found.place.path
            dead.add((step.id, path[:-1] if path[-1] == "when" else path))
            yield found
    if dead:
        yield from _cut_off(graph, dead)


def _false(graph: GuideGraph, step: Step) -> Iterator[Finding]:
    """The conditions that no values make true."""
    for when, path in _conditions(step):
        if constant(when) and not always(when):
            yield _never(when, path)
    for option in step.exit.options if isinstance(step.exit, Options) else ():
        ours = option.when and not constant(option.when) and option.path[0] == "steps"  # a set is for other steps too
        alone = decisions_of(graph).alone(step, option.when) if ours and option.when else None
        if option.when and alone and not alone.ever(any):
            yield _never(option.when, option.path)


def _never(when: Expression, path: Path) -> Finding:
    hint = "delete it, or correct the condition"
    return Finding(CODE, f"'{when.source}' is never true", Place((*path, "when")), hint, SEVERITY)


def _conditions(step: Step) -> Iterator[tuple[Expression, Path]]:
    exit = step.exit
    options = exit.options if isinstance(exit, Options) else ()
    cases = exit.cases if isinstance(exit, Branch) else ()
    conditional: tuple[Ask | Option | Case, ...] = (*step.asks, *options, *cases)
    for each in conditional:
        if each.when:
            yield each.when, each.path


def _below(graph: GuideGraph, step: Step) -> Iterator[Finding]:
    """The entries of a branch that those above them leave nothing for."""
    exit = step.exit
    cases = exit.cases if isinstance(exit, Branch) else ()
    trial = decisions_of(graph).branch(step) if cases else None
    above, ended, number = set[str](), False, 0
    for case in cases:
        source = case.when.source if case.when else ""
        if ended:
            message = "an entry above is taken always, so this one never is"
            yield Finding(CODE, message, Place(case.path), "move the entry without 'when' to the end", SEVERITY)
        elif source in above:
            message = f"'{source}' is a condition above already, so this entry is never taken"
            yield Finding(CODE, message, Place((*case.path, "when")), "delete it, or correct it", SEVERITY)
        elif case.when and not constant(case.when) and trial and not trial.ever(partial(_first, number)):
            yield _covered(case, trial, number)
        above.add(source)
        ended = ended or case.when is None or always(case.when)
        number += case.when is not None


def _first(number: int, true: tuple[bool, ...]) -> bool:
    return true[number] and not any(true[:number])


def _covered(case: Case, trial: Tried, number: int) -> Finding:
    assert case.when, "the entry without a condition is covered by nothing"
    if not trial.ever(lambda true: true[number]):
        return _never(case.when, case.path)
    message = f"wherever '{case.when.source}' is true, an entry above is taken, so this one never is"
    return Finding(CODE, message, Place((*case.path, "when")), "move it up, or delete it", SEVERITY)


def _cut_off(graph: GuideGraph, dead: set[tuple[str, Path]]) -> Iterator[Finding]:
    """The steps that can be reached only by entries and options that are dead."""
    start = graph.guide.start
    found, waiting = {start}, [start]
    waiting += [edge.target for edge in graph.leaving(ANYTIME)]
    for id in waiting:
        found.add(id)
        step = graph.guide.steps[id]
        targets = [edge.target for edge in graph.leaving(id) if (id, edge.path[:-1]) not in dead]
        targets += [step.skip_to] if step.skip_to else []
        waiting += [to for to in dict.fromkeys(targets) if to not in found]
        found.update(targets)
    for id, step in graph.guide.steps.items():
        if id in graph.reachable and id not in found:
            message = f"no answers lead to '{id}'"
            hint = "correct the conditions that should lead here, or delete the step"
            yield Finding(CODE, message, Place(step.path, key=True), hint, SEVERITY)
