"""Two people at two desks: one asks during the call, the other decides, and neither loads a page anew."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import SignedIn, Site, start, violations
from tests.web.guides import DISCOUNT, SORRY
from web.use_cases.publishing import import_folder

WITHIN = 3_000  # ms by the clock of the page, as promised; a busy machine may take longer over it


NOTED = """\
guide: noted
title: A word
fields:
  word: {type: text, label: Their word}
outcomes:
  done: {label: Done, kind: success}
steps:
  hear:
    title: Hear their word
    checks:
      - {id: agreed, label: Agreed with sales, required: true, override: approval}
    ask: [word]
    next: close
  close: {title: Close, outcome: done}
"""


@pytest.fixture
def ann(site: Site, signed_in: SignedIn, tmp_path: Path) -> Page:
    """Ann of the north team, at the first step of the guide with every lock."""
    folder = tmp_path / "locks"
    folder.mkdir()
    (folder / "discount.yaml").write_text(DISCOUNT)
    (folder / "sorry.yaml").write_text(SORRY)
    (folder / "noted.yaml").write_text(NOTED)
    import_folder(site.house.database, folder, site.house.clock)
    site.house.people.change_team("Ann", "north")
    page = signed_in().new_page()
    page.clock.install()
    start(page, "discount", "Ms Adler&interest=80")
    return page


@pytest.fixture
def mia(site: Site, new_context: Callable[..., BrowserContext]) -> Page:
    """Ann's manager at her desk."""
    site.house.people.add("Mia", "manager", "north")
    context = new_context(base_url=site.address)
    token = site.house.people.use_link(site.house.people.make_link("Mia"))
    context.add_cookies([{"name": "handrail-session", "value": token, "url": site.address}])
    page = context.new_page()
    page.clock.install()
    page.goto("/")
    return page


def _ask(ann: Page, why: str) -> None:
    ann.fill("#field-story", "A hard year")
    ann.locator("h1").focus()
    ann.keyboard.press("3")
    ann.keyboard.type(why)
    ann.keyboard.press("Alt+3")
    expect(ann.locator("#lock-halve .asked")).to_contain_text("Waiting for a second person")


def test_a_request_and_its_answer_are_on_the_other_desk_within_three_seconds(ann: Page, mia: Page) -> None:
    _ask(ann, "A client for twenty years")
    mia.clock.run_for(WITHIN)
    expect(mia.locator("#approvals .row")).to_contain_text("A client for twenty years")
    expect(mia.locator("#announcer")).to_have_text("Ann asks you to approve: To halve it.")
    assert violations(mia) == violations(ann) == []
    mia.locator("#approvals .row").press("Enter")
    mia.fill("#reason", "This once")
    assert violations(mia) == []
    expect(mia.locator(".answer .known")).to_contain_text("Ms Adler")
    mia.keyboard.press("Alt+1")
    ann.clock.run_for(WITHIN)
    expect(ann.locator("#lock-halve")).to_contain_text("Mia approved it: This once")
    expect(ann.locator("#announcer")).to_have_text("Mia approved “To halve it”.")
    expect(ann.locator("#field-story")).to_have_value("A hard year")
    assert violations(ann) == []
    for check in ("seen", "known", "agreed"):
        ann.check(f"#check-{check}")
    ann.keyboard.press("3")
    expect(ann.locator("h1")).to_have_text("Ask how to reach them")


def test_ctrl_and_enter_ask_a_second_person(ann: Page) -> None:
    ann.keyboard.press("3")
    ann.locator("#reason-halve").fill("A client for twenty years")
    ann.keyboard.press("Control+Enter")
    expect(ann.locator("#lock-halve .asked")).to_contain_text("Waiting for a second person")
    ann.get_by_role("button", name="Wants the boss").click()
    ann.locator("#reason-boss").fill("Wants nobody else")
    ann.keyboard.press("Control+Enter")
    expect(ann.locator("#anytime-boss .asked")).to_contain_text("Waiting for a second person")


def test_a_refusal_moves_nothing_that_is_being_typed_and_can_be_asked_again(ann: Page, mia: Page) -> None:
    _ask(ann, "Please")
    ann.locator("#field-story").focus()
    mia.clock.run_for(WITHIN)
    expect(mia.locator("#approvals .row")).to_be_visible()
    mia.locator("#approvals .row").click()
    mia.fill("#reason", "Not this year")
    mia.locator("h1").focus()
    mia.keyboard.press("2")
    ann.clock.run_for(WITHIN)
    expect(ann.locator("#lock-halve .asked")).to_have_text("Mia did not approve this: Not this year")
    expect(ann.locator("#field-story")).to_be_focused()
    ann.fill("#reason-halve", "Please")
    ann.locator("#lock-halve button").press("Enter")
    expect(ann.locator("#lock-halve .asked")).to_contain_text("Waiting for a second person")
    mia.clock.run_for(WITHIN)
    expect(mia.locator("#approvals .row")).to_contain_text("Please")


def test_a_page_that_nobody_sees_asks_for_nothing(mia: Page) -> None:
    asked: list[str] = []
    mia.on("request", lambda request: asked.append(request.url))
    mia.goto("/")
    mia.evaluate("Object.defineProperty(document, 'hidden', {value: true})")
    asked.clear()
    mia.clock.run_for(10_000)
    assert asked == []


def test_enter_in_a_field_asks_nobody(ann: Page) -> None:
    start(ann, "noted")
    ann.keyboard.press("1")
    expect(ann.locator("#problems")).to_be_focused()
    ann.fill("#field-word", "Soon")
    ann.locator("#field-word").press("Enter")
    expect(ann.locator("#problems")).to_be_focused()
    ann.fill("#reason-agreed", "Sales are out")
    ann.locator("#field-word").press("Enter")
    expect(ann.locator("#problems")).to_be_focused()
    expect(ann.locator("#lock-agreed .asked")).to_have_count(0)
    expect(ann.locator("#reason-agreed")).to_have_value("Sales are out")
