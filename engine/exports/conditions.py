"""Expressions as people say them, for books that are read by those who know no expressions."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from engine.expressions.expression import Expression
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
from engine.model import Guide, Options

_SIGNS = {">=": "≥", "<=": "≤", "!=": "is not", "==": "is", "*": "times"}
_SPANS = {"days": "day", "weeks": "week", "months": "month", "years": "year"}
_CALLS = {
    "is_answered": "{0} is known",
    "coalesce": "{0} ({1} if not known)",
    "contains": "{0} contains {1}",
    "starts_with": "{0} starts with {1}",
    "days_between": "days from {0} to {1}",
    "round": "{0}",
    "lower": "{0}",
    "abs": "{0} without its sign",
    "length": "characters of {0}",
}
_LISTS = {"min": "least of", "max": "greatest of", "sum": "sum of", "count": "number of"}


def in_words(expression: Expression, guide: Guide) -> str:
    """An expression of the guide, its fields, steps and options by their labels.

    `days_late >= 60 and not is_answered(paid_on)` is “Days late ≥ 60 and Day of payment is not known”.
    """
    return _Teller(guide).told(expression.tree)


class _Teller:
    """Says the parts of expressions of one guide."""

    def __init__(self, guide: Guide) -> None:
        self._guide = guide

    def told(self, node: Node) -> str:
        """The words for a node."""
        match node:
            case Not():
                return self._denied(node.operand)
            case Logic():
                return f" {node.word} ".join(self._inner(part) for part in node.parts)
            case Comparison():
                return self._compared(node)
            case Membership():
                return self._listed(node)
            case Arithmetic():
                rest = (f" {_SIGNS.get(sign, sign)} {self._inner(part)}" for sign, part, _ in node.steps)
                return self._inner(node.first) + "".join(rest)
            case Conditional():
                cases = [f"{self._inner(value)} if {self._inner(when)}" for when, value in node.cases]
                return ", ".join([*cases, f"else {self._inner(node.otherwise)}"])
            case Call():
                return self._called(node)
            case _:
                return self._single(node)

    def _single(self, node: Literal | Known | Today | Minus) -> str:
        match node:
            case Literal():
                return _written(node.value)
            case Known():
                return self._guide.fields[node.id].label or node.id.replace("_", " ")
            case Minus():
                return f"-{self._inner(node.operand)}"
            case _:
                return "today"

    def _listed(self, node: Membership) -> str:
        names = self._named(node.item)
        values = _either(sorted(names.get(value, _written(value)) for value in node.values))
        return f"{self.told(node.item)} is {'none of' if node.negated else 'one of'} {values}"

    def _inner(self, node: Node) -> str:
        """The words for a part of something larger."""
        words = self.told(node)
        return f"({words})" if isinstance(node, Logic | Arithmetic | Conditional) else words

    def _denied(self, node: Node) -> str:
        if isinstance(node, Call) and node.function == "is_answered":
            return f"{self.told(node.arguments[0])} is not known"
        words = self.told(node)
        return f"not {words}" if isinstance(node, Known) else f"not ({words})"

    def _compared(self, node: Comparison) -> str:
        names = {id: label for part in node.parts for id, label in self._named(part).items()}
        parts = list(self._valued(node.parts, names))
        signs = (_SIGNS.get(sign, sign) for sign in node.signs)
        return parts[0] + "".join(f" {sign} {part}" for sign, part in zip(signs, parts[1:]))

    def _named(self, node: Node) -> Mapping[Any, str]:
        """What the values of a field are called, by value; of a call the names of what it is given."""
        if isinstance(node, Call):
            return {id: label for part in node.arguments for id, label in self._named(part).items()}
        if not isinstance(node, Known):
            return {}
        field = self._guide.fields[node.id]
        if field.fact and field.fact.name == "last_outcome":
            return {outcome.id: f"“{outcome.label}”" for outcome in self._guide.outcomes.values()}
        return {choice.id: choice.label for choice in field.options}

    def _called(self, node: Call) -> str:
        first, *others = node.arguments
        if node.function in _SPANS:
            amount = self.told(first)
            return f"{amount} {_SPANS[node.function]}{'' if amount == '1' else 's'}"
        if node.function in ("any_of", "all_of"):
            names = self._named(first)
            picked = [names.get(part.value, "") for part in others if isinstance(part, Literal)]
            return f"{self.told(first)} has {_either(picked, 'or' if node.function == 'any_of' else 'and')}"
        if node.function in ("visits", "answered"):
            return self._passed(*(part.value for part in node.arguments if isinstance(part, Literal)))
        if node.function in _LISTS:
            return f"{_LISTS[node.function]} {', '.join(self._inner(part) for part in node.arguments)}"
        return _CALLS[node.function].format(self._inner(first), " or ".join(self._valued(others, self._named(first))))

    def _valued(self, parts: Iterable[Node], names: Mapping[Any, str]) -> Iterator[str]:
        """The words for parts; a value that is written out by what it is called."""
        for part in parts:
            yield names.get(part.value, self._inner(part)) if isinstance(part, Literal) else self._inner(part)

    def _passed(self, step: Any, option: Any = None) -> str:
        """What was done at a step: how often it was visited, or what was answered there."""
        at = self._guide.steps[step]
        if option is None:
            return f"visits of “{at.name.source}”"
        chosen = at.exit.find(option) if isinstance(at.exit, Options) else None
        return f"“{at.name.source}” was answered “{chosen.label if chosen else option}”"


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    return f"“{value}”" if isinstance(value, str) else str(value)


def _either(words: Iterable[str], word: str = "or") -> str:
    *most, last = words
    return f"{', '.join(most)} {word} {last}" if most else last
