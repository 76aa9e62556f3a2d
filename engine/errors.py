"""Refused requests: each class takes the facts and owns the sentence that tells a person what to do next.

HandrailError
├── WalkError               a request to a session that cannot be carried out
│   ├── RefusedError        values, checks or an option that are not acceptable; the screen stays
│   ├── EndedError          the session has ended
│   ├── NothingBeforeError  Back on the first step
│   ├── NotOnPathError      a step that the session has not passed
│   ├── TooManyVisitsError  an answer that leads to a step visited as often as it can be
│   ├── TooManyFramesError  an answer that would open one guide too many inside the others
│   ├── NothingToUndoError  a record that holds, was cancelled, or was never written
│   ├── NotOfferedError     a document that the step on the screen does not offer
│   ├── NotEndedError       the summary of a session that has not ended
│   ├── NotOnScreenError    an answer for another step than the one on the screen
│   └── NotPublicError      a client asks for a guide that is for staff
├── UnknownGuideError       a guide that is not there, or has errors
├── ScriptError             an answers document that cannot be played
├── AutomaticLoopError      more automatic steps in one turn than are allowed
└── UnknownEventError       a log written by a newer version
"""

from collections.abc import Mapping
from typing import NamedTuple

from engine.problems import Path
from engine.sentences import Sentence, sentence


class Refusal(NamedTuple):
    """Why one value is refused: a `code` for programs and a `message` that says what is accepted."""

    code: str
    message: str


def sent(word: str) -> str:
    """What someone sent, for a sentence about it: in quotes, without characters that cannot be shown, cut at 60."""
    shown = "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in word[:60])
    return f"'{shown}…'" if len(word) > 60 else f"'{shown}'"


class HandrailError(Exception):
    """Any request that Handrail refuses; `str()` is the sentence for people."""

    @property
    def sentence(self) -> str:
        """The sentence as it was made, so that it can be told in another language."""
        made = self.args[0] if self.args else None
        return made if isinstance(made, Sentence) else str(self)


class WalkError(HandrailError):
    """A request to a session that cannot be carried out."""


class RefusedError(WalkError):
    """An answer with unacceptable parts: `refusals` by field id, `check:<id>` or `option`."""

    def __init__(self, refusals: Mapping[str, Refusal]) -> None:
        self.refusals = dict(refusals)
        super().__init__("; ".join(refusal.message for refusal in self.refusals.values()))


class EndedError(WalkError):
    """An answer to a session that has ended."""

    def __init__(self, status: str) -> None:
        self.status = status
        super().__init__(sentence("This session has ended. Go back to reopen it, or start a new one."))


class NothingBeforeError(WalkError):
    """Back on the first step."""

    def __init__(self) -> None:
        super().__init__(sentence("This is the first step; there is nothing to go back to."))


class NotOnPathError(WalkError):
    """A step that the session has not passed."""

    def __init__(self, step: str) -> None:
        self.step = step
        super().__init__(sentence("'{step}' is not one of the steps answered in this session.", step=step))


class NothingToUndoError(WalkError):
    """A record that holds, was cancelled already, or was never written."""

    def __init__(self, record: int) -> None:
        self.record = record
        super().__init__(
            sentence(
                "Record {record} cannot be cancelled here: it holds by an answer given, or is no more. "
                "Change that answer.",
                record=str(record),
            )
        )


class NotOfferedError(WalkError):
    """A document that the step on the screen does not offer."""

    def __init__(self, document: str) -> None:
        self.document = document
        super().__init__(
            sentence(
                "'{document}' is not a document of the step on the screen. Go back to the step that offers it.",
                document=document,
            )
        )


class NotEndedError(WalkError):
    """The summary of a session that has not ended."""

    def __init__(self) -> None:
        super().__init__(
            sentence("The summary is written when the session has ended. Go on to its end, or end it, first.")
        )


class NotOnScreenError(WalkError):
    """An answer for another step than the one on the screen."""

    def __init__(self, step: str, shown: str) -> None:
        self.step = step
        self.shown = shown
        super().__init__(
            sentence(
                "This answer is for '{step}', but the step on the screen is '{shown}'. Answer that one first.",
                step=step,
                shown=shown,
            )
        )


class NotPublicError(WalkError):
    """A client asks for a guide that is for staff."""

    def __init__(self, guide: str) -> None:
        super().__init__(
            sentence(
                "The guide '{guide}' is for staff, so it is not shown here. Get in touch with us instead.", guide=guide
            )
        )


class ScriptError(HandrailError):
    """An answers document that cannot be played: `where` in it, as keys and list indexes, and what to write."""

    def __init__(self, where: Path, message: str) -> None:
        self.where = where
        super().__init__(f"{_spelled(where)}: {message}.")


class TooManyVisitsError(WalkError):
    """An answer that leads to a step which was visited as often as it can be (FORMAT §2.2, `max_visits`)."""

    def __init__(self, step: str, most: int) -> None:
        self.step = step
        super().__init__(
            sentence(
                "'{step}' was shown {most} times already, the most it can be. Choose another way, or end here.",
                step=step,
                most=most,
            )
        )


class TooManyFramesError(WalkError):
    """An answer that would open one guide more inside those that are open (FORMAT §2.2: frames nest at most 8 deep)."""

    def __init__(self, most: int) -> None:
        super().__init__(
            sentence(
                "{most} guides are open inside each other already, the most there can be. "
                "Come to the end of one first.",
                most=most,
            )
        )


class UnknownGuideError(HandrailError):
    """A guide that is not there, or cannot be used because it has errors."""

    def __init__(self, guide: str) -> None:
        self.guide = guide
        super().__init__(
            sentence(
                "There is no guide '{guide}' that can be started. Look at the list of guides for its name.", guide=guide
            )
        )


class AutomaticLoopError(HandrailError):
    """More automatic steps in one turn than are allowed (FORMAT §2.6: 100)."""

    def __init__(self, step: str) -> None:
        self.step = step
        super().__init__(
            sentence(
                "More than 100 automatic steps ran in a row, the last was '{step}'. Ask the guide's author.", step=step
            )
        )


class UnknownEventError(HandrailError):
    """An event of a kind that this version does not know."""

    def __init__(self, kind: str) -> None:
        super().__init__(
            sentence(
                "The log holds an event '{kind}' that this version of Handrail does not know. "
                "It was written by a newer version: upgrade Handrail to read this session.",
                kind=kind,
            )
        )


def _spelled(where: Path) -> str:
    """`answers[2].gentle.option`, the place in a document as people write it."""
    spelled = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in where)
    return spelled.removeprefix(".") or "the document"
