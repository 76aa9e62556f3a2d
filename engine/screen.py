"""What a person sees now, as plain values without HTML: the `screen` of the HTTP interface (CONTRACTS §3)."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from engine.content import Content, fill
from engine.documents import Offered
from engine.documents import offered as offered_documents
from engine.errors import Refusal
from engine.expressions.expression import Scope
from engine.fields.catalogue import plain, read
from engine.fields.field import Choice, Field
from engine.model import Ask, Check, Ending, Option
from engine.path import Answer, Visit, closed_before
from engine.replies import asked, holds, limits, offered, offered_anytime
from engine.state import State


class ShownCheck(NamedTuple):
    """Evidence to tick; `ticked` where an earlier answer had it.

    `override` says how a required one may be left open: `reason`, `approval`, or `never`.
    """

    id: str
    label: str
    source: str
    required: bool
    ticked: bool
    override: str


class ShownAsk(NamedTuple):
    """A field to fill in. `min`, `max` and `value` are canonical and plain, `value` an earlier answer or the default.

    `typed` is the text as it was typed before, where that differs from the canonical value.
    """

    field: str
    type: str
    label: str
    help: str
    required: bool
    min: Any
    max: Any
    unit: str
    currency: str
    options: tuple[Mapping[str, str], ...]
    value: Any
    typed: str | None


class ShownOption(NamedTuple):
    """An answer on offer; `chosen` where an earlier answer was this one.

    One that is not `allowed` is locked: `because` says why, `override` what opens it (`reason`, `approval`, or None).
    """

    id: str
    label: str
    hint: str
    allowed: bool
    because: str
    override: str | None
    chosen: bool


class ShownDocument(NamedTuple):
    """What can be had in writing here; `kind` is email, letter or summary. Its text is `documents.produce`d."""

    id: str
    kind: str
    title: str


class Screen(NamedTuple):
    """The whole of what a person sees. `before` holds the closing texts of called guides that just ended."""

    before: tuple[Content, ...]
    content: Content
    guide: str
    stage: str | None
    checks: tuple[ShownCheck, ...]
    asks: tuple[ShownAsk, ...]
    options: tuple[ShownOption, ...]
    anytime: tuple[ShownOption, ...]
    documents: tuple[ShownDocument, ...]
    skippable: bool
    missing: tuple[str, ...]
    progress: Mapping[str, int] | None
    outcome: Mapping[str, str] | None

    def to_dict(self) -> dict[str, Any]:
        """The plain form of CONTRACTS §3."""
        plain = {name: _plain(value) for name, value in self._asdict().items() if name != "content"}
        return {**_plain(self.content), **plain}


def _plain(value: Any) -> Any:
    """Named tuples as mappings and other tuples as lists, all the way down."""
    if isinstance(value, tuple):
        named = getattr(value, "_fields", None)
        parts = [_plain(part) for part in value]
        return dict(zip(named, parts)) if named else parts
    return value


def build(state: State, content: Content | None = None) -> Screen:
    """The screen of a session as it stands; `content` are its texts where they are filled already."""
    visit, answer, locale = state.visit, state.suggestion, state.locale
    step, guide, scope = visit.step, visit.frame.guide, visit.scope
    return Screen(
        before=tuple([fill(closed.step, closed.scope, locale) for closed in closed_before(visit)]),
        content=content or fill(step, scope, locale),
        guide=guide.id,
        stage=(guide.stages or {}).get(step.stage or ""),
        checks=tuple([_check(check, answer) for check in step.checks]),
        asks=tuple([_ask(ask, visit, answer) for ask in asked(visit)]),
        options=tuple([_option(option, answer, scope, locale) for option in offered(visit)]),
        anytime=() if visit.ends_session else tuple(_anytime(visit, answer, locale)),
        documents=tuple([_document(offer) for offer in offered_documents(visit)]),
        skippable=bool(step.skip_to),
        missing=tuple(dict.fromkeys([id for text in step.gaps for id in text.missing(scope)])),
        progress=_progress(visit),
        outcome=_outcome(visit),
    )


def _document(offer: Offered) -> ShownDocument:
    return ShownDocument(offer.id, offer.document.kind, offer.document.title)


def _check(check: Check, answer: Answer | None) -> ShownCheck:
    ticked = answer is not None and check.id in answer.checks
    return ShownCheck(check.id, check.label, check.source, check.required, ticked, check.override)


def _ask(ask: Ask, visit: Visit, answer: Answer | None) -> ShownAsk:
    field = visit.frame.guide.fields[ask.field]
    within = limits(visit.frame.guide, field.id, visit.scope)
    return ShownAsk(
        field=field.id,
        type=field.type,
        label=field.label,
        help=field.help,
        required=ask.required,
        min=plain(within.min),
        max=plain(within.max),
        unit=field.unit,
        currency=field.currency,
        options=tuple(_choice(choice) for choice in field.options),
        value=_value(field, visit, answer),
        typed=answer.typed.get(field.id) if answer else None,
    )


def _value(field: Field, visit: Visit, answer: Answer | None) -> Any:
    if answer is not None and field.id in answer.values:
        return plain(answer.values[field.id])
    known = visit.values.get(field.id)
    if known is not None or field.default is None:
        return plain(known)
    offered = read(field, field.default)
    assert not isinstance(offered, Refusal), "a default was read when the guide compiled"
    return plain(offered)


def _choice(choice: Choice) -> Mapping[str, str]:
    return {"id": choice.id, "label": choice.label, "hint": choice.hint}


def _option(option: Option, answer: Answer | None, scope: Scope, locale: str) -> ShownOption:
    chosen = answer is not None and answer.option == option.id
    hint = option.hint.fill(scope, locale)
    if option.allow is None or holds(option.allow, scope):
        return ShownOption(option.id, option.label, hint, True, "", None, chosen)
    because = option.because.fill(scope, locale)
    return ShownOption(option.id, option.label, hint, False, because, option.override or None, chosen)


def _anytime(visit: Visit, answer: Answer | None, locale: str) -> Iterator[ShownOption]:
    for offer in offered_anytime(visit):
        yield _option(offer.entry.option, answer, Scope(offer.values, visit.today, offer.tally), locale)


def _progress(visit: Visit) -> Mapping[str, int] | None:
    """The number of the stage from 1 and how many there are, where the step names one."""
    stages = list(visit.frame.guide.stages or {})
    if visit.step.stage not in stages:
        return None
    return {"stage": stages.index(visit.step.stage) + 1, "of": len(stages)}


def _outcome(visit: Visit) -> Mapping[str, str] | None:
    if not (visit.ends_session and isinstance(visit.step.exit, Ending)):
        return None
    outcome = visit.frame.guide.outcomes[visit.step.exit.outcome]
    return {"id": outcome.id, "label": outcome.label, "kind": outcome.kind}
