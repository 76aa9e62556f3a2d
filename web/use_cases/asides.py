"""What a person can always do beside answering: flag the step, keep the client's own words, pause (FORMAT §2.3)."""

from collections.abc import Mapping

from engine import walker
from engine.consequences import Turn
from engine.errors import Refusal, RefusedError
from engine.events import Event, GuideOpened, Moment
from engine.replies import Reply
from engine.sentences import sentence
from engine.state import State
from web.storage.database import Database
from web.storage.people import Person
from web.storage.sessions import Pin
from web.use_cases.desk import LONGEST_REASON, LONGEST_TEXT
from web.use_cases.ledger import Asked, known
from web.use_cases.moves import Look, Moves, Session
from web.use_cases.shelf import Pinned, Shelf
from web.use_cases.words import required


class Asides:
    """The use cases beside the script. Each is told from a page that showed `seq`, and written once.

    All raise `NotFoundError`, `StaleError` and, keyed by their own name, the engine's `RefusedError`.
    """

    def __init__(self, moves: Moves, database: Database, shelf: Shelf) -> None:
        self._moves = moves
        self._database = database
        self._shelf = shelf

    def flag(self, person: Person, session: Session, seq: int, text: str) -> Look:
        """Tell the guide's author what is wrong with the step on the screen (key `flag`), also after the end."""
        text = required("flag", text, sentence("Say what is wrong with this step."), LONGEST_TEXT)
        return self._moves.tell((person, session, seq), lambda state, moment: walker.flag(state, text, moment))

    def nothing_fits(self, person: Person, session: Session, seq: int, words: str) -> Look:
        """Keep the client's own words where none of the answers fits (key `words`). Raises `EndedError`."""
        words = required("words", words, sentence("Write what the client said, in their own words."), LONGEST_TEXT)
        return self._moves.tell((person, session, seq), lambda state, moment: walker.nothing_fits(state, words, moment))

    def pause(self, person: Person, session: Session, seq: int, reason: str) -> Look:
        """Put the session aside for a reason (key `pause`); a paused one keeps its reason. Raises `EndedError`."""
        reason = required("pause", reason, sentence("Say why you pause, for whoever opens this next."), LONGEST_REASON)

        def act(state: State, moment: Moment) -> Turn:
            _still_going(state, reason)
            return walker.pause(state, reason, moment)

        return self._moves.tell((person, session, seq), act)

    def resume(self, person: Person, session: Session, seq: int) -> Look:
        """Take a paused session up again; one that is not paused stays as it is."""
        return self._moves.tell((person, session, seq), walker.resume)

    def open_guide(self, person: Person, session: Session, seq: int, opened: tuple[str, Reply]) -> Look:
        """Open another live guide as a detour that comes back to the step: its id, and what it is given.

        What only this guide reads of the client's ledger it gets as it stands, as when a session starts.
        A guide that the session knows already stays as it was when the session began. Raises `EndedError`; refusals
        are by given field, or of the key `guide`.
        """
        guide, reply = opened
        look = self._moves.look(person, session)
        ready = self._shelf.ready(guide)
        pins = {} if guide in look.head.pins else ready.pins
        guides = self._shelf.pinned({**pins, **look.head.pins})

        def act(state: State, moment: Moment) -> Turn:
            _fits(ready, pins, look.head.pins)
            asked = Asked({id: guides[id] for id in pins}, moment.today, state.started.time_zone, look.session_id)
            facts = known(self._database, state.client, asked).facts if state.client and pins else {}
            return walker.open_guide(state, guides, guide, reply, moment, facts)

        def this_one(event: Event) -> bool:
            return isinstance(event.body, GuideOpened) and event.body.opened == guide

        def again(now: Look) -> bool:
            return self._moves.only_move_since(now, seq, this_one)

        return self._moves.move((person, look.head, seq), act, again, pins=pins)


def _still_going(state: State, reason: str) -> None:
    """Raises `RefusedError` where it is paused already; the same again, of a double click, is no other reason."""
    if state.paused not in (None, reason):
        message = sentence("It is paused already: {reason}. Resume it before you pause it again.", reason=state.paused)
        raise RefusedError({"pause": Refusal("paused", message)})


def _fits(ready: Pinned, pins: Mapping[str, Pin], known: Mapping[str, Pin]) -> None:
    """Raises `RefusedError` where the guide leads into one that has changed since the session began."""
    changed = [id for id, pin in pins.items() if id in known and known[id].digest != pin.digest]
    if changed:
        titles = ", ".join(f"“{ready.guides[id].title}”" for id in changed)
        message = sentence(
            "It leads into {guides}, which changed since this session began. Start it as a session of its own.",
            guides=titles,
        )
        raise RefusedError({"guide": Refusal("changed-since", message)})
