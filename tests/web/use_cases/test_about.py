from dataclasses import replace

import pytest

from web.storage import sessions
from web.storage.people import Person
from web.use_cases.about import about
from web.use_cases.desk import Start
from web.use_cases.house import House
from web.use_cases.listing import Filter
from web.use_cases.shelf import Shelf

GIVEN = {"client_name": "Zoë"}


def test_a_list_says_whom_each_session_is_about(house: House, ann: Person) -> None:
    """The reference, else the client's, else the first text that was given."""
    starts = Start(GIVEN, client="C-1", reference="T-7"), Start(GIVEN, client="C-1"), Start(GIVEN)
    ids = [house.desk.start(ann, "late", start) for start in starts]
    open_ones = {each.id: each.about for each in house.desk.open_sessions(ann)}
    assert [open_ones[id] for id in ids] == ["T-7", "C-1", "Zoë"]
    assert house.listings.page(ann).about == open_ones


@pytest.mark.parametrize("text", ["zoë", "ZOË", "c-1", "C-1", "t-7", "ölm", "Ölmez & SÖHNE"])
def test_a_session_is_found_by_every_name_it_is_known_by(house: House, ann: Person, bob: Person, text: str) -> None:
    found = house.desk.start(ann, "late", Start(GIVEN, client="C-1", reference="T-7"))
    house.desk.start(ann, "late", Start({"client_name": "Kim"}))
    house.clients.change(ann, "C-1", {"name": "Ölmez & Söhne"})
    wanted = Filter(client=text)
    assert [head.id for head in house.listings.page(ann, wanted=wanted).items] == [found]
    assert [each.id for each in house.desk.find(ann, text)] == [found]
    assert house.listings.page(bob, wanted=wanted).items == ()


def test_who_may_know_no_client_finds_no_session_by_their_name(house: House, ann: Person) -> None:
    house.desk.start(ann, "late", Start(GIVEN, client="C-1"))
    house.clients.change(ann, "C-1", {"name": "Acme"})
    author = house.people.change_role("Ann", "author")
    found = [len(house.listings.page(author, wanted=Filter(client=text)).items) for text in ("acme", "zoë")]
    assert found == [0, 1]


def test_a_session_is_found_by_the_name_of_a_client_who_was_named_in_it(house: House, ann: Person) -> None:
    house.desk.start(ann, "late", Start(GIVEN, client="C-2"))
    house.clients.change(ann, "C-2", {"name": "Acme"})
    session = house.desk.start(ann, "late", Start({"client_name": "Kim"}))
    house.desk.name_client(ann, session, 2, "C-2")
    house.clients.change(ann, "C-2", {"name": "Bolt"})
    assert [each.id for each in house.desk.find(ann, "acme")] == [session]


def test_a_session_whose_guide_is_gone_is_about_nobody_known(house: House, ann: Person) -> None:
    head = sessions.head(house.database, house.desk.start(ann, "late", Start(GIVEN)))
    assert head is not None
    gone = {id: replace(pin, digest="0" * 64) for id, pin in head.pins.items()}
    assert about(replace(head, pins=gone), Shelf(house.database)) == ""
