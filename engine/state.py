"""A session's state: its events folded, never edited (FORMAT §6).

The path is traced anew from the answers that lie on it, so nothing off the path can influence anything.
"""

from collections.abc import Iterable, Mapping
from itertools import takewhile
from typing import Any, NamedTuple

from engine.errors import NotOnPathError, Refusal, RefusedError, WalkError
from engine.events import (
    Answered,
    ApprovalAsked,
    ApprovalGiven,
    ApprovalRefused,
    Changed,
    ClientNamed,
    DocumentProduced,
    Event,
    GuideOpened,
    NoteAdded,
    NothingFitted,
    Paused,
    RecordCancelled,
    Recorded,
    Reopened,
    Resumed,
    SessionEnded,
    SessionStarted,
    Skipped,
    TakenOver,
    WentBack,
)
from engine.fields.catalogue import plain, read
from engine.fields.field import Value
from engine.model import Ending, Guide, Outcome
from engine.path import enter, go_on
from engine.records import CANCELLED, REPLACED, Due, Written, due
from engine.replies import Circumstances, Reply, asked, judge
from engine.visits import Answer, Frame, Guides, Key, Opened, Visit, backwards


class Approval(NamedTuple):
    """How a request for approval stands: `asked`, `given` or `refused`, and by whom it was answered."""

    status: str
    by: str = ""


class Noted(NamedTuple):
    """What was written at the visit `key`: a note or, where no answer fitted, the client's own `words`."""

    key: Key
    text: str
    words: bool = False


class State(NamedTuple):
    """Where a session stands. `visit` is on the screen; `aside` holds the answers that are not on the path.

    `seq` is that of the last event; `moved` that of the last one which moved the cursor or an answer, so that a
    page which shows less than `moved` is stale, and notes do not make it so. `ended_by` is the reason where a
    person ended the session before an outcome. `approvals` holds what a second person was asked to approve, by visit
    and by option or check id. `produced` are the digests of the documents taken from the screen; `noted` is all that
    was written beside the answers, oldest first. `records` is all that was written for the ledger, by seq. `named` is
    how the client was named last, where that was not at the start. `paused` is the reason why it was put aside; any
    move takes it up again. `started` holds what is known of the session's person now: of whoever took it over last.
    """

    guides: Guides
    guide: Guide
    started: SessionStarted
    visit: Visit
    seq: int
    moved: int
    aside: Mapping[Key, Answer]
    ended_by: str | None = None
    approvals: Mapping[tuple[Key, str], Approval] = {}
    produced: frozenset[str] = frozenset()
    noted: tuple[Noted, ...] = ()
    records: Mapping[int, Written] = {}
    named: ClientNamed | None = None
    paused: str | None = None

    @property
    def status(self) -> str:
        """`active`, `paused` or `ended`."""
        if self.ended_by is not None or self.visit.ends_session:
            return "ended"
        return "active" if self.paused is None else "paused"

    @property
    def outcome(self) -> str | None:
        """The outcome reached by the guide that the session started with or that took its place, or None."""
        exit = self.visit.step.exit
        return exit.outcome if self.visit.ends_session and isinstance(exit, Ending) else None

    @property
    def reached(self) -> Outcome | None:
        """What that guide says of this outcome."""
        return self.visit.frame.guide.outcomes[self.outcome] if self.outcome else None

    @property
    def client(self) -> str | None:
        """The reference of the client, or None."""
        return self.named.client if self.named else self.started.client

    @property
    def values(self) -> Mapping[str, Value]:
        """What is known in the frame on the screen, by field id."""
        return self.visit.values

    @property
    def locale(self) -> str:
        """The session's locale, like `de`."""
        return self.started.locale

    def counting(self, seq: int) -> "State":
        """This state after events up to `seq` that change nothing by themselves."""
        return State._make((*self[:4], seq, *self[5:]))

    def approved(self, key: Key) -> frozenset[str]:
        """The ids of the options and checks of a visit that a second person approved."""
        given = (at for at, approval in self.approvals.items() if at[0] == key and approval.status == "given")
        return frozenset(what for _, what in given)

    @property
    def suggestion(self) -> Answer | None:
        """An earlier answer to the step on the screen that is not on the path, to be shown filled in."""
        before = self.aside.get(self.visit.key) if self.aside else None
        return None if before is None or before.opened else before


def path(state: State) -> tuple[Visit, ...]:
    """Every visit passed, in order, without the one on the screen; an outcome step reached is the last."""
    passed = tuple(backwards(state.visit))[::-1]
    return passed if state.visit.ends_session else passed[:-1]


def replay(guides: Guides, events: Iterable[Event]) -> State:
    """The state that these events lead to; the same events always give the same state."""
    events = iter(events)
    state = begin(guides, next(events))
    for event in events:
        state = apply(state, event)
    return state


def spoken(guides: Guides, locale: str) -> Guides:
    """The guides in the language of a session, as far as they are translated."""
    if not any(guide.translations for guide in guides.values()):
        return guides
    return {id: guide.spoken(locale) for id, guide in guides.items()}


def begin(guides: Guides, event: Event) -> State:
    """The state after `session_started`; `guides` are the pinned ones by id."""
    started = event.body
    assert isinstance(started, SessionStarted), "a log begins with session_started"
    guides = spoken(guides, started.locale)
    guide = guides[event.guide]
    visit = entered(guides, guide, started)
    return State(guides, guide, started, visit, event.seq, event.seq, {})


def outside(started: SessionStarted, named: ClientNamed | None) -> Mapping[str, Any]:
    """What is known from outside, by key: of whoever calls and the house, and of the client as named last."""
    if named is None:
        return {**started.sources, **started.facts}
    house = {key: value for key, value in started.sources.items() if not key.startswith("client.")}
    return {**house, **named.sources, **named.facts}


def entered(guides: Guides, guide: Guide, started: SessionStarted, named: ClientNamed | None = None) -> Visit:
    """The first visit of a session."""
    frame = Frame("", guide, outside=outside(started, named))
    return enter(guides, frame, typed(guide, started.given), started.today)


def apply(state: State, event: Event) -> State:
    """The state after one more event. What only tells of a turn's consequences just counts."""
    body = event.body
    if isinstance(body, Answered | Changed):
        key = event.frame, event.step, body.occurrence
        return take(state, key, answer_of(state, key, body, event.seq))
    if isinstance(body, Skipped):
        key = event.frame, event.step, body.occurrence
        return take(state, key, Answer(None, {}, {}, (), body.today, event.seq, skip=body.reason))
    if isinstance(body, GuideOpened):
        key = event.frame, event.step, body.occurrence
        opened = Opened(body.opened, typed(state.guides[body.opened], body.given))
        return take(learned(state, body.facts), key, Answer(None, {}, {}, (), body.today, event.seq, opened=opened))
    if isinstance(body, ClientNamed):
        return _anew(state, state.started, body, event.seq)
    if isinstance(body, TakenOver) and body.sources:
        return _taken_over(state, body, event.seq)
    if isinstance(body, WentBack):
        return go_back(state, (body.to_frame, body.to_step, body.to_occurrence), event.seq)
    if isinstance(body, SessionEnded) and body.how == "ended":
        return state._replace(ended_by=body.reason, seq=event.seq, moved=event.seq, paused=None)
    if isinstance(body, Reopened):
        return state._replace(ended_by=None, seq=event.seq, moved=event.seq)
    return _beside(state, event)


def _beside(state: State, event: Event) -> State:
    """The state after an event that moves nothing: it is kept, or only counts."""
    body = event.body
    if isinstance(body, ApprovalAsked | ApprovalGiven | ApprovalRefused):
        at = (event.frame, event.step, body.occurrence), body.what
        approval = Approval(APPROVALS[type(body)], event.actor)
        return state._replace(approvals={**state.approvals, at: approval}, seq=event.seq)
    if isinstance(body, DocumentProduced):
        return state._replace(produced=state.produced | {body.digest}, seq=event.seq)
    if isinstance(body, Paused | Resumed):
        return state._replace(paused=body.reason if isinstance(body, Paused) else None, seq=event.seq)
    if isinstance(body, NoteAdded | NothingFitted):
        text, words = (body.text, False) if isinstance(body, NoteAdded) else (body.words, True)
        return state._replace(noted=(*state.noted, Noted(state.visit.key, text, words)), seq=event.seq)
    if isinstance(body, Recorded | RecordCancelled):
        return state._replace(records=_recorded(state.records, event, body), seq=event.seq)
    return state._replace(seq=event.seq)


def _recorded(records: Mapping[int, Written], event: Event, body: Recorded | RecordCancelled) -> Mapping[int, Written]:
    """The records after one more was written, or one cancelled."""
    if isinstance(body, RecordCancelled):
        return {**records, body.record: records[body.record]._replace(ended=CANCELLED)}
    due = Due(body.record, body.source, body.details, body.texts, body.values)
    key = event.frame, event.step, body.occurrence
    told = {**records, event.seq: Written(event.seq, key, due, body.client, body.replaces)}
    old = records.get(body.replaces) if body.replaces else None
    return told | {old.seq: old._replace(ended=old.ended or REPLACED)} if old else told


def standing(state: State) -> Mapping[int, Written]:
    """The records that hold by what lies on the path, by seq."""
    extant = _extant(state)
    if not extant:
        return {}
    left = {(visit.key, each.source) for visit in path(state) for each in due(visit, state.locale)}
    return {seq: written for seq, written in extant.items() if (written.key, written.due.source) in left}


def not_undone(state: State) -> Mapping[int, Written]:
    """The records whose occurrence no longer lies on the path: what they say was done all the same, by seq."""
    holding = standing(state)
    return {seq: written for seq, written in _extant(state).items() if seq not in holding}


def left_behind(state: State) -> Mapping[int, Written]:
    """The records not undone that would not hold again if what was put aside were answered as before, by seq.

    A mere step back leaves none behind as long as the path has not gone another way, and the session has not ended.
    """
    undone = not_undone(state)
    if not undone or state.status == "ended":
        return undone
    again = standing(_along(state, state.aside))
    return {seq: written for seq, written in undone.items() if seq not in again}


def _extant(state: State) -> Mapping[int, Written]:
    return {seq: written for seq, written in state.records.items() if not written.ended}


def answer_of(state: State, key: Key, body: Answered | Changed, seq: int) -> Answer:
    """The typed answer that an event carries for the visit named by `key`."""
    guide = guide_of(state, key[0])
    values = typed(guide, body.values)
    return Answer(body.option, values, body.typed, tuple(body.checks), body.today, seq, body.reasons)


APPROVALS = {ApprovalAsked: "asked", ApprovalGiven: "given", ApprovalRefused: "refused"}
"""What each event makes of a request for approval."""


def find(state: State, key: Key) -> Visit:
    """The visit on the path, or on the screen, that a key names. Raises `NotOnPathError`."""
    for visit in backwards(state.visit):
        if visit.key == key:
            return visit
    raise NotOnPathError(key[1])


def take(state: State, key: Key, answer: Answer) -> State:
    """The state after answering the visit `key` like this: the one on the screen, or an earlier one (a change).

    After a change the later answers that are still on the path and still valid are kept; the cursor lands on the
    first step without one, or where it was (FORMAT §6).
    """
    if state.visit.key == key:
        return _taken(state, key, answer)
    return _keeping(_taken(go_back(state, key, answer.seq), key, answer), state)


def _taken(state: State, key: Key, answer: Answer) -> State:
    """The state after answering the visit on the screen, whose key is `key`."""
    visit, seq = go_on(state.guides, state.visit, answer), answer.seq
    aside = _without(state.aside, key)
    guides, guide, started, _, _, _, _, ended_by, approvals, produced, noted, records, named, _ = state
    return State(guides, guide, started, visit, seq, seq, aside, ended_by, approvals, produced, noted, records, named)


def _anew(state: State, started: SessionStarted, named: ClientNamed | None, seq: int) -> State:
    """The state with what else is known from outside now: like a change before the first answer."""
    *_, first = backwards(state.visit)
    rewound = go_back(state, first.key, seq)
    visit = entered(state.guides, state.guide, started, named)
    return _keeping(rewound._replace(visit=visit, started=started, named=named), state)


def learned(state: State, facts: Mapping[str, Any]) -> State:
    """The state with more figures of its client, which no guide that it has begun reads."""
    if not facts:
        return state
    started, named = state.started, state.named
    if named is None:
        started = started._replace(facts={**started.facts, **facts})
    else:
        named = named._replace(facts={**named.facts, **facts})
    return _anew(state, started, named, state.seq)._replace(moved=state.moved, paused=state.paused)


def _taken_over(state: State, taken: TakenOver, seq: int) -> State:
    """The state with what is known of who goes on; it stays paused, and has moved only where the answers lead away."""
    started = state.started._replace(sources={**state.started.sources, **taken.sources})
    anew = _anew(state, started, state.named, seq)._replace(paused=state.paused)
    return anew._replace(moved=state.moved) if anew.visit.key == state.visit.key else anew


def _keeping(moved: State, before: State) -> State:
    """Go on with the answers that lay on the path `before`, until one is missing or invalid, or the cursor is back."""
    kept = {visit.key: visit.answer for visit in backwards(before.visit) if visit.answer}
    return _along(moved, kept, before.visit.key)


def _along(moved: State, answers: Mapping[Key, Answer], until: Key | None = None) -> State:
    """Go on with these answers, until one is missing or invalid, or the cursor is at `until`."""
    visit, aside = moved.visit, dict(moved.aside)
    while visit.key != until and (answer := answers.get(visit.key)):
        still = _still_valid(moved, visit, answer)
        if still is None:
            break
        try:
            reached = go_on(moved.guides, visit, still)
        except WalkError:
            break
        aside.pop(visit.key, None)
        visit = reached
    return moved._replace(visit=visit, aside=aside)


def _without(aside: Mapping[Key, Answer], key: Key) -> Mapping[Key, Answer]:
    if key not in aside:
        return aside
    return {other: parked for other, parked in aside.items() if other != key}


def _still_valid(state: State, visit: Visit, answer: Answer) -> Answer | None:
    """The answer as it holds at this visit of the session, or None where it no longer does."""
    if answer.passes_by:
        return answer if answer.opened or visit.step.skip_to else None
    asks, entered = {ask.field for ask in asked(visit)}, answer.entered
    values = {id: plain(value) for id, value in entered.items() if id in asks}
    try:
        judged = judge(
            visit,
            Reply(answer.option, values, answer.checks, reasons=answer.reasons),
            Circumstances(state.locale, answer.today, state.approved(visit.key)),
        )
    except RefusedError:
        return None
    hidden = {id: value for id, value in entered.items() if id not in asks}
    return judged._replace(typed=answer.typed, seq=answer.seq, hidden=hidden)


def go_back(state: State, key: Key, seq: int) -> State:
    """The cursor on an earlier visit; its answer and all beyond are set aside, none is lost."""
    target = find(state, key)
    aside, before = dict(state.aside), target.previous
    for visit in takewhile(lambda visit: visit is not before, backwards(state.visit)):
        if visit.answer:
            aside[visit.key] = visit.answer
    unanswered = target._replace(answer=None, case=0)
    return state._replace(visit=unanswered, aside=aside, ended_by=None, seq=seq, moved=seq, paused=None)


def typed(guide: Guide, values: Mapping[str, Any]) -> dict[str, Value]:
    """Canonical JSON values as the typed values of this guide's fields; they were judged when they came in."""
    read_values = {id: read(guide.fields[id], value) for id, value in values.items()}
    return {id: value for id, value in read_values.items() if not isinstance(value, Refusal)}


def guide_of(state: State, frame: str) -> Guide:
    """The guide that a frame walks: its id ends with the guide's."""
    return state.guides[frame.rpartition(":")[2]] if frame else state.guide
