"""Asking a second person at the step, and being one: two people, each with a browser of their own."""

import pytest
from bs4 import BeautifulSoup

from tests.pages import page, pick, words
from tests.web.conftest import SignIn
from tests.web.visitor import Visitor, session_path

WHY = {"what": "halve", "reason:halve": "A client for twenty years"}
KNOWN: dict[str, str | list[str]] = {"check": ["known", "agreed", "seen"], "field__story": "A hard year."}


@pytest.fixture
def ann(sign_in: SignIn) -> Visitor:
    return sign_in("Ann", team="north")


@pytest.fixture
def mia(sign_in: SignIn) -> Visitor:
    return sign_in("Mia", "manager", "north")


@pytest.fixture
def talk(ann: Visitor) -> BeautifulSoup:
    """The first step of the guide with every lock."""
    return ann.starts("discount", field__interest="80")


def _decide(visitor: Visitor, **fields: str) -> BeautifulSoup:
    row = pick(visitor.get("/"), "#approvals a.row")
    return visitor.follow(visitor.send(visitor.get(str(row["href"])), str(row["href"]), **fields))


def test_a_lock_waits_until_it_is_approved_and_then_opens(ann: Visitor, mia: Visitor, talk: BeautifulSoup) -> None:
    waiting = ann.follow(ann.send(talk, "/ask-approval", **WHY))
    assert words(pick(waiting, "#lock-halve .asked")).startswith("Waiting for a second person since 12:00")
    assert pick(waiting, "[data-poll]")["data-poll"] == session_path(talk)
    row = pick(mia.get("/"), "#approvals a.row")
    assert words(row).startswith(
        "To halve it · Ms Adler Ann: A client for twenty years Talk about the interest · A discount"
    )
    assert words(pick(_decide(mia, word="approve"), ".done")).startswith("Approved.")
    opened = ann.get(session_path(talk))
    assert words(pick(opened, "#lock-halve")) == "3 To halve it Mia approved it"
    assert (opened.select("[data-poll]"), words(ann.answer(opened, option="halve", **KNOWN).h1)) == (
        [],
        "Ask how to reach them",
    )


def test_who_decides_sees_the_client_and_what_the_lock_weighs(ann: Visitor, mia: Visitor, talk: BeautifulSoup) -> None:
    ann.follow(ann.send(talk, "/ask-approval", **WHY))
    row = pick(mia.get("/"), "#approvals a.row")
    assert words(pick(row, "strong")) == "To halve it · Ms Adler"
    matter = mia.get(str(row["href"]))
    assert words(pick(matter, ".answer .known")).startswith("Client Ms Adler Interest 80 Why they ask A client")
    assert [button["data-key"] for button in matter.select(".panel-buttons button")] == ["1", "2"]
    named = ann.starts("discount", client="C-7", field__interest="80")
    ann.follow(ann.send(named, "/ask-approval", **WHY))
    assert words(mia.get("/").select("#approvals strong")[1]) == "To halve it · Ms Adler · C-7"


def test_what_a_rule_reads_and_what_at_any_time_weighs_is_shown_too(
    ann: Visitor, mia: Visitor, talk: BeautifulSoup
) -> None:
    for what in ("boss", "agreed"):
        shown = ann.get(session_path(talk))
        ann.follow(ann.send(shown, "/ask-approval", **{"what": what, f"reason:{what}": "Please"}))
    rows = {words(pick(row, "strong")): str(row["href"]) for row in mia.get("/").select("#approvals a.row")}
    terms = [[words(each) for each in mia.get(path).select(".answer .known dt")] for path in rows.values()]
    assert terms == [["Client", "Interest", "Why they ask", "Why it is locked"], ["Client", *terms[0][2:]]]


def test_a_lock_that_is_not_approved_says_why_and_asks_again(ann: Visitor, mia: Visitor, talk: BeautifulSoup) -> None:
    ann.follow(ann.send(talk, "/ask-approval", **WHY))
    assert words(pick(_decide(mia, word="refuse", reason="Not this year"), ".done")).startswith("Not approved.")
    seen = ann.get(session_path(talk))
    assert words(pick(seen, "#lock-halve .asked")) == "Mia did not approve this: Not this year"
    assert seen.select_one("#reason-halve") is not None


def test_a_check_left_open_and_an_answer_at_any_time_are_approved_too(
    ann: Visitor, mia: Visitor, talk: BeautifulSoup
) -> None:
    refused = page(ann.send(talk, "/answer", option="pays", check=["seen", "known"], field__story="x"))
    ann.follow(ann.send(refused, "/ask-approval", **{"what": "agreed", "reason:agreed": "Sales are out"}))
    _decide(mia, word="approve", reason="Known to me")
    seen = ann.get(session_path(talk))
    assert words(pick(seen, "#lock-agreed")) == "Mia approved going on without it. Known to me"
    ann.follow(ann.send(seen, "/ask-approval", **{"what": "boss", "reason:boss": "They insist"}))
    assert words(pick(ann.get(session_path(talk)), "#lock-boss")) == "Wants the boss Waiting"
    _decide(mia, word="approve")
    assert pick(ann.get(session_path(talk)), "#lock-boss")["value"] == "boss"


def test_a_request_without_a_reason_is_refused_where_it_is_written(ann: Visitor, talk: BeautifulSoup) -> None:
    response = ann.send(talk, "/ask-approval", what="halve", field__story="A hard year.")
    seen = page(response)
    assert response.status_code == 422
    assert [link["href"] for link in seen.select("#problems a")] == ["#reason-halve"]
    assert pick(seen, "#field-story")["value"] == "A hard year."


def test_pages_that_ask_again_get_nothing_until_something_changed(
    ann: Visitor, mia: Visitor, talk: BeautifulSoup
) -> None:
    tag = pick(mia.get("/"), "#approvals")["data-tag"]
    asked = [mia.client.get("/approvals/", headers={"If-None-Match": f'"{tag}"'})]
    waiting = ann.follow(ann.send(talk, "/ask-approval", **WHY))
    asked.append(mia.client.get("/approvals/", headers={"If-None-Match": f'"{tag}"'}))
    seen = {"If-None-Match": f'"{pick(waiting, "[data-poll]")["data-tag"]}"'}
    asked.append(ann.client.get(session_path(talk), headers=seen))
    _decide(mia, word="approve")
    asked.append(ann.client.get(session_path(talk), headers=seen))
    assert [(response.status_code, bool(response.data)) for response in asked] == [
        (304, False),
        (200, True),
        (304, False),
        (200, True),
    ]


def test_who_may_not_decide_sees_no_request(ann: Visitor, mia: Visitor, talk: BeautifulSoup, sign_in: SignIn) -> None:
    ann.follow(ann.send(talk, "/ask-approval", **WHY))
    path = str(pick(mia.get("/"), "#approvals a.row")["href"])
    assert ann.get("/").select("#approvals") == []
    statuses = [visitor.status(path) for visitor in (ann, sign_in("Far", "manager", "south"), mia)]
    assert statuses == [403, 404, 200]
    ann.follow(ann.send(ann.get(session_path(talk)), "/end", reason="Hung up"))
    assert mia.status(path) == 409


def test_a_refusal_without_a_reason_is_asked_for_one(ann: Visitor, mia: Visitor, talk: BeautifulSoup) -> None:
    ann.follow(ann.send(talk, "/ask-approval", **WHY))
    path = str(pick(mia.get("/"), "#approvals a.row")["href"])
    response = mia.send(mia.get(path), path, word="refuse")
    assert response.status_code == 422
    assert words(pick(page(response), "#reason-error")) == "Say why not, so that they can tell the client."


@pytest.mark.parametrize("what", ["", "pays", "waive", "seen", "none"])
def test_what_nobody_has_to_approve_is_not_asked_for(ann: Visitor, talk: BeautifulSoup, what: str) -> None:
    response = ann.send(talk, "/ask-approval", **{"what": what, f"reason:{what}": "Please"})
    assert response.status_code == 422
    assert words(pick(page(response), "#problems li")) == "Nobody has to approve this here."
    assert ann.get(session_path(talk)).select("[data-live]") == []


def test_what_waits_already_takes_no_blank_reason(ann: Visitor, talk: BeautifulSoup) -> None:
    ann.follow(ann.send(talk, "/ask-approval", **WHY))
    assert words(pick(page(ann.send(talk, "/ask-approval", what="halve")), "#reason-halve-error")).startswith("Say why")
