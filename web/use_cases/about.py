"""Whom a session is about, in the few words by which people find it in a list."""

from engine.errors import UnknownGuideError
from engine.model import Guide
from web.storage.sessions import Head
from web.use_cases.shelf import Shelf


def about(head: Head, shelf: Shelf) -> str:
    """Its reference, else the client's, else the first text that was given when it started; "" where there is none."""
    return head.reference or head.client or _first_text(head, shelf)


def _first_text(head: Head, shelf: Shelf) -> str:
    given = head.fold.get("state", {}).get("given", {})
    guide = _guide(head, shelf) if given else None
    texts = (given.get(field.id) for field in guide.given if field.type == "text") if guide else ()
    return next((text for text in texts if text), "")


def _guide(head: Head, shelf: Shelf) -> Guide | None:
    """None where a session is so old that its guide can no longer be read: a list goes on without it."""
    try:
        return shelf.pinned(head.pins)[head.guide]
    except UnknownGuideError:
        return None
