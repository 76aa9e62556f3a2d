"""Where a guide's expressions stand, and what has happened in their step by the time they are looked at."""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from engine.expressions.expression import Expression
from engine.graph import GuideGraph
from engine.model import Assignment, Branch, Call, Guide, Options, Record, Step, Switch
from engine.problems import Path
from engine.text import Text


class Use(NamedTuple):
    """An expression in a step; `path` and `offset` are where it starts.

    `since` are the fields that the step may have asked or set by then.
    """

    step: Step
    expression: Expression
    path: Path
    offset: int = 0
    since: tuple[str, ...] = ()


def shown(guide: Guide, step: Step) -> Iterator[Use]:
    """The expressions in the texts that the step shows, its documents' among them."""
    yield from _in_text(step, step.title, (*step.path, "title"))
    yield from _in_text(step, step.say, (*step.path, "say"))
    for number, text in enumerate(step.points):
        yield from _in_text(step, text, (*step.path, "points", number))
    yield from _in_text(step, step.note, (*step.path, "note"))
    yield from _in_text(step, step.question, (*step.path, "question"))
    for document in (guide.documents[id] for id in step.documents):
        yield from _in_text(step, document.to, (*document.path, "to"))
        yield from _in_text(step, document.subject, (*document.path, "subject"))
        yield from _in_text(step, document.body, (*document.path, "body"))


def records_of(step: Step) -> tuple[Record, ...]:
    """The records of a step and of all its options."""
    options = step.exit.options if isinstance(step.exit, Options) else ()
    return (*step.records, *(record for option in options for record in option.records))


@lru_cache(maxsize=1)
def uses(graph: GuideGraph) -> tuple[Use, ...]:
    """Every expression that is looked at in some step, worked out once for all rules that ask in turn."""
    steps = (*graph.guide.steps.values(), graph.anytime)
    detours = [entry.detour for entry in graph.guide.anytime if entry.detour]
    handed = (Use(graph.anytime, given.expression, given.path) for detour in detours for given in detour.given)
    return (*(use for step in steps for use in _uses(graph.guide, step)), *handed)


def _uses(guide: Guide, step: Step) -> Iterator[Use]:
    """Every expression that is looked at when the step is shown and answered."""
    yield from shown(guide, step)
    for number, text in enumerate(step.never):
        yield from _in_text(step, text, (*step.path, "never", number))
    if isinstance(step.exit, Options):
        for option in step.exit.options:
            yield from _in_text(step, option.hint, (*option.path, "hint"))
            yield from _in_text(step, option.because, (*option.path, "because"))
            yield from _condition(step, option.when, (*option.path, "when"))
            yield from _condition(step, option.allow, (*option.path, "allow"))
    yield from _asks(guide, step)
    yield from _leaving(step, tuple(ask.field for ask in step.asks))


def recorded(step: Step, record: Record, since: tuple[str, ...] = ()) -> Iterator[Use]:
    """The expressions in the texts of a record of the step, or of one of its options."""
    for name, text in record.texts.items():
        yield from _in_text(step, text, (*record.path, name), since)


def _in_text(step: Step, text: Text, path: Path, since: tuple[str, ...] = ()) -> Iterator[Use]:
    for slot in text.slots if text else ():
        yield Use(step, slot.expression, path, slot.offset, since)


def _condition(step: Step, when: Expression | None, path: Path, since: tuple[str, ...] = ()) -> Iterator[Use]:
    if when is not None:
        yield Use(step, when, path, 0, since)


def _asks(guide: Guide, step: Step) -> Iterator[Use]:
    """The conditions of asks, and the bounds of the fields asked, which see what was entered above them."""
    for number, ask in enumerate(step.asks):
        yield from _condition(step, ask.when, (*ask.path, "when"))
        bounds = (guide.bounds or {}).get(ask.field)
        since = tuple(each.field for each in step.asks[:number])
        for key in ("min", "max") if bounds else ():
            yield from _condition(step, getattr(bounds, key), ("fields", ask.field, key), since)


def _leaving(step: Step, since: tuple[str, ...]) -> Iterator[Use]:
    """What is looked at once the answers are taken: what is set, in turn, then the way on."""
    exit = step.exit
    options = exit.options if isinstance(exit, Options) else ()
    for option in options:
        yield from _set(step, option.sets, since)
    since += tuple(each.field for option in options for each in option.sets)
    yield from _set(step, step.sets, since)
    since += tuple(each.field for each in step.sets)
    for records in (step.records, *(option.records for option in options)):
        for record in records:
            yield from recorded(step, record, since)
            yield from _condition(step, record.when, (*record.path, "when"), since)
            for name, figure in record.figures.items():
                yield from _condition(step, figure, (*record.path, name), since)
    for case in exit.cases if isinstance(exit, Branch) else ():
        yield from _condition(step, case.when, (*case.path, "when"), since)
    for given in exit.given if isinstance(exit, Call | Switch) else ():
        yield Use(step, given.expression, given.path, 0, since)


def _set(step: Step, assignments: tuple[Assignment, ...], since: tuple[str, ...]) -> Iterator[Use]:
    for each in assignments:
        yield Use(step, each.expression, each.path, 0, since)
        since += (each.field,)


def read(graph: GuideGraph) -> frozenset[str]:
    """The fields that any expression of the guide reads, or that a guide read together with it takes."""
    guide, bounds = graph.guide, (graph.guide.bounds or {}).values()
    found = {id for use in uses(graph) for id in use.expression.fields}
    limits = (bound for each in bounds for bound in (each.min, each.max) if bound)
    for expression in (*limits, *(formula for _, formula in guide.computed)):
        found |= expression.fields
    steps = (*guide.steps.values(), graph.anytime)
    found |= {field for step in steps for record in records_of(step) for field in record.values}
    callers = (call for other in graph.others.values() for call in other.leads if call.guide == guide.id)
    return frozenset(found | {take.theirs for call in callers if isinstance(call, Call) for take in call.take})
