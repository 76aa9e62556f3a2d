"""Branches whose entries overlap, or leave one single value over."""

import pytest

from tests.engine.guides import check_text, told

GUIDE = """\
guide: ways
title: Ways
outcomes: {{done: {{label: Done, kind: success}}}}
fields:
  days: {{type: integer, label: Days late, given: true}}
  broken: {{type: integer, label: Broken, given: true}}
  why: {{type: choice, label: Why, options: {{a: A, b: B, c: C}}, given: true}}
steps:
  sort:
    branch:
      - {{when: "{first}", to: firm}}
      - {{when: "{second}", to: gentle}}
      - {{to: usual}}
  firm: {{say: "{{{{ days }}}} {{{{ broken }}}} {{{{ why }}}}", outcome: done}}
  gentle: {{say: Gentle, outcome: done}}
  usual: {{say: Usual, outcome: done}}
"""


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ("broken >= 2", "days < 5", "where broken is exactly 2 and days is less than 5, this is true"),
        ("why in ['a', 'b']", "why in ['b', 'c']", "where why is 'b', this is true and an entry above it too"),
        ("days > 30", "days < 30", "this falls to the last entry only when days is exactly 30"),
        ("days > 30", "days < 30 and days != 3", ""),
        ("days > 60", "days > 30", ""),
        ("days > 60", "days <= 30", ""),
        ("days > broken", "days < 5", ""),
        ("why == 'a'", "why == 'b'", ""),
        ("1 > broken", "why == 'b' and broken >= 1", ""),
    ],
)
def test_what_only_the_order_decides_is_told_and_one_value_left_over(first: str, second: str, words: str) -> None:
    found = told(GUIDE.format(first=first, second=second))
    assert len(found) == bool(words)
    assert not words or found[0].startswith(words)


def test_entries_that_lead_to_the_same_step_may_overlap() -> None:
    text = GUIDE.format(first="broken >= 2", second="days < 5").replace("to: gentle", "to: firm")
    assert "overlap" not in [code for code, _, _ in check_text(text)]


def test_an_overlap_is_told_once_for_each_entry() -> None:
    third = "      - {when: why == 'a', to: usual}\n      - {to: usual}"
    text = GUIDE.format(first="broken >= 2", second="days < 5").replace("      - {to: usual}", third)
    assert check_text(text) == [("overlap", 12, 16), ("overlap", 13, 16)]


def test_branches_that_read_alike_are_told_each() -> None:
    text = GUIDE.format(first="days > 30", second="days < 30")
    again = text[text.index("    branch:") : text.index("  firm:")].replace("to: usual", "to: firm")
    twice = text.replace("{to: usual}", "{to: again}").replace("  firm:", f"  again:\n{again}  firm:")
    assert [code for code, _, _ in check_text(twice) if code == "narrow-gap"] == ["narrow-gap"] * 2
