"""Words are found again however they are typed."""

import pytest

from web.spelling import Likeness, Vocabulary, forms, known_as, tokens, words

WORDS = (
    "late",
    "later",
    "payment",
    "payments",
    "zahlungserinnerung",
    "mueller",
    "email",
    "mistake",
    "contact",
    "日本語",
)


@pytest.mark.parametrize(
    ("word", "known"),
    [
        ("Straße", ("strasse",)),
        ("Über", ("uber", "ueber")),
        ("CAFÉ", ("cafe",)),
        ("Øre", ("ore", "oere")),
        ("don\N{RIGHT SINGLE QUOTATION MARK}t", ("dont",)),
        ("e\N{COMBINING ACUTE ACCENT}te", ("ete",)),
    ],
)
def test_a_word_is_known_without_case_and_accents_and_with_umlauts_spelt_out(word: str, known: tuple[str, ...]) -> None:
    assert forms(word) == known


def test_what_a_hyphen_joins_is_one_word_and_each_of_its_parts() -> None:
    assert [(token.start, token.end, token.forms) for token in tokens("an e-mail")] == [
        (0, 2, ("an",)),
        (3, 4, ("e",)),
        (5, 9, ("mail",)),
        (3, 9, ("email",)),
    ]
    assert known_as("An e-mail, an E-MAIL") == {"an", "e", "mail", "email"}
    assert words("follow-up: it isn't _there_") == ["follow", "up", "it", "isn't", "there"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("LATE", {"late": Likeness.SAME, "later": Likeness.BEGINS}),
        ("lat", {"late": Likeness.BEGINS, "later": Likeness.BEGINS}),
        ("erinnerung", {"zahlungserinnerung": Likeness.HOLDS}),
        ("Müller", {"mueller": Likeness.SAME}),
        ("本", {"日本語": Likeness.HOLDS}),
        ("ai", {}),
    ],
)
def test_a_word_is_found_as_it_is_typed_by_its_beginning_or_by_what_it_holds(
    typed: str, found: dict[str, Likeness]
) -> None:
    assert Vocabulary(WORDS).like(typed, slips=False) == found


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("paymnt", {"payment": Likeness.ONE_SLIP, "payments": Likeness.ONE_SLIP}),
        ("mistaek", {"mistake": Likeness.ONE_SLIP}),
        ("nistake", {"mistake": Likeness.ONE_SLIP}),
        ("Zahlungserinerug", {"zahlungserinnerung": Likeness.TWO_SLIPS}),
        ("latte", {"late": Likeness.ONE_SLIP}),
        ("dont", {}),
        ("lta", {}),
    ],
)
def test_slips_are_forgiven_by_the_length_of_the_word(typed: str, found: dict[str, Likeness]) -> None:
    assert Vocabulary(WORDS).like(typed, slips=True) == found


def test_a_slip_counts_while_the_word_is_still_being_typed() -> None:
    assert Vocabulary(WORDS).like("zahlungsernn", slips=True) == {"zahlungserinnerung": Likeness.ONE_SLIP}
