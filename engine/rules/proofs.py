"""Whether, of several conditions, one is surely true: tried with every value that one field can have."""

from collections.abc import Iterable, Mapping
from datetime import date

from engine.expressions.expression import Expression, Scope
from engine.expressions.types import UNKNOWN
from engine.fields.field import Field, Value
from engine.rules.certainty import Has, uses_today

ANY_DAY = date(2000, 1, 1)


def constant(condition: Expression) -> bool:
    """Whether the condition is the same at every visit, whatever was answered."""
    known = condition.type != UNKNOWN
    return known and not (condition.fields or condition.steps or uses_today(condition.tree))


def always(condition: Expression) -> bool:
    """Whether the condition is plainly true at every visit."""
    return constant(condition) and condition.evaluate(Scope({}, ANY_DAY)) is True


def exhaustive(conditions: Iterable[Expression], fields: Mapping[str, Field], has: Has) -> bool:
    """Whether one of the conditions is true whatever one field's value is; `has` tells which fields surely have one.

    Other conditions may stand between: those of that one field must do by themselves. One that is wrong passes
    for true: that is told already.
    """
    by_field: dict[str, list[Expression]] = {}
    for condition in conditions:
        if always(condition) or condition.type == UNKNOWN:
            return True
        if len(condition.fields) == 1 and not condition.steps and not uses_today(condition.tree):
            by_field.setdefault(next(iter(condition.fields)), []).append(condition)
    return any(has(id) and _covered(fields[id], found) for id, found in by_field.items())


def _covered(field: Field, conditions: list[Expression]) -> bool:
    """Whether for each value of a choice or boolean field one of the conditions is true."""
    values: tuple[Value, ...] = (True, False) if field.type == "boolean" else ()
    if field.type == "choice":
        values = tuple(choice.id for choice in field.options)
    scopes = [Scope({field.id: value}, ANY_DAY) for value in values]
    return bool(scopes) and all(any(each.evaluate(scope) is True for each in conditions) for scope in scopes)
