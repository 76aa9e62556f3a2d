"""The first look at an expression's source, before Python's parser may see it.

Everything that is not in the language is told here in words of its own; what passes is short, shallow and plain.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from keyword import kwlist
from typing import NamedTuple

from engine.expressions.expression import Mistake

LONGEST = 2_000
"""Characters an expression may have."""

DEEPEST = 32
"""How deep brackets, `not` and minus signs may be nested."""

LONGEST_NUMBER = 40
"""Digits a number may have."""

_TOKEN = re.compile(
    r"""(?P<space>\s+)
    | (?P<text>'[^']*'|"[^"]*")
    | (?P<number>[0-9][0-9A-Za-z_.]*)
    | (?P<word>[A-Za-z_][A-Za-z0-9_]*)
    | (?P<sign>==|!=|<=|>=|&&|\|\||<>|=>|=<|\*\*|//|:=|\.{3}|.)""",
    re.VERBOSE | re.DOTALL,
)
_NUMBER = re.compile(r"(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\\\\]")
_SIGNS = frozenset({*"()[],+-*/<>", "==", "!=", "<=", ">="})
_CONNECTIVES = frozenset({"and", "or", "not", "in", "if", "else"})
_CLOSING = {"(": ")", "[": "]"}
_FOREIGN_WORDS = frozenset(kwlist) - _CONNECTIVES | {"null", "nil", "undefined", "AND", "OR", "NOT", "TRUE", "FALSE"}
_INSTEAD: Mapping[str, str] = {
    "=": "write == to compare",
    "&&": "write 'and'",
    "&": "write 'and'",
    "||": "write 'or'",
    "|": "write 'or'",
    "!": "write 'not'",
    "=>": "write >=",
    "=<": "write <=",
    "<>": "write !=",
    "\u2264": "write <=",
    "\u2265": "write >=",
    "\u2260": "write !=",
    "\u00d7": "write *",
    "\u00f7": "write /",
    "\u2212": "write -",
    "\u2013": "write -",
    "**": "write x * x",
    "//": "write / and round(x, 0)",
    "%": "write x / 100",
    "\u20ac": "amounts are written as plain numbers",
    "$": "amounts are written as plain numbers",
    "\u2019": "use straight quotes, like 'late'",
    "\u2018": "use straight quotes, like 'late'",
    "\u201c": "use straight quotes, like 'late'",
    "\u201d": "use straight quotes, like 'late'",
    "\u201e": "use straight quotes, like 'late'",
    "{": "leave out the curly brackets",
    "}": "leave out the curly brackets",
    "True": "write true",
    "False": "write false",
    "None": "ask is_answered(field)",
    "null": "ask is_answered(field)",
    "nil": "ask is_answered(field)",
    "undefined": "ask is_answered(field)",
    "AND": "write 'and'",
    "OR": "write 'or'",
    "NOT": "write 'not'",
    "TRUE": "write true",
    "FALSE": "write false",
    "is": "write == to compare",
}


class Token(NamedTuple):
    """One piece of the source: its kind (text, number, word or sign), its characters and where it begins."""

    kind: str
    characters: str
    offset: int


class Scanned(NamedTuple):
    """A source as Python's parser may see it (line breaks as spaces), its tokens, and what is wrong with them."""

    text: str
    tokens: tuple[Token, ...]
    mistakes: tuple[Mistake, ...]


def scan(source: str) -> Scanned:
    """The source in pieces; if there are mistakes, it must not be parsed."""
    if len(source) > LONGEST:
        message = f"an expression has at most {LONGEST:,} characters, this has {len(source):,}"
        hint = "compute a part in a field of its own"
        return Scanned("", (), (Mistake("expression-too-long", message, LONGEST, hint),))
    text: list[str] = []
    tokens: list[Token] = []
    for found in _TOKEN.finditer(source):
        kind, characters = str(found.lastgroup), found[0]
        if kind == "space":
            text.append(" " * len(characters))
        else:
            text.append(characters.replace("\n", " ").replace("\r", " ").replace("\t", " "))
            tokens.append(Token(kind, characters, found.start()))
    mistakes = tuple(_unfit(tokens)) or (*_unpaired(tokens), *_misplaced(tokens)) or tuple(_too_deep(tokens))
    return Scanned("".join(text), tuple(tokens), mistakes)


def _unfit(tokens: list[Token]) -> Iterator[Mistake]:
    """Pieces that the language does not have."""
    for kind, characters, offset in tokens:
        if kind == "number":
            yield from _unfit_number(characters, offset)
        elif kind == "text":
            if _UNFIT.search(characters):
                message = "a text cannot hold a backslash or a control character"
                yield Mistake("expression-syntax", message, offset, "leave it out")
        elif characters in ("'", '"'):
            message = "the text that begins here has no end"
            yield Mistake("expression-syntax", message, offset, f"close it with {characters}")
        elif characters in _FOREIGN_WORDS or (kind == "sign" and characters not in _SIGNS):
            hint = _INSTEAD.get(characters, "")
            yield Mistake("expression-syntax", f"{_quoted(characters)} is not part of an expression", offset, hint)


def _unfit_number(characters: str, offset: int) -> Iterator[Mistake]:
    if not _NUMBER.fullmatch(characters):
        hint = "write it like 1000, 0.5 or 12.50"
        yield Mistake("expression-syntax", f"'{characters[:20]}' is not a number", offset, hint)
    elif len(characters.replace(".", "")) > LONGEST_NUMBER:
        message = f"a number has at most {LONGEST_NUMBER} digits"
        yield Mistake("number-too-long", message, offset, "write a shorter one")


def _quoted(characters: str) -> str:
    """The characters, so that they can be seen."""
    return f"'{characters}'" if characters.isprintable() else f"the character U+{ord(characters[0]):04X}"


def _is_operand(token: Token) -> bool:
    return token.kind != "sign" and token.characters not in _CONNECTIVES


def _misplaced(tokens: list[Token]) -> Iterator[Mistake]:
    """Two operands with nothing between them; Python would join two texts."""
    for before, after in pairwise(tokens):
        if _is_operand(before) and _is_operand(after):
            message = f"something is missing between {before.characters} and {after.characters}"
            hint = "write 'and', 'or', a sign or a comma there"
            yield Mistake("expression-syntax", message, after.offset, hint)


def _unpaired(tokens: list[Token]) -> Iterator[Mistake]:
    """Brackets that are not closed or not opened."""
    opened: list[Token] = []
    for token in tokens:
        if token.characters in ("(", "["):
            opened.append(token)
        elif token.characters in (")", "]"):
            if not opened or _CLOSING[opened[-1].characters] != token.characters:
                message = f"this '{token.characters}' closes no bracket"
                yield Mistake("expression-syntax", message, token.offset, "take it out, or open it before")
                return
            opened.pop()
    for token in opened[:1]:
        hint = f"close it with '{_CLOSING[token.characters]}'"
        yield Mistake("expression-syntax", f"this '{token.characters}' is not closed", token.offset, hint)


def _too_deep(tokens: list[Token]) -> Iterator[Mistake]:
    """The place where brackets, `not` and signs before an operand are nested too deep."""
    prefixes = [0]
    in_front = True
    for token in tokens:
        if in_front and token.characters in ("not", "-", "+"):
            prefixes[-1] += 1
        elif token.characters in ("(", "["):
            prefixes.append(0)
        else:
            if token.characters in (")", "]"):
                prefixes.pop()
            prefixes[-1] = 0
        in_front = not _is_operand(token) and token.characters not in (")", "]")
        if len(prefixes) - 1 + sum(prefixes) > DEEPEST:
            yield too_deep(token.offset)
            return


def too_deep(offset: int) -> Mistake:
    """What to say where an expression is nested too deep."""
    message = f"an expression is nested at most {DEEPEST} deep"
    return Mistake("expression-too-deep", message, offset, "compute a part in a field of its own")
