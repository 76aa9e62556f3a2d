"""Finding a guide by keyboard: the search that `/` opens from anywhere, pins, and what changed since the last run."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import SignedIn, Site, start, violations
from tests.browser.keyboard import Hands
from web.storage.guides import live_versions
from web.use_cases.publishing import import_folder

FIRST = "Be certain before you call"
SECOND = "Note the facts"
GUIDES = Path(__file__).parents[2] / "guides"
DUNNING = """\
guide: dunning
title: Zahlungserinnerung
summary: Freundlich an eine Rechnung erinnern.
language: de
outcomes:
  done: {label: Erledigt, kind: success}
steps:
  ask:
    title: Nachfragen
    say: Guten Tag, ist unsere Rechnung angekommen?
    next: done
  done:
    title: Danken
    outcome: done
"""


def _publish(site: Site, folder: Path, texts: dict[str, str]) -> None:
    folder.mkdir()
    for name, text in texts.items():
        (folder / f"{name}.yaml").write_text(text)
    assert import_folder(site.house.database, folder, site.house.clock).problems == ()


def _many(site: Site) -> int:
    return len(live_versions(site.house.database))


def _titles(page: Page, place: str = "#seek-found") -> list[str]:
    return page.locator(f"{place} a[data-hit]").all_inner_texts()


@pytest.mark.parametrize("typed", ["apolgy", "MISTAKE of", "mistaek ours", "aploogy"])
def test_on_the_desk_enter_starts_the_guide_whatever_the_slip(desk: Page, typed: str) -> None:
    desk.goto("/")
    desk.keyboard.press("/")
    expect(desk.locator("#find")).to_be_focused()
    desk.keyboard.type(typed)
    desk.keyboard.press("Enter")  # at once: it waits for what is typed by then
    expect(desk.locator("h1")).to_have_text("A mistake of ours")


def test_results_come_while_one_types_and_one_voice_says_how_many(desk: Page, site: Site) -> None:
    desk.goto("/")
    desk.keyboard.press("/")
    desk.keyboard.type("lat paymnt")
    expect(desk.locator("#home-found mark")).to_have_text(["late", "payment", "payment"])
    expect(desk.locator("#announcer")).to_have_text("1 guide.")
    expect(desk.locator(".shelves")).to_be_hidden()
    assert violations(desk) == []
    desk.keyboard.press("ArrowDown")
    expect(desk.get_by_role("link", name="A late payment")).to_be_focused()
    desk.keyboard.press("ArrowUp")
    expect(desk.locator("#find")).to_be_focused()
    desk.fill("#find", "submarine")
    expect(desk.locator("#announcer")).to_have_text("No guide has these words. Take away a few letters.")
    assert violations(desk) == []
    desk.fill("#find", "")
    expect(desk.locator(".shelves .guide:visible")).to_have_count(_many(site))
    assert _titles(desk, "#home-found") == []


def test_from_any_page_the_key_opens_the_search_and_esc_closes_it(desk: Page, site: Site, tmp_path: Path) -> None:
    _publish(site, tmp_path / "more", {"dunning": DUNNING})
    desk.goto("/help")
    desk.locator("h1").focus()
    desk.keyboard.press("/")
    expect(desk.locator("#seek-words")).to_be_focused()
    expect(desk.locator("#seek-found a[data-hit]")).to_have_count(_many(site))
    assert violations(desk) == []
    desk.keyboard.press("Escape")
    expect(desk.locator("#seek-box")).to_be_hidden()
    desk.keyboard.press("/")
    desk.keyboard.type("Zahlungserinerung")
    expect(desk.locator("#seek-box #announcer")).to_have_text("1 guide.")
    assert violations(desk) == []
    desk.keyboard.press("Enter")
    expect(desk.locator("h1")).to_have_text("Zahlungserinnerung")


def test_what_is_marked_keeps_the_space_before_it(desk: Page) -> None:
    desk.goto("/")
    desk.keyboard.press("/")
    desk.keyboard.type("pay")
    step = desk.locator("#home-found .hit-steps a", has_text="Offer ways")
    expect(step).to_have_text("Offer ways to pay", use_inner_text=True)


def test_during_a_call_a_guide_that_is_found_opens_as_a_detour(desk: Page) -> None:
    hands = Hands(desk)
    start(desk)
    desk.wait_for_load_state()
    desk.check("#check-payments-seen")
    desk.locator("h1").focus()
    desk.keyboard.press("/")
    desk.keyboard.type("mistaek ours")
    expect(desk.locator("#seek-found mark").first).to_have_text("mistake")
    hands.look()
    desk.keyboard.press("Enter")
    expect(desk.locator("#field-client_name")).to_have_value("Ms Adler")
    desk.get_by_role("button", name="Open it as a detour").press("Enter")
    expect(desk.locator(".guides")).to_contain_text("A mistake of ours")
    desk.wait_for_load_state()
    desk.keyboard.press("b")
    expect(desk.locator("h1")).to_have_text(FIRST)
    expect(desk.locator("#check-payments-seen")).to_be_checked()
    assert hands.found == []


def test_during_a_call_a_step_of_the_guide_is_shown_where_it_is(desk: Page) -> None:
    hands = Hands(desk)
    start(desk)
    desk.wait_for_load_state()
    desk.keyboard.press("/")
    desk.keyboard.type("door open")
    expect(desk.locator("#seek-found .places")).to_contain_text("The way there:")
    hands.look()
    desk.keyboard.press("Escape")
    desk.check("#check-payments-seen")
    desk.check("#check-sending-seen")
    desk.keyboard.press("1")
    expect(desk.locator("h1")).to_have_text(SECOND)
    desk.keyboard.press("/")
    desk.keyboard.press("Control+A")
    desk.keyboard.type("be certain")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("button", name="Go back to it")).to_be_focused()
    hands.look()
    desk.keyboard.press("Enter")
    expect(desk.locator("h1")).to_have_text(FIRST)
    assert hands.found == []


def test_a_guide_is_pinned_and_unpinned_by_keyboard(desk: Page) -> None:
    hands = Hands(desk)
    desk.goto("/")
    hands.reach("Pin A late payment")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("region", name="Pinned").locator("h3")).to_have_text(["A late payment"])
    expect(desk.get_by_role("button", name="Unpin A late payment")).to_be_focused()
    hands.look()
    desk.goto("/help")
    desk.keyboard.press("/")
    expect(desk.locator("#seek-found a[data-hit]").first).to_have_text("A late payment")
    desk.goto("/start/late-payment")
    hands.reach("pin unpin Unpin A late payment")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("button", name="Pin A late payment", exact=True)).to_be_focused()
    hands.look()
    desk.goto("/")
    expect(desk.get_by_role("region", name="Pinned")).to_have_count(0)
    assert hands.found == []


def test_what_changed_since_the_last_run_is_behind_one_line(desk: Page, site: Site, tmp_path: Path) -> None:
    hands = Hands(desk)
    start(desk)
    texts = {file.stem: file.read_text() for file in GUIDES.glob("*.yaml")}
    texts["late-payment"] = texts["late-payment"].replace(FIRST, "Be certain, then call")
    _publish(site, tmp_path / "new", texts)
    desk.goto("/start/late-payment")
    hands.reach("Changed since you last ran it")
    expect(desk.locator(".news li").first).to_be_hidden()
    desk.keyboard.press("Enter")
    expect(desk.locator(".news li").first).to_contain_text(f"it was “{FIRST}”")
    hands.look()
    assert hands.found == []


def test_a_server_that_cannot_be_reached_is_told_and_enter_goes_there_by_itself(routable: Page) -> None:
    routable.goto("/help")

    def drop(route: Route) -> None:
        route.abort() if route.request.resource_type == "fetch" else route.continue_()

    routable.route("**/guides?*", drop)
    routable.keyboard.press("/")
    routable.keyboard.type("apolgy")
    expect(routable.locator("#seek-box .seek-count")).to_contain_text("The server cannot be reached.")
    routable.keyboard.press("Enter")
    expect(routable).to_have_title("Find a guide · Handrail")
    expect(routable.locator(".found a[data-hit]")).to_have_text(["A mistake of ours"])


def test_without_script_the_search_is_a_page(signed_in: SignedIn) -> None:
    page = signed_in(java_script_enabled=False).new_page()
    page.goto("/help")
    page.get_by_role("link", name="Find").click()
    page.fill("#find", "lat paymnt")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name="A late payment").click()
    expect(page.locator("h1")).to_have_text("A late payment")


def test_a_phone_has_all_of_it(signed_in: SignedIn) -> None:
    page = signed_in(viewport={"width": 390, "height": 844}, has_touch=True).new_page()
    start(page)
    page.locator(".seeker").tap()
    page.locator("#seek-words").fill("apolgy")
    expect(page.locator("#seek-found a[data-hit]")).to_have_text(["A mistake of ours"])
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="Close").tap()
    expect(page.locator("#seek-box")).to_be_hidden()
