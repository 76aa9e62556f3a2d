"""Images on the call's screen: they come, they fit, and nothing moves when they do."""

from pathlib import Path

import pytest
from playwright.sync_api import FloatRect, Page, Route, expect

from tests.browser.conftest import SignedIn, Site, start, violations
from tests.engine.pictures import png
from web.use_cases.publishing import import_folder

GUIDE = """\
guide: shows
title: It shows
outcomes: {done: {label: Done, kind: success}}
fields: {client_name: {type: text, label: Client, given: true}}
steps:
  look:
    title: Look at the form with {{ client_name }}
    say: Do you see the number at the top right?
    images: [{file: form.png, alt: The order form with its number at the top right}]
    question: Do they find it?
    options: [{id: found, label: They do, to: bye}, {id: lost, label: They do not, to: bye}]
  bye: {say: Goodbye., outcome: done}
"""


@pytest.fixture
def showing(site: Site, tmp_path: Path) -> Site:
    """The site with a guide that shows an image."""
    folder = tmp_path / "more"
    folder.mkdir()
    (folder / "shows.yaml").write_text(GUIDE)
    (folder / "form.png").write_bytes(png(1200, 600))
    assert import_folder(site.house.database, folder, site.house.clock).problems == ()
    return site


def _never(_: Route) -> None:
    """Leave a request without an answer."""


def _box(page: Page) -> FloatRect:
    box = page.locator(".images img").bounding_box()
    assert box is not None
    return box


@pytest.mark.usefixtures("showing")
@pytest.mark.parametrize("width", [1280, 390])
def test_an_image_has_its_room_before_it_comes(signed_in: SignedIn, width: int) -> None:
    page = signed_in(viewport={"width": width, "height": 800}).new_page()
    start(page, "shows")
    page.route("**/images/*", _never)
    page.reload(wait_until="domcontentloaded")
    waiting = _box(page)
    page.unroute("**/images/*")
    page.reload()
    expect(page.locator(".images img")).to_have_js_property("naturalWidth", 1200)
    assert _box(page) == waiting
    assert waiting["width"] == pytest.approx(2 * waiting["height"], abs=1)
    assert waiting["x"] + waiting["width"] <= width


@pytest.mark.usefixtures("showing")
def test_a_step_with_an_image_is_accessible(desk: Page) -> None:
    start(desk, "shows")
    expect(desk.get_by_role("img", name="The order form")).to_be_visible()
    assert violations(desk) == []
