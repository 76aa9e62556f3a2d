"""Whom a session is about, and what guide it walks, in the few words by which people find it in a list."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from engine.errors import UnknownGuideError
from engine.model import Guide
from web.storage import clients, sessions
from web.storage.clients import Client
from web.storage.database import Database
from web.storage.people import Person
from web.storage.sessions import Head
from web.use_cases.permissions import Permission, may
from web.use_cases.shelf import Shelf, Titled, heard

LONGEST_NAME = 40


def about(head: Head, shelf: Shelf, clients: Mapping[str, Client]) -> str:
    """The client's name, our reference and the client's, like "Zoë · T-7 · C-1": what there is of it.

    The name is the one given when the session started, else that in the ledger (`clients`), else the one that it was
    told; of a guide that asks for no client's name, the first text that was given.
    """
    name = _name(head, shelf, clients.get(head.client or ""))
    name = name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"
    return " · ".join(dict.fromkeys(part for part in (name, head.reference, head.client) if part))


def whom(database: Database, shelf: Shelf, person: Person, sought: Collection[str]) -> Mapping[str, str]:
    """Whom some sessions are `about`, by their ids, in the eyes of a person who may see them."""
    heads = sessions.some(database, sought)
    known = known_of(database, person, heads)
    return {head.id: about(head, shelf, known) for head in heads}


def named(head: Head, text: str, shelf: Shelf, clients: Mapping[str, Client]) -> bool:
    """Whether a session is about what is looked for.

    That is a part of its reference, its client's reference or name, in the ledger (`clients`) or as the session was
    told it, or of a text it was given.
    """
    wanted, client = text.casefold(), clients.get(head.client or "")
    known = (head.reference, head.client, client and client.name, _told(head))
    return any(wanted in words.casefold() for words in (*known, *_texts(head, shelf).values()) if words)


def known_of(database: Database, person: Person, heads: Iterable[Head]) -> Mapping[str, Client]:
    """What is known of the clients that sessions name, by reference: nothing for those who may not know it."""
    if not may(person, Permission.CLIENTS):
        return {}
    return clients.named(database, {head.client for head in heads if head.client})


def language(head: Head, shelf: Shelf) -> str:
    """The language that its guide speaks in it, of which its title, step and ending are; "" where nobody can say."""
    guide, locale = _guide(head, shelf), next(iter(head.kept.get("started", ())), "")
    return guide.spoken(locale).language if guide and locale else ""


def titled(head: Head, shelf: Shelf, locales: Sequence[str]) -> Titled:
    """The title of its guide as `heard` by a reader of these locales; as it was walked where there are none."""
    guide, locale = _guide(head, shelf), next(iter(head.kept.get("started", ())), "")
    if guide is None:
        return Titled(head.title, "")
    return Titled.of(heard(guide, locales or [locale]))


def _told(head: Head) -> str:
    """The client's name as the ledger had it when the session started, or when they were named in it; "" for none."""
    named, started = head.kept.get("named"), head.kept.get("started")
    sources = named["sources"] if named else started[5] if started else {}
    return str(sources.get("client.name") or "")


def _name(head: Head, shelf: Shelf, client: Client | None) -> str:
    texts, guide = _texts(head, shelf), _guide(head, shelf)
    asked = [id for id, key in guide.outside if key == "client.name"] if guide else []
    given = next((texts[id] for id in asked if id in texts), "")
    known = given or (client and client.name) or _told(head)
    return known or ("" if asked else next(iter(texts.values()), ""))


def _texts(head: Head, shelf: Shelf) -> Mapping[str, str]:
    """The texts that were given when the session started, by field, as the guide declares them."""
    given = head.kept.get("given", {})
    guide = _guide(head, shelf) if given else None
    texts = {field.id: given.get(field.id) for field in guide.given if field.type == "text"} if guide else {}
    return {id: text for id, text in texts.items() if text}


def _guide(head: Head, shelf: Shelf) -> Guide | None:
    """None where a session is so old that its guide can no longer be read: a list goes on without it."""
    try:
        return shelf.pinned(head.pins)[head.guide]
    except UnknownGuideError:
        return None
