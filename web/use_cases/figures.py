"""A client's figures that a guide reads, with what each one is, for the people who rely on them."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, TypeGuard

from engine import ledger
from engine.errors import Refusal
from engine.fields.catalogue import read, show
from engine.fields.field import Field, Value
from engine.ledger import Entry, Ledger
from engine.sentences import Sentence, sentence
from engine.state import State

WORDS: Mapping[str, tuple[Sentence, Sentence]] = {
    "contacts": (sentence("Contacts"), sentence("Contacts in the last {days} days")),
    "contacts_reached": (sentence("Times reached"), sentence("Times reached in the last {days} days")),
    "contact_channels": (sentence("Different ways tried"), sentence("Different ways tried in the last {days} days")),
    "days_since_first_contact": (
        sentence("Days since the first contact"),
        sentence("Days since the first contact of the last {days} days"),
    ),
    "days_since_last_reached": (
        sentence("Days since they were last reached"),
        sentence("Days since they were last reached, within {days} days"),
    ),
    "promises_open.client": (
        sentence("Open promises of the client"),
        sentence("Open promises of the client, none due more than {days} days ago"),
    ),
    "promises_overdue.client": (
        sentence("Overdue promises of the client"),
        sentence("Promises of the client that fell due in the last {days} days and are open"),
    ),
    "promises_kept.client": (
        sentence("Promises the client kept"),
        sentence("Promises the client kept in the last {days} days"),
    ),
    "promises_broken.client": (
        sentence("Promises the client broke"),
        sentence("Promises the client broke in the last {days} days"),
    ),
    "promises_open.us": (
        sentence("Open promises of ours"),
        sentence("Open promises of ours, none due more than {days} days ago"),
    ),
    "promises_overdue.us": (
        sentence("Overdue promises of ours"),
        sentence("Promises of ours that fell due in the last {days} days and are open"),
    ),
    "promises_kept.us": (sentence("Promises we kept"), sentence("Promises we kept in the last {days} days")),
    "promises_broken.us": (sentence("Promises we broke"), sentence("Promises we broke in the last {days} days")),
    "remedies_total": (
        sentence("Given to make up for mistakes"),
        sentence("Given in the last {days} days to make up for mistakes"),
    ),
    "sessions": (sentence("Sessions with this guide"), sentence("Sessions with this guide in the last {days} days")),
    "last_outcome": (sentence("How it ended last time"), sentence("How it ended last time, within {days} days")),
    "agreement": (sentence("Agreed before: {field}"), sentence("Agreed in the last {days} days: {field}")),
}
"""What each fact is called: for all time, and over some days."""


SUMMED = frozenset({"contacts", "contacts_reached", "promises_open", "remedies_total"})
"""The facts to which what a session records is simply added."""


class Figure(NamedTuple):
    """One figure as people read it."""

    label: str
    text: str


def figures(state: State) -> tuple[Figure, ...]:
    """The figures that the guide on the screen reads of the session's client; missing ones are left out.

    They are those of the start, by which the guide decides; what the session itself recorded since is told beside them.
    """
    return tuple(_figures(state)) if state.client else ()


def _figures(state: State) -> Iterator[Figure]:
    frame, told, own = state.visit.frame, set[str](), _own(state)
    for field in frame.guide.fields.values():
        if field.fact and (key := field.fact.key(frame.guide.id)) not in told:
            told.add(key)
            value = read(field, frame.outside.get(key))
            if value is not None and not isinstance(value, Refusal):
                outcome = frame.guide.outcomes.get(str(value)) if field.fact.name == "last_outcome" else None
                text = outcome.label if outcome else show(field, value, state.locale)
                more = read(field, own.get(key)) if field.fact.name in SUMMED else None
                yield Figure(_label(field), _with(text, show(field, more, state.locale)) if _some(more) else text)


def _own(state: State) -> Mapping[str, Any]:
    """The same figures of what this session recorded of its client by now."""
    guide, today = state.visit.frame.guide, state.visit.today
    written = (each for each in state.records.values() if not each.ended and each.client == state.client)
    entries = tuple(Entry(each.due.record, today, each.due.details, each.due.values) for each in written)
    return ledger.figures(Ledger(entries), {guide.id: guide}, today) if entries else {}


def _some(more: Value | Refusal) -> TypeGuard[Value]:
    return bool(more) and not isinstance(more, Refusal)


def _with(text: str, more: str) -> Sentence:
    return sentence("{before}, and {more} in this call", before=text, more=more)


def _label(field: Field) -> str:
    fact = field.fact
    assert fact is not None
    always, lately = WORDS[f"{fact.name}.{fact.by}" if fact.name.startswith("promises_") else fact.name]
    what = field.label or fact.field.replace("_", " ")
    if fact.days is None:
        return sentence(always.pattern, field=what)
    return sentence(lately.pattern, days=fact.days, field=what)
