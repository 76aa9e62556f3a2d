"""Whether a reply is acceptable at a visit, and the typed answer it makes (FORMAT §2.1, §2.2)."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from engine.errors import Refusal, RefusedError, sent
from engine.expressions.expression import Expression, Scope
from engine.fields.catalogue import missing, read
from engine.fields.field import Field, Limits, Value
from engine.fields.hands import Hands, hands, parse_by
from engine.model import Ask, Check, Guide, Option, Options
from engine.path import Offer, anytime_of
from engine.problems import suggestion
from engine.sentences import sentence
from engine.visits import Answer, Visit, from_outside


class Reply(NamedTuple):
    """What someone sends for the step on the screen.

    `values` by field id: texts as a person typed them where `typed`, else canonical JSON. Texts are read by the
    session's locale, and where the `reader` (the locale of who typed them) is of another language, by that one too.
    `reasons` by option or check id: why something locked is chosen, or a required check left open.
    """

    option: str | None = None
    values: Mapping[str, Any] = {}
    checks: tuple[str, ...] = ()
    typed: bool = False
    reasons: Mapping[str, str] = {}
    reader: str = ""

    def by(self, circumstances: "Circumstances") -> Hands:
        """In whose manner the values may be, in a session of this locale on this day."""
        return hands(self.reader, circumstances.locale, circumstances.today)


class Circumstances(NamedTuple):
    """What a reply is judged by besides the visit: the session's locale, the date of the deciding event, and the ids
    of the options and checks that a second person approved here. `seq` is that of the event that will carry the answer.
    """

    locale: str
    today: date
    approved: frozenset[str] = frozenset()
    seq: int = 0


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
    return tuple([ask for ask in visit.step.asks if ask.when is None or holds(ask.when, visit.scope)])


def limits(guide: Guide, field: str, scope: Scope) -> Limits:
    """The inclusive limits of a field's value here; a missing limit limits nothing."""
    always = guide.limits.get(field)
    return guide.bounds[field].within(guide.fields[field], scope) if always is None else always


def judge(visit: Visit, reply: Reply, circumstances: Circumstances) -> Answer:
    """The answer that this reply makes here. Raises `RefusedError` with every part that is not acceptable.

    An anytime entry leaves the step as it stands: fields and checks sent with it are neither judged nor taken.
    """
    refusals: dict[str, Refusal] = {}
    step, today, seq = visit.step, circumstances.today, circumstances.seq
    aside = _anytime(visit, reply.option)
    if aside is not None:
        _judge_lock(aside.entry.option, _there(visit, aside), reply, circumstances, refusals)
        if refusals:
            raise RefusedError(refusals)
        return Answer(reply.option, {}, {}, (), today, seq, _used(reply, (aside.entry.option.id,)))
    values = _values(visit, reply, circumstances, refusals) if step.asks or reply.values else {}
    if step.checks or reply.checks:
        _judge_checks(visit, reply, circumstances, refusals)
    _judge_option(visit, reply, circumstances, refusals)
    if refusals:
        raise RefusedError(refusals)
    typed = {id: text for id, text in reply.values.items() if isinstance(text, str)} if reply.typed else {}
    reasons = _used(reply, (reply.option or "", *(check.id for check in step.checks))) if reply.reasons else {}
    return Answer(reply.option, values, typed, reply.checks, today, seq, reasons)


def offered_anytime(visit: Visit) -> tuple[Offer, ...]:
    """The anytime entries on offer at this visit, its own guide's first; an option of the step hides one of its id.

    One that opens a guide which is open here already leads nowhere new, so it is not on offer.
    """
    if visit.frame.caller is None and not visit.frame.guide.anytime:
        return ()
    exit = visit.step.exit
    offers = [offer for offer in anytime_of(visit) if holds(offer.entry.option.when, _there(visit, offer))]
    if visit.frame.caller is not None:
        opened = {each.guide.id for each in visit.frame.stack}
        offers = [offer for offer in offers if offer.entry.detour is None or offer.entry.detour.guide not in opened]
    own = exit.by_id.keys() if isinstance(exit, Options) else ()
    return tuple([offer for offer in offers if offer.entry.option.id not in own])


def _there(visit: Visit, offer: Offer) -> Scope:
    return Scope(offer.values, visit.today, offer.tally)


def _anytime(visit: Visit, option: str | None) -> Offer | None:
    """The anytime entry of this id, where it is on offer and no option of the step has the id."""
    if option is None or (isinstance(visit.step.exit, Options) and visit.step.exit.find(option)):
        return None
    return next((offer for offer in offered_anytime(visit) if offer.entry.option.id == option), None)


def _used(reply: Reply, ids: tuple[str, ...]) -> dict[str, str]:
    """The reasons given for what this step has, without blanks around them."""
    return {id: reason.strip() for id, reason in reply.reasons.items() if id in ids and reason.strip()}


def judge_given(
    guide: Guide, reply: Reply, circumstances: Circumstances, told: Mapping[str, Any], *, preview: bool = False
) -> dict[str, Value]:
    """The typed values that a session starts with: given ones and, in a `preview`, those that come from outside.

    What is `told` from outside, by source, need not be given. Raises `RefusedError`.
    """
    known = {field.id: field for field in guide.given}
    if preview and guide.outside:
        outside = dict(guide.outside)
        known = {id: field for id, field in guide.fields.items() if field.given or id in outside}
    refusals = {id: _not_given(id) for id in reply.values if id not in known}
    values: dict[str, Value] = {}
    elsewhere, by = from_outside(guide, told), reply.by(circumstances)
    for id, field in known.items():
        scope = Scope(values, circumstances.today)
        values[id] = _value(field, reply, limits(guide, id, scope), by, refusals)
        needed = field.given and field.required and id not in elsewhere
        if values[id] is None and needed and id not in refusals:
            refusals[id] = missing(field, by.own)
    if refusals:
        raise RefusedError(refusals)
    return {id: value for id, value in values.items() if value is not None}


def _values(visit: Visit, reply: Reply, circumstances: Circumstances, refusals: dict[str, Refusal]) -> dict[str, Value]:
    guide = visit.frame.guide
    asks = {ask.field: ask for ask in asked(visit)}
    if not reply.values.keys() <= asks.keys():
        refusals.update({id: _not_asked(id) for id in reply.values if id not in asks})
    values: dict[str, Value] = {}
    by = reply.by(circumstances)
    for id, ask in asks.items():
        field, within = guide.fields[id], guide.limits.get(id)
        if within is None:
            within = limits(guide, id, Scope({**visit.values, **values}, circumstances.today, visit.tally))
        values[id] = _value(field, reply, within, by, refusals)
        if values[id] is None and ask.required and id not in refusals:
            refusals[id] = missing(field, by.own)
    return values


def _value(field: Field, reply: Reply, within: Limits, by: Hands, refusals: dict[str, Refusal]) -> Value:
    raw = reply.values.get(field.id)
    if raw is None:
        return None
    value = parse_by(field, raw, by, within) if reply.typed else read(field, raw, within)
    if isinstance(value, Refusal):
        refusals[field.id] = value
        return None
    return value


def _judge_checks(visit: Visit, reply: Reply, circumstances: Circumstances, refusals: dict[str, Refusal]) -> None:
    known = {check.id for check in visit.step.checks}
    for id in reply.checks:
        if id not in known:
            refusals[f"check:{id}"] = Refusal(
                "not-an-option", sentence("{sent} is not a check of this step.", sent=sent(id))
            )
    for check in visit.step.checks:
        if check.required and check.id not in reply.checks:
            refusal = _open_check(check, reply, circumstances)
            if refusal is not None:
                refusals[f"check:{check.id}"] = refusal


def _open_check(check: Check, reply: Reply, circumstances: Circumstances) -> Refusal | None:
    """Why a required check cannot be left open, or None where it can."""
    what = check.label
    if check.override == "never":
        return Refusal("missing", sentence("Tick “{check}” once it is done.", check=what))
    if check.override == "approval":
        passed = check.id in circumstances.approved
        return (
            None
            if passed
            else Refusal(
                "needs-approval",
                sentence("Tick “{check}” once it is done, or ask a second person to approve going on.", check=what),
            )
        )
    passed = bool(reply.reasons.get(check.id, "").strip())
    return (
        None
        if passed
        else Refusal(
            "missing", sentence("Tick “{check}” once it is done, or give a reason for going on without it.", check=what)
        )
    )


def _judge_option(visit: Visit, reply: Reply, circumstances: Circumstances, refusals: dict[str, Refusal]) -> None:
    exit, option = visit.step.exit, reply.option
    if not isinstance(exit, Options):
        if option is not None:
            message = sentence("This step has no answers to choose from; continue without one.")
            refusals["option"] = Refusal("not-an-option", message)
    elif option is None:
        refusals["option"] = Refusal("missing", sentence("Choose one of the answers."))
    elif (chosen := exit.find(option)) is None or (chosen.when and not holds(chosen.when, visit.scope)):
        refusals["option"] = Refusal("not-an-option", _no_answer(visit, option))
    elif chosen.allow:
        _judge_lock(chosen, visit.scope, reply, circumstances, refusals)


def _no_answer(visit: Visit, sent_id: str) -> str:
    """That an answer is none, and which there are, by the ids that authors and programs write."""
    ids = [option.id for option in (*offered(visit), *(offer.entry.option for offer in offered_anytime(visit)))]
    near = suggestion(sent_id, ids)
    told = f"; {near}" if near else "."
    return f"{sent(sent_id)} is not one of the answers here; the answers here are: {', '.join(ids)}{told}"


def _judge_lock(
    option: Option, scope: Scope, reply: Reply, circumstances: Circumstances, refusals: dict[str, Refusal]
) -> None:
    if holds(option.allow, scope):
        return
    because = option.because.fill(scope, circumstances.locale).strip().rstrip(".")
    if option.override == "reason":
        if not reply.reasons.get(option.id, "").strip():
            refusals["option"] = Refusal(
                "needs-reason", sentence("{because}. Give a reason to choose it all the same.", because=because)
            )
    elif option.override == "approval":
        if option.id not in circumstances.approved:
            refusals["option"] = Refusal(
                "needs-approval", sentence("{because}. Ask a second person to approve it.", because=because)
            )
    else:
        refusals["option"] = Refusal("locked", sentence("{because}. Choose another answer.", because=because))


def _not_asked(id: str) -> Refusal:
    return Refusal("not-asked", sentence("{sent} is not asked at this step; leave it out.", sent=sent(id)))


def _not_given(id: str) -> Refusal:
    return Refusal("not-asked", sentence("{sent} is not given when this guide starts; leave it out.", sent=sent(id)))
