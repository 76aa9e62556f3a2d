"""Every guide that Handrail comes with, in a real browser: no step scrolls, and a call is walked by keyboard."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from secrets import token_urlsafe
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Page, expect

from engine.compiler import build_guides
from engine.consequences import Turn
from engine.errors import WalkError
from engine.events import Moment
from engine.model import Guide
from engine.replies import Reply
from engine.screen import build
from engine.state import State, path
from engine.walkthroughs import SOME_DAY, Script, begun, made, moment, read_script
from tests.browser.conftest import NOON, PASSWORD, SHIPPED, Site, opened, served
from tests.browser.keyboard import Hands
from tests.conftest import NewContext
from web.config import Config
from web.storage.events import Beginning, begin
from web.storage.people import Person
from web.use_cases import turns
from web.use_cases.shelf import Shelf

GUIDES = build_guides({file.name: file.read_bytes() for file in sorted(SHIPPED.glob("*.yaml"))})
# As the page itself turns to the next step, which takes a quarter of what it takes to load one: no less high or wide.
MEASURED = """async paths => {
  const sizes = [];
  for (const path of paths) {
    const response = await fetch(path);
    if (response.redirected || !response.ok) throw new Error(`${path}: ${response.status} from ${response.url}`);
    const next = new DOMParser().parseFromString(await response.text(), "text/html");
    document.querySelector("main").replaceWith(document.adoptNode(next.querySelector("main")));
    document.body.className = next.body.className;
    sizes.push([document.documentElement.scrollHeight, document.documentElement.scrollWidth]);
  }
  return sizes;
}"""
FITS = [800, 1280]
FIELDS = "[...new Set([...document.querySelectorAll('#reply [name^=\"field.\"]')].map(at => at.name.slice(6)))]"
MOVED = "key => document.querySelector('.call-step')?.dataset.visit !== key"
GROUP = "name => [...document.getElementsByName(name)].map(at => [at.type, at.value, at.id, at.checked])"


class Clock:
    """A clock that goes on a second whenever it is asked, from noon of the day that a test sets."""

    def __init__(self) -> None:
        self.at = NOON

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at

    def set(self, day: date) -> None:
        """It is noon of this day now."""
        self.at = datetime.combine(day, time(12), UTC)


@pytest.fixture(scope="session")
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory, sqlite_store: Path, clock: Clock) -> Iterator[Site]:
    """One server with all shipped guides for the tests of a process; Ann, an agent, has a password."""
    data = tmp_path_factory.mktemp("library")
    shutil.copy(sqlite_store, data)
    house = opened(Config(data=data), clock)
    assert house.import_guides().skipped == ()
    house.people.set_password(house.people.add("Ann", "agent"), PASSWORD)
    with served(house) as there:
        yield there


@pytest.fixture(scope="session")
def shelf(library: Site) -> Shelf:
    """Its guides, compiled once."""
    return Shelf(library.house.database)


def _person(library: Site) -> tuple[Person, str]:
    """Ann, and what her browser knows her by."""
    token = library.house.people.sign_in("Ann", PASSWORD)
    person = library.house.people.person_for(token)
    assert person is not None
    return person, token


def _page(library: Site, new_context: NewContext, token: str) -> Page:
    context = new_context(base_url=library.address)
    context.add_cookies([{"name": "handrail-session", "value": token, "url": library.address}])
    return context.new_page()


def _stored(library: Site, shelf: Shelf, person: Person, turn: Turn) -> str:
    """A session that stands where all these events lead, and its id."""
    root, today = turn.state.guide, turn.state.visit.today
    pins = shelf.ready(root.id).pins
    begins = Beginning(
        id=token_urlsafe(16),
        person=person.id,
        team=None,
        guide=root.id,
        version=pins[root.id].number,
        title=root.title,
        pins={id: (pin.number, pin.digest) for id, pin in pins.items()},
        reference=None,
        key=None,
        practice=False,
    )
    rows = turns.entries(turn, None, pins, Moment(turn.events[-1].at, "Ann", today))
    begin(library.house.database, begins, turns.standing(turn, None), rows)
    return begins.id


def _walked(guide: str, script: Script) -> Iterator[Turn]:
    """Where a walkthrough stands at its start and after each of its answers, with all events up to there."""
    turn = begun(GUIDES, guide, script)
    events = turn.events
    yield turn
    with suppress(WalkError):
        for number, move in enumerate(script.moves, 1):
            turn = made(turn.state, move, moment(script.today, number))
            events += turn.events
            yield turn._replace(events=events)


@pytest.mark.parametrize("id", GUIDES)
def test_no_step_of_a_shipped_guide_scrolls(
    library: Site, shelf: Shelf, clock: Clock, new_context: NewContext, id: str
) -> None:
    """At 1280 by 800, with the answers so far beside it; the walkthroughs come to every step that people see."""
    clock.set(NOON.date())
    person, token = _person(library)
    page, found = _page(library, new_context, token), dict[str, str]()
    for walkthrough in GUIDES[id].walkthroughs:
        for turn in _walked(id, read_script(walkthrough.script, SOME_DAY)):
            visit = turn.state.visit
            if visit.frame.guide.id == id and visit.step.id not in found:
                found[visit.step.id] = f"/sessions/{_stored(library, shelf, person, turn)}"
    page.goto(next(iter(found.values())))
    sizes = zip(found, page.evaluate(MEASURED, [*found.values()]), strict=True)
    assert {step: size for step, size in sizes if size != FITS} == {}
    assert {id for id, step in GUIDES[id].steps.items() if not step.automatic} <= {*found}


class Call(NamedTuple):
    """A walkthrough for a client without a past: what is typed at the start, the answers, and where it ends."""

    today: date
    given: Mapping[str, Any]
    replies: tuple[Reply, ...]
    state: State


def _calls(guide: Guide) -> Iterator[Call]:
    """The walkthroughs of a guide that need no past, no setting and no second person, and only go on."""
    for walkthrough in guide.walkthroughs:
        script = read_script(walkthrough.script, SOME_DAY)
        typed = {id: value for id, value in script.given.items() if guide.fields[id].given}
        plain = script._replace(given=typed | {"agent": "Ann"} if "agent" in guide.fields else typed)
        state = _played(guide, plain)
        if state and state.outcome == walkthrough.script.get("ends"):
            yield Call(script.today, typed, tuple(move.reply for move in script.moves), state)


def _played(guide: Guide, script: Script) -> State | None:
    """Where it ends, or None where it does not: by its own answers alone, none of them given at any time."""
    try:
        state = begun(GUIDES, guide.id, script).state
        for number, move in enumerate(script.moves, 1):
            own: set[str | None] = {option.id for option in build(state).options if option.allowed}
            if move.kind != "answer" or move.skip or move.reply.reasons or move.reply.option not in (own or {None}):
                return None
            state = made(state, move, moment(script.today, number)).state
    except WalkError:
        return None
    return state if state.status == "ended" else None


def _call(guide: Guide) -> Call:
    """The first that ends in success, else the first of all."""
    calls = list(_calls(guide))
    assert calls, "no walkthrough can be made by hand"
    return next((each for each in calls if each.state.reached and each.state.reached.kind == "success"), calls[0])


def _visit(page: Page) -> str | None:
    return page.locator(".call-step").get_attribute("data-visit")


def _entered(hands: Hands, id: str, value: Any) -> None:
    """Fill in a field by keyboard, whatever its kind."""
    page, name = hands.page, f"field.{id}"
    kinds = page.evaluate(GROUP, name)
    values = [str(each) for each in value] if isinstance(value, list) else [str(value)]
    if kinds[0][0] == "checkbox":
        hands.tick(*(at for _, option, at, ticked in kinds if (option in values) != ticked))
        return
    hands.reach(f"{name} ")
    if kinds[0][0] == "radio":
        for _ in range([option for _, option, _, _ in kinds].index(values[0])):
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Space")
    elif kinds[0][0] == "select-one":
        page.keyboard.type(values[0])
    else:
        page.keyboard.press("Control+A")
        page.keyboard.type(values[0])


def _answered(hands: Hands, reply: Reply) -> None:
    """Tick, fill in, and give the answer: by its number, or with Enter where the step only goes on."""
    page, before = hands.page, _visit(hands.page)
    hands.tick(*(f"check-{id}" for id in reply.checks if not page.locator(f"#check-{id}").is_checked()))
    order = page.evaluate(FIELDS)
    for id in sorted(reply.values, key=order.index):
        _entered(hands, id, reply.values[id])
    number = 1
    if reply.option:
        at = page.locator(f"#answer-list button[value={reply.option}]").get_attribute("data-key")
        assert at, f"{reply.option} has no key"
        number = int(at)
    page.keyboard.press(f"Alt+{number}" if reply.values else str(number))
    page.wait_for_function(MOVED, arg=before)
    page.wait_for_load_state()


def _opened(hands: Hands, call: Call, guide: str) -> None:
    """The page that starts the guide, filled in and sent."""
    page = hands.page
    page.goto(f"/start/{guide}")
    hands.look()
    for id, value in call.given.items():
        _entered(hands, id, value)
    hands.reach("client-reference ")
    page.keyboard.type(f"C-{guide}")
    page.keyboard.press("Alt+1")
    page.wait_for_url("**/sessions/*")
    page.wait_for_load_state()


@pytest.mark.parametrize("id", GUIDES)
def test_a_shipped_guide_is_walked_by_keyboard(library: Site, clock: Clock, new_context: NewContext, id: str) -> None:
    """From the page that starts it to the outcome that its own walkthrough says, on the path that it says."""
    call = _call(GUIDES[id])
    clock.set(call.today)
    person, token = _person(library)
    hands = Hands(_page(library, new_context, token))
    _opened(hands, call, id)
    for number, reply in enumerate(call.replies):
        if number == len(call.replies) // 2:
            hands.look()
        _answered(hands, reply)
    assert call.state.reached
    expect(hands.page.locator(".ending h2")).to_have_text(call.state.reached.label)
    hands.look()
    state = library.house.moves.look(person, hands.page.url.rpartition("/")[2]).state
    assert [visit.key for visit in path(state)] == [visit.key for visit in path(call.state)]
    assert hands.found == []
