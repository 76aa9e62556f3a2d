"""A typed tree as one function: no tree is looked at while walking.

Three values are known to conditions: True, False, and None where something is missing.
"""

import operator
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from engine.expressions import calculation
from engine.expressions.expression import Scope
from engine.expressions.functions import FUNCTIONS, written
from engine.expressions.tree import (
    Arithmetic,
    Call,
    Comparison,
    Conditional,
    Known,
    Literal,
    Logic,
    Membership,
    Minus,
    Node,
    Not,
    Today,
)

Evaluate: TypeAlias = Callable[[Scope], Any]

_COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_CALCULATE: Mapping[str, Callable[[Any, Any], Any]] = {
    "+": calculation.added,
    "-": calculation.subtracted,
    "*": calculation.multiplied,
    "/": calculation.divided,
}
_SHIFT: Mapping[str, Callable[[Any, Any], Any]] = {
    "days": calculation.days_after,
    "months": calculation.months_after,
}


def closure(node: Node) -> Evaluate:
    """The function that works the node out; it never raises, whatever the scope holds of the fields' types."""
    return _CLOSURES[type(node)](node)


def _literal(node: Literal) -> Evaluate:
    value = node.value
    return lambda _scope: value


def _known(node: Known) -> Evaluate:
    id = node.id
    return lambda scope: scope.values.get(id)


def _today(_node: Today) -> Evaluate:
    return lambda scope: scope.today


def _not(node: Not) -> Evaluate:
    operand = closure(node.operand)

    def negation(scope: Scope) -> bool | None:
        value: bool | None = operand(scope)
        return None if value is None else not value

    return negation


def _logic(node: Logic) -> Evaluate:
    """`or` is true as soon as one part is, `and` false; else unknown as soon as one part is."""
    parts = tuple(map(closure, node.parts))
    decisive = node.word == "or"

    def logic(scope: Scope) -> bool | None:
        result: bool | None = not decisive
        for part in parts:
            value: bool | None = part(scope)
            if value is decisive:
                return decisive
            if value is None:
                result = None
        return result

    return logic


def _comparison(node: Comparison) -> Evaluate:
    if len(node.parts) == 2:
        return _pair(_COMPARE[node.signs[0]], node.parts[0], node.parts[1])
    first, *rest = map(closure, node.parts)
    links = tuple(zip((_COMPARE[sign] for sign in node.signs), rest))

    def chain(scope: Scope) -> bool | None:
        left = first(scope)
        result: bool | None = True
        for compare, part in links:
            right = part(scope)
            if left is None or right is None:
                result = None
            elif not compare(left, right):
                return False
            left = right
        return result

    return chain


def _pair(compare: Callable[[Any, Any], bool], left: Node, right: Node) -> Evaluate:
    """One comparison; the usual one, of a field with a value written out, without detours."""
    if isinstance(left, Known) and isinstance(right, Literal):
        id, fixed = left.id, right.value

        def with_literal(scope: Scope) -> bool | None:
            value = scope.values.get(id)
            return None if value is None else compare(value, fixed)

        return with_literal
    return _strict(compare, closure(left), closure(right))


def _strict(work: Callable[[Any, Any], Any], left: Evaluate, right: Evaluate) -> Evaluate:
    """The work done on both values, missing where one of them is."""

    def strict(scope: Scope) -> Any:
        a = left(scope)
        if a is None:
            return None
        b = right(scope)
        return None if b is None else work(a, b)

    return strict


def _membership(node: Membership) -> Evaluate:
    item, values, negated = closure(node.item), node.values, node.negated

    def membership(scope: Scope) -> bool | None:
        value = item(scope)
        return None if value is None else (value in values) is not negated

    return membership


def _arithmetic(node: Arithmetic) -> Evaluate:
    links, type = [], node.first.type
    for sign, part, reached in node.steps:
        links.append((_work(sign, type.kind, part.type.kind), closure(part)))
        type = reached
    first = closure(node.first)
    if len(links) == 1:
        return _strict(links[0][0], first, links[0][1])
    return _chain(first, tuple(links))


def _chain(first: Evaluate, links: tuple[tuple[Callable[[Any, Any], Any], Evaluate], ...]) -> Evaluate:
    def chain(scope: Scope) -> Any:
        result = first(scope)
        for work, part in links:
            value = part(scope)
            if result is None or value is None:
                return None
            result = work(result, value)
        return result

    return chain


def _work(sign: str, left: str, right: str) -> Callable[[Any, Any], Any]:
    """What a sign does between two kinds of values."""
    if right in _SHIFT:
        move, factor = _SHIFT[right], 1 if sign == "+" else -1
        return lambda day, by: move(day, by * factor)
    if left in _SHIFT:
        move = _SHIFT[left]
        return lambda by, day: move(day, by)
    if left == "date":
        return lambda later, earlier: calculation.days_between(earlier, later)
    return _CALCULATE[sign]


def _minus(node: Minus) -> Evaluate:
    operand = closure(node.operand)

    def minus(scope: Scope) -> Any:
        value = operand(scope)
        return None if value is None else calculation.negated(value)

    return minus


def _conditional(node: Conditional) -> Evaluate:
    cases = tuple((closure(test), closure(value)) for test, value in node.cases)
    otherwise = closure(node.otherwise)

    def conditional(scope: Scope) -> Any:
        for test, value in cases:
            holds = test(scope)
            if holds is None:
                return None
            if holds:
                return value(scope)
        return otherwise(scope)

    return conditional


def _call(node: Call) -> Evaluate:
    apply = FUNCTIONS[node.function].apply
    if apply is None:
        return _ASKING[node.function](node.arguments)
    parts = tuple(map(closure, node.arguments))

    def call(scope: Scope) -> Any:
        values = [part(scope) for part in parts]
        return None if None in values else apply(*values)

    return call


def _is_answered(arguments: tuple[Node, ...]) -> Evaluate:
    value = closure(arguments[0])
    return lambda scope: value(scope) is not None


def _coalesce(arguments: tuple[Node, ...]) -> Evaluate:
    parts = tuple(map(closure, arguments))

    def coalesce(scope: Scope) -> Any:
        return next((value for part in parts if (value := part(scope)) is not None), None)

    return coalesce


def _visits(arguments: tuple[Node, ...]) -> Evaluate:
    step = written(arguments[0]) or ""
    return lambda scope: scope.tally.of(step)[0]


def _answered(arguments: tuple[Node, ...]) -> Evaluate:
    """False where the step was not visited: this asks, it does not compare."""
    step, option = (written(argument) or "" for argument in arguments)
    return lambda scope: scope.tally.of(step)[1] == option


_ASKING: Mapping[str, Callable[[tuple[Node, ...]], Evaluate]] = {
    "is_answered": _is_answered,
    "coalesce": _coalesce,
    "visits": _visits,
    "answered": _answered,
}
_CLOSURES: Mapping[type, Callable[[Any], Evaluate]] = {
    Literal: _literal,
    Known: _known,
    Today: _today,
    Not: _not,
    Logic: _logic,
    Comparison: _comparison,
    Membership: _membership,
    Arithmetic: _arithmetic,
    Minus: _minus,
    Conditional: _conditional,
    Call: _call,
}
