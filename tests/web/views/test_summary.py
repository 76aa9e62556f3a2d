"""The summary at the end of a call: ready to copy, kept once it is taken, had as files, and no one else's."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from io import BytesIO

from bs4 import BeautifulSoup
from pypdf import PdfReader

from tests.pages import pick, words
from tests.web.conftest import SignIn
from tests.web.visitor import Visitor, session_path
from web.use_cases.house import House

TITLE = "Your matter, as of March 2, 2026"


def _ended(visitor: Visitor) -> BeautifulSoup:
    return visitor.answer(visitor.starts(), option="nothing", check="plan-seen")


def _file(visitor: Visitor, form: str) -> bytes:
    place = visitor.send(_ended(visitor), "/summary", **{"as": form}).location
    response = visitor.client.get(place)
    assert response.headers["Content-Disposition"].startswith("attachment; filename=Summary-2026-03-02.")
    return response.get_data()


def test_it_stands_ready_at_the_end(ann: Visitor) -> None:
    seen = _ended(ann)
    summary = pick(seen, ".writeup [data-words]")
    assert words(summary) == f"{TITLE} Not everything is settled yet."
    assert summary["data-plain"] == f"{TITLE}\n\nNot everything is settled yet."
    assert [words(key) for key in seen.select("[data-key=c] .key")] == ["c"]


def test_the_case_note_beside_it_is_for_the_ticket(ann: Visitor) -> None:
    seen = ann.starts()
    ann.send(seen, "/note", text="Sounds tired")
    note = pick(ann.answer(seen, option="nothing", check="plan-seen"), ".casenote [data-words]").get_text()
    assert note.startswith("A new kitchen\n\nMarch 2, 2026\nOutcome: Not now (not-now)\nAgent: Ann\nSession: ")
    assert "\n\nPath\n- Say hello: Nothing; checked: Plan looked at\n\nNotes\n- Sounds tired" in note


def test_it_is_kept_once_it_is_taken(ann: Visitor) -> None:
    seen = _ended(ann)
    shown = ann.follow(ann.send(seen, "/summary"))
    assert (words(shown.h1), words(pick(shown, ".known"))) == (TITLE, f"Subject {TITLE}")
    ann.send(seen, "/summary")
    log = words(ann.get(f"/review{session_path(seen)}").main)
    assert log.count(f"Took “{TITLE}”") == 1
    assert [page.select_one("[data-kept][hidden]") is None for page in (seen, ann.get(session_path(seen)))] == [
        False,
        True,
    ]


def test_it_can_be_had_as_a_pdf(ann: Visitor) -> None:
    text = PdfReader(BytesIO(_file(ann, "pdf"))).pages[0].extract_text()
    assert " ".join(text.split()) == f"{TITLE} Not everything is settled yet."


def test_it_can_be_had_as_a_mail(ann: Visitor) -> None:
    mail = message_from_bytes(_file(ann, "mail"), policy=SMTP)
    assert isinstance(mail, EmailMessage)
    assert (mail["To"], mail["Subject"], mail["X-Unsent"]) == (None, TITLE, "1")
    assert mail.get_content() == "Not everything is settled yet.\r\n"


def test_it_can_be_had_as_markdown_and_as_text(ann: Visitor) -> None:
    assert _file(ann, "markdown").decode() == f"# {TITLE}\n\nNot everything is settled yet.\n"
    assert _file(ann, "text").decode() == f"Subject: {TITLE}\n\nNot everything is settled yet.\n"


def test_it_names_the_agent_as_clients_know_them(ann: Visitor, web_house: House) -> None:
    web_house.people.rename("Ann", "Ann Bee")
    assert "Your contact: Ann Bee" in words(pick(_ended(ann), ".writeup"))


def test_it_goes_to_the_address_of_the_client(sign_in: SignIn, web_house: House) -> None:
    ann = sign_in("Ann")
    ann.starts(client="C-1")
    person = web_house.people.person_for(web_house.people.use_link(web_house.people.make_link("Ann")))
    assert person is not None
    web_house.clients.change(person, "C-1", {"email": "adler@example.org"})
    seen = ann.answer(ann.starts(client="C-1"), option="nothing", check="plan-seen")
    mailto = pick(seen, ".writeup a[href^=mailto]")["href"]
    assert str(mailto).startswith("mailto:adler@example.org?subject=Your%20matter%2C%20as%20of")


def test_there_is_none_before_the_end(ann: Visitor) -> None:
    seen = ann.starts()
    assert not seen.select(".writeup")
    assert ann.status(f"{session_path(seen)}/summary") == 404
    form = {"csrf": pick(seen, "[name=csrf]")["value"], "seq": pick(seen, "[name=seq]")["value"]}
    assert ann.client.post(f"{session_path(seen)}/summary", data=form).status_code == 409


def test_a_form_that_there_is_not_is_not_there(ann: Visitor) -> None:
    place = ann.send(_ended(ann), "/summary").location
    assert ann.status(f"{place}?as=docx") == 404


def test_nobody_else_sees_it(ann: Visitor, sign_in: SignIn) -> None:
    place = ann.send(_ended(ann), "/summary").location
    assert sign_in("Bo").status(place) == 404
