"""One call from the sign-in to the review, by keyboard only."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, expect

from tests.browser.conftest import PASSWORD, Site
from tests.browser.keyboard import Hands

AUTOMATIC = ["First time or a pattern", "Put our side right first"]
PATH = [
    "Be certain before you call",
    "Note the facts",
    "Ring the person who pays",
    "Talk about a date that holds",
    "Hear the client's side",
    "Say sorry first",
    "Hear the whole story",
    "Ask what it meant for them",
    "Stop the trouble first",
    "Ask what would put it right",
    "Plan it with them",
    "Ask if that is right for them",
    "Look for the cause",
    "Promise what we change",
    "Ask what is missing",
    "Thank them",
    "Agree on the figure",
    "Take the promise",
    "Say it back",
    "Thank them and close",
]


def _sign_in(hands: Hands) -> None:
    hands.page.goto("/sign-in")
    hands.look()
    hands.page.keyboard.type("Ann")
    hands.page.keyboard.press("Tab")
    hands.page.keyboard.type(PASSWORD)
    hands.press("Enter", "Your desk")


def _start(hands: Hands) -> None:
    hands.reach("A late payment")
    hands.press("Enter", "A late payment")
    hands.enter(client_name="Ms Adler")
    hands.press("Enter", "Be certain before you call")


def _prepare(hands: Hands) -> None:
    """Evidence, then the facts, the amount first in a way that cannot be read."""
    hands.tick("check-payments-seen", "check-sending-seen")
    hands.press("1", "Note the facts")
    hands.enter(invoice="A-17", amount_due="12,5,0", due_on="20 February 2026")
    hands.tick("field-sent_how")
    hands.enter(sent_on="2026-01-20", late_before="3")
    hands.page.keyboard.press("Enter")
    expect(hands.page.locator("#problems")).to_be_focused()
    hands.look()


def _mend(hands: Hands) -> None:
    """From the summary to the field, where what was typed still stands."""
    amount = hands.page.locator("#field-amount_due")
    hands.page.keyboard.press("Tab")
    hands.page.keyboard.press("Enter")
    expect(amount).to_be_focused()
    expect(amount).to_have_value("12,5,0")
    hands.page.keyboard.press("Control+A")
    hands.page.keyboard.type("1250")
    hands.press("Enter", "Ring the person who pays")


def _talk(hands: Hands) -> None:
    """Past the branch that the facts decided, and into the called guide."""
    hands.press("1", "Talk about a date that holds")
    expect(hands.page.locator(".say-words")).to_contain_text("Invoice A-17 for €1,250.00")
    hands.press("4", "Hear the client's side")
    hands.enter(claim="Two of five crates arrived broken.")
    hands.press("Alt+1", "Say sorry first")
    expect(hands.page.locator(".guides")).to_contain_text("A mistake of ours")


def _apologise(hands: Hands) -> None:
    """Once back, and on again with the answer that still stands there."""
    hands.press("1", "Hear the whole story")
    hands.enter(what_happened="Two of five crates were broken.")
    hands.press("Alt+1", "Ask what it meant for them")
    hands.press("b", "Hear the whole story")
    expect(hands.page.locator("#field-what_happened")).to_have_value("Two of five crates were broken.")
    hands.press("1", "Ask what it meant for them")
    hands.tick("field-impact", "field-goes_on")
    hands.press("1", "Stop the trouble first")
    hands.enter(first_aid="A courier brings two crates today.")
    hands.press("Alt+1", "Ask what would put it right")


def _put_right(hands: Hands) -> None:
    """The rest of the called guide, and back in the first one."""
    hands.press("1", "Plan it with them")
    hands.enter(work="New crates, packed twice.", work_by="5 March 2026")
    hands.press("Alt+1", "Ask if that is right for them")
    hands.press("1", "Look for the cause")
    hands.tick("field-cause")
    hands.press("1", "Promise what we change")
    hands.enter(prevention="Crates are checked before they leave.", prevention_from="3 March 2026")
    hands.press("Alt+1", "Ask what is missing")
    hands.enter(follow_up_on="10 March 2026")
    hands.press("Alt+1", "Agree on the figure")
    expect(hands.page.locator(".before")).to_contain_text("First: Thank them")


def _agree(hands: Hands) -> None:
    hands.enter(still_due="1000")
    hands.press("Alt+1", "Take the promise")
    hands.enter(promise_date="9 March 2026")
    hands.press("Alt+1", "Say it back")
    hands.tick("field-terms")
    hands.press("1", "Thank them and close")
    expect(hands.page.locator(".ending h2")).to_have_text("Payment agreed")


def test_a_call_by_keyboard_from_sign_in_to_review(site: Site, new_context: Callable[..., BrowserContext]) -> None:
    """Every page on the way is looked at by axe-core, light and dark."""
    hands = Hands(new_context(base_url=site.address).new_page())
    for act in (_sign_in, _start, _prepare, _mend, _talk, _apologise, _put_right, _agree):
        act(hands)
    hands.reach("Look back at this one")
    hands.press("Enter", "A late payment")
    titles = hands.page.locator(".passed-head strong").all_inner_texts()
    assert [title for title in titles if title not in AUTOMATIC] == PATH
    assert hands.found == []
