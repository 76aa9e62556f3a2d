"""A call in German by keyboard alone, in a real browser; what the guide says is in its own language."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import PASSWORD, SignedIn, Site
from tests.browser.keyboard import Hands

NARROW = {"width": 390, "height": 844}
WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture
def german(site: Site, new_context: Callable[..., BrowserContext]) -> Page:
    """A page in a browser that asks for German; nobody is signed in."""
    return new_context(base_url=site.address, locale="de-DE").new_page()


def _languages(page: Page, selector: str) -> set[str]:
    """The languages that elements are in, by the nearest that says it."""
    closest = "(all) => all.map((each) => each.closest('[lang]').lang)"
    return set(page.locator(selector).evaluate_all(closest))


def _sign_in(hands: Hands) -> None:
    hands.page.goto("/sign-in")
    hands.page.keyboard.type("Ann")
    hands.reach("password")
    hands.page.keyboard.type(PASSWORD)
    hands.press("Enter", "Ihr Schreibtisch")


def _start(hands: Hands) -> None:
    hands.reach("A late payment")
    hands.press("Enter", "A late payment")
    hands.page.keyboard.type("Frau Adler")
    hands.reach("Starten")
    hands.press("Enter", "Be certain before you call")


def _refused(hands: Hands) -> None:
    hands.page.keyboard.press("1")
    expect(hands.page.locator("#problems h2")).to_have_text("Einiges müssen Sie sich noch einmal ansehen")
    expect(hands.page.locator("#problems li").first).to_contain_text("ab, sobald es erledigt ist, oder")
    hands.look()


def _note(hands: Hands) -> None:
    hands.page.keyboard.press("n")
    hands.page.keyboard.type("Sie klang erleichtert.")
    hands.reach("Notiz speichern")
    hands.page.keyboard.press("Enter")
    expect(hands.page.locator("#announcer")).to_have_text("Ihre Notiz ist gespeichert.")


def _end(hands: Hands) -> None:
    hands.page.keyboard.press("e")
    hands.page.keyboard.type("Die Leitung brach ab.")
    hands.reach("Gespräch beenden")
    hands.page.keyboard.press("Enter")
    expect(hands.page.locator(".ending h2")).to_have_text("Sie haben dieses Gespräch beendet")
    hands.look()


def test_a_call_in_german_by_keyboard(german: Page) -> None:
    hands = Hands(german)
    _sign_in(hands)
    _start(hands)
    assert _languages(german, "html, .note h2, .checks legend, .bar button, .beside h2") == {"de"}
    assert _languages(german, "h1, .note .prose, .options legend, .here, .said-step, .stages li span[lang]") == {"en"}
    for act in (_refused, _note, _end):
        act(hands)
    assert hands.found == []


@pytest.mark.parametrize("path", ["/", "/due", "/clients/", "/review", "/me", "/help", "/start/late-payment"])
def test_long_words_fit_a_narrow_screen(signed_in: SignedIn, path: str) -> None:
    page = signed_in(locale="de-DE", viewport=NARROW).new_page()
    page.goto(path)
    expect(page.locator("html")).to_have_attribute("lang", "de")
    assert not page.evaluate(WIDER)


def test_without_a_network_the_page_says_so_in_german(signed_in: SignedIn) -> None:
    context = signed_in(locale="de-DE")
    page = context.new_page()
    page.goto("/start/late-payment?client_name=Frau+Adler")
    page.get_by_role("button", name="Starten").click()
    page.wait_for_url("**/sessions/*")
    context.set_offline(True)
    page.keyboard.press("n")
    page.keyboard.type("Zahlt am Freitag")
    page.get_by_role("button", name="Notiz speichern").click()
    waits = "Handrail ist gerade nicht erreichbar. Nichts geht verloren: „Zahlt am Freitag“ ist hier aufbewahrt"
    expect(page.locator("#network")).to_contain_text(waits)
    context.set_offline(False)
    expect(page.locator("#network")).to_contain_text("Handrail ist wieder da, und alles ist gespeichert.")
