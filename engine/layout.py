"""The canonical layout of a guide: what `handrail format` writes.

Keys in the order of FORMAT, two spaces a level, lists indented below their key, brackets kept where they fit on a line,
quotes only where needed, one blank line between steps. Comments stay with what they are about.
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from engine import quoting, remarks, source
from engine.remarks import Part, Remark
from engine.source import Document

WIDTH = 100
_DEEPER = 2


class _Shape(NamedTuple):
    """A mapping or list: the order of its keys, the shapes of their values, and the shape of each other entry."""

    keys: tuple[str, ...] = ()
    parts: Mapping[str, "_Shape"] = {}
    each: "_Shape | None" = None
    apart: bool = False  # a blank line between the entries


def _shape(keys: str, each: "_Shape | None" = None, **parts: "_Shape") -> _Shape:
    return _Shape(tuple(keys.split()), parts, each)


_ANY = _Shape()
_ID = _shape("id was label hint")
_RECORD = _shape("id title channel result by what due kind amount cause values state review_on when")
_RECORDS = _Shape(each=_Shape(each=_RECORD))
_CALL = _shape("guide with take on otherwise")
_OPTION = _shape(
    "id was label hint staff when allow because override set records to call switch_to outcome",
    records=_RECORDS, call=_CALL, switch_to=_CALL,
)  # fmt: skip
_OPTIONS = _shape("use also", also=_Shape(each=_OPTION), each=_OPTION)
_FIELD = _shape(
    "type currency label help fact by days id field given from value personal required default unit min max step "
    "decimals min_length max_length pattern message options none_option",
    options=_Shape(each=_ID),
)
_STEP = _shape(
    "was stage tags title note say points never checks ask question documents images set records skippable "
    "max_visits options next branch call switch_to outcome",
    checks=_Shape(each=_shape("id label source required override")),
    ask=_Shape(each=_shape("field required when")),
    images=_Shape(each=_shape("file alt")),
    records=_RECORDS,
    options=_OPTIONS,
    branch=_Shape(each=_shape("when to")),
    call=_CALL,
    switch_to=_CALL,
)
_WALKTHROUGH = _shape(
    "name today locale given answers ends expect path refuses",
    answers=_Shape(each=_Shape(each=_shape("option values checks reasons skip"))),
)
_GUIDE = _shape(
    "guide title summary language owner tags audience review_by stages start fields outcomes option_sets anytime "
    "steps documents rules walkthroughs",
    fields=_Shape(each=_FIELD),
    outcomes=_Shape(each=_shape("label kind summary")),
    option_sets=_Shape(each=_Shape(each=_OPTION)),
    anytime=_Shape(each=_OPTION),
    steps=_Shape(each=_STEP, apart=True),
    documents=_Shape(each=_shape("kind title to subject body")),
    rules=_Shape(each=_shape("id every_path_to passes no_path_from to without longest_path anytime because")),
    walkthroughs=_Shape(each=_WALKTHROUGH, apart=True),
)
_SECTIONS = frozenset({"fields", "outcomes", "option_sets", "anytime", "steps", "documents", "rules", "walkthroughs"})


def formatted(document: Document) -> str:
    """The text of a guide in its canonical layout. Of a guide without errors in its YAML.

    It means the same, to the letter; a text that could not be laid out without a loss is returned as it is.
    """
    whole = remarks.read(document)
    if not whole.parts:
        return document.text
    head, whole.parts[0].above = whole.parts[0].above, []
    writer = _Writer(document)
    writer.arrange(whole, _GUIDE, -_DEEPER)
    body = writer.block(whole, 0)
    text = "\n".join([*_joined([_Line(remark.text, remark.gap) for remark in head] + body), ""])
    again, _ = source.parse(text)
    same = again and again.data == document.data and _comments(again) == _comments(document)
    return text if same else document.text


def _comments(document: Document) -> list[str]:
    return sorted(comment.text for comment in remarks.comments(document))


def _joined(lines: list["_Line"]) -> Iterator[str]:
    for number, line in enumerate(lines):
        if line.gap and number:
            yield ""
        yield line.text


def _lift(part: Part, comments: list[Remark]) -> None:
    """Put comments that stand beside an entry or in it above it, below its blank line."""
    if comments:
        part.above += [comments[0]._replace(gap=part.gap), *comments[1:]]
        part.gap = False


def _set_apart(part: Part) -> None:
    """Let a blank line stand before an entry and the comments above it."""
    if part.above:
        part.above[0] = part.above[0]._replace(gap=True)
    else:
        part.gap = True


class _Line(NamedTuple):
    """A line to write, and whether a blank one stands before it (unless it is the first)."""

    text: str
    gap: bool = False


class _Writer:
    """Arranges the entries of a guide, then writes them as lines."""

    def __init__(self, document: Document) -> None:
        self.text = document.text

    def arrange(self, part: Part, shape: _Shape, indent: int) -> None:
        """Put keys in order, open brackets that do not fit, and put each comment where the layout has room for it."""
        places = {key: place for place, key in enumerate(shape.keys)}
        if isinstance(part.value, dict):
            part.parts.sort(key=lambda each: places.get(each.key or "", len(places)))
        in_brackets = part.end > 0
        for each in part.parts:
            self.arrange(each, shape.parts.get(each.key or "", shape.each or _ANY), indent + _DEEPER)
        if in_brackets and part.parts and not 0 < len(self.brackets(part)) <= self.room(part, indent):
            part.end = 0
        for each in part.parts:
            if in_brackets or len(each.beside) > 1 or (each.key is None and each.is_block()):
                _lift(each, each.beside)
                each.beside = []
        for each in part.parts[1:] if shape.apart else ():
            _set_apart(each)
        if part.key is None and part.parent and part.parts:
            _lift(part, part.parts[0].above)
            part.parts[0].above = []

    def room(self, part: Part, indent: int) -> int:
        """The columns that are left for a value after its key or dash."""
        return WIDTH - max(indent, 0) - len(self.head(part)) - 1

    def head(self, part: Part) -> str:
        """The key with its colon, or the dash."""
        return "-" if part.key is None else f"{self.key(part)}:"

    def block(self, part: Part, indent: int) -> list[_Line]:
        """The lines of a block's entries."""
        lines: list[_Line] = []
        for each in part.parts:
            first, *rest = self.entry(each, indent)
            if lines and rest and not part.parent and each.key in _SECTIONS:
                _set_apart(each)
            lines += [_Line(" " * indent + remark.text, remark.gap) for remark in each.above]
            lines += [first._replace(gap=each.gap), *rest]
        lines += [_Line(" " * indent + remark.text, remark.gap) for remark in part.below]
        return lines

    def entry(self, part: Part, indent: int) -> list[_Line]:
        """The lines of one entry, without the comments above it."""
        head = " " * indent + self.head(part)
        beside = "".join(f"  {remark.text}" for remark in part.beside)
        if part.is_block():
            lines = self.block(part, indent + _DEEPER)
            if part.key is not None:
                return [_Line(head + beside), lines[0]._replace(gap=False), *lines[1:]]
            return [_Line(f"{head} {lines[0].text.lstrip()}"), *lines[1:]]
        in_brackets = not isinstance(part.value, str)
        first, *body = [self.brackets(part)] if in_brackets else self.scalar(part, indent)
        first = f"{head} {first}" if first else head
        return [_Line(first + beside), *(_Line(" " * (indent + _DEEPER) + line if line else "") for line in body)]

    def key(self, part: Part, *, brackets: bool = False) -> str:
        """An entry's key."""
        key = part.key or ""
        quoted = self.text[part.at] in "'\"" and quoting.odd(key)
        return quoting.inline(key, quoted=quoted or not key, brackets=brackets)

    def scalar(self, part: Part, indent: int) -> list[str]:
        """A text: the first line, and those of the block below it."""
        room = self.room(part, indent)
        written = self.text[part.start : part.end]
        style = written[:1] if written[:1] in ("|", ">") else ""
        if style == ">" and (lines := _refolded(written, part.value)):
            return lines
        if "\n" in part.value and (lines := quoting.block(part.value)):
            return lines
        one = quoting.inline(part.value, quoted=self.quoted(part))
        if style and (len(one) > room or one != part.value):
            return quoting.block(part.value) or [one]
        if len(one) > room and "\n" in written:
            return quoting.folded(part.value, WIDTH - indent - _DEEPER) or [one]
        return [one]

    def quoted(self, part: Part) -> bool:
        """Whether its quotes say something: that this is a text, or that it is not cut by the comment beside it."""
        in_quotes = self.text[part.start : part.start + 1] in ("'", '"', "|", ">")
        return in_quotes and (quoting.odd(part.value) or bool(part.beside))

    def brackets(self, part: Part) -> str:
        """A value on one line in brackets; nothing where it holds comments or lines."""
        if isinstance(part.value, str):
            one_line = "\n" not in part.value
            return quoting.inline(part.value, quoted=self.quoted(part), brackets=True) if one_line else ""
        pieces = [self.brackets(each) for each in part.parts]
        remarked = part.below or any(each.above or each.beside for each in part.parts)
        if remarked or not all(pieces):
            return ""
        if isinstance(part.value, list):
            return f"[{', '.join(pieces)}]"
        keys = [self.key(each, brackets=True) for each in part.parts]
        return "{" + ", ".join(f"{key}: {piece}" for key, piece in zip(keys, pieces)) + "}"


def _refolded(written: str, value: str) -> list[str]:
    """A folded block as it is written, without its indentation; nothing where that cannot be told."""
    header, _, body = written.partition("\n")
    if re.match(r">[-+]?[0-9]", header) or not value.strip() or value.endswith("\n\n"):
        return []
    lines = body.rstrip(" \n").split("\n")
    depth = next(len(line) - len(line.lstrip(" ")) for line in lines if line.strip(" "))
    return [">" if value.endswith("\n") else ">-", *(line[depth:] for line in lines)]
