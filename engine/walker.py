"""What a person can ask of a session: each request becomes new events and the state they lead to (FORMAT §6).

Nothing here changes anything, and clock, ids and dates come from outside in a `Moment`.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import takewhile
from types import MappingProxyType
from typing import Any, NamedTuple

from engine import documents, summary
from engine.consequences import Turn, answered, changed, event_at, in_plain, taken, told, turn
from engine.documents import Produced
from engine.errors import EndedError, NothingToUndoError, NotOnPathError, Refusal, RefusedError
from engine.events import (
    ApprovalAsked,
    ApprovalGiven,
    ApprovalRefused,
    Body,
    ClientNamed,
    DocumentProduced,
    Event,
    GuideOpened,
    HandedOver,
    Moment,
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
    StepFlagged,
    TakenOver,
    WentBack,
)
from engine.model import Options
from engine.path import anytime_of
from engine.records import Written
from engine.replies import Circumstances, Reply, judge, judge_given
from engine.sentences import sentence
from engine.state import State, apply, begin, learned, not_undone, spoken
from engine.visits import Answer, Guides, Key, Opened, Visit, backwards, last_answered, latest

UNKNOWN: Mapping[str, Any] = MappingProxyType({})
"""Nothing is known of a client."""


class Opening(NamedTuple):
    """How a session starts. `given` holds the given values: typed texts where `typed`, by the locale or that of the
    `reader` who typed them, else canonical JSON.

    `sources` holds what fields are `from`, by name, and `facts` the client's figures, by `Fact.key`. In a `preview`,
    a walkthrough or `handrail walk`, `given` may say both too, by the ids of the guide's own fields.
    """

    given: Mapping[str, Any]
    locale: str = "en"
    time_zone: str = "UTC"
    channel: str = "phone"
    client: str | None = None
    typed: bool = False
    sources: Mapping[str, Any] = {}
    facts: Mapping[str, Any] = {}
    preview: bool = False
    reader: str = ""


def start(guides: Guides, guide: str, opening: Opening, moment: Moment) -> Turn:
    """Start a session of a guide; `guides` pins it and all it can reach.

    Raises `RefusedError` for given values that are missing or not acceptable.
    """
    root = guides[guide].spoken(opening.locale)
    circumstances = Circumstances(opening.locale, moment.today)
    reply, known = Reply(values=opening.given, typed=opening.typed, reader=opening.reader), root.fields
    judged = in_plain(judge_given(root, reply, circumstances, opening.sources, preview=opening.preview))
    started = SessionStarted(
        guides={id: pinned.digest for id, pinned in guides.items()},
        given={id: value for id, value in judged.items() if known[id].given},
        locale=opening.locale,
        time_zone=opening.time_zone,
        channel=opening.channel,
        client=opening.client,
        today=moment.today,
        sources={**opening.sources, **{known[id].source: judged[id] for id in judged if known[id].source}},
        facts={**opening.facts, **{fact.key(guide): judged[id] for id in judged if (fact := known[id].fact)}},
    )
    event = Event(1, moment.at, moment.actor, guide, root.start, "", started)
    state = begin(guides, event)
    return turn([event], state, None, moment)


def answer(state: State, reply: Reply, moment: Moment) -> Turn:
    """Answer the step on the screen.

    Raises `EndedError`, `RefusedError`, `TooManyVisitsError`, `TooManyFramesError`.
    """
    _going_on(state)
    judged = judge(state.visit, reply, _circumstances(state, state.visit, moment.today, state.seq + 1))
    before = state.suggestion
    if before is not None:
        judged = _dated(judged, before)
    first = answered(state.visit, judged)
    anew = before is not None and not judged.same_as(before)
    body = changed(first, before, "") if before and anew else first
    return taken(state, state.visit, judged, body, moment)


def change(state: State, at: str | Key, reply: Reply, moment: Moment, reason: str = "") -> Turn:
    """Answer an earlier step anew: the visit `at` a key, or the latest one of a step (`guide/step` where ambiguous).

    Later answers that still hold are kept; an ended session is reopened. Raises `NotOnPathError`, `RefusedError`.
    """
    visit, here = earlier(state, at), state.visit
    reopened: tuple[Event, ...] = ()
    if state.status == "ended":
        reopened = (event_at(state.seq + 1, here, Reopened(here.occurrence), moment),)
        state = apply(state, reopened[0])
    judged = judge(visit, reply, _circumstances(state, visit, moment.today, state.seq + 1))
    judged = _dated(judged, visit.answer)
    assert visit.answer is not None, "an earlier visit was answered"
    body = changed(answered(visit, judged), visit.answer, reason)
    turn = taken(state, visit, judged, body, moment)
    return turn._replace(events=(*reopened, *turn.events))


def skip(state: State, reason: str, moment: Moment) -> Turn:
    """Skip the step on the screen, for a reason, where it is `skippable`. Raises `EndedError`, `RefusedError`."""
    _going_on(state)
    visit = state.visit
    if not visit.step.skip_to:
        raise RefusedError({"skip": Refusal("not-skippable", sentence("This step cannot be skipped; answer it."))})
    given = _said("skip", reason, sentence("Give a reason for skipping this step."))
    judged = _dated(Answer(None, {}, {}, (), moment.today, state.seq + 1, skip=given), state.suggestion)
    return taken(state, visit, judged, Skipped(visit.occurrence, given, judged.today), moment)


def open_guide(
    state: State, guides: Guides, guide: str, reply: Reply, moment: Moment, facts: Mapping[str, Any] = UNKNOWN
) -> Turn:
    """Open another guide at the step on the screen, as a detour that comes back to it and brings nothing.

    `guides` holds it and all it can reach; what the session has pinned already stays as it is. `reply` has its given
    values, and `facts` are the client's figures, of which those are taken that the session's guides do not read: theirs
    stay what they were. Raises `EndedError`, `RefusedError`, `TooManyFramesError`.
    """
    _going_on(state)
    new = spoken({id: each for id, each in guides.items() if id not in state.guides}, state.locale)
    read = {key for each in state.guides.values() for _, key in each.outside}
    more = {key: value for key, value in facts.items() if key not in read}
    known = learned(state._replace(guides={**state.guides, **new}), more)
    here = Circumstances(state.locale, moment.today)
    given = judge_given(known.guides[guide], reply, here, known.visit.frame.outside)
    opened = Answer(None, {}, {}, (), moment.today, state.seq + 1, opened=Opened(guide, given))
    opened = _dated(opened, state.aside.get(state.visit.key))
    pins = {id: guides[id].digest for id in new}
    body = GuideOpened(state.visit.occurrence, guide, in_plain(given), pins, opened.today, more)
    return taken(known, known.visit, opened, body, moment)


def ask_approval(state: State, what: str, reason: str, moment: Moment) -> Turn:
    """Ask a second person to open the option or check `what` of the step on the screen. Raises `RefusedError`."""
    _judge_approval(state, what)
    return told(state, ApprovalAsked(state.visit.occurrence, what, reason), moment)


def approve(state: State, what: str, approved: bool, reason: str, moment: Moment) -> Turn:
    """A second person's word on the option or check `what` of the step on the screen; the moment's actor gives it.

    Raises `RefusedError`, also where that person is the one who asked.
    """
    _judge_approval(state, what)
    asked = state.approvals.get((state.visit.key, what))
    if asked is not None and asked.status == "asked" and asked.by == moment.actor:
        message = sentence("Somebody else has to decide this: nobody approves what they asked for themselves.")
        raise RefusedError({what: Refusal("same-person", message)})
    body = ApprovalGiven if approved else ApprovalRefused
    return told(state, body(state.visit.occurrence, what, reason), moment)


def back(state: State, moment: Moment, to: str | None = None) -> Turn:
    """Move the cursor to the visit answered last, or to the latest visit of step `to`; nothing is deleted.

    Reopens an ended session, at the step where it stood if a person ended it and `to` names no other.
    Raises `NothingBeforeError`, `NotOnPathError`.
    """
    if state.ended_by is not None and not to:
        return told(state, Reopened(state.visit.occurrence), moment)
    target = latest(state.visit, to) if to else last_answered(state.visit)
    seq, here = state.seq + 1, state.visit
    bodies: list[Body] = [Reopened(here.occurrence)] if state.status == "ended" else []
    bodies.append(WentBack(here.occurrence, target.frame.id, target.step.id, target.occurrence))
    events = [event_at(seq + number, here, body, moment) for number, body in enumerate(bodies)]
    after = state
    for event in events:
        after = apply(after, event)
    return Turn(tuple(events), after)


def note(state: State, text: str, moment: Moment) -> Turn:
    """Write a note at the step on the screen, also after the end."""
    return told(state, NoteAdded(text), moment)


def flag(state: State, text: str, moment: Moment) -> Turn:
    """Tell the author what is wrong with the step on the screen, also after the end. Raises `RefusedError`."""
    return told(
        state, StepFlagged(state.visit.occurrence, _said("flag", text, sentence("Say what is wrong here."))), moment
    )


def nothing_fits(state: State, words: str, moment: Moment) -> Turn:
    """Keep the client's own words where none of the answers fits. Raises `EndedError`, `RefusedError`."""
    _going_on(state)
    said = _said("words", words, sentence("Write what the client said, in their own words."))
    return told(state, NothingFitted(state.visit.occurrence, said), moment)


def pause(state: State, reason: str, moment: Moment) -> Turn:
    """Put the session aside; it stays where it is. Raises `EndedError`, `RefusedError`."""
    _going_on(state)
    return told(state, Paused(state.visit.occurrence, _said("reason", reason, sentence("Say why it pauses."))), moment)


def resume(state: State, moment: Moment) -> Turn:
    """Take a paused session up again; one that is not paused goes on as it was."""
    return Turn((), state) if state.status != "paused" else told(state, Resumed(state.visit.occurrence), moment)


def hand_over(state: State, to: str, note: str, moment: Moment) -> Turn:
    """Give the session to somebody else or to a queue, with a note, which may be empty. Raises `EndedError`."""
    _going_on(state)
    return told(state, HandedOver(state.visit.occurrence, to, note.strip()), moment)


def take_over(state: State, sources: Mapping[str, Any], moment: Moment) -> Turn:
    """Go on with what was handed over; the moment's actor is who does, and `sources` are what fields are `from` them.

    Answers that still hold are kept. What was written for the ledger in the words of the one before is replaced.
    Raises `EndedError`.
    """
    _going_on(state)
    new = {key: value for key, value in sources.items() if state.started.sources.get(key) != value}
    body = TakenOver(state.visit.occurrence, new)
    if not any(key in new for guide in state.guides.values() for _, key in guide.outside):
        return told(state, body, moment)
    event = event_at(state.seq + 1, state.visit, body, moment)
    return turn([event], apply(state, event), None, moment)


def _going_on(state: State) -> None:
    """Raises `EndedError` where the session has ended."""
    if state.status == "ended":
        raise EndedError(state.status)


def _said(name: str, text: str, ask: str) -> str:
    """The text without blanks around it. Raises `RefusedError` with what to do where there is none."""
    if not text.strip():
        raise RefusedError({name: Refusal("missing", ask)})
    return text.strip()


def name_client(
    state: State, client: str, sources: Mapping[str, Any], facts: Mapping[str, Any], moment: Moment
) -> Turn:
    """Name or correct the client: `sources` and `facts` as in an `Opening`, of this client alone.

    Later answers that still hold are kept. What was written for the one before is cancelled there, and written anew
    for this one. Raises `EndedError`.
    """
    _going_on(state)
    named = ClientNamed(client, sources, facts, moment.today)
    events = [event_at(state.seq + 1, state.visit, named, moment)]
    after = apply(state, events[0])
    for body, written in _moved(state, client):
        frame, step, _ = written.key
        guide = frame.rpartition(":")[2] or state.guide.id
        events.append(Event(after.seq + 1, moment.at, moment.actor, guide, step, frame, body))
        after = apply(after, events[-1])
    return turn(events, after, None, moment)


def _moved(state: State, client: str) -> Iterator[tuple[Recorded | RecordCancelled, Written]]:
    """What moves the records of the client before to this one."""
    for written in state.records.values():
        if not written.ended and written.client != client:
            yield RecordCancelled(written.seq, f"The client is {client}."), written
            yield Recorded(written.key[2], *written.due, client=client, replaces=written.seq), written


def cancel_record(state: State, record: int, reason: str, moment: Moment) -> Turn:
    """Cancel the record that event `record` wrote and whose answer lies on the path no more; also after the end.

    Raises `NothingToUndoError`, `RefusedError`.
    """
    if record not in not_undone(state):
        raise NothingToUndoError(record)
    said = _said("reason", reason, sentence("Say why it does not hold any more."))
    return told(state, RecordCancelled(record, said), moment)


def produce(state: State, document: str, moment: Moment) -> Turn:
    """Take a document from the screen, also after the end; a text that was taken before is no event again.

    Raises `NotOfferedError`.
    """
    text, visit = documents.produce(state, document), documents.find(state, document).visit
    return _kept(state, text._replace(id=document.rpartition("/")[2]), visit, moment)


def summarise(state: State, events: Iterable[Event], contact: str, moment: Moment) -> Turn:
    """Take the summary of a session that has ended: as `engine.summary.summarise`, and kept like a document.

    Raises `NotEndedError`.
    """
    return _kept(state, summary.summarise(state, events, contact), state.visit, moment)


def _kept(state: State, text: Produced, visit: Visit, moment: Moment) -> Turn:
    """A text that was taken, kept with the session; one that was taken before is no event again."""
    if text.digest in state.produced:
        return Turn((), state)
    texts = {"to": text.to, "subject": text.subject, "body": text.body, "plain": text.plain}
    body = DocumentProduced(visit.occurrence, text.id, text.kind, text.title, texts, text.digest)
    event = event_at(state.seq + 1, visit, body, moment)
    return Turn((event,), apply(state, event))


def end(state: State, reason: str, moment: Moment) -> Turn:
    """End the session before an outcome. Raises `EndedError`."""
    _going_on(state)
    return told(state, SessionEnded("ended", reason), moment)


def repeats(state: State, seq: int, reply: Reply) -> bool:
    """Whether `reply`, sent from a page that showed `seq`, says what was answered from that page already."""
    later = takewhile(lambda visit: visit.answer is None or visit.answer.seq > seq, backwards(state.visit))
    visits = [visit for visit in later if visit.answer]
    return bool(visits) and says(state, visits[-1], reply)


def says(state: State, visit: Visit, reply: Reply) -> bool:
    """Whether `reply` says what was answered at an earlier visit of this session."""
    assert visit.answer is not None, "an earlier visit was answered"
    try:
        judged = judge(visit, reply, _circumstances(state, visit, visit.answer.today))
    except RefusedError:
        return False
    return judged.same_as(visit.answer)


def earlier(state: State, at: str | Key) -> Visit:
    """The answered visit on the path `at` a key, or the latest one of a step. Raises `NotOnPathError`."""
    if isinstance(at, str):
        return latest(state.visit, at)
    for visit in backwards(state.visit):
        if visit.answer is not None and visit.key == at:
            return visit
    raise NotOnPathError(at[1])


NOBODY: frozenset[str] = frozenset()
"""What a second person has approved where nobody was asked."""


def _circumstances(state: State, visit: Visit, today: date, seq: int = 0) -> Circumstances:
    approved = state.approved(visit.key) if state.approvals else NOBODY
    return Circumstances(state.locale, today, approved, seq)


def approvable(state: State) -> frozenset[str]:
    """The ids of the options and checks of the step on the screen that a second person can open."""
    step = state.visit.step
    options = step.exit.options if isinstance(step.exit, Options) else ()
    anytime = (offer.entry.option for offer in anytime_of(state.visit))
    locks = [option.id for option in (*options, *anytime) if option.override == "approval"]
    return frozenset([*locks, *(check.id for check in step.checks if check.override == "approval")])


def _judge_approval(state: State, what: str) -> None:
    if what not in approvable(state):
        message = sentence("'{what}' is nothing here that a second person can approve.", what=what)
        raise RefusedError({what: Refusal("not-an-option", message)})


def _dated(judged: Answer, before: Answer | None) -> Answer:
    """The answer with the day of the one before where it says the same: what was agreed then is not moved."""
    return judged._replace(today=before.today) if before and judged.same_as(before) else judged
