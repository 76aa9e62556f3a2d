"""Hands that use nothing but the keyboard, and eyes that look at every step they come to."""

from dataclasses import dataclass, field

from playwright.sync_api import Page, expect

from tests.browser.conftest import violations

FOCUSED = """() => {
  const at = document.activeElement;
  const label = at.labels?.[0]?.textContent ?? "";
  return `${at.id} ${at.getAttribute("name") ?? ""} ${label} ${at.textContent}`.replace(/\\s+/g, " ");
}"""


@dataclass
class Hands:
    """One person at one page; `found` collects what axe-core has to say about each page looked at."""

    page: Page
    found: list[str] = field(default_factory=list)

    def reach(self, words: str) -> None:
        """Press Tab until what has the focus is known by these words (id, name, label or text)."""
        for _ in range(80):
            self.page.keyboard.press("Tab")
            if words in self.page.evaluate(FOCUSED):
                return
        raise AssertionError(f"Tab never reaches {words!r}")

    def tick(self, *ids: str) -> None:
        """Reach each box in turn and tick it."""
        for id in ids:
            self.reach(f"{id} ")
            self.page.keyboard.press("Space")

    def enter(self, **values: str) -> None:
        """Reach each field in turn and type its value in place of what stands there."""
        for id, text in values.items():
            self.reach(f"field-{id} ")
            self.page.keyboard.press("Control+A")
            self.page.keyboard.type(text)

    def press(self, key: str, step: str) -> None:
        """Press a key, wait for the page that it leads to, and look at it."""
        self.page.keyboard.press(key)
        expect(self.page.locator("h1")).to_have_text(step)
        self.page.wait_for_load_state()  # it listens to keys from then on
        self.look()

    def look(self) -> None:
        """Note what is wrong with the page as it stands, in light and in dark."""
        title = self.page.title()
        self.found += [f"{title}: {violation}" for violation in violations(self.page)]
