"""Sentences know how they were made."""

from copy import deepcopy
from decimal import Decimal

from engine.errors import HandrailError, NothingBeforeError
from engine.sentences import Sentence, Sum, counted, sentence


def test_a_sentence_is_its_english_text() -> None:
    made = sentence("At most {most} of “{what}”.", most=12_500, what="{most}")
    assert made == "At most 12,500 of “{most}”."
    assert (made.pattern, made.facts) == ("At most {most} of “{what}”.", {"most": 12_500, "what": "{most}"})


def test_a_sentence_without_facts_is_its_own_pattern() -> None:
    made = sentence("Braces {stay}.")
    assert (made, made.pattern, made.facts) == ("Braces {stay}.", "Braces {stay}.", {})


def test_a_sentence_that_counts_has_two_patterns() -> None:
    one, many = (counted("{count} day {to}", "{count} days {to}", each, to="go") for each in (1, 2))
    assert (one, many) == ("1 day go", "2 days go")
    assert (one.pattern, one.plural) == (many.pattern, many.plural) == ("{count} day {to}", "{count} days {to}")


def test_a_copy_knows_what_the_original_knew() -> None:
    copied = deepcopy(sentence("{who} is here", who=Sentence("the client", "“{label}”", {"label": "Client"})))
    who = copied.facts["who"]
    assert isinstance(who, Sentence)
    assert (copied.pattern, who, who.pattern) == ("{who} is here", "the client", "“{label}”")


def test_a_sum_knows_how_much_it_is() -> None:
    made = Sum("€12.50", Decimal("12.50"), "EUR")
    assert (made, made.amount, made.currency) == ("€12.50", Decimal("12.50"), "EUR")


def test_an_error_hands_its_sentence_on() -> None:
    assert HandrailError().sentence == ""
    assert HandrailError("plain").sentence == "plain"
    assert NothingBeforeError().sentence == str(NothingBeforeError())
