"""A session as FORMAT §6 says it, to hold the walker against.

All that is kept is what the person said at each visit, and how many of those answers lie on the path. Whatever is said,
the whole walk is made anew from the start with plain dictionaries: nothing is shared with the walk before.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.errors import (
    EndedError,
    NothingBeforeError,
    NothingToUndoError,
    NotOfferedError,
    NotOnPathError,
    Refusal,
    RefusedError,
    WalkError,
)
from engine.fields.catalogue import plain, read
from engine.model import Ending, Guide
from engine.replies import Reply
from engine.walker import Opening
from tests.reference.judge import Judge, asked, begun
from tests.reference.trip import Due, Key, Place, Said, Trip, entries


@dataclass
class Entry:
    """A record as it was written; `replaces` is the place in the ledger of the one before it."""

    due: Due
    client: str | None
    replaces: int | None = None
    ended: str = ""


class Session:
    """What a person did, and what follows from it."""

    def __init__(self, guides: Mapping[str, Guide], guide: str, opening: Opening, today: date) -> None:
        self.guides, self.locale, self.client, self.today = guides, opening.locale, opening.client, today
        self.guide, fields = guides[guide], guides[guide].fields
        known = {fields[id].source: value for id, value in opening.given.items() if fields[id].source}
        self.house = {**opening.sources, **known}
        self.outside = {**self.house, **opening.facts}
        self.given: dict[str, Any] = {id: read(fields[id], value) for id, value in opening.given.items()}
        self.said: dict[Key, Said] = {}
        self.count = 0
        self.ended_by: str | None = None
        self.paused = False
        self.notes: list[tuple[Key, str, bool]] = []
        self.approvals: dict[tuple[Key, str], tuple[str, str]] = {}
        self.ledger: list[Entry] = []
        self._walk()
        self._write()

    def _walk(self) -> None:
        """The whole walk, from the start to the screen."""
        self.trip = Trip(self.guides, self.guide, self.outside, self.locale)
        self.trip.begin(self.given, self.today)
        for _ in range(self.count):
            self.trip.say(self.said[self.place.key])

    @property
    def place(self) -> Place:
        """The visit on the screen."""
        return self.trip.place

    @property
    def path(self) -> list[Place]:
        """The visits passed; an outcome reached is the last."""
        return [*self.trip.passed, *([self.place] if self.place.ends else [])]

    @property
    def answered(self) -> list[Place]:
        """The visits passed at which a person answered."""
        return [place for place in self.trip.passed if place.said]

    @property
    def ended(self) -> bool:
        """Whether it has ended, by an outcome or by a person."""
        return self.ended_by is not None or self.place.ends

    @property
    def status(self) -> str:
        """`active`, `paused` or `ended`."""
        return "ended" if self.ended else "paused" if self.paused else "active"

    @property
    def aside(self) -> dict[Key, Said]:
        """What was said and lies on the path no more: suggestions."""
        on = {place.key for place in self.answered}
        return {key: said for key, said in self.said.items() if key not in on}

    @property
    def suggestion(self) -> Said | None:
        """What is filled in on the screen."""
        said = self.said.get(self.place.key)
        return None if said is None or said.opened else said

    def answer(self, reply: Reply, today: date) -> None:
        """Answer the step on the screen."""
        if self.ended:
            raise EndedError("ended")
        self._say(self._judged(self.place, reply, today))

    def skip(self, reason: str, today: date) -> None:
        """Skip the step on the screen."""
        if self.ended:
            raise EndedError("ended")
        if not self.place.step.skip_to or not reason.strip():
            code = "missing" if self.place.step.skip_to else "not-skippable"
            raise RefusedError({"skip": Refusal(code, code)})
        self._say(Said(None, {}, {}, (), today, {}, reason.strip()))

    def open(self, guide: str, reply: Reply, today: date) -> None:
        """Open another guide as a detour."""
        if self.ended:
            raise EndedError("ended")
        given = begun(self.guides[guide], reply, (self.locale, today), self.outside)
        self._say(Said(None, {}, {}, (), today, {}, opened=(guide, given)))

    def tell(self, name: str, text: str, *, late: bool = False) -> None:
        """Say something that changes nothing: it must say something, and late only where it may."""
        if self.ended and not late:
            raise EndedError("ended")
        if not text.strip():
            raise RefusedError({name: Refusal("missing", "")})

    def hear(self, words: str) -> None:
        """Keep the client's words at the step on the screen."""
        self.tell("words", words)
        self.notes.append((self.place.key, words, True))

    def note(self, text: str) -> None:
        """Keep a note at the step on the screen."""
        self.notes.append((self.place.key, text, False))

    def pause(self, reason: str) -> None:
        """Put it aside until the next move."""
        self.tell("reason", reason)
        self.paused = True

    def change(self, step: str, reply: Reply, today: date) -> None:
        """Answer an earlier step anew, and keep what was said after it as far as that still holds."""
        number = self._latest(step)
        place, kept = self.answered[number], self.answered
        assert place.said
        said = self._judged(place, reply, today)
        before, cursor, here = self.count, self.place.key, self.paused
        self._stand(number)
        try:
            self._forward(place.key, said._replace(today=place.said.today) if said.same(place.said) else said)
        except WalkError:
            self._stand(before)
            self.paused = here
            raise
        self.ended_by = None
        self._keep(kept, cursor)
        self._write()

    def back(self, to: str | None = None) -> None:
        """Go back; a session that a person ended is opened again where it stood."""
        if self.ended_by is not None and not to:
            self.ended_by = None
            return
        if not to and not self.answered:
            raise NothingBeforeError
        self._stand(self._latest(to) if to else self.count - 1)
        self.ended_by = None

    def name(self, client: str, sources: Mapping[str, Any], facts: Mapping[str, Any]) -> None:
        """Name the client, or another one: all facts are another client's now."""
        if self.ended:
            raise EndedError("ended")
        kept, cursor = self.answered, self.place.key
        house = {key: value for key, value in self.house.items() if not key.startswith("client.")}
        self.outside, self.client = {**house, **sources, **facts}, client
        self._stand(0)
        self._keep(kept, cursor)
        for number, entry in enumerate(list(self.ledger)):
            if not entry.ended and entry.client != client:
                entry.ended = "cancelled"
                self.ledger.append(Entry(entry.due, client, number))
        self._write()

    def take(self, sources: Mapping[str, Any]) -> None:
        """Somebody else goes on: what is known of the one before is another's now."""
        if self.ended:
            raise EndedError("ended")
        kept, cursor, paused = self.answered, self.place.key, self.paused
        self.house, self.outside = {**self.house, **sources}, {**self.outside, **sources}
        self._stand(0)
        self._keep(kept, cursor)
        self.paused = paused
        self._write()

    def end(self, reason: str) -> None:
        """End it before an outcome."""
        if self.ended:
            raise EndedError("ended")
        self.ended_by, self.paused = reason, False

    def ask_approval(self, what: str, by: str) -> None:
        """Ask a second person."""
        self._can_approve(what)
        self.approvals[self.place.key, what] = "asked", by

    def approve(self, what: str, yes: bool, by: str) -> None:
        """The word of a second person."""
        self._can_approve(what)
        if self.approvals.get((self.place.key, what)) == ("asked", by):
            raise RefusedError({what: Refusal("same-person", "")})
        self.approvals[self.place.key, what] = "given" if yes else "refused", by

    def cancel(self, number: int, reason: str) -> None:
        """Cancel a record that nothing on the path asks for."""
        if number not in self.not_undone:
            raise NothingToUndoError(number)
        if not reason.strip():
            raise RefusedError({"reason": Refusal("missing", "")})
        self.ledger[number].ended = "cancelled"

    def produce(self, id: str) -> None:
        """Take a document from the screen."""
        if id not in [name for name, _ in self.documents]:
            raise NotOfferedError(id)

    @property
    def closed(self) -> list[Place]:
        """The outcomes with content of called guides that were passed since the screen before."""
        since: list[Place] = []
        for place in self.trip.passed:
            since = [] if place.said else [*since, place]
        return [place for place in since if isinstance(place.step.exit, Ending) and place.step.has_content]

    @property
    def documents(self) -> list[tuple[str, Place]]:
        """The documents on offer: those of guides that have just ended, then the step's own; each with its visit."""
        here = self.place
        before = [(f"{place.top.guide.id}/{id}", place) for place in self.closed for id in place.step.documents]
        return [*before, *((id, here) for id in here.step.documents)]

    @property
    def standing(self) -> list[int]:
        """The places in the ledger of the records that the path asks for."""
        due = {(each.key, each.source) for place in self.path for each in place.due}
        return [n for n, e in enumerate(self.ledger) if not e.ended and (e.due.key, e.due.source) in due]

    @property
    def not_undone(self) -> list[int]:
        """The places in the ledger of the records that hold no more, and that nobody has cancelled."""
        return [n for n, entry in enumerate(self.ledger) if not entry.ended and n not in self.standing]

    def _can_approve(self, what: str) -> None:
        place = self.place
        options = [*place.options, *(entry.option for _, entry in entries(place.stack))]
        locks = {option.id for option in options if option.override == "approval"}
        if what not in locks | {check.id for check in place.step.checks if check.override == "approval"}:
            raise RefusedError({what: Refusal("not-an-option", "")})

    def _latest(self, step: str) -> int:
        """How many answers lie before the latest visit of a step, written `step` or `guide/step`."""
        for number, place in reversed(list(enumerate(self.answered))):
            if step in (place.step.id, f"{place.top.guide.id}/{place.step.id}"):
                return number
        raise NotOnPathError(step)

    def _judged(self, place: Place, reply: Reply, today: date) -> Said:
        return Judge(place, reply, self.locale, today, self.approved(place)).said()

    def approved(self, place: Place) -> set[str]:
        """What a second person approved at a visit."""
        given = (at for at, (status, _) in self.approvals.items() if status == "given")
        return {what for key, what in given if key == place.key}

    def _say(self, said: Said) -> None:
        key = self.place.key
        before = self.said.get(key)
        self._forward(key, said._replace(today=before.today) if before and said.same(before) else said)
        self._write()

    def _stand(self, count: int) -> None:
        """Stand where so many answers lie on the path; whatever moves takes a paused session up again."""
        self.count, self.paused = count, False
        self._walk()

    def _forward(self, key: Key, said: Said) -> None:
        """Take what is said on the screen, unless it leads nowhere."""
        before, here = dict(self.said), self.paused
        self.said[key] = said
        try:
            self._stand(self.count + 1)
        except WalkError:
            self.said = before
            self._stand(self.count - 1)
            self.paused = here
            raise

    def _keep(self, kept: list[Place], cursor: Key) -> None:
        """Go on with what was said before, as far as it still holds, and no further than to where it stood."""
        answers = {place.key: place.said for place in kept}
        while (key := self.place.key) != cursor and (said := answers.get(key)):
            try:
                self._forward(key, self._still(said))
            except WalkError:
                return

    def _still(self, said: Said) -> Said:
        """What was said as it holds on the screen now."""
        if said.opened or (said.skip and self.place.step.skip_to):
            return said
        if said.skip:
            raise RefusedError({})
        asks = {ask.field for ask in asked(self.place)}
        entered = {**said.hidden, **said.values}
        values = {id: plain(value) for id, value in entered.items() if id in asks}
        reply = Reply(said.option, values, said.checks, reasons=said.reasons)
        hidden = {id: value for id, value in entered.items() if id not in asks}
        return self._judged(self.place, reply, said.today)._replace(typed=said.typed, hidden=hidden)

    def _write(self) -> None:
        """Write what the path asks for and the ledger does not say yet."""
        for place in self.path:
            mine = [n for n, e in enumerate(self.ledger) if e.due.key == place.key and not e.ended]
            wanted = {each.source for each in place.due}
            spare = [n for n in mine if self.ledger[n].due.source not in wanted]
            for each in place.due:
                same = [n for n in mine if self.ledger[n].due.source == each.source]
                other = [n for n in spare if self.ledger[n].due.kind == each.kind]
                old = next(iter(same + other), None)
                spare = [n for n in spare if n != old]
                if old is None or self.ledger[old].due != each:
                    if old is not None:
                        self.ledger[old].ended = "replaced"
                    self.ledger.append(Entry(each, self.client, old))
