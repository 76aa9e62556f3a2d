from dataclasses import replace

from web.storage import sessions
from web.storage.people import Person
from web.use_cases.about import about
from web.use_cases.desk import Start
from web.use_cases.house import House
from web.use_cases.shelf import Shelf

GIVEN = {"client_name": "Zoë"}


def test_a_list_says_whom_each_session_is_about(house: House, ann: Person) -> None:
    """The reference, else the client's, else the first text that was given."""
    starts = Start(GIVEN, client="C-1", reference="T-7"), Start(GIVEN, client="C-1"), Start(GIVEN)
    ids = [house.desk.start(ann, "late", start) for start in starts]
    open_ones = {each.id: each.about for each in house.desk.open_sessions(ann)}
    assert [open_ones[id] for id in ids] == ["T-7", "C-1", "Zoë"]
    assert house.listings.page(ann).about == open_ones


def test_a_session_whose_guide_is_gone_is_about_nobody_known(house: House, ann: Person) -> None:
    head = sessions.head(house.database, house.desk.start(ann, "late", Start(GIVEN)))
    assert head is not None
    gone = {id: replace(pin, digest="0" * 64) for id, pin in head.pins.items()}
    assert about(replace(head, pins=gone), Shelf(house.database)) == ""
