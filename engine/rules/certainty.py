"""What can be said of an expression from which fields have a value: missing values follow FORMAT §4."""

from collections.abc import Callable, Iterator, Mapping
from functools import reduce
from typing import Protocol

from engine.expressions.tree import (
    Arithmetic,
    Call,
    Conditional,
    Known,
    Literal,
    Logic,
    Node,
    Not,
    Today,
    children,
    nodes,
)

Has = Callable[[str], bool]
"""Whether a field has a value."""

NEVER_MISSING = frozenset({"is_answered", "visits", "answered"})
NO_FIELDS: frozenset[str] = frozenset()


def relied_on(node: Node) -> Iterator[Known]:
    """The fields named where a missing value was not thought of: outside `is_answered` and `coalesce`."""
    if isinstance(node, Known):
        yield node
    elif not (isinstance(node, Call) and node.function in ("is_answered", "coalesce")):
        for child in children(node):
            yield from relied_on(child)


def possible(node: Node, has: Has) -> bool:
    """Whether the expression can have a value where `has` tells which fields can."""
    match node:
        case Known():
            return has(node.id)
        case Logic() | Call(function="coalesce"):
            return any(possible(part, has) for part in children(node))
        case Conditional():
            results = (node.otherwise, *(value for _, value in node.cases))
            return possible(node.cases[0][0], has) and any(possible(result, has) for result in results)
        case Call() if node.function in NEVER_MISSING:
            return True
        case _:
            return all(possible(part, has) for part in children(node))


class Facts(Protocol):
    """Which fields surely have a value, and what more is known where a condition is true or false."""

    def __call__(self, field: str) -> bool:
        """Whether the field surely has a value."""

    def given(self, condition: Node, *, truth: bool) -> "Facts":
        """What is known where the condition is true (or, without `truth`, false)."""

    def not_zero(self, field: str) -> bool:
        """Whether the field cannot be 0: dividing by 0 gives no value."""


def certain(node: Node, facts: Facts) -> bool:
    """Whether the expression surely has a value."""
    match node:
        case Known():
            return facts(node.id)
        case Call() if node.function in NEVER_MISSING:
            return True
        case Call(function="coalesce"):
            return any(certain(part, facts) for part in node.arguments)
        case Logic():
            return _certain_logic(node, facts)
        case Conditional():
            return _certain_choice(node, facts)
        case Arithmetic():
            divisors = (part for sign, part, _ in node.steps if sign == "/")
            return all(_not_zero(part, facts) for part in divisors) and _all_certain(node, facts)
        case _:
            return _all_certain(node, facts)


def _all_certain(node: Node, facts: Facts) -> bool:
    return all(certain(part, facts) for part in children(node))


def _certain_logic(node: Logic, facts: Facts) -> bool:
    """A part matters only where those before it are true (with `or`, false): they may ask whether it is known."""
    for part in node.parts:
        if not certain(part, facts):
            return False
        facts = facts.given(part, truth=node.word == "and")
    return True


def _certain_choice(node: Conditional, facts: Facts) -> bool:
    """Each condition, and each value where its condition is true and those before it are not."""
    for test, value in node.cases:
        if not certain(test, facts) or not certain(value, facts.given(test, truth=True)):
            return False
        facts = facts.given(test, truth=False)
    return certain(node.otherwise, facts)


def _not_zero(node: Node, facts: Facts) -> bool:
    return (isinstance(node, Literal) and node.value != 0) or (isinstance(node, Known) and facts.not_zero(node.id))


Behind = Mapping[str, frozenset[str]]
"""For each computed field: the fields without which it has no value."""


def needed(node: Node, behind: Behind) -> frozenset[str]:
    """The fields without which the expression has no value."""
    match node:
        case Known():
            return frozenset({node.id}) | behind.get(node.id, NO_FIELDS)
        case Call() if node.function in NEVER_MISSING:
            return NO_FIELDS
        case Logic() | Call(function="coalesce"):
            return _shared(needed(part, behind) for part in children(node))
        case Conditional():
            return needed(node.cases[0][0], behind)
        case _:
            return frozenset().union(*(needed(part, behind) for part in children(node)))


def assured(node: Node, behind: Behind, *, truth: bool = True) -> frozenset[str]:
    """The fields that have a value wherever the condition is true (or, without `truth`, false)."""
    match node:
        case Not():
            return assured(node.operand, behind, truth=not truth)
        case Logic():
            parts = (assured(part, behind, truth=truth) for part in node.parts)
            each_holds = (node.word == "and") is truth
            return frozenset().union(*parts) if each_holds else _shared(parts)
        case Call(function="is_answered"):
            return needed(node.arguments[0], behind) if truth else NO_FIELDS
        case _:
            return needed(node, behind)


def _shared(sets: Iterator[frozenset[str]]) -> frozenset[str]:
    return reduce(frozenset.__and__, sets)


def uses_today(node: Node) -> bool:
    """Whether the expression depends on the day."""
    return any(isinstance(each, Today) for each in nodes(node))
