"""What belongs to one request, typed: who asks, the session asked for, and the product's use cases."""

from dataclasses import dataclass
from typing import NamedTuple, Self, cast

from flask import current_app, g, request

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

MOST_ASKED = 10
"""How many languages that a browser asks for are looked at."""


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


@dataclass(frozen=True, slots=True)
class Context:
    """One request. `token` is the sign-in cookie's, `secret` what its forms are bound to, `fresh` a new such secret.

    `head` is that of the session named by the address, read together with the sign-in.
    """

    secret: str
    fresh: bool
    token: str | None = None
    person: Person | None = None
    head: Head | None = None

    @property
    def sees_clients(self) -> bool:
        """Whether the person may see what is known of clients."""
        return self.person is not None and may(self.person, Permission.CLIENTS)


def services() -> Services:
    """The use cases of the running application."""
    return cast(Services, current_app.extensions["handrail"])


def current() -> Context | None:
    """This request's context; None where the request failed before it was known."""
    return cast(Context | None, g.get("context"))


def keep(context: Context) -> None:
    """Make it this request's context."""
    g.context = context


def person() -> Person:
    """Who asks; only for routes that need somebody signed in, which the guard has made sure of."""
    context = current()
    assert context is not None
    assert context.person is not None
    return context.person


def named(session_id: str) -> Session:
    """The session of the address: its head where that was read already, else its id."""
    context = current()
    return context.head if context and context.head else session_id


def language() -> Language:
    """What this request's pages speak: what the person chose, else the browser asks for, else the installation does."""
    known = cast(Language | None, g.get("language"))
    if known is None:
        *wanted, house = tongues()
        known = g.language = choose(wanted, house)
    return known


def here() -> str:
    """The locale that a session begins in where nobody says another."""
    return regional(current_app.config["LOCALE"], language())


def tongues() -> tuple[str, ...]:
    """The locales whose language this request's reader likes best, best first, whatever the interface speaks.

    They are what the person chose, what the browser asks for, and the installation's.
    """
    context = current()
    chosen = context.person.language if context and context.person else None
    asked = [tag for tag, quality in request.accept_languages if quality > 0]
    return (*([chosen] if chosen else ()), *asked[:MOST_ASKED], current_app.config["LOCALE"])
