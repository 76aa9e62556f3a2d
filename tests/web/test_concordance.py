"""Guides and their steps are found by the words in them, the likeliest first."""

from collections.abc import Mapping, Sequence

import pytest

from engine.compiler import build_guides
from web import concordance
from web.concordance import Concordance, Found, Part

LATE = """\
guide: late
title: A late payment
summary: Find a date that holds.
tags: [money]
outcomes:
  done: {label: Done, kind: success}
fields:
  name: {type: text, label: Name, given: true}
steps:
  ask:
    title: Ask with understanding
    say: Hello {{ name }}, did our **invoice** reach [you](https://example.com)?
    points: [Offer two days]
    never: [You always forget]
    note: Secretly consult the archive.
    question: What do they say?
    options:
      - {id: proof, label: No proof of delivery, to: close}
      - {id: fine, label: All is fine, to: check}
  check:
    branch:
      - {to: close}
  close:
    say: Thank you for the call about money.
    outcome: done
"""
LATER = LATE.replace("guide: late", "guide: later").replace("A late payment", "Calling back later")
ERINNERUNG = LATE.replace("guide: late", "guide: mahnung").replace("A late payment", "Zahlungserinnerung für Müller")
AGENDA = """\
guide: agenda
title: Follow up
outcomes:
  done: {label: Done, kind: success}
steps:
  only:
    title: Latte
    say: A late payment is none of ours. Write an e-mail, and wait.
    outcome: done
"""


def _of(*texts: str) -> Concordance:
    guides = build_guides({f"{number}.yaml": text for number, text in enumerate(texts)})
    return Concordance(tuple(guides.values()))


def _guides(found: Found) -> list[str]:
    return [hit.guide for hit in found.hits]


def _text(parts: Sequence[Part]) -> str:
    return "".join(f"[{part.text}]" if part.found else part.text for part in parts)


def _steps(found: Found) -> Mapping[str, str]:
    return {f"{hit.guide}/{step.step}": _text(step.snippet) for hit in found.hits for step in hit.steps}


@pytest.fixture(scope="module")
def shelf() -> Concordance:
    return _of(LATE, LATER, ERINNERUNG, AGENDA)


@pytest.mark.parametrize(
    ("query", "best"),
    [
        ("la", "late"),
        ("lat paymnt", "late"),
        ("latepayment", "late"),
        ("CALLNG back", "later"),
        ("Zahlungserinerung", "mahnung"),
        ("erinnerung", "mahnung"),
        ("muller", "mahnung"),
        ("Mueller", "mahnung"),
        ("mahn", "mahnung"),
        ("followup", "agenda"),
        ("follow-up", "agenda"),
    ],
)
def test_a_few_letters_or_a_misspelt_word_bring_the_right_guide_on_top(
    shelf: Concordance, query: str, best: str
) -> None:
    assert _guides(shelf.search(query))[0] == best


def test_titles_weigh_more_than_tags_and_these_more_than_steps(shelf: Concordance) -> None:
    assert _guides(shelf.search("late")) == ["late", "later", "agenda"]
    assert _guides(_of(AGENDA.replace("Follow up", "Money"), LATE).search("money")) == ["agenda", "late"]


def test_what_is_marked_is_what_was_looked_for(shelf: Concordance) -> None:
    hit = shelf.search("lat paymnt").hits[0]
    assert _text(hit.title) == "A [late] [payment]"
    assert _text(shelf.search("holds").hits[0].summary) == "Find a date that [holds]."


def test_a_step_is_shown_with_the_words_around_what_was_found() -> None:
    found = _of(LATE).search("invoice")
    assert _steps(found) == {"late/ask": "Hello [name], did our [invoice] reach you?"}
    assert _steps(_of(LATE).search("proof")) == {"late/ask": "No [proof] of delivery"}
    assert _steps(_of(LATE).search("understanding")) == {"late/ask": ""}


def test_a_long_text_is_cut_before_and_after_what_was_found() -> None:
    long = LATE.replace("Offer two days", f"{'so ' * 50}pineapple {'and ' * 50}")
    (snippet,) = _steps(_of(long).search("pineapple")).values()
    assert snippet.startswith("… so so")
    assert snippet.endswith("and …")
    assert "[pineapple]" in snippet
    assert len(snippet) < 190


def test_words_may_stand_in_the_title_of_a_guide_and_in_one_of_its_steps(shelf: Concordance) -> None:
    assert _steps(shelf.search("late proof"))["late/ask"] == "No [proof] of delivery"
    assert _steps(shelf.search("late payment")) == {
        "agenda/only": "A [late] [payment] is none of ours. Write an e-mail, and wait."
    }


def test_where_no_guide_has_all_words_those_with_most_are_shown(shelf: Concordance) -> None:
    found = shelf.search("follow pineapple")
    assert (_guides(found), found.partly) == (["agenda"], True)
    assert not shelf.search("follow up").partly


@pytest.mark.parametrize("query", ["consult", "archive", "always", "example", "", "  ", "?!", "submarine", "\x00"])
def test_nothing_is_found_by_what_is_not_shown_as_words(shelf: Concordance, query: str) -> None:
    assert shelf.search(query) == Found()


def test_a_single_letter_beside_words_is_no_matter(shelf: Concordance) -> None:
    assert _guides(shelf.search("an e-mail")) == ["agenda"]
    assert _guides(shelf.search("f")) == ["agenda", "mahnung", "late", "later"]


def test_a_word_that_steps_have_is_mended_in_titles_alone(shelf: Concordance) -> None:
    assert _guides(shelf.search("latte")) == ["agenda", "late"]
    assert _guides(_of(LATE, AGENDA.replace("Latte", "Late").replace("late", "on")).search("latte")) == [
        "late",
        "agenda",
    ]


def test_a_guide_in_two_languages_is_found_once_in_the_language_of_the_reader() -> None:
    german = build_guides({"late.yaml": LATE.replace("guide: late", "guide: late\nlanguage: de")})["late"]
    english = build_guides({"late.yaml": LATE})["late"]
    both = Concordance((german, english))
    assert [[hit.language for hit in both.search("late", [own]).hits] for own in ("en", "de")] == [["en"], ["de"]]


def test_hits_words_and_letters_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    many = _of(*(LATE.replace("guide: late", f"guide: late-{number}") for number in range(60)))
    found = many.search("invoice")
    assert (len(found.hits), sum(len(hit.steps) for hit in found.hits), found.cut) == (25, 25, True)
    found = many.search("payment")
    assert (len(found.hits), found.cut) == (50, True)
    assert many.search(f"payment {'x' * 200}").partly
    assert not many.search(f"payment late money a b c d e f g {'hello ' * 30}").partly
    monkeypatch.setattr(concordance, "MOST_PLACES", 10)
    assert len(many.search("money").hits) == 10
