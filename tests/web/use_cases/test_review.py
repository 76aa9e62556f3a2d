from datetime import timedelta
from pathlib import Path

import pytest

from engine.events import KINDS
from engine.replies import Reply
from tests.web.use_cases.conftest import LATE, FakeClock
from web.storage.people import Person
from web.use_cases.desk import Start
from web.use_cases.house import House
from web.use_cases.listing import Filter
from web.use_cases.refusals import NotFoundError
from web.use_cases.review import Noted, Review, Shown
from web.use_cases.telling import SENTENCES

GIVEN = {"client_name": "Zoë"}
CHECKED = Reply(values={"amount": "120"}, checks=("seen",))
MINUTE = timedelta(minutes=1)


def _walk(house: House, person: Person, clock: FakeClock, *replies: Reply | str) -> str:
    """A session with a minute between answers; a text is a note."""
    session = house.desk.start(person, "late", Start(GIVEN))
    for reply in replies:
        clock.pass_(MINUTE)
        look = house.moves.look(person, session)
        if isinstance(reply, str):
            house.desk.note(person, session, reply)
        else:
            house.desk.answer(person, session, look.state.seq, reply)
    return session


@pytest.fixture
def review(house: House, ann: Person, clock: FakeClock) -> Review:
    """A session through the called guide to its end, with one note."""
    return house.reviews.session(ann, _walk(house, ann, clock, CHECKED, "Abroad.", Reply("fault"), Reply()))


def test_the_path_is_told_visit_by_visit(review: Review) -> None:
    told = [(passed.depth, passed.title, passed.answer, passed.automatic) for passed in review.steps]
    assert told == [
        (0, "Be certain", None, False),
        (0, "What do they say?", "It is our fault", False),
        (0, "Sorry", None, True),
        (1, "Say it", None, False),
        (1, "Said", None, True),
        (0, "Ended", None, False),
    ]


def test_visits_have_their_times_values_checks_and_notes(review: Review, clock: FakeClock) -> None:
    first, second = review.steps[:2]
    assert (first.seconds, first.values, first.checks) == (60, (Shown("Amount due", "€120.00"),), ("Payments seen",))
    assert (second.seconds, second.at) == (120, clock.at - 3 * MINUTE)
    assert second.notes == review.notes == (Noted(clock.at - 2 * MINUTE, "Ann", "Abroad."),)


def test_what_is_known_at_the_end_and_the_outcome_are_told(review: Review) -> None:
    assert review.outcome == "The fault was ours"
    assert set(review.values) == {Shown("Client's name", "Zoë"), Shown("Amount due", "€120.00")}


def test_a_session_that_ends_in_the_guide_it_switched_to_ends_as_that_one_says(
    house: House, folder: Path, ann: Person, clock: FakeClock
) -> None:
    switching = LATE.replace("    call:\n", "    switch_to:\n").replace("      otherwise: ended\n", "")
    ends = "  ended:\n    outcome: ours\n"
    (folder / "late.yaml").write_text(switching.replace(ends, "").replace("  ours: {", "  # ours: {"))
    assert house.import_guides().problems == ()
    session = _walk(house, ann, clock, CHECKED, Reply("fault"), Reply())
    assert house.reviews.session(ann, session).outcome == "Said sorry"
    assert house.listings.page(ann).how == {session: "success"}
    assert [head.id for head in house.listings.page(ann, wanted=Filter(how="success")).items] == [session]


def test_of_two_outcomes_of_one_id_the_one_that_was_reached_says_how_it_ended(
    house: House, folder: Path, ann: Person, clock: FakeClock
) -> None:
    switching = LATE.replace("    call:\n", "    switch_to:\n").replace("      otherwise: ended\n", "")
    (folder / "late.yaml").write_text(switching.replace("ours", "said"))
    assert house.import_guides().problems == ()
    switched = _walk(house, ann, clock, CHECKED, Reply("fault"), Reply())
    assert house.listings.page(ann).how == {switched: "success"}
    found = {how: house.listings.page(ann, wanted=Filter(how=how)).items for how in ("success", "partial")}
    assert {how: [head.id for head in heads] for how, heads in found.items()} == {"success": [switched], "partial": []}


def test_every_event_is_a_sentence(review: Review) -> None:
    assert [told.sentence for told in review.events] == [
        "Started “A late payment” with Client's name Zoë.",
        "Shown: “Be certain”.",
        "Answered “Be certain”: Amount due €120.00.",
        "Went on to “What do they say?”, because Amount due €120.00.",
        "Shown: “What do they say?”.",
        "Noted: Abroad.",
        "Answered “What do they say?” with “It is our fault”.",
        "Opened “An apology”.",
        "Shown: “Say it”.",
        "Answered “Say it”.",
        "Left “An apology”: Said sorry.",
        "Shown: “Ended”.",
        "Reached the outcome “The fault was ours”.",
        "The session ended.",
    ]


def test_every_kind_of_event_has_its_words() -> None:
    assert set(SENTENCES) == set(KINDS)


def test_what_back_left_behind_stays_in_the_events_only(house: House, ann: Person, clock: FakeClock) -> None:
    session = _walk(house, ann, clock, CHECKED, Reply("fault"))
    look = house.desk.back(ann, session, house.moves.look(ann, session).state.seq)
    house.desk.answer(ann, session, look.state.seq, Reply("date"))
    review = house.reviews.session(ann, session)
    assert [passed.answer for passed in review.steps] == [None, "Names a date", None]
    sentences = [told.sentence for told in review.events]
    assert "Went back to “What do they say?”." in sentences
    assert "Changed the answer to “What do they say?” with “Names a date” (it was “It is our fault”)." in sentences


def test_a_session_that_was_ended_and_reopened_says_so(house: House, ann: Person) -> None:
    session = house.desk.start(ann, "late", Start(GIVEN))
    seq = house.desk.answer(ann, session, 2, CHECKED).state.seq
    seq = house.desk.end(ann, session, seq, "Hung up").state.seq
    house.desk.back(ann, session, seq)
    told = [each.sentence for each in house.reviews.session(ann, session).events[-2:]]
    assert told == ["Ended the session: Hung up", "Reopened the session."]


def test_back_out_of_a_called_guide_is_told_by_the_caller_s_step(house: House, ann: Person, clock: FakeClock) -> None:
    session = _walk(house, ann, clock, CHECKED, Reply("fault"))
    house.desk.back(ann, session, house.moves.look(ann, session).state.seq)
    assert house.reviews.session(ann, session).events[-1].sentence == "Went back to “What do they say?”."


def test_the_graph_is_the_guide_with_the_path_marked(house: House, ann: Person, clock: FakeClock) -> None:
    plain, walked = (
        house.reviews.graph(ann, _walk(house, ann, clock, *replies)) for replies in ((), (CHECKED, Reply("fault")))
    )
    assert plain.startswith(b"<?xml") and b"What do they say?" in plain  # noqa: PT018
    assert plain != walked


def test_an_agent_sees_only_their_own_sessions(house: House, ann: Person, bob: Person, clock: FakeClock) -> None:
    session = _walk(house, ann, clock)
    assert house.listings.page(bob).items == ()
    for ask in (house.reviews.session, house.reviews.graph):
        for id in (session, "unknown"):
            with pytest.raises(NotFoundError) as refused:
                ask(bob, id)
            assert str(refused.value) == str(NotFoundError("session"))


def test_managers_see_their_team_s_and_administrators_all(
    house: House, ann: Person, bob: Person, clock: FakeClock
) -> None:
    anns, bobs = _walk(house, ann, clock), _walk(house, bob, clock)
    manager = house.people.add("Max", "manager", "north")
    administrator = house.people.add("Eve", "administrator")
    teamless = house.people.add("Tim", "manager")
    seen = [{head.id for head in house.listings.page(person).items} for person in (manager, administrator, teamless)]
    assert seen == [{anns}, {anns, bobs}, set()]
    assert house.reviews.session(manager, anns).head.person_name == "Ann"


def test_the_list_goes_on_page_by_page_newest_first(house: House, ann: Person, clock: FakeClock) -> None:
    sessions = [_walk(house, ann, clock, "Note") for _ in range(5)]
    pages: list[list[str]] = []
    cursor = None
    while not pages or cursor:
        page = house.listings.page(ann, cursor, limit=2)
        pages.append([head.id for head in page.items])
        cursor = page.next
    newest = sessions[::-1]
    assert pages == [newest[:2], newest[2:4], newest[4:]]


@pytest.mark.parametrize("cursor", ["", "?", "x", "e30", "WzEsMl0", "W10", "bnVsbA", "é", "WyIyMDI2LTAxLTAxIiwgM10"])
def test_a_cursor_that_nobody_made_finds_nothing(house: House, ann: Person, cursor: str) -> None:
    with pytest.raises(NotFoundError):
        house.listings.page(ann, cursor)
