"""A whole call by what a screen reader tells of it: roles, names, one live region, focus and title."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SignedIn, Site, start, violations
from tests.web.guides import DISCOUNT, SORRY
from web.use_cases.publishing import import_folder

LIVE = "[aria-live]:not([aria-live=off]), [role=status], [role=alert], [role=log], [role=timer], output"


@dataclass
class Ears:
    """One person who hears the page; `found` collects what is wrong with what they come to."""

    page: Page
    found: list[str] = field(default_factory=list)

    def hear(self, heading: str, *, at: str = "h1") -> None:
        """The page has come to this heading: it is said once, in the title too, and the focus is at `at`."""
        page = self.page
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)
        expect(page.locator(at)).to_be_focused()
        assert heading in page.title()
        assert page.locator(LIVE).count() == 1
        for landmark in ("banner", "main"):
            expect(page.get_by_role(landmark)).to_have_count(1)
        self.found += [f"{heading}: {each}" for each in violations(page)]

    def told(self, words: str) -> None:
        """The one live region says this."""
        expect(self.page.get_by_role("status")).to_contain_text(words)

    def press(self, role: str, name: str) -> None:
        """Press what has this role and begins with this name."""
        self.page.get_by_role(role, name=name).first.press("Enter")  # type: ignore[arg-type]

    def write(self, name: str, text: str) -> None:
        """Write into the field of this name."""
        self.page.get_by_role("textbox", name=name).first.press_sequentially(text)

    def tick(self, name: str) -> None:
        """Tick the box of this name."""
        self.page.get_by_role("checkbox", name=name).press("Space")


@pytest.fixture
def ears(site: Site, signed_in: SignedIn, tmp_path: Path) -> Ears:
    """At the first step of the guide with every lock."""
    folder = tmp_path / "locks"
    folder.mkdir()
    (folder / "discount.yaml").write_text(DISCOUNT)
    (folder / "sorry.yaml").write_text(SORRY)
    import_folder(site.house.database, folder, site.house.clock)
    page = signed_in().new_page()
    start(page, "discount", "Ms Adler&interest=80")
    return Ears(page)


def _refused(ears: Ears) -> None:
    """What is missing is told with the focus on it, and each thing leads to its field."""
    ears.press("button", "Nothing")
    ears.hear("Talk about the interest", at="#problems")
    ears.told("Some things need another look")
    assert ears.page.title().startswith("Mistake: ")
    told = ears.page.get_by_role("group", name="Some things need another look")
    told.locator("a[href='#field-story']").press("Enter")
    expect(ears.page.get_by_role("textbox", name="Their story")).to_be_focused()


def _explained(ears: Ears) -> None:
    """A locked answer says why, takes a reason, and opens."""
    for box in ("Client known", "Agreed with sales"):
        ears.tick(box)
    ears.write("Their story", "A hard year.")
    ears.page.locator("#why-seen").press_sequentially("The system is down")
    ears.page.locator("summary", has_text="To waive the interest").press("Enter")
    ears.page.locator("#reason-waive").press_sequentially("A client for twenty years")
    ears.page.locator("#reason-waive").press("Alt+2")
    ears.hear("Ask how to reach them")
    ears.told("Ask how to reach them")


def test_a_call_is_walked_by_what_is_said_of_it(ears: Ears) -> None:
    _refused(ears)
    _explained(ears)
    ears.write("E-mail", "adler@example.com")
    ears.press("button", "Continue")
    ears.hear("Close it")
    ears.told("Close it")
    ears.press("button", "Complains about us")
    ears.hear("Say it")
    ears.press("button", "Continue")
    ears.hear("Close it")
    ears.press("button", "Nothing else")
    ears.hear("Thank them")
    expect(ears.page.get_by_role("heading", level=2, name="Settled")).to_be_visible()
    assert ears.found == []
