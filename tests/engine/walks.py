"""Small guides and walks of them, for the engine's tests."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from engine import walker
from engine.compiler import compile_guides
from engine.consequences import Turn
from engine.events import Event, Moment
from engine.folds import restore, stored
from engine.journal import from_dict, to_dict
from engine.model import Guide
from engine.problems import Severity
from engine.replies import Reply
from engine.screen import Screen, build
from engine.state import State, path, replay
from engine.visits import backwards
from engine.walker import Opening

TODAY = date(2026, 3, 2)
NOW = Moment(datetime(2026, 3, 2, 9, 30, 15, 250_000, tzinfo=UTC), "sam", TODAY)
_USUAL = {
    "guide": "guide: small",
    "title": "title: A small guide",
    "outcomes": "outcomes: {done: {label: Done, kind: success}}",
}


def compiled(*texts: str) -> Mapping[str, Guide]:
    """These guides by id; what every guide needs is added where a test does not care. They must have no errors."""
    files = {}
    for text in texts:
        keys = {line.partition(":")[0]: line for line in text.splitlines()}
        id = keys.get("guide", "guide: small").split()[1]
        files[f"{id}.yaml"] = "\n".join([*(line for key, line in _USUAL.items() if key not in keys), text, ""])
    found = compile_guides(files)
    errors = [str(problem) for problem in found.problems if problem.severity is Severity.ERROR]
    assert not errors, "\n".join(errors)
    return found.guides


class Walk:
    """A session that is walked: the state as it stands, and all events so far."""

    def __init__(self, guides: Mapping[str, Guide], guide: str, given: Mapping[str, Any], locale: str = "en") -> None:
        self.guides = guides
        turn = walker.start(guides, guide, Opening(given, locale, preview=True), NOW)
        self.state: State = turn.state
        self.events: tuple[Event, ...] = ()
        self.went(turn)

    def answer(self, option: str | None = None, *checks: str, **values: Any) -> "Walk":
        """Answer with canonical values."""
        return self.went(walker.answer(self.state, Reply(option, values, checks), NOW))

    def on(self, today: date, /, **values: Any) -> "Walk":
        """Answer on another day."""
        return self.went(walker.answer(self.state, Reply(values=values), NOW._replace(today=today)))

    def back(self, to: str | None = None) -> "Walk":
        """Go back."""
        return self.went(walker.back(self.state, NOW, to))

    def change(self, step: str, option: str | None = None, *checks: str, **values: Any) -> "Walk":
        """Answer an earlier step anew."""
        return self.went(walker.change(self.state, step, Reply(option, values, checks), NOW, "misheard"))

    def note(self, text: str) -> "Walk":
        """Write a note."""
        return self.went(walker.note(self.state, text, NOW))

    def end(self, reason: str = "hung up") -> "Walk":
        """End it before an outcome."""
        return self.went(walker.end(self.state, reason, NOW))

    def skip(self, reason: str) -> "Walk":
        """Skip the step on the screen."""
        return self.went(walker.skip(self.state, reason, NOW))

    def approve(self, what: str) -> "Walk":
        """A second person approves an option or a check."""
        return self.went(walker.approve(self.state, what, True, "Fine", NOW._replace(actor="boss")))

    @property
    def replayed(self) -> State:
        """The state that the log gives."""
        return replay(self.guides, [from_dict(json.loads(json.dumps(to_dict(event)))) for event in self.events])

    @property
    def restored(self) -> State:
        """The state that its stored fold gives."""
        return restore(self.guides, json.loads(json.dumps(stored(self.state))))

    @property
    def values(self) -> Mapping[str, Any]:
        """What is known on the screen."""
        return {id: value for id, value in self.state.values.items() if value is not None}

    @property
    def here(self) -> str:
        """The step on the screen."""
        return self.state.visit.step.id

    @property
    def path(self) -> list[str]:
        """The steps passed."""
        return [visit.step.id for visit in path(self.state)]

    @property
    def screen(self) -> Screen:
        """What is shown."""
        return build(self.state)

    @property
    def kinds(self) -> list[str]:
        """The kinds of all events so far."""
        return [event.kind for event in self.events]

    def went(self, turn: Turn) -> "Walk":
        """On to what a request led to, with what holds of every log."""
        self.state = turn.state
        self.events += turn.events
        assert [event.seq for event in self.events] == [*range(1, self.state.seq + 1)]
        numbers = [visit.occurrence for visit in backwards(self.state.visit)]
        assert min(numbers) > 0
        assert stored(self.replayed) == stored(self.state) == stored(self.restored)
        return self
