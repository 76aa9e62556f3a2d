"""A client's ledger as its records stand, and the figures that guides read from it (FORMAT §5).

Whoever asks hands in what stands: records that were cancelled or replaced are not in it.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from engine.fields.catalogue import plain
from engine.fields.field import Fact
from engine.visits import Guides

OPEN = "open"
"""What a promise is until somebody says that it was kept, broken or cancelled."""


class Entry(NamedTuple):
    """A record that stands: `record` says which kind, `day` when it was written, in its session's time zone.

    `details` are those of the event `recorded`, `values` those of an agreement's fields; `word` is what was said last
    of a promise: open, kept, broken or cancelled.
    """

    record: str
    day: date
    details: Mapping[str, Any]
    values: Mapping[str, Any] = {}
    word: str = OPEN

    @property
    def due(self) -> date:
        """The day by which a promise is to be kept."""
        return date.fromisoformat(self.details["due"])


class Past(NamedTuple):
    """A session with the client: its guide, the day it started, and the id of the outcome it reached, if any."""

    guide: str
    day: date
    outcome: str | None = None


class Ledger(NamedTuple):
    """What is known of one client, the oldest first."""

    entries: tuple[Entry, ...] = ()
    sessions: tuple[Past, ...] = ()


def figures(ledger: Ledger, guides: Guides, today: date) -> dict[str, Any]:
    """The facts that these guides read, by `Fact.key` and canonical, as of a day; a missing one is left out.

    A total of amounts in more than one currency is missing: nothing here knows what one is worth in another.
    """
    found = {key: _FIGURES[asked.fact.name](_Part(ledger, asked, today)) for key, asked in _wanted(guides).items()}
    return {key: value for key, value in found.items() if value is not None}


class _Asked(NamedTuple):
    """A fact that some guide reads, and the currencies of the fields that hold it."""

    fact: Fact
    guide: str
    currencies: frozenset[str]


def _wanted(guides: Guides) -> dict[str, _Asked]:
    wanted: dict[str, _Asked] = {}
    for guide in guides.values():
        for field in guide.fields.values():
            if field.fact:
                key = field.fact.key(guide.id)
                before = wanted[key].currencies if key in wanted else frozenset[str]()
                own = {field.currency} if field.currency else set[str]()
                wanted[key] = _Asked(field.fact, guide.id, before | own)
    return wanted


class _Part(NamedTuple):
    """The part of a ledger that a fact is about: what lies within its days."""

    ledger: Ledger
    asked: _Asked
    today: date

    def within(self, day: date) -> bool:
        """Whether a day lies within those that the fact looks back; days to come always do."""
        days = self.asked.fact.days
        return days is None or day >= self.today - timedelta(days)

    def of(self, record: str) -> Iterator[Entry]:
        """The records of a kind."""
        return (entry for entry in self.ledger.entries if entry.record == record and self.within(entry.day))

    def reached(self) -> list[Entry]:
        """The contacts in which the client was reached."""
        return [entry for entry in self.of("contact") if entry.details["result"] == "reached"]

    def promises(self, word: str) -> list[Entry]:
        """The promises of the side that is asked about, of which this was said last; their days are those due."""
        made = (entry for entry in self.ledger.entries if entry.record == "promise" and entry.word == word)
        return [each for each in made if each.details["by"] == self.asked.fact.by and self.within(each.due)]

    def sessions(self) -> list[Past]:
        """The sessions of the guide that asks."""
        return [past for past in self.ledger.sessions if past.guide == self.asked.guide and self.within(past.day)]


def _days_since_first(part: _Part) -> int | None:
    return _since(part, [*part.of("contact")][:1])


def _days_since_reached(part: _Part) -> int | None:
    return _since(part, part.reached()[-1:])


def _since(part: _Part, entries: list[Entry]) -> int | None:
    """The days since the one record; 0 where another time zone wrote it tomorrow."""
    return next((max((part.today - entry.day).days, 0) for entry in entries), None)


def _total(part: _Part) -> Any:
    given = [entry.details for entry in part.of("remedy") if entry.details.get("amount") is not None]
    if not given:
        return 0
    currencies = part.asked.currencies.union(details["currency"] for details in given if "currency" in details)
    return plain(sum((Decimal(details["amount"]) for details in given), Decimal())) if len(currencies) < 2 else None


def _last_outcome(part: _Part) -> str | None:
    outcomes = [past.outcome for past in part.sessions() if past.outcome]
    return outcomes[-1] if outcomes else None


def _agreed(part: _Part) -> Any:
    """The value in the newest agreement of the id; nothing holds any more where that one ended."""
    fact = part.asked.fact
    newest = [entry for entry in part.of("agreement") if entry.details["id"] == fact.id][-1:]
    return next((entry.values.get(fact.field) for entry in newest if entry.details["state"] != "ended"), None)


_FIGURES: Mapping[str, Callable[[_Part], Any]] = {
    "contacts": lambda part: sum(1 for _ in part.of("contact")),
    "contacts_reached": lambda part: len(part.reached()),
    "contact_channels": lambda part: len({entry.details["channel"] for entry in part.of("contact")}),
    "days_since_first_contact": _days_since_first,
    "days_since_last_reached": _days_since_reached,
    "promises_open": lambda part: len(part.promises(OPEN)),
    "promises_overdue": lambda part: sum(promise.due < part.today for promise in part.promises(OPEN)),
    "promises_kept": lambda part: len(part.promises("kept")),
    "promises_broken": lambda part: len(part.promises("broken")),
    "remedies_total": _total,
    "sessions": lambda part: len(part.sessions()),
    "last_outcome": _last_outcome,
    "agreement": _agreed,
}
