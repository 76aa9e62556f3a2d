"""The exported playbook in a real browser, opened from a disk."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.engine.exports.books import OTHER, WHOLE, graph_of
from tests.web.test_playbook import HOSTILE
from web.playbook import to_html

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"


def opened(page: Page, folder: Path, *texts: str) -> list[str]:
    """Open the playbook of these guides; what the browser asks for."""
    file, asked = folder / "playbook.html", list[str]()
    file.write_text(to_html(graph_of(*texts)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    return asked


@pytest.mark.parametrize("size", [{"width": 1280, "height": 800}, {"width": 390, "height": 844}])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_every_screen_and_axe_has_nothing_to_say(
    new_context: Callable[..., BrowserContext], tmp_path: Path, size: dict[str, int], scheme: str
) -> None:
    page = new_context(viewport=size, color_scheme=scheme).new_page()
    assert len(opened(page, tmp_path, WHOLE, OTHER)) == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []


def test_links_lead_to_the_steps(page: Page, tmp_path: Path) -> None:
    opened(page, tmp_path, WHOLE, OTHER)
    page.locator("#page-greet .ways a").first.click()
    assert page.evaluate("location.hash") == "#page-how"


def test_hostile_words_run_nothing(page: Page, tmp_path: Path) -> None:
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    assert len(opened(page, tmp_path, HOSTILE)) == 1
    assert dialogs == []


def test_it_prints_a_chapter_to_a_page(page: Page, tmp_path: Path) -> None:
    opened(page, tmp_path, WHOLE, OTHER)
    printed = page.pdf(prefer_css_page_size=True)
    assert printed.count(b"/Type /Page\n") >= 4
