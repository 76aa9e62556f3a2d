"""What stands beside the script, by keyboard: the client's own words, a flag, a pause, a detour, a hand-over."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import SignedIn, Site, start, violations
from tests.browser.keyboard import Hands

WITHIN = 3_000  # ms by the clock of the page, as promised; a busy machine may take longer over it

FIRST = "Be certain before you call"


def _written(hands: Hands, key: str, field: str, words: str) -> None:
    """Press a key, write, and send it with the button that follows."""
    hands.page.keyboard.press(key)
    expect(hands.page.locator(field)).to_be_focused()
    hands.page.keyboard.type(words)
    hands.look()
    hands.page.keyboard.press("Tab")
    hands.page.keyboard.press("Enter")


def test_a_check_that_is_ticked_is_told_as_wrong_no_more(desk: Page) -> None:
    start(desk)
    desk.keyboard.press("1")
    check, told = desk.locator("#check-payments-seen"), desk.locator("#error-payments-seen")
    expect(told).to_be_visible()
    check.check()
    expect(told).to_be_hidden()
    expect(check).not_to_have_attribute("aria-invalid", "true")
    check.uncheck()
    expect(told).to_be_visible()


def test_words_and_a_flag_are_kept_without_leaving_the_field(desk: Page) -> None:
    hands = Hands(desk)
    start(desk)
    desk.check("#check-payments-seen")
    _written(hands, "0", "#nothing-fits-words", "I would rather pay in kind")
    expect(desk.locator(".done")).to_have_text("The client's words are kept.")
    expect(desk.locator("#check-payments-seen")).to_be_checked()
    expect(desk.locator("#announcer")).to_have_text("The client's words are kept.")
    desk.locator("h1").focus()
    _written(hands, "f", "#flag-flag", "Too long to say")
    expect(desk.locator(".done")).to_have_text("Flagged for the guide's author.")
    expect(desk.locator("h1")).to_have_text(FIRST)
    assert hands.found == []


def test_ctrl_and_enter_save_what_is_written(desk: Page) -> None:
    start(desk)
    for key, field, done in (
        ("n", "#note-text", "Your note is saved."),
        ("f", "#flag-flag", "Flagged for the guide's author."),
        ("0", "#nothing-fits-words", "The client's words are kept."),
        ("p", "#pause-pause", "Paused. It waits for you here."),
    ):
        desk.keyboard.press(key)
        expect(desk.locator(field)).to_be_focused()
        desk.keyboard.type("The door bell")
        desk.keyboard.press("Control+Enter")
        expect(desk.locator(".done")).to_have_text(done)


def test_ctrl_and_enter_hand_over_and_end(site: Site, desk: Page) -> None:
    site.house.people.add("Bob", "agent", "north")
    start(desk)
    desk.keyboard.press("o")
    desk.select_option("#receiver", label="Bob (north)")
    desk.locator("#note").press("Control+Enter")
    expect(desk.locator("#given ~ .rows")).to_contain_text("from Ann to Bob")
    start(desk)
    desk.keyboard.press("e")
    desk.keyboard.type("Wrong number")
    desk.keyboard.press("Control+Enter")
    expect(desk.locator("[data-ended]")).to_be_attached()


def test_ctrl_and_enter_name_the_client_and_continue(desk: Page) -> None:
    start(desk, "apology-remediation")
    desk.get_by_role("button", name="Name the client").click()
    desk.locator("#client-reference").fill("C-1")
    desk.keyboard.press("Control+Enter")
    expect(desk.locator(".done")).to_have_text("The client is named.")
    desk.keyboard.press("1")
    desk.locator("#reply textarea").first.press("Control+Enter")
    expect(desk.locator("#problems")).to_be_focused()


def test_what_is_told_moves_nothing_in_the_bar(desk: Page) -> None:
    start(desk)
    places = "each => each.map(one => JSON.stringify(one.getBoundingClientRect()))"
    bar = desk.locator(".foot, .foot .tool")
    before = bar.evaluate_all(places)
    desk.keyboard.press("f")
    desk.keyboard.type("Too long to say")
    desk.keyboard.press("Control+Enter")
    expect(desk.locator(".done")).to_be_in_viewport(ratio=1)
    assert bar.evaluate_all(places) == before


@pytest.mark.parametrize("height", [400, 240])
def test_panels_and_what_is_told_are_in_view_in_a_low_window(signed_in: SignedIn, height: int) -> None:
    page = signed_in(viewport={"width": 640, "height": height}).new_page()
    start(page)
    for key, first in (("m", "#more summary"), ("n", "#note > label")):
        page.locator("h1").focus()
        page.keyboard.press(key)
        expect(page.locator(":popover-open")).to_be_in_viewport(ratio=1)
        page.locator(first).first.scroll_into_view_if_needed()
        expect(page.locator(first).first).to_be_in_viewport(ratio=1)
        assert violations(page) == []
        page.keyboard.press("Escape")
    page.keyboard.press("n")
    page.keyboard.type("The door bell")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".done")).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize(("key", "field"), [("n", "#note-text"), ("f", "#flag-flag"), ("e", "#end-reason")])
def test_nothing_written_is_told_in_the_panel_it_belongs_to(desk: Page, key: str, field: str) -> None:
    hands = Hands(desk)
    start(desk)
    _written(hands, key, field, " ")
    wrong = desk.locator(f"{field}[aria-invalid=true]")
    expect(wrong).to_be_focused()
    expect(wrong).to_have_accessible_description(re.compile(desk.locator("#problems a").inner_text()))
    expect(desk.locator("#announcer")).to_contain_text("One thing needs another look")
    expect(desk).to_have_title(re.compile("^Mistake: "))
    hands.look()
    desk.keyboard.press("Escape")
    expect(desk.locator("h1")).to_be_focused()
    expect(desk.locator("#problems, [aria-invalid], .error")).to_have_count(0)
    expect(desk).to_have_title(re.compile(f"^{FIRST}"))
    hands.look()
    assert hands.found == []


def test_a_link_to_what_is_wrong_in_a_panel_leads_there(desk: Page) -> None:
    start(desk)
    _written(Hands(desk), "f", "#flag-flag", " ")
    expect(desk.locator("#flag-flag[aria-invalid]")).to_be_focused()
    desk.locator("#problems a").click()
    expect(desk.locator("#flag-flag[aria-invalid]")).to_be_focused()


def test_what_was_wrong_in_a_panel_can_be_mended_and_sent(desk: Page) -> None:
    start(desk)
    _written(Hands(desk), "n", "#note-text", " ")
    expect(desk.locator("#note-text[aria-invalid]")).to_be_focused()
    desk.keyboard.type("Sounds tired")
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    expect(desk.locator(".noted")).to_contain_text("Sounds tired")
    expect(desk.locator("#problems, [aria-invalid], :popover-open")).to_have_count(0)


def test_a_paused_session_waits_on_the_desk_and_goes_on(desk: Page) -> None:
    hands = Hands(desk)
    start(desk)
    _written(hands, "p", "#pause-pause", "They call back at noon")
    expect(desk.locator(".row-paused")).to_contain_text("They call back at noon")
    hands.look()
    desk.locator(".row-paused").click()
    expect(desk.locator(".paused")).to_contain_text("They call back at noon")
    expect(desk.get_by_role("button", name="Resume")).to_be_focused()
    hands.look()
    desk.keyboard.press("Enter")
    expect(desk.locator(".paused")).to_have_count(0)
    desk.go_back()
    desk.goto("/")
    expect(desk.locator(".row-paused")).to_have_count(0)
    assert hands.found == []


def test_p_pauses_and_takes_up_again(desk: Page) -> None:
    start(desk)
    _written(Hands(desk), "p", "#pause-pause", "They call back at noon")
    desk.locator(".row-paused").click()
    expect(desk.locator(".paused")).to_be_visible()
    desk.locator("h1").focus()
    desk.keyboard.press("p")
    expect(desk.locator(".paused")).to_have_count(0)
    desk.keyboard.press("p")
    expect(desk.locator("#pause-pause")).to_be_focused()


def test_another_guide_is_a_detour_that_comes_back(desk: Page) -> None:
    hands = Hands(desk)
    start(desk)
    desk.keyboard.press("g")
    expect(desk.locator("h1")).to_have_text("Open another guide")
    expect(desk.get_by_role("searchbox")).to_be_focused()
    hands.look()
    desk.get_by_role("link", name="A mistake of ours").press("Enter")
    expect(desk.locator("#field-client_name")).to_have_value("Ms Adler")
    hands.look()
    desk.get_by_role("button", name="Open it as a detour").press("Enter")
    expect(desk.locator(".guides")).to_contain_text("A mistake of ours")
    desk.wait_for_load_state()
    desk.keyboard.press("b")
    expect(desk.locator("h1")).to_have_text(FIRST)
    assert hands.found == []


@pytest.fixture
def bob(site: Site, new_context: Callable[..., BrowserContext]) -> Page:
    """A colleague of Ann's with a browser of his own."""
    site.house.people.add("Bob", "agent", "north")
    context = new_context(base_url=site.address)
    token = site.house.people.use_link(site.house.people.make_link("Bob"))
    context.add_cookies([{"name": "handrail-session", "value": token, "url": site.address}])
    return context.new_page()


def test_a_colleague_takes_over_and_goes_on_at_the_same_step(signed_in: SignedIn, bob: Page) -> None:
    ann = signed_in().new_page()
    hands, his = Hands(ann), Hands(bob)
    bob.clock.install()
    bob.goto("/")
    start(ann)
    ann.keyboard.press("o")
    expect(ann.locator("#receiver")).to_be_focused()
    hands.look()
    ann.select_option("#receiver", label="Bob (north)")
    ann.fill("#note", "She rings back at three")
    ann.get_by_role("button", name="Hand it over").press("Enter")
    expect(ann.locator("#given ~ .rows")).to_contain_text("from Ann to Bob")
    hands.look()
    bob.clock.run_for(WITHIN)
    expect(bob.locator("#announcer")).to_contain_text("Ann hands over to you")
    his.look()
    bob.locator("#for-me ~ .rows a").press("Enter")
    expect(bob.locator(".passed-note")).to_contain_text("She rings back at three")
    his.look()
    bob.keyboard.press("1")
    expect(bob.locator("h1")).to_have_text(FIRST)
    expect(bob.locator(".known")).to_contain_text("Ms Adler")
    assert hands.found == his.found == []
