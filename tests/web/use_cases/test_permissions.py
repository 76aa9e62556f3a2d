import pytest

from web.storage.people import Person
from web.use_cases.permissions import PERMISSIONS, Permission, Role, may, may_approve, may_review, require
from web.use_cases.refusals import NotAllowedError


def _person(role: str, team: str | None = "north", *, disabled: bool = False, id: int = 1) -> Person:
    return Person(id, "Ann", role, team, disabled, has_password=True)


def test_every_role_has_its_permissions_in_the_one_table() -> None:
    assert set(PERMISSIONS) == set(Role)
    given = {role: sorted(set(Permission) - PERMISSIONS[role]) for role in Role}
    assert given == {
        Role.AGENT: ["approve", "manage people", "write guides"],
        Role.AUTHOR: ["approve", "clients", "manage people"],
        Role.MANAGER: ["manage people", "write guides"],
        Role.ADMINISTRATOR: [],
    }


@pytest.mark.parametrize("person", [_person("king"), _person(""), _person("administrator", disabled=True)])
def test_what_is_not_in_the_table_is_denied(person: Person) -> None:
    assert not any(may(person, permission) for permission in Permission)
    assert not may_review(person, person.id, "north")


def test_a_denied_person_is_told_whom_to_ask() -> None:
    require(_person("author"), Permission.WRITE_GUIDES)
    with pytest.raises(NotAllowedError, match="Ask an administrator"):
        require(_person("agent"), Permission.WRITE_GUIDES)


@pytest.mark.parametrize(
    ("person", "own", "team", "other"),
    [
        (_person("agent"), True, False, False),
        (_person("author"), True, False, False),
        (_person("manager"), True, True, False),
        (_person("manager", None), True, False, False),
        (_person("administrator", None), True, True, True),
    ],
)
def test_who_may_look_back_at_whose_sessions(person: Person, own: bool, team: bool, other: bool) -> None:
    reviewed = [may_review(person, 1, None), may_review(person, 2, "north"), may_review(person, 2, "south")]
    assert reviewed == [own, team, other]
    assert may_review(person, 2, None) is other


@pytest.mark.parametrize(
    ("person", "team", "other"),
    [
        (_person("agent"), False, False),
        (_person("author"), False, False),
        (_person("manager"), True, False),
        (_person("manager", None), False, False),
        (_person("administrator", None), True, True),
        (_person("administrator", disabled=True), False, False),
    ],
)
def test_who_may_approve_what_others_ask_for(person: Person, team: bool, other: bool) -> None:
    approved = [may_approve(person, 2, "north"), may_approve(person, 2, "south"), may_approve(person, 2, None)]
    assert approved == [team, other, other]
    assert not may_approve(person, person.id, "north")
