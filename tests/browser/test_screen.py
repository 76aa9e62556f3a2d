"""The call's screen in a real browser: every step fits, is short for those who know it, and lets answers be changed."""

from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from engine.errors import RefusedError
from engine.model import Guide
from engine.walkthroughs import Move, Script, read_script
from tests.browser.conftest import GUIDES, PASSWORD, SignedIn, Site, start, violations
from web.storage.people import Person
from web.use_cases.desk import Start
from web.use_cases.shelf import Shelf

MEASURES = "[document.documentElement.scrollHeight, document.documentElement.scrollWidth]"


def _ann(site: Site) -> Person:
    person = site.house.people.person_for(site.house.people.sign_in("Ann", PASSWORD))
    assert person is not None
    return person


def _made(site: Site, person: Person, session: str, move: Move) -> None:
    desk = site.house.desk
    seq = site.house.moves.look(person, session).state.seq
    if move.kind == "back":
        desk.back(person, session, seq, move.step or None)
    elif move.skip:
        desk.skip(person, session, seq, move.skip)
    else:
        desk.answer(person, session, seq, move.reply)


def _walked(site: Site, guide: Guide, script: Script) -> Iterator[tuple[str, str]]:
    """Each step that a walkthrough comes to, up to the answer that is refused if one is, and the session there."""
    person, given = _ann(site), {id: value for id, value in script.given.items() if guide.fields[id].given}
    session = site.house.desk.start(person, guide.id, Start(given, typed=False))
    for move in script.moves:
        yield site.house.moves.look(person, session).state.visit.step.id, session
        try:
            _made(site, person, session, move)
        except RefusedError:
            return
    yield site.house.moves.look(person, session).state.visit.step.id, session


@pytest.mark.parametrize("name", GUIDES)
def test_no_step_of_a_shipped_guide_scrolls(site: Site, signed_in: SignedIn, name: str) -> None:
    """At 1280 by 800, with the answers so far beside it; the walkthroughs come to every step."""
    guide = Shelf(site.house.database).ready(name).guide
    page = signed_in(viewport={"width": 1280, "height": 800}).new_page()
    found: dict[str, list[int]] = {}
    for walkthrough in guide.walkthroughs:
        for step, session in _walked(site, guide, read_script(walkthrough.script, date(2026, 3, 2))):
            if step not in found:
                page.goto(f"/sessions/{session}")
                found[step] = page.evaluate(MEASURES)
    assert {id for id, step in guide.steps.items() if not step.automatic} <= {*found}
    assert {step: size for step, size in found.items() if size != [800, 1280]} == {}


def _brief(page: Page) -> None:
    page.keyboard.press("?")
    page.locator("#help-brief").check()
    page.get_by_role("button", name="Save").click()
    expect(page.locator("body[data-brief]")).to_be_attached()
    page.wait_for_load_state()


def _answered(page: Page, step: str) -> None:
    page.keyboard.press("Alt+1")
    expect(page.locator("h1")).to_have_text(step)


def test_short_screens_keep_hints_and_help_behind_one_line(desk: Page) -> None:
    start(desk, "apology-remediation")
    _brief(desk)
    expect(desk.get_by_role("button", name="Hints and help")).to_be_hidden()
    _answered(desk, "Hear the whole story")
    points, hints = desk.locator(".points"), desk.locator(".call-step .hint, .call-step .help")
    expect(desk.locator(".say")).to_be_visible()
    expect(points).to_be_hidden()
    assert violations(desk) == []
    desk.keyboard.press("h")
    expect(points).to_be_visible()
    expect(desk.get_by_role("button", name="Hints and help")).to_have_attribute("aria-expanded", "true")
    assert [each.is_visible() for each in hints.all()] == [True] * hints.count()
    assert violations(desk) == []


def test_nothing_moves_for_those_who_want_no_motion(signed_in: SignedIn) -> None:
    page = signed_in(reduced_motion="reduce").new_page()
    start(page)
    moving = "[...document.querySelectorAll('*')].filter(at => getComputedStyle(at).transitionDuration !== '0s').length"
    assert page.evaluate(moving) == 0


def test_practice_is_walked_by_keys_and_says_that_it_is(desk: Page) -> None:
    desk.goto("/start/apology-remediation?client_name=Ms+Adler")
    desk.locator("#field-client_name").press("Alt+2")
    expect(desk.locator(".practice")).to_have_text("Practice: nothing here counts")
    assert violations(desk) == []
    _answered(desk, "Hear the whole story")
    expect(desk.locator(".practice")).to_be_visible()
