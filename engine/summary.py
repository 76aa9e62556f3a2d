"""What a client gets in writing of a session that has ended: what was agreed, by whom, by when.

What it says is named here part by part, as in `engine.audience`, so that what is for staff never gets into it: no
note, reason or check, no label of an outcome or title of a guide for staff, no contact, recognition or cause of a
remedy. An outcome is told by the `summary` that its guide has for clients, else by its kind in words that they read.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from engine.documents import FOR_CLIENTS, Produced, address, digest
from engine.errors import NotEndedError
from engine.events import DocumentProduced, Event
from engine.fields.catalogue import held, show
from engine.fields.field import Field
from engine.fields.locales import date_text
from engine.phrases import phrase
from engine.records import Due, Written
from engine.sheet import Section, Sheet, tidy
from engine.state import State, guide_of, standing

SUMMARY = "_summary"
"""The id under which a summary is kept with its session: no document of a guide can be called that."""


def summarise(state: State, events: Iterable[Event], contact: str) -> Produced:
    """The summary of a session that has ended, addressed where the client's e-mail address is known.

    `events` are its log, which tells what was taken in writing; `contact` is whom a client can turn to, or "". The
    setting `contact` of the house stands behind it. Raises `NotEndedError`.
    """
    if state.status != "ended":
        raise NotEndedError
    sheet = _sheet(state, tuple(_taken(events)), contact)
    texts = address(state), sheet.title, sheet.markdown, sheet.plain
    return Produced(SUMMARY, "summary", sheet.title, *texts, digest(state.guide.id, SUMMARY, *texts))


def locale_of(state: State) -> str:
    """How what is written writes dates and amounts: as the session does where that is the language of its guide."""
    spoken = state.guide.language
    same = state.locale.replace("_", "-").partition("-")[0] == spoken.partition("-")[0]
    return state.locale if same else spoken


def _sheet(state: State, taken: tuple[str, ...], contact: str) -> Sheet:
    guide, language = state.guide, state.guide.language
    day = date_text(state.visit.today, locale_of(state), long=True)
    title = phrase("matter", language, date=day)
    told = tidy(state.reached.summary) if state.reached else ""
    kind = state.reached.kind if state.reached else "abandoned"
    house = str(state.started.sources.get("setting.contact", ""))
    who = ", ".join(filter(None, (tidy(contact), tidy(house))))
    return Sheet(
        title=f"{title} ({guide.title})" if guide.audience == "public" else title,
        opening=(told or phrase(kind, language),),
        sections=tuple(_sections(state, taken)),
        closing=(phrase("contact", language, name=who),) if who else (),
    )


def _sections(state: State, taken: tuple[str, ...]) -> Iterator[Section]:
    language, records = state.guide.language, tuple(standing(state).values())
    of = {kind: [each for each in records if each.due.record == kind] for kind in ("promise", "remedy", "agreement")}
    promises = {by: [each for each in of["promise"] if each.due.details["by"] == by] for by in ("client", "us")}
    lists = {
        "you-promised": tuple(promised(state, each.due) for each in promises["client"]),
        "we-promised": tuple(promised(state, each.due) for each in promises["us"]),
        "you-receive": tuple(_remedy(state, each.due) for each in of["remedy"]),
    }
    yield from (Section(phrase(heading, language), lines) for heading, lines in lists.items() if lines)
    newest = {each.due.details["id"]: each for each in of["agreement"]}
    yield from (Section(tidy(each.due.texts["title"]), tuple(agreed(state, each))) for each in newest.values())
    if taken:
        yield Section(phrase("comes", language), taken)


def promised(state: State, due: Due) -> str:
    """A promise: what, the amount where the words do not name it, and the day."""
    what, money = tidy(due.texts["what"]).rstrip("."), amount(state, due)
    day = date_text(date.fromisoformat(due.details["due"]), locale_of(state), long=True)
    key = "promise-amount" if money and money not in what else "promise"
    return phrase(key, state.guide.language, what=what, due=day, amount=money)


def _remedy(state: State, due: Due) -> str:
    """What makes up for a mistake; an amount that is no money for the client is told as what it is worth."""
    money, kind, language = amount(state, due), due.details["kind"], state.guide.language
    words = phrase(kind, language)
    paid = kind in {"refund", "credit"}
    return phrase("of-amount" if paid else "worth", language, what=words, amount=money) if money else words


def amount(state: State, due: Due) -> str:
    """The amount that a record is about, as the session's locale writes it; "" without one."""
    figure, currency = due.details.get("amount"), due.details.get("currency", "")
    if figure is None:
        return ""
    return show(
        Field("amount", "money" if currency else "number", currency=currency), Decimal(figure), locale_of(state)
    )


def agreed(state: State, written: Written) -> Iterator[str]:
    """The parts of an agreement: its fields with what they hold, how it stands, and when it is looked at again."""
    language, details = state.guide.language, written.due.details
    fields = guide_of(state, written.key[0]).fields
    for id, plain in written.due.values.items():
        if text := _told(fields[id], plain, locale_of(state)):
            yield phrase("value", language, label=fields[id].label, value=tidy(text))
    yield phrase(details["state"], language)
    if review := details.get("review_on"):
        day = date_text(date.fromisoformat(review), locale_of(state), long=True)
        yield phrase("review", language, date=day)


def _told(field: Field, plain: Any, locale: str) -> str:
    return show(field, held(field, plain), locale)


def _taken(events: Iterable[Event]) -> Iterator[str]:
    """The titles of what was taken in writing, each once."""
    bodies = (event.body for event in events)
    taken = (body for body in bodies if isinstance(body, DocumentProduced) and body.document_kind in FOR_CLIENTS)
    yield from dict.fromkeys(tidy(body.title) for body in taken)
