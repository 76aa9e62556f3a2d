"""Text with `{{ expression | format }}` in it, parsed once and filled for each screen (FORMAT §3).

A guide's text is data: it never reaches a template engine, and a value is escaped before it is filled in.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from engine.expressions.expression import Expression, Mistake, Scope
from engine.expressions.names import Names
from engine.expressions.parsing import compile_expression
from engine.expressions.tree import Call, Conditional, Known, Node
from engine.fields.field import Field
from engine.fields.formats import FORMATS, formatted, verbatim
from engine.problems import suggestion

_SLOT = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_MARK = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"|(\{\{|\})")
_FORMAT = re.compile(r"\|\s*([A-Za-z_]+)\s*$")
_INLINE = re.compile(r"[\\`*_\[\]<>&~|!]")
_LINE_START = re.compile(r"^([ \t]*)([#+=-]|\d{1,9}(?=[.)]))", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Slot:
    """One `{{ … }}`: what is filled in, how it is written, and the labels of the fields it reads.

    `field` is the one whose value it is, or one of the expression's type, with the labels of what can be chosen.

    `starts_line` says that only white space stands before it on its line, where Markdown gives some
    characters a meaning; `offset` is where its expression starts in the author's text. A `verbatim` value is a text
    that is shown as it is, whatever the locale.
    """

    expression: Expression
    format: str
    field: Field
    labels: Mapping[str, str]
    starts_line: bool
    offset: int = 0
    verbatim: bool = False


Part: TypeAlias = str | Slot


@dataclass(frozen=True, slots=True)
class Text:
    """A text's parts in order. `markdown` says that values are escaped so that they show as they are.

    `written` is the text as the author wrote it, for rules that look at its characters; `slots` are the parts
    that are filled in, and a text without any is one part.
    """

    parts: tuple[Part, ...] = ()
    markdown: bool = False
    written: str = ""
    slots: tuple[Slot, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is any text."""
        return bool(self.parts)

    @property
    def source(self) -> str:
        """The text with its gaps written as their sources, for lists and drawings."""
        return "".join(part if isinstance(part, str) else _gap(part.labels.values()) for part in self.parts)

    def fill(self, scope: Scope, locale: str) -> str:
        """The text with its values; one that is missing shows as a visible gap, like `[amount due]`."""
        if not self.slots:
            return self.written
        markdown = self.markdown
        return "".join(
            [part if isinstance(part, str) else _filled(part, scope, locale, markdown) for part in self.parts]
        )

    def missing(self, scope: Scope) -> tuple[str, ...]:
        """The fields whose missing values leave a gap in this text."""
        return tuple(
            id
            for slot in self.slots
            if slot.expression.evaluate(scope) is None
            for id in slot.labels
            if scope.values.get(id) is None
        )


EMPTY = Text()


def compile_text(source: str, names: Names, *, markdown: bool) -> tuple[Text, tuple[Mistake, ...]]:
    """A text and what is wrong inside its `{{ … }}`, each mistake with its offset in `source`."""
    parts: list[Part] = []
    mistakes: list[Mistake] = []
    end = 0
    for found in _SLOT.finditer(source, 0, source.rfind("}}") + 2):  # no further: each {{ would be looked at to the end
        before = source[end : found.start()]
        parts.append(before)
        slot, wrong = None, _unclosed(found[1], found.start())
        if not wrong:
            slot, wrong = _slot(found, names, starts_line=not source[: found.start()].rpartition("\n")[2].strip())
        mistakes.extend(wrong)
        if slot:
            parts.append(slot)
        end = found.end()
    rest = source[end:]
    if "{{" in rest:
        start = rest.index("{{")
        mistakes.extend(_unclosed(f"{rest[start + 2 :]}{{{{", end + start))
    parts.append(rest)
    kept = tuple(part for part in parts if part)
    slots = tuple(part for part in kept if isinstance(part, Slot))
    return Text(kept, markdown, source, slots), tuple(mistakes)


def _unclosed(inner: str, start: int) -> list[Mistake]:
    """Each `{{` without its `}}` among what stands between a `{{`, which is at `start`, and a `}}` further on."""
    mistakes: list[Mistake] = []
    begin, told = 0, False  # where the text of the `{{` looked at begins, and whether its `}` was told
    for mark in _MARK.finditer(inner):
        if mark[1] == "}" and not told:
            message = "'{{' without its '}}': a '}' is missing here"
            hint = f"write {{{{ {inner[begin : mark.start()].strip()} }}}}"
            mistakes.append(Mistake("expression-syntax", message, start + 2 + mark.start(), hint))
            told = True
        elif mark[1] == "{{":
            if not told:
                hint = "write {{ field }} or {{ field | format }}"
                mistakes.append(Mistake("expression-syntax", "'{{' without its '}}'", start + begin, hint))
            begin, told = mark.end(), False
    return mistakes


def _slot(found: re.Match[str], names: Names, *, starts_line: bool) -> tuple[Slot | None, list[Mistake]]:
    inner, offset = found[1], found.start(1)
    format = _FORMAT.search(inner)
    source = inner[: format.start()] if format else inner
    compiled = compile_expression(source.strip(), names)
    at = offset + len(source) - len(source.lstrip())
    if not isinstance(compiled, Expression):
        mistakes = [mistake._replace(offset=at + mistake.offset) for mistake in compiled]
        return None, [*mistakes, *_format_mistakes(format, None, offset)]
    fields = {id: names.fields[id] for id in sorted(compiled.fields)}
    labels = {id: field.label or id for id, field in fields.items()}
    field = fields.get(compiled.source) or _field_like(compiled, fields)
    mistakes = _format_mistakes(format, field, offset)
    name = format[1] if format else ""
    return Slot(compiled, name, field, labels, starts_line, at, verbatim(field, name)), mistakes


def _field_like(expression: Expression, fields: Mapping[str, Field]) -> Field:
    """A field of the expression's type; what can be chosen has the label that the first field with it gives."""
    field = expression.type.field
    nearest_last = reversed([*_sources(expression.tree)])
    options = {option.id: option for id in nearest_last for option in fields[id].options}
    return replace(field, options=tuple(options.get(option.id, option) for option in field.options))


def _sources(node: Node) -> Iterator[str]:
    """The fields whose value an expression can be, such as those of `coalesce(a, b if c else d)`: a, b and d."""
    match node:
        case Known():
            yield node.id
        case Conditional():
            for value in (*(value for _, value in node.cases), node.otherwise):
                yield from _sources(value)
        case Call():
            for value in node.arguments:
                yield from _sources(value)


def _format_mistakes(format: re.Match[str] | None, field: Field | None, offset: int) -> list[Mistake]:
    """What is wrong with a format: unknown, or not one for the field's type (None: a type that is not known)."""
    if format is None:
        return []
    if format[1] in FORMATS:
        if field is None or field.type in FORMATS[format[1]]:
            return []
        message = f"'{format[1]}' does not write a {field.type}"
        hint = f"it writes {' or '.join(sorted(FORMATS[format[1]]))}"
        return [Mistake("unfit-format", message, offset + format.start(1), hint)]
    hint = suggestion(format[1], FORMATS) or f"the formats are {', '.join(sorted(FORMATS))}"
    return [Mistake("unknown-format", f"'{format[1]}' is not a format", offset + format.start(1), hint)]


def _filled(slot: Slot, scope: Scope, locale: str, markdown: bool) -> str:
    value = slot.expression.evaluate(scope)
    if value is None:
        missing = [label for id, label in slot.labels.items() if scope.values.get(id) is None]
        return _gap(escaped(label, starts_line=False) if markdown else label for label in missing)
    text = value if slot.verbatim and isinstance(value, str) else formatted(slot.field, value, slot.format, locale)
    return escaped(text, slot.starts_line) if markdown else text


def _gap(labels: Iterable[str]) -> str:
    """`[amount due]`: a visible gap named by the first missing field, or by no name where none is missing."""
    label = next(iter(labels), "not known")
    decapitalised = label[:1].lower() + label[1:] if label[1:2].islower() else label
    return f"[{decapitalised}]"


def escaped(value: str, starts_line: bool) -> str:
    """The value as Markdown that shows exactly its characters (CommonMark §2.4: any punctuation may be escaped)."""
    value = _INLINE.sub(r"\\\g<0>", value)
    if starts_line or "\n" in value:
        value = _LINE_START.sub(_line_start_escaped, value)
    return value


def _line_start_escaped(found: re.Match[str]) -> str:
    mark = found[2]
    return f"{found[1]}\\{mark}" if not mark.isdigit() else f"{found[1]}{mark}\\"
