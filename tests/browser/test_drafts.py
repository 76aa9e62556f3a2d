"""What is typed and not sent yet, and where the focus is, through all that may come between."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import SignedIn, start

SECOND = "Note the facts"


def _second(page: Page) -> None:
    """At the second step, by keys alone: a swap makes the pointer wait a little."""
    start(page)
    page.check("#check-payments-seen")
    page.check("#check-sending-seen")
    page.keyboard.press("1")
    expect(page.locator("h1")).to_have_text(SECOND)


def _typed(page: Page) -> None:
    """At the second step, with a field, a choice and half a note filled in."""
    _second(page)
    page.keyboard.press("n")
    page.keyboard.type("Sounds <b>tired")
    page.keyboard.press("Escape")
    page.locator("#field-sent_how").focus()
    page.keyboard.press("Space")
    page.fill("#field-invoice", "A-17")


def _all_there(page: Page) -> None:
    expect(page.locator("#field-invoice")).to_have_value("A-17")
    expect(page.locator("#field-sent_how")).to_be_checked()
    expect(page.locator("#note-text")).to_have_value("Sounds <b>tired")


def _kept(page: Page) -> list[str]:
    keys: list[str] = page.evaluate("Object.keys(sessionStorage)")
    return sorted(key.split()[2] for key in keys)


def test_back_and_forward_a_reload_and_the_menu_lose_nothing(desk: Page) -> None:
    _typed(desk)
    desk.locator("h1").focus()
    desk.keyboard.press("b")
    expect(desk.locator(".option-chosen")).to_be_visible()
    desk.keyboard.press("1")
    expect(desk.locator("h1")).to_have_text(SECOND)
    _all_there(desk)
    desk.reload()
    _all_there(desk)
    desk.get_by_role("link", name="Look back").click()
    desk.get_by_role("link", name="Guides").click()
    desk.get_by_role("link", name=SECOND).click()
    _all_there(desk)


def test_a_note_moves_neither_the_page_nor_the_caret_nor_what_is_typed(signed_in: SignedIn) -> None:
    page = signed_in(viewport={"width": 390, "height": 600}).new_page()
    _typed(page)
    page.locator("#field-invoice").press("ArrowLeft")
    top = page.evaluate("scrollY")
    page.evaluate("document.querySelector('#note').showPopover()")
    page.locator("#note button.primary").press("Enter")
    expect(page.locator(".noted")).to_contain_text("Sounds <b>tired")
    expect(page.locator("#field-invoice")).to_be_focused()
    assert page.evaluate("scrollY") == top
    page.keyboard.type("0")
    expect(page.locator("#field-invoice")).to_have_value("A-107")
    expect(page.locator("#note-text")).to_have_value("")


def test_what_is_refused_stays_and_what_is_ended_is_forgotten(desk: Page) -> None:
    _typed(desk)
    desk.locator("#field-invoice").press("Enter")
    expect(desk.locator("#problems")).to_be_focused()
    _all_there(desk)
    desk.keyboard.press("e")
    desk.fill("#end-reason", "Line broke off")
    desk.get_by_role("button", name="End the session").press("Enter")
    expect(desk.locator(".ending")).to_be_visible()
    assert _kept(desk) == ["note"]


def test_an_answer_that_has_arrived_is_forgotten(desk: Page) -> None:
    _second(desk)
    assert _kept(desk) == []


def test_signing_out_forgets_everything(desk: Page) -> None:
    _typed(desk)
    desk.goto("/me")
    assert _kept(desk) == ["note", "reply"]
    desk.get_by_role("button", name="Sign out").click()
    expect(desk.locator("h1")).to_have_text("Sign in")
    assert _kept(desk) == []


def test_enter_on_a_heading_continues_nothing(desk: Page) -> None:
    _second(desk)
    expect(desk.locator("h1")).to_be_focused()
    desk.keyboard.press("Enter")
    expect(desk.locator("#problems")).to_have_count(0)
    expect(desk.locator("h1")).to_have_text(SECOND)


def test_the_start_page_and_the_account_open_in_their_first_field(desk: Page) -> None:
    for path, field in (("/start/late-payment", "#field-client_name"), ("/me", "#display-name")):
        desk.goto(path)
        expect(desk.locator(field)).to_be_focused()
