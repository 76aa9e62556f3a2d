"""Between the walker and the log: a turn as rows to append, a head as the state it stands for."""

import json
from collections.abc import Iterator, Mapping
from itertools import pairwise

from engine import folds, journal, state
from engine.consequences import Turn
from engine.events import Changed, Event, Moment, WentBack
from engine.state import State
from engine.visits import Guides, Key, Visit, backwards
from web.storage.database import Database, canonical
from web.storage.events import Entry, Logged, Standing, log
from web.storage.sessions import HANDED_OVER, Head, Pin

CLIENT = frozenset({"client.name", "client.email", "client.phone"})
"""What is known of the client from outside."""
FOLD_FORMAT = 8
"""Raised when what `engine.folds.stored` writes, or how a path is traced from it, changes: older folds are then
replayed from the log."""


def standing(turn: Turn, ended_before: Head | None, fold: str = "") -> Standing:
    """What the session's head says after a turn; `ended_before` is the head before it, if there was one.

    `fold` is what `kept` makes of the turn, where that is known already.
    """
    after, here = turn.state, turn.state.visit
    at = turn.events[-1].at
    return Standing(
        client=after.client,
        status=HANDED_OVER if ended_before and ended_before.status == HANDED_OVER else after.status,
        outcome=after.outcome,
        ending=after.reached.label if after.reached else None,
        step=here.step.name.fill(here.scope, after.locale),
        moved=after.moved,
        ended=None if after.status != "ended" else (ended_before and ended_before.ended) or at,
        fold=fold or kept(after),
    )


def entries(turn: Turn, since: Visit | None, pins: Mapping[str, Pin], moment: Moment) -> list[Entry]:
    """The turn's events as rows; `since` is the visit that was on the screen before it."""
    personal = personal_fields(turn.state.guides)
    told = _ways(turn, since)
    rows = []
    for event in turn.events:
        payload, apart = journal.split(journal.to_dict(event), personal)
        place = (event.guide, pins[event.guide].number, event.frame, event.step, told.get(event.seq))
        rows.append(Entry(event.seq, event.at, event.kind, event.actor, *place, moment.today, payload, apart))
    return rows


def personal_fields(guides: Guides) -> frozenset[str]:
    """The ids of personal fields of any of these guides: a value handed from one to another stays personal.

    With them what is known of the client from outside, whatever a guide says of it, and by their keys the facts and
    settings that these fields hold.
    """
    return CLIENT.union(*[guide.personal for guide in guides.values()])


def kept(after: State) -> str:
    """The state as a session's head keeps it."""
    return keeping(after)[1]


def keeping(after: State) -> tuple[State, str]:
    """The state, ready to be kept again after the next turn, and as a session's head keeps it now."""
    stored = folds.stored(after)
    return folds.held(after, stored), canonical({"format": FOLD_FORMAT, "state": stored})


def folded(head: Head, guides: Guides) -> State | None:
    """The state of the session from the fold kept in its head; None where that is of another format."""
    fold = json.loads(head.fold)
    return folds.restore(guides, fold["state"]) if fold.get("format") == FOLD_FORMAT else None


def replayed(database: Database, head: Head, guides: Guides) -> State:
    """The state of the session from its log."""
    return state.replay(guides, map(event_of, log(database, head.id)))


def event_of(logged: Logged) -> Event:
    """The event that a row of the log holds."""
    return journal.from_dict(journal.joined(logged.payload, logged.personal))


def _ways(turn: Turn, since: Visit | None) -> dict[int, str]:
    """By seq, the step that an event led to: each way taken is told once, by the last event at the step it left."""
    after = _led(turn, since)
    told: dict[Key, tuple[int, str]] = {}
    for event in turn.events:
        key = (event.frame, event.step, getattr(event.body, "occurrence", 0))
        to = event.body.to_step if isinstance(event.body, WentBack) else after.get(key)
        if to is not None:
            told[key] = event.seq, to
    return dict(told.values())


def _led(turn: Turn, since: Visit | None) -> dict[Key, str]:
    """By visit, the step that it led to. After a change of an earlier answer its own, and what else is new."""
    here, changed = turn.state.visit, _changed(turn)
    if since is None or changed in (None, since.key):
        return {left.key: reached.step.id for left, reached in pairwise(_passed(here, since))}
    known = {(left.key, reached.key) for left, reached in pairwise(_passed(since, None)) if left.key != changed}
    way = pairwise(_passed(here, None))
    return {left.key: reached.step.id for left, reached in way if (left.key, reached.key) not in known}


def _changed(turn: Turn) -> Key | None:
    """The visit whose answer the turn changed."""
    for event in turn.events:
        if isinstance(event.body, Changed):
            return event.frame, event.step, event.body.occurrence
    return None


def _passed(here: Visit, since: Visit | None) -> list[Visit]:
    """The visits from the one that was on the screen to the one that is."""
    return list(_until(here, since))[::-1]


def _until(here: Visit, since: Visit | None) -> Iterator[Visit]:
    for visit in backwards(here):
        yield visit
        if since is not None and visit.key == since.key:
            return
