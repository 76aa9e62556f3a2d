"""Conditions as formulas of a prover, with missing values as the engine has them (FORMAT §4; z3 is handed in).

What has no formula, like `lower(text)`, may be anything, and so may be more than it really can: then what is never
true is so indeed, and what can be true must be tried.
"""

import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import reduce
from typing import Any

from engine.expressions.expression import Expression
from engine.expressions.functions import written
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
    children,
    nodes,
)
from engine.fields.field import Field, Value
from engine.rules.certainty import certain
from engine.rules.domains import ANYWHERE, Range
from engine.rules.proofs import Names, shape
from engine.rules.unknowns import Term, Unknown, Unknowns

TODAY = "today"
_DATES = (1, date.max.toordinal())
_MONTH = "30.436875"
"""Days of a month, on average over 400 years."""
_ASTRAY = 7
"""Days by which some months are never longer or shorter than on average, the end of a month included."""
_INEXACT = "0.000000000000001"
_ENDS = 12
"""A quotient by a number whose own parts are 2 and 5, each at most so often, has an end."""
_TIMES = {"days": 1, "weeks": 7, "months": 1, "years": 12}


class Formulas:
    """The formulas of conditions that are tried together; `unknowns` are what they name, by name.

    `given` holds always; `exact` holds where no quotient has to be rounded.
    """

    def __init__(self, z3: Any, names: Names, conditions: Sequence[Expression]) -> None:
        self.z3 = z3
        self.unknowns: dict[str, Unknown] = {}
        self.given: list[Any] = []
        self.exact: list[Any] = []
        self._names = names
        self._terms: dict[Any, Term] = {}
        self._made = Unknowns(z3, {value for tree in names.trees(conditions) for value in _written_out(tree)})

    def true(self, condition: Expression) -> Any:
        """That the condition is true: neither false nor unknown."""
        term = self.term(condition.tree)
        return self.z3.And(self.z3.Not(term.missing), term.value)

    def term(self, node: Node, kind: str = "") -> Term:
        """What the node is; `kind` is that of what a text written out stands beside."""
        if isinstance(node, Literal):
            return Term(self.z3.BoolVal(False), self._made.constant(node.value, kind))
        key = shape(node), kind
        if key not in self._terms:
            make = _TERMS.get(type(node))
            found = make(self, node, kind) if make else None
            self._terms[key] = self._anything(node) if found is None else found
        return self._terms[key]

    def _anything(self, node: Node) -> Term:
        """What a node is that has no formula: any value of its type."""
        for each in nodes(node):
            if isinstance(each, Known):
                self.term(each)
        return self._found(self._made.of(node.type.field, "", sure=certain(node, self._names.facts)))

    def _found(self, unknown: Unknown) -> Term:
        self.given.append(unknown.allowed)
        return unknown.term

    def _unknown(self, name: str, field: Field, *, sure: bool, bounds: Range = ANYWHERE) -> Unknown:
        """What authors call by this name, made once."""
        if name not in self.unknowns:
            self.unknowns[name] = self._made.of(field, name, sure=sure, bounds=bounds)
            self._found(self.unknowns[name])
        return self.unknowns[name]

    def _known(self, node: Known, _kind: str) -> Term:
        names, sure = self._names, self._names.facts(node.id)
        if node.id in names.formulas:
            term = self.term(names.formulas[node.id].tree)
            if sure:
                self.given.append(self.z3.Not(term.missing))
            return term
        bounds = names.ranges.get(node.id, Range())
        return self._unknown(node.id, names.fields[node.id], sure=sure, bounds=bounds).term

    def _today(self, _node: Today, _kind: str) -> Term:
        return self._unknown(TODAY, Field(TODAY, "date"), sure=True).term

    def _not(self, node: Not, _kind: str) -> Term:
        term = self.term(node.operand)
        return Term(term.missing, self.z3.Not(term.value))

    def _logic(self, node: Logic, _kind: str) -> Term:
        return self._joined([self.term(part) for part in node.parts], decisive=node.word == "or")

    def _joined(self, terms: Sequence[Term], *, decisive: bool) -> Term:
        """As soon as one is decisive, all are; else all are missing as soon as one is."""
        z3 = self.z3
        value = [term.value if decisive else z3.Not(term.value) for term in terms]
        found = z3.Or([z3.And(z3.Not(term.missing), each) for term, each in zip(terms, value)])
        return Term(z3.And(z3.Not(found), self._one_missing(terms)), found if decisive else z3.Not(found))

    def _one_missing(self, terms: Sequence[Term]) -> Any:
        return self.z3.Or([term.missing for term in terms])

    def _comparison(self, node: Comparison, _kind: str) -> Term:
        kinds = (part.type.kind for part in node.parts)
        kind = next((kind for kind in kinds if kind != "text"), "text")
        terms = [self.term(part, kind) for part in node.parts]
        links = [
            Term(self._one_missing([left, right]), _COMPARED[sign](left.value, right.value))
            for left, sign, right in zip(terms, node.signs, terms[1:])
        ]
        return links[0] if len(links) == 1 else self._joined(links, decisive=False)

    def _membership(self, node: Membership, _kind: str) -> Term:
        item, kind = self.term(node.item), node.item.type.kind
        among = self.z3.Or([item.value == self._made.constant(value, kind) for value in node.values])
        return Term(item.missing, self.z3.Not(among) if node.negated else among)

    def _arithmetic(self, node: Arithmetic, _kind: str) -> Term:
        result, type = self.term(node.first), node.first.type
        for sign, part, reached in node.steps:
            term = self.term(part)
            missing = self._one_missing([result, term])
            more, value = self._worked(sign, (result.value, type.kind), (term.value, part.type.kind))
            result, type = Term(self.z3.Or(missing, more), value), reached
        return result

    def _worked(self, sign: str, left: tuple[Any, str], right: tuple[Any, str]) -> tuple[Any, Any]:
        """When the work has no result, and its result; each side is a value and its kind."""
        never = self.z3.BoolVal(False)
        for (day, _), (by, kind), factor in ((left, right, 1 if sign == "+" else -1), (right, left, 1)):
            if kind in ("days", "months"):
                value = day + by * factor if kind == "days" else self._months_after(day, by * factor)
                return self.z3.Or(value < _DATES[0], value > _DATES[1]), value
        if sign == "/":
            return right[0] == 0, self._quotient(left[0], right[0])
        return never, _WORKED[sign](left[0], right[0])

    def _months_after(self, day: Any, months: Any) -> Any:
        """About so many months later."""
        found = self._made.whole("", None).term.value
        apart = (found - day) - months * self.z3.RealVal(_MONTH)
        self.given += [apart <= _ASTRAY, apart >= -_ASTRAY]
        return found

    def _quotient(self, value: Any, by: Any) -> Any:
        """The quotient; where it has no end it is rounded, so about that much."""
        if self.z3.is_rational_value(by) or self.z3.is_int_value(by):
            number = Fraction(str(by))
            if number and 10**_ENDS % number.numerator == 0:
                return value * self.z3.Q(number.denominator, number.numerator)
        found = self._made.of(_NUMBER, "", sure=True).term.value
        rest, most = found * by - value, self.z3.If(by < 0, -by, by) * self.z3.RealVal(_INEXACT)
        self.given.append(self.z3.Or(by == 0, self.z3.And(rest <= most, rest >= -most)))
        self.exact.append(self.z3.Or(by == 0, rest == 0))
        return found

    def _minus(self, node: Minus, _kind: str) -> Term:
        term = self.term(node.operand)
        return Term(term.missing, -term.value)

    def _conditional(self, node: Conditional, kind: str) -> Term | None:
        kind = kind or node.type.kind
        if node.type.kind == "choices":
            return None
        result = self.term(node.otherwise, kind)
        for test, value in reversed(node.cases):
            holds, term = self.term(test), self.term(value, kind)
            missing = self.z3.If(holds.value, term.missing, result.missing)
            result = Term(self.z3.Or(holds.missing, missing), self.z3.If(holds.value, term.value, result.value))
        return result

    def _call(self, node: Call, kind: str) -> Term | None:
        work = _CALLED.get(node.function)
        return work(self, node, kind or node.type.kind) if work else None

    def _length(self, node: Call, _kind: str) -> Term:
        term = self.term(node.arguments[0])
        return Term(term.missing, term.value * _TIMES[node.function])

    def _days_between(self, node: Call, _kind: str) -> Term:
        first, last = map(self.term, node.arguments)
        return Term(self._one_missing([first, last]), last.value - first.value)

    def _rounded(self, node: Call, _kind: str) -> Term:
        """Half away from zero."""
        term, decimals = self.term(node.arguments[0]), node.arguments[1]
        assert isinstance(decimals, Literal), "the decimals are written out"
        z3, scale = self.z3, 10 ** int(str(decimals.value))
        scaled, half = z3.RealVal(scale) * term.value, z3.Q(1, 2)
        whole = z3.If(scaled >= 0, z3.ToInt(scaled + half), -z3.ToInt(half - scaled))
        return Term(term.missing, z3.ToReal(whole) * z3.Q(1, scale))

    def _extreme(self, node: Call, kind: str) -> Term:
        terms = [self.term(each, kind) for each in node.arguments]
        first = _COMPARED["<" if node.function == "min" else ">"]
        value = reduce(lambda one, two: self.z3.If(first(two, one), two, one), (term.value for term in terms))
        return Term(self._one_missing(terms), value)

    def _absolute(self, node: Call, _kind: str) -> Term:
        term = self.term(node.arguments[0])
        return Term(term.missing, self.z3.If(term.value < 0, -term.value, term.value))

    def _sum(self, node: Call, _kind: str) -> Term:
        terms = [self.term(each) for each in node.arguments]
        return Term(self._one_missing(terms), self.z3.Sum([term.value for term in terms]))

    def _count(self, node: Call, _kind: str) -> Term:
        terms = [self.term(each) for each in node.arguments]
        chosen = terms[0].value
        truths = [*chosen.values()] if isinstance(chosen, dict) else [term.value for term in terms]
        return Term(self._one_missing(terms), self.z3.Sum([self.z3.If(each, 1, 0) for each in truths]))

    def _picked(self, node: Call, _kind: str) -> Term:
        field, *ids = node.arguments
        term = self.term(field)
        found = [term.value.get(written(id), self.z3.BoolVal(False)) for id in ids]
        return Term(term.missing, self.z3.Or(found) if node.function == "any_of" else self.z3.And(found))

    def _is_answered(self, node: Call, _kind: str) -> Term:
        return Term(self.z3.BoolVal(False), self.z3.Not(self.term(node.arguments[0]).missing))

    def _coalesce(self, node: Call, kind: str) -> Term | None:
        if node.type.kind == "choices":
            return None
        *others, last = (self.term(each, kind) for each in node.arguments)
        value = reduce(lambda rest, term: self.z3.If(term.missing, rest, term.value), reversed(others), last.value)
        return Term(self.z3.And([term.missing for term in (*others, last)]), value)

    def _visits(self, node: Call, _kind: str) -> Term:
        return self._counted(str(written(node.arguments[0]))).term

    def _counted(self, step: str) -> Unknown:
        """How often a step was visited."""
        name = visits(step)
        if name not in self.unknowns:
            self.unknowns[name] = self._made.whole(name, 0, (1, 0, 2))
            self._found(self.unknowns[name])
        return self.unknowns[name]

    def _answered(self, node: Call, _kind: str) -> Term:
        """False where the step was not visited, or its latest visit has no such answer."""
        step, option = (str(written(each)) for each in node.arguments)
        answer = self._unknown(latest(step), Field("", "text"), sure=False).term
        self.given.append(self.z3.Or(self._counted(step).term.value > 0, answer.missing))
        chosen = answer.value == self._made.constant(option)
        return Term(self.z3.BoolVal(False), self.z3.And(self.z3.Not(answer.missing), chosen))


def visits(step: str) -> str:
    """What the visits of a step are called."""
    return f"visits('{step}')"


def latest(step: str) -> str:
    """What the answer of a step's latest visit is called."""
    return f"the latest answer of '{step}'"


def _written_out(node: Node) -> Iterator[Value]:
    """The values that a node and its parts write out; the id of a step is none."""
    if isinstance(node, Literal):
        yield node.value
    else:
        yield from node.values if isinstance(node, Membership) else ()
        steps = isinstance(node, Call) and node.function in ("visits", "answered")
        for child in children(node)[1 if steps else 0 :]:
            yield from _written_out(child)


_NUMBER = Field("", "number")
_COMPARED: Mapping[str, Callable[[Any, Any], Any]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_WORKED: Mapping[str, Callable[[Any, Any], Any]] = {"+": operator.add, "-": operator.sub, "*": operator.mul}
_CALLED: Mapping[str, Callable[[Formulas, Call, str], Term | None]] = {
    **dict.fromkeys(_TIMES, Formulas._length),
    "days_between": Formulas._days_between,
    "round": Formulas._rounded,
    "min": Formulas._extreme,
    "max": Formulas._extreme,
    "abs": Formulas._absolute,
    "sum": Formulas._sum,
    "count": Formulas._count,
    "any_of": Formulas._picked,
    "all_of": Formulas._picked,
    "is_answered": Formulas._is_answered,
    "coalesce": Formulas._coalesce,
    "visits": Formulas._visits,
    "answered": Formulas._answered,
}
_TERMS: Mapping[type, Callable[[Formulas, Any, str], Term | None]] = {
    Known: Formulas._known,
    Today: Formulas._today,
    Not: Formulas._not,
    Logic: Formulas._logic,
    Comparison: Formulas._comparison,
    Membership: Formulas._membership,
    Arithmetic: Formulas._arithmetic,
    Minus: Formulas._minus,
    Conditional: Formulas._conditional,
    Call: Formulas._call,
}
