"""Practice: a guide walked to learn it, shown as that, and counted and seen nowhere else."""

from bs4 import BeautifulSoup

from tests.pages import pick, words
from tests.web.conftest import SignIn
from tests.web.visitor import Visitor, session_path
from web.storage.sessions import of_client, past_of
from web.use_cases.house import House


def _practised(visitor: Visitor, guide: str = "kitchen", **given: str) -> BeautifulSoup:
    return visitor.starts(guide, practise="yes", **given)


def test_practice_is_shown_as_that_from_its_first_step_to_looking_back(ann: Visitor) -> None:
    seen = _practised(ann)
    assert words(pick(seen, ".practice")) == "Practice: nothing here counts"
    assert seen.title is not None
    assert seen.title.get_text().startswith("Practice: Say hello")
    assert "Say hello practice" in words(ann.get("/").main)
    assert "practice" in words(pick(ann.get("/review/"), ".row"))
    assert "practice" in words(pick(ann.get("/review" + session_path(seen)), ".facts"))


def test_what_is_walked_in_earnest_is_no_practice(ann: Visitor) -> None:
    seen = ann.starts()
    assert seen.select(".practice") == []
    assert "practice" not in words(ann.get("/review/").main)


def test_a_link_to_practise_offers_nothing_else(ann: Visitor) -> None:
    seen = ann.get("/practise/kitchen?client_name=Ms+Adler")
    assert [words(button) for button in seen.select("form.answer button")] == ["1 Practise"]
    assert pick(seen, "#field-client_name")["value"] == "Ms Adler"
    assert seen.select("#client-reference") == []


def test_a_manager_sees_no_practice_of_the_team(sign_in: SignIn) -> None:
    ann, manager = sign_in("Ann", team="north"), sign_in("Mo", "manager", "north")
    practised, real = session_path(_practised(ann)), session_path(ann.starts())
    listed = [row["href"] for row in manager.get("/review/").select(".row")]
    assert listed == [f"/review{real}"]
    assert manager.status(f"/review{practised}") == 404
    assert sign_in("Root", "administrator").status(f"/review{practised}/graph") == 404


def test_practice_names_no_client_and_counts_for_none(ann: Visitor, web_house: House) -> None:
    _practised(ann, client="C-1")
    ann.starts(client="C-2")
    heads = {client: len(of_client(web_house.database, client)) for client in ("C-1", "C-2")}
    assert heads == {"C-1": 0, "C-2": 1}
    assert len(past_of(web_house.database, "C-2")) == 1
