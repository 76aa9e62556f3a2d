"""Whether, of several conditions, one is surely true, one never, or two together: tried with all that matters.

Each field that conditions compare with values written out has a value in every cell that they cut its values into,
and none where it may be missing. Whatever else is compared may be anything; then what is proved holds, and what is
not proved is not claimed. Nothing is tried where that would take too many combinations.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields as parts_of
from dataclasses import is_dataclass, replace
from datetime import date
from itertools import product
from math import prod
from typing import Any, NamedTuple

from engine.expressions.closures import closure
from engine.expressions.expression import Expression, Scope
from engine.expressions.tree import (
    Arithmetic,
    Call,
    Comparison,
    Known,
    Literal,
    Logic,
    Membership,
    Minus,
    Node,
    Not,
    children,
    nodes,
)
from engine.expressions.types import UNKNOWN
from engine.fields.field import Field
from engine.rules.certainty import Facts, certain, uses_today
from engine.rules.domains import LOOKED_INTO, MISSING, Cell, Range, cells

ANY_DAY = date(2000, 1, 1)
MOST = 4096
"""Combinations that are tried."""
_ASKING = frozenset({"any_of", "all_of", "is_answered"})
_WRITTEN_OUT = (Literal, Minus, Arithmetic)
_CONSTANT = (*_WRITTEN_OUT, Comparison, Membership)
_NOWHERE = Scope({}, ANY_DAY)
_OPPOSITE: Mapping[tuple[str, ...], tuple[str, ...]] = {("<=",): (">",), ("<",): (">=",), ("!=",): ("==",)}
"""Comparisons that are true where the other is false: what cannot be looked into is one part of both then."""
_TRUTHS = (Cell(True, ""), Cell(False, ""))

Truth = Callable[[Scope], bool | None]


def constant(condition: Expression) -> bool:
    """Whether the condition is the same at every visit, whatever was answered."""
    known = condition.type != UNKNOWN
    return known and not (condition.fields or condition.steps or uses_today(condition.tree))


def always(condition: Expression) -> bool:
    """Whether the condition is plainly true at every visit."""
    return constant(condition) and condition.evaluate(_NOWHERE) is True


class Names(NamedTuple):
    """What conditions can name: the fields, which of them surely have a value, and where their values lie.

    `formulas` are those of computed fields, each after those that it depends on.
    """

    fields: Mapping[str, Field]
    facts: Facts
    ranges: Mapping[str, Range]
    formulas: Mapping[str, Expression] = {}

    def behind(self, condition: Expression) -> frozenset[str]:
        """The fields that a condition depends on, those behind computed fields too."""
        computed = (self.formulas[field] for field in condition.fields if field in self.formulas)
        return condition.fields.union(*map(self.behind, computed))

    def trees(self, conditions: Sequence[Expression]) -> list[Node]:
        """The conditions, and the formulas of the computed fields that they depend on."""
        behind = {field for condition in conditions for field in self.behind(condition)}
        formulas = (formula for id, formula in self.formulas.items() if id in behind)
        return [each.tree for each in (*conditions, *formulas)]


class Row(NamedTuple):
    """One combination of cells, and which conditions are true there; one that cannot be looked into may be."""

    cells: tuple[Cell, ...]
    true: tuple[bool, ...]


class Trial:
    """Conditions tried together; `exact` where each combination is one that the conditions really tell apart."""

    def __init__(self, names: tuple[str, ...], rows: Sequence[Row], *, exact: bool) -> None:
        self.names = names
        self.rows = rows
        self.exact = exact

    @property
    def seen(self) -> frozenset[tuple[bool, ...]]:
        """Which conditions are true together, for every combination."""
        return frozenset(row.true for row in self.rows)

    def single(self) -> str:
        """The words of the one value at which no condition is true, whatever else is; "" where there is none."""
        left = [row.cells for row in self.rows if not any(row.true)]
        for place, name in enumerate(self.names):
            found = {cells[place] for cells in left if cells[place].value is not None}
            if len(found) == 1 and (cell := found.pop()).point:
                return f"{name} {cell.words}"
        return ""

    def where(self, wanted: Callable[[tuple[bool, ...]], bool]) -> str:
        """The first combination at which the conditions are as wanted, in words; "" where there is none."""
        found = {row.cells: row for row in self.rows if wanted(row.true)}
        return self._words(next(iter(found)), found.keys()) if found else ""

    def ever(self, wanted: Callable[[tuple[bool, ...]], bool]) -> bool:
        """Whether the conditions can be as wanted."""
        return any(wanted(row.true) for row in self.rows)

    def _words(self, example: tuple[Cell, ...], found: Any) -> str:
        """The fields that matter for an example: without one that may as well be anything."""
        kept = list(range(len(example)))
        every = {row.cells for row in self.rows}
        for place in range(len(example)):
            rest = [each for each in kept if each != place]
            alike = {row for row in every if all(row[each] == example[each] for each in rest)}
            if rest and alike <= found:
                kept = rest
        return " and ".join(f"{self.names[place]} {example[place].words}" for place in kept)


def tried(conditions: Sequence[Expression], names: Names) -> Trial | None:
    """The conditions tried with every combination that matters; None where these are too many."""
    atoms = _Atoms(names)
    truths = [atoms.truth(condition.tree) for condition in conditions]
    spaces = atoms.spaces()
    if spaces is None:
        return None
    rows = []
    for combination in product(*spaces.values()):
        scope = Scope({name: cell.value for name, cell in zip(spaces, combination)}, ANY_DAY)
        rows.append(Row(combination, tuple(truth(scope) is True for truth in truths)))
    return Trial(tuple(spaces), rows, exact=atoms.exact)


def exhaustive(conditions: Sequence[Expression], names: Names) -> bool:
    """Whether one of the conditions is surely true. One that is wrong passes for true: that is told already.

    Where there is too much to try, the conditions on one field must do by themselves.
    """
    if any(always(condition) or condition.type.kind != "boolean" for condition in conditions):
        return True
    trial = tried(conditions, names)
    if trial is not None:
        return bool(conditions) and not trial.ever(lambda true: not any(true))
    by_field: dict[frozenset[str], list[Expression]] = {}
    for condition in conditions:
        if len(condition.fields) == 1:
            by_field.setdefault(condition.fields, []).append(condition)
    return any(len(found) < len(conditions) and exhaustive(found, names) for found in by_field.values())


class _Atoms:
    """The parts of conditions that are true or false by themselves, and the values named beside each field."""

    def __init__(self, names: Names) -> None:
        self.exact = True
        self._names = names
        self._beside: dict[str, set[Any]] = {}
        self._opaque: dict[Any, tuple[Cell, ...]] = {}

    def truth(self, node: Node) -> Truth:
        """The node as a function of the scope; a part that cannot be looked into is a value of its own there."""
        if isinstance(node, Not):
            return _negation(self.truth(node.operand))
        if isinstance(node, Logic):
            return _logic([self.truth(part) for part in node.parts], decisive=node.word == "or")
        if self._plain(node):
            return closure(node)
        if isinstance(node, Comparison) and (opposite := _OPPOSITE.get(node.signs)):
            return _negation(self.truth(replace(node, signs=opposite)))
        self.exact = False
        like = shape(node)
        named = all(each.id in self._names.fields for each in nodes(node) if isinstance(each, Known))
        sure = named and certain(node, self._names.facts)
        self._opaque.setdefault(like, _TRUTHS if sure else (*_TRUTHS, MISSING))
        return _looked_up(f"{list(self._opaque).index(like)}")

    def spaces(self) -> dict[str, tuple[Cell, ...]] | None:
        """By field, and by part that cannot be looked into: its cells; None where there are too many."""
        found: dict[str, tuple[Cell, ...]] = {}
        for id, named in self._beside.items():
            space = cells(self._names.fields[id], named, self._names.ranges.get(id, Range()))
            if space is None:
                return None
            found[id] = space if self._names.facts(id) else (*space, MISSING)
        found |= {f"{number}": space for number, space in enumerate(self._opaque.values())}
        return found if prod(map(len, found.values())) <= MOST else None

    def _plain(self, node: Node) -> bool:
        """Whether the part compares one field with values written out, which are kept, or no field at all."""
        known = {each.id for each in nodes(node) if isinstance(each, Known)}
        if not known:
            return all(isinstance(each, _CONSTANT) for each in nodes(node))
        (id, *others) = known
        field = self._names.fields.get(id)
        if others or field is None or field.type not in LOOKED_INTO or not self._compares(node):
            return False
        self.exact = self.exact and not (field.computed or field.step or field.pattern or field.min_length)
        self._beside.setdefault(id, set()).update(_named(node))
        return True

    def _compares(self, node: Node) -> bool:
        if isinstance(node, Known):
            return True
        if isinstance(node, Call):
            return node.function in _ASKING and all(isinstance(each, Known | Literal) for each in node.arguments)
        if isinstance(node, Membership):
            return isinstance(node.item, Known)
        parts = node.parts if isinstance(node, Comparison) else ()
        return bool(parts) and all(isinstance(part, Known) or _names_nothing(part) for part in parts)


def written_out(node: Node) -> Any:
    """The value of a node that names nothing, else None."""
    return closure(node)(_NOWHERE) if _names_nothing(node) else None


def _names_nothing(node: Node) -> bool:
    return all(isinstance(each, _WRITTEN_OUT) for each in nodes(node))


def _named(node: Node) -> set[Any]:
    """The values that a part compares its field with."""
    if isinstance(node, Membership):
        return set(node.values)
    return {value for part in children(node) if (value := written_out(part)) is not None}


def shape(node: Any) -> Any:
    """What the node says, wherever it stands."""
    if is_dataclass(node):
        return (type(node), *(shape(getattr(node, part.name)) for part in parts_of(node) if part.name != "offset"))
    return tuple(map(shape, node)) if isinstance(node, tuple) else node


def _looked_up(key: str) -> Truth:
    def value(scope: Scope) -> bool | None:
        found = scope.values.get(key)
        return found if isinstance(found, bool) else None

    return value


def _negation(operand: Truth) -> Truth:
    def negation(scope: Scope) -> bool | None:
        value = operand(scope)
        return None if value is None else not value

    return negation


def _logic(parts: Sequence[Truth], *, decisive: bool) -> Truth:
    def logic(scope: Scope) -> bool | None:
        values = [part(scope) for part in parts]
        if decisive in values:
            return decisive
        return None if None in values else not decisive

    return logic
