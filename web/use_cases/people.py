"""Who may come in: people, passwords, sign-in links and server-side sessions."""

import hashlib
import math
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address

from engine.sentences import sentence
from web.language import LANGUAGES
from web.storage import people, sessions
from web.storage.database import ConflictError, Database
from web.storage.people import Person, SignIn, Ticket
from web.storage.sessions import Head
from web.use_cases.clock import Clock
from web.use_cases.passwords import Passwords
from web.use_cases.permissions import Role
from web.use_cases.refusals import LinkError, PersonError, SignInError, ThrottledError
from web.use_cases.words import one_line

IDLE = timedelta(hours=12)
LONGEST = timedelta(days=7)
LINK_LASTS = timedelta(hours=24)
SEEN_EVERY = timedelta(minutes=10)
"""How precisely it is known when a browser was last seen: writing it at every step would cost a commit."""

WINDOW = timedelta(minutes=15)
TRIES_BY_NAME = 10
TRIES_BY_ADDRESS = 30
FIRST = "admin"
LONGEST_NAME = 100
LONGEST_DISPLAY_NAME = 80


@dataclass(frozen=True, slots=True)
class Entry:
    """What one read brings: who is signed in, and the head of the session asked for (None: there is none such).

    The head may be another person's: only the desk decides whether it is theirs.
    """

    person: Person
    head: Head | None


class People:
    """The use cases of signing in and of managing people."""

    def __init__(self, database: Database, clock: Clock, passwords: Passwords) -> None:
        self._database = database
        self._clock = clock
        self._passwords = passwords

    def sign_in(self, name: str, password: str, address: str = "") -> str:
        """The token for the cookie. Raises `SignInError`, or `ThrottledError` after too many failures."""
        name = one_line(name, LONGEST_NAME)
        by_address, by_name = _key("address", _network(address)), _key("name", name.casefold())
        # Attempts are counted before they are judged, so that many at once cannot slip through.
        self._count(by_address, TRIES_BY_ADDRESS)
        self._count(by_name, TRIES_BY_NAME)
        person, hashed = people.find(self._database, name) or (None, None)
        fits = self._passwords.fits(password, hashed)
        if person is None or hashed is None or not fits or person.disabled:
            raise SignInError
        people.forgive(self._database, by_name, by_address)
        renewed = self._passwords.renewed(password, hashed)
        if renewed is not None:
            people.renew_hash(self._database, person.id, renewed)
        return self._open(person.id)

    def link_owner(self, token: str) -> Person:
        """Whose unused sign-in link this is, for the page with the button; uses nothing. Raises `LinkError`."""
        owner = people.link_owner(self._database, _digest(token), self._clock())
        if owner is None:
            raise LinkError
        return owner

    def use_link(self, token: str) -> str:
        """Use the sign-in link up and return the token for the cookie. Raises `LinkError`."""
        person = people.use_link(self._database, _digest(token), self._clock())
        if person is None:
            raise LinkError
        return self._open(person)

    def person_for(self, token: str) -> Person | None:
        """Who is signed in with this cookie token, or None (unknown, too old, idle too long, disabled)."""
        at = self._clock()
        found = people.sign_in_of(self._database, _digest(token), at, at - IDLE)
        return self._seen(token, found, at) if found else None

    def enter(self, token: str, session_id: str) -> Entry | None:
        """As `person_for`, and the head of a session in the same read; None where nobody is signed in.

        Hand `entry.head or session_id` to the desk.
        """
        at = self._clock()
        found = sessions.sign_in_and_head(self._database, _digest(token), session_id, (at, at - IDLE))
        return Entry(self._seen(token, found[0], at), found[1]) if found else None

    def sign_out(self, token: str) -> None:
        """Forget the cookie token."""
        people.close_cookie_session(self._database, _digest(token))

    def set_password(self, person: Person, new: str, token: str | None = None) -> None:
        """Set the person's own password; every other sign-in of theirs (than `token`) ends.

        Raises `PasswordError` saying what is accepted.
        """
        hashed = self._passwords.hashed(new, person.name)
        people.set_password(self._database, person.id, hashed, _digest(token) if token else None)

    def add(self, name: str, role: str, team: str | None = None, display_name: str | None = None) -> Person:
        """A new person, who has no password yet. Raises `PersonError`."""
        name, known, called = _name(name), _role(role), _display_name(display_name or "")
        try:
            person = people.add(self._database, name, str(known), _team(team), self._clock())
        except ConflictError as error:
            raise PersonError(
                f"There is a person called '{name}' already; names are taken in whatever case."
            ) from error
        return self.rename(name, called) if called else person

    def everyone(self) -> tuple[Person, ...]:
        """All people, by name."""
        return people.everyone(self._database)

    def change_role(self, name: str, role: str) -> Person:
        """Give a person another role. Raises `PersonError`."""
        known, person = _role(role), self._find(name)
        if known != Role.ADMINISTRATOR:
            self._keep_an_administrator(person)
        people.change(self._database, person.id, role=str(known))
        return self._find(name)

    def change_team(self, name: str, team: str) -> Person:
        """Put a person into a team; an empty one takes them out of theirs. Raises `PersonError`."""
        known, person = _team(team), self._find(name)
        people.change(self._database, person.id, team=known)
        return self._find(name)

    def rename(self, name: str, display_name: str) -> Person:
        """Say what a person is called; empty: as they sign in. Raises `PersonError`.

        Sessions that are under way keep the name they recorded.
        """
        called, person = _display_name(display_name), self._find(name)
        people.change(self._database, person.id, display_name=called)
        return self._find(name)

    def choose(self, person: Person, *, single_keys: bool, brief: bool) -> None:
        """Say how a person likes to work: whether single keys do something, and whether screens are brief."""
        people.change(self._database, person.id, single_keys=single_keys, brief=brief)

    def speak(self, person: Person, language: str) -> None:
        """Say what language the pages speak to a person; "": what their browser asks for. Raises `PersonError`."""
        if language and language not in LANGUAGES:
            raise PersonError(sentence("Choose one of the languages that stand here."))
        people.change(self._database, person.id, language=language or None)

    def disable(self, name: str) -> Person:
        """Keep a person out from now on; what they did stays. Raises `PersonError`."""
        person = self._find(name)
        self._keep_an_administrator(person)
        people.change(self._database, person.id, disabled=True)
        return self._find(name)

    def enable(self, name: str) -> Person:
        """Let a disabled person in again. Raises `PersonError`."""
        people.change(self._database, self._find(name).id, disabled=False)
        return self._find(name)

    def make_link(self, name: str) -> str:
        """The token of a new sign-in link for a person; their older links stop working. Raises `PersonError`."""
        person = self._find(name)
        if person.disabled:
            raise PersonError(f"'{person.name}' is disabled. Enable them first: handrail user enable {person.name}")
        return self._link(person)

    def first_link(self) -> str | None:
        """The token of a sign-in link for the first administrator, as long as they have never set a password.

        They are made where there is no administrator yet; None where they need no link any more.
        """
        try:
            first = people.add_first(self._database, FIRST, str(Role.ADMINISTRATOR), self._clock())
        except ConflictError as error:
            make = f"handrail user role {FIRST} {Role.ADMINISTRATOR}"
            raise PersonError(f"There is no administrator, and '{FIRST}' has another role. Run: {make}") from error
        if first is None:
            found = people.find(self._database, FIRST)
            first = found[0] if found else None
        if first is None or first.has_password or first.disabled or first.role != Role.ADMINISTRATOR:
            return None
        return self._link(first)

    def _find(self, name: str) -> Person:
        found = people.find(self._database, one_line(name, LONGEST_NAME))
        if found is None:
            raise PersonError(f"There is nobody called '{name}'. See who there is: handrail user list")
        return found[0]

    def _keep_an_administrator(self, person: Person) -> None:
        others = (each for each in self.everyone() if each.role == Role.ADMINISTRATOR and not each.disabled)
        if {each.id for each in others} == {person.id}:
            raise PersonError(f"'{person.name}' is the only administrator. Make somebody else one first.")

    def _link(self, person: Person) -> str:
        token, at = secrets.token_urlsafe(32), self._clock()
        people.add_link(self._database, Ticket(_digest(token), person.id, at, at + LINK_LASTS))
        return token

    def _open(self, person: int) -> str:
        token, at = secrets.token_urlsafe(32), self._clock()
        people.open_cookie_session(self._database, Ticket(_digest(token), person, at, at + LONGEST))
        return token

    def _seen(self, token: str, found: SignIn, at: datetime) -> Person:
        if at - found.last_seen >= SEEN_EVERY:
            people.touch(self._database, _digest(token), at)
        return found.person

    def _count(self, key: str, most: int) -> None:
        at = self._clock()
        counted = people.count_attempt(self._database, key, at, at - WINDOW)
        if counted.count > most:
            raise ThrottledError(max(1, math.ceil((counted.since + WINDOW - at) / timedelta(minutes=1))))


def _digest(token: str) -> str:
    """A token's SHA-256; what no token can be has one too."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def _key(kind: str, value: str) -> str:
    return _digest(f"{kind}:{value}")


def _network(address: str) -> str:
    """What counts as one address: an IPv6 customer has a whole /64."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return "unknown"
    return str(parsed.exploded[:19]) if isinstance(parsed, IPv6Address) else str(parsed)


def _name(name: str) -> str:
    tidy = one_line(name, LONGEST_NAME)
    if not tidy or len(name.strip()) > LONGEST_NAME or not tidy.isprintable():
        raise PersonError(f"'{name}' cannot be a name: write 1 to {LONGEST_NAME} characters that can be read.")
    return tidy


def _team(team: str | None) -> str | None:
    tidy = one_line(team or "", LONGEST_NAME)
    if not tidy.isprintable():
        raise PersonError(f"'{team}' cannot be a team's name: write characters that can be read.")
    return tidy or None


def _display_name(name: str) -> str | None:
    tidy = one_line(name, LONGEST_DISPLAY_NAME + 1)
    if len(tidy) > LONGEST_DISPLAY_NAME or not tidy.isprintable():
        raise PersonError(
            sentence("Write the name in at most {longest} characters that can be read.", longest=LONGEST_DISPLAY_NAME)
        )
    return tidy or None


def _role(role: str) -> Role:
    try:
        return Role(role)
    except ValueError:
        raise PersonError(f"'{role}' is not a role; roles are {', '.join(Role)}.") from None
