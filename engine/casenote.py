"""What is filed of a session that has ended, in a CRM or a ticket: path, answers, notes, outcome code. For staff."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from engine.events import DocumentProduced, Event, NoteAdded, NothingFitted
from engine.fields.catalogue import show
from engine.fields.field import Value
from engine.fields.locales import date_text
from engine.model import Guide, Options
from engine.path import taken
from engine.phrases import phrase
from engine.records import Due
from engine.sheet import Section, Sheet, tidy
from engine.state import State, path, standing
from engine.summary import SUMMARY, amount, locale_of, promised
from engine.visits import Answer, Visit


class File(NamedTuple):
    """What a case is filed under: the session's id, our reference or "", and what its agent is called."""

    session: str
    reference: str
    agent: str


def casenote(state: State, events: Iterable[Event], file: File) -> Sheet:
    """The case note of a session; `events` are its log."""
    language, bodies = state.guide.language, [event.body for event in events]
    lists = {
        "path": tuple(_visited(state, visit) for visit in path(state) if visit.answer and visit.answer.seq),
        "notes": tuple(tidy(body.text) for body in bodies if isinstance(body, NoteAdded)),
        "words": tuple(tidy(body.words) for body in bodies if isinstance(body, NothingFitted)),
        "records": tuple(_recorded(state, written.due) for written in standing(state).values()),
        "in-writing": tuple(dict.fromkeys(_titles(bodies))),
    }
    return Sheet(
        title=state.guide.title,
        opening=("\n".join(_head(state, file)),),
        sections=tuple(Section(phrase(heading, language), lines) for heading, lines in lists.items() if lines),
    )


def _head(state: State, file: File) -> Iterator[str]:
    language = state.guide.language
    yield date_text(state.visit.today, locale_of(state), long=True)
    if state.reached:
        yield phrase("outcome", language, label=tidy(state.reached.label), code=state.reached.id)
    else:
        yield phrase("unended", language, reason=tidy(state.ended_by or ""))
    named = {"client": state.client or "", "reference": file.reference, "agent": file.agent, "session": file.session}
    yield from (phrase(key, language, name=name) for key, name in named.items() if name)


def _titles(bodies: Iterable[object]) -> Iterator[str]:
    taken = (body for body in bodies if isinstance(body, DocumentProduced) and body.document != SUMMARY)
    return (tidy(body.title) for body in taken)


def _visited(state: State, visit: Visit) -> str:
    """A visit that somebody answered: the step, what was chosen, entered and checked, and why, where that was asked."""
    answer, language = visit.answer, state.guide.language
    assert answer is not None, "only answered visits are told"
    ticked = [check.label for check in visit.step.checks if check.id in answer.checks]
    told = [
        *_chosen(state, visit, answer),
        *_entered(visit.frame.guide, answer.values, state.locale),
        *([phrase("checked", language, what=", ".join(ticked))] if ticked else []),
        *_reasoned(visit, answer, language),
    ]
    name = tidy(visit.step.name.fill(visit.scope, state.locale))
    return f"{name}: {'; '.join(told)}" if told else name


def _reasoned(visit: Visit, answer: Answer, language: str) -> Iterator[str]:
    """Why a check was left open, and why an answer that is locked was chosen all the same."""
    unticked = {check.id: check.label for check in visit.step.checks if check.id not in answer.checks}
    for id, reason in answer.reasons.items():
        facts = {"what": unticked.get(id, ""), "reason": tidy(reason)}
        yield phrase("left-open" if id in unticked else "passed", language, **facts)


def _chosen(state: State, visit: Visit, answer: Answer) -> Iterator[str]:
    language, exit = state.guide.language, visit.step.exit
    if answer.skip is not None:
        yield phrase("skipped", language, reason=tidy(answer.skip))
    elif answer.opened is not None:
        yield phrase("opened", language, guide=state.guides[answer.opened.guide].title)
    elif answer.option is not None:
        option = exit.find(answer.option) if isinstance(exit, Options) else None
        yield (option or taken(visit, answer).entry.option).label


def _entered(guide: Guide, values: Mapping[str, Value], locale: str) -> Iterator[str]:
    for id, field in guide.fields.items():
        if text := show(field, values.get(id), locale):
            yield f"{field.label or id}: {tidy(text)}"


def _recorded(state: State, due: Due) -> str:
    language, details, texts = state.guide.language, due.details, due.texts
    match due.record:
        case "promise":
            return phrase("by-us" if details["by"] == "us" else "by-client", language, what=promised(state, due))
        case "remedy":
            words = phrase(details["kind"], language), amount(state, due), f"({tidy(texts['cause'])})"
            return " ".join(filter(None, words))
        case "contact":
            told = {name: phrase(f"{name}-{details[name]}", language) for name in ("channel", "result")}
            return phrase("contacted", language, **told)
        case "recognition":
            return phrase("recognised", language, what=tidy(texts["what"]))
        case _:
            stands = phrase(f"state-{details['state']}", language)
            return phrase("agreement", language, what=tidy(texts["title"]), state=stands)
