"""What is due and what is known of a client, in a real browser and by keyboard."""

import pytest
from playwright.sync_api import Page, expect

from engine.replies import Reply
from tests.browser.conftest import SignedIn, Site, violations
from tests.web.use_cases.calls import CALLS
from web.storage.people import Person
from web.storage.people import find as find_person
from web.use_cases.desk import Start
from web.use_cases.publishing import import_folder


@pytest.fixture
def ann(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Person:
    """Ann, in a house with a guide that reads and writes the ledger."""
    folder = tmp_path_factory.mktemp("guides")
    (folder / "calls.yaml").write_text(CALLS)
    assert import_folder(site.house.database, folder, site.house.clock).published
    found = find_person(site.house.database, "Ann")
    assert found is not None
    return found[0]


def _promised(site: Site, ann: Person, day: str) -> str:
    """A session in which C-7 promised something for a day, and we something three days later."""
    id = site.house.desk.start(ann, "calls", Start(client="C-7"))
    for reply in (Reply("client"), Reply(values={"day": day})):
        site.house.desk.answer(ann, id, site.house.moves.look(ann, id).state.seq, reply)
    return id


def test_the_due_list_is_worked_off_by_keyboard(site: Site, ann: Person, desk: Page) -> None:
    _promised(site, ann, "2026-02-27")
    desk.goto("/due")
    expect(desk.get_by_role("heading", name="Overdue 1")).to_be_visible()
    for key in ("Tab", "Tab", "Enter", "Tab"):
        desk.keyboard.press(key)
    expect(desk.get_by_role("link", name="Ring us")).to_be_focused()
    desk.keyboard.press("b")
    expect(desk.locator(".told")).to_contain_text("“Ring us” is marked as broken.")
    expect(desk.get_by_role("link", name="Send a receipt")).to_be_focused()
    desk.wait_for_load_state()
    desk.keyboard.press("x")
    expect(desk.locator(".told")).to_contain_text("“Send a receipt” is marked as cancelled.")
    expect(desk.get_by_role("button", name="Undo")).to_be_focused()
    expect(desk.locator(".pledge")).to_have_count(0)
    desk.wait_for_load_state()
    desk.keyboard.press("u")
    expect(desk.get_by_role("link", name="Send a receipt")).to_be_focused()


def test_a_key_goes_to_the_first_promise_and_its_place_is_kept(site: Site, ann: Person, desk: Page) -> None:
    for day in ("2026-02-26", "2026-02-27"):
        _promised(site, ann, day)
    desk.goto("/due")
    desk.keyboard.press("d")
    desk.keyboard.press("ArrowDown")
    desk.keyboard.press("k")
    expect(desk.locator(".told")).to_be_visible()
    expect(desk.locator(".pledge").nth(1).get_by_role("link")).to_be_focused()
    desk.wait_for_load_state()
    desk.keyboard.press("ArrowUp")
    expect(desk.locator(".pledge").first.get_by_role("link")).to_be_focused()
    assert violations(desk) == []


def test_the_ring_of_a_promise_leaves_the_lines_below_it_alone(site: Site, ann: Person, desk: Page) -> None:
    _promised(site, ann, "2026-02-27")
    desk.goto("/due")
    desk.keyboard.press("d")
    link, about = desk.locator(".pledge-what a").first, desk.locator(".pledge-about").first
    bottom = "each => each.getBoundingClientRect().bottom + parseFloat(getComputedStyle(each).outlineOffset)"
    assert link.evaluate(bottom) <= about.evaluate("each => each.getBoundingClientRect().top")


def test_keys_of_a_row_wait_until_one_is_in_focus(site: Site, ann: Person, desk: Page) -> None:
    _promised(site, ann, "2026-03-02")
    desk.goto("/due")
    desk.keyboard.press("k")
    desk.keyboard.press("?")
    expect(desk.locator("#keys-help tr[data-row-at=k]").first).to_be_visible()
    desk.keyboard.press("Escape")
    expect(desk.locator(".pledge")).to_have_count(2)


def test_a_client_is_named_during_a_call_and_stands_beside_it(site: Site, ann: Person, desk: Page) -> None:
    _promised(site, ann, "2026-02-27")
    desk.goto("/start/calls")
    desk.get_by_role("button", name="Start").click()
    desk.get_by_role("button", name="Name the client").click()
    desk.locator("#client-reference").fill("c-7")
    desk.keyboard.press("Enter")
    expect(desk.locator(".open-promises li")).to_have_count(2)
    expect(desk.locator(".done")).to_have_text("The client is named.")
    assert violations(desk) == []


@pytest.mark.parametrize(("width", "locale"), [(1280, "en-GB"), (390, "de-DE"), (320, "de-DE")])
def test_the_pages_of_the_ledger_are_sound_at_every_width(
    site: Site, ann: Person, signed_in: SignedIn, width: int, locale: str
) -> None:
    """In a narrow window in German, whose words are the longer ones."""
    _promised(site, ann, "2026-02-27")
    session = _promised(site, ann, "2026-03-09")
    back = site.house.desk.back(ann, session, site.house.moves.look(ann, session).state.seq, "ring")
    site.house.desk.answer(ann, session, back.state.seq, Reply("nobody"))
    page = signed_in(viewport={"width": width, "height": 844}, locale=locale).new_page()
    for path in ("/due", "/clients/C-7", "/clients/", f"/sessions/{session}"):
        page.goto(path)
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
