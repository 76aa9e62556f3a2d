"""What is known of a client when a session names them: whom a reference means, and what guides read of them."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from engine.errors import Refusal, RefusedError
from engine.ledger import Entry, Ledger, Past, figures
from engine.sentences import sentence
from engine.visits import Guides
from web.storage import clients, ledger, sessions
from web.storage.clients import DETAILS, Client
from web.storage.database import Database
from web.use_cases.clock import date_in
from web.use_cases.words import one_line

LONGEST_REFERENCE = 100
FIELD = "client-reference"
"""What a refused reference is told under: no field of a guide can be called that."""

_REFERENCE = re.compile(r"\w[^/\\]*(?:/\w[^/\\]*)*")


class Known(NamedTuple):
    """A client as a session gets to know them. `sources` are what fields are `from`, `facts` what guides read.

    Whoever is `new` has no record and is not kept yet.
    """

    client: Client | None
    new: bool
    sources: Mapping[str, str]
    facts: Mapping[str, Any]

    @property
    def reference(self) -> str | None:
        """The client's reference as it is kept."""
        return self.client.reference if self.client else None


class Asked(NamedTuple):
    """Who asks: these guides, on this day in this time zone; a session says nothing of itself."""

    guides: Guides
    today: date
    time_zone: str
    session: str = ""


NOBODY = Known(None, False, {}, {})


def reference(text: str) -> str:
    """A client's reference as it was typed, tidied; "" for none. Raises `RefusedError` for one that cannot be.

    It stands in addresses: each part between slashes begins with a letter or digit.
    """
    tidy = one_line(text, LONGEST_REFERENCE + 1)
    if tidy and (len(tidy) > LONGEST_REFERENCE or not _REFERENCE.fullmatch(tidy)):
        message = sentence(
            "Write the client's reference with a letter or digit first and at most 100 characters, like C-1042."
        )
        raise RefusedError({FIELD: Refusal("format", message)})
    return tidy


def known(database: Database, text: str, asked: Asked) -> Known:
    """What a session that names a client by this text gets to know. Raises `RefusedError` as `reference` does."""
    tidy = reference(text)
    if not tidy:
        return NOBODY
    client = clients.find(database, tidy)
    if client is None:
        return Known(Client(tidy), True, {}, figures(Ledger(), asked.guides, asked.today))
    details = {f"client.{name}": getattr(client, name) for name in DETAILS}
    sources = {key: text for key, text in details.items() if text}
    facts = figures(_ledger(database, client.reference, asked), asked.guides, asked.today)
    return Known(client, False, sources, facts)


def _ledger(database: Database, client: str, asked: Asked) -> Ledger:
    entries = (
        Entry(held.record, held.day, held.details, held.values, held.word)
        for held in ledger.of_client(database, client)
        if held.ended is None and held.id.session != asked.session
    )
    past = (
        Past(each.guide, date_in(asked.time_zone, each.started), each.outcome)
        for each in sessions.past_of(database, client)
        if each.id != asked.session
    )
    return Ledger(tuple(entries), tuple(past))
