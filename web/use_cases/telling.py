"""Events as sentences, for people who look back at a session."""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from engine.events import Event
from engine.fields.catalogue import show
from engine.model import Guide, Options
from engine.path import Guides
from engine.state import typed


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
        guides = (self._guides[event.guide], *self._guides.values())
        id = id or event.step
        return next((f"“{guide.steps[id].name.source}”" for guide in guides if id in guide.steps), f"“{id}”")

    def answer(self, event: Event, body: Any) -> str:
        """What was answered at which step."""
        guide = self._guides[event.guide]
        label = option_label(guide, event.step, body.option)
        chosen = f" with “{label}”" if label else ""
        return f"{self.step(event)}{chosen}{self.values(guide, body.values, ': ')}"

    def values(self, guide: Guide, values: Mapping[str, Any], before: str) -> str:
        """Canonical values as people read them, after a few words; nothing where there are none."""
        known = typed(guide, {id: value for id, value in values.items() if id in guide.fields})
        fields = ((guide.fields[id], value) for id, value in known.items())
        shown = [(field.label or field.id, show(field, value, self._locale)) for field, value in fields]
        told = [f"{label} {text}" for label, text in shown if text]
        return before + ", ".join(told) if told else ""


def option_label(guide: Guide, step: str, option: str | None) -> str | None:
    """The label of an option of a step, or None."""
    exit = guide.steps[step].exit if step in guide.steps else None
    found = exit.find(option) if isinstance(exit, Options) else None
    return found.label if found else None


def _started(telling: Telling, event: Event, body: Any) -> str:
    guide = telling.guide(event.guide)
    return f"Started “{guide.title}”{telling.values(guide, body.given, ' with ')}."


def _branched(telling: Telling, event: Event, body: Any) -> str:
    because = telling.values(telling.guide(event.guide), body.saw, ", because ")
    return f"Went on to {telling.step(event, body.to)}{because}."


def _left(telling: Telling, event: Event, body: Any) -> str:
    guide = telling.guide(event.guide)
    return f"Left “{guide.title}”: {guide.outcomes[body.outcome].label}."


def _reached(telling: Telling, event: Event, body: Any) -> str:
    return f"Reached the outcome “{telling.guide(event.guide).outcomes[body.outcome].label}”."


def _ended(_telling: Telling, _event: Event, body: Any) -> str:
    return f"Ended the session: {body.reason}" if body.reason else "The session ended."


Tell: TypeAlias = Callable[[Telling, Event, Any], str]

SENTENCES: dict[str, Tell] = {
    "session_started": _started,
    "step_shown": lambda telling, event, _: f"Shown: {telling.step(event)}.",
    "answered": lambda telling, event, body: f"Answered {telling.answer(event, body)}.",
    "changed": lambda telling, event, body: f"Changed the answer to {telling.answer(event, body)}.",
    "branched": _branched,
    "called": lambda telling, _, body: f"Opened “{telling.guide(body.called).title}”.",
    "returned": _left,
    "went_back": lambda telling, event, body: f"Went back to {telling.step(event, body.to_step)}.",
    "note_added": lambda _, __, body: f"Noted: {body.text}",
    "outcome_reached": _reached,
    "session_ended": _ended,
    "reopened": lambda _, __, ___: "Reopened the session.",
}
"""The words for every kind of event; a test holds them to `engine.events.KINDS`."""
