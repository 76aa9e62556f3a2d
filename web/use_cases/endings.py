"""How sessions ended, or that they did not: by the kinds that guides give their outcomes."""

from engine.errors import UnknownGuideError
from web.storage.database import Database
from web.storage.sessions import Ending, Head, Scope, endings
from web.use_cases.shelf import Shelf

KINDS = ("success", "partial", "failure", "escalated", "abandoned")
"""The kinds of outcomes, as guides name them."""
STATUSES = ("early", "open", "paused")
"""How sessions stand that reached none; `early` ended before an outcome."""


def how(head: Head, shelf: Shelf) -> str:
    """How a session ended, or how it stands: one of both; `ended` where its guide can no longer be read."""
    if head.status != "ended":
        return "paused" if head.status == "paused" else "open"
    return "early" if head.outcome is None else _kind(head, head.outcome, shelf)


def of_kind(database: Database, scope: Scope, kind: str, shelf: Shelf) -> frozenset[Ending]:
    """The outcomes of a kind that sessions within a scope reached."""
    found = ((head, head.outcome) for head in endings(database, scope) if head.outcome is not None)
    return frozenset(
        Ending(head.guide, head.version, outcome) for head, outcome in found if _kind(head, outcome, shelf) == kind
    )


def _kind(head: Head, outcome: str, shelf: Shelf) -> str:
    """The kind that its guide gives an outcome, or a guide that took its place."""
    try:
        guides = shelf.pinned(head.pins)
    except UnknownGuideError:
        return "ended"
    by_guide = (guides[id].outcomes.get(outcome) for id in (head.guide, *guides))
    return next((found.kind for found in by_guide if found), "ended")
