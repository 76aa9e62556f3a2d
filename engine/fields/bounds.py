"""The bounds and steps that numbers, dates and times must keep, told in the words of their type."""

from datetime import date
from decimal import Decimal

from engine.errors import Refusal
from engine.fields.field import Field, Limits, Value
from engine.fields.kind import Kind
from engine.fields.locales import Manner
from engine.fields.numerals import EXACT
from engine.fields.wording import named
from engine.sentences import sentence

_IN_TIME = frozenset({"date", "month", "time"})


def broken(field: Field, value: Value, limits: Limits, manner: Manner, kind: Kind) -> Refusal | None:
    """The first bound that the value breaks; only numbers and what stands in time have any."""
    if limits.min is None and limits.max is None and not field.step:
        return None
    rank = _rank(field, value)
    if rank is None:
        return None
    lowest, highest = _rank(field, limits.min), _rank(field, limits.max)
    in_time = field.type in _IN_TIME
    told = named(field, manner)
    if lowest is not None and rank < lowest:
        limit = kind.show(field, limits.min, manner)
        if in_time:
            return Refusal("too-early", sentence("Enter {field} as {limit} or later", field=told, limit=limit))
        return Refusal("too-small", sentence("Enter {field} as {limit} or more", field=told, limit=limit))
    if highest is not None and rank > highest:
        limit = kind.show(field, limits.max, manner)
        if in_time:
            return Refusal("too-late", sentence("Enter {field} as {limit} or earlier", field=told, limit=limit))
        return Refusal("too-large", sentence("Enter {field} as {limit} or less", field=told, limit=limit))
    if field.step and EXACT.remainder(Decimal(rank), field.step):
        step = kind.show(field, field.step, manner)
        return Refusal("not-a-step", sentence("Enter {field} in steps of {step}", field=told, step=step))
    return None


def _rank(field: Field, value: Value) -> int | Decimal | None:
    """Where numbers, days, months and times stand in their order."""
    if isinstance(value, date):
        return value.toordinal()
    if isinstance(value, str) and field.type in _IN_TIME:
        return int(value.replace("-", "").replace(":", ""))
    return value if isinstance(value, (int, Decimal)) and not isinstance(value, bool) else None
