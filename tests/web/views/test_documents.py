"""Documents of a call: taken from the screen, shown on a page of their own, had as files."""

from bs4 import BeautifulSoup

from tests.pages import pick, words
from tests.web.conftest import SignIn
from tests.web.visitor import Visitor, session_path


def _agreed(visitor: Visitor) -> BeautifulSoup:
    """The step that offers the kitchen's documents."""
    return visitor.answer(visitor.starts(), option="nothing", check="plan-seen")


def test_a_document_is_taken_and_shown_on_its_own_page(ann: Visitor) -> None:
    seen = ann.follow(ann.send(_agreed(ann), "/documents", document="offer"))
    assert words(seen.h1) == "Our offer"
    assert words(pick(seen, ".known")) == "To Ms Adler Subject Your kitchen"
    assert words(pick(seen, "[data-words]")) == "Dear Ms Adler , another time gladly."


def test_a_document_can_be_had_as_a_file(ann: Visitor) -> None:
    place = ann.send(_agreed(ann), "/documents", document="offer").location
    file = ann.client.get(f"{place}?as=text")
    assert file.headers["Content-Disposition"] == "attachment; filename=Our-offer-2026-03-02.txt"
    assert file.get_data(as_text=True) == (
        "To: Ms Adler\nSubject: Your kitchen\n\nDear Ms Adler, another time gladly.\n"
    )
    markdown = ann.client.get(f"{place}?as=markdown")
    assert (markdown.mimetype, markdown.get_data(as_text=True)) == (
        "text/markdown",
        "# Your kitchen\n\nDear **Ms Adler**, another time gladly.\n",
    )


def test_a_document_can_be_mailed(ann: Visitor) -> None:
    place = ann.send(_agreed(ann), "/documents", document="offer").location
    mailto = pick(ann.get(place), "a[href^=mailto]")["href"]
    assert mailto == "mailto:?subject=Your%20kitchen&body=Dear%20Ms%20Adler%2C%20another%20time%20gladly."
    mail = ann.client.get(f"{place}?as=mail")
    assert mail.headers["Content-Disposition"] == "attachment; filename=Our-offer-2026-03-02.eml"
    assert b"Dear Ms Adler, another time gladly." in mail.get_data()
    assert ann.client.get(f"{place}?as=pdf").get_data().startswith(b"%PDF-")


def test_taking_it_again_keeps_one_text(ann: Visitor) -> None:
    seen = _agreed(ann)
    places = {ann.send(seen, "/documents", document="offer").location for _ in range(2)}
    log = words(ann.get(f"/review{session_path(seen)}").main)
    assert (len(places), log.count("Took “Our offer”")) == (1, 1)


def test_a_document_that_is_not_offered_is_refused_with_a_way_on(ann: Visitor) -> None:
    assert ann.send(_agreed(ann), "/documents", document="bill").status_code == 409


def test_nobody_else_sees_it(ann: Visitor, sign_in: SignIn) -> None:
    place = ann.send(_agreed(ann), "/documents", document="offer").location
    assert sign_in("Bo").status(place) == 404
    assert ann.status(place.replace("/offer", "/bill")) == 404
