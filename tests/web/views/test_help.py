"""Help for authors."""

from flask import Flask

from engine.rules.catalogue import CODES
from tests.pages import pick, words
from tests.web.visitor import Visitor
from web import handbook


def test_the_commands_for_authors_are_one_click_from_help(ann: Visitor) -> None:
    links = [str(link["href"]) for link in ann.get("/help").select("main a[href]")]
    assert links[-3:] == ["/help/guides", "/help/authors", "/help/problems"]
    assert "handrail format PATH" in words(pick(ann.get("/help/authors"), "main"))


def test_each_chapter_is_one_click_from_the_top(ann: Visitor) -> None:
    seen = ann.get("/help")
    links = {str(link["href"]): words(link) for link in seen.select(".contents a")}
    assert links == {f"#{each['id']}": words(pick(each, "h2")) for each in seen.select(".chapter[id]")}
    assert len(links) >= 7


def test_every_problem_is_listed_and_has_a_page(ann: Visitor) -> None:
    links = [str(link["href"]) for link in ann.get("/help/problems").select("dt a[href]")]
    assert sorted(links) == sorted(f"/help/problems/{code}" for code in CODES)
    assert [link for link in links if not ann.get(link).select_one("pre")] == []


def test_a_page_says_what_is_wrong_and_shows_the_mend(ann: Visitor) -> None:
    seen = ann.get("/help/problems/may-strand")
    assert words(pick(seen, "h1")) == "A step where it can happen that no option is offered."
    assert "An error, told as may-strand ." in words(pick(seen, "main"))
    assert [words(example)[:13] for example in seen.select("pre")] == ["guide: strand"] * 2


def test_a_stranger_may_read_it(stranger: Visitor) -> None:
    assert stranger.status("/help/problems/unused-field") == 200
    assert stranger.status("/help/authors") == 200


def test_a_problem_that_does_not_exist_is_not_found(app: Flask) -> None:
    codes = ["nothing", "..%2Fauthors", "May-Strand"]
    assert {app.test_client().get(f"/help/problems/{code}").status_code for code in codes} == {404}


def test_every_guide_with_a_page_is_listed_with_what_it_is_for(ann: Visitor) -> None:
    seen = ann.get("/help/guides")
    links = [str(link["href"]) for link in seen.select("dt a[href]")]
    assert links
    assert sorted(links) == sorted(f"/help/guides/{guide}" for guide in handbook.pages())
    assert [words(told) for told in seen.select("dd") if len(words(told)) < 20] == []


def test_a_guides_page_leads_to_its_neighbours_and_to_its_start(ann: Visitor, stranger: Visitor) -> None:
    seen = ann.get("/help/guides/refund-approval")
    assert words(pick(seen, "h1")) == "A refund"
    assert words(pick(seen, "h2")) == "When to use it"
    links = {words(link): str(link["href"]) for link in seen.select("main a[href]")}
    assert links["Start this guide"] == "/start/refund-approval"
    assert stranger.get("/help/guides/refund-approval").select("main a[href^='/start']") == []


def test_a_page_of_no_guide_of_ours_is_not_found(ann: Visitor) -> None:
    assert [ann.status(f"/help/guides/{guide}") for guide in ("kitchen", "none")] == [404, 404]
