"""What a type of field must be able to do."""

from collections.abc import Callable
from typing import Any, NamedTuple

from engine.errors import Refusal
from engine.fields.entry import single
from engine.fields.field import Field, Value
from engine.fields.locales import Manner


def _unchanged(_field: Field, value: Value) -> Value:
    return value


class Kind(NamedTuple):
    """One type of field.

    `tidied` makes texts of whatever was entered; `parse` gets them unless they are blank; `show` writes a
    value of this type, `fit` brings a computed one to its form, `missing` asks for it. A `native`
    number needs no reading.
    """

    parse: Callable[[Field, Any, Manner], Value | Refusal]
    show: Callable[[Field, Any, Manner], str]
    missing: Callable[[Field, Manner], Refusal]
    tidied: Callable[[object], str | list[str]] = single
    fit: Callable[[Field, Any], Value] = _unchanged
    native: type[int] | None = None
