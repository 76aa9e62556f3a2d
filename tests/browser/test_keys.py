"""The keys of the desk in a real browser: what each does, the list of them, and lists that narrow while one types."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SignedIn, Site, start, violations
from web.use_cases.publishing import import_folder

SECOND = "Note the facts"
MANY = ["Alder", "Birch", "Cork", "Denim", "Ebony", "Felt", "Hemp", "Iron", "Jute", "Kapok", "Limestone", "Linoleum"]


def _second(page: Page) -> None:
    start(page)
    page.check("#check-payments-seen")
    page.check("#check-sending-seen")
    page.keyboard.press("1")
    expect(page.locator("h1")).to_have_text(SECOND)


def _listed(page: Page) -> list[str]:
    return page.locator("#keys-help tbody tr:visible th").all_inner_texts()


def test_c_copies_the_words_to_say(signed_in: SignedIn) -> None:
    page = signed_in(permissions=["clipboard-read", "clipboard-write"]).new_page()
    start(page, "apology-remediation")
    page.keyboard.press("c")
    expect(page.locator("#announcer")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == page.locator(".say-words").inner_text()


def test_j_jumps_to_the_answers_so_far_and_the_arrows_move_along_them(desk: Page) -> None:
    start(desk, "apology-remediation")
    for _ in range(2):
        title = desk.locator("h1").inner_text()
        for field in desk.locator("textarea[name^='field.']").all():
            field.fill("Two crates broke.")
        desk.keyboard.press("Alt+1")
        expect(desk.locator("h1")).not_to_have_text(title)
    changes = desk.locator(".said .to")
    desk.keyboard.press("j")
    expect(changes.nth(0)).to_be_focused()
    desk.keyboard.press("ArrowDown")
    expect(changes.nth(1)).to_be_focused()
    desk.keyboard.press("Escape")
    expect(desk.locator("h1")).to_be_focused()
    desk.keyboard.press("b")
    expect(changes).to_have_count(1)


def test_more_takes_the_focus_and_gives_it_back(desk: Page) -> None:
    start(desk)
    items = desk.locator("#more > details > summary, #more > a")
    for closes in ("m", "Escape"):
        desk.locator("h1").focus()
        desk.keyboard.press("m")
        expect(items.first).to_be_focused()
        assert violations(desk) == []
        desk.keyboard.press("ArrowDown")
        expect(items.nth(1)).to_be_focused()
        desk.keyboard.press("Tab")
        expect(items.nth(2)).to_be_focused()
        desk.keyboard.press("ArrowUp")
        expect(items.nth(1)).to_be_focused()
        desk.keyboard.press(closes)
        expect(desk.locator("#more")).to_be_hidden()
        expect(desk.locator("h1")).to_be_focused()


def test_the_keys_that_more_shows_work_in_it_and_typing_stays_typing(desk: Page) -> None:
    start(desk)
    for key, field in (("0", "#nothing-fits-words"), ("f", "#flag-flag"), ("p", "#pause-pause"), ("e", "#end-reason")):
        desk.locator("h1").focus()
        desk.keyboard.press("m")
        desk.keyboard.press(key)
        expect(desk.locator(field)).to_be_focused()
        desk.keyboard.type("mfgn1")
        expect(desk.locator(field)).to_have_value("mfgn1")
        desk.keyboard.press("Escape")
        expect(desk.locator("h1")).to_be_focused()
    desk.keyboard.press("f")  # what waits there is shown, not sent
    expect(desk.locator("#flag-flag")).to_be_focused()
    desk.keyboard.press("Escape")
    for key, title in (("g", "Open another guide"), ("o", "Hand over")):
        desk.keyboard.press("m")
        desk.keyboard.press(key)
        expect(desk.locator("h1")).to_contain_text(title)
        desk.go_back()
        expect(desk.locator("h1")).to_have_text("Be certain before you call")


def test_the_keys_of_what_lies_behind_a_panel_stay_dead(desk: Page) -> None:
    _second(desk)
    desk.keyboard.press("m")
    for key in ("b", "n", "1", "?", "/", "Alt+1"):
        desk.keyboard.press(key)
    expect(desk.locator("#more")).to_be_visible()
    expect(desk.locator(":popover-open, dialog[open]")).to_have_count(1)
    expect(desk.locator("h1")).to_have_text(SECOND)
    desk.keyboard.press("m")
    desk.keyboard.press("b")
    expect(desk.locator("h1")).not_to_have_text(SECOND)


def test_the_list_of_keys_holds_what_works_on_the_page(desk: Page) -> None:
    _second(desk)
    desk.keyboard.press("?")
    expect(desk.locator("#keys-help")).to_be_visible()
    assert {"b", "j", "n", "?", "1 to 9"} <= {*_listed(desk)}
    assert not {"c", "s"} & {*_listed(desk)}
    assert violations(desk) == []
    desk.keyboard.press("b")
    desk.keyboard.press("Escape")
    expect(desk.locator("#keys-help")).to_be_hidden()
    expect(desk.locator("h1")).to_have_text(SECOND)


def test_a_key_that_the_table_does_not_know_says_what_its_button_says(desk: Page) -> None:
    start(desk)
    desk.locator("[data-key=n]").evaluate("button => button.dataset.key = 'y'")
    desk.get_by_role("link", name="Keys").click()
    expect(desk.locator("#keys-help [data-at=y]")).to_have_text("yNote")


def test_single_keys_can_be_switched_off_and_on(desk: Page) -> None:
    _second(desk)
    desk.fill("#field-invoice", "A-17")
    desk.get_by_role("link", name="Keys").click()
    desk.locator("#help-single-keys").uncheck()
    desk.get_by_role("button", name="Save").click()
    expect(desk.locator("body[data-keys=off]")).to_be_attached()
    desk.wait_for_load_state()
    expect(desk.locator("#field-invoice")).to_have_value("A-17")
    expect(desk.locator("[aria-keyshortcuts], main .key:visible")).to_have_count(0)
    desk.locator("h1").focus()
    for key in "b1?":
        desk.keyboard.press(key)
    desk.keyboard.press("Alt+1")
    expect(desk.locator("#problems")).to_be_focused()
    desk.goto("/me")
    assert violations(desk) == []
    desk.locator("#my-single-keys").check()
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.locator("[data-done]")).to_have_text("Your choice is saved.")
    desk.goto("/help")
    desk.keyboard.press("?")
    expect(desk.locator("#keys-help")).to_be_visible()


@pytest.fixture
def many(site: Site, desk: Page, tmp_path: Path) -> Page:
    """A step with twelve answers on the screen."""
    options = "".join(f"      - {{id: {name.lower()}, label: {name}, to: done}}\n" for name in MANY)
    folder = tmp_path / "many"
    folder.mkdir()
    (folder / "floors.yaml").write_text(
        "guide: floors\ntitle: A floor\nsummary: Which floor it is.\nlanguage: en\nstart: choose\n"
        "outcomes:\n  told: {label: Told, kind: success}\n"
        f"steps:\n  choose:\n    title: Choose the floor\n    question: Which is it?\n    options:\n{options}"
        "  done:\n    title: Done\n    outcome: told\n"
    )
    assert import_folder(site.house.database, folder, site.house.clock).problems == ()
    desk.goto("/start/floors")
    desk.get_by_role("button", name="Start", exact=True).click()
    desk.wait_for_url("**/sessions/*")
    expect(desk.locator("h1")).to_have_text("Choose the floor")
    return desk


def test_more_than_nine_answers_narrow_and_are_given_by_the_arrows_and_enter(many: Page) -> None:
    assert violations(many) == []
    many.keyboard.press("/")
    many.keyboard.type("li")
    expect(many.locator("#answer-list > :visible")).to_have_text(["Limestone", "Linoleum"])
    many.keyboard.press("Enter")
    expect(many.get_by_role("button", name="Limestone")).to_be_focused()
    many.keyboard.press("ArrowDown")
    many.keyboard.press("Enter")
    expect(many.locator(".said-option")).to_have_text("Linoleum")


def test_enter_gives_the_only_answer_that_is_left_and_alt_those_with_numbers(many: Page) -> None:
    many.keyboard.press("/")
    many.keyboard.type("linolum")
    many.keyboard.press("Enter")
    expect(many.locator(".said-option")).to_have_text("Linoleum")
    many.keyboard.press("b")
    expect(many.locator("h1")).to_have_text("Choose the floor")
    many.keyboard.press("/")
    many.keyboard.type("x")
    expect(many.locator("#answer-list-none")).to_be_visible()
    many.keyboard.press("Alt+2")
    expect(many.locator(".said-option")).to_have_text("Birch")


def test_of_more_than_nine_answers_another_is_found_when_one_is_changed(many: Page) -> None:
    many.keyboard.press("3")
    expect(many.locator(".said-option")).to_have_text("Cork")
    many.keyboard.press("j")
    many.keyboard.press("Enter")
    expect(many.locator("#mark-cork")).to_be_checked()
    assert violations(many) == []
    many.keyboard.press("/")
    many.keyboard.type("li")
    many.keyboard.press("ArrowDown")
    many.keyboard.press("ArrowDown")
    expect(many.locator("#mark-linoleum")).to_be_checked()
    many.keyboard.press("Enter")
    expect(many.locator(".said-option")).to_have_text("Linoleum")
    many.keyboard.press("j")
    many.keyboard.press("Enter")
    expect(many.locator("#mark-linoleum")).to_be_checked()
    many.keyboard.press("/")
    many.keyboard.type("ebony")
    many.keyboard.press("Enter")
    expect(many.locator("#mark-ebony")).to_be_focused()
    many.keyboard.press("Enter")
    expect(many.locator(".said-option")).to_have_text("Ebony")


def test_back_pressed_twice_quickly_goes_back_twice(desk: Page) -> None:
    _second(desk)
    desk.fill("#field-invoice", "A-17")
    desk.fill("#field-amount_due", "120")
    desk.fill("#field-due_on", "2026-02-20")
    desk.check("#field-sent_how")
    desk.fill("#field-sent_on", "2026-01-20")
    desk.fill("#field-late_before", "0")
    desk.keyboard.press("Enter")
    expect(desk.locator("h1")).to_have_text("Ring the person who pays")
    desk.keyboard.press("b")
    desk.keyboard.press("b")
    expect(desk.locator("h1")).to_have_text("Be certain before you call")
