"""The shape of a guide, stated by `schemas/guide.schema.json`, in an author's words (jsonschema's home).

Numbers and booleans are made of plain text only where the schema asks for one and not also for text. A fast
validator is the gate; the slow one words the errors, only for guides that have any.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

import jsonschema_rs
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from jsonschema.protocols import Validator
from jsonschema.validators import extend

from engine.problems import Finding, Path, Place, suggestion
from engine.source import Document

_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,18})?")
_FLAGS = {"true": True, "false": False}
_ARTICLES = {
    "string": "a text",
    "boolean": "true or false",
    "integer": "a whole number",
    "number": "a number",
    "array": "a list",
    "object": "a mapping of keys and values",
}


class _Shape(NamedTuple):
    """Where the schema asks for something else than text: a scalar's `kind`, or shapes of a value's parts."""

    kind: str = ""
    named: Mapping[str, "_Shape"] = {}
    others: "_Shape | None" = None
    items: "_Shape | None" = None


_TEXT = _Shape()


class _Checker(NamedTuple):
    shape: _Shape
    accepts: Callable[[Any], bool]
    errors: Callable[[Any], Iterator[ValidationError]]


def schema_text() -> str:
    """The JSON Schema of guides, as it is published."""
    return files("schemas").joinpath("guide.schema.json").read_text(encoding="utf-8")


def check(document: Document) -> tuple[dict[str, Any], tuple[Finding, ...]]:
    """The document's data with its numbers and booleans, and every way in which its shape is wrong."""
    checker = _checker()
    data = _converted(document.data, checker.shape, document, ())
    if checker.accepts(data):
        return data, ()
    findings = (found for error in checker.errors(data) for found in _findings(error, document))
    return data, tuple(dict.fromkeys(findings))


@lru_cache(maxsize=1)
def _checker() -> _Checker:
    schema = json.loads(schema_text())
    slow = extend(Draft202012Validator, {"pattern": _pattern})(schema)
    return _Checker(_shape(schema, schema), jsonschema_rs.Draft202012Validator(schema).is_valid, slow.iter_errors)


def _pattern(_: Validator, pattern: str, instance: object, __: object) -> Iterator[ValidationError]:
    """Like the standard's `pattern`, but `$` is the end of the text and not also the place before a last newline."""
    if isinstance(instance, str) and not re.search(pattern.replace("$", r"\Z"), instance):
        yield ValidationError("")


def _shape(schema: Mapping[str, Any], root: Mapping[str, Any]) -> _Shape:
    """The shape that a schema asks for; parts that hold nothing but text are left out."""
    parts = tuple(_parts(schema, root))
    kinds = {kind for part in parts for kind in _listed(part.get("type", ()))} & {
        "string",
        "boolean",
        "integer",
        "number",
    }
    named: dict[str, _Shape] = {}
    others, items = _TEXT, _TEXT
    for part in parts:
        named |= {
            key: found for key, value in part.get("properties", {}).items() if (found := _shape(value, root)) != _TEXT
        }
        if isinstance(part.get("additionalProperties"), Mapping):
            others = _shape(part["additionalProperties"], root)
        if "items" in part:
            items = _shape(part["items"], root)
    kind = "" if "string" in kinds or not kinds else min(kinds)
    return _Shape(kind, named, others if others != _TEXT else None, items if items != _TEXT else None)


def _parts(schema: Mapping[str, Any], root: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    if "$ref" in schema:
        schema = root["$defs"][schema["$ref"].rpartition("/")[2]]
    yield schema
    for key in ("then", "else"):
        if key in schema:
            yield from _parts(schema[key], root)


def _listed(types: str | list[str]) -> list[str]:
    return [types] if isinstance(types, str) else list(types)


def _converted(value: Any, shape: _Shape, document: Document, path: Path) -> Any:
    """The value with its scalars converted where the shape asks for it; what does not fit stays text."""
    if isinstance(value, dict):
        return {
            key: _part(each, shape.named.get(key, shape.others), document, (*path, key)) for key, each in value.items()
        }
    if isinstance(value, list):
        return [_part(each, shape.items, document, (*path, number)) for number, each in enumerate(value)]
    if shape.kind and isinstance(value, str) and not document.quoted(path):
        return _scalar(value, shape.kind)
    return value


def _part(value: Any, shape: _Shape | None, document: Document, path: Path) -> Any:
    return _copied(value) if shape is None else _converted(value, shape, document, path)


def _copied(value: Any) -> Any:
    """The same value, its mappings and lists new, so that what is made of the data never changes the document."""
    if isinstance(value, dict):
        return {key: _copied(each) for key, each in value.items()}
    return [_copied(each) for each in value] if isinstance(value, list) else value


def _scalar(text: str, kind: str) -> bool | int | Decimal | str:
    if kind == "boolean":
        return _FLAGS.get(text, text)
    if kind == "integer":
        return int(text) if _WHOLE.fullmatch(text) else text
    return Decimal(text) if _NUMBER.fullmatch(text) else text


def _findings(error: ValidationError, document: Document) -> Iterator[Finding]:
    """What one of the validator's errors says to an author, at the narrowest place."""
    path: Path = tuple(error.absolute_path)
    keyword = str(error.validator)
    word = _WORDINGS[keyword if keyword == "type" else error.schema.get("x-code", keyword)]
    yield from word(error, path, document)


def _unknown_keys(error: ValidationError, path: Path, _: Document) -> Iterator[Finding]:
    known = [key for key, value in error.schema["properties"].items() if value != {"$ref": "#/$defs/notYet"}]
    for key in error.instance:
        if key not in error.schema["properties"]:
            hint = suggestion(key, known) or f"the keys here are {', '.join(known)}"
            yield Finding("unknown-key", f"'{key}' is not a key here", Place((*path, key), key=True), hint)


def _missing_key(error: ValidationError, path: Path, _: Document) -> Iterator[Finding]:
    for key in error.validator_value:
        if key not in error.instance:
            where = (
                f"'{path[-1]}' needs"
                if path and isinstance(path[-1], str)
                else "this needs"
                if path
                else "a guide needs"
            )
            yield Finding("missing-key", f"{where} '{key}'", Place(path, key=True), f"add '{key}:'")


def _not_yet(_: ValidationError, path: Path, __: Document) -> Iterator[Finding]:
    message = f"'{path[-1]}' belongs to the format, but this release of Handrail does not build it yet"
    yield Finding("not-yet-supported", message, Place(path, key=True), "leave it out for now")


def _choice(error: ValidationError, path: Path, _: Document) -> Iterator[Finding]:
    allowed = [str(each) for each in error.validator_value]
    if error.instance in error.schema.get("x-not-yet", ()):
        message = f"'{error.instance}' belongs to the format, but this release of Handrail does not build it yet"
        yield Finding("not-yet-supported", message, Place(path), f"use one of {', '.join(allowed)}")
    elif isinstance(error.instance, str):
        hint = suggestion(error.instance, allowed) or f"use one of {', '.join(allowed)}"
        yield Finding("not-allowed-value", f"'{_short(error.instance)}' is not a '{path[-1]}'", Place(path), hint)
    else:
        yield Finding("wrong-type", f"'{path[-1]}' is one of {', '.join(allowed)}", Place(path))


def _type(error: ValidationError, path: Path, document: Document) -> Iterator[Finding]:
    types = _listed(error.schema.get("type", "string"))
    wanted = " or ".join(dict.fromkeys(_ARTICLES[kind] for kind in types if kind in _ARTICLES))
    if error.instance == "":
        yield Finding("empty", f"{_subject(path)} has no value", Place(path, key=True), f"write {wanted} after it")
        return
    message = f"{_subject(path)} is {wanted}, not {_what(error.instance)}"
    yield Finding("wrong-type", message, Place(path), _type_hint(error.instance, types, document.quoted(path)))


def _type_hint(value: object, types: list[str], quoted: bool) -> str:
    if not isinstance(value, str):
        return "put quotes round it if it is meant as text" if "string" in types else ""
    if quoted and {"boolean", "integer", "number"} & set(types):
        return "leave out the quotes"
    if "boolean" in types:
        return "write true or false"
    digits = value.replace("_", "").lstrip("0") or "0"
    return f"write {digits}" if _NUMBER.fullmatch(digits) and "string" not in types else ""


def _bad_pattern(error: ValidationError, path: Path, _: Document) -> Iterator[Finding]:
    """A text of another form, an id among them; where the error is about a key, its mapping's path is given."""
    bad = str(error.instance)
    if not bad and not _is_key(error):
        yield Finding("empty", f"{_subject(path)} has no value", Place(path, key=True), "write one after it")
        return
    like = error.schema.get("x-like", "written another way")
    key = bool(error.schema.get("x-code")) and _is_key(error)
    code = error.schema.get("x-code", "not-allowed-value")
    place = Place((*path, bad), key=True) if key else Place(path)
    yield Finding(code, f"'{_short(bad)}' cannot stand here", place, f"write {like}")


def _reserved(error: ValidationError, path: Path, _: Document) -> Iterator[Finding]:
    bad = str(error.instance)
    message = f"'{bad}' means something else in walkthroughs, so no step can be called that"
    yield Finding("reserved-id", message, Place((*path, bad), key=True), "give the step another id")


def _no_exit(_: ValidationError, path: Path, __: Document) -> Iterator[Finding]:
    message = f"the step '{path[-1]}' does not say how it goes on"
    hint = "add one of options, next, branch, call or outcome"
    yield Finding("no-exit", message, Place(path, key=True), hint)


def _two_exits(error: ValidationError, path: Path, _: Document) -> Iterator[Finding]:
    exits = [key for key in error.instance if key in _EXITS]
    message = f"the step '{path[-1]}' goes on in {len(exits)} ways: {' and '.join(exits)}"
    yield Finding("two-exits", message, Place((*path, exits[1]), key=True), "keep one of them")


def _too_much(error: ValidationError, path: Path, _: Document) -> Iterator[Finding]:
    if _is_key(error):
        path = (*path, str(error.instance))
    message = f"{_subject(path)} is longer than the {error.validator_value} {_units(error)} that are possible"
    yield Finding("too-long", message, Place(path, key=_is_key(error)), "shorten it, or split it up")


def _too_little(error: ValidationError, path: Path, _: Document) -> Iterator[Finding]:
    hint = "write something there, or leave the key out"
    yield Finding("empty", f"{_subject(path)} is empty", Place(path, key=True), hint)


def _out_of_range(error: ValidationError, path: Path, _: Document) -> Iterator[Finding]:
    bound = {"minimum": "at least", "maximum": "at most", "exclusiveMinimum": "more than"}[str(error.validator)]
    yield Finding("out-of-range", f"{_subject(path)} is {bound} {error.validator_value}", Place(path))


def _is_key(error: ValidationError) -> bool:
    return "propertyNames" in error.absolute_schema_path


def _subject(path: Path) -> str:
    names = [part for part in path if isinstance(part, str)]
    return f"'{names[-1]}'" if names and path[-1] == names[-1] else f"an entry of '{names[-1]}'" if names else "a guide"


def _units(error: ValidationError) -> str:
    return {"s": "characters", "l": "entries", "d": "entries"}[type(error.instance).__name__[0]]


def _what(value: object) -> str:
    if isinstance(value, dict):
        return "a mapping of keys and values"
    return "a list" if isinstance(value, list) else f"'{_short(str(value))}'"


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"


_EXITS = frozenset({"options", "next", "branch", "call", "switch_to", "outcome"})
_Wording = Callable[[ValidationError, Path, Document], Iterator[Finding]]
_WORDINGS: Mapping[str, _Wording] = {
    "additionalProperties": _unknown_keys,
    "required": _missing_key,
    "enum": _choice,
    "type": _type,
    "pattern": _bad_pattern,
    "bad-id": _bad_pattern,
    "reserved-id": _reserved,
    "not-yet-supported": _not_yet,
    "no-exit": _no_exit,
    "two-exits": _two_exits,
    "maxLength": _too_much,
    "maxItems": _too_much,
    "maxProperties": _too_much,
    "minLength": _too_little,
    "minItems": _too_little,
    "minProperties": _too_little,
    "minimum": _out_of_range,
    "maximum": _out_of_range,
    "exclusiveMinimum": _out_of_range,
}
"""How each of the schema's keywords, or of our own codes in it (`x-code`), is worded."""
