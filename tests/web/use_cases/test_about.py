from dataclasses import replace
from pathlib import Path

import pytest

from web.storage import sessions
from web.storage.people import Person
from web.use_cases.about import about
from web.use_cases.desk import Start
from web.use_cases.house import House
from web.use_cases.listing import Filter
from web.use_cases.shelf import Shelf

ASKS = """\
guide: asks
title: Asks
fields:
  matter: {type: text, label: Matter, given: true, required: false}
  name: {type: text, label: Name, given: true, required: false, from: client.name}
outcomes:
  done: {label: Done, kind: success}
steps:
  ask:
    say: Hello {{ coalesce(name, 'you') }}, {{ coalesce(matter, 'what is it') }}?
    next: end
  end:
    outcome: done
"""
GIVEN = {"client_name": "Zoë"}


def test_a_list_says_whom_each_session_is_about(house: House, ann: Person) -> None:
    """The name, our reference, the client's."""
    starts = Start(GIVEN, client="C-1", reference="T-7"), Start(GIVEN, client="C-1"), Start(GIVEN)
    ids = [house.desk.start(ann, "late", start) for start in starts]
    open_ones = {each.id: each.about for each in house.desk.open_sessions(ann)}
    assert [open_ones[id] for id in ids] == ["Zoë · T-7 · C-1", "Zoë · C-1", "Zoë"]
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
    assert about(head._replace(pins=gone), Shelf(house.database), {}) == ""


@pytest.mark.parametrize(("given", "whose"), [({"name": "Zoë"}, "Zoë · C-1"), ({"matter": "A mug"}, "Acme · C-1")])
def test_a_client_s_name_comes_before_other_texts(
    house: House, folder: Path, ann: Person, given: dict[str, str], whose: str
) -> None:
    """The one given, else the one kept; a text that is no name says nothing where names are asked for."""
    (folder / "asks.yaml").write_text(ASKS)
    assert house.import_guides().problems == ()
    house.desk.start(ann, "late", Start({"client_name": "Acme"}, client="C-1"))
    house.clients.change(ann, "C-1", {"name": "Acme"})
    session = house.desk.start(ann, "asks", Start(given, client="C-1"))
    nobody = house.desk.start(ann, "asks", Start({"matter": "A mug"}, reference="T-1"))
    assert [house.listings.page(ann).about[id] for id in (session, nobody)] == [whose, "T-1"]


def test_a_long_name_leaves_room_for_the_reference(house: House, ann: Person) -> None:
    session = house.desk.start(ann, "late", Start({"client_name": "Z" * 60}, reference="T-7"))
    assert house.listings.page(ann).about[session] == f"{'Z' * 39}… · T-7"
