"""What the shipped guides have people say can be followed by ear; `make reading` prints the figures."""

from statistics import median

import pytest

from engine.compiler import build_guides
from engine.model import Guide
from tests.reading import RANGE, ease, eases, shipped, syllables

SPOKEN = {f"{guide.id} {guide.language}": guide for guide in shipped() if guide.language in RANGE}


@pytest.mark.parametrize("guide", SPOKEN.values(), ids=list(SPOKEN))
def test_the_words_to_say_are_within_the_range_that_is_stated(guide: Guide) -> None:
    found, (middle, least) = eases(guide), RANGE[guide.language]
    assert {f"{each.step}: {each.say}": round(each.ease) for each in found if each.ease < least} == {}
    assert median(each.ease for each in found) >= middle


def test_ease_is_what_the_formulas_say() -> None:
    assert ease("The cat sat on the mat.") == pytest.approx(206.835 - 1.015 * 6 - 84.6)
    assert ease("It rains. We are late, sorry!") == pytest.approx(206.835 - 1.015 * 3 - 84.6 * 7 / 6)
    assert ease("Wir melden uns morgen.", "de") == pytest.approx(180 - 4 - 58.5 * 6 / 4)


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (1, "late asked whole guide's by"),
        (2, "table agreed wanted promised prices something going saying colleague"),
        (3, "everything remember"),
    ],
)
def test_syllables_are_counted_as_they_are_heard(count: int, words: str) -> None:
    assert {word: syllables(word) for word in words.split()} == dict.fromkeys(words.split(), count)


def test_gaps_are_filled_and_marks_are_not_heard() -> None:
    """
    guide: small
    title: Small
    fields: {sum: {type: money, currency: EUR, label: Sum, given: true}}
    outcomes: {done: {label: Done, kind: success}}
    steps: {end: {say: "Pay **{{ sum }}**, [here](https://a.example).", outcome: done}}
    """
    text = str(test_gaps_are_filled_and_marks_are_not_heard.__doc__)
    (said,) = eases(build_guides({"small.yaml": text.encode()})["small"])
    assert said.say == "Pay ten euros, here."
