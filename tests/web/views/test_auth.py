"""Coming in and leaving."""

import pytest
from flask import Flask

from tests.pages import page, pick, words
from tests.web.visitor import Visitor
from web.use_cases.house import House

PASSWORD = "four words in a row"


@pytest.fixture
def known(web_house: House) -> House:
    """A house where Ann has a password."""
    web_house.people.set_password(web_house.people.add("Ann", "agent"), PASSWORD)
    return web_house


def test_a_name_and_password_let_in(stranger: Visitor, known: House) -> None:
    response = stranger.send(stranger.get("/sign-in"), "/sign-in", name="Ann", password=PASSWORD)
    assert words(stranger.follow(response).h1) == "Your desk"


def test_the_sign_in_cookie_is_out_of_reach_of_scripts_and_other_sites(stranger: Visitor, known: House) -> None:
    response = stranger.send(stranger.get("/sign-in"), "/sign-in", name="Ann", password=PASSWORD)
    cookie = response.headers["Set-Cookie"]
    assert cookie.startswith("handrail-session=")
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))


def test_a_secure_cookie_belongs_to_this_host_alone(app: Flask, stranger: Visitor, known: House) -> None:
    app.config["SESSION_COOKIE_SECURE"] = True
    cookie = stranger.client.get("/sign-in", base_url="https://localhost").headers["Set-Cookie"]
    assert cookie.startswith("__Host-handrail-visitor=")
    assert "Secure" in cookie.split("; ")


def test_a_wrong_password_says_so_and_keeps_the_name(stranger: Visitor, known: House) -> None:
    response = stranger.send(stranger.get("/sign-in"), "/sign-in", name="Ann", password="guess")
    seen = page(response)
    assert response.status_code == 422
    assert pick(seen, "#name")["value"] == "Ann"
    assert "do not go together" in words(pick(seen, "#problems"))


def test_guessing_is_slowed_down(stranger: Visitor, known: House) -> None:
    seen = stranger.get("/sign-in")
    codes = [stranger.send(seen, "/sign-in", name="Ann", password=str(guess)).status_code for guess in range(30)]
    assert codes[-1] == 429


def test_whoever_is_sent_to_sign_in_comes_back_to_where_they_were(stranger: Visitor, known: House) -> None:
    sent = stranger.client.get("/start/kitchen?client_name=Bo+%26+Co")
    assert sent.status_code == 303
    seen = stranger.get(sent.location)
    arrived = stranger.follow(stranger.send(seen, "/sign-in", name="Ann", password=PASSWORD))
    assert pick(arrived, "#field-client_name")["value"] == "Bo & Co"


@pytest.mark.parametrize(
    "target",
    ["https://evil.example", "//evil.example", "/\\evil.example", "/%0d%0aX: 1\r\n", "javascript:alert(1)", ""],
)
def test_nobody_is_led_away_by_signing_in(stranger: Visitor, known: House, target: str) -> None:
    response = stranger.send(stranger.get("/sign-in"), "/sign-in", name="Ann", password=PASSWORD, next=target)
    assert response.location == "/"


def test_a_link_shows_a_button_and_lets_in_once(stranger: Visitor, web_house: House) -> None:
    web_house.people.add("Bo", "agent")
    path = f"/sign-in/link/{web_house.people.make_link('Bo')}"
    seen = [stranger.get(path) for _ in range(2)][1]
    assert words(stranger.follow(stranger.send(seen, path)).h1) == "Bo"
    assert stranger.status(path) == 410


def test_a_password_can_be_set_and_then_used(ann: Visitor, stranger: Visitor) -> None:
    done = ann.follow(ann.send(ann.get("/me"), "/me", password=PASSWORD))
    assert words(pick(done, ".done")) == "Your password is set."
    response = stranger.send(stranger.get("/sign-in"), "/sign-in", name="Ann", password=PASSWORD)
    assert response.status_code == 303


def test_a_short_password_is_refused(ann: Visitor) -> None:
    response = ann.send(ann.get("/me"), "/me", password="short")
    assert response.status_code == 422
    assert "10 to 200 characters" in words(pick(page(response), "#problems"))


def test_after_signing_out_the_cookie_is_worth_nothing(ann: Visitor) -> None:
    kept = ann.client.get_cookie("handrail-session")
    assert kept is not None
    ann.send(ann.get("/me"), "/sign-out")
    ann.client.set_cookie("handrail-session", kept.value)
    assert ann.client.get("/").location.startswith("/sign-in")


def test_whoever_is_signed_in_needs_no_sign_in_page(ann: Visitor) -> None:
    assert ann.client.get("/sign-in?next=/help").location == "/help"


def test_what_one_is_called_is_said_on_one_s_page(ann: Visitor) -> None:
    done = ann.follow(ann.send(ann.get("/me"), "/me/name", display_name="  Ann  Lee "))
    assert words(pick(done, ".done")) == "Your name is saved."
    assert [words(done.h1), words(pick(done, ".who-name"))] == ["Ann Lee", "Ann Lee"]
    assert pick(done, "#display-name")["value"] == "Ann Lee"


def test_an_empty_name_goes_back_to_the_one_for_signing_in(ann: Visitor) -> None:
    ann.send(ann.get("/me"), "/me/name", display_name="Ann Lee")
    assert words(ann.follow(ann.send(ann.get("/me"), "/me/name", display_name=" ")).h1) == "Ann"


def test_a_name_that_cannot_be_read_out_is_refused_and_kept_to_mend(ann: Visitor) -> None:
    response = ann.send(ann.get("/me"), "/me/name", display_name="x" * 81)
    seen = page(response)
    assert response.status_code == 422
    assert "at most 80 characters" in words(pick(seen, '#problems a[href="#display-name"]'))
    assert pick(seen, "#display-name")["value"] == "x" * 81


NAMED = """\
guide: named
title: Named
fields: {agent: {type: text, label: Your name, from: agent.name}}
outcomes: {done: {label: Done, kind: success}}
steps:
  hello: {say: "This is {{ agent }}.", next: bye}
  bye: {outcome: done}
"""


def test_whoever_has_no_name_yet_is_led_to_it_from_a_guide_that_says_it(ann: Visitor, web_house: House) -> None:
    (web_house.config.guides / "named.yaml").write_text(NAMED)
    web_house.import_guides()
    hint = pick(ann.get("/start/named"), '.gaps:has(a[href="/me"])')
    assert "Clients will hear “Ann” as your name" in words(hint)
    ann.send(ann.get("/me"), "/me/name", display_name="Ann Lee")
    assert ann.get("/start/named").select(".gaps") == []


@pytest.mark.parametrize(("action", "at"), [("/me/name", "display-name"), ("/me/language", "language")])
def test_what_was_saved_keeps_its_place_and_says_so_there(ann: Visitor, action: str, at: str) -> None:
    done = ann.follow(ann.send(ann.get("/me"), action))
    assert [field["id"] for field in done.select("[autofocus]:not(textarea)") if field.find_parent("main")] == [at]
    assert pick(done, f"form:has(#{at}) .done")


def test_choices_that_were_saved_keep_their_place(ann: Visitor) -> None:
    me = ann.get("/me")
    form = pick(me, "#main form.choices")
    sent = {str(field["name"]): str(field["value"]) for field in form.select("input[type=hidden]")}
    done = ann.follow(ann.client.post(str(form["action"]), data=sent))
    assert pick(done, "#main .choices [autofocus]")["id"] == "my-single-keys"
    assert pick(done, "#main .choices .done")
