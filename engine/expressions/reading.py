"""Python's syntax tree of an expression as our own typed one; all that is wrong with types and names is noted."""

import ast
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from engine.expressions.calculation import negated
from engine.expressions.expression import Mistake
from engine.expressions.functions import FUNCTIONS, Function, written
from engine.expressions.names import Names
from engine.expressions.scanning import DEEPEST, Scanned, too_deep
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
from engine.expressions.types import BOOLEAN, DATE, LISTED, ORDERED, UNKNOWN, Type, combined, joined, type_of
from engine.problems import suggestion

_COMPARISONS: Mapping[type[ast.cmpop], str] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.In: "in",
    ast.NotIn: "not in",
}
_RANKS: tuple[Mapping[type[ast.operator], str], ...] = ({ast.Add: "+", ast.Sub: "-"}, {ast.Mult: "*", ast.Div: "/"})
_ADVICE_COUNTRY = "countries are written by the two letters of ISO 3166-1, like 'AT'"
_ADVICE_IN = "write it like x in ['a', 'b'], any_of(field, 'a') or contains(text, 'part')"
_QUOTED = {"month": "2026-03", "time": "14:30"}
_FOREIGN: Mapping[type[ast.expr], str] = {
    ast.Tuple: "numbers have no comma in them; a list after 'in' has square brackets",
    ast.List: "a list stands after 'in' only",
    ast.Subscript: "a list stands after 'in' only",
}


class Reader:
    """Reads one expression; `mistakes`, `fields` and `steps` fill up while reading."""

    def __init__(self, scanned: Scanned, names: Names) -> None:
        self.mistakes: list[Mistake] = []
        self.fields: set[str] = set()
        self.steps: set[str] = set()
        self._names = names
        self._text = scanned.text
        self._start = scanned.tokens[0].offset
        self._numbers = {token.offset: token.characters for token in scanned.tokens if token.kind == "number"}
        self._level = 0

    def read(self, node: ast.expr) -> Node:
        """The typed node; one of unknown type where something is wrong, which is noted."""
        if self._level >= DEEPEST:
            deep = too_deep(self._at(node))
            if not any(told.code == deep.code for told in self.mistakes):
                self.mistakes.append(deep)
            return self._unknown(node)
        self._level += 1
        found = _READERS.get(type(node), Reader._foreign)(self, node)
        self._level -= 1
        return found

    def condition(self, node: ast.expr) -> Node:
        """The typed node, which must be true or false."""
        found = self.read(node)
        if found.type.kind not in ("boolean", "unknown"):
            message = f"this is {found.type.words}, but a condition is due here"
            self._tell("expression-type", message, found, "compare it with something, like x == 1")
        return found

    def _at(self, node: ast.expr) -> int:
        """The character at which a node begins; Python counts bytes."""
        bytes_before = self._start + node.col_offset
        return bytes_before if self._text.isascii() else len(self._text.encode()[:bytes_before].decode())

    def _unknown(self, node: ast.expr) -> Node:
        return Literal(None, UNKNOWN, self._at(node))

    def _tell(self, code: str, message: str, node: Node, hint: str = "") -> None:
        self.mistakes.append(Mistake(code, message, node.offset, hint))

    def _foreign(self, node: ast.expr) -> Node:
        """What Python knows and the language does not."""
        found = self._unknown(node)
        self._tell("expression-syntax", "this is not part of an expression", found, _FOREIGN.get(type(node), ""))
        return found

    def _constant(self, node: ast.Constant) -> Node:
        offset = self._at(node)
        if isinstance(node.value, str):
            return Literal(node.value, Type("text", options=frozenset([node.value])), offset)
        digits = self._numbers[offset]
        whole = digits.isdecimal()
        number = int(digits) if whole else Decimal(digits)
        return Literal(number, Type("number", whole=whole, constant=True), offset)

    def _name(self, node: ast.Name) -> Node:
        offset = self._at(node)
        if node.id in ("true", "false"):
            return Literal(node.id == "true", BOOLEAN, offset)
        if node.id == "today":
            return Today(offset)
        if node.id in self._names.fields:
            self.fields.add(node.id)
            return Known(node.id, type_of(self._names.fields[node.id]), offset)
        self.mistakes.append(Mistake("unknown-field", f"'{node.id}' is not a field", offset, self._meant(node.id)))
        return self._unknown(node)

    def _meant(self, word: str) -> str:
        """What an unknown name was probably meant to be."""
        if word in FUNCTIONS:
            return f"the function is used like {FUNCTIONS[word].usage}"
        option = word.replace("_", "-")
        if any(choice.id == option for field in self._names.fields.values() for choice in field.options):
            return f"if the option is meant, put it in quotes: '{option}'"
        return suggestion(word, [*self._names.fields, "today", "true", "false"])

    def _unary(self, node: ast.UnaryOp) -> Node:
        offset = self._at(node)
        if isinstance(node.op, ast.Not):
            return Not(self.condition(node.operand), offset)
        operand = self.read(node.operand)
        if operand.type.kind not in ("number", "money", "unknown"):
            self._tell("expression-type", f"this is {operand.type.words}, which has no sign", operand)
            return self._unknown(node)
        if isinstance(node.op, ast.UAdd):
            return operand
        if isinstance(operand, Literal) and isinstance(operand.value, (int, Decimal)):
            return Literal(negated(operand.value), operand.type, offset)
        return Minus(operand, operand.type, offset)

    def _logic(self, node: ast.BoolOp) -> Node:
        word = "and" if isinstance(node.op, ast.And) else "or"
        return Logic(word, tuple(self.condition(part) for part in node.values), self._at(node))

    def _arithmetic(self, node: ast.BinOp) -> Node:
        """A chain of additions or of multiplications, however long, as one node."""
        rank = next(rank for rank in _RANKS if type(node.op) in rank)
        steps = [(rank[type(node.op)], node.right)]
        while isinstance(node.left, ast.BinOp) and type(node.left.op) in rank:
            node = node.left
            steps.append((rank[type(node.op)], node.right))
        first = self.read(node.left)
        type_, taken = first.type, []
        for sign, right in reversed(steps):
            part = self.read(right)
            type_ = self._combined(sign, type_, part)
            taken.append((sign, part, type_))
        return Arithmetic(first, tuple(taken), type_, first.offset)

    def _combined(self, sign: str, left: Type, right: Node) -> Type:
        found = combined(sign, left, right.type)
        if found is not None:
            return found
        message = f"'{sign}' has no meaning between {left.words} and {right.type.words}"
        self._tell("expression-type", message, right, _advice(left, right.type))
        return UNKNOWN

    def _compare(self, node: ast.Compare) -> Node:
        signs = tuple(_COMPARISONS[type(op)] for op in node.ops)
        if "in" in signs or "not in" in signs:
            return self._membership(node, signs)
        parts = tuple(self.read(part) for part in (node.left, *node.comparators))
        for sign, (left, right) in zip(signs, pairwise(parts)):
            self._comparable(sign, left, right)
        return Comparison(parts, signs, self._at(node))

    def _membership(self, node: ast.Compare, signs: tuple[str, ...]) -> Node:
        item, within = self.read(node.left), node.comparators[0]
        if len(signs) > 1 or not isinstance(within, ast.List) or not within.elts:
            wrong = Literal(None, UNKNOWN, self._at(within))
            self._tell("expression-syntax", "a list of values is due here", wrong, _ADVICE_IN)
            return wrong
        values = [self.read(each) for each in within.elts]
        for value in values:
            if isinstance(value, Literal):
                self._comparable("==", item, value)
            else:
                self._tell("expression-type", "a list holds values that are written out", value, _ADVICE_IN)
        literals = frozenset(value.value for value in values if isinstance(value, Literal))
        return Membership(item, literals, signs[0] == "not in", self._at(node))

    def _comparable(self, sign: str, left: Node, right: Node) -> None:
        """Note why two parts cannot be compared, or can never be equal."""
        common, kinds = joined(left.type, right.type), {left.type.kind, right.type.kind}
        if "unknown" in kinds or self._unlisted(left, right) or self._unlisted(right, left):
            return
        if common is None or common.kind in ("choices", "days", "months"):
            message = f"{left.type.words} cannot be compared with {right.type.words}"
            self._tell("expression-type", message, right, _advice(left.type, right.type))
        elif sign not in ("==", "!=") and common.kind not in ORDERED:
            self._tell("expression-type", f"'{sign}' has no meaning for {common.words}", right, "use == or !=")

    def _unlisted(self, choice: Node, text: Node) -> bool:
        """Whether a choice is compared with text that is none of its options, which is noted."""
        if choice.type.kind not in LISTED or text.type.kind != "text" or text.type.options is None:
            return False
        options = choice.type.options or frozenset()
        unlisted = sorted(text.type.options - options)
        for wrong in unlisted:
            hint = _ADVICE_COUNTRY if choice.type.kind == "country" else suggestion(wrong, sorted(options))
            self._tell("unknown-option", f"'{wrong}' is not {_an_option(choice)}", text, hint)
        return bool(unlisted)

    def _conditional(self, node: ast.IfExp) -> Node:
        """A chain of conditions, however long, as one node."""
        offset, cases = self._at(node), []
        while True:
            cases.append((self.condition(node.test), self.read(node.body)))
            if not isinstance(node.orelse, ast.IfExp):
                break
            node = node.orelse
        otherwise = self.read(node.orelse)
        type_ = otherwise.type
        for _, value in cases:
            both = joined(type_, value.type)
            if both is None:
                message = f"this is {value.type.words}, but another case is {type_.words}"
                self._tell("expression-type", message, value, "give all cases the same type")
                return self._unknown(node)
            type_ = both
        return Conditional(tuple(cases), otherwise, type_, offset)

    def _call(self, node: ast.Call) -> Node:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        function, found = FUNCTIONS.get(name), self._unknown(node.func)
        if function is None:
            hint = "leave out the brackets" if name in self._names.fields else suggestion(name, FUNCTIONS)
            called = f"'{name}'" if name else "this"
            self._tell("unknown-function", f"{called} is not a function", found, hint)
            return found
        arguments = tuple(self.read(argument) for argument in node.args)
        if any(argument.type == UNKNOWN for argument in arguments):
            return found
        if function.fewest <= len(arguments) <= function.most:
            return self._applied(name, arguments, found.offset)
        message = f"'{name}' takes {_amount(function)}, not {len(arguments)}"
        self._tell("expression-type", message, found, f"use it like {function.usage}")
        return found

    def _applied(self, name: str, arguments: tuple[Node, ...], offset: int) -> Node:
        """The call of a function with arguments of known types."""
        found = FUNCTIONS[name].rule(arguments, self._names)
        if isinstance(found, Mistake):
            usage = f"use it like {FUNCTIONS[name].usage}"
            self.mistakes.append(found if found.hint else found._replace(hint=usage))
            return Literal(None, UNKNOWN, offset)
        text = written(arguments[0])
        if name == "date" and text is not None:
            return Literal(date.fromisoformat(text), DATE, offset)
        if name in ("visits", "answered") and text is not None:
            self.steps.add(text)
        return Call(name, arguments, found, offset)


def _an_option(choice: Node) -> str:
    if choice.type.kind == "country":
        return "the code of a country"
    return f"an option of '{choice.id}'" if isinstance(choice, Known) else "an option here"


def _amount(function: Function) -> str:
    """How many arguments a function takes, in words."""
    if function.fewest == function.most:
        return f"{function.fewest} argument{'s' if function.most > 1 else ''}"
    return f"at least {function.fewest} argument{'s' if function.fewest > 1 else ''}"


def _advice(left: Type, right: Type) -> str:
    """How to mend two parts that do not go together."""
    kinds = {left.kind, right.kind}
    if "choices" in kinds:
        return "use any_of(field, 'a', 'b')"
    if kinds == {"date", "number"}:
        return "use days(n) for a length of time, or days_between(a, b)"
    if kinds == {"date", "text"}:
        return "write dates like date('2026-03-01')"
    for kind, sample in _QUOTED.items():
        if kinds == {kind, "text"}:
            return f"write a {kind} like '{sample}'"
    if left.kind == right.kind == "money" and left.currency != right.currency:
        return "use amounts in one currency"
    if kinds == {"number", "text"}:
        return "write numbers without quotes"
    return ""


_READERS: Mapping[type[ast.expr], Callable[[Reader, Any], Node]] = {
    ast.Constant: Reader._constant,
    ast.Name: Reader._name,
    ast.UnaryOp: Reader._unary,
    ast.BoolOp: Reader._logic,
    ast.BinOp: Reader._arithmetic,
    ast.Compare: Reader._compare,
    ast.IfExp: Reader._conditional,
    ast.Call: Reader._call,
}
