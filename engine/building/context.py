"""What every part of a guide is built with: the names it may use, and the list of what is wrong."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.expressions.expression import Expression, Mistake
from engine.expressions.names import Names
from engine.expressions.parsing import compile_expression
from engine.expressions.tree import Literal
from engine.expressions.types import BOOLEAN, UNKNOWN
from engine.pictures import Picture
from engine.problems import Finding, Path, Place, suggestion
from engine.text import EMPTY, Text, compile_text

_NAME = re.compile(r"\w+")


@dataclass(slots=True)
class Context:
    """The names of a guide and what was found wrong so far.

    `broken` holds the names whose declaration is wrong and told already: using them is no further problem. `pictures`
    are the image files beside the guide by name, None where nobody looked for them.
    """

    names: Names
    stages: Collection[str]
    outcomes: Collection[str]
    option_sets: Mapping[str, Any]
    documents: Collection[str] = ()
    broken: frozenset[str] = frozenset()
    pictures: Mapping[str, Picture] | None = None
    findings: list[Finding] = field(default_factory=list)

    def tell(self, code: str, message: str, place: Place, hint: str = "") -> None:
        """Note an error."""
        self.findings.append(Finding(code, message, place, hint))

    def known(self, kind: str, name: str, among: Iterable[str], path: Path, *, key: bool = False) -> bool:
        """Whether `name`, the value at `path` or its `key`, is a name of this kind; tells `unknown-<kind>` if not."""
        if name in among:
            return True
        if f"{kind}:{name}" not in self.broken:
            words = kind.replace("-", " ")
            others = (broken.removeprefix(f"{kind}:") for broken in self.broken if broken.startswith(f"{kind}:"))
            hint = suggestion(name, [*among, *others])
            self.tell(f"unknown-{kind}", f"'{name}' is not {_article(words)} of this guide", Place(path, key), hint)
        return False

    def step(self, name: str, path: Path) -> bool:
        """Whether this is a step of the guide; tells where it is not."""
        return self.known("step", name, self.names.steps, path)

    def field(self, name: str, path: Path, *, key: bool = False) -> bool:
        """Whether this is a field of the guide; tells where it is not."""
        return self.known("field", name, self.names.fields, path, key=key)

    def expression(self, source: str, path: Path) -> Expression:
        """The compiled expression; what is wrong inside it is told with its place, and a stand-in takes its place."""
        compiled = compile_expression(source, self.names)
        if isinstance(compiled, Expression):
            return compiled
        self._mistakes(compiled, source, path)
        return _stand_in(source, self.names)

    def condition(self, data: Mapping[str, Any], key: str, path: Path) -> Expression | None:
        """The compiled condition under `key`, which must be true or false; None where there is none."""
        if key not in data:
            return None
        compiled = self.expression(data[key], (*path, key))
        if compiled.type not in (BOOLEAN, UNKNOWN):
            message = f"'{compiled.source}' is {compiled.type.words}, not a condition that is true or false"
            self.tell("expression-type", message, Place((*path, key)), "compare it with something, like x == 1")
        return compiled

    def text(self, data: Mapping[str, Any], key: str, path: Path, *, markdown: bool = True) -> Text:
        """The compiled text under `key`; empty where there is none."""
        return self.wording(data[key], (*path, key), markdown=markdown) if key in data else EMPTY

    def texts(self, data: Mapping[str, Any], key: str, path: Path) -> tuple[Text, ...]:
        """The compiled texts of the list under `key`."""
        return tuple(self.wording(each, (*path, key, n), markdown=True) for n, each in enumerate(data.get(key, ())))

    def wording(self, source: str, path: Path, *, markdown: bool) -> Text:
        """One compiled text; what is wrong inside its `{{ … }}` is told with its place."""
        text, mistakes = compile_text(source, self.names, markdown=markdown)
        self._mistakes(mistakes, source, path)
        return text

    def _mistakes(self, mistakes: Iterable[Mistake], source: str, path: Path) -> None:
        for wrong in mistakes:
            name = _NAME.match(source, wrong.offset)
            if wrong.code == "unknown-field" and name and f"field:{name[0]}" in self.broken:
                continue
            self.tell(wrong.code, wrong.message, Place(path, offset=wrong.offset), wrong.hint)


def _stand_in(source: str, names: Names) -> Expression:
    """What rules see of an expression that is wrong: it reads the fields that it names, and no more is known of it."""
    fields = names.fields.keys() & set(_NAME.findall(source))
    return Expression(source, UNKNOWN, frozenset(fields), frozenset(), Literal(None, UNKNOWN, 0), lambda _: None)


def _article(words: str) -> str:
    return f"an {words}" if words[0] in "aeiou" else f"a {words}"
