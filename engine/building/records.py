"""What a guide writes into the client's ledger (FORMAT §5)."""

from collections.abc import Iterator, Mapping
from typing import Any

from engine.building.context import Context
from engine.expressions.expression import Expression
from engine.expressions.types import UNKNOWN
from engine.model import Record
from engine.problems import Path, Place

_TEXTS = ("what", "cause", "title")
_FIGURES: Mapping[str, tuple[frozenset[str], str]] = {
    "due": (frozenset({"date"}), "a date, like today + days(7)"),
    "review_on": (frozenset({"date"}), "a date, like today + months(6)"),
    "amount": (frozenset({"money", "number"}), "an amount or a number"),
}
"""What a record works out: the kinds of value that it can be, and what to write."""


def records(context: Context, data: Mapping[str, Any], path: Path) -> tuple[Record, ...]:
    """The records of a step, an option or an anytime entry; what is wrong in them is told."""
    entries = ((number, *next(iter(entry.items()))) for number, entry in enumerate(data.get("records", ())))
    return tuple(_record(context, kind, spec, (*path, "records", number, kind)) for number, kind, spec in entries)


def _record(context: Context, kind: str, spec: Mapping[str, Any], path: Path) -> Record:
    figures = {key: _figure(context, spec[key], (*path, key)) for key in _FIGURES if key in spec}
    others = {*_TEXTS, *_FIGURES, "values", "when"}
    return Record(
        kind=kind,
        path=path,
        fixed={key: value for key, value in spec.items() if key not in others},
        texts={key: context.text(spec, key, path, markdown=False) for key in _TEXTS if key in spec},
        figures=figures,
        values=tuple(_values(context, spec, path)),
        when=context.condition(spec, "when", path),
    )


def _figure(context: Context, source: Any, path: Path) -> Expression:
    expression = context.expression(source, path)
    kinds, wanted = _FIGURES[str(path[-1])]
    if expression.type != UNKNOWN and expression.type.kind not in kinds:
        message = f"this is {expression.type.words}, but '{path[-1]}' is {wanted.partition(',')[0]}"
        context.tell("expression-type", message, Place(path), f"write {wanted}")
    return expression


def _values(context: Context, spec: Mapping[str, Any], path: Path) -> Iterator[str]:
    for number, field in enumerate(spec.get("values", ())):
        if context.field(field, (*path, "values", number)):
            yield field
