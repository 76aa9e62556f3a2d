"""Pages in the language of whoever reads them."""

import json

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.pages import page, pick, words
from tests.web.visitor import Visitor


@pytest.fixture
def german(ann: Visitor) -> Visitor:
    """Ann, whose browser asks for German."""
    ann.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "de-AT,de;q=0.9,en;q=0.5"
    return ann


def test_the_sign_in_page_speaks_as_the_browser_asks(stranger: Visitor) -> None:
    said = {}
    for asked in ("de", "fr;q=0.9,de-AT;q=0.8", "fr", "de;q=0", "en-GB,de"):
        stranger.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = asked
        page = stranger.get("/sign-in")
        said[asked] = pick(page, "html")["lang"], words(pick(page, "h1"))
    assert said["de"] == said["fr;q=0.9,de-AT;q=0.8"] == ("de", "Anmelden")
    assert said["fr"] == said["de;q=0"] == said["en-GB,de"] == ("en", "Sign in")


def test_an_installation_may_speak_german_by_itself(app: Flask, stranger: Visitor) -> None:
    app.config["LOCALE"] = "de-CH"
    assert pick(stranger.get("/sign-in"), "html")["lang"] == "de"


def test_the_desk_is_german_and_its_guides_are_marked_as_english(german: Visitor) -> None:
    desk = german.get("/")
    assert (words(pick(desk, "h1")), words(pick(desk, ".nav [aria-current]"))) == ("Ihr Schreibtisch", "Leitfäden")
    assert pick(desk, ".guide h3 a")["lang"] == pick(desk, ".guide > p")["lang"] == "en"


@pytest.mark.parametrize(("house", "session"), [("en", "en-GB"), ("en-US", "en-US"), ("de", "de")])
def test_a_session_writes_as_its_reader_does_where_the_installation_names_no_region(
    app: Flask, ann: Visitor, house: str, session: str
) -> None:
    app.config["LOCALE"] = house
    ann.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en-GB,en;q=0.9"
    assert pick(ann.get("/start/kitchen"), "[name=locale]")["value"] == session


def test_what_went_wrong_is_told_in_german(german: Visitor) -> None:
    response = german.client.get("/nowhere")
    assert response.status_code == 404
    assert "Hier ist nichts" in response.text


def test_the_script_has_its_words_in_the_language_of_the_page(ann: Visitor) -> None:
    said = []
    for asked in ("en", "de", "en"):
        ann.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = asked
        said.append(json.loads(str(pick(ann.get("/"), "body")["data-strings"]))["left"])
    assert said == [
        ["1 is left", "{count} are left"],
        ["1 Treffer", "{count} Treffer"],
        ["1 is left", "{count} are left"],
    ]


def test_what_a_person_chose_counts_more_than_what_their_browser_asks(german: Visitor) -> None:
    me = german.follow(german.send(german.get("/me"), "/me/language", language="en"))
    assert (pick(me, "html")["lang"], pick(me, "#language option[selected]")["value"]) == ("en", "en")
    assert words(pick(me, ".done")) == "The pages speak to you like this from now on."
    assert words(pick(german.get("/"), "h1")) == "Your desk"
    back = german.follow(german.send(me, "/me/language", language=""))
    assert (pick(back, "html")["lang"], back.select("#language option[selected]")) == ("de", [])


def test_a_language_that_we_do_not_have_is_refused(german: Visitor) -> None:
    response = german.send(german.get("/me"), "/me/language", language="tlh")
    assert response.status_code == 422
    assert "Wählen Sie eine der Sprachen, die hier stehen." in response.text


def test_a_step_is_german_round_its_english_guide(german: Visitor) -> None:
    step = german.starts()
    assert pick(step, "html")["lang"] == "de"
    assert (
        pick(step, "h1#step")["lang"] == pick(step, ".say-words")["lang"] == pick(step, "legend[lang]")["lang"] == "en"
    )
    assert words(pick(step, ".say-label")) == "Sagen"
    assert words(pick(step, ".checks legend")) == "Zuerst prüfen"
    assert pick(step, ".bar")["aria-label"] == "Immer hier"


def test_what_was_not_accepted_is_told_in_german(german: Visitor) -> None:
    facts = german.answer(german.starts(), option="kitchen", check="plan-seen")
    response = german.send(facts, "/answer", field__rooms="21", field__budget="1,234", field__ready="31.2.2026")
    seen = page(response)
    assert response.status_code == 422
    assert words(pick(seen, "#problems h2")) == "Einiges müssen Sie sich noch einmal ansehen"
    assert [words(each) for each in seen.select("#problems li")] == [
        "Geben Sie bei „Rooms“ 20 oder weniger an",
        "Geben Sie „Budget“ mit höchstens 2 Nachkommastellen an, zum Beispiel 1.250,00",
        "Geben Sie bei „Ready by“ ein Datum an, das es gibt, zum Beispiel 19.03.2026 oder 2026-03-19",
        "Antworten Sie mit Ja oder Nein: Pets in the house",
        "Wählen Sie etwas bei „Colour“",
    ]


def test_a_check_left_open_is_told_in_german(german: Visitor) -> None:
    seen = page(german.send(german.starts(), "/answer", option="kitchen"))
    assert words(pick(seen, "#problems h2")) == "Etwas müssen Sie sich noch einmal ansehen"
    assert words(pick(seen, "#problems li")) == (
        "Haken Sie „Plan looked at“ ab, sobald es erledigt ist, oder nennen Sie einen Grund, es offen zu lassen."
    )


def test_an_ended_call_and_its_log_are_told_in_german(german: Visitor) -> None:
    ended = german.answer(german.starts(), option="nothing", check="plan-seen")
    assert words(pick(ended, ".ending p")) == "Das Gespräch ist zu Ende und gespeichert."
    review = german.get(str(pick(ended, ".next-steps a[href^='/review']")["href"]))
    told = [words(each.select("td")[3]) for each in review.select(".log tbody tr")]
    assert told[0] == "„A new kitchen“ gestartet mit Client's name Ms Adler."
    assert "Beantwortet: „Say hello“ mit „Nothing“." in told
    assert told[-2:] == ["Ergebnis „Not now“ erreicht.", "Das Gespräch endete."]
    assert words(pick(review, ".facts time")) == "02.03.2026, 12:00"


FACTS = {"rooms": "2", "budget": "1.250,50", "ready": "1.4.2026", "pets": "true", "colour": "red"}


def _facts(visitor: Visitor, **changed: str) -> TestResponse:
    """What comes of the kitchen's facts, typed at its second step."""
    step = visitor.answer(visitor.starts(), option="kitchen", check="plan-seen")
    return visitor.send(step, "/answer", **{f"field__{id}": text for id, text in {**FACTS, **changed}.items()})


def test_a_german_writes_as_germans_do_in_an_english_guide(german: Visitor) -> None:
    step = german.answer(german.starts(), option="kitchen", check="plan-seen")
    assert "19.03.2026" in words(pick(step, "#help-ready"))
    summed = german.follow(_facts(german))
    assert words(pick(summed, ".say-words")) == "So it is 2 rooms for €1,250.50."
    assert "Apr 1, 2026" in words(pick(summed, ".said"))


def test_an_entry_that_can_be_read_in_two_ways_is_refused_with_both(german: Visitor) -> None:
    response = _facts(german, width="1,250")
    assert response.status_code == 422
    told = "Geben Sie „Width“ eindeutig an: 1,250 lässt sich auf zwei Arten lesen; schreiben Sie 1,25 oder 1250"
    assert words(pick(page(response), "#error-width")) == told


def test_what_was_typed_stands_there_as_a_colleague_writes_it(german: Visitor) -> None:
    summed = german.follow(_facts(german))
    german.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    facts = german.follow(german.send(summed, "/back"))
    assert [pick(facts, f"#field-{id}")["value"] for id in ("budget", "ready")] == ["1250.50", "Apr 1, 2026"]
    assert words(pick(german.answer(facts), ".say-words")) == "So it is 2 rooms for €1,250.50."


def test_a_page_sent_twice_in_german_is_answered_once(german: Visitor) -> None:
    step = german.answer(german.starts(), option="kitchen", check="plan-seen")
    entered = {f"field__{id}": text for id, text in FACTS.items()}
    first, second = (german.answer(step, **entered) for _ in range(2))
    assert first.select("input[name=seq]") == second.select("input[name=seq]")
