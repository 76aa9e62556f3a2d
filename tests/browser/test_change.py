"""Changing an earlier answer in a real browser: by keyboard only, with a network that drops, in a tab of its own."""

from collections.abc import Mapping

import pytest
from playwright.sync_api import Page, expect

from engine.replies import Reply
from tests.browser.conftest import PASSWORD, SignedIn, Site, violations
from tests.browser.keyboard import Hands
from web.use_cases.desk import Start

FACTS: Mapping[str, object] = {
    "invoice": "A-17",
    "amount_due": "1250.00",
    "due_on": "2026-02-20",
    "sent_how": "email",
    "sent_on": "2026-01-20",
    "late_before": 1,
}
REPLIES = (
    Reply("unpaid", checks=("payments-seen", "sending-seen")),
    Reply(values=FACTS),
    Reply("right-person"),
    Reply("ready"),
    Reply(values={"promise_date": "2026-03-09"}),
)
STANDS = "Say it back"
LOST = "Handrail cannot be reached just now."


def _kinds(site: Site, page: Page) -> list[str]:
    """What changed in the session on the page, as the log has it."""
    ann = site.house.people.person_for(site.house.people.sign_in("Ann", PASSWORD))
    assert ann is not None
    told = site.house.reviews.session(ann, page.url.partition("/sessions/")[2].partition("/")[0].partition("?")[0])
    return [event.kind for event in told.events if event.kind in ("changed", "went_back")]


@pytest.fixture
def call(site: Site, desk: Page) -> Page:
    """A call after five answers."""
    ann = site.house.people.person_for(site.house.people.sign_in("Ann", PASSWORD))
    assert ann is not None
    session = site.house.desk.start(ann, "late-payment", Start({"client_name": "Ms Adler"}, client="C-7"))
    for reply in REPLIES:
        site.house.desk.answer(ann, session, site.house.moves.look(ann, session).state.seq, reply)
    desk.goto(f"/sessions/{session}")
    expect(desk.locator("h1")).to_have_text(STANDS)
    return desk


def test_an_earlier_answer_is_changed_by_keyboard_and_the_call_stands_where_it_was(site: Site, call: Page) -> None:
    hands = Hands(call)
    hands.press("j", STANDS)
    call.keyboard.press("2")
    expect(call.get_by_role("link", name=": Note the facts")).to_be_focused()
    hands.press("Enter", "Note the facts")
    expect(call.locator("h1")).to_be_focused()
    assert call.title() == "Changing: Note the facts · A late payment · Handrail"
    hands.enter(amount_due="many")
    call.keyboard.press("Enter")
    expect(call.locator("#problems")).to_be_focused()
    expect(call.locator("#field-amount_due")).to_have_value("many")
    hands.look()
    hands.enter(amount_due="900")
    hands.press("Enter", STANDS)
    expect(call.locator("h1")).to_be_focused()
    expect(call.locator("#announcer")).to_have_text("Changed: “Note the facts”. 3 later answers are kept.")
    expect(call.locator(".changed")).to_contain_text("3 later answers are kept.")
    assert hands.found == []
    assert _kinds(site, call) == ["changed"]


def test_the_first_of_five_answers_takes_another_way_and_what_is_put_aside_is_offered_again(call: Page) -> None:
    hands = Hands(call)
    hands.press("1", "Thank them and close")
    call.keyboard.press("j")
    call.keyboard.type("certain")
    expect(call.get_by_role("link", name=": Be certain before you call")).to_be_focused()
    hands.press("Enter", "Be certain before you call")
    expect(call.locator(".lasting li").nth(1)).to_have_text("Promise: Pay invoice A-17")
    call.keyboard.press("2")
    expect(call.locator("#mark-paid")).to_be_checked()
    call.keyboard.press("Enter")
    expect(call.locator(".changed")).to_contain_text("5 answers are put aside, and offered again when")
    expect(call.locator("#announcer")).to_contain_text("Not undone, see below: Contact: Phone, Reached")
    expect(call.locator(".undone-what").nth(1)).to_have_text("Promise: Pay invoice A-17")
    hands.look()
    call.keyboard.press("j")
    hands.press("Enter", "Be certain before you call")
    call.keyboard.press("1")
    hands.press("Enter", "Note the facts")
    expect(call.locator("#field-invoice")).to_have_value("A-17")
    expect(call.locator(".changed")).to_contain_text("Answer this step again; what was answered before is marked.")
    hands.press("1", "Ring the person who pays")
    expect(call.locator(".option-chosen")).to_contain_text("The person I asked for")
    assert hands.found == []


def test_an_answer_is_left_as_it_is_and_what_was_typed_is_forgotten(site: Site, call: Page) -> None:
    call.get_by_role("link", name=": Note the facts").press("Enter")
    call.fill("#field-amount_due", "900")
    call.reload()
    expect(call.locator("h1")).to_have_text(STANDS)
    call.get_by_role("link", name=": Note the facts").press("Enter")
    expect(call.locator("#field-amount_due")).to_have_value("900")
    call.locator("h1").focus()
    call.keyboard.press("b")
    expect(call.locator("h1")).to_have_text(STANDS)
    call.get_by_role("link", name=": Note the facts").press("Enter")
    expect(call.locator("#field-amount_due")).to_have_value("1250.00")
    assert _kinds(site, call) == []


def test_the_call_goes_back_to_a_step_instead(site: Site, call: Page) -> None:
    call.get_by_role("link", name=": Ring the person who pays").click()
    call.get_by_role("button", name="Go back to it instead").press("Enter")
    expect(call.locator("#reply")).to_be_visible()
    expect(call.locator("h1")).to_have_text("Ring the person who pays")
    assert _kinds(site, call) == ["went_back"]


def test_a_change_without_a_network_is_kept_and_sent_by_itself(site: Site, call: Page) -> None:
    call.get_by_role("link", name=": Note the facts").press("Enter")
    call.fill("#field-amount_due", "900")
    call.context.set_offline(True)
    call.keyboard.press("Enter")
    expect(call.locator("#network")).to_contain_text(f"{LOST} Nothing is lost: “Save the change” is kept here")
    assert violations(call) == []
    call.context.set_offline(False)
    expect(call.locator("h1")).to_have_text(STANDS)
    expect(call.locator(".changed")).to_be_visible()
    assert _kinds(site, call) == ["changed"]
    call.context.set_offline(True)
    call.get_by_role("link", name=": Note the facts").press("Enter")
    expect(call.locator("#announcer")).to_have_text(f"{LOST} Try again in a moment.")
    expect(call.locator("h1")).to_have_text(STANDS)


def test_an_earlier_answer_is_changed_in_a_tab_of_its_own(site: Site, call: Page) -> None:
    call.goto(str(call.get_by_role("link", name=": Note the facts").get_attribute("href")))
    call.fill("#field-amount_due", "900")
    call.keyboard.press("Enter")
    expect(call.locator(".changed")).to_be_visible()
    expect(call.locator("h1")).to_have_text(STANDS)
    assert _kinds(site, call) == ["changed"]


def test_an_earlier_answer_is_changed_without_a_script(site: Site, call: Page, signed_in: SignedIn) -> None:
    plain = signed_in(java_script_enabled=False).new_page()
    plain.goto(call.url)
    plain.get_by_role("link", name=": Ring the person who pays").click()
    plain.get_by_label("Voicemail").check()
    plain.get_by_role("button", name="Save the change").click()
    expect(plain.locator(".changed")).to_contain_text("2 answers are put aside")
    assert _kinds(site, call) == ["changed"]
