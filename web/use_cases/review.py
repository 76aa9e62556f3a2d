"""Looking back at one session: its path with times, answers, values and notes."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache, partial

from engine.diagram import passed, to_dot
from engine.events import (
    Answered,
    Changed,
    Event,
    GuideOpened,
    HandedOver,
    NoteAdded,
    NothingFitted,
    Overridden,
    Paused,
    Skipped,
    StepFlagged,
    StepShown,
    TakenOver,
    WentBack,
)
from engine.fields.catalogue import show
from engine.fields.field import Value
from engine.graph import GuideGraph
from engine.model import Guide
from engine.sentences import sentence
from engine.state import State, path, replay
from engine.visits import Key, Visit
from web.rendering import render
from web.storage import givers, sessions
from web.storage.database import Database
from web.storage.events import log
from web.storage.people import Person, names
from web.storage.sessions import Head
from web.use_cases import turns
from web.use_cases.about import about, known_of
from web.use_cases.permissions import may_review
from web.use_cases.refusals import NotFoundError
from web.use_cases.shelf import Shelf
from web.use_cases.telling import Chosen, Telling, chosen


@dataclass(frozen=True, slots=True)
class Shown:
    """One value as people read it."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Noted:
    """A person's own words with their time (UTC) and who wrote them; `kind` is that of the event they are from.

    Where the session changed hands, that is told as the log tells it.

    `step` is that at which they were written, where the path no longer leads there.
    """

    at: datetime
    actor: str
    text: str
    kind: str = "note_added"
    step: str = ""


@dataclass(frozen=True, slots=True)
class Passed:
    """One visit of the path, the one on the screen last. `seconds` is how long it stood on the screen.

    Words of its guide are in its `language`.

    `answer` is the chosen option's label, `anytime` where it was offered at any time; `skipped` the reason for skipping
    the step. `overrides` are the locks and open checks that were passed, each with why. `automatic` visits nobody saw.
    `changes` say what the answer was before each change of it, by label, and why it was changed.
    `depth` counts calls (0: the root guide), `detour` says that the last of them comes back to the step it left.
    """

    guide: str
    guide_title: str
    language: str
    step: str
    title: str
    occurrence: int
    depth: int
    detour: bool
    automatic: bool
    at: datetime | None
    seconds: float | None
    answer: str | None
    anytime: bool
    skipped: str | None
    overrides: tuple[Shown, ...]
    values: tuple[Shown, ...]
    checks: tuple[str, ...]
    changes: tuple[Shown, ...]
    notes: tuple[Noted, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """One event of the log in a sentence, as it happened, also where the path no longer leads."""

    seq: int
    at: datetime
    actor: str
    kind: str
    step: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Review:
    """One session to look back at, and whom it is `about`.

    `outcome` is the label of the outcome reached; `values` those known at the end.
    """

    head: Head
    about: str
    state: State
    outcome: str | None
    steps: tuple[Passed, ...]
    values: tuple[Shown, ...]
    notes: tuple[Noted, ...]
    events: tuple[Told, ...]


class Reviews:
    """Looking back at one session, as far as `permissions.may_review` lets; of practice nobody sees others'."""

    def __init__(self, database: Database, shelf: Shelf, dot: str | None = None) -> None:
        self._database = database
        self._shelf = shelf
        self._draw = lru_cache(maxsize=64)(partial(render, program=dot))

    def session(self, person: Person, session_id: str) -> Review:
        """One session, replayed from its log. Raises `NotFoundError`."""
        head, state, events = self._replayed(person, session_id)
        guides = state.guides
        telling = Telling(guides, state.locale)
        history = _History(events, telling)
        visits = path(state) if state.visit.ends_session else (*path(state), state.visit)
        history.gather({visit.key for visit in visits})
        return Review(
            head=head,
            about=about(head, self._shelf, known_of(self._database, person, [head])),
            state=state,
            outcome=head.ending,
            steps=tuple(_passed(visit, state.locale, history) for visit in visits),
            values=_shown(state.visit.frame.guide, state.values, state.locale),
            notes=tuple(note for notes in history.notes.values() for note in notes),
            events=tuple(_told(event, telling) for event in events),
        )

    def graph(self, person: Person, session_id: str) -> bytes:
        """The session's guide as SVG with the path marked. Raises `NotFoundError`, `web.rendering.RenderingError`."""
        _, state, _ = self._replayed(person, session_id)
        visits = path(state) if state.visit.ends_session else (*path(state), state.visit)
        return self._draw(to_dot(GuideGraph(state.guide, state.guides), passed(visits)))

    def _replayed(self, person: Person, session_id: str) -> tuple[Head, State, list[Event]]:
        head = sessions.head(self._database, session_id)
        if head is None or _anothers_practice(person, head):
            raise NotFoundError("session")
        gave = bool(givers.given(self._database, person.id, [session_id]))
        if not may_review(person, head.person, head.team, gave=gave):
            raise NotFoundError("session")
        events = [turns.event_of(logged) for logged in log(self._database, session_id)]
        return head, replay(self._shelf.pinned(head.pins), events), self._named(events)

    def _named(self, events: list[Event]) -> list[Event]:
        """The events with the people as they are called; the log knows them as they sign in."""
        called = names(self._database)
        return [_named(event, called) for event in events]


def _named(event: Event, called: Mapping[str, str]) -> Event:
    body = event.body
    body = body._replace(to=called.get(body.to, body.to)) if isinstance(body, HandedOver) else body
    return event._replace(actor=called.get(event.actor, event.actor), body=body)


class _History:
    """When each visit was shown, when it was answered, and the notes written while it stood on the screen.

    `before` is the visit from which one was first come to, `titles` those of the steps at which something was written.

    `overridden`, by the seq of the answer, is what was locked or left open and was passed all the same.
    """

    def __init__(self, events: Iterable[Event], telling: Telling) -> None:
        self.shown: dict[Key, datetime] = {}
        self.left: dict[Key, datetime] = {}
        self.changes: dict[Key, list[Shown]] = {}
        self.notes: dict[Key, list[Noted]] = {}
        self.overridden: dict[int, list[Overridden]] = {}
        self.titles: dict[Key, str] = {}
        self.before: dict[Key, Key] = {}
        here: Key | None = None
        answered = 0
        for event in events:
            if isinstance(event.body, Answered | Changed | Skipped | GuideOpened):
                answered = event.seq
                key = event.frame, event.step, event.body.occurrence
                if key == here:
                    self.left[key] = event.at
                if isinstance(event.body, Changed):
                    change = Shown(telling.was(event, event.body), event.body.reason)
                    self.changes.setdefault(key, []).append(change)
            elif isinstance(event.body, Overridden):
                self.overridden.setdefault(answered, []).append(event.body)
            before, here = here, _on_screen(event) or here
            if before and here and here not in self.shown:
                self.before[here] = before
            if here and isinstance(event.body, StepShown | WentBack):
                self.shown[here] = event.at
            elif here and (text := _hands(event, telling) or _words(event)):
                self.notes.setdefault(here, []).append(Noted(event.at, event.actor, text, event.kind))
                self.titles[here] = telling.step(event)

    def gather(self, path: Collection[Key]) -> None:
        """Tell what was written at visits that lie on the path no more at the one on it that led there."""
        for key in [key for key in self.notes if key not in path]:
            on = key
            while on not in path and on in self.before:
                on = self.before[on]
            left = [replace(note, step=self.titles[key]) for note in self.notes.pop(key)]
            self.notes[on] = sorted([*self.notes.get(on, ()), *left], key=lambda note: note.at)


def _words(event: Event) -> str:
    """What a person wrote beside the script; "" where the event is nothing of the kind."""
    match event.body:
        case NoteAdded(text) | StepFlagged(_, text) | NothingFitted(_, text) | Paused(_, text):
            return text
    return ""


def _hands(event: Event, telling: Telling) -> str:
    """That the session changed hands, as the log tells it; "" where the event is nothing of the kind."""
    return telling.sentence(event) if isinstance(event.body, HandedOver | TakenOver) else ""


def _on_screen(event: Event) -> Key | None:
    """The visit that an event brought to the screen, or None."""
    body = event.body
    if isinstance(body, StepShown):
        return event.frame, event.step, body.occurrence
    return (body.to_frame, body.to_step, body.to_occurrence) if isinstance(body, WentBack) else None


def _passed(visit: Visit, locale: str, history: _History) -> Passed:
    guide, step, answer = visit.frame.guide, visit.step, visit.answer
    person_answered = answer is not None and answer.seq > 0
    shown = history.shown.get(visit.key)
    left = history.left.get(visit.key) if answer else None
    ticked = answer.checks if answer else ()
    choice = chosen(visit)
    return Passed(
        guide=guide.id,
        guide_title=guide.title,
        language=guide.language,
        step=step.id,
        title=step.name.fill(visit.scope, locale),
        occurrence=visit.occurrence,
        depth=visit.frame.id.count("/"),
        detour=visit.frame.detour is not None,
        automatic=shown is None and not person_answered,
        at=shown,
        seconds=(left - shown).total_seconds() if left and shown and left >= shown else None,
        answer=choice.option.label if choice else None,
        anytime=choice is not None and choice.anytime,
        skipped=answer.skip if answer else None,
        overrides=tuple(_overrides(visit, choice, history, locale)),
        values=_shown(guide, answer.values if answer else {}, locale),
        checks=tuple(check.label for check in step.checks if check.id in ticked),
        changes=tuple(history.changes.get(visit.key, ())),
        notes=tuple(history.notes.get(visit.key, ())),
    )


def _overrides(visit: Visit, choice: Chosen | None, history: _History, locale: str) -> Iterator[Shown]:
    checks = {check.id: check.label for check in visit.step.checks}
    for over in history.overridden.get(visit.answer.seq, ()) if visit.answer else ():
        if choice is not None and choice.option.id == over.what:
            because = choice.option.because.fill(choice.scope, locale)
            label = sentence("Chosen although it was locked (“{because}”)", because=because)
        else:
            label = sentence("Went on without “{check}”", check=checks.get(over.what, over.what))
        approved = sentence("Approved by {name}", name=over.approver) if over.approver else ""
        both = sentence("{approved}. {reason}", approved=approved, reason=over.reason)
        yield Shown(label, both if approved and over.reason else approved or over.reason)


def _shown(guide: Guide, values: Mapping[str, Value], locale: str) -> tuple[Shown, ...]:
    fields = ((field, values[id]) for id, field in guide.fields.items() if id in values)
    shown = ((field.label or field.id, show(field, value, locale)) for field, value in fields)
    return tuple(Shown(label, text) for label, text in shown if text)


def _told(event: Event, telling: Telling) -> Told:
    return Told(event.seq, event.at, event.actor, event.kind, event.step, telling.sentence(event))


def _anothers_practice(person: Person, head: Head) -> bool:
    """What people do to learn is for themselves."""
    return head.practice and head.person != person.id
