"""An expression as a typed tree; every node knows at which character of the source it begins."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from engine.expressions.types import BOOLEAN, DATE, Type
from engine.fields.field import Value


@dataclass(frozen=True, slots=True)
class Literal:
    """A value written out: `2`, `'late'`, `true`, `date('2026-03-01')`."""

    value: Value
    type: Type
    offset: int


@dataclass(frozen=True, slots=True)
class Known:
    """The value of a field."""

    id: str
    type: Type
    offset: int


@dataclass(frozen=True, slots=True)
class Today:
    """The date of the deciding event."""

    offset: int
    type: Type = DATE


@dataclass(frozen=True, slots=True)
class Not:
    """`not a`."""

    operand: "Node"
    offset: int
    type: Type = BOOLEAN


@dataclass(frozen=True, slots=True)
class Logic:
    """`a and b and c`, or the same with `or`; `word` says which."""

    word: str
    parts: tuple["Node", ...]
    offset: int
    type: Type = BOOLEAN


@dataclass(frozen=True, slots=True)
class Comparison:
    """`a < b <= c`: one more part than `signs`."""

    parts: tuple["Node", ...]
    signs: tuple[str, ...]
    offset: int
    type: Type = BOOLEAN


@dataclass(frozen=True, slots=True)
class Membership:
    """`a in ['x', 'y']`, or `not in`."""

    item: "Node"
    values: frozenset[Value]
    negated: bool
    offset: int
    type: Type = BOOLEAN


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """`a + b - c` or `a * b / c`: a first part, then each sign with its part and the type reached there."""

    first: "Node"
    steps: tuple[tuple[str, "Node", Type], ...]
    type: Type
    offset: int


@dataclass(frozen=True, slots=True)
class Minus:
    """`-a`."""

    operand: "Node"
    type: Type
    offset: int


@dataclass(frozen=True, slots=True)
class Conditional:
    """`a if c else b if d else e`: each case is a condition and its value, then the value otherwise."""

    cases: tuple[tuple["Node", "Node"], ...]
    otherwise: "Node"
    type: Type
    offset: int


@dataclass(frozen=True, slots=True)
class Call:
    """A function with its arguments."""

    function: str
    arguments: tuple["Node", ...]
    type: Type
    offset: int


Node: TypeAlias = (
    Literal | Known | Today | Not | Logic | Comparison | Membership | Arithmetic | Minus | Conditional | Call
)


def children(node: Node) -> tuple[Node, ...]:
    """The parts that an expression is made of."""
    match node:
        case Not() | Minus():
            return (node.operand,)
        case Logic() | Comparison():
            return node.parts
        case Membership():
            return (node.item,)
        case Arithmetic():
            return (node.first, *(part for _, part, _ in node.steps))
        case Conditional():
            return (*(part for case in node.cases for part in case), node.otherwise)
        case Call():
            return node.arguments
        case _:
            return ()


def nodes(node: Node) -> Iterator[Node]:
    """The expression and all parts of it."""
    yield node
    for child in children(node):
        yield from nodes(child)
