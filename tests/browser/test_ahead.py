"""The next step is shown before the server has answered, and what the server answers stays the truth."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

import pytest
from playwright.sync_api import Page, Route, expect

from engine.events import Answered
from engine.replies import Reply
from tests.browser.conftest import PASSWORD, Site, violations
from web.storage.events import log
from web.storage.people import Person
from web.use_cases import turns
from web.use_cases.publishing import import_folder

PROMISE = """\
guide: promise
title: A promise
start: greet
fields:
  what: {type: text, label: What they promise, min_length: 3}
outcomes:
  agreed: {label: Agreed, kind: success}
steps:
  greet:
    title: Greet them
    question: What do they want?
    options:
      - {id: pay, label: To pay, to: listen}
      - {id: wait, label: To wait, to: thank}
  listen:
    title: Listen first
    question: How do they sound?
    options:
      - {id: calm, label: Calm, to: ask}
      - {id: cross, label: Cross, to: thank}
  ask:
    title: Ask for a promise
    ask: [what]
    records:
      - promise: {by: client, what: "{{ what }}", due: today}
    next: thank
  thank:
    title: Thank them
    documents: [letter]
    outcome: agreed
documents:
  letter: {kind: letter, title: Our letter, body: Thank you.}
"""
Held = list[Route]


def _ann(site: Site) -> Person:
    person = site.house.people.person_for(site.house.people.sign_in("Ann", PASSWORD))
    assert person is not None
    return person


def _logged(site: Site, page: Page) -> list[str]:
    """What was answered in the session on the page, as the log has it: options, and texts that were typed."""
    bodies = [turns.event_of(row).body for row in log(site.house.database, page.url.split("/")[4])]
    answers = [body for body in bodies if isinstance(body, Answered)]
    return [answer.option or str(answer.values["what"]) for answer in answers]


def _waits(page: Page) -> int:
    """How much waits in the tab."""
    count: int = page.evaluate(
        "Object.keys(sessionStorage).filter(key => key.startsWith('waiting '))"
        ".flatMap(key => JSON.parse(sessionStorage[key])).length"
    )
    return count


def _fetched(page: Page, *answers: str) -> None:
    """Wait until what these answers lead to is there."""
    expect(page.locator("#reply")).to_have_attribute("data-ahead", " ".join(answers))


def _caught(page: Page, held: Held) -> Route:
    """The first answer that is held back, once it was sent; routes come in while the page is spoken to."""
    for _ in range(20_000):
        if held:
            return held[0]
        page.title()
    raise AssertionError("nothing was sent")


def _let_go(page: Page, held: Held, post_data: str | None = None) -> None:
    """Let the server have it, perhaps as something else."""
    _caught(page, held).continue_(post_data=post_data)
    del held[0]


@pytest.fixture
def call(site: Site, routable: Page, tmp_path: Path) -> Page:
    """At the first step of a call, with the next ones there."""
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "promise.yaml").write_text(PROMISE)
    assert import_folder(site.house.database, folder, site.house.clock).problems == ()
    routable.goto("/start/promise?client=C-7")
    routable.get_by_role("button", name="Start").click()
    expect(routable.locator("h1")).to_have_text("Greet them")
    _fetched(routable, "pay", "wait")
    return routable


def _hold(page: Page) -> Held:
    """Every answer that is sent from now on, before the server gets it."""
    held: Held = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/answer", hold)
    return held


@pytest.fixture
def held(call: Page) -> Held:
    return _hold(call)


def test_the_next_step_is_shown_before_the_server_has_answered(site: Site, call: Page, held: Held) -> None:
    call.keyboard.press("1")
    expect(call.locator("h1")).to_have_text("Listen first")
    expect(call.locator("h1")).to_be_focused()
    expect(call).to_have_title("Listen first · A promise · Handrail")
    expect(call.locator("#announcer")).to_have_text("Listen first. 2 answers")
    assert (_logged(site, call), _waits(call), violations(call)) == ([], 1, [])
    _let_go(call, held)
    _fetched(call, "calm", "cross")
    assert (_logged(site, call), _waits(call)) == (["pay"], 0)


def test_the_servers_answer_moves_nothing_and_says_nothing_where_it_is_the_same(call: Page, held: Held) -> None:
    call.keyboard.press("1")
    expect(call.locator("h1")).to_have_text("Listen first")
    call.evaluate("window.step = document.querySelector('.call-step'); window.said = 0")
    call.evaluate("new MutationObserver(() => window.said++).observe(announcer, {childList: true})")
    call.keyboard.press("n")
    call.keyboard.type("Sounds ti")
    _let_go(call, held)
    _fetched(call, "calm", "cross")
    call.keyboard.type("red")
    expect(call.locator("#note-text")).to_have_value("Sounds tired")
    assert call.evaluate("[window.step.isConnected, window.said]") == [True, 0]


def test_the_next_answer_waits_behind_the_first(site: Site, call: Page, held: Held) -> None:
    call.keyboard.press("1")
    expect(call.locator("h1")).to_have_text("Listen first")
    call.keyboard.press("1")
    expect(call.locator("main")).to_have_attribute("aria-busy", "true")
    assert (len(held), _waits(call)) == (1, 2)
    _let_go(call, held)
    _let_go(call, held)
    expect(call.locator("h1")).to_have_text("Ask for a promise")
    assert (_logged(site, call), _waits(call)) == (["pay", "calm"], 0)


def _asks(page: Page) -> None:
    """Go to the step with a field."""
    page.keyboard.press("1")
    _fetched(page, "calm", "cross")
    page.keyboard.press("1")
    expect(page.locator("h1")).to_have_text("Ask for a promise")
    expect(page.locator("main")).not_to_have_attribute("aria-busy", "true")


def test_a_form_is_looked_ahead_of_once_it_stands_filled(site: Site, call: Page) -> None:
    _asks(call)
    call.fill("#field-what", "The rest by May")
    _fetched(call, "")
    held = _hold(call)
    call.keyboard.press("Alt+1")
    expect(call.locator("h1")).to_have_text("Thank them")
    assert _logged(site, call) == ["pay", "calm"]
    _let_go(call, held)
    expect(call.locator(".open-promises")).to_contain_text("The rest by May")
    assert _logged(site, call) == ["pay", "calm", "The rest by May"]


def test_what_is_typed_meanwhile_waits_for_the_server(call: Page) -> None:
    _asks(call)
    call.fill("#field-what", "The rest by May")
    _fetched(call, "")
    call.route("**/peek", lambda route: route.abort())
    held = _hold(call)
    call.fill("#field-what", "No")
    call.keyboard.press("Alt+1")
    expect(call.locator("main")).to_have_attribute("aria-busy", "true")
    expect(call.locator("h1")).to_have_text("Ask for a promise")
    _let_go(call, held)
    expect(call.locator("#problems")).to_be_focused()
    expect(call.locator("#field-what")).to_have_value("No")


def test_a_refusal_leads_back_to_the_step_with_what_was_typed_there_and_after(site: Site, call: Page) -> None:
    """What the server gets is not what was sent, so that it refuses what it would have taken."""
    _asks(call)
    call.fill("#field-what", "The rest by May")
    _fetched(call, "")
    held = _hold(call)
    call.keyboard.press("Alt+1")
    expect(call.locator("h1")).to_have_text("Thank them")
    call.keyboard.press("n")
    call.keyboard.type("Sounds tired")
    call.get_by_role("button", name="Save the note").press("Enter")
    body = dict(parse_qsl(_caught(call, held).request.post_data or ""))
    _let_go(call, held, post_data=urlencode({**body, "field.what": "No"}))
    expect(call.locator("h1")).to_have_text("Ask for a promise")
    expect(call.locator("#field-what")).to_have_value("The rest by May")
    expect(call.get_by_label("What you had entered")).to_contain_text("Sounds tired")
    said = expect(call.locator("#announcer"))
    said.to_contain_text("at least 3 characters “Sounds tired” was not saved: the call stands at another step.")
    assert (_logged(site, call), _waits(call), violations(call)) == (["pay", "calm"], 0, [])


def test_a_conflict_shows_both_sides_and_all_that_was_entered(site: Site, call: Page, held: Held) -> None:
    session = call.url.split("/")[4]
    seq = site.house.moves.look(_ann(site), session).state.seq
    site.house.desk.answer(_ann(site), session, seq, Reply("wait"))
    for _ in range(2):
        call.keyboard.press("1")
        expect(call.locator("h1")).to_have_text("Listen first")
    expect(call.locator("main")).to_have_attribute("aria-busy", "true")
    _let_go(call, held)
    expect(call.locator("h1")).to_have_text("This page was out of date")
    expect(call.locator(".card")).to_contain_text("To wait")
    entered = call.get_by_label("What you had entered")
    expect(entered.locator("dd")).to_have_text(["To pay", "Calm"])
    assert (_logged(site, call), _waits(call), violations(call)) == (["wait"], 0, [])


def _heard(route: Route) -> None:
    """The server hears it; its answer is lost."""
    route.fetch(max_redirects=0)
    route.abort()


@pytest.mark.parametrize("lost", [_heard, lambda route: route.abort()])
def test_a_network_that_drops_loses_and_doubles_neither_answer(
    site: Site, call: Page, lost: Callable[[Route], None]
) -> None:
    call.route("**/answer", lambda route: route.abort())
    call.route("**/answer", lost, times=1)
    call.keyboard.press("1")
    expect(call.locator("h1")).to_have_text("Listen first")
    expect(call.locator("#network")).to_contain_text("“To pay” is kept here")
    call.keyboard.press("1")
    expect(call.locator("#network")).to_contain_text("2 things are kept here")
    call.keyboard.press("2")
    call.unroute("**/answer")
    call.reload()
    expect(call.locator("h1")).to_have_text("Thank them")
    assert (_logged(site, call), _waits(call)) == (["pay", "cross"], 0)


def test_after_a_reload_too_nothing_goes_to_a_step_that_the_call_did_not_come_to(site: Site, call: Page) -> None:
    call.route("**/answer", lambda route: route.abort())
    for _ in range(2):
        call.keyboard.press("1")
        expect(call.locator("h1")).to_have_text("Listen first")
    expect(call.locator("#network")).to_contain_text("2 things are kept here")
    session = call.url.split("/")[4]
    seq = site.house.moves.look(_ann(site), session).state.seq
    site.house.desk.answer(_ann(site), session, seq, Reply("wait"))
    call.unroute("**/answer")
    call.reload()
    expect(call.get_by_label("What you had entered").locator("dd")).to_have_text(["To pay", "Calm"])
    assert (_logged(site, call), _waits(call)) == (["wait"], 0)


def test_what_was_heard_before_a_reload_is_not_told_as_lost(site: Site, call: Page, held: Held) -> None:
    for _ in range(2):
        call.keyboard.press("1")
        expect(call.locator("h1")).to_have_text("Listen first")
    _let_go(call, held)
    _heard(_caught(call, held))
    call.unroute("**/answer")
    call.reload()
    expect(call.locator("h1")).to_have_text("Ask for a promise")
    call.wait_for_function("!Object.keys(sessionStorage).some(key => key.startsWith('waiting '))")
    expect(call.get_by_label("What you had entered")).to_have_count(0)
    assert _logged(site, call) == ["pay", "calm"]


def test_a_letter_is_taken_once_the_answer_that_led_to_it_is_saved(site: Site, call: Page, held: Held) -> None:
    call.keyboard.press("2")
    expect(call.locator("h1")).to_have_text("Thank them")
    call.get_by_role("button", name="Our letter").click()
    _let_go(call, held)
    expect(call.locator("h1")).to_have_text("Our letter")
    assert _logged(site, call) == ["wait"]


def test_without_a_network_the_step_stays_on_view(call: Page) -> None:
    call.context.set_offline(True)
    call.keyboard.press("1")
    expect(call.locator("#network")).to_contain_text("“To pay” is kept here")
    expect(call.locator("h1")).to_have_text("Greet them")
    call.context.set_offline(False)
    expect(call.locator("h1")).to_have_text("Listen first")
