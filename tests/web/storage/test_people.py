from datetime import UTC, datetime, timedelta

import pytest

from web.storage import people
from web.storage.database import ConflictError, Database
from web.storage.people import Failures, Ticket

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def ann(database: Database) -> int:
    return people.add(database, "Ann", "agent", "north", NOW).id


def _sign_in(database: Database, ann: int, token: str = "cookie") -> None:
    people.open_cookie_session(database, Ticket(token, ann, NOW, NOW + 24 * HOUR))


def _is_signed_in(database: Database, at: datetime = NOW, token: str = "cookie") -> bool:
    return people.sign_in_of(database, token, at, at - 12 * HOUR) is not None


def test_a_person_is_found_by_name_in_whatever_case(database: Database, ann: int) -> None:
    found = people.find(database, "aNN")
    assert found is not None
    assert found[0] == people.Person(ann, "Ann", "agent", "north", disabled=False, has_password=False)
    assert people.find(database, "bob") is None


def test_a_name_is_taken_only_once_in_whatever_case(database: Database, ann: int) -> None:
    with pytest.raises(ConflictError):
        people.add(database, "ANN", "manager", None, NOW)
    assert [person.id for person in people.everyone(database)] == [ann]


def test_the_first_of_a_role_is_added_only_once(database: Database, ann: int) -> None:
    first = people.add_first(database, "admin", "administrator", NOW)
    again = people.add_first(database, "other", "administrator", NOW)
    assert (first and first.name, again) == ("admin", None)


def test_a_sign_in_counts_until_it_expires_or_idles(database: Database, ann: int) -> None:
    _sign_in(database, ann)
    assert _is_signed_in(database, NOW + 11 * HOUR)
    assert not _is_signed_in(database, NOW + 12 * HOUR)
    people.touch(database, "cookie", NOW + 20 * HOUR)
    assert _is_signed_in(database, NOW + 23 * HOUR)
    assert not _is_signed_in(database, NOW + 24 * HOUR)


def test_signing_out_ends_one_sign_in_only(database: Database, ann: int) -> None:
    _sign_in(database, ann, "here")
    _sign_in(database, ann, "there")
    people.close_cookie_session(database, "here")
    assert [_is_signed_in(database, token=token) for token in ("here", "there")] == [False, True]


def test_a_new_password_ends_every_other_sign_in_and_link(database: Database, ann: int) -> None:
    for token in ("mine", "stolen"):
        _sign_in(database, ann, token)
    people.add_link(database, Ticket("link", ann, NOW, NOW + HOUR))
    people.set_password(database, ann, "hash", keep="mine")
    assert [_is_signed_in(database, token=token) for token in ("mine", "stolen")] == [True, False]
    assert people.link_owner(database, "link", NOW) is None
    assert people.find(database, "ann") is not None


def test_who_is_disabled_is_out_at_once(database: Database, ann: int) -> None:
    _sign_in(database, ann)
    people.add_link(database, Ticket("link", ann, NOW, NOW + HOUR))
    people.change(database, ann, disabled=True)
    assert not _is_signed_in(database)
    assert people.use_link(database, "link", NOW) is None


def test_a_link_lets_in_once(database: Database, ann: int) -> None:
    people.add_link(database, Ticket("link", ann, NOW, NOW + HOUR))
    assert people.link_owner(database, "link", NOW) == people.everyone(database)[0]
    assert [people.use_link(database, "link", NOW) for _ in range(2)] == [ann, None]
    assert people.link_owner(database, "link", NOW) is None


def test_a_link_that_is_old_or_replaced_lets_nobody_in(database: Database, ann: int) -> None:
    people.add_link(database, Ticket("first", ann, NOW, NOW + HOUR))
    people.add_link(database, Ticket("second", ann, NOW, NOW + HOUR))
    assert people.use_link(database, "first", NOW) is None
    assert people.use_link(database, "second", NOW + HOUR) is None


def test_attempts_are_counted_within_their_window(database: Database) -> None:
    def count(at: datetime) -> Failures:
        return people.count_attempt(database, "key", at, at - HOUR)

    assert [count(NOW), count(NOW + HOUR / 2)] == [Failures(1, NOW), Failures(2, NOW)]
    assert count(NOW + HOUR) == Failures(1, NOW + HOUR)


def test_counts_that_are_over_are_forgotten(database: Database) -> None:
    for number in range(5):
        people.count_attempt(database, f"key {number}", NOW, NOW - HOUR)
    people.count_attempt(database, "later", NOW + HOUR, NOW)
    with database.reading() as connection:
        assert connection.scalars(people.FAILURES.select()).all() == ["later"]


def test_a_success_forgets_the_name_and_takes_one_off_the_address(database: Database) -> None:
    for key in ("name", "address", "address"):
        people.count_attempt(database, key, NOW, NOW - HOUR)
    people.forgive(database, "name", "address")
    assert [people.count_attempt(database, key, NOW, NOW - HOUR).count for key in ("name", "address")] == [1, 2]
