"""The shape of a guide, stated by `schemas/guide.schema.json`, in an author's words (jsonschema's home).

Numbers and booleans are made of plain text only where the schema asks for one and not also for text. A fast
validator is the gate; the slow one words the errors, only for guides that have any.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache, partial
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
_MANY = 50
_LIKE = {
    "integer": "write it like 12",
    "number": "write it like 0.5",
    "array": "write its entries on lines of their own, each after '- '",
    "object": "write 'key: value' lines below it",
}
_FLAGS = {"true": True, "false": False}
_BESIDE_TEXT = frozenset({"boolean", "integer", "number", "null"})  # what editors may see where we read text
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


class _Wrong(NamedTuple):
    """One of the validator's errors: a value, or with `in_key` a key, that is not as `wanted` by a keyword."""

    wanted: Any
    value: Any
    schema: Mapping[str, Any]
    path: Path
    in_key: bool
    quoted: bool

    @property
    def place(self) -> Place:
        """The value, or the key."""
        return Place((*self.path, self.value), key=True) if self.in_key else Place(self.path)

    @property
    def key(self) -> Place:
        """The key of the value: for what is missing in it."""
        return Place(self.path, key=True)


class _Checker(NamedTuple):
    shape: _Shape
    fast: jsonschema_rs.Draft202012Validator
    slow: Validator


def schema_text() -> str:
    """The JSON Schema of guides, as it is published."""
    return files("schemas").joinpath("guide.schema.json").read_text(encoding="utf-8")


def check(document: Document) -> tuple[dict[str, Any], tuple[Finding, ...]]:
    """The document's data with its numbers and booleans, and every way in which its shape is wrong."""
    checker = _checker()
    data = _converted(document.data, checker.shape, document, ())
    if checker.fast.is_valid(data):
        return data, ()
    errors = checker.slow.iter_errors(_suspects(data, checker.fast))
    findings = (found for error in errors for found in _findings(error, document))
    return data, tuple(dict.fromkeys(findings))


@lru_cache(maxsize=1)
def _checker() -> _Checker:
    schema = json.loads(schema_text())
    validator: Any = extend  # untyped in the stubs
    slow: Validator = validator(Draft202012Validator, {"pattern": _pattern})(schema)
    return _Checker(_shape(schema, schema), jsonschema_rs.Draft202012Validator(schema), slow)


def _suspects(data: dict[str, Any], fast: jsonschema_rs.Draft202012Validator) -> dict[str, Any]:
    """The data without most of what is sound: of 10,000 steps, only the wrong ones are read by the slow validator."""
    wrong = {tuple(error.instance_path[:2]) for error in fast.iter_errors(data)}
    kept = dict(data)
    for part, value in data.items():
        if isinstance(value, dict) and len(value) > _MANY and (part,) not in wrong:
            names = [name for name in value if (part, name) in wrong] or list(value)[:1]
            kept[part] = {name: value[name] for name in names}
    return kept


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
    facts: Any = error  # the stubs know absent values, which errors of our schema do not have
    path = tuple(error.absolute_path)
    in_key = "propertyNames" in error.absolute_schema_path
    wrong = _Wrong(facts.validator_value, error.instance, facts.schema, path, in_key, document.quoted(path))
    keyword = str(error.validator)
    yield from _WORDINGS[wrong.schema["x-code"] if keyword in ("not", "anyOf") else keyword](wrong)


def _unknown_keys(wrong: _Wrong) -> Iterator[Finding]:
    known = list(wrong.schema["properties"])
    for key in wrong.value:
        if key not in known:
            hint = suggestion(key, known) or f"the keys here are {', '.join(known)}"
            yield Finding(
                "unknown-key", f"'{_short(key)}' is not a key here", Place((*wrong.path, key), key=True), hint
            )


def _missing_keys(wrong: _Wrong) -> Iterator[Finding]:
    named = f"'{wrong.path[-1]}'" if wrong.path and isinstance(wrong.path[-1], str) else "this"
    for key in wrong.wanted:
        if key not in wrong.value:
            message = f"{named if wrong.path else 'a guide'} needs '{key}'"
            yield Finding("missing-key", message, wrong.key, f"add '{key}:'")


def _choice(wrong: _Wrong) -> Iterator[Finding]:
    allowed = f"use one of {', '.join(wrong.wanted)}"
    if not isinstance(wrong.value, str):
        message = f"'{wrong.path[-1]}' is a text, not {_what(wrong.value)}"
        yield Finding("wrong-type", message, wrong.place, allowed)
    elif not wrong.value:
        yield Finding("empty", f"{_subject(wrong.path)} has no value", wrong.key, allowed)
    else:
        message = f"'{wrong.path[-1]}' cannot be '{_short(wrong.value)}'"
        hint = suggestion(wrong.value, wrong.wanted) or allowed
        yield Finding("not-allowed-value", message, wrong.place, hint)


def _type(wrong: _Wrong) -> Iterator[Finding]:
    types = _listed(wrong.wanted)
    told = [kind for kind in types if kind not in _BESIDE_TEXT] if "string" in types else types
    wanted = " or ".join(_ARTICLES[kind] for kind in told)
    if wrong.value == "":
        yield Finding("empty", f"{_subject(wrong.path)} has no value", wrong.key, f"write {wanted} after it")
    else:
        message = f"{_subject(wrong.path)} is {wanted}, not {_what(wrong.value)}"
        yield Finding("wrong-type", message, wrong.place, _type_hint(wrong, types))


def _type_hint(wrong: _Wrong, types: list[str]) -> str:
    if "string" in types:
        return "put quotes round it if it is meant as text"
    if wrong.quoted and {"boolean", "integer", "number"} & set(types):
        return "leave out the quotes"
    if "boolean" in types:
        return "write true or false"
    digits = str(wrong.value).replace("_", "").lstrip("0") or "0"
    form = _WHOLE if "integer" in types else _NUMBER
    return f"write {digits}" if form.fullmatch(digits) else _LIKE.get(types[0], "")


def _bad_pattern(wrong: _Wrong) -> Iterator[Finding]:
    """A text of another form, an id among them; it may be a key of the mapping at the path."""
    hint = f"write {wrong.schema['x-like']}"
    if not wrong.value and not wrong.in_key:
        yield Finding("empty", f"{_subject(wrong.path)} has no value", wrong.key, hint)
        return
    code = wrong.schema.get("x-code", "not-allowed-value")
    message = (
        f"'{_short(wrong.value)}' is not an id" if code == "bad-id" else f"'{_short(wrong.value)}' cannot stand here"
    )
    yield Finding(code, message, wrong.place, hint)


def _reserved(wrong: _Wrong) -> Iterator[Finding]:
    message = f"'{wrong.value}' means something else in walkthroughs, so no step can be called that"
    yield Finding("reserved-id", message, wrong.place, "give the step another id")


def _no_exit(wrong: _Wrong) -> Iterator[Finding]:
    exits = ", ".join(each["required"][0] for each in wrong.wanted)
    yield Finding("no-exit", f"{_subject(wrong.path)} does not say how it goes on", wrong.key, f"add one of {exits}")


def _two_exits(wrong: _Wrong) -> Iterator[Finding]:
    exits = [key for key in wrong.value if key in _EXITS]
    message = f"{_subject(wrong.path)} goes on in {len(exits)} ways: {' and '.join(exits)}"
    yield Finding("two-exits", message, Place((*wrong.path, exits[1]), key=True), "keep one of them")


def _unclear_rule(wrong: _Wrong) -> Iterator[Finding]:
    claims = [key for key in wrong.value if key in _CLAIMS]
    if not claims:
        message = "this rule does not say what must hold"
        yield Finding("unclear-rule", message, wrong.key, f"add one of {', '.join(_CLAIMS)}")
        return
    barred = [each["required"][0] for each in wrong.wanted["anyOf"]]
    others = [key for key in wrong.value if key in barred]
    message = f"'{others[0]}' does not go with '{claims[0]}' in one rule"
    yield Finding("unclear-rule", message, Place((*wrong.path, others[0]), key=True), "make two rules of it")


def _too_much(wrong: _Wrong) -> Iterator[Finding]:
    units = "characters" if isinstance(wrong.value, str) else "entries"
    named = f"'{_short(wrong.value)}'" if wrong.in_key else _subject(wrong.path)
    message = f"{named} has too many {units}: at most {wrong.wanted} are possible"
    yield Finding("too-long", message, wrong.place, "shorten it, or split it up")


def _too_little(wrong: _Wrong) -> Iterator[Finding]:
    if wrong.wanted == 1:
        yield Finding("empty", f"{_subject(wrong.path)} is empty", wrong.key, "fill it, or leave the key out")
    else:
        message = f"{_subject(wrong.path)} has fewer than {wrong.wanted} characters"
        yield Finding("too-short", message, wrong.place, "write more")


def _out_of_range(wrong: _Wrong, bound: str) -> Iterator[Finding]:
    message = f"{_subject(wrong.path)} is {bound} {wrong.wanted}, not {wrong.value}"
    yield Finding("out-of-range", message, wrong.place, "use another number")


def _subject(path: Path) -> str:
    names = [part for part in path if isinstance(part, str)]
    return f"'{names[-1]}'" if names and path[-1] == names[-1] else f"an entry of '{names[-1]}'" if names else "a guide"


def _what(value: object) -> str:
    if isinstance(value, dict):
        return "a mapping of keys and values"
    return "a list" if isinstance(value, list) else f"'{_short(str(value))}'"


def _short(text: str) -> str:
    return " ".join((text if len(text) <= 40 else f"{text[:39]}…").split("\n"))


_CLAIMS = ("every_path_to", "no_path_from", "longest_path")
_EXITS = frozenset({"options", "next", "branch", "call", "switch_to", "outcome", "to"})
_WORDINGS: Mapping[str, Callable[[_Wrong], Iterator[Finding]]] = {
    "additionalProperties": _unknown_keys,
    "required": _missing_keys,
    "enum": _choice,
    "type": _type,
    "pattern": _bad_pattern,
    "reserved-id": _reserved,
    "no-exit": _no_exit,
    "two-exits": _two_exits,
    "unclear-rule": _unclear_rule,
    "maxLength": _too_much,
    "maxItems": _too_much,
    "maxProperties": _too_much,
    "minLength": _too_little,
    "minItems": _too_little,
    "minProperties": _too_little,
    "minimum": partial(_out_of_range, bound="at least"),
    "maximum": partial(_out_of_range, bound="at most"),
    "exclusiveMinimum": partial(_out_of_range, bound="more than"),
}
"""How each of the schema's keywords is worded; of `not` and `anyOf`, the code that stands beside them (`x-code`)."""
