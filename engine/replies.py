"""Whether a reply is acceptable at a visit, and the typed answer it makes (FORMAT §2.1, §2.2)."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from engine.errors import Refusal, RefusedError
from engine.expressions.expression import Expression, Scope
from engine.fields.catalogue import NO_LIMITS, fit, missing, parse, read
from engine.fields.field import Field, Limits, Value
from engine.model import Ask, Guide, Option, Options
from engine.path import Answer, Visit


class Reply(NamedTuple):
    """What someone sends for the step on the screen.

    `values` by field id: texts as a person typed them in the session's locale where `typed`, else canonical JSON.
    """

    option: str | None = None
    values: Mapping[str, Any] = {}
    checks: tuple[str, ...] = ()
    typed: bool = False


class Circumstances(NamedTuple):
    """What a reply is judged by besides the visit: the session's locale and the date of the deciding event."""

    locale: str
    today: date


def holds(when: Expression | None, scope: Scope) -> bool:
    """Whether something is offered: it has no condition, or its condition is true (not unknown)."""
    return when is None or when.evaluate(scope) is True


def offered(visit: Visit) -> tuple[Option, ...]:
    """The options on offer at this visit, in the author's order."""
    exit = visit.step.exit
    if not isinstance(exit, Options):
        return ()
    return tuple(option for option in exit.options if holds(option.when, visit.scope))


def asked(visit: Visit) -> tuple[Ask, ...]:
    """The fields asked at this visit, in the author's order."""
    return tuple(ask for ask in visit.step.asks if holds(ask.when, visit.scope))


def limits(guide: Guide, field: str, scope: Scope) -> Limits:
    """The inclusive limits of a field's value here; a missing limit limits nothing."""
    bounds = guide.bounds.get(field)
    if bounds is None:
        return NO_LIMITS
    low, high = (bound.evaluate(scope) if bound else None for bound in (bounds.min, bounds.max))
    kind = guide.fields[field]
    return Limits(_as_held(kind, low), _as_held(kind, high))


def _as_held(field: Field, bound: Value) -> Value:
    """A bound as the field holds its values, unless that would move it: 5.5 stays 5.5 for whole numbers."""
    held = fit(field, bound)
    return held if held == bound else bound


def judge(visit: Visit, reply: Reply, circumstances: Circumstances) -> Answer:
    """The answer that this reply makes here. Raises `RefusedError` with every part that is not acceptable."""
    refusals: dict[str, Refusal] = {}
    step = visit.step
    values = _values(visit, reply, circumstances, refusals) if step.asks or reply.values else {}
    if step.checks or reply.checks:
        _judge_checks(visit, reply.checks, refusals)
    _judge_option(visit, reply.option, refusals)
    if refusals:
        raise RefusedError(refusals)
    typed = {id: text for id, text in reply.values.items() if isinstance(text, str)} if reply.typed else {}
    return Answer(reply.option, values, typed, reply.checks, circumstances.today)


def judge_given(guide: Guide, reply: Reply, circumstances: Circumstances) -> dict[str, Value]:
    """The typed given and fact values that a session starts with. Raises `RefusedError`."""
    known = {id: field for id, field in guide.fields.items() if field.given or field.fact}
    refusals = {id: _not_given(id) for id in reply.values if id not in known}
    values: dict[str, Value] = {}
    for id, field in known.items():
        scope = Scope(values, circumstances.today)
        values[id] = _value(field, reply, limits(guide, id, scope), circumstances.locale, refusals)
        if values[id] is None and field.given and field.required and id not in refusals:
            refusals[id] = missing(field, circumstances.locale)
    if refusals:
        raise RefusedError(refusals)
    return {id: value for id, value in values.items() if value is not None}


def _values(visit: Visit, reply: Reply, circumstances: Circumstances, refusals: dict[str, Refusal]) -> dict[str, Value]:
    guide = visit.frame.guide
    asks = {ask.field: ask for ask in asked(visit)}
    refusals.update({id: _not_asked(id) for id in reply.values if id not in asks})
    values: dict[str, Value] = {}
    for id, ask in asks.items():
        field, within = guide.fields[id], NO_LIMITS
        if id in guide.bounds:
            within = limits(guide, id, Scope({**visit.values, **values}, circumstances.today, visit.tally))
        values[id] = _value(field, reply, within, circumstances.locale, refusals)
        if values[id] is None and ask.required and id not in refusals:
            refusals[id] = missing(field, circumstances.locale)
    return values


def _value(field: Field, reply: Reply, within: Limits, locale: str, refusals: dict[str, Refusal]) -> Value:
    raw = reply.values.get(field.id)
    if raw is None:
        return None
    value = parse(field, raw, locale, within) if reply.typed else read(field, raw, within)
    if isinstance(value, Refusal):
        refusals[field.id] = value
        return None
    return value


def _judge_checks(visit: Visit, ticked: tuple[str, ...], refusals: dict[str, Refusal]) -> None:
    known = {check.id for check in visit.step.checks}
    for id in ticked:
        if id not in known:
            refusals[f"check:{id}"] = Refusal("not-an-option", f"'{id}' is not a check of this step.")
    for check in visit.step.checks:
        if check.required and check.id not in ticked:
            message = f"Tick “{check.label}” once it is done."
            refusals[f"check:{check.id}"] = Refusal("missing", message)


def _judge_option(visit: Visit, option: str | None, refusals: dict[str, Refusal]) -> None:
    exit = visit.step.exit
    if not isinstance(exit, Options):
        if option is not None:
            message = "This step has no answers to choose from; continue without one."
            refusals["option"] = Refusal("not-an-option", message)
    elif option is None:
        refusals["option"] = Refusal("missing", "Choose one of the answers.")
    elif (chosen := exit.find(option)) is None or not holds(chosen.when, visit.scope):
        message = f"'{option}' is not one of the answers here; choose one that is shown."
        refusals["option"] = Refusal("not-an-option", message)


def _not_asked(id: str) -> Refusal:
    return Refusal("not-asked", f"'{id}' is not asked at this step; leave it out.")


def _not_given(id: str) -> Refusal:
    return Refusal("not-asked", f"'{id}' is not given when this guide starts; leave it out.")
