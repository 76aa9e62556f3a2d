"""A step where it can happen that no option is offered.

Every option has a `when`. Where none of them is true, the agent would see a question without an answer to choose,
in the middle of a call. Let one option stand without `when`.

The one exception: it can be proved that one of the conditions is true whatever was answered, as where they name every
option of a choice, or both sides of an amount, that has been answered on every path to the step.

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

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import accumulate

from engine.expressions.expression import Expression
from engine.graph import GuideGraph
from engine.model import Option, Options, Step
from engine.problems import Finding, Place, Severity
from engine.rules.decisions import Tried, decisions_of
from engine.rules.proofs import always, exhaustive, tried

CODE = "may-strand"
SEVERITY = Severity.ERROR


def check(graph: GuideGraph) -> Iterator[Finding]:
    """One finding for each step whose options can all be hidden or locked."""
    for step in graph.guide.steps.values():
        message = _stranded(graph, step, step.exit) if isinstance(step.exit, Options) else ""
        if message:
            hint = "let one option stand without 'when' and 'allow'"
            yield Finding(CODE, message, Place((*step.path, "options"), key=True), hint, SEVERITY)


def _stranded(graph: GuideGraph, step: Step, exit: Options) -> str:
    """What is said where it can be that no option is open; "" where one always is."""
    needed = [_needed(option) for option in exit.options]
    if any(all(always(each) or each.type.kind != "boolean" for each in conditions) for conditions in needed):
        return ""
    names = decisions_of(graph).before(step)
    conditions = [each for conditions in needed for each in conditions]
    trial, closed = tried(conditions, names), partial(_closed, [len(each) for each in needed])
    if trial is None:
        if exhaustive([each[0] for each in needed if len(each) == 1], names):
            return ""
    elif not trial.ever(closed):
        return ""
    return _told(step, decisions_of(graph).better(trial, conditions, names), closed)


def _told(step: Step, tried: Tried | None, closed: Callable[[tuple[bool, ...]], bool]) -> str:
    """The values at which no option is open, as far as they are known.

    What z3 alone proves is told all the same: guides are the same without it.
    """
    if tried and not tried.ever(closed):
        return f"one option of '{step.id}' is always open, but only the extra 'prove' can see that"
    example = tried.where(closed) if tried and tried.exact else ""
    if example:
        return f"no option of '{step.id}' is open where {example}"
    return f"every option of '{step.id}' has a condition, so it can happen that none is open"


def _closed(sizes: Sequence[int], true: tuple[bool, ...]) -> bool:
    """Whether no option is open; `sizes` are how many of the conditions belong to each."""
    ends = list(accumulate(sizes))
    return not any(all(true[end - size : end]) for end, size in zip(ends, sizes))


def _needed(option: Option) -> tuple[Expression, ...]:
    """What must be true for a person to be able to choose the option: a reason that they give is enough for a lock."""
    lock = option.allow if option.override != "reason" else None
    return tuple(each for each in (option.when, lock) if each)
