"""Records of the ledger as people read them: promises, contacts, remedies, agreements."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from engine.errors import Refusal
from engine.fields.catalogue import read, show
from engine.fields.field import Field
from engine.model import Guide
from engine.records import Due, Written
from engine.sentences import Sum, sentence
from engine.state import State, left_behind, not_undone
from web.storage.ledger import Held, Promise

WORDS = ("open", "kept", "broken", "cancelled")
"""What people can say of a promise; `open` takes back what was said before."""
ERASED = sentence("(erased)")
CHANNELS: Mapping[str, str] = {
    "phone": sentence("Phone"),
    "email": sentence("E-mail"),
    "letter": sentence("Letter"),
    "chat": sentence("Chat"),
    "meeting": sentence("Meeting"),
    "message": sentence("Text message"),
}
RESULTS: Mapping[str, str] = {
    "reached": sentence("Reached"),
    "no_answer": sentence("No answer"),
    "voicemail": sentence("Voicemail"),
    "refused": sentence("Did not want to speak"),
    "sent": sentence("Sent"),
}
REMEDIES: Mapping[str, str] = {
    "refund": sentence("Refund"),
    "credit": sentence("Credit"),
    "replacement": sentence("Replacement"),
    "gesture": sentence("Gesture"),
    "other": sentence("Something else"),
}
STATES: Mapping[str, str] = {"draft": sentence("Draft"), "agreed": sentence("Agreed"), "ended": sentence("Ended")}


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said became of a promise."""

    word: str
    who: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Pledge:
    """A promise. `id` names it in addresses, `seen` is how often something was said of it, `said` the last of that.

    `due` stands as people know it; `overdue` says that it is open and its day is past.
    """

    id: str
    what: str
    by: str
    due: date
    amount: str
    word: str
    overdue: bool
    seen: int
    said: tuple[Said, ...]
    client: str | None
    made: date
    who: str

    @property
    def open(self) -> bool:
        """Whether nobody said yet what became of it."""
        return self.word == "open"


@dataclass(frozen=True, slots=True)
class Line:
    """Any other record: the day, what it says in a few words, what more there is, who recorded it, if it was undone."""

    day: date
    title: str
    text: str
    who: str
    undone: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """The newest of an agreement: its state, when to look at it again, and what was agreed, by label."""

    title: str
    state: str
    day: date
    review_on: date | None
    values: tuple[tuple[str, str], ...]
    who: str


@dataclass(frozen=True, slots=True)
class Left:
    """A record whose answer lies on the path no more: the seq of its event, and what it says.

    `amount` where it has one that it does not say, and `due` where it is a promise.
    """

    seq: int
    text: str
    amount: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Undone:
    """What a session recorded on a way that it does not take any more, and nobody cancelled.

    `left` behind by the path; `held` are so many more that hold again if the answers ahead are given as before.
    """

    left: tuple[Left, ...]
    held: int


@dataclass(frozen=True, slots=True)
class Reading:
    """How to read records: what people are `called` by the name they sign in with, today, and a locale."""

    called: Mapping[str, str]
    today: date
    locale: str

    def name(self, actor: str) -> str:
        """What somebody is called."""
        return self.called.get(actor, actor)

    def pledge(self, held: Held) -> Pledge:
        """A promise."""
        said = tuple(Said(word.word, self.name(word.actor), word.at, word.reason or "") for word in held.words)
        if held.ended:
            said = (*said, Said("cancelled", self.name(held.ended.actor), held.ended.at, ""))
        word = "cancelled" if held.ended else held.word
        what, amount = held.texts.get("what", ERASED), self.amount(held)
        return Pledge(
            id=named(held.id),
            what=what,
            by=held.details["by"],
            due=held.due,
            amount="" if amount in what else amount,
            word=word,
            overdue=word == "open" and held.due < self.today,
            seen=len(held.words),
            said=said,
            client=held.client,
            made=held.day,
            who=self.name(held.actor),
        )

    def contact(self, held: Held) -> Line:
        """A contact."""
        details = held.details
        return self._line(held, RESULTS[details["result"]], CHANNELS[details["channel"]])

    def remedy(self, held: Held) -> Line:
        """Something given to make up for a mistake."""
        title = REMEDIES[held.details["kind"]]
        amount = self.amount(held)
        told = sentence("{what}: {amount}", what=title, amount=amount) if amount else title
        return self._line(held, told, held.texts.get("cause", ERASED))

    def recognition(self, held: Held) -> Line:
        """Thanks for something the client did."""
        return self._line(held, held.texts.get("what", ERASED), "")

    def agreement(self, held: Held, guide: Guide | None) -> Agreement:
        """An agreement; the guide that wrote it knows its fields."""
        review_on = held.details.get("review_on")
        return Agreement(
            title=held.texts.get("title", ERASED),
            state=held.details["state"],
            day=held.day,
            review_on=date.fromisoformat(review_on) if review_on else None,
            values=tuple(self._values(held, guide)),
            who=self.name(held.actor),
        )

    def amount(self, held: Held) -> str:
        """The amount of a promise or a remedy; "" where there is none."""
        return _amount(held.details, self.locale)

    def _line(self, held: Held, title: str, text: str) -> Line:
        return Line(held.day, title, text, self.name(held.actor), self.name(held.ended.actor) if held.ended else "")

    def _values(self, held: Held, guide: Guide | None) -> Iterator[tuple[str, str]]:
        for id, plain in held.values.items():
            field = guide.fields.get(id) if guide else None
            value = read(field, plain) if field else None
            text = show(field, value, self.locale) if field and not isinstance(value, Refusal) else str(plain or "")
            if text:
                yield (field.label if field else "") or id.replace("_", " ").capitalize(), text


def undone(state: State, locale: str, *, handed_over: bool = False) -> Undone | None:
    """What is not undone, for a reader of this locale; None where nothing is.

    Where it is `handed_over` nothing is held back: who takes it over did not see what came before the step back.
    """
    if not state.records:  # as in most calls, whose path need not be gone through
        return None
    left = not_undone(state) if handed_over else left_behind(state)
    held = len(not_undone(state)) - len(left)
    return Undone(tuple(_left(each, locale) for each in left.values()), held) if left or held else None


def _left(written: Written, locale: str) -> Left:
    text, details = in_words(written.due), written.due.details
    amount, due = _amount(details, locale), details.get("due")
    return Left(written.seq, text, "" if amount in text else amount, date.fromisoformat(due) if due else None)


def _amount(details: Mapping[str, Any], locale: str) -> str:
    amount, currency = details.get("amount"), details.get("currency", "")
    if amount is None:
        return ""
    field = Field("amount", "money" if currency else "number", currency=currency)
    shown = show(field, Decimal(amount), locale)
    return Sum(shown, Decimal(amount), currency) if currency else shown


def in_words(due: Due) -> str:
    """What a record says, in a few words."""
    details, texts = due.details, due.texts
    match due.record:
        case "contact":
            way, result = CHANNELS[details["channel"]], RESULTS[details["result"]]
            return sentence("Contact: {way}, {result}", way=way, result=result)
        case "promise":
            return sentence("Promise: {what}", what=texts["what"])
        case "remedy":
            return sentence("{kind}: {cause}", kind=REMEDIES[details["kind"]], cause=texts["cause"])
        case "recognition":
            return sentence("Recognition: {what}", what=texts["what"])
        case _:
            return sentence("Agreement: {title}", title=texts["title"])


def named(promise: Promise) -> str:
    """What names a promise in addresses."""
    return f"{promise.session}.{promise.seq}"


def found(id: str) -> Promise:
    """The promise that an address names; what names none finds none."""
    session, _, seq = id.rpartition(".")
    return Promise(session, int(seq) if re.fullmatch("[0-9]{1,9}", seq) else 0)
