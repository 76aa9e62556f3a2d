"""What people read of a guide on their desk is in their own language, wherever it has been translated to it."""

import pytest
from bs4 import Tag

from tests.pages import pick, words
from tests.web.visitor import Visitor
from web.use_cases.house import House

GERMAN = """\
msgctxt "title"
msgid "A discount"
msgstr "Ein Rabatt"

msgctxt "steps/talk/title"
msgid "Talk about the interest"
msgstr "Über die Zinsen reden"
"""


@pytest.fixture
def german(ann: Visitor, web_house: House) -> Visitor:
    """Ann, whose browser asks for German, where one guide has been translated to it."""
    catalog = web_house.config.guides / "locale" / "de" / "discount.po"
    catalog.parent.mkdir(parents=True)
    catalog.write_text(GERMAN)
    web_house.import_guides()
    ann.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "de-AT,de;q=0.9,en;q=0.5"
    return ann


def _told(found: Tag) -> tuple[str, str | None]:
    """What is said, and in which language where that is not the page's."""
    lang = found.get("lang")
    return words(found), None if lang is None else str(lang)


def test_the_desk_names_guides_as_their_reader_does(german: Visitor) -> None:
    named = {_told(link) for link in german.get("/").select(".guide h3 a")}
    assert named == {("Ein Rabatt", None), ("A new kitchen", "en"), ("An apology", "en")}


def test_a_page_in_english_may_name_guides_in_what_the_browser_asks_for(german: Visitor) -> None:
    german.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "fr, de;q=0.3, *;q=0.1"
    german.send(german.get("/me"), "/me/language", language="en")
    assert ("A discount", None) in {_told(link) for link in german.get("/").select(".guide h3 a")}


def test_a_guide_is_found_by_the_words_of_its_reader(german: Visitor) -> None:
    for asked, title in (("rabatt", ("Ein Rabatt", None)), ("discount", ("A discount", "en"))):
        link = pick(german.get(f"/guides?q={asked}"), "a[data-hit]")
        assert (_told(link), link["href"]) == (title, "/start/discount")


def test_a_guide_keeps_its_title_where_it_is_started(german: Visitor) -> None:
    seen = german.get("/start/discount")
    assert (_told(pick(seen, "h1")), words(pick(seen, ".languages [aria-current]"))) == (
        ("Ein Rabatt", None),
        "English",
    )
    assert _told(pick(german.get("/start/discount?locale=en"), "h1")) == ("A discount", "en")


def test_sessions_are_listed_by_the_titles_that_their_reader_knows(german: Visitor) -> None:
    german.starts("discount", field__interest="40")
    row, past = pick(german.get("/"), ".resume .row-main"), german.get("/review/")
    assert [_told(each) for each in row.select("[lang]")] == [("Talk about the interest", "en")]
    assert words(pick(row, ":scope > span")) == "Ein Rabatt · Ms Adler"
    assert words(pick(past, ".row-main > span")).startswith("Ein Rabatt")
    assert _told(past.select("#guide option")[1]) == ("Ein Rabatt", None)
    assert _told(pick(german.get(str(pick(past, ".row")["href"])), "h1")) == ("Ein Rabatt", None)


def test_a_detour_is_offered_and_opened_by_the_title_its_reader_knows(german: Visitor) -> None:
    call = german.starts()
    others = german.get(str(pick(call, "a[href$='/open']")["href"]))
    link = pick(others, "a[data-hit][href$='/discount']")
    assert _told(link) == _told(pick(german.get(str(link["href"])), "h1")) == ("Ein Rabatt", None)
