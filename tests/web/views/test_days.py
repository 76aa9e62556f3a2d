"""A date said in words: its day stands in the answers, and in its field where one comes back to it."""

from tests.pages import page, pick, words
from tests.web.guides import FACTS
from tests.web.visitor import Visitor, session_path


def test_a_day_in_words_stands_as_its_date_among_the_answers(ann: Visitor) -> None:
    facts = ann.answer(ann.starts(), option="kitchen", check="plan-seen")
    after = ann.answer(facts, **{**FACTS, "field__ready": "in two weeks"})
    assert "Ready by Mar 16, 2026" in [words(each) for each in after.select(".said-value")]
    back = ann.follow(ann.send(after, "/back"))
    assert pick(back, "#field-ready")["value"] == "Mar 16, 2026"


def test_a_german_reader_says_it_in_german(ann: Visitor) -> None:
    ann.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "de"
    facts = ann.answer(ann.starts(), option="kitchen", check="plan-seen")
    after = ann.answer(facts, **{**FACTS, "field__budget": "1.250,50", "field__ready": "am Freitag"})
    assert any("Mar 6, 2026" in words(each) for each in after.select(".said-value"))


def test_a_day_that_can_be_two_is_asked_about(ann: Visitor) -> None:
    facts = ann.answer(ann.starts(), option="kitchen", check="plan-seen")
    refused = ann.send(facts, "/answer", **{**FACTS, "field__ready": "next Friday"})
    told = "Enter the ready by: next Friday can be two days; write Mar 6, 2026 or Mar 13, 2026"
    assert (refused.status_code, words(pick(page(refused), "#problems li"))) == (422, told)
    assert ann.get(session_path(facts)).h1 == facts.h1


def test_a_reader_sees_and_enters_dates_as_their_region_writes_them(ann: Visitor) -> None:
    ann.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en-GB"
    facts = ann.answer(ann.starts(), option="kitchen", check="plan-seen")
    assert "Like 19 Mar 2026" in words(pick(facts, "#help-ready"))
    after = ann.answer(facts, **{**FACTS, "field__ready": "3/11/26"})
    assert any("3 Nov 2026" in words(each) for each in after.select(".said-value"))


def test_a_day_without_its_year_is_asked_about(ann: Visitor) -> None:
    ann.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "de"
    facts = ann.answer(ann.starts(), option="kitchen", check="plan-seen")
    refused = ann.send(facts, "/answer", **{**FACTS, "field__budget": "1.250,50", "field__ready": "3.11."})
    told = "eindeutig an: 3.11. kann 03.11.2025 oder 03.11.2026 sein; schreiben Sie das Jahr dazu"
    assert words(pick(page(refused), "#problems li")).endswith(told)
