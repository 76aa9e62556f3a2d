"""A session's state as it is kept beside the log, and taken up again (FORMAT §6)."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from engine.events import ClientNamed, SessionStarted
from engine.journal import from_plain, to_plain
from engine.records import Due, Written
from engine.snapshot import hold, pack, pack_answer, unpack, unpack_answer
from engine.state import Approval, Noted, State, entered, guide_of, outside, spoken
from engine.visits import Frame, Guides


def stored(state: State) -> dict[str, Any]:
    """The compact fold to keep beside the log: JSON types, read again by `restore`, never trusted over the log.

    What there is none of is left away; the digests of the guides are those that `restore` is given.
    """
    _, given, locale, time_zone, channel, client, today, sources, facts = state.started
    kept = {
        "guide": state.guide.id,
        "started": [locale, time_zone, channel, client, today.isoformat(), sources, facts],
        "given": given,
        "seq": state.seq,
        "moved": state.moved,
        **pack(state.visit, today),
    }
    if state.ended_by is not None:
        kept["ended_by"] = state.ended_by
    if state.paused is not None:
        kept["paused"] = state.paused
    return {**kept, **{name: value for name, value in _aside(state) if value}}


def held(state: State, kept: Mapping[str, Any]) -> State:
    """The state of which `stored` made `kept`, as quick to store again as one that was restored."""
    return state._replace(visit=hold(state.visit, kept))


def _aside(state: State) -> Iterator[tuple[str, Any]]:
    """What most sessions have none of."""
    day = state.started.today
    yield "aside", [[*key, *pack_answer(answer, day)] for key, answer in state.aside.items()]
    yield "approvals", [[*key, what, *approval] for (key, what), approval in state.approvals.items()]
    yield "produced", sorted(state.produced)
    yield "named", to_plain(state.named) if state.named else None
    yield "noted", [[*each.key, *each[1:]] for each in state.noted]
    yield "records", [[*each.key, *each.due, *each[3:], each.seq] for each in state.records.values()]


def restore(guides: Guides, kept: Mapping[str, Any]) -> State:
    """The state that `stored` wrote."""
    locale, time_zone, channel, client, today, sources, facts = kept["started"]
    day, pins = date.fromisoformat(today), {id: guide.digest for id, guide in guides.items()}
    started = SessionStarted(pins, kept["given"], locale, time_zone, channel, client, day, sources, facts)
    guides = spoken(guides, started.locale)
    guide = guides[kept["guide"]]
    named = from_plain(ClientNamed, kept["named"]) if "named" in kept else None
    first = Frame("", guide, outside=outside(started, named))
    visit = unpack(kept, guides, lambda: entered(guides, guide, started, named), first, day)
    state = State(guides, guide, started, visit, kept["seq"], kept["moved"], {}, kept.get("ended_by"), named=named)
    return state if kept.keys().isdisjoint(_RARE) else _with_rare(state, kept)


_RARE = frozenset({"paused", "aside", "approvals", "produced", "noted", "records"})


def _with_rare(state: State, kept: Mapping[str, Any]) -> State:
    """The state with what most sessions have none of."""
    day = state.started.today
    aside = {
        (frame, step, number): unpack_answer(state.guides, guide_of(state, frame), answer, day)
        for frame, step, number, *answer in kept.get("aside", ())
    }
    approvals = {
        ((frame, step, number), what): Approval(status, by)
        for frame, step, number, what, status, by in kept.get("approvals", ())
    }
    records = {written[-1]: _written(*written) for written in kept.get("records", ())}
    produced = frozenset(kept.get("produced", ()))
    noted = tuple(Noted((frame, step, number), *told) for frame, step, number, *told in kept.get("noted", ()))
    state = state._replace(aside=aside, approvals=approvals, produced=produced, noted=noted, records=records)
    return state._replace(paused=kept.get("paused"))


def _written(frame: str, step: str, number: int, *rest: Any) -> Written:
    *said, client, replaces, ended, seq = rest
    return Written(seq, (frame, step, number), Due(*said), client, replaces, ended)
