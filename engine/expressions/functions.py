"""The functions of expressions: how each is used, what it takes and what it gives."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple, TypeAlias

from engine.expressions import calculation
from engine.expressions.expression import Mistake
from engine.expressions.names import Names
from engine.expressions.tree import Known, Literal, Node
from engine.expressions.types import BOOLEAN, DATE, DAYS, MONTHS, ORDERED, TEXT, WHOLE, Type, joined
from engine.problems import suggestion

Rule: TypeAlias = Callable[[Sequence[Node], Names], Type | Mistake]
"""What a call gives, or what is wrong with its arguments; none of them is of unknown type."""

MOST_PLACES = 10
"""`round` takes at most so many decimals."""


class Function(NamedTuple):
    """One function. `usage` shows it in messages; it takes `fewest` to `most` arguments.

    `apply` works on the arguments' values where none of them is missing; without it, the function itself asks
    what is missing (`closures` knows how).
    """

    usage: str
    fewest: int
    most: int
    rule: Rule
    apply: Callable[..., Any] | None = None


def _wrong(node: Node, message: str, hint: str = "", code: str = "expression-type") -> Mistake:
    return Mistake(code, message, node.offset, hint)


def _each(kind: str, gives: Type) -> Rule:
    """All arguments are of one kind."""

    def rule(arguments: Sequence[Node], _names: Names) -> Type | Mistake:
        for node in arguments:
            if node.type.kind != kind:
                return _wrong(node, f"this is {node.type.words}, but {Type(kind).words} is due here")
        return gives

    return rule


def _length(gives: Type) -> Rule:
    """A whole number of days or months."""

    def rule(arguments: Sequence[Node], _names: Names) -> Type | Mistake:
        (number,) = arguments
        if number.type.kind == "number" and number.type.whole:
            return gives
        return _wrong(number, f"this is {number.type.words}, but a whole number is due here", "use round(x, 0)")

    return rule


def _alike(*kinds: str) -> Rule:
    """Arguments that can stand in each other's place; any of these kinds, or any at all."""

    def rule(arguments: Sequence[Node], _names: Names) -> Type | Mistake:
        first, *rest = arguments
        common = first.type
        for node in rest:
            both = joined(common, node.type)
            if both is None:
                return _wrong(node, f"this is {node.type.words}, but what stands before it is {common.words}")
            common = both
        if kinds and common.kind not in kinds:
            return _wrong(first, f"this is {common.words}, which means nothing here")
        return common

    return rule


def _rounding(arguments: Sequence[Node], names: Names) -> Type | Mistake:
    number, places = arguments
    found = _alike("number", "money")([number], names)
    if isinstance(found, Mistake):
        return found
    literal = places.value if isinstance(places, Literal) and places.type.kind == "number" else None
    if not isinstance(literal, int) or literal > MOST_PLACES:
        return _wrong(places, f"the decimals to round to are a number from 0 to {MOST_PLACES}, written out")
    return found._replace(whole=found.whole or (found.kind == "number" and literal == 0))


def _counting(arguments: Sequence[Node], names: Names) -> Type | Mistake:
    if len(arguments) == 1 and arguments[0].type.kind == "choices":
        return WHOLE
    return _each("boolean", WHOLE)(arguments, names)


def _picking(arguments: Sequence[Node], _names: Names) -> Type | Mistake:
    field, *ids = arguments
    if field.type.kind != "choices":
        hint = "write field in ['a', 'b']" if field.type.kind == "choice" else ""
        return _wrong(field, f"this is {field.type.words}, but a field of type choices is due here", hint)
    wrong = (_unlisted(node, field.type.options or (), "option") for node in ids)
    return next(filter(None, wrong), BOOLEAN)


def _asking(arguments: Sequence[Node], _names: Names) -> Type | Mistake:
    (field,) = arguments
    return BOOLEAN if isinstance(field, Known) else _wrong(field, "the name of a field is due here")


def _visiting(arguments: Sequence[Node], names: Names) -> Type | Mistake:
    (step,) = arguments
    return _unlisted(step, names.steps, "step") or WHOLE


def _answering(arguments: Sequence[Node], names: Names) -> Type | Mistake:
    step, option = arguments
    return (
        _unlisted(step, names.steps, "step") or _unlisted(option, names.steps[written(step) or ""], "option") or BOOLEAN
    )


def _dating(arguments: Sequence[Node], _names: Names) -> Type | Mistake:
    (day,) = arguments
    try:
        real = date.fromisoformat(written(day) or "").isoformat() == written(day)
    except ValueError:
        real = False
    return DATE if real else _wrong(day, "a real date is due here, in quotes", "write it like date('2026-03-01')")


def written(node: Node) -> str | None:
    """The text that a node writes out, if it is one."""
    return node.value if isinstance(node, Literal) and isinstance(node.value, str) else None


def _unlisted(node: Node, known: Collection[str], what: str) -> Mistake | None:
    """Why a node is not one of the known ids, written out as text."""
    id = written(node)
    if id in known:
        return None
    if id is None:
        return _wrong(node, f"the id of the {what} is due here, in quotes")
    return _wrong(node, f"'{id}' is not known as {what} here", suggestion(id, known), f"unknown-{what}")


def _picked(some: Callable[[Iterable[bool]], bool]) -> Callable[..., bool]:
    return lambda chosen, *ids: some(id in chosen for id in ids)


def _counted(*values: Any) -> int:
    """How many options are chosen, or how many conditions are true."""
    return sum(values) if isinstance(values[0], bool) else len(values[0])


_MANY = 1_000
"""More arguments than an expression has room for."""

FUNCTIONS: Mapping[str, Function] = {
    "date": Function("date('2026-03-01')", 1, 1, _dating, date.fromisoformat),
    "days": Function("days(n)", 1, 1, _length(DAYS), int),
    "weeks": Function("weeks(n)", 1, 1, _length(DAYS), lambda n: int(n) * 7),
    "months": Function("months(n)", 1, 1, _length(MONTHS), int),
    "years": Function("years(n)", 1, 1, _length(MONTHS), lambda n: int(n) * 12),
    "days_between": Function("days_between(a, b)", 2, 2, _each("date", WHOLE), calculation.days_between),
    "round": Function("round(x, 2)", 2, 2, _rounding, calculation.rounded),
    "min": Function("min(a, b)", 2, _MANY, _alike(*ORDERED), lambda *values: min(values)),
    "max": Function("max(a, b)", 2, _MANY, _alike(*ORDERED), lambda *values: max(values)),
    "abs": Function("abs(x)", 1, 1, _alike("number", "money"), calculation.absolute),
    "sum": Function("sum(a, b)", 1, _MANY, _alike("number", "money"), lambda *numbers: calculation.total(numbers)),
    "count": Function("count(field) or count(a > 1, b > 1)", 1, _MANY, _counting, _counted),
    "any_of": Function("any_of(field, 'a', 'b')", 2, _MANY, _picking, _picked(any)),
    "all_of": Function("all_of(field, 'a', 'b')", 2, _MANY, _picking, _picked(all)),
    "contains": Function("contains(text, 'part')", 2, 2, _each("text", BOOLEAN), lambda text, part: part in text),
    "starts_with": Function("starts_with(text, 'start')", 2, 2, _each("text", BOOLEAN), str.startswith),
    "lower": Function("lower(text)", 1, 1, _each("text", TEXT), str.lower),
    "length": Function("length(text)", 1, 1, _each("text", WHOLE), len),
    "is_answered": Function("is_answered(field)", 1, 1, _asking),
    "visits": Function("visits('step')", 1, 1, _visiting),
    "answered": Function("answered('step', 'option')", 2, 2, _answering),
    "coalesce": Function("coalesce(a, b)", 2, _MANY, _alike()),
}
"""Every function by its name."""
