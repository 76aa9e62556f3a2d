"""The pages that come next, fetched ahead by the one on view."""

from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from werkzeug.test import TestResponse

from tests.pages import pick, words
from tests.web.conftest import SignIn
from tests.web.visitor import Visitor, session_path, standing
from web.use_cases.house import House
from web.views import desk


def _peek(visitor: Visitor, seen: BeautifulSoup, **fields: str) -> TestResponse:
    body = urlencode([*standing(pick(seen, "#reply"), {*fields}), *fields.items()])
    address, kind = f"{session_path(seen)}/peek", "application/x-www-form-urlencoded"
    return visitor.client.post(address, data=body, content_type=kind)


def test_the_pages_ahead_are_the_ones_that_come(ann: Visitor) -> None:
    seen = ann.starts()
    ahead = _peek(ann, seen, check="plan-seen").json
    assert ahead is not None
    assert list(ahead) == ["kitchen", "nothing", "sorry"]
    then = ann.answer(seen, check="plan-seen", option="nothing")
    page = BeautifulSoup(ahead["nothing"], "html.parser")
    assert (page.title, pick(page, "body")["class"]) == (then.title, pick(then, "body")["class"])
    assert pick(page, "main").attrs == pick(then, "main").attrs
    assert pick(page, "main").find_all(True, recursive=False) == pick(then, "main").find_all(True, recursive=False)


def test_what_the_form_does_not_suffice_for_is_left_out(ann: Visitor) -> None:
    response = _peek(ann, ann.starts())
    assert (response.status_code, response.json) == (200, {})
    assert response.headers["Cache-Control"] == "no-store"


def test_pages_ahead_have_a_bound(ann: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = ann.starts()
    first = (_peek(ann, seen, check="plan-seen").json or {})["kitchen"]
    monkeypatch.setattr(desk, "LONGEST_AHEAD", len(first))
    assert list(_peek(ann, seen, check="plan-seen").json or {}) == ["kitchen"]


def test_nobody_else_looks_ahead_nor_without_the_forms_secret(ann: Visitor, sign_in: SignIn) -> None:
    seen, bob = ann.starts(), sign_in("Bob")
    pick(seen, "#reply input[name=csrf]")["value"] = str(pick(bob.get("/start/kitchen"), "input[name=csrf]")["value"])
    assert _peek(bob, seen, check="plan-seen").status_code == 404
    assert _peek(ann, seen, check="plan-seen").status_code == 403


def test_an_old_page_has_nothing_ahead(ann: Visitor) -> None:
    seen = ann.starts()
    ann.answer(seen, check="plan-seen", option="kitchen")
    response = _peek(ann, seen, check="plan-seen")
    assert response.status_code == 409
    assert words(BeautifulSoup(response.data, "html.parser").h1) == "This page was out of date"


def test_a_script_gets_the_next_page_without_being_led_to_it(ann: Visitor) -> None:
    seen = ann.starts()
    body = urlencode([*standing(pick(seen, "#reply"), {"check"}), ("check", "plan-seen"), ("option", "nothing")])
    headers = {"Handrail-Swap": "1", "Content-Type": "application/x-www-form-urlencoded"}
    response = ann.client.post(f"{session_path(seen)}/answer", data=body, headers=headers)
    page, then = BeautifulSoup(response.data, "html.parser"), ann.get(session_path(seen))
    assert (response.status_code, page.title) == (200, then.title)
    assert pick(page, "main").find_all(True, recursive=False) == pick(then, "main").find_all(True, recursive=False)


def test_a_script_is_told_too_what_was_done(ann: Visitor) -> None:
    seen = ann.starts()
    body = urlencode([*standing(pick(seen, "#note"), {"text"}), ("text", "Sounds tired")])
    headers = {"Handrail-Swap": "1", "Content-Type": "application/x-www-form-urlencoded"}
    response = ann.client.post(f"{session_path(seen)}/note", data=body, headers=headers)
    assert words(pick(BeautifulSoup(response.data, "html.parser"), ".done")) == "Your note is saved."


def _answered(visitor: Visitor, seen: BeautifulSoup, mark: str, **fields: str) -> TestResponse:
    body = urlencode([*standing(pick(seen, "#reply"), {*fields}), *fields.items()])
    headers = {"Handrail-Swap": mark, "Content-Type": "application/x-www-form-urlencoded"}
    return visitor.client.post(f"{session_path(seen)}/answer", data=body, headers=headers)


def test_a_page_that_is_shown_already_is_not_sent_again(ann: Visitor) -> None:
    seen = ann.starts()
    ahead = BeautifulSoup((_peek(ann, seen, check="plan-seen").json or {})["nothing"], "html.parser")
    mark = str(pick(ahead, "[data-mark]")["data-mark"])
    response = _answered(ann, seen, mark, check="plan-seen", option="nothing")
    assert (response.status_code, response.data) == (204, b"")
    assert pick(ann.get(session_path(seen)), "[data-mark]")["data-mark"] == mark


def test_another_page_than_the_one_shown_is_sent(ann: Visitor) -> None:
    seen = ann.starts()
    mark = str(pick(seen, "[data-mark]")["data-mark"])
    response = _answered(ann, seen, mark, check="plan-seen", option="kitchen")
    assert response.status_code == 200
    assert pick(BeautifulSoup(response.data, "html.parser"), "[data-mark]")["data-mark"] != mark


RECORDED = """\
guide: recorded
title: A call on record
outcomes:
  told: {label: Told, kind: success}
steps:
  greet:
    title: Greet them
    say: Good morning.
    records:
      - promise: {by: us, what: Send the plan, due: today}
    next: tell
  tell: {title: Tell them, say: It is on its way., next: thank}
  thank: {title: Thank them, say: Thank you., outcome: told}
"""


def test_the_page_is_sent_after_what_was_recorded_just_now_alone(web_house: House, ann: Visitor) -> None:
    """What an answer records stands on the next page, which could not know it before; on those after it, it does."""
    assert web_house.config.guides is not None
    (web_house.config.guides / "recorded.yaml").write_text(RECORDED)
    assert web_house.import_guides().problems == ()
    seen = ann.follow(ann.send(ann.get("/start/recorded"), "/start/recorded", client="C-7"))
    statuses = []
    for _ in range(2):
        ahead = BeautifulSoup((_peek(ann, seen).json or {})[""], "html.parser")
        statuses.append(_answered(ann, seen, str(pick(ahead, "[data-mark]")["data-mark"])).status_code)
        seen = ann.get(session_path(seen))
    assert statuses == [200, 204]
    assert pick(seen, "main").find_all(True, recursive=False) == pick(ahead, "main").find_all(True, recursive=False)
