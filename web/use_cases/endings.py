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
    """The ways in which sessions within a scope ended, of one kind."""
    found = ((head, head.outcome) for head in endings(database, scope) if head.outcome is not None)
    return frozenset(
        Ending(head.guide, head.version, outcome, head.ending)
        for head, outcome in found
        if _kind(head, outcome, shelf) == kind
    )


def _kind(head: Head, outcome: str, shelf: Shelf) -> str:
    """The kind that its guide gives an outcome, or a guide that took its place: that which calls it so."""
    try:
        guides = shelf.pinned(head.pins)
    except UnknownGuideError:
        return "ended"
    told = [each for id in (head.guide, *guides) for each in (guides[id], *guides[id].translations.values())]
    known = [guide.outcomes[outcome] for guide in told if outcome in guide.outcomes]
    return next((each.kind for each in known if each.label == head.ending), known[0].kind if known else "ended")
