"""A guide with a field of every type: compiled, started, walked, shown and refused, in English and in German."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from click.testing import CliRunner

from engine.compiler import compile_guides
from engine.fields.catalogue import TYPES
from tests.pages import page, pick, words
from tests.web.visitor import Visitor
from web.cli import main
from web.use_cases.house import House

GUIDE = """\
guide: every-type
title: Every type
fields:
  client_name: {type: text, label: Text, given: true}
  email: {type: email, label: E-mail, given: true}
  country: {type: country, label: Country, given: true}
  start: {type: month, label: Start, given: true, required: false, default: 2026-03}
  long_text: {type: long_text, label: Long text, required: false}
  integer: {type: integer, label: Integer}
  number: {type: number, label: Number, default: 0.5}
  money: {type: money, label: Money, currency: EUR}
  percent: {type: percent, label: Percent, max: 50, default: 12.5}
  boolean: {type: boolean, label: Boolean}
  choice: {type: choice, label: Choice, options: {one: One, two: Two}}
  choices: {type: choices, label: Choices, options: {one: One, two: Two}}
  date: {type: date, label: Date, min: today}
  month: {type: month, label: Month, min: 2026-01}
  time: {type: time, label: Time, min: 08:00, max: 18:00, help: Within our hours.}
  phone: {type: phone, label: Phone}
  url: {type: url, label: Url}
  rating: {type: rating, label: Rating, max: 7}
outcomes: {done: {label: Done, kind: success}, far: {label: Far, kind: partial}}
steps:
  ask:
    title: Ask
    ask: [long_text, integer, number, money, percent, boolean, choice, choices, date, month, time, phone, url, rating]
    branch:
      - {when: country == 'AT' and month <= '2026-06' and time < '12:00' and rating > 3, to: show}
      - {to: elsewhere}
  show:
    title: Show
    say: |
      {{ client_name }}, {{ email }}, {{ country }}, {{ coalesce(start, month) }}, {{ coalesce(long_text, '-') }},
      {{ integer }}, {{ number }}, {{ money }},
      {{ percent }}, {{ boolean }}, {{ choice }}, {{ choices }}, {{ date }}, {{ month | long_date }}, {{ time }},
      {{ phone }}, {{ url }}, {{ rating }}, {{ money * percent / 100 }}
    next: end
  elsewhere: {say: Elsewhere., outcome: far}
  end: {say: Thank you., outcome: done}
"""
GIVEN = {"field__client_name": "A & B", "field__email": "ann@Example.com", "field__country": "AT"}
RIGHT: dict[str, str | list[str]] = {
    "field__long_text": "On two\r\nlines",
    "field__integer": "3",
    "field__number": "2.5",
    "field__money": "1,250",
    "field__percent": "12.5%",
    "field__boolean": "true",
    "field__choice": "one",
    "field__choices": ["one", "two"],
    "field__date": "9 Mar 2026",
    "field__month": "3/2026",
    "field__time": "9:05",
    "field__phone": "+44 20 7946 0018",
    "field__url": "https://example.com/a_b",
    "field__rating": "7",
}
WRONG: dict[str, str | list[str]] = {
    "field__integer": "1.5",
    "field__money": "12.345",
    "field__percent": "50.1",
    "field__date": "31 Feb 2026",
    "field__month": "2025-12",
    "field__time": "2 pm",
    "field__phone": "call me",
    "field__url": "javascript:alert(1)",
    "field__rating": "8",
}


@pytest.fixture
def every(web_house: House, ann: Visitor) -> Visitor:
    """An agent of a house that has the guide."""
    assert web_house.config.guides is not None
    (Path(web_house.config.guides) / "every-type.yaml").write_text(GUIDE)
    assert web_house.import_guides().problems == ()
    return ann


def test_the_guide_has_every_type_and_no_problem() -> None:
    compiled = compile_guides({"every-type.yaml": GUIDE})
    assert (compiled.problems, {field.type for field in compiled.guides["every-type"].fields.values()}) == (
        (),
        {*TYPES},
    )


def test_the_start_page_takes_typed_values(every: Visitor) -> None:
    seen = every.get("/start/every-type?country=AT")
    assert pick(seen, "#field-start")["value"] == "Mar 2026"
    assert words(pick(seen, "#field-country option[selected]")) == "Austria"
    refused = every.send(seen, "/every-type", **{**GIVEN, "field__email": "ann at home", "field__country": "XX"})
    assert refused.status_code == 422
    assert [words(error) for error in page(refused).select("p.error")] == [
        "Enter the E-mail as one e-mail address, like name@example.com",
        "Enter the country by its name or its two letters, like Austria or AT",
    ]


@pytest.mark.parametrize(
    ("name", "attributes"),
    [
        ("percent", {"inputmode": "decimal", "value": "12.5", "aria-describedby": "unit-percent"}),
        ("month", {"inputmode": "text", "aria-describedby": "help-month"}),
        ("phone", {"inputmode": "tel"}),
        ("url", {"inputmode": "url", "autocapitalize": "none", "spellcheck": "false"}),
    ],
)
def test_every_type_has_its_own_input(every: Visitor, name: str, attributes: dict[str, str]) -> None:
    found = pick(every.starts("every-type", **GIVEN), f"#field-{name}")
    assert found["autocomplete"] == "off"
    assert {key: found[key] for key in attributes} == attributes


def test_a_rating_is_chosen_and_a_time_has_an_example(every: Visitor) -> None:
    seen = every.starts("every-type", **GIVEN)
    assert [mark["value"] for mark in seen.select('input[type=radio][name="field.rating"]')] == list("1234567")
    assert words(pick(seen, "#help-time")) == "Within our hours. Like 14:30"


def test_right_values_are_shown_and_decide(every: Visitor) -> None:
    seen = every.answer(every.starts("every-type", **GIVEN), **RIGHT)
    assert words(pick(seen, ".say-words")) == (
        "A & B, ann@example.com, Austria, Mar 2026, On two lines, 3, 2.5, €1,250.00, 12.5%, Yes, One, One and Two, "
        "Mar 9, 2026, March 2026, 09:05, +44 20 7946 0018, https://example.com/a_b, 7, €156.25"
    )


def test_wrong_values_are_refused_all_at_once_and_kept(every: Visitor) -> None:
    response = every.send(every.starts("every-type", **GIVEN), "/answer", **{**RIGHT, **WRONG})
    seen = page(response)
    assert response.status_code == 422
    assert {f"field__{_field_of(error)}" for error in seen.select("p.error")} == set(WRONG)
    assert pick(seen, "#field-time")["value"] == "2 pm"
    assert not seen.select('input[name="field.rating"][checked]')


def test_going_back_shows_what_was_answered(every: Visitor) -> None:
    shown = every.answer(every.starts("every-type", **GIVEN), **RIGHT)
    seen = every.follow(every.send(shown, "/back"))
    assert [_standing(seen, name) for name in ("percent", "month", "time")] == ["12.5%", "3/2026", "9:05"]
    assert pick(seen, 'input[name="field.rating"][checked]')["value"] == "7"


def test_the_keyboard_takes_every_type(tmp_path: Path) -> None:
    file = tmp_path / "every-type.yaml"
    file.write_text(GUIDE.replace("title: Every type\n", "title: Jeder Typ\nlanguage: de\n"))
    given = ["A", "ann@example.com", "Österreich", ""]
    asked = ["", "3", "", "1.250", "12,5 %", "j", "ja", "1", "1 2", "9.3.2099", "März 2026", "9:05", "030 1234567"]
    lines = [*given, *asked, "https://example.com", "8", "7", "", "q"]
    shown = CliRunner().invoke(main, ["walk", str(file)], input="".join(f"{line}\n" for line in lines)).stdout
    assert "Start (optional) (like 2026-03) [März 2026]: " in shown
    assert "! Enter “Rating” as a whole number from 1 to 7" in shown
    assert "Österreich" in shown.partition("Show")[2]
    assert "12,5\u00a0%" in shown.partition("Show")[2]


def _field_of(error: Tag) -> str:
    return str(error["id"]).removeprefix("error-")


def _standing(seen: BeautifulSoup, name: str) -> object:
    return pick(seen, f"#field-{name}")["value"]
