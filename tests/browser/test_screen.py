"""The call's screen in a real browser: it is short for those who know it, and lets answers be changed."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SignedIn, start, violations


def _brief(page: Page) -> None:
    page.keyboard.press("?")
    page.locator("#help-brief").check()
    page.get_by_role("button", name="Save").click()
    expect(page.locator("body[data-brief]")).to_be_attached()
    page.wait_for_load_state()


def _answered(page: Page, step: str) -> None:
    page.keyboard.press("Alt+1")
    expect(page.locator("h1")).to_have_text(step)


def test_short_screens_keep_hints_and_help_behind_one_line(desk: Page) -> None:
    start(desk, "apology-remediation")
    _brief(desk)
    expect(desk.get_by_role("button", name="Hints and help")).to_be_hidden()
    _answered(desk, "Hear the whole story")
    points, hints = desk.locator(".points"), desk.locator(".call-step .hint, .call-step .help")
    expect(desk.locator(".say")).to_be_visible()
    expect(points).to_be_hidden()
    assert violations(desk) == []
    desk.keyboard.press("h")
    expect(points).to_be_visible()
    expect(desk.get_by_role("button", name="Hints and help")).to_have_attribute("aria-expanded", "true")
    assert [each.is_visible() for each in hints.all()] == [True] * hints.count()
    assert violations(desk) == []


def test_nothing_moves_for_those_who_want_no_motion(signed_in: SignedIn) -> None:
    page = signed_in(reduced_motion="reduce").new_page()
    start(page)
    moving = "[...document.querySelectorAll('*')].filter(at => getComputedStyle(at).transitionDuration !== '0s').length"
    assert page.evaluate(moving) == 0


def test_practice_is_walked_by_keys_and_says_that_it_is(desk: Page) -> None:
    desk.goto("/start/apology-remediation?client_name=Ms+Adler")
    desk.locator("#field-client_name").press("Alt+2")
    expect(desk.locator(".practice")).to_have_text("Practice: nothing here counts")
    assert violations(desk) == []
    _answered(desk, "Hear the whole story")
    expect(desk.locator(".practice")).to_be_visible()


PLACES = """() => ["h1", ".brand", ".who", ".foot", ".beside", ".row"]
    .flatMap(name => [...document.querySelectorAll(name)].slice(0, 1))
    .map(each => each.getBoundingClientRect()).map(box => [box.left, box.right])"""


@pytest.mark.parametrize("path", ["", "/review/", "/guides", "/start/late-payment"])
def test_nothing_moves_aside_when_a_page_gets_a_scrollbar(desk: Page, path: str) -> None:
    start(desk)
    desk.goto(path or desk.url)
    before = desk.evaluate(PLACES)
    desk.evaluate("document.documentElement.style.marginRight = '15px'")  # as much as one takes; here none is drawn
    assert desk.evaluate(PLACES) == before
    assert desk.evaluate("document.documentElement.scrollWidth <= innerWidth")
