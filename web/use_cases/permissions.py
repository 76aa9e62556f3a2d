"""What each role may do: the one table, and everything that is not in it is denied."""

from collections.abc import Mapping
from enum import StrEnum

from engine.sentences import Sentence, sentence
from web.storage.people import Person
from web.use_cases.refusals import NotAllowedError


class Role(StrEnum):
    """What a person is here for."""

    AGENT = "agent"
    AUTHOR = "author"
    MANAGER = "manager"
    ADMINISTRATOR = "administrator"


ROLES: Mapping[str, Sentence] = {
    Role.AGENT: sentence("Agent"),
    Role.AUTHOR: sentence("Author"),
    Role.MANAGER: sentence("Manager"),
    Role.ADMINISTRATOR: sentence("Administrator"),
}
"""What people call the roles."""


class Permission(StrEnum):
    """What a page or command needs. Every route declares one of these, or that it is public."""

    ACCOUNT = "account"  # one's own password, signing out
    WALK = "walk"  # start guides, and walk one's own sessions
    CLIENTS = "clients"  # name clients, see what is known of them, say what became of promises
    APPROVE = "approve"  # open what a guide locks, for somebody else: managers for their team, administrators for all
    REVIEW = "review"  # look back at sessions: one's own; managers also their team's, administrators all
    READ_GUIDES = "read guides"  # a guide's graph
    WRITE_GUIDES = "write guides"
    MANAGE_PEOPLE = "manage people"


_EVERYONE = frozenset({Permission.ACCOUNT, Permission.WALK, Permission.REVIEW, Permission.READ_GUIDES})

_STAFF = _EVERYONE | {Permission.CLIENTS}

PERMISSIONS: dict[str, frozenset[Permission]] = {
    Role.AGENT: _STAFF,
    Role.AUTHOR: _EVERYONE | {Permission.WRITE_GUIDES},
    Role.MANAGER: _STAFF | {Permission.APPROVE},
    Role.ADMINISTRATOR: frozenset(Permission),
}


def may(person: Person, permission: Permission) -> bool:
    """Whether the person's role includes the permission; an unknown role includes nothing."""
    return not person.disabled and permission in PERMISSIONS.get(person.role, ())


def require(person: Person, permission: Permission) -> None:
    """Raises `NotAllowedError` unless the person's role includes the permission."""
    if not may(person, permission):
        raise NotAllowedError(ROLES.get(person.role, person.role))


def may_review(person: Person, owner: int, team: str | None, *, gave: bool = False) -> bool:
    """Whether the person may look back at a session that `owner` (a person's id) of `team` walks, or walked to its end.

    Everybody may at their own, and at one that they `gave` to somebody who took it: they walked a part of it. Managers
    may at those of their team, administrators at all. Looking back changes nothing in the session.
    """
    if not may(person, Permission.REVIEW):
        return False
    if person.role == Role.ADMINISTRATOR or person.id == owner or gave:
        return True
    return person.role == Role.MANAGER and person.team is not None and person.team == team


def may_approve(person: Person, asker: int, team: str | None) -> bool:
    """Whether the person may decide what `asker` (a person's id) asks for in a session of `team`: never for oneself."""
    if not may(person, Permission.APPROVE) or person.id == asker:
        return False
    return person.role == Role.ADMINISTRATOR or (person.team is not None and person.team == team)
