"""Texts with gaps that are filled in."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from engine.expressions.expression import Scope
from engine.expressions.names import Names
from engine.fields.field import Choice, Field
from engine.text import Text, compile_text
from tests.engine.walks import TODAY, Walk

Start = Callable[..., Walk]
FIELDS = {
    "name": Field("name", "text", "Client's name"),
    "sum": Field("sum", "money", "Amount due", currency="EUR"),
    "iban": Field("iban", "text", "IBAN"),
    "nameless": Field("nameless", "text"),
    "cause": Field("cause", "choice", "Cause", options=(Choice("cable", "a loose cable"), Choice("power", "no power"))),
    "guess": Field("guess", "choice", "Guess", options=(Choice("power", "the power"), Choice("line", "the line"))),
}
NAMES = Names(FIELDS, {})


def text(source: str, *, markdown: bool = True) -> Text:
    """The text without mistakes."""
    compiled, mistakes = compile_text(source, NAMES, markdown=markdown)
    assert mistakes == ()
    return compiled


def filled(source: str, *, markdown: bool = True, **values: Any) -> str:
    """The text with these values, in English."""
    return text(source, markdown=markdown).fill(Scope(values, TODAY), "en")


def mistakes(source: str) -> list[tuple[str, int]]:
    """The code and the offset of each mistake in the text."""
    return [(mistake.code, mistake.offset) for mistake in compile_text(source, NAMES, markdown=True)[1]]


def test_values_are_filled_in_formatted_for_the_locale() -> None:
    scope = Scope({"sum": Decimal("1234.50"), "name": "Ann"}, TODAY)
    bill = text("{{ name }} owes {{ sum | money }}", markdown=False)
    assert bill.fill(scope, "en") == "Ann owes €1,234.50"
    assert bill.fill(scope, "de").replace("\u00a0", " ") == "Ann owes 1.234,50 €"


def test_an_expression_can_be_filled_in() -> None:
    assert filled("{{ 'paid' if sum > 5 else 'open' }}", sum=Decimal(7)) == "paid"


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("coalesce(cause, 'not known')", "a loose cable"),
        ("coalesce(guess, cause)", "a loose cable"),
        ("'later' if sum > 5 else guess if sum < 0 else cause", "a loose cable"),
        ("coalesce(guess, 'not known')", "not known"),
        ("'power' if sum < 5 else guess", "the power"),
    ],
)
def test_what_was_chosen_is_told_by_its_label_within_an_expression_too(source: str, shown: str) -> None:
    assert filled(f"{{{{ {source} }}}}", cause="cable", sum=Decimal(1)) == shown


@pytest.mark.parametrize("value", ["<b>*x*</b>", "_a_ [b](c) `d` ~e~ |f| \\g &amp; !h"])
def test_a_value_shows_as_it_was_typed(value: str) -> None:
    markdown = filled("So {{ name }}", name=value)
    assert not re.search(r"(?<!\\)(\\\\)*[*_`<>|~&!\[\]]", markdown)
    assert re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", markdown) == f"So {value}"


@pytest.mark.parametrize(("value", "escaped"), [("# x", "\\# x"), ("- x", "\\- x"), ("1. x", "1\\. x"), ("=", "\\=")])
def test_a_value_at_the_start_of_a_line_makes_no_heading_or_list(value: str, escaped: str) -> None:
    assert filled("Well:\n  {{ name }}", name=value) == f"Well:\n  {escaped}"
    assert filled("So {{ name }}", name=value) == f"So {value}"
    assert filled("So {{ name }}", name=f"x\n{value}") == f"So x\n{escaped}"


def test_plain_text_is_not_escaped() -> None:
    assert filled("{{ name }}", markdown=False, name="*x*") == "*x*"


def test_a_missing_value_is_a_visible_gap_named_by_its_label() -> None:
    assert filled("{{ name }}, {{ iban }}, {{ sum + 1 }}", markdown=False) == "[client's name], [IBAN], [amount due]"
    assert filled("{{ nameless }}") == "[nameless]"


def test_a_gap_whose_fields_are_known_has_no_name() -> None:
    assert filled("{{ sum / 0 }}", markdown=False, sum=Decimal(5)) == "[not known]"
    assert text("{{ sum / 0 }} {{ name }}").missing(Scope({"sum": Decimal(5)}, TODAY)) == ("name",)


def test_a_text_knows_its_source_and_whether_it_is_empty() -> None:
    assert text("Dear {{ name }}").source == "Dear [client's name]"
    assert not text("")


def test_mistakes_have_their_place_in_the_text() -> None:
    assert mistakes("Hi {{ nam }}") == [("unknown-field", 6)]
    assert mistakes("Hi {{ sum | coins }}") == [("unknown-format", 12)]
    assert mistakes("Hi {{ sum") == [("expression-syntax", 3)]
    assert mistakes("{{ sum + }} {{ name | money }}") == [("expression-syntax", 8), ("unfit-format", 22)]


@pytest.mark.parametrize(
    ("source", "offsets"),
    [
        ("Hello {{ name }, this is {{ sum }}.", [14]),
        ("Hello {{ name }, this is {{ sum }.", [14, 32]),
        ("Hello {{ name } and {{ name } of {{ sum }}.", [14, 28]),
        ("Hello {{ name } and }}.", [14]),
        ("Hello {{ name, this is {{ sum }}.", [6]),
    ],
)
def test_a_missing_brace_is_told_once_where_it_is_missing(source: str, offsets: list[int]) -> None:
    assert mistakes(source) == [("expression-syntax", offset) for offset in offsets]


def test_a_brace_in_quotes_is_a_value() -> None:
    assert filled("Good, {{ '{{' }}") == "Good, {{"
    assert filled("{{ '}' if sum > 5 else \"{\" }}", sum=Decimal(7)) == "}"
