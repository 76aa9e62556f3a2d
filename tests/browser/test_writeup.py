"""What a call leaves in writing, in a real browser: copied by a key, printed alone, downloaded, mailed."""

from collections.abc import Callable
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.conftest import SignedIn, Site, start, violations
from web.use_cases.publishing import import_folder

RUECKRUF = """\
guide: rueckruf
title: Ein Rückruf
language: de
fields: {client_name: {type: text, label: Name, given: true, personal: true}}
outcomes: {versprochen: {label: Ließ sich vertrösten, kind: success}}
steps:
  gespraech:
    title: Das Gespräch
    say: "Guten Tag, {{ client_name }}."
    question: Was wird zugesagt?
    options:
      - id: alles
        label: Größe wird geprüft
        records:
          - promise: {by: us, what: "Die Größe für {{ client_name }} prüfen", due: today + days(7)}
          - promise: {by: client, what: Die Maße übermitteln, due: today}
        to: ende
  ende: {say: Vielen Dank., outcome: versprochen}
"""
TITLE = "Ihr Anliegen, Stand vom 2. März 2026"
TEXT = f"""{TITLE}

Wir haben einen gemeinsamen Weg gefunden.

Was Sie zugesagt haben
- Die Maße übermitteln, bis 2. März 2026

Was wir zugesagt haben
- Die Größe für Jörg prüfen, bis 9. März 2026"""

End = Callable[..., None]


@pytest.fixture
def to_the_end(site: Site, tmp_path: Path) -> End:
    """A function that walks a call in German to its end, by keys."""
    folder = tmp_path / "german"
    folder.mkdir()
    (folder / "rueckruf.yaml").write_text(RUECKRUF)
    assert import_folder(site.house.database, folder, site.house.clock).problems == ()

    def walk(page: Page, way: str = "start", button: str = "Start") -> None:
        page.goto(f"/{way}/rueckruf?client_name=J%C3%B6rg&locale=de")
        page.get_by_role("button", name=button).click()
        page.wait_for_url("**/sessions/*")
        page.get_by_role("button", name="Größe wird geprüft").click()
        expect(page.get_by_role("form", name="For the client")).to_be_visible()

    return walk


def _log(site: Site, page: Page) -> list[str]:
    person = site.house.people.person_for(site.house.people.use_link(site.house.people.make_link("Ann")))
    assert person is not None
    told = site.house.reviews.session(person, page.url.rsplit("/", 1)[1]).events
    return [each.sentence for each in told if each.kind == "document_produced"]


def test_c_copies_the_summary_and_the_session_keeps_it(site: Site, signed_in: SignedIn, to_the_end: End) -> None:
    page = signed_in(permissions=["clipboard-read", "clipboard-write"]).new_page()
    to_the_end(page)
    page.keyboard.press("c")
    expect(page.locator("#announcer")).to_have_text("Copied")
    expect(page.locator("[data-kept]")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == TEXT
    assert _log(site, page) == [f"Took “{TITLE}” from the screen."]
    page.keyboard.press("t")
    expect(page.locator(".casenote [data-label]")).to_have_text("Copied")
    assert "Ergebnis: Ließ sich vertrösten (versprochen)" in page.evaluate("navigator.clipboard.readText()")
    assert violations(page) == []


def test_the_summary_is_printed_alone(desk: Page, to_the_end: End) -> None:
    to_the_end(desk)
    desk.emulate_media(media="print")
    assert desk.locator(".paper").evaluate("paper => paper.scrollHeight == paper.clientHeight")
    assert desk.evaluate("document.body.innerText").strip().splitlines()[::2] == [
        TITLE,
        "Wir haben einen gemeinsamen Weg gefunden.",
        "Was Sie zugesagt haben",
        "Die Maße übermitteln, bis 2. März 2026",
        "Was wir zugesagt haben",
        "Die Größe für Jörg prüfen, bis 9. März 2026",
    ]


def test_a_long_ending_leaves_the_summary_its_room(site: Site, desk: Page, to_the_end: End, tmp_path: Path) -> None:
    words, notes = "Vielen Dank für Ihre Geduld. " * 7, "\n      - ".join(["", *["Heute noch erledigen"] * 3])
    ending = f"\n    say: {words}\n    note: |{notes}\n    documents: [brief]\n    outcome: versprochen\n"
    letter = "documents:\n  brief: {kind: letter, title: Unser Brief, body: Danke.}\n"
    (tmp_path / "rueckruf.yaml").write_text(RUECKRUF.partition(" {say: Vielen")[0] + ending + letter)
    assert import_folder(site.house.database, tmp_path, site.house.clock).problems == ()
    to_the_end(desk)
    assert desk.locator(".writeup .paper").evaluate("paper => paper.clientHeight") >= 78
    assert desk.evaluate("document.documentElement.scrollHeight") == 800


def test_the_summary_downloads_as_a_pdf(site: Site, desk: Page, to_the_end: End) -> None:
    to_the_end(desk)
    with desk.expect_download() as download:
        desk.get_by_role("button", name="PDF").press("Enter")
    assert download.value.suggested_filename == "Zusammenfassung-2026-03-02.pdf"
    text = PdfReader(BytesIO(download.value.path().read_bytes())).pages[0].extract_text()
    assert " ".join(text.replace("• ", "- ").split()) == " ".join(TEXT.split())
    assert len(_log(site, desk)) == 1


def test_after_a_download_the_page_goes_on(site: Site, desk: Page, to_the_end: End) -> None:
    to_the_end(desk)
    for form in ("PDF", "Markdown", "PDF"):
        with desk.expect_download():
            desk.get_by_role("button", name=form).press("Enter")
    desk.keyboard.press("n")
    desk.keyboard.type("She wants it by post too")
    desk.get_by_role("button", name="Save the note").press("Enter")
    expect(desk.locator("[data-done]")).to_have_text("Your note is saved.")


def test_a_key_too_many_does_not_leave_the_end(desk: Page) -> None:
    start(desk)
    for box in ("payments-seen", "sending-seen"):
        desk.check(f"#check-{box}")
    desk.evaluate("performance.now = () => 0")
    desk.keyboard.press("Alt+2")
    expect(desk.locator(".ending")).to_be_visible()
    desk.keyboard.press("1")
    desk.keyboard.press("t")
    expect(desk.locator("#announcer")).to_have_text("Copied")
    desk.evaluate("performance.now = () => 700")
    desk.keyboard.press("1")
    expect(desk.locator("h1")).to_have_text("Your desk")


@pytest.mark.parametrize("script", [True, False])
def test_the_summary_downloads_as_a_draft_of_a_mail(signed_in: SignedIn, to_the_end: End, script: bool) -> None:
    page = signed_in(java_script_enabled=script).new_page()
    to_the_end(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="E-mail draft").click()
    mail = message_from_bytes(download.value.path().read_bytes(), policy=SMTP)
    assert isinstance(mail, EmailMessage)
    assert (mail["Subject"], mail["X-Unsent"]) == (TITLE, "1")
    body = mail.get_content().replace("\r\n", "\n")
    assert [line for line in body.splitlines() if line] == [line for line in TEXT.splitlines() if line][1:]


def test_a_mail_program_is_handed_the_summary(site: Site, desk: Page, to_the_end: End) -> None:
    to_the_end(desk)
    link = desk.get_by_role("link", name="Write an e-mail")
    assert "Die%20Gr%C3%B6%C3%9Fe%20f%C3%BCr%20J%C3%B6rg" in (link.get_attribute("href") or "")
    link.press("Enter")
    expect(desk.locator("[data-kept]")).to_be_visible()
    assert len(_log(site, desk)) == 1
    desk.goto(f"{desk.url}/summary")
    expect(desk.locator("h1")).to_have_text(TITLE)
    assert violations(desk) == []


def test_a_practice_call_has_its_summary_and_counts_nowhere(site: Site, desk: Page, to_the_end: End) -> None:
    to_the_end(desk, "practise", "Practise")
    desk.get_by_role("button", name="Markdown").click()
    desk.reload()
    expect(desk.locator("[data-kept]")).to_be_visible()
    desk.goto("/due")
    expect(desk.locator("main")).not_to_contain_text("Die Größe für Jörg prüfen")
