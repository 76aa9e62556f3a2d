"""The fields of a guide: declarations, their bounds and formulas (FORMAT §2.1)."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from engine.bounds import Bounds
from engine.building.context import Context
from engine.errors import Refusal
from engine.expressions.expression import Expression
from engine.expressions.names import RESERVED
from engine.expressions.types import UNKNOWN, fits
from engine.fields.catalogue import read
from engine.fields.field import Choice, Fact, Field
from engine.fields.locales import currency_is_known
from engine.fields.patterns import mistake
from engine.fields.rating import HIGHEST, LOWEST, USUAL
from engine.graph import circles
from engine.problems import Finding, Path, Place, suggestion

SOURCES = ("given", "from", "fact", "value")
NUMERIC = frozenset({"integer", "number", "money"})
STEPPED = NUMERIC | {"percent"}
BOUNDED = STEPPED | {"date", "month", "time", "rating"}
TEXTUAL = frozenset({"text", "long_text"})
CHOSEN = frozenset({"choice", "choices"})
ONLY_FOR: Mapping[str, frozenset[str]] = {
    "min": BOUNDED,
    "max": BOUNDED,
    "step": STEPPED,
    "decimals": frozenset({"number", "percent"}),
    "min_length": TEXTUAL,
    "max_length": TEXTUAL,
    "pattern": frozenset({"text"}),
    "options": CHOSEN,
    "none_option": frozenset({"choices"}),
    "unit": NUMERIC,
    "currency": frozenset({"money"}),
}
"""The types of field that a key means something for."""
READ_INTO: Mapping[str, frozenset[str]] = {
    "agent.name": frozenset({"text"}),
    "client.name": frozenset({"text"}),
    "client.email": frozenset({"email", "text"}),
    "client.phone": frozenset({"phone", "text"}),
    "client.language": frozenset({"text"}),
}
"""The types of field that can hold what comes `from` somewhere; a setting is of any type."""
COUNTED = frozenset({"integer", "number"})
HELD: Mapping[str, frozenset[str]] = {
    "remedies_total": frozenset({"money", "number"}),
    "last_outcome": frozenset({"text", "choice"}),
}
"""The types of field that can hold a fact other than a count; what was agreed is of any type."""
OF_FACTS: Mapping[str, tuple[str, str]] = {
    "days": ("", "a fact"),
    "by": ("promises_", "a fact of promises, like promises_broken"),
    "id": ("agreement", "the fact agreement"),
    "field": ("agreement", "the fact agreement"),
}
"""The keys that say more about a fact: how the names of those facts begin, and what they are called."""

_LITERAL: Mapping[str, str] = {"date": "date('{}')", "month": "'{}'", "time": "'{}'"}
_SCALE: Mapping[str, range] = {"min": range(LOWEST, LOWEST + 1), "max": range(LOWEST, HIGHEST + 1)}
"""What the bounds of a rating may be, written out."""


def declared(data: Mapping[str, Any]) -> tuple[dict[str, Field], list[Finding]]:
    """Every field by id, and what is wrong with the declarations by themselves."""
    fields: dict[str, Field] = {}
    findings: list[Finding] = []
    for id, spec in data.get("fields", {}).items():
        fields[id] = _field(id, spec)
        findings.extend(_mistakes(fields[id], spec, ("fields", id)))
    return fields, findings


def bounds(context: Context, data: Mapping[str, Any]) -> dict[str, Bounds]:
    """The bounds of every field that has any; an expression of another type than the field's is told."""
    found = {}
    for id, spec in data.get("fields", {}).items():
        sources = _bounds(context.names.fields[id], spec)
        limits = {key: _fitting(context, source, id, ("fields", id, key)) for key, source in sources.items()}
        if limits:
            found[id] = Bounds(limits.get("min"), limits.get("max"))
    return found


def _bounds(field: Field, spec: Mapping[str, Any]) -> dict[str, str]:
    """The bounds of a field as expressions; a date, month or time may be written out without quotes."""
    if field.type == "rating":
        return {"min": str(LOWEST), "max": str(field.highest)}
    sources = {key: spec[key] for key in ("min", "max") if key in spec}
    if field.type in _LITERAL:
        values = {key: read(field, source) for key, source in sources.items()}
        literals = {key: value for key, value in values.items() if not isinstance(value, Refusal)}
        sources |= {key: _LITERAL[field.type].format(value) for key, value in literals.items()}
    return sources


def computed(context: Context, data: Mapping[str, Any]) -> tuple[tuple[str, Expression], ...]:
    """The formulas of computed fields, each after those it depends on; a circle is told."""
    formulas = {}
    for id, spec in data.get("fields", {}).items():
        if "value" in spec and (formula := _fitting(context, spec["value"], id, ("fields", id, "value"))):
            formulas[id] = formula
    return tuple((id, formulas[id]) for id in _in_order(context, formulas))


def _in_order(context: Context, formulas: Mapping[str, Expression]) -> list[str]:
    """The ids so that each comes after those it reads; those that are or read a circle, which is told, are left out."""
    waiting, ordered = dict(formulas), list[str]()
    while ready := [id for id, formula in waiting.items() if not formula.fields & waiting.keys()]:
        ordered += ready
        waiting = {id: formula for id, formula in waiting.items() if id not in ready}
    for circle in circles({id: formula.fields & waiting.keys() for id, formula in waiting.items()}):
        for id in circle:
            others = ", ".join(sorted(formulas[id].fields.intersection(circle) - {id}))
            words = f"{others}, which is computed from '{id}' in turn" if others else "itself"
            place = Place(("fields", id, "value"))
            context.tell("computed-loop", f"'{id}' is computed from {words}", place, "ask for one of them instead")
    return ordered


def _fitting(context: Context, source: str, id: str, path: Path) -> Expression | None:
    """The expression, if its type can be put into the field; what is wrong is told."""
    compiled, field = context.expression(source, path), context.names.fields.get(id)
    if compiled.type == UNKNOWN or field is None:
        return None
    if not fits(compiled, field):
        message = f"this is {compiled.type.words}, but '{id}' is {field.type}"
        context.tell("expression-type", message, Place(path))
        return None
    return compiled


def _field(id: str, spec: Mapping[str, Any]) -> Field:
    return Field(
        id=id,
        type=spec["type"],
        label=spec.get("label", ""),
        required=spec.get("required", True),
        given=spec.get("given", False),
        fact=_fact(spec) if "fact" in spec else None,
        computed="value" in spec,
        source=spec.get("from", ""),
        default=spec.get("default"),
        min_length=spec.get("min_length"),
        max_length=spec.get("max_length"),
        pattern=spec.get("pattern"),
        message=spec.get("message"),
        decimals=spec.get("decimals"),
        step=Decimal(spec["step"]) if "step" in spec else None,
        currency=spec.get("currency", ""),
        unit=spec.get("unit", ""),
        help=spec.get("help", ""),
        personal=spec.get("personal", False),
        options=tuple(choices(spec.get("options", ()))),
        none_option=spec.get("none_option"),
        highest=_highest(spec),
    )


def _fact(spec: Mapping[str, Any]) -> Fact:
    about = spec.get("id", ""), spec.get("field", "")
    return Fact(spec["fact"], spec.get("by", "client"), spec.get("days"), *about)


def _highest(spec: Mapping[str, Any]) -> int:
    """The best mark of a rating: as its `max` says, where that can be one."""
    marks = {str(mark): mark for mark in _SCALE["max"]} if spec["type"] == "rating" else {}
    return marks.get(spec.get("max", ""), USUAL)


def choices(options: Any) -> Iterator[Choice]:
    """The options of a choice field, written as a mapping from id to label or as a list."""
    if isinstance(options, Mapping):
        yield from (Choice(id, label) for id, label in options.items())
    else:
        yield from (Choice(each["id"], each["label"], each.get("hint", "")) for each in options)


def _mistakes(field: Field, spec: Mapping[str, Any], path: Path) -> Iterator[Finding]:
    sources = [key for key in SOURCES if spec.get(key)]
    if len(sources) > 1 and sources != ["given", "from"]:
        message = f"a value comes from one place, but '{field.id}' has {' and '.join(sources)}"
        yield Finding("two-sources", message, Place((*path, sources[1]), key=True), "keep one of them")
    for key, types in ONLY_FOR.items():
        if key in spec and field.type not in types:
            message = f"'{key}' means nothing for a field of type {field.type}"
            yield Finding("not-for-type", message, Place((*path, key), key=True), f"it is for {_listed(types)}")
    if field.type not in READ_INTO.get(field.source, {field.type}):
        message = f"a field of type {field.type} cannot hold '{field.source}'"
        yield Finding("not-for-type", message, Place((*path, "from")), f"it is for {_listed(READ_INTO[field.source])}")
    yield from _fact_mistakes(field, spec, path)
    own = (*_own_mistakes(field, path), *_scale_mistakes(field, spec, path))
    yield from own
    if not own:
        yield from _default_mistakes(field, path)


def _fact_mistakes(field: Field, spec: Mapping[str, Any], path: Path) -> Iterator[Finding]:
    fact = field.fact.name if field.fact else None
    for key, (beginning, words) in OF_FACTS.items():
        if key in spec and (fact is None or not fact.startswith(beginning)):
            message = f"'{key}' means nothing for {f'the fact {fact}' if fact else 'a field without a fact'}"
            yield Finding("not-for-type", message, Place((*path, key), key=True), f"it is for {words}")
    types = {field.type} if fact in (None, "agreement") else HELD.get(str(fact), COUNTED)
    if field.type not in types:
        message = f"a field of type {field.type} cannot hold '{fact}'"
        yield Finding("not-for-type", message, Place((*path, "fact")), f"it is for {_listed(frozenset(types))}")


def _own_mistakes(field: Field, path: Path) -> Iterator[Finding]:
    yield from _option_mistakes(field, path)
    if field.id in RESERVED:
        message = f"'{field.id}' means something else in expressions, so no field can be called that"
        yield Finding("reserved-id", message, Place(path, key=True), "give the field another id")
    if field.given and not field.label:
        yield no_label(field, Place(path, key=True))
    if field.type == "money" and not field.currency:
        message = f"'{field.id}' is money without a currency"
        yield Finding("missing-currency", message, Place(path, key=True), "add one, like 'currency: EUR'")
    if field.currency and not currency_is_known(field.currency):
        message = f"'{field.currency}' is not a currency"
        yield Finding("not-allowed-value", message, Place((*path, "currency")), "use its three letters, like EUR")
    if field.pattern is not None and (wrong := mistake(field.pattern)):
        yield Finding("bad-pattern", f"the pattern {wrong}", Place((*path, "pattern")))


def _scale_mistakes(field: Field, spec: Mapping[str, Any], path: Path) -> Iterator[Finding]:
    for key, marks in _SCALE.items():
        if field.type == "rating" and key in spec and spec[key] not in map(str, marks):
            message = f"'{spec[key]}' cannot be the {key} of a rating, which goes from {LOWEST} to at most {HIGHEST}"
            hint = f"write 'max' from {LOWEST} to {HIGHEST}, like 5; for other scales use type: integer"
            yield Finding("not-allowed-value", message, Place((*path, key)), hint)


def no_label(field: Field, place: Place) -> Finding:
    """People are asked for the field, so it needs a label."""
    message = f"people are asked for '{field.id}', but it has no label"
    return Finding("missing-key", message, place, "add 'label:' to the field")


def _option_mistakes(field: Field, path: Path) -> Iterator[Finding]:
    ids = [choice.id for choice in field.options]
    if field.type in CHOSEN and not ids:
        message = f"'{field.id}' is a {field.type} field without options"
        yield Finding("missing-options", message, Place(path, key=True), "list what can be chosen under 'options'")
    for number, id in enumerate(ids):
        if id in ids[:number]:
            yield Finding("duplicate-id", f"the option '{id}' is there twice", Place((*path, "options", number)))
    if field.none_option is not None and field.none_option not in ids:
        hint = suggestion(field.none_option, ids)
        message = f"'{field.none_option}' is not an option of '{field.id}'"
        yield Finding("unknown-option", message, Place((*path, "none_option")), hint)


def _default_mistakes(field: Field, path: Path) -> Iterator[Finding]:
    if field.default is not None and isinstance(refused := read(field, field.default), Refusal):
        message = f"the default '{field.default}' would be refused"
        yield Finding("bad-default", message, Place((*path, "default")), refused.message)


def _listed(types: frozenset[str]) -> str:
    *most, last = sorted(types)
    return f"{', '.join(most)} and {last}" if most else last
