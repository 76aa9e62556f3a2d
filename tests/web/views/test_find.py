"""Finding one's sessions again: by the client, the reference, or what was given when they started."""

import pytest
from flask import Flask

from tests.pages import pick, words
from tests.web.conftest import SignIn
from tests.web.visitor import Visitor, session_path
from web.use_cases.house import House


@pytest.mark.parametrize("wanted", ["adler", "T-10", "10", "C-77", "  ms  ADLER "])
def test_a_session_is_found_by_a_part_of_what_it_is_about(ann: Visitor, wanted: str) -> None:
    path = session_path(ann.starts(reference="T-1042", client="C-77"))
    ann.starts(field__client_name="Bo")
    rows = ann.get(f"/sessions?q={wanted}").select("a.row")
    assert [row["href"] for row in rows] == [path]
    assert words(pick(rows[0], ".tag")) == "open"


def test_a_session_that_ended_is_found_too(ann: Visitor) -> None:
    ann.follow(ann.send(ann.starts(), "/end", reason="Hung up"))
    assert words(pick(ann.get("/sessions?q=Adler"), "a.row strong")) == "Ended before an outcome"
    assert ann.get("/").select("#open ~ .rows") == []


@pytest.mark.parametrize("wanted", ["", "%20", "Nobody", "%25", "_"])
def test_what_nothing_is_about_finds_nothing(ann: Visitor, wanted: str) -> None:
    ann.starts()
    assert ann.get(f"/sessions?q={wanted}").select("a.row") == []


def test_nobody_finds_another_persons_session(ann: Visitor, sign_in: SignIn) -> None:
    ann.starts()
    assert sign_in("Mia", "manager").get("/sessions?q=Adler").select("a.row") == []


def test_a_session_goes_on_at_its_step_on_another_machine(app: Flask, web_house: House, ann: Visitor) -> None:
    ann.answer(ann.starts(), option="kitchen", check="plan-seen")
    other = Visitor(app.test_client())
    token = web_house.people.use_link(web_house.people.make_link("Ann"))
    other.client.set_cookie("handrail-session", token)
    row = pick(other.get("/sessions?q=Adler"), "a.row")
    assert words(other.get(str(row["href"])).h1) == "Note the facts"
