"""What can be done beside the script: a flag, the client's own words, a pause, and where these are shown."""

import pytest
from bs4 import BeautifulSoup

from tests.pages import page, pick, words
from tests.web.visitor import Visitor, session_path
from web.use_cases.house import House


@pytest.fixture
def hello(ann: Visitor) -> BeautifulSoup:
    """The first step of a session of Ann's."""
    return ann.starts()


@pytest.mark.parametrize(
    ("action", "field", "done", "told"),
    [
        ("flag", "flag", "Flagged for the guide's author.", "Flagged for the author: “Ätsch” <b>"),
        ("nothing-fits", "words", "The client's words are kept.", "No answer fitted. The client said: “Ätsch” <b>"),
    ],
)
def test_words_beside_the_script_are_kept_and_the_step_stays(
    ann: Visitor, hello: BeautifulSoup, action: str, field: str, done: str, told: str
) -> None:
    seen = ann.follow(ann.send(hello, f"/{action}", **{field: "“Ätsch” <b>"}))
    assert (words(seen.h1), words(pick(seen, ".done"))) == ("Say hello", done)
    review = ann.get(f"/review{session_path(seen)}")
    assert words(pick(review, ".passed-note")).startswith(told)
    assert words(ann.answer(seen, option="nothing", check="plan-seen").h1) == "No kitchen"


def test_the_clients_words_stand_at_the_step_they_were_said_at(ann: Visitor, hello: BeautifulSoup) -> None:
    seen = ann.follow(ann.send(hello, "/nothing-fits", words="I want a garden"))
    assert words(pick(seen, ".noted")).startswith("“I want a garden” The client's own words")
    later = ann.answer(seen, option="kitchen", check="plan-seen")
    assert later.select(".noted") == []
    assert words(pick(later, ".noted-before li")).startswith("Say hello “I want a garden” The client's own words")


def test_none_fits_only_where_there_is_something_to_choose(ann: Visitor, hello: BeautifulSoup) -> None:
    facts = ann.answer(hello, option="kitchen", check="plan-seen")
    assert [form["id"] for form in facts.select("#more form")] == ["flag", "pause", "end"]
    assert [summary["data-key"] for summary in facts.select("#more summary[autofocus]")] == ["f"]


def test_what_was_written_at_a_step_that_was_left_stands_in_the_path(ann: Visitor, hello: BeautifulSoup) -> None:
    facts = ann.answer(hello, option="kitchen", check="plan-seen")
    back = ann.follow(ann.send(ann.follow(ann.send(facts, "/note", text="Two dogs")), "/back"))
    path = ann.get(f"/review{session_path(hello)}").select(".passed")
    assert [len(passed.select(".passed-note")) for passed in path] == [1]
    assert words(pick(path[0], ".passed-note")).endswith("; at “Note the facts”, which was left again")
    ann.answer(back, option="kitchen", check="plan-seen")
    again = ann.get(f"/review{session_path(hello)}").select(".passed")
    assert [words(each.select_one(".passed-note")).startswith("Two dogs") for each in again[1:]] == [True]
    assert "left again" not in words(again[1])


@pytest.mark.parametrize(("action", "field"), [("flag", "flag"), ("nothing-fits", "words"), ("pause", "pause")])
def test_nothing_said_is_refused_where_it_is_asked(ann: Visitor, hello: BeautifulSoup, action: str, field: str) -> None:
    response = ann.send(hello, f"/{action}")
    seen = page(response)
    assert response.status_code == 422
    assert pick(seen, f"#{action}-{field}")["aria-invalid"] == "true"
    assert [link["href"] for link in seen.select("#problems a")] == [f"#{action}-{field}"]
    assert len(seen.select("details[open]")) == 1


def test_a_pause_is_told_at_the_desk_and_at_the_step(ann: Visitor, hello: BeautifulSoup) -> None:
    desk = ann.follow(ann.send(hello, "/pause", pause="They call back at noon"))
    assert words(pick(desk, ".done")) == "Paused. It waits for you here."
    assert words(pick(desk, ".row-paused")).endswith(": They call back at noon")
    step = ann.get(session_path(hello))
    assert words(pick(step, ".paused")) == "Paused They call back at noon Resume p"
    assert ann.follow(ann.send(step, "/resume")).select(".paused") == []
    assert ann.get("/").select(".row-paused") == []


def test_what_is_paused_keeps_its_reason(ann: Visitor, hello: BeautifulSoup) -> None:
    ann.follow(ann.send(hello, "/pause", pause="They call back at noon"))
    step = ann.get(session_path(hello))
    assert step.select("#pause") == []
    response = ann.send(hello, "/pause", pause="Lunch")
    told = "It is paused already: They call back at noon. Resume it before you pause it again."
    assert (response.status_code, words(pick(page(response), "#problems li"))) == (422, told)
    assert words(pick(ann.get(session_path(hello)), ".paused p")) == "Paused They call back at noon"


def test_any_answer_takes_a_paused_session_up(ann: Visitor, hello: BeautifulSoup) -> None:
    ann.follow(ann.send(hello, "/pause", pause="Lunch"))
    assert ann.answer(hello, option="kitchen", check="plan-seen").select(".paused") == []


def test_after_the_end_a_step_can_still_be_flagged_and_nothing_else(ann: Visitor, hello: BeautifulSoup) -> None:
    ended = ann.answer(hello, option="nothing", check="plan-seen")
    assert [form["id"] for form in ended.select("#more form")] == ["flag"]
    assert words(pick(ann.follow(ann.send(ended, "/flag", flag="Too curt")), ".done")).startswith("Flagged")
    assert ann.send(hello, "/pause", pause="Lunch").status_code == 409


def test_a_page_of_another_step_is_told_so_and_shows_what_was_written(ann: Visitor, hello: BeautifulSoup) -> None:
    ann.answer(hello, option="kitchen", check="plan-seen")
    response = ann.send(hello, "/nothing-fits", words="I want a garden")
    assert response.status_code == 409
    assert "The client's words I want a garden" in words(page(response).main)


def test_another_guide_is_opened_with_what_is_known_and_comes_back(ann: Visitor) -> None:
    talk = ann.starts("discount", field__interest="80")
    rows = ann.get(str(pick(talk, "#more a")["href"])).select(".found a")
    assert [words(row) for row in rows] == ["A new kitchen", "An apology"]
    form = ann.get(str(rows[0]["href"]))
    assert words(pick(form, "form .known")) == "Client's name Ms Adler"
    assert [field["id"] for field in form.select("form .field input")] == ["field-urgent", "field-urgent-false"]
    hello = ann.follow(ann.send(form, "/open/kitchen"))
    assert words(pick(hello, ".guides")) == "A discount \u203a A new kitchen"
    back = ann.answer(hello, option="nothing", check="plan-seen")
    assert (words(back.h1), words(pick(back, ".said-option"))) == ("Talk about the interest", "Nothing")


def test_a_guide_without_what_it_needs_is_not_opened(ann: Visitor, hello: BeautifulSoup) -> None:
    path = f"{session_path(hello)}/open/sorry"
    response = ann.send(ann.get(path), path)
    assert response.status_code == 422
    assert words(pick(page(response), "#error-name")) == "Enter the name"


def test_a_field_of_the_client_that_nobody_knows_is_asked_without_a_word_of_the_start(
    ann: Visitor, web_house: House, hello: BeautifulSoup
) -> None:
    guide = (
        "guide: bell\ntitle: The bell\nfields:\n  who: {type: text, label: Who, help: Or below, given: true, "
        "from: client.name}\n  why: {type: text, label: Why, help: In a word, given: true}\n"
        "outcomes: {done: {label: Done, kind: success}}\nsteps:\n  ask: {say: 'Yes, {{ who }}? {{ why }}', next: end}\n"
        "  end: {say: Bye, outcome: done}\n"
    )
    (web_house.config.guides / "bell.yaml").write_text(guide)
    assert web_house.import_guides().problems == ()
    form = ann.get(f"{session_path(hello)}/open/bell")
    assert [words(each) for each in form.select("form .field label")] == ["Who", "Why"]
    assert [words(each) for each in form.select("form .help")] == ["In a word"]
