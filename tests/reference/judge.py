"""Whether a reply is acceptable at a visit (FORMAT §2.1, §2.2): only the codes of what is wrong, no words."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from engine.errors import Refusal, RefusedError
from engine.expressions.expression import Scope
from engine.fields.catalogue import fit, parse, read
from engine.fields.field import Limits, Value
from engine.model import Anytime, Ask, Guide, Option
from engine.replies import Reply
from tests.reference.trip import Place, Said, entries, holds


def offered(place: Place) -> Iterator[tuple[int, Anytime]]:
    """The anytime entries whose condition holds in the guide that offers them, but none that opens what is open."""
    opened = [frame.guide.id for frame in place.stack]
    for number, entry in entries(place.stack):
        if entry.detour and entry.detour.guide in opened:
            continue
        if holds(entry.option.when, place.stack[number].scope(place.today)):
            yield number, entry


def asked(place: Place) -> list[Ask]:
    """The fields asked at a visit."""
    return [ask for ask in place.step.asks if holds(ask.when, place.scope)]


def limits(guide: Guide, id: str, scope: Scope) -> Limits:
    """The bounds of a field where they can be worked out."""
    bounds = guide.bounds.get(id)
    found = [bound.evaluate(scope) if bound else None for bound in ((bounds.min, bounds.max) if bounds else ())]
    held = [fit(guide.fields[id], bound) for bound in found]
    return Limits(*(near if near == bound else bound for near, bound in zip(held, found)))


class Judge:
    """Whether a reply is acceptable at a visit, and what is said by it."""

    def __init__(self, place: Place, reply: Reply, locale: str, today: date, approved: set[str]) -> None:
        self.place, self.reply, self.locale, self.today, self.approved = place, reply, locale, today, approved
        self.refusals: dict[str, Refusal] = {}

    def said(self) -> Said:
        """What is said. Raises `RefusedError`."""
        reply, place = self.reply, self.place
        own = next((option for option in place.options if option.id == reply.option), None)
        aside = [(n, e) for n, e in offered(place) if own is None and e.option.id == reply.option]
        if aside:
            ((number, entry),) = aside
            self._lock(entry.option, place.stack[number].scope(place.today))
            result = Said(reply.option, {}, {}, (), self.today, self._reasons({str(reply.option)}))
        else:
            values, checks = self._values(), {check.id for check in place.step.checks}
            self._checks(checks)
            self._option(own)
            typed = {id: text for id, text in reply.values.items() if reply.typed and isinstance(text, str)}
            reasons = self._reasons(checks | {str(reply.option)})
            result = Said(reply.option, values, typed, tuple(reply.checks), self.today, reasons)
        if self.refusals:
            raise RefusedError(self.refusals)
        return result

    def _refuse(self, what: str, code: str) -> None:
        self.refusals.setdefault(what, Refusal(code, code))

    def _reasons(self, ids: set[str]) -> dict[str, str]:
        return {id: reason.strip() for id, reason in self.reply.reasons.items() if id in ids and reason.strip()}

    def _values(self) -> dict[str, Value]:
        asks, values = {ask.field: ask for ask in asked(self.place)}, dict[str, Value]()
        for id in self.reply.values.keys() - asks.keys():
            self._refuse(id, "not-asked")
        for id, ask in asks.items():
            values[id] = self._value(id, values)
            if values[id] is None and ask.required:
                self._refuse(id, "missing")
        return values

    def _value(self, id: str, before: Mapping[str, Value]) -> Value:
        guide, raw = self.place.top.guide, self.reply.values.get(id)
        within = limits(guide, id, Scope({**self.place.scope.values, **before}, self.today, self.place.top))
        field = guide.fields[id]
        value = parse(field, raw, self.locale, within) if self.reply.typed else read(field, raw, within)
        if raw is not None and isinstance(value, Refusal):
            self._refuse(id, value.code)
        return None if raw is None or isinstance(value, Refusal) else value

    def _checks(self, known: set[str]) -> None:
        for id in self.reply.checks:
            if id not in known:
                self._refuse(f"check:{id}", "not-an-option")
        for check in self.place.step.checks:
            if check.required and check.id not in self.reply.checks:
                if check.override == "approval" and check.id not in self.approved:
                    self._refuse(f"check:{check.id}", "needs-approval")
                elif check.override == "never" or (check.override == "reason" and not self._reasons({check.id})):
                    self._refuse(f"check:{check.id}", "missing")

    def _option(self, own: Option | None) -> None:
        if not self.place.options:
            if self.reply.option is not None:
                self._refuse("option", "not-an-option")
        elif self.reply.option is None:
            self._refuse("option", "missing")
        elif own is None or not holds(own.when, self.place.scope):
            self._refuse("option", "not-an-option")
        else:
            self._lock(own, self.place.scope)

    def _lock(self, option: Option, scope: Scope) -> None:
        if holds(option.allow, scope):
            return
        if option.override == "reason":
            if not self._reasons({option.id}):
                self._refuse("option", "needs-reason")
        elif option.override == "approval":
            if option.id not in self.approved:
                self._refuse("option", "needs-approval")
        else:
            self._refuse("option", "locked")


def begun(guide: Guide, reply: Reply, here: tuple[str, date], outside: Mapping[str, Any]) -> dict[str, Value]:
    """The values that a guide is given when a person opens it `here`, in a locale on a day. Raises `RefusedError`.

    What is known from `outside` anyway need not be given.
    """
    (locale, today), told = here, dict(guide.outside)
    elsewhere = {id: read(guide.fields[id], outside.get(key)) for id, key in told.items()}
    known = {field.id: field for field in guide.given}
    refusals = {id: Refusal("not-asked", "") for id in reply.values.keys() - known.keys()}
    values: dict[str, Value] = {}
    for id, field in known.items():
        within, raw = limits(guide, id, Scope(values, today)), reply.values.get(id)
        value = parse(field, raw, locale, within) if reply.typed else read(field, raw, within)
        if raw is not None and isinstance(value, Refusal):
            refusals[id] = value
        elif raw is None or value is None:
            known_so = elsewhere.get(id) is not None and not isinstance(elsewhere[id], Refusal)
            refusals |= {id: Refusal("missing", "")} if field.required and not known_so else {}
        elif not isinstance(value, Refusal):
            values[id] = value
    if refusals:
        raise RefusedError(refusals)
    return values
