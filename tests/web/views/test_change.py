"""Changing an earlier answer: the page that shows it, what saving it leads to, and what is said of it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup

from tests.pages import page, pick, words
from tests.web.guides import FACTS
from tests.web.visitor import Visitor, session_path
from web.use_cases.house import House

SignIn = Callable[..., Visitor]


@pytest.fixture
def summed(ann: Visitor) -> BeautifulSoup:
    """A call of Ann's at its third step, the first two answered."""
    hello = ann.answer(ann.starts(), option="kitchen", check="plan-seen")
    return ann.answer(hello, **FACTS)


def _change(ann: Visitor, seen: BeautifulSoup, number: int = 1) -> BeautifulSoup:
    """The page that changes an answer so far, by its number."""
    return ann.get(str(pick(seen, f'.said li[data-number="{number}"] .to')["href"]))


def _kinds(house: House, seen: BeautifulSoup) -> list[str]:
    ann = house.people.person_for(house.people.use_link(house.people.make_link("Ann")))
    assert ann is not None
    return [each.kind for each in house.reviews.session(ann, session_path(seen).rsplit("/", 1)[1]).events]


def test_an_earlier_step_is_shown_as_it_was_answered_and_nothing_is_written(
    ann: Visitor, web_house: House, summed: BeautifulSoup
) -> None:
    before = _kinds(web_house, summed)
    hello = _change(ann, summed)
    assert hello.title is not None
    assert hello.title.get_text() == "Changing: Say hello · A new kitchen · Handrail"
    assert words(pick(hello, ".changing")) == "Changing an earlier answer. Nothing changes until you save."
    assert words(pick(hello, ".say-words")).startswith("Good morning, Ms Adler.")
    assert words(pick(hello, ".marked:has([checked])")) == "1 A kitchen With all its parts chosen before"
    assert pick(hello, "#check-plan-seen").has_attr("checked")
    assert words(pick(hello, ".beside .said-option")) == "Sum it up"
    assert pick(_change(ann, summed, 2), "#field-budget")["value"] == "1,250"
    assert _kinds(web_house, summed) == before


def test_a_changed_value_keeps_the_later_answers_and_the_call_stands_where_it_was(
    ann: Visitor, summed: BeautifulSoup
) -> None:
    done = ann.answer(summed, option="right")
    after = ann.follow(ann.send(_change(ann, done, 2), "/change", field__rooms="4", why="Miscounted"))
    assert words(after.h1) == "Thank them"
    assert words(pick(after, ".changed")) == "Changed: “Note the facts”. 1 later answer is kept."
    assert after.select(".changed[data-done]") != []
    assert words(pick(after, '.said li[data-number="2"]')).startswith("Note the facts Rooms 4")
    review = ann.get(f"/review{session_path(after)}")
    assert words(pick(review, ".passed-over")) == "Changed; it was Rooms 3. Why: Miscounted"
    assert "(it was Rooms 3). Why: Miscounted." in words(pick(review, ".log"))


def test_another_way_puts_later_answers_aside_and_offers_them_again(ann: Visitor, summed: BeautifulSoup) -> None:
    away = ann.follow(ann.send(_change(ann, summed), "/change", option="nothing"))
    assert words(away.h1) == "No kitchen"
    assert words(pick(away, ".changed")) == (
        "Changed: “Say hello”. 1 answer is put aside, and offered again when its step comes up: Note the facts. "
        "The call ends here now."
    )
    again = ann.follow(ann.send(_change(ann, away), "/change", option="kitchen"))
    assert words(again.h1) == "Note the facts"
    assert pick(again, "#field-budget")["value"] == "1,250"
    assert words(pick(again, ".changed")) == (
        "Changed: “Say hello”. Answer this step again; what was answered before is marked. The session is open again."
    )


def test_a_value_that_is_refused_shows_the_same_page_with_what_was_typed(ann: Visitor, summed: BeautifulSoup) -> None:
    response = ann.send(_change(ann, summed, 2), "/change", field__rooms="many", why="Misheard")
    refused = page(response)
    assert response.status_code == 422
    assert refused.title is not None
    assert refused.title.get_text().startswith("Mistake: Changing: Note the facts")
    assert [link["href"] for link in refused.select("#problems a")] == ["#field-rooms"]
    assert (pick(refused, "#field-rooms")["value"], pick(refused, "#why")["value"]) == ("many", "Misheard")
    assert words(ann.follow(ann.send(refused, "/change", field__rooms="5")).h1) == "Sum it up"


def test_a_reason_that_is_too_long_is_refused_where_it_stands(ann: Visitor, summed: BeautifulSoup) -> None:
    refused = page(ann.send(_change(ann, summed), "/change", option="nothing", why="x" * 1_001))
    assert [link["href"] for link in refused.select("#problems a")] == ["#why"]
    assert pick(refused, "#why")["aria-invalid"] == "true"
    assert pick(refused, "#mark-nothing").has_attr("checked")


def test_saving_what_was_said_before_changes_nothing(ann: Visitor, web_house: House, summed: BeautifulSoup) -> None:
    before = _kinds(web_house, summed)
    after = ann.follow(ann.send(_change(ann, summed), "/change"))
    assert words(pick(after, ".done")) == "Left as it was: nothing is changed."
    assert _kinds(web_house, after) == before


def test_a_double_click_changes_once(ann: Visitor, web_house: House, summed: BeautifulSoup) -> None:
    earlier = _change(ann, summed)
    pages = [ann.follow(ann.send(earlier, "/change", option="nothing")) for _ in range(2)]
    assert [words(pick(each, ".changed"))[:22] for each in pages] == ["Changed: “Say hello”. "] * 2
    assert _kinds(web_house, pages[0]).count("changed") == 1


def test_a_page_that_is_out_of_date_says_so_with_what_was_entered(ann: Visitor, summed: BeautifulSoup) -> None:
    earlier = _change(ann, summed)
    ann.answer(summed, option="right")
    response = ann.send(earlier, "/change", option="nothing", why="Misheard")
    stale = page(response)
    assert response.status_code == 409
    assert words(pick(stale, "[aria-label='What you had entered'] dl")) == (
        "Checked Plan looked at Answer Nothing Reason Misheard"
    )


def test_an_answer_that_is_no_more_is_told_as_out_of_date(ann: Visitor, summed: BeautifulSoup) -> None:
    facts = str(pick(summed, '.said li[data-number="2"] .to')["href"])
    ann.follow(ann.send(summed, "/back"))
    response = ann.client.get(facts)
    assert response.status_code == 409
    assert words(page(response).h1) == "This page was out of date"
    assert ann.status(facts.replace("/facts.1", "/nowhere")) == 404


def test_the_call_itself_goes_back_instead(ann: Visitor, summed: BeautifulSoup) -> None:
    earlier = _change(ann, summed)
    button = pick(earlier, "button[form=change][formaction]")
    assert button["formaction"] == f"{session_path(summed)}/back"
    assert words(ann.follow(ann.send(summed, "/back", to=str(button["value"]))).h1) == "Say hello"


def test_of_two_visits_of_a_step_each_has_its_own(ann: Visitor, summed: BeautifulSoup) -> None:
    facts = ann.answer(summed, option="wrong")
    again = ann.answer(facts, **{**FACTS, "field.rooms": "7"})
    assert [pick(_change(ann, again, number), "#field-rooms")["value"] for number in (2, 4)] == ["3", "7"]
    assert [len(_change(ann, again, number).select("[formaction]")) for number in (2, 4)] == [0, 1]
    after = ann.follow(ann.send(_change(ann, again, 2), "/change", field__rooms="4"))
    assert words(pick(after, ".changed")) == "Changed: “Note the facts”. 2 later answers are kept."


def test_what_was_taken_from_the_screen_is_named_before(ann: Visitor) -> None:
    ended = ann.answer(ann.starts(), option="nothing", check="plan-seen")
    ann.follow(ann.send(ended, "/documents", document="offer"))
    assert words(pick(_change(ann, ended), ".lasting li")) == "“Our offer”, taken from the screen as it was then"


def test_a_skipped_step_is_answered_and_a_lock_asks_for_its_reason(ann: Visitor) -> None:
    talk = ann.starts("discount", field__interest="80")
    checks = ["seen", "known", "agreed"]
    reach = ann.answer(talk, option="pays", check=checks, field__story="A hard year")
    close = ann.follow(ann.send(reach, "/skip", reason="No e-mail"))
    skipped = _change(ann, close, 2)
    assert "You skipped this step: No e-mail" in words(skipped.main)
    assert words(pick(skipped, "#change .primary")) == "1 Answer it now"
    first = _change(ann, close)
    assert words(pick(first, "label[for=mark-halve]")).endswith("To ask a second person, go back to this step.")
    refused = page(ann.send(first, "/change", option="waive"))
    assert [link["href"] for link in refused.select("#problems a")] == ["#reason-waive"]
    after = ann.follow(ann.send(refused, "/change", **{"reason:waive": "Twenty years a client"}))
    assert words(pick(after, ".changed")) == "Changed: “Talk about the interest”. 1 later answer is kept."


def test_a_check_that_a_second_person_opens_is_refused_without_a_form_to_ask(ann: Visitor) -> None:
    talk = ann.starts("discount", field__interest="80")
    reach = ann.answer(talk, option="pays", check=["seen", "known", "agreed"], field__story="A hard year")
    response = ann.send(_change(ann, reach), "/change", check=["seen", "known"])
    refused = page(response)
    assert response.status_code == 422
    assert [link["href"] for link in refused.select("#problems a")] == ["#check-agreed"]
    assert refused.select("[formaction$=ask-approval]") == []


def test_an_answer_given_at_any_time_is_marked_and_another_taken_instead(ann: Visitor) -> None:
    talk = ann.starts("discount", field__interest="80")
    reach = ann.answer(talk, option="pays", check=["seen", "known", "agreed"], field__story="A hard year")
    gone = ann.answer(reach, option="hung-up")
    earlier = _change(ann, gone, 2)
    assert words(pick(earlier, ".marked:has([checked])")) == "1 Client hangs up chosen before"
    after = ann.follow(ann.send(earlier, "/change", option="", field__email="a@example.com"))
    assert words(after.h1) == "Close it"
    assert words(pick(after, ".changed")).endswith("The session is open again.")


def test_a_day_after_the_end_nothing_is_changed_any_more(
    ann: Visitor, web_house: House, summed: BeautifulSoup, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = ann.answer(summed, option="right")
    earlier = _change(ann, done)
    late = web_house.clock() + timedelta(hours=25)
    monkeypatch.setattr(web_house.moves, "_clock", lambda: late)
    assert ann.status(str(pick(done, ".said .to")["href"])) == 409
    response = ann.send(earlier, "/change", option="nothing")
    assert response.status_code == 409
    assert "cannot be reopened" in words(page(response).main)


def test_nobody_else_sees_or_changes_it(
    ann: Visitor, sign_in: SignIn, stranger: Visitor, summed: BeautifulSoup
) -> None:
    path = str(pick(summed, ".said .to")["href"])
    assert sign_in("Bob").status(path) == 404
    assert stranger.status(path) == 303
    response = ann.client.post(path.partition("?")[0], data={"seq": "1", "at": "/hello.1"})
    assert response.status_code in (400, 403)
