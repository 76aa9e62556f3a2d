"""Handing a session over and taking one: the pages of who gives and of who takes."""

import pytest
from bs4 import BeautifulSoup

from tests.pages import page, pick, words
from tests.web.conftest import SignIn
from tests.web.visitor import Visitor, session_path


@pytest.fixture
def ann(sign_in: SignIn) -> Visitor:
    return sign_in("Ann", team="north")


@pytest.fixture
def bob(sign_in: SignIn) -> Visitor:
    return sign_in("Bob", team="south")


@pytest.fixture
def facts(ann: Visitor, bob: Visitor) -> BeautifulSoup:
    """The second step of a session of Ann's, for a client to whom something was promised."""
    assert bob.status("/") == 200
    return ann.answer(ann.starts(client="C-7"), option="kitchen", check="plan-seen")


def _give(visitor: Visitor, seen: BeautifulSoup, to: str, note: str = "") -> BeautifulSoup:
    form = visitor.get(f"{session_path(seen)}/hand-over")
    return visitor.follow(visitor.send(form, "/hand-over", receiver=to, note=note))


def test_a_session_is_given_to_a_queue_and_taken_with_all_that_is_known(
    ann: Visitor, bob: Visitor, facts: BeautifulSoup
) -> None:
    hello = ann.follow(ann.send(ann.follow(ann.send(facts, "/note", text="Sounds tired")), "/back"))
    ann.follow(ann.send(hello, "/nothing-fits", words="A garden"))
    facts = ann.answer(ann.get(session_path(facts)), option="kitchen", check="plan-seen")
    desk = _give(ann, facts, "team:south", "She rings back at three")
    assert words(pick(desk, ".done")) == "Handed over. It waits until somebody takes it."
    assert words(pick(desk, "#given ~ .rows a")).startswith(
        "Note the facts A new kitchen · Ms Adler · C-7 · from Ann to the queue of south"
    )
    package = bob.get(str(pick(bob.get("/"), "#for-me ~ .rows a")["href"]))
    shown = words(package.main)
    for known in ("She rings back at three", "Sounds tired", "Good morning, Ms Adler.", "Client's name Ms Adler"):
        assert known in shown
    assert [words(each) for each in package.select(".noted li")] == [
        "Sounds tired A note at “Note the facts”",
        "“A garden” The client's own words at “Say hello”; no answer fitted",
    ]
    assert words(pick(package, ".said")) == "Say hello A kitchen"
    taken = bob.follow(bob.send(package, "/take-over"))
    assert words(taken.h1) == "Note the facts"
    assert (ann.status(session_path(facts)), ann.get("/").select("#given")) == (409, [])


def test_who_gave_it_sees_the_package_in_its_place_and_takes_it_back(ann: Visitor, facts: BeautifulSoup) -> None:
    _give(ann, facts, "team:south")
    package = ann.follow(ann.client.get(session_path(facts)))
    assert words(pick(package, ".take")) == "1 Take it back"
    assert ann.send(facts, "/note", text="Still here").status_code == 409
    assert words(ann.follow(ann.send(package, "/take-over")).h1) == "Note the facts"
    assert ann.client.get(f"{session_path(facts)}/package").location == session_path(facts)


def test_nobody_is_chosen_and_what_was_written_stays(ann: Visitor, facts: BeautifulSoup) -> None:
    form = ann.get(f"{session_path(facts)}/hand-over")
    offered = [option["value"] for option in form.select("#receiver option")]
    assert (offered[:3], len(offered)) == (["", "team:north", "team:south"], 4)
    response = ann.send(form, "/hand-over", receiver="", note="She rings back")
    seen = page(response)
    assert response.status_code == 422
    assert [link["href"] for link in seen.select("#problems a")] == ["#receiver"]
    assert pick(seen, "#note").get_text().strip() == "She rings back"


def test_a_package_is_only_for_those_it_was_given_to(
    ann: Visitor, bob: Visitor, facts: BeautifulSoup, sign_in: SignIn
) -> None:
    path = f"{session_path(facts)}/package"
    assert bob.status(path) == 404
    _give(ann, facts, "team:south")
    kim, far = sign_in("Kim", team="south"), sign_in("Far", "manager", "east")
    assert [visitor.status(path) for visitor in (ann, bob, kim, far)] == [200, 200, 200, 404]
    assert [visitor.status(session_path(facts)) for visitor in (kim, far)] == [303, 404]
    assert words(kim.follow(kim.client.get(session_path(facts))).h1) == "Note the facts"
    bob.follow(bob.send(bob.get(path), "/take-over"))
    assert [visitor.status(path) for visitor in (kim, far)] == [409, 404]


def test_a_session_that_waits_is_open_when_looked_back_at(ann: Visitor, facts: BeautifulSoup) -> None:
    _give(ann, facts, "team:south")
    assert words(pick(ann.get("/review/"), ".rows-past .mark")) == "Still open"
    review = ann.get(f"/review{session_path(facts)}")
    assert words(pick(review, ".tag-strong")) == "Open"


def test_who_had_a_call_sees_who_has_it_now_and_what_they_had_entered(
    ann: Visitor, bob: Visitor, facts: BeautifulSoup
) -> None:
    path = session_path(facts)
    _give(ann, facts, "team:south")
    bob.follow(bob.send(bob.get(f"{path}/package"), "/take-over"))
    assert words(pick(page(ann.send(facts, "/note", text="She rings back")), ".known")) == "Note She rings back"
    seen = page(ann.client.get(path))
    assert words(pick(seen, "h1")) == "Somebody took this call over"
    assert words(pick(seen, ".lead")).startswith("Bob took this session over")
    assert pick(seen, ".card .button")["href"] == "/"
    assert ann.status(path) == 409


def test_who_gave_it_looks_back_at_it_and_finds_it_while_others_see_no_more_than_before(
    ann: Visitor, bob: Visitor, facts: BeautifulSoup, sign_in: SignIn
) -> None:
    """Nobody else of her team, and no manager of it, came nearer to it by her having walked a part."""
    path, review = session_path(facts), f"/review{session_path(facts)}"
    _give(ann, facts, "team:south", "She rings back at three")
    bob.follow(bob.send(bob.get(f"{path}/package"), "/take-over"))
    others = [sign_in("Kim", team="south"), sign_in("Abe", team="north"), sign_in("Mia", "manager", "north")]
    for ending in ("", "/map", "/graph.svg"):
        assert [each.status(f"{review}{ending}") for each in (ann, bob, *others)] == [200, 200, 404, 404, 404]
    listed = [[row["href"] for row in each.get("/review/").select("a.row")] for each in (ann, bob, *others)]
    assert listed == [[review], [review], [], [], []]
    row = pick(ann.get("/sessions?q=Adler"), "a.row")
    assert (row["href"], words(pick(row, ".tag"))) == (review, "Handed over")
    assert pick(ann.get("/clients/C-7"), f'a[href="{review}"]')
    assert ann.get("/").select("#open ~ .rows") == []
    notes = [words(note).partition(", 12:")[0] for note in ann.get(review).select(".passed-note")]
    assert notes == [
        "Handed over to the queue of south: She rings back at three. Ann",
        "Bob took it over. Bob",
    ]


def test_a_list_is_narrowed_to_who_gave_and_to_who_took(
    ann: Visitor, bob: Visitor, facts: BeautifulSoup, sign_in: SignIn
) -> None:
    _give(ann, facts, "team:south")
    bob.follow(bob.send(bob.get(f"{session_path(facts)}/package"), "/take-over"))
    for each in (ann, bob, sign_in("Ada", "administrator"), sign_in("Sue", "manager", "south")):
        people = {words(option): option["value"] for option in each.get("/review/").select("#who option")}
        assert list(people) == ["Everybody", "Ann", "Bob"]
        found = [len(each.get(f"/review/?who={people[name]}").select("a.row")) for name in ("Ann", "Bob")]
        assert found == [1, 1]


def test_a_desk_that_asks_again_is_told_only_what_is_new(ann: Visitor, bob: Visitor, facts: BeautifulSoup) -> None:
    def ask(tag: str) -> int:
        return bob.client.get("/handovers/", headers={"If-None-Match": f'"{tag}"'}).status_code

    before = str(pick(bob.get("/"), "#handovers")["data-tag"])
    assert words(pick(bob.get("/handovers/"), ".lead")) == "Nothing waits to be taken over just now."
    assert ask(before) == 304
    _give(ann, facts, "team:south")
    assert ask(before) == 200
    assert pick(bob.get("/handovers/"), "#handovers .row")["data-told"] == "Ann hands over to you: Note the facts."
