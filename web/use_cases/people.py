"""Who may come in: people, passwords, sign-in links and server-side sessions."""

from dataclasses import dataclass

from web.storage.people import Person
from web.storage.sessions import Head


@dataclass(frozen=True, slots=True)
class Entry:
    """What one read brings: who is signed in, and the head of the session asked for (None: there is none such).

    The head may be another person's: only the desk decides whether it is theirs.
    """

    person: Person
    head: Head | None


class People:
    """The use cases of signing in and of managing people."""

    def sign_in(self, name: str, password: str, address: str = "") -> str:
        """The token for the cookie. Raises `SignInError`, or `ThrottledError` after too many failures."""
        raise NotImplementedError

    def link_owner(self, token: str) -> Person:
        """Whose unused sign-in link this is, for the page with the button; uses nothing. Raises `LinkError`."""
        raise NotImplementedError

    def use_link(self, token: str) -> str:
        """Use the sign-in link up and return the token for the cookie. Raises `LinkError`."""
        raise NotImplementedError

    def person_for(self, token: str) -> Person | None:
        """Who is signed in with this cookie token, or None (unknown, too old, idle too long, disabled)."""
        raise NotImplementedError

    def enter(self, token: str, session_id: str) -> Entry | None:
        """As `person_for`, and the head of a session in the same read; None where nobody is signed in.

        Hand `entry.head or session_id` to the desk.
        """
        raise NotImplementedError

    def sign_out(self, token: str) -> None:
        """Forget the cookie token."""
        raise NotImplementedError

    def set_password(self, person: Person, new: str, token: str | None = None) -> None:
        """Set the person's own password; every other sign-in of theirs (than `token`) ends.

        Raises `PasswordError` saying what is accepted.
        """
        raise NotImplementedError
