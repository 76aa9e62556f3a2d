"""Events as sentences, for people who look back at a session."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeAlias

from engine.events import Event
from engine.expressions.expression import Scope
from engine.fields.catalogue import show
from engine.model import Call, Guide, Option, Options, Switch
from engine.path import anytime_of
from engine.state import typed
from engine.visits import Guides, Visit


class Telling:
    """Tells the events of one session: its pinned guides, in its locale."""

    def __init__(self, guides: Guides, locale: str) -> None:
        self._guides = guides
        self._locale = locale

    def sentence(self, event: Event) -> str:
        """What happened, in one sentence."""
        return SENTENCES[event.kind](self, event, event.body)

    def guide(self, id: str) -> Guide:
        """One of the session's guides."""
        return self._guides[id]

    def step(self, event: Event, id: str | None = None) -> str:
        """A step in quotes. Back may lead out of a called guide, to a caller that the event does not name."""
        id = id or event.step
        named = (guide.steps[id].name.source for guide in self._nearest(event) if id in guide.steps)
        return f"“{next(named, None) or self._anytime(event, id) or id}”"

    def answer(self, event: Event, body: Any) -> str:
        """What was answered at which step."""
        guide = self._guides[event.guide]
        label = self.option(event, body.option)
        chosen = f" with “{label}”" if label else ""
        return f"{self.step(event)}{chosen}{self.values(guide, body.values, ': ')}"

    def option(self, event: Event, id: str | None) -> str | None:
        """The label of an option of the event's step, or of an answer that is offered at any time; None without one."""
        step = self._guides[event.guide].steps.get(event.step)
        found = step.exit.find(id) if step and isinstance(step.exit, Options) else None
        return found.label if found else self._anytime(event, id)

    def check(self, event: Event, id: str) -> str | None:
        """The label of a check of the event's step; None for anything else."""
        step = self._guides[event.guide].steps.get(event.step)
        return next((check.label for check in step.checks if check.id == id), None) if step else None

    def what(self, event: Event) -> str:
        """The option or check, in quotes, that an event about a lock is about."""
        id = getattr(event.body, "what", "")
        return f"“{self.option(event, id) or self.check(event, id) or id}”"

    def was(self, event: Event, body: Any) -> str:
        """What a changed answer said before, as far as it says something else now; "" where nobody said anything."""
        guide, label = self._guides[event.guide], self.option(event, body.old_option)
        other = {id: value for id, value in body.old.items() if body.values.get(id) != value}
        parts = [f"“{label}”" if label and body.old_option != body.option else "", self.values(guide, other, "")]
        return ", ".join(filter(None, parts))

    def _nearest(self, event: Event) -> tuple[Guide, ...]:
        """The event's guide, then all others of the session."""
        return self._guides[event.guide], *self._guides.values()

    def _anytime(self, event: Event, id: str | None) -> str | None:
        entries = (entry.option for guide in self._nearest(event) for entry in guide.anytime)
        return next((option.label for option in entries if option.id == id), None)

    def values(self, guide: Guide, values: Mapping[str, Any], before: str) -> str:
        """Canonical values as people read them, after a few words; nothing where there are none."""
        known = typed(guide, {id: value for id, value in values.items() if id in guide.fields})
        fields = ((guide.fields[id], value) for id, value in known.items())
        shown = [(field.label or field.id, show(field, value, self._locale)) for field, value in fields]
        told = [f"{label} {text}" for label, text in shown if text]
        return before + ", ".join(told) if told else ""


class Chosen(NamedTuple):
    """The option that an answer chose, what its texts are filled with, and whether it was offered at any time."""

    option: Option
    scope: Scope
    anytime: bool


def chosen(visit: Visit) -> Chosen | None:
    """What was chosen at a visit; None where nothing was."""
    exit, id = visit.step.exit, visit.answer.option if visit.answer else None
    if id is None:
        return None
    option = exit.find(id) if isinstance(exit, Options) else None
    if option is not None:
        return Chosen(option, visit.scope, False)
    offer = next(offer for offer in anytime_of(visit) if offer.entry.option.id == id)
    return Chosen(offer.entry.option, Scope(offer.values, visit.today, offer.tally), True)


def _started(telling: Telling, event: Event, body: Any) -> str:
    guide = telling.guide(event.guide)
    return f"Started “{guide.title}”{telling.values(guide, body.given, ' with ')}."


def _changed(telling: Telling, event: Event, body: Any) -> str:
    was = telling.was(event, body)
    told = f"Changed the answer to {telling.answer(event, body)}{f' (it was {was})' if was else ''}"
    return f"{_stopped(told)} Why: {_stopped(body.reason)}" if body.reason else _stopped(told)


def _branched(telling: Telling, event: Event, body: Any) -> str:
    because = telling.values(telling.guide(event.guide), body.saw, ", because ")
    return f"Went on to {telling.step(event, body.to)}{because}."


def _left(telling: Telling, event: Event, body: Any) -> str:
    guide = telling.guide(event.guide)
    return f"Left “{guide.title}”: {guide.outcomes[body.outcome].label}."


def _reached(telling: Telling, event: Event, body: Any) -> str:
    return f"Reached the outcome “{telling.guide(event.guide).outcomes[body.outcome].label}”."


def _opened(telling: Telling, event: Event, body: Any) -> str:
    title = telling.guide(body.called).title
    step = telling.guide(event.guide).steps.get(event.step)
    if step and isinstance(step.exit, Switch) and step.exit.guide == body.called:
        return f"Went over to “{title}”."
    called = step and isinstance(step.exit, Call) and step.exit.guide == body.called
    return f"Opened “{title}”." if called else f"Opened “{title}” as a detour."


def _recorded(_telling: Telling, _event: Event, body: Any) -> str:
    words = ", ".join(str(text) for text in (*body.texts.values(), *body.details.values()) if text is not None)
    again = f" in place of that of event {body.replaces}" if body.replaces else ""
    return f"Recorded {_RECORDS[body.record]}{again}: {words}."


_RECORDS = {name: f"a {name}" for name in ("contact", "promise", "remedy", "recognition")} | {
    "agreement": "an agreement"
}


def _overridden(telling: Telling, event: Event, body: Any) -> str:
    what = telling.what(event)
    option = telling.option(event, body.what)
    did = f"Chose {what} although it was locked" if option else f"Went on without {what}"
    approved = f", approved by {body.approver}" if body.approver else ""
    return f"{did}{approved}{_for(body.reason)}"


def _stopped(sentence: str) -> str:
    """The sentence with its full stop, where a person's own words did not bring one."""
    return sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."


def _for(reason: str) -> str:
    """The end of a sentence: a person's own words, where there are any."""
    return f": {reason}" if reason else "."


def _ended(_telling: Telling, _event: Event, body: Any) -> str:
    return f"Ended the session: {body.reason}" if body.reason else "The session ended."


Tell: TypeAlias = Callable[[Telling, Event, Any], str]

SENTENCES: dict[str, Tell] = {
    "session_started": _started,
    "step_shown": lambda telling, event, _: f"Shown: {telling.step(event)}.",
    "answered": lambda telling, event, body: _stopped(f"Answered {telling.answer(event, body)}"),
    "changed": _changed,
    "branched": _branched,
    "skipped": lambda telling, event, body: f"Skipped {telling.step(event)}{_for(body.reason)}",
    "guide_opened": lambda telling, _, body: f"Left the script for “{telling.guide(body.opened).title}”.",
    "step_flagged": lambda telling, event, body: _stopped(f"Flagged {telling.step(event)}: {body.text}"),
    "nothing_fitted": lambda _, __, body: _stopped(f"No answer fitted; the client said: {body.words}"),
    "paused": lambda _, __, body: _stopped(f"Paused: {body.reason}"),
    "resumed": lambda _, __, ___: "Went on after the pause.",
    "handed_over": lambda _, __, body: _stopped(f"Handed over to {body.to}{_for(body.note)}"),
    "taken_over": lambda _, event, __: f"{event.actor} took it over.",
    "overridden": _overridden,
    "approval_asked": lambda telling, event, body: (
        f"Asked a second person to approve {telling.what(event)}{_for(body.reason)}"
    ),
    "approval_given": lambda telling, event, body: f"Approved {telling.what(event)}{_for(body.reason)}",
    "approval_refused": lambda telling, event, body: f"Did not approve {telling.what(event)}{_for(body.reason)}",
    "called": _opened,
    "returned": _left,
    "went_back": lambda telling, event, body: f"Went back to {telling.step(event, body.to_step)}.",
    "note_added": lambda _, __, body: f"Noted: {body.text}",
    "client_named": lambda _, __, body: f"Named the client: {body.client}.",
    "recorded": _recorded,
    "record_cancelled": lambda _, __, body: f"Cancelled the record of event {body.record}: {body.reason}",
    "document_produced": lambda _, __, body: f"Took “{body.title}” from the screen.",
    "outcome_reached": _reached,
    "session_ended": _ended,
    "reopened": lambda _, __, ___: "Reopened the session.",
}
"""The words for every kind of event; a test holds them to `engine.events.KINDS`."""
