"""Locked answers, open checks, skips and detours by keyboard, on a desk and on a phone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SignedIn, Site, start
from tests.browser.keyboard import Hands
from tests.web.guides import DISCOUNT, SORRY
from web.use_cases.publishing import import_folder

WHY = "A client for twenty years"
Begin = Callable[..., Page]


@pytest.fixture
def begin(site: Site, signed_in: SignedIn, tmp_path: Path) -> Begin:
    """A function that opens a browser at the first step of the guide with every lock."""
    folder = tmp_path / "locks"
    folder.mkdir()
    (folder / "discount.yaml").write_text(DISCOUNT)
    (folder / "sorry.yaml").write_text(SORRY)
    import_folder(site.house.database, folder, site.house.clock)

    def open_step(**options: object) -> Page:
        page = signed_in(**options).new_page()
        start(page, "discount", "Ms Adler&interest=80")
        return page

    return open_step


def _locked(hands: Hands) -> None:
    """The key of a locked answer asks why; with Alt, once that is written, it gives the answer."""
    page = hands.page
    page.keyboard.press("2")
    expect(page.locator("#reason-waive")).to_be_focused()
    page.keyboard.type(WHY)
    hands.look()
    page.keyboard.press("Alt+2")
    expect(page.locator("#problems")).to_be_focused()
    expect(page.locator("#reason-waive")).to_have_value(WHY)


def _checks(hands: Hands) -> None:
    """What was refused is ticked or explained; the step goes on from the key of the locked answer."""
    hands.look()
    hands.tick("check-known", "check-agreed")
    hands.reach("field-story ")
    hands.page.keyboard.type("A hard year.")
    hands.page.locator("#why-seen").focus()
    hands.page.keyboard.type("The system is down")
    hands.press("Alt+2", "Ask how to reach them")


def _skip(hands: Hands) -> None:
    hands.page.keyboard.press("s")
    expect(hands.page.locator("#skip-reason")).to_be_focused()
    hands.page.keyboard.type("They have no e-mail")
    hands.page.keyboard.press("Tab")
    hands.press("Enter", "Close it")


def _detour(hands: Hands) -> None:
    """`a` moves to the answers at any time; the second of them is a detour that comes back."""
    hands.page.keyboard.press("a")
    expect(hands.page.get_by_role("button", name="Client hangs up")).to_be_focused()
    hands.page.keyboard.press("Tab")
    hands.press("Enter", "Say it")
    hands.press("1", "Close it")


def _unlock(hands: Hands) -> None:
    """A locked answer at any time asks why in a panel, and again in the step after a refusal."""
    hands.reach("Names a lawyer")
    hands.page.keyboard.press("Enter")
    expect(hands.page.locator("#anytime-lawyer")).to_be_visible()
    hands.look()
    hands.page.locator("#anytime-lawyer .primary").press("Enter")
    expect(hands.page.locator("#problems")).to_be_focused()
    hands.look()
    hands.page.keyboard.press("Tab")
    hands.page.keyboard.press("Enter")
    expect(hands.page.locator("#reason-lawyer")).to_be_focused()


def test_a_call_with_every_lock_by_keyboard(begin: Begin) -> None:
    hands = Hands(begin())
    hands.look()
    for act in (_locked, _checks, _skip, _detour, _unlock):
        act(hands)
    hands.page.goto(hands.page.url.replace("/sessions", "/review/sessions"))
    hands.look()
    told = hands.page.locator(".passed-over").all_inner_texts()
    assert told == [
        f"Chosen although it was locked (“Above 50, not 80”): {WHY}",
        "Went on without “Payments looked at”: The system is down",
        "Skipped: They have no e-mail",
    ]
    assert hands.found == []


def test_every_lock_works_without_scripts(begin: Begin) -> None:
    page = begin(java_script_enabled=False)
    page.get_by_role("button", name="Nothing").click()
    page.check("#check-known")
    page.check("#check-agreed")
    page.fill("#why-seen", "The system is down")
    page.fill("#field-story", "A hard year.")
    page.locator("details.locked summary").first.click()
    page.fill("#reason-waive", WHY)
    page.locator("details.locked button").first.click()
    page.locator(".skipping summary").click()
    page.get_by_role("button", name="Skip it").click()
    expect(page.locator("#skip-reason-error")).to_have_text("Give a reason for skipping this step.")
    page.get_by_role("button", name="Client hangs up").click()
    expect(page.locator(".ending h2")).to_have_text("The line is gone")


@pytest.mark.parametrize("width", [390, 320])
def test_no_label_of_the_bar_is_broken_and_nothing_scrolls_sideways(begin: Begin, width: int) -> None:
    page = begin(viewport={"width": width, "height": 700})
    heights = [label.bounding_box() for label in page.locator(".bar > form > .tool, .bar > .tool:visible").all()]
    assert {round(box["height"]) for box in heights if box} == {44}
    assert page.evaluate("document.documentElement.scrollWidth") <= width
