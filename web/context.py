"""What belongs to one request, typed: who asks, the session asked for, and the product's use cases."""

import hmac
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple, Self, cast

from flask import current_app, request
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from web.language import Language, choose, regional
from web.storage.people import Person
from web.storage.sessions import Head
from web.use_cases.approvals import Approvals
from web.use_cases.asides import Asides
from web.use_cases.changes import Changes
from web.use_cases.clients import Clients
from web.use_cases.desk import Desk
from web.use_cases.finding import Finder
from web.use_cases.handovers import Handovers
from web.use_cases.house import House
from web.use_cases.listing import Listings
from web.use_cases.moves import Moves, Session
from web.use_cases.papers import Papers
from web.use_cases.peeks import Peeks
from web.use_cases.people import People
from web.use_cases.permissions import Permission, may
from web.use_cases.review import Reviews

MOST_ASKED, LONGEST_ASKED = 10, 500
"""How many languages that a browser asks for are looked at, and how many characters of its header."""


class Services(NamedTuple):
    """The use cases that the pages call."""

    people: People
    moves: Moves
    desk: Desk
    finder: Finder
    handovers: Handovers
    approvals: Approvals
    asides: Asides
    papers: Papers
    peeks: Peeks
    changes: Changes
    listings: Listings
    reviews: Reviews
    clients: Clients

    @classmethod
    def of(cls, house: House) -> Self:
        """Those of an open house."""
        return cls(**{name: getattr(house, name) for name in cls._fields})


@dataclass(frozen=True)
class Context:
    """One request. `token` is the sign-in cookie's, `secret` what its forms are bound to, `fresh` a new such secret.

    `session_id` is that of the address, "" where it names none; `head` is that session's, read with the sign-in.
    """

    secret: str
    fresh: bool
    session_id: str = ""
    token: str | None = None
    person: Person | None = None
    head: Head | None = None

    @cached_property
    def form_secret(self) -> str:
        """What a form of this request's person must carry: bound to their cookie, useless to anybody else."""
        return hmac.digest(self.secret.encode(), b"handrail form", "sha256").hex() if self.secret else ""

    @cached_property
    def tongues(self) -> tuple[str, ...]:
        """The locales whose language the reader likes best, best first, whatever the interface speaks.

        They are what the person chose, what the browser asks for, and the installation's.
        """
        chosen = self.person.language if self.person else None
        asked = header("Accept-Language")[:LONGEST_ASKED]
        return _tongues(chosen, asked, current_app.config["LOCALE"])

    @cached_property
    def language(self) -> Language:
        """What the pages speak: what the person chose, else the browser asks for, else the installation does."""
        return _language(self.tongues)

    @property
    def sees_clients(self) -> bool:
        """Whether the person may see what is known of clients."""
        return self.person is not None and may(self.person, Permission.CLIENTS)


def services() -> Services:
    """The use cases of the running application."""
    return cast(Services, current_app.extensions["handrail"])


def header(name: str) -> str:
    """A header of this request, "" where it has none: Werkzeug would make an error of that, and catch it."""
    sent: str = request.environ.get("HTTP_" + name.upper().replace("-", "_"), "")
    return sent


_CURRENT: ContextVar[Context | None] = ContextVar("current", default=None)
"""Beside Flask's `g`, which takes seven calls to say what stands in it, dozens of times a page."""


def current() -> Context | None:
    """This request's context; None where the request failed before it was known."""
    return _CURRENT.get()


def keep(context: Context | None) -> None:
    """Make it this request's context; None when the request is over."""
    _CURRENT.set(context)


def reader() -> Context:
    """Whose page is made: this request's context, or a stranger's where it failed before that was known."""
    return _CURRENT.get() or Context("", fresh=False)


def person() -> Person:
    """Who asks; only for routes that need somebody signed in, which the guard has made sure of."""
    person = reader().person
    assert person is not None
    return person


def named(session_id: str) -> Session:
    """The session of the address: its head where that was read already, else its id."""
    return reader().head or session_id


def language() -> Language:
    """What this request's pages speak."""
    return reader().language


def here() -> str:
    """The locale that a session begins in where nobody says another."""
    return regional(current_app.config["LOCALE"], language())


def tongues() -> tuple[str, ...]:
    """The locales whose language this request's reader likes best, best first."""
    return reader().tongues


@lru_cache(maxsize=1024)
def _tongues(chosen: str | None, asked: str, house: str) -> tuple[str, ...]:
    tags = [tag for tag, quality in parse_accept_header(asked, LanguageAccept) if quality > 0]
    return (*([chosen] if chosen else ()), *tags[:MOST_ASKED], house)


@lru_cache(maxsize=1024)
def _language(tongues: tuple[str, ...]) -> Language:
    *wanted, house = tongues
    return choose(wanted, house)
