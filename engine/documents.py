"""What people get in writing: the documents on offer at a step, and their texts as they are produced (FORMAT §2.4)."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from engine.errors import NotOfferedError
from engine.model import Document
from engine.state import State, outside
from engine.visits import Visit, backwards, closed_before

FOR_CLIENTS = frozenset({"email", "letter"})
"""The kinds of document that go to a client; a summary of a guide's own may be for the file."""
EMAIL = "client.email"
"""Where fields are `from` that hold the client's e-mail address."""


class Offered(NamedTuple):
    """A document on offer at a visit; one of a called guide that has just ended is known as `<guide>/<document>`."""

    id: str
    visit: Visit
    document: Document


class Produced(NamedTuple):
    """A document's text: Markdown in `body`, the same without Markdown's escapes in `plain`.

    `digest` is that of all its texts; `missing` are the fields that left a gap.
    """

    id: str
    kind: str
    title: str
    to: str
    subject: str
    body: str
    plain: str
    digest: str
    missing: tuple[str, ...] = ()


def offered(visit: Visit) -> tuple[Offered, ...]:
    """The documents on offer: those of called guides that have just ended, then the step's own."""
    closed, own = closed_before(visit), visit.step.documents
    if not (closed or own):
        return ()
    documents = visit.frame.guide.documents
    return (*_left_behind(closed), *[Offered(id, visit, documents[id]) for id in own])


def _left_behind(closed: tuple[Visit, ...]) -> Iterator[Offered]:
    """The documents of called guides that have just ended."""
    for visit in closed:
        guide = visit.frame.guide
        yield from (Offered(f"{guide.id}/{id}", visit, guide.documents[id]) for id in visit.step.documents)


def find(state: State, id: str) -> Offered:
    """The document of this id on offer here. Raises `NotOfferedError`."""
    for offer in offered(state.visit):
        if offer.id == id:
            return offer
    raise NotOfferedError(id)


def produce(state: State, id: str) -> Produced:
    """The document's text with what is known where it is offered, to the client's `address` where it names nobody.

    Raises `NotOfferedError`.
    """
    offer = find(state, id)
    document, scope, locale = offer.document, offer.visit.scope, state.locale
    to, subject, body = (text.fill(scope, locale) for text in (document.to, document.subject, document.body))
    if document.kind in FOR_CLIENTS and not to.strip():
        to = address(state)
    plain = replace(document.body, markdown=False).fill(scope, locale)
    missing = (id for text in (document.to, document.subject, document.body) for id in text.missing(scope))
    return Produced(
        id,
        document.kind,
        document.title,
        to,
        subject,
        body,
        plain,
        digest(offer.visit.frame.guide.id, document.id, to, subject, body),
        tuple(dict.fromkeys(missing)),
    )


def address(state: State) -> str:
    """The client's e-mail address, or "": as it was entered last, else as it is known from outside.

    Where neither is, it is that of the session's fields for one, if all of them hold the same.
    """
    entered = [each for visit in backwards(state.visit) for each in _addresses(visit)]
    own = next((at for source, at in entered if source == EMAIL), "")
    known = own or str(outside(state.started, state.named).get(EMAIL, ""))
    others = {at for _, at in entered}
    return known or (others.pop() if len(others) == 1 else "")


def _addresses(visit: Visit) -> Iterator[tuple[str, str]]:
    """The addresses that stand in fields at a visit, with where each field's value comes from."""
    for id, field in visit.frame.guide.fields.items():
        value = visit.values.get(id)
        if value and (field.type == "email" or field.source == EMAIL):
            yield field.source, str(value)


def digest(*texts: str) -> str:
    """The first 32 hexadecimal digits of the SHA-256 of the texts."""
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:32]
