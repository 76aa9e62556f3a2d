"""Requests that the product refuses: each class takes the facts and owns the sentence for people.

The engine's own refusals (`engine.errors`: RefusedError, EndedError, …) pass through the use cases unchanged.
Which HTTP status each one is, `web/errors.py` alone decides.
"""

from datetime import datetime
from typing import Any

from engine.errors import HandrailError
from engine.sentences import counted, sentence

THINGS = {
    "answer to that promise": sentence("answer to that promise"),
    "client": sentence("client"),
    "document": sentence("document"),
    "guide": sentence("guide"),
    "image": sentence("image"),
    "page of this list": sentence("page of this list"),
    "promise": sentence("promise"),
    "request": sentence("request"),
    "session": sentence("session"),
}
"""What can be asked for and not be there."""
SAID = {
    "open": sentence("open"),
    "kept": sentence("kept"),
    "broken": sentence("broken"),
    "cancelled": sentence("cancelled"),
}
"""What can be said of a promise, as it stands within a sentence."""


class NotFoundError(HandrailError):
    """Something that is not there, or is not this person's to see (the two must look the same)."""

    def __init__(self, what: str) -> None:
        told = THINGS.get(what, what)
        super().__init__(
            sentence("There is no such {what}, or it is not yours to see. Check the link you followed.", what=told)
        )


class NotAllowedError(HandrailError):
    """The person's role does not include this."""

    def __init__(self, role: str) -> None:
        super().__init__(
            sentence("Your role ({role}) does not include this. Ask an administrator if you need it.", role=role)
        )


class StaleError(HandrailError):
    """A request made from a page that no longer shows where the session stands; `look` shows it now."""

    def __init__(self, look: Any) -> None:
        self.look = look
        super().__init__(
            sentence(
                "This session went on elsewhere since this page was shown. "
                "Here is where it stands now; look at it and answer again."
            )
        )


class SaidAlreadyError(HandrailError):
    """Something said of a promise from a page that did not know what somebody else had said of it since."""

    def __init__(self, pledge: Any) -> None:
        self.pledge = pledge
        last = pledge.said[-1]
        super().__init__(
            sentence(
                "Meanwhile {name} said of this promise: {word}. Look at it again before you say otherwise.",
                name=last.who,
                word=SAID[last.word],
            )
        )


class DecidedError(HandrailError):
    """A word on a request for approval that nobody waits for any more."""

    def __init__(self) -> None:
        super().__init__(
            sentence(
                "Nobody waits for this any more: somebody else decided it, or the call went on without it. "
                "Look at your desk for what still waits."
            )
        )


class HandedOverError(HandrailError):
    """A session that its person handed over, and that nobody has taken over yet."""

    def __init__(self) -> None:
        super().__init__(
            sentence(
                "You handed this session over, and nobody has taken it over yet. "
                "You can take it back from your desk as long as it waits."
            )
        )


class TakenError(HandrailError):
    """A session that waits no more: somebody took it over."""

    def __init__(self) -> None:
        super().__init__(
            sentence("Somebody took this session over meanwhile. Look at your desk for what still waits for you.")
        )


class TakenOverError(HandrailError):
    """A session that the person had until `who` took it over; `look` shows where it stands now."""

    def __init__(self, look: Any, who: str, at: datetime) -> None:
        self.look, self.at = look, at
        super().__init__(
            sentence(
                "{who} took this session over and goes on with it. Ask {who} if something is still missing.", who=who
            )
        )


class TooLateError(HandrailError):
    """Going back in a session that ended too long ago to be reopened (FORMAT §2.2: 24 hours)."""

    def __init__(self, hours: int) -> None:
        super().__init__(
            sentence(
                "This session ended more than {hours} hours ago, so it cannot be reopened. "
                "You can still add a note to it, or start a new session.",
                hours=hours,
            )
        )


class SignInError(HandrailError):
    """A name and password that do not go together. Says the same for a name nobody has."""

    def __init__(self) -> None:
        super().__init__(
            sentence(
                "The name and the password do not go together. Try again, or ask an administrator for a sign-in link."
            )
        )


class ThrottledError(HandrailError):
    """Too many failed sign-ins; `minutes` to wait, rounded up."""

    def __init__(self, minutes: int) -> None:
        self.minutes = minutes
        super().__init__(
            counted(
                "Too many sign-ins failed. Try again in {count} minute, or ask an administrator for a sign-in link.",
                "Too many sign-ins failed. Try again in {count} minutes, or ask an administrator for a sign-in link.",
                minutes,
            )
        )


class LinkError(HandrailError):
    """A sign-in link that was used, replaced by a newer one, or is too old."""

    def __init__(self) -> None:
        super().__init__(
            sentence(
                "This sign-in link no longer works: it was used already, replaced by a newer one, or is older than "
                "24 hours. Ask an administrator for a new one."
            )
        )


class PasswordError(HandrailError):
    """A new password that is not acceptable; its text says why."""


class PersonError(HandrailError):
    """A person cannot be added or changed like this; its text says why."""
