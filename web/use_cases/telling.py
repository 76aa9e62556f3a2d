"""Events as sentences, for people who look back at a session."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeAlias

from engine.events import Event
from engine.expressions.expression import Scope
from engine.fields.catalogue import show
from engine.model import Call, Guide, Option, Options, Switch
from engine.path import anytime_of
from engine.sentences import Sentence, sentence
from engine.state import typed
from engine.visits import Guides, Visit

QUEUE = "the queue of "
"""How the log names the queue of a team, before the name of the team."""


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
        return quoted(next(named, None) or self._anytime(event, id) or id)

    def answer(self, event: Event, body: Any) -> str:
        """What was answered at which step."""
        step, label = self.step(event), self.option(event, body.option)
        told = sentence("{step} with “{option}”", step=step, option=label) if label else step
        values = self.values(self._guides[event.guide], body.values)
        return sentence("{what}: {values}", what=told, values=values) if values else told

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
        return quoted(self.option(event, id) or self.check(event, id) or id)

    def was(self, event: Event, body: Any) -> str:
        """What a changed answer said before, as far as it says something else now; "" where nobody said anything."""
        guide, label = self._guides[event.guide], self.option(event, body.old_option)
        other = {id: value for id, value in body.old.items() if body.values.get(id) != value}
        chosen = quoted(label) if label and body.old_option != body.option else ""
        values = self.values(guide, other)
        return sentence("{option}, {values}", option=chosen, values=values) if chosen and values else chosen or values

    def _nearest(self, event: Event) -> tuple[Guide, ...]:
        """The event's guide, then all others of the session."""
        return self._guides[event.guide], *self._guides.values()

    def _anytime(self, event: Event, id: str | None) -> str | None:
        entries = (entry.option for guide in self._nearest(event) for entry in guide.anytime)
        return next((option.label for option in entries if option.id == id), None)

    def values(self, guide: Guide, values: Mapping[str, Any]) -> str:
        """Canonical values as people read them; "" where there are none."""
        known = typed(guide, {id: value for id, value in values.items() if id in guide.fields})
        fields = ((guide.fields[id], value) for id, value in known.items())
        shown = [(field.label or field.id, show(field, value, self._locale)) for field, value in fields]
        return ", ".join(f"{label} {text}" for label, text in shown if text)


def quoted(words: str) -> Sentence:
    """Words in quotes."""
    return sentence("“{words}”", words=words)


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
    given = telling.values(guide, body.given)
    if given:
        return sentence("Started “{guide}” with {values}.", guide=guide.title, values=given)
    return sentence("Started “{guide}”.", guide=guide.title)


def _changed(telling: Telling, event: Event, body: Any) -> str:
    now, was = telling.answer(event, body), telling.was(event, body)
    told = sentence("Changed the answer to {what}", what=now)
    told = sentence("{said} (it was {before})", said=told, before=was) if was else told
    whole = _stopped(told)
    return sentence("{said} Why: {reason}", said=whole, reason=_stopped(body.reason)) if body.reason else whole


def _branched(telling: Telling, event: Event, body: Any) -> str:
    step, saw = telling.step(event, body.to), telling.values(telling.guide(event.guide), body.saw)
    if saw:
        return sentence("Went on to {step}, because {values}.", step=step, values=saw)
    return sentence("Went on to {step}.", step=step)


def _left(telling: Telling, event: Event, body: Any) -> str:
    guide = telling.guide(event.guide)
    return sentence("Left “{guide}”: {outcome}.", guide=guide.title, outcome=guide.outcomes[body.outcome].label)


def _reached(telling: Telling, event: Event, body: Any) -> str:
    return sentence("Reached the outcome “{outcome}”.", outcome=telling.guide(event.guide).outcomes[body.outcome].label)


def _opened(telling: Telling, event: Event, body: Any) -> str:
    title = telling.guide(body.called).title
    step = telling.guide(event.guide).steps.get(event.step)
    if step and isinstance(step.exit, Switch) and step.exit.guide == body.called:
        return sentence("Went over to “{guide}”.", guide=title)
    called = step and isinstance(step.exit, Call) and step.exit.guide == body.called
    if called:
        return sentence("Opened “{guide}”.", guide=title)
    return sentence("Opened “{guide}” as a detour.", guide=title)


def _recorded(_telling: Telling, _event: Event, body: Any) -> str:
    words = ", ".join(str(text) for text in (*body.texts.values(), *body.details.values()) if text is not None)
    what = _RECORDS[body.record]
    if body.replaces:
        return sentence(
            "Recorded {what} in place of that of event {event}: {words}.",
            what=what,
            event=str(body.replaces),
            words=words,
        )
    return sentence("Recorded {what}: {words}.", what=what, words=words)


_RECORDS = {
    "contact": sentence("a contact"),
    "promise": sentence("a promise"),
    "remedy": sentence("a remedy"),
    "recognition": sentence("a recognition"),
    "agreement": sentence("an agreement"),
}


def _overridden(telling: Telling, event: Event, body: Any) -> str:
    what = telling.what(event)
    option = telling.option(event, body.what)
    known = sentence("Chose {what} although it was locked", what=what)
    did = known if option else sentence("Went on without {what}", what=what)
    told = sentence("{did}, approved by {name}", did=did, name=body.approver) if body.approver else did
    return _for(told, body.reason)


def _handed(_telling: Telling, _event: Event, body: Any) -> str:
    team = body.to.removeprefix(QUEUE)
    to = body.to if team == body.to else sentence("the queue of {team}", team=team)
    return _stopped(_for(sentence("Handed over to {to}", to=to), body.note))


def _stopped(told: str) -> str:
    """The sentence with its full stop, where a person's own words did not bring one."""
    return told if told.endswith((".", "!", "?")) else sentence("{said}.", said=told)


def _for(told: str, reason: str) -> str:
    """The end of a sentence: a person's own words, where there are any."""
    return sentence("{said}: {reason}", said=told, reason=reason) if reason else sentence("{said}.", said=told)


def _asked(telling: Telling, event: Event, body: Any) -> str:
    return _for(sentence("Asked a second person to approve {what}", what=telling.what(event)), body.reason)


def _approved(telling: Telling, event: Event, body: Any) -> str:
    return _for(sentence("Approved {what}", what=telling.what(event)), body.reason)


def _not_approved(telling: Telling, event: Event, body: Any) -> str:
    return _for(sentence("Did not approve {what}", what=telling.what(event)), body.reason)


def _ended(_telling: Telling, _event: Event, body: Any) -> str:
    return (
        sentence("Ended the session: {reason}", reason=body.reason) if body.reason else sentence("The session ended.")
    )


def _cancelled(_telling: Telling, _event: Event, body: Any) -> str:
    return sentence("Cancelled the record of event {event}: {reason}", event=str(body.record), reason=body.reason)


Tell: TypeAlias = Callable[[Telling, Event, Any], str]

SENTENCES: dict[str, Tell] = {
    "session_started": _started,
    "step_shown": lambda telling, event, _: sentence("Shown: {step}.", step=telling.step(event)),
    "answered": lambda telling, event, body: _stopped(sentence("Answered {what}", what=telling.answer(event, body))),
    "changed": _changed,
    "branched": _branched,
    "skipped": lambda telling, event, body: _for(sentence("Skipped {step}", step=telling.step(event)), body.reason),
    "guide_opened": lambda telling, _, body: sentence(
        "Left the script for “{guide}”.", guide=telling.guide(body.opened).title
    ),
    "step_flagged": lambda telling, event, body: _stopped(
        sentence("Flagged {step}: {text}", step=telling.step(event), text=body.text)
    ),
    "nothing_fitted": lambda _, __, body: _stopped(
        sentence("No answer fitted; the client said: {words}", words=body.words)
    ),
    "paused": lambda _, __, body: _stopped(sentence("Paused: {reason}", reason=body.reason)),
    "resumed": lambda _, __, ___: sentence("Went on after the pause."),
    "handed_over": _handed,
    "taken_over": lambda _, event, __: sentence("{name} took it over.", name=event.actor),
    "overridden": _overridden,
    "approval_asked": _asked,
    "approval_given": _approved,
    "approval_refused": _not_approved,
    "called": _opened,
    "returned": _left,
    "went_back": lambda telling, event, body: sentence("Went back to {step}.", step=telling.step(event, body.to_step)),
    "note_added": lambda _, __, body: sentence("Noted: {text}", text=body.text),
    "client_named": lambda _, __, body: sentence("Named the client: {client}.", client=body.client),
    "recorded": _recorded,
    "record_cancelled": _cancelled,
    "document_produced": lambda _, __, body: sentence("Took “{title}” from the screen.", title=body.title),
    "outcome_reached": _reached,
    "session_ended": _ended,
    "reopened": lambda _, __, ___: sentence("Reopened the session."),
}
"""The words for every kind of event; a test holds them to `engine.events.KINDS`."""
