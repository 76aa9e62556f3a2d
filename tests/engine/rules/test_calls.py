"""The rules on guides that call each other."""

import pytest

from tests.engine.guides import check_text, told
from tests.engine.rules.others import APOLOGY, chain

CALLER = """\
guide: caller
title: Caller
outcomes: {{done: {{label: Done, kind: success}}}}
fields:
  name: {{type: text, label: Client's name, given: true}}
  nick: {{type: text, label: Nickname, given: true, required: false}}
  due: {{type: date, label: Due, given: true}}
  amount: {{type: money, currency: EUR, label: Amount}}
  dollars: {{type: money, currency: USD, label: Dollars}}
steps:
  first: {{ask: [dollars], next: sorry}}
  sorry:
    call:
      guide: apology
      with: {{{given}}}
      take: {{{take}}}
      otherwise: bye
  bye: {{say: Goodbye., outcome: done}}
"""


def caller(given: str = "client_name: name", take: str = "amount: credit") -> str:
    """A guide that calls the apology."""
    return CALLER.format(given=given, take=take)


def test_a_called_guide_is_there(guide: str) -> None:
    """
    guide: caller
    title: Caller
    outcomes: {done: {label: Done, kind: success}}
    steps:
      sorry:
        call: {guide: apologie, otherwise: bye}
      bye: {say: Goodbye., outcome: done}
    """
    assert check_text(guide) == [("unknown-guide", 6, 19)]
    assert told(guide, APOLOGY) == ["there is no guide 'apologie'; did you mean 'apology'?"]
    called = guide.replace("{guide: apologie, otherwise", "{guide: g1, otherwise")
    assert check_text(called, *chain(1)) == []


def test_every_outcome_of_a_called_guide_leads_on(guide: str) -> None:
    """
    guide: caller
    title: Caller
    outcomes: {done: {label: Done, kind: success}}
    steps:
      sorry:
        call:
          guide: apology
          with: {client_name: "'Acme'"}
          on: {accepted: bye}
      bye: {say: Goodbye., outcome: done}
    """
    assert check_text(guide, APOLOGY) == [("unmapped-outcome", 9, 7)]
    assert check_text(guide.replace("bye}", "bye, refused: bye}"), APOLOGY) == []
    assert check_text(guide.replace("on: {accepted: bye}", "otherwise: bye"), APOLOGY) == []


def test_a_call_goes_on_after_outcomes_that_there_are(guide: str) -> None:
    """
    guide: caller
    title: Caller
    outcomes: {done: {label: Done, kind: success}}
    steps:
      sorry:
        call:
          guide: apology
          with: {client_name: "'Acme'"}
          on: {accepted: bye, refusd: bye}
          otherwise: bye
      bye: {say: Goodbye., outcome: done}
    """
    assert check_text(guide, APOLOGY) == [("unknown-outcome", 9, 27)]
    assert told(guide, APOLOGY) == ["'refusd' is not an outcome of 'apology'; did you mean 'refused'?"]
    assert check_text(guide.replace("refusd", "refused"), APOLOGY) == []


def test_what_is_handed_over_and_taken_fits(guide: str) -> None:
    """
    guide: caller
    title: Caller
    outcomes: {done: {label: Done, kind: success}}
    fields: {name: {type: text, label: Client's name, given: true}}
    steps:
      sorry:
        call:
          guide: apology
          with: {client: name}
          otherwise: bye
      bye: {say: Goodbye., outcome: done}
    """
    assert check_text(guide, APOLOGY) == [("unfit-call", 9, 7), ("unfit-call", 9, 14)]
    assert check_text(guide.replace("client:", "client_name:"), APOLOGY) == []


@pytest.mark.parametrize(
    ("call", "line", "column", "words"),
    [
        (caller("client_name: due"), 15, 27, "this is a date, but 'client_name' of 'apology' is text"),
        (caller("client_name: name, credit: amount"), 15, 33, "'credit' is not a given field of 'apology'"),
        (caller("invoice: name"), 15, 7, "'apology' must be given 'client_name', and this call does not"),
        (caller(take="amount: credits"), 16, 22, "'credits' is not a field of 'apology'; did you mean 'credit'?"),
        (caller(take="dollars: credit"), 16, 23, "'credit' of 'apology' is money, which does not fit 'dollars'"),
    ],
)
def test_what_does_not_fit_is_told_in_its_place(call: str, line: int, column: int, words: str) -> None:
    assert ("unfit-call", line, column) in check_text(call, APOLOGY)
    assert any(each.startswith(words) for each in told(call, APOLOGY))


def test_where_nothing_is_handed_over_the_call_is_told(guide: str) -> None:
    """
    guide: caller
    title: Caller
    outcomes: {done: {label: Done, kind: success}}
    steps:
      sorry:
        call: {guide: apology, otherwise: bye}
      bye: {say: Goodbye., outcome: done}
    """
    assert check_text(guide, APOLOGY) == [("unfit-call", 6, 5)]


def test_to_a_guide_that_is_given_nothing_nothing_can_be_handed_over(guide: str) -> None:
    """
    guide: caller
    title: Caller
    outcomes: {done: {label: Done, kind: success}}
    steps:
      sorry:
        call: {guide: g1, with: {name: "'Acme'"}, otherwise: bye}
      bye: {say: Goodbye., outcome: done}
    """
    assert told(guide, *chain(1)) == ["'name' is not a given field of 'g1'; "]


def test_what_a_called_guide_requires_may_not_be_missing() -> None:
    assert check_text(caller("client_name: nick"), APOLOGY)[-1] == ("may-be-missing", 15, 27)
    assert check_text(caller("client_name: name, invoice: nick"), APOLOGY) == []


def test_guides_do_not_call_themselves(guide: str) -> None:
    """
    guide: mirror
    title: Mirror
    outcomes: {done: {label: Done, kind: success}}
    steps:
      again:
        call: {guide: mirror, otherwise: bye}
      bye: {say: Goodbye., outcome: done}
    """
    assert check_text(guide) == [("call-loop", 6, 19)]
    assert check_text(guide.replace("mirror, otherwise", "g1, otherwise"), *chain(1)) == []


def test_guides_that_call_each_other_in_a_circle_are_named(guide: str) -> None:
    """
    guide: g3
    title: Third
    outcomes: {done: {label: Done, kind: success}}
    steps:
      again: {call: {guide: g1, otherwise: more}}
      more: {call: {guide: apology, with: {client_name: "'Acme'"}, otherwise: bye}}
      bye: {say: Goodbye., outcome: done}
    """
    first, second, _ = chain(3)
    assert told(guide, first, second, APOLOGY)[0].startswith(
        "these guides call each other in a circle: g3 → g1 → g2 → g3; "
    )
    assert [code for code, _, _ in check_text(first, second, guide, APOLOGY)] == ["call-loop"]


def test_a_guide_that_is_called_twice_is_no_circle() -> None:
    first, second, third = chain(3)
    twice = second.replace("  bye:", "  more: {call: {guide: g3, otherwise: on}}\n  bye:")
    twice = twice.replace("steps:\n", "start: more\nsteps:\n")
    assert check_text(first, twice, third) == []


def test_at_most_eight_guides_are_open_inside_each_other() -> None:
    assert check_text(*chain(9)) == [("too-many-frames", 5, 22)]
    assert check_text(*chain(8)) == []


def test_a_circle_is_not_told_as_a_long_chain_too() -> None:
    first, *_ = chain(3)
    second = chain(3)[1].replace("guide: g3", "guide: g1")
    assert [code for code, _, _ in check_text(first, second)] == ["call-loop"]


def test_a_circle_of_calls_is_told_and_one_of_switches_is_none(guide: str) -> None:
    """
    guide: g3
    title: Third
    outcomes: {done: {label: Done, kind: success}}
    steps:
      ask: {question: Well, options: [{id: a, label: A, to: on}, {id: b, label: B, to: again}]}
      on: {switch_to: {guide: g1}}
      again: {call: {guide: g1, otherwise: bye}}
      bye: {say: Goodbye., outcome: done}
    """
    first, second, _ = chain(3)
    assert [found for found in check_text(guide, first, second) if found[0] == "call-loop"] == [("call-loop", 7, 25)]
