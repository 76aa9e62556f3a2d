"""A network that drops during a call: before, around and after an answer, over a reload, and while others go on."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from engine.replies import Reply
from tests.browser.conftest import PASSWORD, Site, start, violations
from web.storage.people import Person

FIRST, SECOND = "Be certain before you call", "Note the facts"
CHECKS = ("payments-seen", "sending-seen")
LOST = "Handrail cannot be reached just now. Nothing is lost: "


def _ann(site: Site) -> Person:
    person = site.house.people.person_for(site.house.people.sign_in("Ann", PASSWORD))
    assert person is not None
    return person


def _logged(site: Site, page: Page) -> list[str]:
    """What people did in the session on the page, as the log has it."""
    told = site.house.reviews.session(_ann(site), page.url.rsplit("/", 1)[1]).events
    return [event.kind for event in told if event.kind in ("answered", "changed", "note_added", "went_back")]


def _waits(page: Page) -> int:
    """How much waits in the tab."""
    count: int = page.evaluate("Object.keys(sessionStorage).filter(key => key.startsWith('waiting ')).length")
    return count


@pytest.fixture
def call(desk: Page) -> Page:
    """At the first step of a call, ready to answer."""
    start(desk)
    for check in CHECKS:
        desk.check(f"#check-{check}")
    return desk


def test_an_answer_given_without_a_network_is_sent_when_it_is_back(site: Site, call: Page) -> None:
    call.context.set_offline(True)
    call.keyboard.press("1")
    line = call.locator("#network")
    expect(line).to_contain_text(f"{LOST}“Unpaid and sent to the agreed address” is kept here, and sent by itself.")
    expect(call.locator("#announcer")).to_contain_text(LOST)
    expect(call.locator("#check-payments-seen")).to_be_checked()
    assert violations(call) == []
    call.context.set_offline(False)
    expect(call.locator("h1")).to_have_text(SECOND)
    expect(line).to_contain_text("Handrail is there again, and everything is saved.")
    expect(line.get_by_role("button")).to_be_hidden()
    assert _logged(site, call) == ["answered"]
    assert _waits(call) == 0


def _heard(route: Route) -> None:
    """The server hears it; its answer is lost."""
    route.fetch(max_redirects=0)
    route.abort()


@pytest.mark.usefixtures("routable")
@pytest.mark.parametrize("lost", [_heard, lambda route: route.abort(), lambda route: route.fulfill(status=502)])
def test_an_answer_lost_on_its_way_there_or_back_is_saved_once(
    site: Site, call: Page, lost: Callable[[Route], None]
) -> None:
    call.route("**/answer", lost, times=1)
    call.keyboard.press("1")
    expect(call.locator("#network")).to_be_visible()
    expect(call.locator("h1")).to_have_text(SECOND)
    assert _logged(site, call) == ["answered"]


@pytest.mark.usefixtures("routable")
def test_what_waits_is_sent_after_a_reload(site: Site, call: Page) -> None:
    call.route("**/answer", _heard, times=1)
    call.route("**/answer", lambda route: route.abort(), times=2)
    call.keyboard.press("1")
    expect(call.locator("#network")).to_be_visible()
    call.reload()
    expect(call.locator("#network")).to_be_visible()
    assert _waits(call) == 1
    call.get_by_role("button", name="Try now").click()
    expect(call.locator("h1")).to_have_text(SECOND)
    expect(call.locator("#network")).to_contain_text("everything is saved")
    assert _logged(site, call) == ["answered"]


def test_notes_and_typed_values_are_kept_too_and_a_note_is_sent_before_the_answer(site: Site, call: Page) -> None:
    call.keyboard.press("1")
    expect(call.locator("h1")).to_have_text(SECOND)
    call.fill("#field-invoice", "A-17")
    call.context.set_offline(True)
    call.locator("h1").focus()
    call.keyboard.press("b")
    expect(call.locator("#network")).to_contain_text("“Back” is kept here")
    call.keyboard.press("n")
    call.keyboard.type("Sounds tired")
    call.get_by_role("button", name="Save the note").press("Enter")
    expect(call.locator("#network")).to_contain_text("2 things are kept here")
    call.context.set_offline(False)
    expect(call.locator("h1")).to_have_text(FIRST)
    assert _logged(site, call) == ["answered", "note_added", "went_back"]
    call.keyboard.press("1")
    expect(call.locator("#field-invoice")).to_have_value("A-17")


def test_of_two_answers_that_wait_the_last_one_stands(site: Site, call: Page) -> None:
    call.context.set_offline(True)
    call.keyboard.press("1")
    expect(call.locator("#network")).to_contain_text("“Unpaid and sent")
    call.keyboard.press("2")
    expect(call.locator("#network")).to_contain_text("“The payment is there")
    call.context.set_offline(False)
    expect(call.locator(".said-option, .ending").first).to_be_visible()
    assert _logged(site, call) == ["answered"]
    expect(call.locator(".said-option")).to_contain_text("The payment is there")


def test_what_is_done_about_the_client_is_no_answer_and_waits_beside_it(site: Site, call: Page) -> None:
    call.context.set_offline(True)
    call.get_by_role("button", name="Name the client").press("Enter")
    call.keyboard.type("K-77")
    call.keyboard.press("Enter")
    expect(call.locator("#network")).to_be_visible()
    call.keyboard.press("n")
    call.keyboard.type("Sounds tired")
    call.get_by_role("button", name="Save the note").press("Enter")
    expect(call.locator("#network")).to_contain_text("2 things are kept here")
    call.context.set_offline(False)
    expect(call.locator(".beside")).to_contain_text("K-77")
    assert (_waits(call), _logged(site, call)) == (0, ["note_added"])


def test_when_somebody_went_on_meanwhile_both_sides_are_shown(site: Site, call: Page) -> None:
    call.context.set_offline(True)
    call.keyboard.press("2")
    expect(call.locator("#network")).to_be_visible()
    person, session = _ann(site), call.url.rsplit("/", 1)[1]
    look = site.house.moves.look(person, session)
    sent = look.screen.options[0].id
    site.house.desk.answer(person, session, look.state.seq, Reply(sent, checks=CHECKS))
    call.context.set_offline(False)
    expect(call.locator("h1")).to_have_text("This page was out of date")
    expect(call.locator(".card")).to_contain_text("Unpaid and sent")
    expect(call.locator(".known")).to_contain_text("The payment is there")
    assert (_waits(call), _logged(site, call)) == (0, ["answered"])
    assert violations(call) == []


@pytest.mark.parametrize(
    ("taken", "told"), [(False, "You handed this session over"), (True, "Bob took this session over")]
)
def test_when_a_colleague_took_over_meanwhile_what_was_entered_is_shown(
    site: Site, call: Page, taken: bool, told: str
) -> None:
    house, session = site.house, call.url.rsplit("/", 1)[1]
    call.context.set_offline(True)
    call.keyboard.press("1")
    expect(call.locator("#network")).to_be_visible()
    bob, seq = house.people.add("Bob", "agent"), house.moves.look(_ann(site), session).state.seq
    house.handovers.give(_ann(site), session, seq, (f"person:{bob.id}", ""))
    if taken:
        house.handovers.take(bob, session)
    call.context.set_offline(False)
    expect(call.locator("main")).to_contain_text(told)
    expect(call.get_by_label("What you had entered")).to_contain_text("Unpaid")
    assert (_waits(call), violations(call)) == (0, [])


def test_a_sign_in_that_ran_out_meanwhile_loses_nothing_either(site: Site, call: Page) -> None:
    call.context.set_offline(True)
    call.keyboard.press("1")
    expect(call.locator("#network")).to_be_visible()
    (token,) = (each["value"] for each in call.context.cookies() if each.get("name") == "handrail-session")
    site.house.people.sign_out(str(token))
    call.context.set_offline(False)
    expect(call.locator("h1")).to_have_text("Sign in")
    call.fill("#name", "Ann")
    call.fill("#password", PASSWORD)
    call.keyboard.press("Enter")
    expect(call.locator("h1")).to_have_text(SECOND)
    assert _logged(site, call) == ["answered"]


@pytest.mark.usefixtures("routable")
def test_what_another_page_finds_waiting_is_sent_from_there(site: Site, call: Page) -> None:
    address = call.url
    call.route("**/answer", lambda route: route.abort(), times=1)
    call.clock.install()
    call.keyboard.press("1")
    expect(call.locator("#network")).to_be_visible()
    with call.expect_response("**/answer"):
        call.goto("/")
    expect(call.locator("h1")).to_have_text("Your desk")
    call.goto(address)
    expect(call.locator("h1")).to_have_text(SECOND)
    assert _logged(site, call) == ["answered"]


@pytest.mark.usefixtures("routable")
def test_what_cannot_be_taken_any_more_is_shown_beside_the_refusal(call: Page) -> None:
    call.route(
        "**/answer",
        lambda route: route.fulfill(status=404, content_type="text/html", body="<main><h1>Gone</h1></main>"),
    )
    call.keyboard.press("1")
    expect(call.locator("h1")).to_have_text("Gone")
    expect(call.get_by_label("What you had entered")).to_contain_text("Unpaid and sent to the agreed address")
    assert _waits(call) == 0


@pytest.mark.usefixtures("routable")
def test_signing_out_forgets_what_waits(call: Page) -> None:
    call.route("**/answer", lambda route: route.abort())
    call.keyboard.press("1")
    expect(call.locator("#network")).to_be_visible()
    call.goto("/me")
    assert _waits(call) == 1
    call.get_by_role("button", name="Sign out").click()
    expect(call.locator("h1")).to_have_text("Sign in")
    assert _waits(call) == 0


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)])
def test_what_is_told_of_the_network_covers_no_navigation_and_moves_nothing(call: Page, size: tuple[int, int]) -> None:
    call.set_viewport_size({"width": size[0], "height": size[1]})
    places = [call.locator(each).bounding_box() for each in (".top", "h1#step", "#reply")]
    call.context.set_offline(True)
    call.keyboard.press("1")
    expect(call.locator("#network")).to_contain_text(LOST)
    assert [call.locator(each).bounding_box() for each in (".top", "h1#step", "#reply")] == places
    for link in call.locator(".top a").all():
        link.click(trial=True)
