"""What a person sees now, as plain values without HTML: the `screen` of the HTTP interface (CONTRACTS §3)."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from engine.content import Content
from engine.documents import Offered
from engine.documents import offered as offered_documents
from engine.expressions.expression import Scope
from engine.fields.catalogue import plain
from engine.model import Ask, Ending, Option, Options, Step
from engine.path import Offer
from engine.replies import asked, holds, limits, offered_anytime
from engine.shown import ShownAsk, ShownCheck, ShownDocument, ShownImage, ShownOption
from engine.state import State
from engine.visits import Answer, Visit, closed_before


class Screen(NamedTuple):
    """The whole of what a person sees. `before` holds the closing texts of called guides that just ended.

    `images` are theirs, then the step's own.
    """

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
    images: tuple[ShownImage, ...]

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
    step, guide, scope, ended = visit.step, visit.frame.guide, visit.scope, visit.ends_session
    closed, documents = closed_before(visit), offered_documents(visit)
    approved = state.approved(visit.key) if state.approvals else NOTHING
    return Screen(
        tuple([each.step.words.fill(each.scope, locale) for each in closed]) if closed else (),
        content or step.words.fill(scope, locale),
        guide.id,
        guide.stages.get(step.stage) if guide.stages and step.stage else None,
        tuple([check.shown(ticked=bool(answer and check.id in answer.checks)) for check in step.checks]),
        tuple([_ask(ask, visit, answer) for ask in asked(visit)]) if step.asks else (),
        _opened(_options(step.exit, answer, scope, locale), approved) if isinstance(step.exit, Options) else (),
        () if ended else _opened(_anytime(visit, answer, locale), approved),
        tuple([_document(offer) for offer in documents]) if documents else (),
        bool(step.skip_to),
        step.words.missing(scope),
        guide.progress.get(step.stage) if step.stage else None,
        _outcome(visit) if ended else None,
        _images(step, closed) if step.images or closed else (),
    )


def _images(step: Step, closed: tuple[Visit, ...]) -> tuple[ShownImage, ...]:
    return tuple([image.shown for each in (*[visit.step for visit in closed], step) for image in each.images])


def _document(offer: Offered) -> ShownDocument:
    return ShownDocument(offer.id, offer.document.kind, offer.document.title)


def _ask(ask: Ask, visit: Visit, answer: Answer | None) -> ShownAsk:
    guide = visit.frame.guide
    shown = guide.asked[ask.field]
    if ask.field not in guide.limits:
        within = limits(guide, ask.field, visit.scope)
        shown = shown._replace(min=plain(within.min), max=plain(within.max))
    if answer is not None and ask.field in answer.entered:
        value, typed = plain(answer.entered[ask.field]), answer.typed.get(ask.field)
        return shown._replace(required=ask.required, value=value, typed=typed)
    known = visit.values.get(ask.field)
    if known is None and ask.required:
        return shown
    return shown._replace(required=ask.required, value=shown.value if known is None else plain(known))


def _options(exit: Options, answer: Answer | None, scope: Scope, locale: str) -> tuple[ShownOption, ...]:
    if not exit.vary and answer is None:
        return exit.shown
    return tuple([_option(each, answer, scope, locale) for each in exit.options if holds(each.when, scope)])


def _option(option: Option, answer: Answer | None, scope: Scope, locale: str) -> ShownOption:
    chosen = answer is not None and answer.option == option.id
    if not (option.varies or chosen):
        return option.shown
    hint = option.hint.fill(scope, locale)
    if holds(option.allow, scope):
        return ShownOption(option.id, option.label, hint, True, "", None, chosen)
    because = option.because.fill(scope, locale)
    return ShownOption(option.id, option.label, hint, False, because, option.override or None, chosen)


NOTHING: frozenset[str] = frozenset()
"""What a second person has approved where nobody was asked."""


def _opened(options: tuple[ShownOption, ...], approved: frozenset[str]) -> tuple[ShownOption, ...]:
    """The options with those open that a second person approved."""
    if not approved:
        return options
    return tuple(
        [
            option._replace(allowed=True, because="", override=None) if option.id in approved else option
            for option in options
        ]
    )


def _anytime(visit: Visit, answer: Answer | None, locale: str) -> tuple[ShownOption, ...]:
    def shown(offer: Offer) -> ShownOption:
        return _option(offer.entry.option, answer, Scope(offer.values, visit.today, offer.tally), locale)

    return tuple([shown(offer) for offer in offered_anytime(visit)])


def _outcome(visit: Visit) -> Mapping[str, str]:
    exit = visit.step.exit
    assert isinstance(exit, Ending), "a session ends at an outcome"
    outcome = visit.frame.guide.outcomes[exit.outcome]
    return {"id": outcome.id, "label": outcome.label, "kind": outcome.kind}
