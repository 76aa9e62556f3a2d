"""Changing an earlier answer: its step as it was answered, the change, and what came of it (FORMAT §6)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import takewhile
from typing import NamedTuple

from engine import walker
from engine.consequences import Turn
from engine.errors import NotOnPathError
from engine.events import Changed, DocumentProduced, Event, Moment, Reopened
from engine.replies import Reply
from engine.state import State, go_back, left_behind, replay, standing
from engine.visits import Key, Visit, backwards
from web.storage.people import Person
from web.use_cases.desk import LONGEST_REASON, reasoned
from web.use_cases.moves import REOPENS_FOR, Look, Moves, Session
from web.use_cases.pledges import in_words
from web.use_cases.refusals import NotFoundError, StaleError, TooLateError
from web.use_cases.shelf import Shelf
from web.use_cases.words import bounded

_NAME = re.compile(r"(?P<frame>[a-z0-9/:.-]{0,2000})/(?P<step>[a-z][a-z0-9-]{0,99})\.(?P<occurrence>[0-9]{1,6})")


class Change(NamedTuple):
    """An earlier answer `at` a visit, given anew, and why."""

    at: Key
    reply: Reply
    why: str = ""


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier step as it was answered. `look` shows it; its state stands there, so nothing beyond is known.

    `here` is the title of the step that the call stands at, `later` how many answers came after this one. `recorded`
    and `taken` say what was recorded and which documents were taken from it on: no change undoes them by itself.
    `to` names the step for going back to it, empty where a later visit of it exists.
    """

    look: Look
    visit: Visit
    here: str
    later: int
    recorded: tuple[str, ...]
    taken: tuple[str, ...]
    to: str


@dataclass(frozen=True, slots=True)
class Told:
    """What came of the change that a session saw last: the step `changed`, how many later answers were `kept`.

    `aside` are the steps whose answers were put aside, `undone` what they recorded. `elsewhere`: the call stands at
    another step than before, which has an answer from before to give `anew`; `reopened`: it had ended, and has not now.
    """

    changed: str
    kept: int
    aside: tuple[str, ...]
    undone: tuple[str, ...]
    anew: bool
    elsewhere: bool
    reopened: bool


class Changes:
    """The use cases of changing an answer. All raise `NotFoundError`, and `TooLateError` a day after the end."""

    def __init__(self, moves: Moves, shelf: Shelf) -> None:
        self._moves = moves
        self._shelf = shelf

    def earlier(self, person: Person, session: Session, at: Key) -> Earlier:
        """An earlier step as it was answered; writes nothing. Raises `StaleError` where it is none any more."""
        look = self._moves.look(person, session)
        state = look.state
        if state.status == "ended" and not self._moves.reopens(person, look.head):
            raise TooLateError(REOPENS_FOR // timedelta(hours=1))
        try:
            visit = walker.earlier(state, at)
        except NotOnPathError as error:
            raise StaleError(look) from error
        since = [visit, *_after(state, at)]
        keys = {each.key for each in since}
        there = go_back(state, at, state.seq)
        step = f"{visit.frame.guide.id}/{visit.step.id}"
        return Earlier(
            look=Look(look.session_id, there, look.head, look.fold),
            visit=visit,
            here=_title(state.visit, state),
            later=sum(each.answer is not None for each in since[1:]),
            recorded=tuple(in_words(each.due) for each in standing(state).values() if each.key in keys),
            taken=tuple(dict.fromkeys(self._taken(look, visit, keys))),
            to=step if walker.earlier(state, step).key == at else "",
        )

    def change(self, person: Person, session: Session, seq: int, sent: Change) -> Look:
        """Answer an earlier step anew, from a page that showed `seq`; what says the same as before is not written.

        The same again from the same page is as if done now. Raises `StaleError`, `NotOnPathError`, and `RefusedError`
        (`why` for a reason that is too long).
        """
        at, why = sent.at, bounded("why", sent.why, LONGEST_REASON)
        reply = reasoned(sent.reply)

        def act(state: State, moment: Moment) -> Turn:
            turn = walker.change(state, at, reply, moment, why)
            return Turn((), state) if _says_the_same(state, turn.state, at) else turn

        def this_one(event: Event) -> bool:
            return isinstance(event.body, Changed) and (event.frame, event.step, event.body.occurrence) == at

        def again(look: Look) -> bool:
            there = self._moves.only_move_since(look, seq, this_one)
            return there and walker.says(look.state, walker.earlier(look.state, at), reply)

        return self._moves.move((person, session, seq), act, again, late=True)

    def told(self, look: Look) -> Told | None:
        """What came of the change that moved the session last; None where something else did."""
        events = self._moves.events_since(look, 0)
        before = [event for event in events if event.seq < look.state.moved]
        event = events[len(before)]
        if not isinstance(event.body, Changed):
            return None
        key = event.frame, event.step, event.body.occurrence
        old, new = replay(self._shelf.pinned(look.head.pins), before), look.state
        later = [visit for visit in _after(old, key) if visit.answer]
        on = {visit.key for visit in backwards(new.visit) if visit.answer}
        aside = [visit for visit in later if visit.key not in on]
        return Told(
            changed=_title(walker.earlier(new, key), new),
            kept=len(later) - len(aside),
            aside=tuple(_title(visit, old) for visit in aside),
            undone=tuple(in_words(each.due) for seq, each in left_behind(new).items() if seq not in left_behind(old)),
            anew=new.visit.key != old.visit.key and new.suggestion is not None,
            elsewhere=new.visit.key != old.visit.key,
            reopened=isinstance(before[-1].body, Reopened) and new.status != "ended",
        )

    def _taken(self, look: Look, visit: Visit, keys: set[Key]) -> Iterator[str]:
        """The titles of the documents that were taken at one of these visits, since the first was answered."""
        assert visit.answer is not None, "an earlier visit was answered"
        for event in self._moves.events_since(look, visit.answer.seq):
            body = event.body
            if isinstance(body, DocumentProduced) and (event.frame, event.step, body.occurrence) in keys:
                yield body.title


def named(key: Key) -> str:
    """What names a visit in addresses and forms."""
    frame, step, occurrence = key
    return f"{frame}/{step}.{occurrence}"


def found(name: str) -> Key:
    """The visit that an address or a form names. Raises `NotFoundError` for what names none."""
    parts = _NAME.fullmatch(name)
    if parts is None:
        raise NotFoundError("answer")
    return parts["frame"], parts["step"], int(parts["occurrence"])


def _after(state: State, key: Key) -> list[Visit]:
    """The visits after the one that a key names, up to the one on the screen, in their order."""
    return list(takewhile(lambda visit: visit.key != key, backwards(state.visit)))[::-1]


def _says_the_same(before: State, after: State, at: Key) -> bool:
    old, new = walker.earlier(before, at).answer, walker.earlier(after, at).answer
    return new is not None and old is not None and new.same_as(old) and new.reasons == old.reasons


def _title(visit: Visit, state: State) -> str:
    return visit.step.name.fill(visit.scope, state.locale)
