"""The call's screen in a real browser: keys, clicks, other tabs, no script, small windows."""

import pytest
from playwright.sync_api import ConsoleMessage, Page, expect

from tests.browser.conftest import SignedIn, Site, start, violations

FIRST, SECOND = "Be certain before you call", "Note the facts"


def _tick(page: Page) -> None:
    page.check("#check-payments-seen")
    page.check("#check-sending-seen")


def _said(site: Site, page: Page) -> int:
    """How many answers the session on the page has."""
    person = site.house.people.person_for(site.house.people.use_link(site.house.people.make_link("Ann")))
    assert person is not None
    review = site.house.reviews.session(person, page.url.rsplit("/", 1)[1])
    return sum(told.kind in ("answered", "changed") for told in review.events)


def test_the_whole_step_works_without_scripts(signed_in: SignedIn) -> None:
    page = signed_in(java_script_enabled=False).new_page()
    start(page)
    page.get_by_role("button", name="Unpaid and sent").click()
    expect(page.locator("#problems li")).to_have_count(2)
    _tick(page)
    page.get_by_role("button", name="Unpaid and sent").click()
    expect(page.locator("h1")).to_have_text(SECOND)
    page.get_by_role("button", name="Note").click()
    page.fill("#note-text", "Sounds tired")
    page.get_by_role("button", name="Save the note").click()
    expect(page.locator(".done")).to_have_text("Your note is saved.")
    page.get_by_role("button", name="Back", exact=True).click()
    expect(page.locator(".option-chosen")).to_contain_text("Unpaid and sent")
    expect(page.locator(".key").first).to_be_hidden()


@pytest.mark.parametrize("script", [True, False])
def test_a_double_click_answers_once(site: Site, signed_in: SignedIn, script: bool) -> None:
    page = signed_in(java_script_enabled=script).new_page()
    start(page)
    _tick(page)
    page.get_by_role("button", name="Unpaid and sent").dblclick()
    expect(page.locator("h1")).to_have_text(SECOND)
    assert _said(site, page) == 1


def test_a_second_click_that_lands_on_the_next_step_is_no_answer(desk: Page) -> None:
    """The clock of the page stands still, so that the second click comes at once however slow the machine is."""
    desk.clock.install(time=0)
    start(desk)
    desk.clock.pause_at(60_000)
    _tick(desk)
    desk.keyboard.press("1")
    expect(desk.locator("h1")).to_have_text(SECOND)
    desk.get_by_role("button", name="Continue").click()
    expect(desk.locator("#problems")).to_have_count(0)
    desk.clock.run_for(400)
    desk.get_by_role("button", name="Continue").click()
    expect(desk.locator("#problems")).to_be_focused()


def test_a_stale_tab_says_what_went_on_and_leads_there(signed_in: SignedIn) -> None:
    context = signed_in()
    old, new = context.new_page(), context.new_page()
    start(old)
    new.goto(old.url)
    for page, answer in ((new, "Unpaid and sent"), (old, "The payment is there")):
        _tick(page)
        page.get_by_role("button", name=answer).click()
    expect(old.locator("h1")).to_have_text("This page was out of date")
    expect(old.locator(".known")).to_contain_text("The payment is there")
    assert violations(old) == []
    old.keyboard.press("1")
    expect(old.locator("h1")).to_have_text(SECOND)


def test_keys_wait_while_typing_and_never_act_with_ctrl(desk: Page) -> None:
    start(desk)
    _tick(desk)
    desk.keyboard.press("Control+1")
    desk.keyboard.press("n")
    desk.keyboard.type("1 b n ?")
    expect(desk.locator("#note-text")).to_have_value("1 b n ?")
    desk.keyboard.press("Escape")
    expect(desk.locator("#note")).to_be_hidden()
    expect(desk.locator("h1")).to_have_text(FIRST)


def test_enter_in_a_field_never_chooses_an_answer(desk: Page) -> None:
    start(desk, "unresponsive-client")
    before = desk.locator("h1").inner_text()
    for box in desk.locator("input[name=check]").all():
        box.check()
    desk.locator(".field input").first.fill("the spring order")
    desk.keyboard.press("Enter")
    expect(desk.locator("h1")).to_have_text(before)


def test_a_step_says_itself_to_a_screen_reader(desk: Page) -> None:
    start(desk)
    _tick(desk)
    desk.keyboard.press("1")
    expect(desk.locator("h1")).to_be_focused()
    expect(desk.locator("#announcer")).to_have_text(f"{SECOND}. Prepare")
    expect(desk).to_have_title(f"{SECOND} · A late payment · Handrail")


def test_words_are_copied_by_one_click(signed_in: SignedIn) -> None:
    context = signed_in(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    start(page, "apology-remediation")
    page.get_by_role("button", name="Copy").click()
    expect(page.locator("[data-label]")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == page.locator(".say-words").inner_text()


def test_the_browsers_own_back_leaves_the_call_and_a_reload_stays(desk: Page) -> None:
    start(desk)
    _tick(desk)
    desk.keyboard.press("1")
    expect(desk.locator("h1")).to_have_text(SECOND)
    desk.reload()
    expect(desk.locator("h1")).to_have_text(SECOND)
    desk.go_back()
    expect(desk.locator("h1")).to_have_text("A late payment")


@pytest.mark.parametrize("size", [(1280, 800), (390, 844), (640, 400), (320, 640)])
def test_nothing_scrolls_sideways(signed_in: SignedIn, size: tuple[int, int]) -> None:
    """640 by 400 is a small laptop at 200 %."""
    page = signed_in(viewport={"width": size[0], "height": size[1]}).new_page()
    start(page, client="Rindfleischetikettierungsueberwachungsaufgabenuebertragungsgesetz")
    review = page.url.replace("/sessions/", "/review/sessions/")
    for path in (page.url, "/", "/review/", "/help", "/me", "/start/late-payment", review, f"{review}/map?size=full"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0], path


def test_every_page_is_quiet_and_sound(desk: Page) -> None:
    """No script or style is refused by the policy, no file is missing, axe-core has nothing to say."""
    said: list[str] = []
    desk.on("console", lambda message: said.append(_text(message)))
    desk.on("pageerror", lambda error: said.append(str(error)))
    start(desk)
    review = desk.url.replace("/sessions/", "/review/sessions/")
    own = (desk.url, review, f"{review}/map", f"{review}/map?size=full")
    for path in (*own, "/", "/review/", "/help", "/me", "/start/late-payment", "/sign-in/link/none-like-it"):
        desk.goto(path)
        said += violations(desk)
    assert [text for text in said if "410" not in text] == []


def _text(message: ConsoleMessage) -> str:
    return f"{message.type}: {message.text}"
