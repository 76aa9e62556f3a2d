"""The types of expressions: what may be compared, added and put into a field."""

from collections.abc import Iterable
from typing import NamedTuple, Protocol

from engine.fields.catalogue import read
from engine.fields.country import CODES
from engine.fields.field import Choice, Field

_WORDS = {
    "number": "a number",
    "text": "text",
    "boolean": "true or false",
    "choice": "a choice",
    "choices": "a list of choices",
    "date": "a date",
    "month": "a month",
    "time": "a time",
    "country": "a country",
    "days": "a length of time",
    "months": "a length of time",
}
_OF_FIELDS = {
    "integer": "number",
    "percent": "number",
    "rating": "number",
    "long_text": "text",
    **dict.fromkeys(("email", "phone", "url"), "text"),
}
LISTED = frozenset({"choice", "country"})
"""The kinds of which all values are known: written out, they are text."""
ORDERED = frozenset({"number", "money", "date", "month", "time"})
"""The kinds of which one value is less than another."""
_QUOTED = frozenset({"month", "time"})
_FORMS = frozenset({"email", "phone", "url"})


class Type(NamedTuple):
    """The type of an expression.

    `kind` is number, money (with its `currency`), text, boolean, choice, choices, country, date, month, time, or a
    length of time in days or months. `options` are the only values possible, where they are known: of a choice, a
    country, of literal text. A `whole` number has no decimals; a `constant` one is written out and is taken for money
    of any currency. `form` is the type of field whose texts these are, where they are an email, phone or url.
    `unknown` is the type of what is wrong and told already; it goes with everything.
    """

    kind: str
    currency: str = ""
    options: frozenset[str] | None = None
    whole: bool = False
    constant: bool = False
    form: str = ""

    @property
    def words(self) -> str:
        """The type in the middle of a sentence: `a number`, `an amount in EUR`."""
        return f"an amount in {self.currency}" if self.kind == "money" else _WORDS.get(self.kind, "unknown")

    @property
    def field(self) -> Field:
        """A field of this type, to show values that are no field's own."""
        kind = self.form or ("integer" if self.whole else self.kind)
        ids = () if self.kind == "country" else sorted(self.options or ())
        options = tuple(Choice(id, id) for id in ids)
        return Field("", kind, currency=self.currency, options=options)


UNKNOWN = Type("unknown")
NUMBER = Type("number")
WHOLE = Type("number", whole=True)
TEXT = Type("text")
BOOLEAN = Type("boolean")
DATE = Type("date")
DAYS = Type("days")
MONTHS = Type("months")


class Typed(Protocol):
    """Anything that has a type."""

    @property
    def type(self) -> Type:
        """Its type."""


def type_of(field: Field) -> Type:
    """The type of a field's values."""
    kind = _OF_FIELDS.get(field.type, field.type)
    options = frozenset(option.id for option in field.options) if kind in ("choice", "choices") else None
    return Type(
        kind,
        field.currency if kind == "money" else "",
        CODES if kind == "country" else options,
        whole=field.type in ("integer", "rating"),
        form=field.type if field.type in _FORMS else "",
    )


def fits(expression: Typed, field: Field) -> bool:
    """Whether values of this expression may be put into the field, or be a bound of it.

    A number goes into an integer field only if it is whole, text into a choice field only if it is an option's id;
    into one of type email, phone or url only what comes from such a field, or is written out and can be read as one.
    """
    type, target = expression.type, type_of(field)
    if target.kind in ("choice", "choices", "country"):
        return _allowed(type, target)
    if target.form and type.form != target.form:
        return type.kind == "text" and type.options is not None and _readable(type.options, field)
    return joined(type, target) == target or (type.kind == target.kind == "text")


def _allowed(type: Type, target: Type) -> bool:
    """Whether all that an expression can be are options of a choice field."""
    same = type.kind == target.kind or (type.kind == "text" and target.kind in LISTED)
    return same and type.options is not None and type.options <= (target.options or frozenset())


def joined(one: Type, other: Type) -> Type | None:
    """The type that holds the values of both, or None: they cannot stand in each other's place."""
    if UNKNOWN in (one, other):
        return other if one == UNKNOWN else one
    kinds = {one.kind, other.kind}
    if kinds == {"money", "number"}:
        money, number = (one, other) if one.kind == "money" else (other, one)
        return money if number.constant else None
    either = one.options | other.options if one.options is not None and other.options is not None else None
    if "text" in kinds and len(kinds) == 2:
        text, fixed = (one, other) if one.kind == "text" else (other, one)
        kinds = {fixed.kind} if _written_out(text, fixed) else kinds
    if len(kinds) > 1 or one.currency != other.currency:
        return None
    whole, constant = one.whole and other.whole, one.constant and other.constant
    return Type(kinds.pop(), one.currency, either, whole, constant, one.form if one.form == other.form else "")


def _written_out(text: Type, other: Type) -> bool:
    """Whether text is written out and stands for a value of another kind."""
    if text.options is None:
        return False
    return other.kind in LISTED or (other.kind in _QUOTED and _readable(text.options, Field(other.kind, other.kind)))


def _readable(texts: Iterable[str], field: Field) -> bool:
    """Whether all these texts are values that the field can hold, exactly as it holds them."""
    return all(read(field, text) == text for text in texts)


def combined(sign: str, left: Type, right: Type) -> Type | None:
    """The type of `left sign right` for `+ - * /`, or None: it means nothing."""
    if UNKNOWN in (left, right):
        return UNKNOWN
    if left.kind in ("date", "days", "months"):
        return _moved(sign, left, right)
    return _calculated(sign, left, right) if {left.kind, right.kind} <= {"number", "money"} else None


def _moved(sign: str, day: Type, by: Type) -> Type | None:
    """Dates: one less another, or one and a length of time."""
    if day.kind != "date":
        return DATE if sign == "+" and by.kind == "date" else None
    if sign in "+-" and by.kind in ("days", "months"):
        return DATE
    return WHOLE if sign == "-" and by.kind == "date" else None


def _calculated(sign: str, left: Type, right: Type) -> Type | None:
    """Numbers and money: amounts of one currency add up, are multiplied by numbers, and divided by either."""
    if sign in "+-":
        return joined(left, right)
    if left.kind == right.kind == "number":
        return left._replace(
            whole=sign == "*" and left.whole and right.whole, constant=left.constant and right.constant
        )
    if sign == "*":
        return None if left.kind == right.kind else (left if left.kind == "money" else right)
    if left.kind == "number":
        return None
    return NUMBER if left == right else (left if right.kind == "number" else None)
