"""The small wrongs that are put into our code, one at a time: mutmut's, made without running mutmut.

mutmut's own runner takes neither what is decorated nor what stands outside functions; its operators do. What is left
alone, since no test could tell or every import would: docstrings, annotations and type aliases, decorators, the first
argument of `cast`, what `len` and `isinstance` are given, and sentences for people (words with a space between them).
"""

import difflib
import re
from collections.abc import Iterator
from typing import NamedTuple

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider
from mutmut.mutation.mutators import mutation_operators

_ALIAS = re.compile(r"_?[A-Z][a-z]\w*")


class Mutation(NamedTuple):
    """A node of a file, by its number there, and what comes in its place.

    The lines go from the first of the statement to the last of the node: who runs one of them may run the node.
    """

    file: str
    number: int
    first: int
    last: int
    module: cst.Module
    node: cst.CSTNode
    changed: cst.CSTNode

    @property
    def lines(self) -> tuple[str, int, int]:
        """The file, and the lines of it that run this node."""
        return self.file, self.first, self.last

    def text(self) -> str:
        """The file with this mutation."""
        return str(self.module.deep_replace(self.node, self.changed).code)

    def diff(self) -> str:
        before, after = (text.splitlines() for text in (self.module.code, self.text()))
        return "\n".join(difflib.unified_diff(before, after, self.file, self.file, n=1, lineterm=""))

    def tells(self) -> bool:
        """Whether it is another program: Python reads it, and it is not what stood there."""
        text = self.text()
        try:
            compile(text, self.file, "exec")
        except SyntaxError:
            return False
        return text != str(self.module.code)


def mutations(file: str, text: str) -> Iterator[Mutation]:
    """Every mutation of a file, from the top down."""
    wrapper = MetadataWrapper(cst.parse_module(text))
    places = wrapper.resolve(PositionProvider)
    for number, (node, statement) in enumerate(_nodes(wrapper.module, wrapper.module)):
        first, last = places[statement].start.line, places.get(node, places[statement]).end.line
        for changed in _changed(node):
            yield Mutation(file, number, first, last, wrapper.module, node, changed)


def _changed(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    for kind, operator in mutation_operators:
        if isinstance(node, kind):
            yield from operator(node)


def _nodes(node: cst.CSTNode, statement: cst.CSTNode) -> Iterator[tuple[cst.CSTNode, cst.CSTNode]]:
    """Every node below that may be mutated, with the statement it stands in."""
    if _left_alone(node):
        return
    if isinstance(node, cst.SimpleStatementLine | cst.BaseCompoundStatement):
        statement = node
    yield node, statement
    for child in node.children:
        yield from _nodes(child, statement)


def _left_alone(node: cst.CSTNode) -> bool:
    match node:
        case cst.Annotation() | cst.Decorator():
            return True
        case cst.Call(func=cst.Name(value="len" | "isinstance" | "cast" | "TypeVar")):
            return True
        case cst.SimpleString():
            return " " in node.value.strip("\"' ")
        case cst.SimpleStatementLine(body=[cst.AnnAssign(annotation=cst.Annotation(cst.Name(value="TypeAlias")))]):
            return True
        case cst.SimpleStatementLine(body=[cst.Assign(targets=[cst.AssignTarget(target=cst.Name(value=name))])]):
            return bool(_ALIAS.fullmatch(name))
    return False
