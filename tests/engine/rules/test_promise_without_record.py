"""A word given is written down: where the step is left, after it, or in a guide that is called."""

import pytest

from tests.engine.guides import check_text

KEEPER = """\
guide: keeper
title: Keeper
outcomes: {kept: {label: Kept, kind: success}}
steps:
  read:
    question: Well
    options:
      - {id: fine, label: Fine, records: [{promise: {by: us, what: Ring, due: today}}], to: end}
  end: {outcome: kept}
"""
HEAD = "guide: small\ntitle: Small\noutcomes: {done: {label: Done, kind: success}}\n"


def saying(words: str, then: str = "{next: end}") -> str:
    """A guide that says these words, and then goes on so."""
    return f"{HEAD}steps:\n  say: {{say: {words}, next: then}}\n  then: {then}\n  end: {{outcome: done}}\n"


def codes(text: str, *others: str) -> list[tuple[str, int]]:
    return [(code, line) for code, line, _ in check_text(text, *others)]


def test_a_promise_that_nothing_records_is_told() -> None:
    text = saying("Then I will write. We will call.")
    assert codes(text) == [("promise-without-record", 5)]


@pytest.mark.parametrize("words", ["I will not ring", "You will hear", "Bill will", "Ich werde schreiben"])
def test_other_words_promise_nothing(words: str) -> None:
    assert codes(saying(words)) == []


@pytest.mark.parametrize(("words", "told"), [("Ich werde schreiben", True), ("Das werde ich nicht tun", False)])
def test_promises_are_known_in_german(words: str, told: bool) -> None:
    text = saying(words).replace("title: Small", "title: Small\nlanguage: de")
    assert bool(codes(text)) is told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("Je vous rappellerai demain", True),
        ("Je vais vous écrire", True),
        ("Nous vous enverrons la facture", True),
        ("Je ne vous rappellerai pas", False),
        ("Je vous rappelle volontiers ce que nous espérons", False),
    ],
)
def test_promises_are_known_in_french(words: str, told: bool) -> None:
    text = saying(words).replace("title: Small", "title: Small\nlanguage: fr")
    assert bool(codes(text)) is told


def test_a_language_without_words_is_not_judged() -> None:
    text = saying("I will write").replace("title: Small", "title: Small\nlanguage: hi")
    assert codes(text) == []


def test_a_promise_by_the_client_is_not_ours() -> None:
    record = "{records: [{promise: {by: client, what: Pay, due: today}}], next: end}"
    assert codes(saying("I will write", record)) == [("promise-without-record", 5)]


@pytest.mark.parametrize("then", ["{records: [{promise: {by: us, what: Write, due: today}}], next: end}"])
def test_a_record_further_on_is_enough(then: str) -> None:
    assert codes(saying("I\u2019ll write", then)) == []


def test_a_guide_that_is_called_may_record_it() -> None:
    text = saying("I will write", "{call: {guide: keeper, otherwise: end}}")
    assert codes(text, KEEPER) == []


def test_so_may_one_that_it_leads_into() -> None:
    between = (
        "guide: between\ntitle: Between\noutcomes: {done: {label: Done, kind: success}}\n"
        "steps:\n  over: {call: {guide: keeper, otherwise: end}}\n  end: {outcome: done}\n"
    )
    text = saying("I will write", "{call: {guide: between, otherwise: end}}")
    assert codes(text, KEEPER, between) == []
    assert codes(text, between.replace("{call: {guide: keeper, otherwise: end}}", "{next: end}")) == [
        ("promise-without-record", 5)
    ]
