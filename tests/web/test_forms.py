"""What stands in a form's fields, and what is read from a form that was sent."""

import pytest
from flask import Flask, request
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from engine.fields.catalogue import parse
from engine.fields.field import Field
from engine.fields.hands import Hands
from engine.shown import ShownAsk
from web.forms import SentRequest, UnreadableFormError, inputs, line, reply, seq
from web.unsaved import unsaved


def _ask(type: str, value: object, typed: str | None = None) -> ShownAsk:
    return ShownAsk("f", type, "F", "", True, None, None, "", "EUR" if type == "money" else "", (), value, typed)


KNOWN = [
    ("money", "1250.50"),
    ("number", "-0.25"),
    ("percent", "12.5"),
    ("date", "2026-03-09"),
    ("month", "2026-03"),
    ("time", "09:05"),
    ("email", "ann@example.com"),
]


@pytest.mark.parametrize("locale", ["en", "de", "fr", "de-CH", "hi", "fi", "ja"])
@pytest.mark.parametrize(("type", "value"), KNOWN)
def test_a_known_value_stands_there_as_a_person_would_type_it(locale: str, type: str, value: str) -> None:
    field = Field("f", type, currency="EUR" if type == "money" else "")
    shown = inputs([_ask(type, value)], Hands(locale))[0].text
    assert str(parse(field, shown, locale)) == value


def test_countries_are_listed_in_the_order_of_their_names() -> None:
    shown = inputs([_ask("country", "AT", "Austria")], Hands("de"))[0]
    labels = [option.label for option in shown.options]
    assert shown.entered == ("AT",)
    assert labels.index("Norwegen") < labels.index("Österreich") < labels.index("Peru")


def test_what_was_typed_before_stands_there_as_it_was() -> None:
    assert inputs([_ask("money", "1250.00", "1.250 EUR")], Hands("de"))[0].text == "1.250 EUR"


def test_a_reply_holds_one_text_or_several_of_each_field() -> None:
    sent = MultiDict([("option", "go"), ("field.a", "x"), ("field.b", "y"), ("field.b", "z"), ("check", "seen")])
    found = reply(sent)
    assert (found.option, found.values, found.checks) == ("go", {"a": "x", "b": ["y", "z"]}, ("seen",))


@pytest.mark.parametrize("text", ["", "x", "-1", "1.0", "1" * 13, "\u0661"])
def test_a_page_number_that_no_page_has_is_unreadable(text: str) -> None:
    with pytest.raises(UnreadableFormError):
        seq(MultiDict({"seq": text}))


@given(st.text())
def test_a_line_has_no_control_characters(text: str) -> None:
    found = line(MultiDict({"text": text}), "text")
    assert not any(ord(character) < 32 and character not in "\t\n\r" for character in found)


def test_what_could_not_be_taken_is_told_by_its_labels() -> None:
    sent = MultiDict({"csrf": "secret", "seq": "3", "option": "go-on", "field.a": "Two crates", "field.b": ""})
    assert unsaved(sent, {"a": "Claim", "b": "Invoice"}) == {"Answer": "Go on", "Claim": "Two crates"}
    assert unsaved(sent, {"a": "Claim"}, {"go-on": "Let us go on"}) == {"Answer": "Let us go on", "Claim": "Two crates"}


def test_a_form_is_read_once_and_brings_no_files() -> None:
    app = Flask("forms")
    app.request_class = SentRequest
    with app.test_request_context(method="POST", data={"check": ["a", "b"], "text": "100 % é"}):
        assert request.form.getlist("check") == ["a", "b"]
        assert request.form["text"] == "100 % é"
        assert not request.files
    with app.test_request_context(method="POST", data={"text": "x"}, content_type="multipart/form-data"):
        assert request.form["text"] == "x"
