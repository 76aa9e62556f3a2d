"""The desk: guides, the start page, the call's screen and all that can be done there."""

import pytest
from bs4 import BeautifulSoup

from tests.pages import page, pick, words
from tests.web.conftest import SignIn
from tests.web.guides import FACTS
from tests.web.visitor import Visitor, session_path
from web.use_cases.house import House


def _facts(visitor: Visitor) -> BeautifulSoup:
    """The second step, which asks for one field of every type."""
    return visitor.answer(visitor.starts(), option="kitchen", check="plan-seen")


def test_the_desk_lists_guides_and_open_sessions(ann: Visitor) -> None:
    ann.starts()
    main = words(ann.get("/").main)
    assert "A new kitchen Everything a page can show." in main
    assert "Say hello A new kitchen" in main


def test_the_start_page_is_filled_in_from_the_link_and_the_sign_in(ann: Visitor) -> None:
    seen = ann.get("/start/kitchen?client_name=Ms+%3Cb%3EAdler&urgent=true&reference=T-1")
    assert pick(seen, "#field-client_name")["value"] == "Ms <b>Adler"
    assert pick(seen, 'input[name="field.urgent"][value="true"]').has_attr("checked")
    assert pick(seen, "#reference")["value"] == "T-1"


def test_the_start_page_opens_with_its_first_field(ann: Visitor) -> None:
    assert pick(ann.get("/start/kitchen"), "[autofocus]")["id"] == "field-client_name"


def test_a_start_without_a_required_value_says_so_and_keeps_the_rest(ann: Visitor) -> None:
    seen = ann.get("/start/kitchen")
    response = ann.send(seen, "/start/kitchen", field__client_name="", field__urgent="true", reference="T-9")
    again = page(response)
    assert response.status_code == 422
    assert words(pick(again, "#error-client_name")) == "Enter the client's name"
    assert pick(again, "#reference")["value"] == "T-9"


def test_the_same_start_sent_twice_starts_one_session(ann: Visitor) -> None:
    seen = ann.get("/start/kitchen")
    places = [ann.send(seen, "/start/kitchen", field__client_name="Bo").location for _ in range(2)]
    assert places[0] == places[1]


def test_a_step_shows_its_parts_each_under_its_name(ann: Visitor) -> None:
    seen = ann.starts()
    assert words(seen.h1) == "Say hello"
    assert words(pick(seen, ".say-words")) == "Good morning, Ms Adler. See our page ."
    assert words(pick(seen, ".points")) == "In your own words Let them talk"
    assert words(pick(seen, ".never")) == "Do not say Hurry up"
    assert words(pick(seen, ".note")) == "For you Look at the plan first."
    assert words(pick(seen, "[aria-current=step]")) == "Ask"


def test_values_are_shown_as_they_were_typed_never_as_markup(ann: Visitor) -> None:
    seen = ann.starts(field__client_name="<img src=x onerror=alert(1)> *Bo* {{ 7*7 }}")
    assert "Good morning, <img src=x onerror=alert(1)> *Bo* {{ 7*7 }}." in words(pick(seen, ".say-words"))


def test_each_answer_is_a_button_with_its_key(ann: Visitor) -> None:
    buttons = ann.starts().find_all("button", attrs={"name": "option"})
    shown = [(button["value"], button["data-key"], words(button)) for button in buttons]
    assert shown == [
        ("kitchen", "1", "1 A kitchen With all its parts"),
        ("nothing", "2", "2 Nothing"),
        ("sorry", "3", "3 An apology"),
    ]


def test_an_open_check_is_refused_beside_the_check(ann: Visitor) -> None:
    response = ann.send(ann.starts(), "/answer", option="kitchen")
    seen = page(response)
    assert response.status_code == 422
    assert seen.title is not None
    assert seen.title.get_text().startswith("Mistake: ")
    assert seen.find("a", href="#check-plan-seen") is not None


def test_wrong_values_keep_what_was_typed_and_say_where(ann: Visitor) -> None:
    facts = _facts(ann)
    response = ann.send(facts, "/answer", **FACTS, field__extras=["light", "oven"], field__rooms="many")
    seen = page(response)
    assert response.status_code == 422
    rooms = pick(seen, "#field-rooms")
    assert rooms["value"] == "many"
    assert "error-rooms" in rooms["aria-describedby"]
    assert len(seen.find_all("input", {"name": "field.extras", "checked": True})) == 2
    assert seen.find("a", href="#field-rooms") is not None


@pytest.mark.parametrize(
    ("name", "kind"),
    [("rooms", "text"), ("budget", "text"), ("ready", "text"), ("pets", "radio"), ("extras", "checkbox")],
)
def test_every_type_of_field_has_its_input(ann: Visitor, name: str, kind: str) -> None:
    facts = _facts(ann)
    assert pick(facts, f'input[name="field.{name}"]')["type"] == kind


def test_many_options_are_a_list_and_few_are_all_shown(ann: Visitor) -> None:
    facts = _facts(ann)
    assert facts.find("select", {"name": "field.country"}) is not None
    assert len(facts.find_all("input", {"name": "field.colour", "type": "radio"})) == 2


def test_going_back_shows_the_answer_given_before(ann: Visitor) -> None:
    facts = _facts(ann)
    sum_up = ann.answer(facts, **FACTS)
    facts = ann.follow(ann.send(sum_up, "/back"))
    assert pick(facts, "#field-budget")["value"] == "1,250"
    assert pick(facts, 'input[name="field.colour"][value="red"]').has_attr("checked")
    hello = ann.follow(ann.send(facts, "/back"))
    assert words(pick(hello, ".option-chosen")) == "1 A kitchen With all its parts chosen before"


def test_an_earlier_answer_can_be_gone_back_to_at_once(ann: Visitor) -> None:
    facts = _facts(ann)
    sum_up = ann.answer(facts, **FACTS)
    assert words(ann.follow(ann.send(sum_up, "/back", to="kitchen/hello")).h1) == "Say hello"


def test_a_called_guide_says_where_it_is_and_closes_on_the_next_screen(ann: Visitor) -> None:
    called = ann.answer(ann.starts(), option="sorry", check="plan-seen")
    assert words(pick(called, ".guides")) == "A new kitchen \u203a An apology"
    after = ann.answer(called)
    assert words(pick(after, ".before")).startswith("First: Close it Say Thank you for telling us.")


def test_an_outcome_ends_the_session_and_back_opens_it_again(ann: Visitor) -> None:
    end = ann.answer(ann.starts(), option="nothing", check="plan-seen")
    assert words(pick(end, ".ending h2")) == "Not now"
    assert "My open sessions" not in words(ann.get("/").main)
    assert words(ann.follow(ann.send(end, "/back")).h1) == "Say hello"


def test_a_note_is_kept_and_the_step_stays(ann: Visitor) -> None:
    seen = ann.starts()
    after = ann.follow(ann.send(seen, "/note", text="Wants\r\nblue <b>"))
    assert words(pick(after, ".done")) == "Your note is saved."
    assert words(pick(after, ".noted")) == "Wants blue <b> A note at this step"
    assert "Wants blue <b>" in words(ann.get(session_path(seen).replace("/sessions", "/review/sessions")).main)


def test_a_note_stays_in_sight_beside_later_steps_and_stands_at_its_own_again(ann: Visitor) -> None:
    noted = ann.follow(ann.send(ann.starts(), "/note", text="Wants blue"))
    later = ann.answer(noted, option="kitchen", check="plan-seen")
    assert later.select_one(".noted") is None
    assert words(pick(later, ".noted-before")) == "Say hello Wants blue"
    ann.follow(ann.send(later, "/note", text="Two dogs"))
    back = ann.follow(ann.send(ann.get(session_path(later)), "/back"))
    assert words(pick(back, ".noted")) == "Wants blue A note at this step"
    assert words(pick(back, ".noted-before")) == "Note the facts Two dogs"


def test_a_long_note_is_clamped_and_opens(ann: Visitor) -> None:
    seen = ann.follow(ann.send(ann.starts(), "/note", text="word " * 600))
    assert len(words(pick(seen, ".noted summary"))) <= 145
    assert words(pick(seen, ".noted .clamped-whole")) == ("word " * 600).strip()


def test_a_session_ended_at_its_first_step_opens_again_there(ann: Visitor) -> None:
    ended = ann.follow(ann.send(ann.starts(), "/end", reason="Line broke off"))
    button = pick(ended, "form[action$='/back'] button")
    assert (words(button), button.has_attr("disabled")) == ("Open again b", False)
    assert ann.follow(ann.send(ended, "/back")).select_one("#reply") is not None


def test_an_empty_note_is_refused_where_it_is_written(ann: Visitor) -> None:
    response = ann.send(ann.starts(), "/note", text="  ")
    seen = page(response)
    assert response.status_code == 422
    assert pick(seen, "#note-text")["aria-invalid"] == "true"


def test_ending_early_asks_why_and_shows_it(ann: Visitor) -> None:
    seen = ann.starts()
    assert ann.send(seen, "/end", reason="").status_code == 422
    ended = ann.follow(ann.send(seen, "/end", reason="The line broke"))
    assert words(pick(ended, ".ending")).startswith("You ended this session The line broke")


def test_a_stale_page_shows_where_it_stands_and_what_was_typed(ann: Visitor) -> None:
    facts = _facts(ann)
    ann.answer(facts, **FACTS)
    response = ann.send(facts, "/answer", **{**FACTS, "field.story": "They moved."})
    seen = page(response)
    assert response.status_code == 409
    assert "Sum it up" in words(pick(seen, ".card"))
    assert "Their story They moved." in words(seen.main)


def test_the_same_answer_twice_is_taken_once(ann: Visitor) -> None:
    seen = ann.starts()
    places = [ann.send(seen, "/answer", option="kitchen", check="plan-seen") for _ in range(2)]
    assert [place.status_code for place in places] == [303, 303]
    assert len(ann.get(session_path(seen)).find_all(class_="said-option")) == 1


def test_another_agents_session_looks_like_none(ann: Visitor, sign_in: SignIn) -> None:
    path = session_path(ann.starts())
    bob = sign_in("Bob")
    theirs, nobodys = bob.client.get(path), bob.client.get("/sessions/AAAAAAAAAAAAAAAAAAAAAA")
    assert theirs.status_code == nobodys.status_code == 404
    assert page(theirs).get_text() == page(nobodys).get_text()


def test_back_on_the_first_step_is_refused_with_a_way_on(ann: Visitor) -> None:
    seen = ann.starts()
    response = ann.send(seen, "/back")
    assert response.status_code == 409
    assert page(response).find("a", href=session_path(seen)) is not None


def test_a_guide_that_is_not_there_is_404(ann: Visitor) -> None:
    assert ann.status("/start/nothing-like-it") == 404


SPANISH = """\
msgctxt "title"
msgid "A discount"
msgstr "Un descuento"

msgctxt "fields/client_name/label"
msgid "Client's name"
msgstr "Nombre"

msgctxt "steps/talk/title"
msgid "Talk about the interest"
msgstr "Hablar de los intereses"
"""


@pytest.fixture
def spanish(web_house: House) -> None:
    """The discount in Spanish."""
    catalog = web_house.config.guides / "locale" / "es" / "discount.po"
    catalog.parent.mkdir(parents=True)
    catalog.write_text(SPANISH)
    web_house.import_guides()


def test_a_guide_in_several_languages_is_started_in_one_of_them(ann: Visitor, spanish: None) -> None:
    seen = ann.get("/start/discount?client_name=Ms+Adler&interest=40")
    offered = [(words(link), link.get("aria-current")) for link in seen.select(".languages a")]
    assert offered == [("English", "true"), ("Español", None)]
    chosen = ann.get("/start/discount" + str(pick(seen, ".languages a:not([aria-current])")["href"]))
    assert words(chosen.h1) == "Un descuento"
    assert pick(chosen, "#field-client_name")["value"] == "Ms Adler"
    assert words(ann.follow(ann.send(chosen, "/start/discount")).h1) == "Hablar de los intereses"


def test_a_refused_start_stays_in_its_language(ann: Visitor, spanish: None) -> None:
    response = ann.send(ann.get("/start/discount?locale=es-MX"), "/start/discount", field__client_name="")
    assert words(pick(page(response), ".languages [aria-current]")) == "Español"
    assert words(pick(page(response), "label[for=field-client_name]")) == "Nombre"


def test_a_guide_in_one_language_offers_no_choice(ann: Visitor, spanish: None) -> None:
    assert ann.get("/start/kitchen?locale=%22%3E").select(".languages") == []


def test_a_language_that_nobody_knows_goes_by_its_tag(ann: Visitor, web_house: House) -> None:
    (web_house.config.guides / "locale" / "tlhx").mkdir(parents=True)
    (web_house.config.guides / "locale" / "tlhx" / "discount.po").write_text(SPANISH)
    web_house.import_guides()
    assert words(pick(ann.get("/start/discount"), ".languages")) == "English tlhx"


STAGED = """\
guide: staged
title: In stages
stages: {look: Look, talk: Talk, close: Close}
outcomes:
  done: {label: Done, kind: success}
steps:
  look:
    stage: look
    question: Is it clear already?
    options:
      - {id: clear, label: It is clear, to: close}
      - {id: talk, label: Talk first, to: talk}
  talk: {stage: talk, say: Tell me., next: close}
  close: {stage: close, say: Thank you., next: over}
  over: {stage: close, outcome: done}
"""


@pytest.mark.parametrize(
    ("option", "talk"), [("clear", "stage-left Talk (left out)"), ("talk", "stage-before Talk (behind you)")]
)
def test_a_stage_that_was_jumped_over_is_not_ticked(ann: Visitor, web_house: House, option: str, talk: str) -> None:
    assert web_house.config.guides is not None
    (web_house.config.guides / "staged.yaml").write_text(STAGED)
    assert web_house.import_guides().problems == ()
    seen = ann.answer(ann.follow(ann.send(ann.get("/start/staged"), "/start/staged")), option=option)
    seen = ann.answer(seen) if option == "talk" else seen
    stages = [f"{stage['class'][-1]} {words(stage)}" for stage in seen.select(".stage")]
    assert stages == ["stage-before Look (behind you)", talk, "stage-here Close"]
    assert [stage.select(".icon-tick") != [] for stage in seen.select(".stage")] == [True, option == "talk", False]


def test_where_nothing_is_asked_the_start_page_opens_with_the_client(ann: Visitor, web_house: House) -> None:
    assert web_house.config.guides is not None
    (web_house.config.guides / "staged.yaml").write_text(STAGED)
    assert web_house.import_guides().problems == ()
    assert pick(ann.get("/start/staged"), "[autofocus]")["id"] == "client-reference"
    assert pick(ann.get("/practise/staged"), "[autofocus]")["id"] == "reference"
