"""What a person sees at a visit, as plain values (CONTRACTS §3)."""

from collections.abc import Iterator
from typing import Any

from engine.expressions.expression import Scope
from engine.fields.catalogue import plain, read
from engine.model import Ask, Ending, Option
from engine.text import Text
from tests.reference.judge import asked, limits, offered
from tests.reference.session import Session
from tests.reference.trip import Place, Said, holds


def screen(session: Session) -> dict[str, Any]:
    """The screen of a session."""
    place, said, locale = session.place, session.suggestion, session.locale
    scope, top = place.scope, place.top
    return {
        **texts(place, locale),
        "before": [texts(closed, locale) for closed in session.closed],
        "guide": top.guide.id,
        "checks": {check.id: bool(said and check.id in said.checks) for check in place.step.checks},
        "asks": [_ask(ask, place, said) for ask in asked(place)],
        "options": _options(session, [(scope, each) for each in place.options if holds(each.when, scope)]),
        "anytime": [] if place.ends else _anytime(session),
        "documents": list(documents(session)),
        "skippable": bool(place.step.skip_to),
        "missing": _missing(place, scope),
        "outcome": place.step.exit.outcome if place.ends and isinstance(place.step.exit, Ending) else None,
    }


def texts(place: Place, locale: str) -> dict[str, Any]:
    """The texts of a step as they are filled at a visit."""

    def fill(text: Text) -> str:
        return text.fill(place.scope, locale)

    step = place.step
    return {
        "step": step.id,
        "title": fill(step.title or step.question) or step.id.replace("-", " ").capitalize(),
        "say": fill(step.say),
        "points": [fill(text) for text in step.points],
        "never": [fill(text) for text in step.never],
        "note": fill(step.note),
        "question": fill(step.question),
    }


def documents(session: Session) -> Iterator[tuple[str, str, str]]:
    """Id, subject and body of every document on offer."""
    for name, place in session.documents:
        document, scope = place.top.guide.documents[name.rpartition("/")[2]], place.scope
        yield name, document.subject.fill(scope, session.locale), document.body.fill(scope, session.locale)


def _ask(ask: Ask, place: Place, said: Said | None) -> dict[str, Any]:
    field, guide = place.top.guide.fields[ask.field], place.top.guide
    within = limits(guide, ask.field, place.scope)
    known = plain(place.scope.values.get(ask.field))
    entered = {**said.hidden, **said.values} if said else {}
    if ask.field in entered:
        known = plain(entered[ask.field])
    elif known is None and field.default is not None:
        known = plain(read(field, field.default))
    return {
        "field": ask.field,
        "required": ask.required,
        "min": plain(within.min),
        "max": plain(within.max),
        "value": known,
        "typed": said.typed.get(ask.field) if said else None,
    }


def _options(session: Session, options: list[tuple[Scope, Option]]) -> list[dict[str, Any]]:
    said, locale, approved = session.suggestion, session.locale, session.approved(session.place)
    shown = []
    for scope, option in options:
        allowed = holds(option.allow, scope) or option.id in approved
        shown.append(
            {
                "id": option.id,
                "hint": option.hint.fill(scope, locale),
                "allowed": allowed,
                "because": "" if allowed else option.because.fill(scope, locale),
                "override": None if allowed else option.override or None,
                "chosen": bool(said and said.option == option.id),
            }
        )
    return shown


def _anytime(session: Session) -> list[dict[str, Any]]:
    place = session.place
    found = [(place.stack[number].scope(place.today), entry.option) for number, entry in offered(place)]
    return _options(session, found)


def _missing(place: Place, scope: Scope) -> list[str]:
    """The fields that leave a gap in the texts."""
    step = place.step
    every = [step.title or step.question, step.say, step.note, step.question, *step.points, *step.never]
    return sorted({id for text in every for id in text.missing(scope)})
