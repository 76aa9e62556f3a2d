"""Starting a guide in one of its languages, by keyboard, in a real browser."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, violations
from tests.web.guides import DISCOUNT, SORRY
from web.use_cases.publishing import import_folder

SPANISH = """\
msgctxt "title"
msgid "A discount"
msgstr "Un descuento"

msgctxt "summary"
msgid "What is locked, left open, skipped, or said at any time."
msgstr "Lo que está bloqueado, pendiente, omitido o dicho en cualquier momento."

msgctxt "steps/talk/say"
msgid "The interest is {{ interest }} euros."
msgstr "Los intereses son {{ interest }} euros."
"""


def test_a_language_is_chosen_before_the_call(site: Site, desk: Page, tmp_path: Path) -> None:
    folder = tmp_path / "translated"
    catalog = folder / "locale" / "es" / "discount.po"
    catalog.parent.mkdir(parents=True)
    catalog.write_text(SPANISH)
    (folder / "discount.yaml").write_text(DISCOUNT)
    (folder / "sorry.yaml").write_text(SORRY)
    assert import_folder(site.house.database, folder, site.house.clock).problems == ()
    desk.goto("/start/discount?client_name=Ms+Adler&interest=40")
    desk.get_by_role("link", name="Español").press("Enter")
    expect(desk.locator("h1")).to_have_text("Un descuento")
    expect(desk.locator("#field-client_name")).to_have_value("Ms Adler")
    assert violations(desk) == []
    desk.keyboard.press("1")
    desk.get_by_role("button", name="Start").click()
    expect(desk.locator(".say-words")).to_have_text("Los intereses son 40 euros.")
