"""`boolean`, `choice` and `choices`: what is offered, and nothing else."""

import pytest

from engine.errors import Refusal
from engine.fields.catalogue import missing, parse, plain, read, show
from engine.fields.field import Choice, Field, Value

OPTIONS = (Choice("late", "Came late"), Choice("broken", "Broken"), Choice("none", "None of these"))
REASON = Field("reason", "choice", "Reason", options=OPTIONS)
FAULTS = Field("faults", "choices", "Faults", options=OPTIONS, none_option="none")
PAID = Field("paid", "boolean", "Has the client paid?")


@pytest.mark.parametrize(
    ("entry", "locale", "value"),
    [
        ("true", "en", True),
        ("False", "de", False),
        ("Ja", "de", True),
        ("no", "sv", False),
        (True, "pl", True),
    ],
)
def test_yes_and_no_are_read(entry: object, locale: str, value: bool) -> None:
    assert parse(PAID, entry, locale) is value


@pytest.mark.parametrize("entry", ["1", "on", "oui", ["true", "false"]])
def test_anything_else_is_neither_yes_nor_no(entry: object) -> None:
    assert parse(PAID, entry) == Refusal("not-yes-or-no", "Answer yes or no: Has the client paid?")


def test_only_true_and_false_are_canonical() -> None:
    assert (read(PAID, "true"), read(PAID, False)) == (True, False)
    assert isinstance(read(PAID, "yes"), Refusal)


def test_a_choice_is_one_of_the_options() -> None:
    assert parse(REASON, "late") == "late"
    assert parse(REASON, "Late") == Refusal("not-an-option", "Choose the reason from the answers offered")


@pytest.mark.parametrize(
    ("entry", "value"),
    [
        (["broken", "late", "late"], ("late", "broken")),
        (["", "none"], ("none",)),
        ("late", ("late",)),
        ([""], None),
    ],
)
def test_choices_are_kept_in_the_order_of_the_field(entry: object, value: Value) -> None:
    assert parse(FAULTS, entry) == value


@pytest.mark.parametrize("entry", [["late", "gone"], [["late", "none"], "late"], {"late": 1}, [7]])
def test_every_choice_is_one_of_the_options(entry: object) -> None:
    expected = Refusal("not-an-option", "Choose the faults from the answers offered")
    assert read(FAULTS, entry) == expected


def test_none_of_these_stands_alone() -> None:
    expected = "Choose “None of these” alone, or leave it out and choose others"
    assert parse(FAULTS, ["none", "late"]) == Refusal("excludes-others", expected)


@pytest.mark.parametrize(
    ("field", "message"),
    [
        (REASON, "Choose the reason"),
        (FAULTS, "Choose at least one of the faults"),
        (PAID, "Answer yes or no: Has the client paid?"),
    ],
)
def test_what_is_missing_is_asked_for(field: Field, message: str) -> None:
    assert missing(field) == Refusal("missing", message)


@pytest.mark.parametrize(
    ("field", "value", "locale", "text"),
    [
        (PAID, False, "de", "Nein"),
        (PAID, True, "sv", "Yes"),
        (REASON, "late", "en", "Came late"),
        (REASON, "gone", "en", "gone"),
        (FAULTS, ("late", "broken"), "en", "Came late and Broken"),
        (FAULTS, ("late", "broken"), "de", "Came late und Broken"),
    ],
)
def test_labels_are_shown(field: Field, value: Value, locale: str, text: str) -> None:
    assert show(field, value, locale) == text


def test_choices_are_a_list_in_json() -> None:
    assert (plain(("late", "broken")), plain(True), plain(None)) == (["late", "broken"], True, None)
