"""What decides the way through guides: their conditions, and the fields that the fields in these are made of."""

from collections.abc import Iterator
from typing import TypeAlias

from engine.expressions.expression import Expression
from engine.expressions.tree import (
    Node,
    children,
)
from engine.model import Assignment, Branch, Guide, Options
from engine.model import Call as Calling
from engine.visits import Guides

Owned: TypeAlias = tuple[str, str]
"""A field of a guide: the ids of both."""


def conditions(guide: Guide) -> Iterator[Expression]:
    """Every expression that decides what can be answered, or where an answer leads."""
    found: list[Expression | None] = [entry.option.when for entry in guide.anytime]
    found += [entry.option.allow for entry in guide.anytime]
    for bounds in guide.bounds.values():
        found += [bounds.min, bounds.max]
    for step in guide.steps.values():
        found += [ask.when for ask in step.asks]
        if isinstance(step.exit, Branch):
            found += [case.when for case in step.exit.cases]
        if isinstance(step.exit, Options):
            found += [each for option in step.exit.options for each in (option.when, option.allow)]
    return (each for each in found if each is not None)


def set_expressions(guide: Guide) -> Iterator[Expression]:
    """Every expression whose value a guide puts into one of its fields."""
    yield from (formula for _, formula in guide.computed)
    yield from (each.expression for each in _sets(guide))


def sources(guides: Guides) -> dict[Owned, set[Owned]]:
    """Of each field that is computed, set, handed over or taken: the fields it is made of."""
    found: dict[Owned, set[Owned]] = {}
    for guide in guides.values():
        for target, expression in (*guide.computed, *((each.field, each.expression) for each in _sets(guide))):
            found.setdefault((guide.id, target), set()).update((guide.id, id) for id in expression.fields)
        for lead in guide.leads:
            for given in lead.given:
                theirs = found.setdefault((lead.guide, given.field), set())
                theirs.update((guide.id, id) for id in given.expression.fields)
            for take in lead.take if isinstance(lead, Calling) else ():
                found.setdefault((guide.id, take.ours), set()).add((lead.guide, take.theirs))
    return found


def inner(node: Node) -> Iterator[Node]:
    """A node of an expression and every node inside it."""
    yield node
    for part in children(node):
        yield from inner(part)


def _sets(guide: Guide) -> Iterator[Assignment]:
    for entry in guide.anytime:
        yield from entry.option.sets
    for step in guide.steps.values():
        yield from step.sets
        for option in step.exit.options if isinstance(step.exit, Options) else ():
            yield from option.sets
