"""The bounds and steps that numbers and dates must keep, told in the words of their type."""

from datetime import date
from decimal import Decimal

from engine.errors import Refusal
from engine.fields.field import Field, Limits, Value
from engine.fields.kind import Kind
from engine.fields.locales import Manner
from engine.fields.numerals import EXACT
from engine.fields.wording import named


def broken(field: Field, value: Value, limits: Limits, manner: Manner, kind: Kind) -> Refusal | None:
    """The first bound that the value breaks; text and choices have none."""
    rank = _rank(value)
    if rank is None:
        return None
    lowest, highest = _rank(limits.min), _rank(limits.max)
    of_days = isinstance(value, date)
    if lowest is not None and rank < lowest:
        code, words = ("too-early", "or later") if of_days else ("too-small", "or more")
        return _refused(code, field, manner, f"as {kind.show(field, limits.min, manner)} {words}")
    if highest is not None and rank > highest:
        code, words = ("too-late", "or earlier") if of_days else ("too-large", "or less")
        return _refused(code, field, manner, f"as {kind.show(field, limits.max, manner)} {words}")
    if field.step and EXACT.remainder(Decimal(rank), field.step):
        return _refused("not-a-step", field, manner, f"in steps of {kind.show(field, field.step, manner)}")
    return None


def _rank(value: Value) -> int | Decimal | None:
    """Where numbers and days stand in their order."""
    if isinstance(value, date):
        return value.toordinal()
    return value if isinstance(value, (int, Decimal)) and not isinstance(value, bool) else None


def _refused(code: str, field: Field, manner: Manner, how: str) -> Refusal:
    return Refusal(code, f"Enter {named(field, manner)} {how}")
