"""What a person can always do beside answering: flag the step, keep the client's own words, pause (FORMAT §2.3)."""

from engine import walker
from web.storage.people import Person
from web.use_cases.desk import LONGEST_REASON, LONGEST_TEXT, Desk, Look, Session
from web.use_cases.words import required


class Asides:
    """The use cases beside the script. Each is told from a page that showed `seq`, and written once.

    All raise `NotFoundError`, `StaleError` and, keyed by their own name, the engine's `RefusedError`.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def flag(self, person: Person, session: Session, seq: int, text: str) -> Look:
        """Tell the guide's author what is wrong with the step on the screen (key `flag`), also after the end."""
        text = required("flag", text, "Say what is wrong with this step.", LONGEST_TEXT)
        return self._desk.tell((person, session, seq), lambda state, moment: walker.flag(state, text, moment))

    def nothing_fits(self, person: Person, session: Session, seq: int, words: str) -> Look:
        """Keep the client's own words where none of the answers fits (key `words`). Raises `EndedError`."""
        words = required("words", words, "Write what the client said, in their own words.", LONGEST_TEXT)
        return self._desk.tell((person, session, seq), lambda state, moment: walker.nothing_fits(state, words, moment))

    def pause(self, person: Person, session: Session, seq: int, reason: str) -> Look:
        """Put the session aside for a reason (key `pause`). Raises `EndedError`."""
        reason = required("pause", reason, "Say why you pause, for whoever opens this next.", LONGEST_REASON)
        return self._desk.tell((person, session, seq), lambda state, moment: walker.pause(state, reason, moment))

    def resume(self, person: Person, session: Session, seq: int) -> Look:
        """Take a paused session up again; one that is not paused stays as it is."""
        return self._desk.tell((person, session, seq), walker.resume)
