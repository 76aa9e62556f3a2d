from datetime import timedelta

import pytest
from argon2 import PasswordHasher

from tests.web.use_cases.conftest import FakeClock
from web.storage import people
from web.storage.people import Person
from web.use_cases.house import House
from web.use_cases.passwords import Passwords
from web.use_cases.permissions import Role
from web.use_cases.refusals import LinkError, PasswordError, PersonError, SignInError, ThrottledError

PASSWORD = "correct horse battery"
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def registered(house: House, ann: Person) -> Person:
    """Ann, who has set her password."""
    house.people.set_password(ann, PASSWORD)
    return ann


def _who(house: House, token: str) -> str | None:
    person = house.people.person_for(token)
    return person.name if person else None


def test_a_name_in_any_case_and_its_password_sign_in(house: House, registered: Person) -> None:
    assert _who(house, house.people.sign_in("  ANN ", PASSWORD)) == "Ann"


def test_what_does_not_go_together_is_refused_in_the_same_words(house: House, registered: Person, bob: Person) -> None:
    told = set()
    for name, password in (("Ann", "wrong"), ("Ann", ""), ("Nobody", PASSWORD), ("Bob", PASSWORD), ("Ann", "x" * 999)):
        with pytest.raises(SignInError) as refused:
            house.people.sign_in(name, password)
        told.add(str(refused.value))
    assert len(told) == 1


def test_tokens_that_nobody_was_given_let_nobody_in(house: House, registered: Person) -> None:
    house.people.sign_in("Ann", PASSWORD)
    assert [_who(house, token) for token in ("", "x", "\ud800", "a" * 10_000)] == [None] * 4


def test_no_token_lies_in_the_store(house: House, registered: Person) -> None:
    tokens = house.people.sign_in("Ann", PASSWORD), house.people.make_link("Ann")
    with house.database.reading() as connection:
        tables = ("cookie_sessions", "sign_in_links", "people")
        stored = str([connection.exec_driver_sql(f"SELECT * FROM {table}").all() for table in tables])
    assert [token in stored for token in (*tokens, PASSWORD)] == [False] * 3


def test_a_sign_in_lasts_while_it_is_used_up_to_a_week(house: House, registered: Person, clock: FakeClock) -> None:
    token = house.people.sign_in("Ann", PASSWORD)
    lasted = 0
    while _who(house, token):
        clock.pass_(11 * HOUR)
        lasted += 1
    assert lasted == 16  # 11 hours each: the last time seen is after 165 hours, and a week has 168


def test_a_sign_in_ends_after_twelve_idle_hours(house: House, registered: Person, clock: FakeClock) -> None:
    token = house.people.sign_in("Ann", PASSWORD)
    clock.pass_(12 * HOUR)
    assert _who(house, token) is None


def test_entering_a_session_keeps_a_sign_in_alive_too(house: House, registered: Person, clock: FakeClock) -> None:
    token = house.people.sign_in("Ann", PASSWORD)
    for _ in range(2):
        clock.pass_(11 * HOUR)
        entry = house.people.enter(token, "no-such-session")
        assert entry is not None
        assert (entry.person.name, entry.head) == ("Ann", None)
    clock.pass_(12 * HOUR)
    assert house.people.enter(token, "no-such-session") is None


def test_signing_out_ends_the_sign_in(house: House, registered: Person) -> None:
    token = house.people.sign_in("Ann", PASSWORD)
    house.people.sign_out(token)
    assert _who(house, token) is None


def test_ten_wrong_passwords_close_a_name_for_a_quarter_of_an_hour(
    house: House, registered: Person, clock: FakeClock
) -> None:
    for number in range(10):
        with pytest.raises(SignInError):
            house.people.sign_in("Ann", "wrong", f"10.0.0.{number}")
    clock.pass_(MINUTE)
    with pytest.raises(ThrottledError, match="Try again in 14 minutes"):
        house.people.sign_in("Ann", PASSWORD, "10.0.0.99")
    clock.pass_(14 * MINUTE)
    assert _who(house, house.people.sign_in("Ann", PASSWORD)) == "Ann"


@pytest.mark.parametrize("addresses", ["10.0.0.7", "2001:db8:1:2::{}", "not an address"])
def test_thirty_failures_close_an_address(house: House, registered: Person, addresses: str) -> None:
    for number in range(30):
        with pytest.raises(SignInError):
            house.people.sign_in(f"Guess {number}", "wrong", addresses.format(number))
    with pytest.raises(ThrottledError):
        house.people.sign_in("Ann", PASSWORD, addresses.format("ffff"))
    assert _who(house, house.people.sign_in("Ann", PASSWORD, "10.9.9.9")) == "Ann"


def test_who_signs_in_often_is_never_throttled(house: House, registered: Person) -> None:
    for _ in range(31):
        assert house.people.sign_in("Ann", PASSWORD, "10.0.0.1")


@pytest.mark.parametrize("new", ["short", "x" * 201, "aaaaaaaaaaaa", ""])
def test_a_password_that_is_easily_guessed_is_refused(house: House, ann: Person, new: str) -> None:
    with pytest.raises(PasswordError, match="Choose a password"):
        house.people.set_password(ann, new)


def test_a_name_is_no_password(house: House) -> None:
    person = house.people.add("Maximilian Berg", "agent")
    with pytest.raises(PasswordError, match="not your name"):
        house.people.set_password(person, "maximilian berg")


def test_a_new_password_ends_all_other_sign_ins(house: House, registered: Person) -> None:
    here, there = (house.people.sign_in("Ann", PASSWORD) for _ in range(2))
    house.people.set_password(registered, "another good one", here)
    assert [_who(house, token) for token in (here, there)] == ["Ann", None]
    with pytest.raises(SignInError):
        house.people.sign_in("Ann", PASSWORD)


def test_a_link_lets_in_once_and_looking_at_it_uses_nothing(house: House, ann: Person) -> None:
    link = house.people.make_link("Ann")
    assert house.people.link_owner(link) == house.people.link_owner(link) == ann
    assert _who(house, house.people.use_link(link)) == "Ann"
    for use in (house.people.use_link, house.people.link_owner):
        with pytest.raises(LinkError):
            use(link)


def test_a_link_lasts_a_day_and_a_newer_one_replaces_it(house: House, ann: Person, clock: FakeClock) -> None:
    old, new = house.people.make_link("Ann"), house.people.make_link("Ann")
    with pytest.raises(LinkError):
        house.people.use_link(old)
    clock.pass_(24 * HOUR)
    with pytest.raises(LinkError):
        house.people.use_link(new)


def test_who_is_disabled_is_out_until_enabled(house: House, registered: Person) -> None:
    house.people.add("Eve", "administrator")
    token = house.people.sign_in("Ann", PASSWORD)
    house.people.disable("ann")
    assert _who(house, token) is None
    with pytest.raises(SignInError):
        house.people.sign_in("Ann", PASSWORD)
    with pytest.raises(PersonError, match="handrail user enable Ann"):
        house.people.make_link("Ann")
    house.people.enable("ann")
    assert _who(house, house.people.sign_in("Ann", PASSWORD)) == "Ann"


def test_the_first_administrator_gets_a_link_until_they_set_a_password(house: House) -> None:
    links = [house.people.first_link() for _ in range(2)]
    assert None not in links
    first = house.people.person_for(house.people.use_link(links[-1] or ""))
    assert first is not None
    assert (first.name, first.role) == ("admin", Role.ADMINISTRATOR)
    house.people.set_password(first, PASSWORD)
    assert house.people.first_link() is None


def test_no_first_administrator_is_made_beside_another_one(house: House) -> None:
    house.people.add("Eve", "administrator")
    assert house.people.first_link() is None
    assert [person.name for person in house.people.everyone()] == ["Eve"]


def test_where_the_first_name_is_another_role_s_it_says_what_to_do(house: House) -> None:
    house.people.add("Admin", "agent")
    with pytest.raises(PersonError, match="handrail user role admin administrator"):
        house.people.first_link()


def test_the_last_administrator_stays_one(house: House) -> None:
    house.people.add("Eve", "administrator")
    with pytest.raises(PersonError, match="only administrator"):
        house.people.disable("Eve")
    with pytest.raises(PersonError, match="only administrator"):
        house.people.change_role("Eve", "agent")
    house.people.add("Max", "administrator")
    assert house.people.change_role("Eve", "author").role == Role.AUTHOR
    assert house.people.change_role("Eve", "administrator").role == Role.ADMINISTRATOR


@pytest.mark.parametrize(
    ("name", "role", "team"),
    [("", "agent", None), ("x" * 101, "agent", None), ("\u202eann", "agent", None), ("\0", "agent", None),
     ("Zoe", "king", None), ("ANN", "agent", None), ("Zoe", "agent", "\u202eb")],
)  # fmt: skip
def test_a_person_who_cannot_be_added_is_refused_in_words(
    house: House, ann: Person, name: str, role: str, team: str | None
) -> None:
    with pytest.raises(PersonError) as refused:
        house.people.add(name, role, team)
    assert str(refused.value)
    assert house.people.everyone() == (ann,)


@pytest.mark.parametrize("name", ["\0", "A\0nn\ud800", "x" * 10_000, "\x1f"])
def test_names_that_nobody_can_type_sign_in_nobody_else(house: House, registered: Person, name: str) -> None:
    with pytest.raises(SignInError):
        house.people.sign_in(name, "wrong \0 \ud800")


def test_nobody_is_found_by_a_name_that_nobody_has(house: House) -> None:
    with pytest.raises(PersonError, match="handrail user list"):
        house.people.make_link("Nobody")


def test_a_hash_of_another_cost_is_renewed_at_sign_in(house: House, ann: Person) -> None:
    old = Passwords(PasswordHasher(time_cost=3, memory_cost=8, parallelism=1)).hashed(PASSWORD, "Ann")
    people.set_password(house.database, ann.id, old)
    house.people.sign_in("Ann", PASSWORD)
    found = people.find(house.database, "Ann")
    assert found is not None
    assert found[1] != old


def test_what_people_are_called_can_be_said_and_unsaid(house: House, ann: Person) -> None:
    assert [ann.called, house.people.rename("ann", " Ann  Lee ").called] == ["Ann", "Ann Lee"]
    assert house.people.add("Kim", "agent", display_name="Kim Lee").called == "Kim Lee"
    assert house.people.rename("ann", "") == ann
    for name in ("x" * 81, "\u202eann"):
        with pytest.raises(PersonError, match="at most 80 characters"):
            house.people.rename("ann", name)
