"""What authors are told of their conditions where z3 is there, and where it is not."""

from functools import partial
from typing import Any

import pytest
import z3

from engine.compiler import compile_guides
from engine.problems import Problem, Severity
from engine.rules import prover
from tests.engine.guides import TODAY

BRANCH = """\
guide: ways
title: Ways
outcomes: {{done: {{label: Done, kind: success}}}}
fields:
  days: {{type: integer, label: Days late, given: true}}
  broken: {{type: integer, label: Broken, given: true}}
  due: {{type: money, currency: EUR, label: Amount due, given: true, min: 1}}
  interest: {{type: money, currency: EUR, label: Interest, value: "round(due * 0.08 * days / 365, 2)"}}
steps:
  sort:
    branch:
{cases}
  firm: {{say: "{{{{ days }}}} {{{{ broken }}}} {{{{ due }}}} {{{{ interest }}}}", outcome: done}}
  gentle: {{say: Gentle, outcome: done}}
  usual: {{say: Usual, outcome: done}}
"""
OPTIONS = """\
guide: strand
title: Strand
outcomes: {{done: {{label: Done, kind: success}}}}
fields:
  days: {{type: integer, label: Days late, given: true}}
  more: {{type: integer, label: More, given: true}}
steps:
  ask:
    question: "{{{{ days }}}} {{{{ more }}}}?"
    options:
      - {{id: one, label: One, when: {first}, to: bye}}
      - {{id: two, label: Two, when: {second}, to: bye}}
  bye: {{say: Goodbye., outcome: done}}
"""


def problems(text: str, *, proved: bool) -> tuple[Problem, ...]:
    return compile_guides(
        {f"{text[7:].split(maxsplit=1)[0]}.yaml": text}, TODAY, solver=(lambda: z3) if proved else None
    ).problems


def told(text: str, *, proved: bool = True) -> list[str]:
    return [f"{found.code}: {found.message}" for found in problems(text, proved=proved)]


def branch(*conditions: str, otherwise: bool = True) -> str:
    """A guide that branches on these conditions."""
    targets = ("firm", "gentle", "usual", "firm")
    cases = [f'      - {{when: "{condition}", to: {to}}}' for condition, to in zip(conditions, targets)]
    return BRANCH.format(cases="\n".join([*cases, *(["      - {to: usual}"] if otherwise else [])]))


@pytest.mark.parametrize(
    ("conditions", "words"),
    [
        (
            ["days > broken", "days < broken and days > broken + 1"],
            "never-fires: 'days < broken and days > broken + 1' is",
        ),
        (
            ["days + broken > 5", "days + broken > 7"],
            "never-fires: wherever 'days + broken > 7' is true, an entry above",
        ),
        (["interest > 50", "days < 5"], "overlap: where due is "),
        (
            ["interest > 50", "interest < 50"],
            "narrow-gap: this falls to the last entry only when interest is exactly 50",
        ),
        (["visits('sort') > 1", "days > 5"], "overlap: where visits('sort') is 2 and days is 6, this is true and an"),
    ],
)
def test_more_is_told_of_a_branch_with_z3(conditions: list[str], words: str) -> None:
    found = told(branch(*conditions))
    assert found[0].startswith(words)
    assert told(branch(*conditions), proved=False) == []


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ("days > more", "days < more", "no option of 'ask' is open where days is 1 and more is 1"),
        (
            "days - more > 0",
            "days <= more",
            "one option of 'ask' is always open, but only the extra 'prove' can see that",
        ),
        ("days * days > more", "days * more > 2", "no option of 'ask' is open where days is 1 and more is 1"),
    ],
)
def test_a_gap_between_options_is_an_error_with_z3_or_without(first: str, second: str, words: str) -> None:
    text = OPTIONS.format(first=first, second=second)
    assert told(text) == [f"may-strand: {words}"]
    assert told(text, proved=False) == [
        "may-strand: every option of 'ask' has a condition, so it can happen that none is open"
    ]


def test_a_branch_without_a_last_entry_is_an_error_with_z3_or_without() -> None:
    left = branch("days > broken", "days < broken", otherwise=False)
    none = branch("days - broken > 0", "days <= broken", otherwise=False)
    words = "missing-otherwise: where days is 1 and broken is 1, none of these conditions is true: 'sort' leads nowhere"
    always = "missing-otherwise: one of these conditions is always true, but the last entry of 'sort' has to stand with"
    assert words in told(left)
    assert any(each.startswith(always) for each in told(none))
    for text in (left, none):
        errors = [
            {found.code for found in problems(text, proved=proved) if found.severity is Severity.ERROR}
            for proved in (True, False)
        ]
        assert errors == [{"missing-otherwise"}] * 2


def loaded(asked: list[str], condition: str) -> Any:
    asked.append(condition)
    return z3


def test_z3_is_loaded_where_it_is_needed_only() -> None:
    asked: list[str] = []
    for condition in ("days > 5", "days > broken", "days > unknown + broken"):
        text = branch(condition, "broken > 3")
        compile_guides({"ways.yaml": text}, TODAY, solver=partial(loaded, asked, condition))
    assert asked == ["days > broken"]


def test_what_is_wrong_already_is_not_proved() -> None:
    text = branch("days > broken", "interest > 5").replace(
        "type: integer, label: Broken", "type: intger, label: Broken"
    )
    assert problems(text, proved=True) == problems(text, proved=False) != ()


def test_a_lock_beside_a_wrong_condition_is_not_proved() -> None:
    wrong = OPTIONS.format(first="days > more", second="days >, allow: days < more, because: B")
    assert problems(wrong, proved=True) == problems(wrong, proved=False) != ()


def test_a_guide_with_very_many_conditions_is_proved_in_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prover, "ALL", prover.FEE)
    assert told(branch("days + broken > 5", "days + broken > 7")) == []
