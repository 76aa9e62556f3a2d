"""What may be put into a field, and how types are named."""

import pytest

from engine.expressions.types import BOOLEAN, fits, type_of
from engine.fields.field import Choice, Field
from tests.engine.expressions.names import NAMES, compiled

GOING = [
    ("days_late", "days_late + broken * 2 - 1"),
    ("days_late", "round(rate, 0)"),
    ("days_late", "days_between(promised, today)"),
    ("days_late", "visits('gentle')"),
    ("rate", "days_late"),
    ("rate", "amount_due / paid"),
    ("amount_due", "50"),
    ("amount_due", "paid * 0.08"),
    ("amount_due", "round(paid, 0)"),
    ("amount_due", "0 if agreed else paid"),
    ("name", "'late'"),
    ("name", "story"),
    ("story", "lower(name)"),
    ("reason", "'late'"),
    ("reason", "'late' if agreed else reason"),
    ("faults", "faults"),
    ("promised", "today + days(30)"),
    ("agreed", "rate > 1"),
    ("discount", "amount_due / paid * 100"),
    ("discount", "12.5"),
    ("rate", "discount / 100"),
    ("amount_due", "paid * discount / 100"),
    ("stars", "round(rate, 0)"),
    ("days_late", "stars"),
    ("expiry", "'2026-03'"),
    ("expiry", "max(expiry, '2026-03')"),
    ("call_at", "'14:30' if agreed else '09:00'"),
    ("email", "'ann@example.com'"),
    ("email", "email if agreed else email"),
    ("name", "email"),
    ("name", "phone if agreed else page"),
    ("page", "'https://example.com'"),
    ("home", "'AT'"),
    ("home", "abroad if agreed else 'AT'"),
]
NOT_GOING = [
    ("days_late", "rate"),
    ("days_late", "days_late / 2"),
    ("days_late", "days_late * 0.5"),
    ("days_late", "round(rate, 1)"),
    ("rate", "amount_due"),
    ("amount_due", "rate"),
    ("amount_due", "dollars"),
    ("amount_due", "name"),
    ("name", "reason"),
    ("name", "rate"),
    ("reason", "'lost'"),
    ("reason", "name"),
    ("reason", "cause"),
    ("reason", "faults"),
    ("faults", "'late'"),
    ("promised", "'2026-03-01'"),
    ("agreed", "1"),
    ("stars", "rate"),
    ("amount_due", "discount"),
    ("discount", "amount_due"),
    ("expiry", "'2026-3'"),
    ("expiry", "name"),
    ("expiry", "today"),
    ("expiry", "'14:30'"),
    ("call_at", "'2 pm'"),
    ("email", "name"),
    ("email", "'ann'"),
    ("email", "'ann@Example.com'"),
    ("email", "phone"),
    ("email", "lower(email)"),
    ("email", "email if agreed else name"),
    ("email", "stars"),
    ("home", "'Austria'"),
    ("home", "name"),
    ("home", "reason"),
    ("reason", "home"),
]


@pytest.mark.parametrize(("field", "source"), GOING)
def test_an_expression_may_be_put_into_a_field_of_its_type(field: str, source: str) -> None:
    assert fits(compiled(source), NAMES.fields[field])


@pytest.mark.parametrize(("field", "source"), NOT_GOING)
def test_an_expression_may_not_be_put_into_another(field: str, source: str) -> None:
    assert not fits(compiled(source), NAMES.fields[field])


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("rate", "a number"),
        ("amount_due * 2", "an amount in EUR"),
        ("name", "text"),
        ("agreed or disputed", "true or false"),
        ("reason", "a choice"),
        ("faults", "a list of choices"),
        ("today", "a date"),
        ("discount * 2", "a number"),
        ("expiry", "a month"),
        ("call_at", "a time"),
        ("home", "a country"),
        ("page", "text"),
    ],
)
def test_a_type_has_words_for_messages(source: str, words: str) -> None:
    assert compiled(source).type.words == words


@pytest.mark.parametrize(
    "source", ["true", "not agreed", "rate > 1", "agreed and true", "is_answered(rate)", "agreed if true else false"]
)
def test_all_conditions_have_the_same_type(source: str) -> None:
    assert compiled(source).type == BOOLEAN


@pytest.mark.parametrize("id", list(NAMES.fields))
def test_a_field_that_stands_in_for_a_type_is_of_that_type(id: str) -> None:
    type = type_of(NAMES.fields[id])
    assert type_of(type.field) == type


def test_options_of_a_stand_in_are_labelled_by_their_ids() -> None:
    assert compiled("'b' if agreed else 'a'").type.field == Field(
        "", "text", options=(Choice("a", "a"), Choice("b", "b"))
    )
