"""What a person sees now, as plain values without HTML: the `screen` of the HTTP interface (CONTRACTS §3)."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from engine.errors import Refusal
from engine.fields.catalogue import plain, read
from engine.fields.field import Choice, Field
from engine.model import Ask, Check, Ending, Option, Step
from engine.path import Answer, Visit, backwards
from engine.replies import asked, limits, offered
from engine.state import State
from engine.text import Text


@dataclass(frozen=True, slots=True)
class ShownCheck:
    """Evidence to tick; `ticked` where an earlier answer had it."""

    id: str
    label: str
    source: str
    required: bool
    ticked: bool


@dataclass(frozen=True, slots=True)
class ShownAsk:
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


@dataclass(frozen=True, slots=True)
class ShownOption:
    """An answer on offer; `chosen` where an earlier answer was this one."""

    id: str
    label: str
    hint: str
    allowed: bool
    because: str
    override: str | None
    chosen: bool


@dataclass(frozen=True, slots=True)
class Content:
    """The texts of one step, filled in: Markdown in `say`, `points`, `never` and `note`, plain text elsewhere."""

    step: str
    title: str
    say: str
    points: tuple[str, ...]
    never: tuple[str, ...]
    note: str
    question: str


@dataclass(frozen=True, slots=True)
class Screen:
    """The whole of what a person sees. `before` holds the closing texts of called guides that just ended."""

    before: tuple[Content, ...]
    content: Content
    guide: str
    stage: str | None
    checks: tuple[ShownCheck, ...]
    asks: tuple[ShownAsk, ...]
    options: tuple[ShownOption, ...]
    missing: tuple[str, ...]
    progress: Mapping[str, int] | None
    outcome: Mapping[str, str] | None

    def to_dict(self) -> dict[str, Any]:
        """The plain form of CONTRACTS §3; `anytime` and `documents` are lists that guides cannot fill yet."""
        content = asdict(self.content)
        rest = {**asdict(self), "anytime": [], "documents": []}
        del rest["content"]
        return {**content, **rest}


def build(state: State) -> Screen:
    """The screen of a session as it stands."""
    visit, answer = state.visit, state.suggestion
    step, guide = visit.step, visit.frame.guide
    return Screen(
        before=tuple(content(closed, state.locale) for closed in _closed_before(visit)),
        content=content(visit, state.locale),
        guide=guide.id,
        stage=(guide.stages or {}).get(step.stage or ""),
        checks=tuple(_check(check, answer) for check in step.checks),
        asks=tuple(_ask(ask, visit, answer) for ask in asked(visit)),
        options=tuple(_option(option, visit, answer, state.locale) for option in offered(visit)),
        missing=tuple(dict.fromkeys(id for text in _texts(step) for id in text.missing(visit.scope))),
        progress=_progress(visit),
        outcome=_outcome(visit),
    )


def content(visit: Visit, locale: str) -> Content:
    """The texts of the step visited, filled with the values of that visit."""
    step, scope = visit.step, visit.scope
    return Content(
        step=step.id,
        title=step.name.fill(scope, locale),
        say=step.say.fill(scope, locale),
        points=tuple(text.fill(scope, locale) for text in step.points),
        never=tuple(text.fill(scope, locale) for text in step.never),
        note=step.note.fill(scope, locale),
        question=step.question.fill(scope, locale),
    )


def text_digest(visit: Visit, locale: str) -> str:
    """The first 32 hexadecimal digits of the SHA-256 of a visit's texts as they were shown."""
    scope = visit.scope
    shown = "\0".join(text.fill(scope, locale) for text in _texts(visit.step))
    return hashlib.sha256(shown.encode()).hexdigest()[:32]


def _texts(step: Step) -> Iterator[Text]:
    yield from (step.title, step.say, step.note, step.question)
    yield from step.points
    yield from step.never


def _closed_before(visit: Visit) -> list[Visit]:
    """The outcome steps with content that were passed since the screen before, the first one first."""
    closed = []
    for passed in backwards(visit.previous):
        if passed.answer is not None and passed.answer.seq:
            break
        if isinstance(passed.step.exit, Ending) and passed.step.has_content:
            closed.append(passed)
    return closed[::-1]


def _check(check: Check, answer: Answer | None) -> ShownCheck:
    ticked = answer is not None and check.id in answer.checks
    return ShownCheck(check.id, check.label, check.source, check.required, ticked)


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


def _option(option: Option, visit: Visit, answer: Answer | None, locale: str) -> ShownOption:
    hint = option.hint.fill(visit.scope, locale)
    chosen = answer is not None and answer.option == option.id
    return ShownOption(option.id, option.label, hint, True, "", None, chosen)


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
