"""What changed in the fields of a guide: what is asked, and which values are accepted."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal

from engine.bounds import Bounds
from engine.comparison.difference import Difference, Subject, Voice
from engine.comparison.renaming import Sides
from engine.expressions.expression import Expression, Scope
from engine.fields.field import Choice, Field
from engine.model import Guide

_DAYS = tuple(date(2028, 1, 1) + timedelta(days=day) for day in range(366))
"""The days on which bounds that count from today are compared."""
_NONE = Bounds()


def field_differences(sides: Sides) -> Iterator[Difference]:
    """Every difference in fields, in the newer guide's order, those that are gone last."""
    old, new = sides.old, sides.new
    for field in new.fields.values():
        voice = Voice(Subject("field", field.id, field.label))
        before = old.fields.get(field.id)
        if before is None:
            yield voice.tell(
                "added", f"this field is new; its type is {field.type}, and its value is {_origin(new, field)}"
            )
        else:
            yield from _declared(voice, before, field)
            yield from voice.code("where its value comes from", _origin(old, before), _origin(new, field))
            yield from _bounds(voice, old.bounds.get(field.id, _NONE), new.bounds.get(field.id, _NONE))
            yield from _choices(voice, before.options, field.options)
    for field in old.fields.values():
        if field.id not in new.fields:
            yield Voice(Subject("field", field.id, field.label)).tell("removed", "this field is gone")


def _declared(voice: Voice, old: Field, new: Field) -> Iterator[Difference]:
    yield from voice.text("the label", old.label, new.label)
    yield from voice.value("the type", old.type, new.type)
    yield from voice.value("the currency", old.currency, new.currency)
    yield from voice.value("an answer", _required(old), _required(new), _compared(old.required, new.required))
    yield from voice.text("the help", old.help, new.help)
    yield from voice.code("what is filled in at first", old.default or "", new.default or "")
    for name, key, stricter in _LENGTHS:
        was, now = getattr(old, key), getattr(new, key)
        yield from voice.limit(name, _number(was), _number(now), _stricter(was, now, stricter))
    pattern = _compared(bool(old.pattern), bool(new.pattern))
    yield from voice.code("the pattern", old.pattern or "", new.pattern or "", pattern)
    yield from voice.text("what is said where the pattern does not fit", old.message or "", new.message or "")
    yield from voice.value("the step between values", _number(old.step), _number(new.step))
    yield from voice.value("the unit", old.unit, new.unit)
    yield from voice.value("the field", _personal(old), _personal(new))
    yield from voice.value("the option that excludes the others", old.none_option or "", new.none_option or "")


_LENGTHS = (
    ("the least number of characters", "min_length", 1),
    ("the greatest number of characters", "max_length", -1),
    ("the greatest number of decimals", "decimals", -1),
)
"""What is counted of an answer, and whether a greater (1) or a less (-1) number refuses more."""


def _required(field: Field) -> str:
    return "required" if field.required else "optional"


def _personal(field: Field) -> str:
    return "personal: masked, and can be erased" if field.personal else "not personal"


def _number(value: int | Decimal | None) -> str:
    return "" if value is None else f"{value}"


def _origin(guide: Guide, field: Field) -> str:
    """Where a field's value comes from, in words."""
    formula = next((formula.source for id, formula in guide.computed if id == field.id), "")
    parts = [
        f"computed as {formula}" if field.computed else "",
        "given when a session starts" if field.given else "",
        f"taken from {field.source}" if field.source else "",
        f"the fact {' '.join(str(part) for part in field.fact if part)}" if field.fact else "",
    ]
    return ", ".join(filter(None, parts)) or "answered or set in steps"


def _bounds(voice: Voice, old: Bounds, new: Bounds) -> Iterator[Difference]:
    least = _strictness(old.min, new.min, 1)
    yield from voice.limit("the least value", _source(old.min), _source(new.min), least)
    greatest = _strictness(old.max, new.max, -1)
    yield from voice.limit("the greatest value", _source(old.max), _source(new.max), greatest)


def _source(expression: Expression | None) -> str:
    return expression.source if expression else ""


def _strictness(was: Expression | None, now: Expression | None, stricter: int) -> str:
    """Whether another bound refuses more, where a greater (1) or a less (-1) one is `stricter`."""
    if was is None or now is None or was.source == now.source:
        return _compared(was is not None, now is not None)
    signs = {_sign(was, now, day) for day in _DAYS}
    return _compared(0, signs.pop() * stricter) if len(signs) == 1 else "changed"


def _sign(was: Expression, now: Expression, day: date) -> int:
    """1 where the bound is greater now on this day, -1 where it is less, 0 where it is not, or fields decide."""
    if was.fields | now.fields | was.steps | now.steps:
        return 0
    before, after = (each.evaluate(Scope({}, day)) for each in (was, now))
    if isinstance(before, date) and isinstance(after, date):
        return (after > before) - (after < before)
    if isinstance(before, str) and isinstance(after, str):  # months and times sort as they are written
        return (after > before) - (after < before)
    if isinstance(before, int | Decimal) and isinstance(after, int | Decimal):
        return (after > before) - (after < before)
    return 0


def _compared(was: float, now: float) -> str:
    """Whether more of this refuses more: `tightened`, `loosened`, or only `changed`."""
    return "tightened" if now > was else "loosened" if now < was else "changed"


def _stricter(was: int | None, now: int | None, stricter: int) -> str:
    """The same for numbers of which a greater (1) or a less (-1) one is `stricter`, and none refuses nothing."""
    if was is None or now is None:
        return _compared(was is not None, now is not None)
    return _compared(was * stricter, now * stricter)


def _choices(voice: Voice, old: Iterable[Choice], new: Iterable[Choice]) -> Iterator[Difference]:
    before, after = {choice.id: choice for choice in old}, {choice.id: choice for choice in new}
    for id, choice in after.items():
        if id not in before:
            yield voice.tell("loosened", f"the option “{choice.label}” ('{id}') is new")
            continue
        if before[id].label != choice.label:
            words = f"the option “{before[id].label}” is now called “{choice.label}”"
            yield voice.tell("wording", words, before[id].label, choice.label)
        yield from voice.text(f"the hint of the option “{choice.label}”", before[id].hint, choice.hint)
    for id, choice in before.items():
        if id not in after:
            yield voice.tell("tightened", f"the option “{choice.label}” ('{id}') is gone")
    yield from voice.order("its options", list(before), list(after))
