"""From an author's text to an expression that can be evaluated, or all that is wrong with it (FORMAT §4)."""

import ast

from engine.expressions.closures import closure
from engine.expressions.expression import Expression, Mistake
from engine.expressions.names import Names
from engine.expressions.reading import Reader
from engine.expressions.scanning import Scanned, scan


def compile_expression(source: str, names: Names) -> Expression | tuple[Mistake, ...]:
    """The compiled expression, or its mistakes in the order of their places; never raises.

    Codes: expression-syntax, expression-type, expression-too-long, expression-too-deep, number-too-long,
    unknown-field, unknown-function, unknown-option, unknown-step.
    """
    found: Expression | tuple[Mistake, ...] | None = names.compiled.get(source)
    if found is None:
        found = names.compiled[source] = _compile(source, names)
    return found


def _compile(source: str, names: Names) -> Expression | tuple[Mistake, ...]:
    scanned = scan(source)
    if scanned.mistakes:
        return scanned.mistakes
    parsed = _parsed(scanned)
    if isinstance(parsed, Mistake):
        return (parsed,)
    reader = Reader(scanned, names)
    tree = reader.read(parsed)
    if tree.type.kind in ("days", "months"):
        message = "this is a length of time, which cannot stand alone"
        reader.mistakes.append(Mistake("expression-type", message, 0, "add it to a date, like today + days(7)"))
    if reader.mistakes:
        return tuple(sorted(dict.fromkeys(reader.mistakes), key=lambda mistake: mistake.offset))
    return Expression(source, tree.type, frozenset(reader.fields), frozenset(reader.steps), tree, closure(tree))


def _parsed(scanned: Scanned) -> ast.expr | Mistake:
    """Python's syntax tree of the source, from its first token on."""
    if not scanned.tokens:
        return Mistake("expression-syntax", "an expression is due here", 0, "write one, like days_late > 60")
    start = scanned.tokens[0].offset
    try:
        return ast.parse(scanned.text[start:], mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        column = getattr(error, "offset", None)
        return _unexpected(scanned, start + column - 1 if column else len(scanned.text), str(error))


def _unexpected(scanned: Scanned, offset: int, words: str) -> Mistake:
    """What stands where nothing like it can; Python's own words are for programmers."""
    hint = "write it like a if condition else b" if "else" in words else ""
    token = next((token for token in scanned.tokens if token.offset + len(token.characters) > offset), None)
    if token is None or "else" in words:
        return Mistake("expression-syntax", "the expression is not finished here", offset, hint)
    return Mistake("expression-syntax", f"{token.characters} is not expected here", token.offset, hint)
