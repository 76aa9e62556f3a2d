"""What rules say besides what their pages show, word for word."""

import pytest

from engine.rules.catalogue import MODULES
from tests.engine.guides import told
from tests.engine.rules.others import APOLOGY

GUIDE = """\
guide: small
title: Small
outcomes: {{done: {{label: Done, kind: success}}}}
fields:
  a: {{type: integer, label: A, given: true}}
  b: {{type: boolean, label: B, given: true}}
  name: {{type: text, label: Name, given: true}}
  sum: {{type: money, currency: EUR, label: Sum}}
  twice: {{type: money, currency: EUR, label: Twice, value: sum * 2}}
{step}
  bye: {{say: "Bye {{{{ a }}}} {{{{ b }}}} {{{{ name }}}}", next: end}}
  end: {{ask: [sum], next: over}}
  over: {{say: "{{{{ twice }}}}", outcome: done}}
"""

BRANCH = "steps:\n  sort: {{branch: [{}]}}\n  high: {{say: High, next: bye}}"
ASK = "steps:\n  ask: {{question: Well, options: [{}]}}"
CALL = "steps:\n  call: {{call: {{guide: apology, {}, otherwise: bye}}}}"
WITH = 'with: {client_name: "name"}'


@pytest.mark.parametrize(
    ("step", "said"),
    [
        (
            BRANCH.format("{when: a > 3, to: high}, {when: a > 3, to: high}, {to: bye}"),
            "'a > 3' is a condition above already, so this entry is never taken; delete it, or correct it",
        ),
        (
            BRANCH.format("{when: a > 3, to: high}, {when: a > 4, to: high}, {to: bye}"),
            "wherever 'a > 4' is true, an entry above is taken, so this one never is; move it up, or delete it",
        ),
        (
            BRANCH.format("{when: a > 9, to: bye}, {when: b, to: high}, {when: a > 10 and b, to: high}, {to: bye}"),
            (
                "wherever 'a > 10 and b' is true, an entry above is taken, so this one never is; "
                "move it up, or delete it"
            ),
        ),
        (
            BRANCH.format("{when: a > 3 and a < 2, to: bye}, {to: high}"),
            "'a > 3 and a < 2' is never true; delete it, or correct the condition",
        ),
        (
            BRANCH.format("{when: 1 > 2, to: bye}, {to: high}"),
            "'1 > 2' is never true; delete it, or correct the condition",
        ),
        (
            BRANCH.format("{to: high}, {when: a > 2, to: bye}"),
            "an entry above is taken always, so this one never is; move the entry without 'when' to the end",
        ),
        (
            BRANCH.format("{when: length(name) > 3, to: bye}, {when: length(name) < 2, to: high}"),
            (
                "it can be that none of these conditions is true: 'sort' leads nowhere; "
                "end the list with an entry that has only 'to'"
            ),
        ),
        (
            BRANCH.format("{when: a > 3, to: bye}, {when: a < 2, to: high}"),
            (
                "where a is exactly 2, none of these conditions is true: 'sort' leads nowhere; "
                "end the list with an entry that has only 'to'"
            ),
        ),
        (
            ASK.format("{id: x, label: X, when: a > 3 and a < 2, to: bye}, {id: y, label: Y, to: bye}"),
            "'a > 3 and a < 2' is never true; delete it, or correct the condition",
        ),
        (
            ASK.format("{id: x, label: X, when: length(name) > 3, to: bye}"),
            (
                "every option of 'ask' has a condition, so it can happen that none is open; "
                "let one option stand without 'when' and 'allow'"
            ),
        ),
        (
            ASK.format("{id: x, label: X, when: b, to: bye}"),
            "no option of 'ask' is open where b is false; let one option stand without 'when' and 'allow'",
        ),
        (
            CALL.format("with: {client_name: a}"),
            "this is a number, but 'client_name' of 'apology' is text; hand over a value of its type",
        ),
        (
            CALL.format('with: {client_name: "name", invoic: "name"}'),
            "'invoic' is not a given field of 'apology'; did you mean 'invoice'?",
        ),
        (
            CALL.format('with: {client_name: "name", xyz: "name"}'),
            "'xyz' is not a given field of 'apology'; it is given 'client_name' and 'invoice'",
        ),
        (CALL.format(f"{WITH}, take: {{name: word}}"), "'word' is not a field of 'apology'; did you mean 'words'?"),
        (
            CALL.format(f"{WITH}, take: {{name: credit}}"),
            "'credit' of 'apology' is money, which does not fit 'name' (text); take it into a field of the same type",
        ),
        (
            "steps:\n  hello: {say: '{{ twice }}', next: bye}",
            (
                "'twice' cannot have a value yet when 'hello' needs it here; "
                "ask for what it is worked out from in an earlier step"
            ),
        ),
        (
            "steps:\n  call: {call: {guide: elsewhere, otherwise: bye}}",
            "there is no guide 'elsewhere'; put 'elsewhere.yaml' beside this guide, or name the folder that holds both",
        ),
        (
            BRANCH.format("{when: a > 3, to: loop}, {to: high}") + "\n  loop: {branch: [{to: loop}]}",
            (
                "'loop' leads in a circle without anybody being asked; "
                "give one of them something to say or to ask, or lead out of the circle"
            ),
        ),
        (
            f"rules:\n  - {{id: short, longest_path: 3}}\n{BRANCH.format('{when: a > 3, to: bye}, {to: high}')}",
            (
                "the path sort → high → bye → end → over shows 4 steps; the rule 'short' allows 3; "
                "shorten the path, or allow more"
            ),
        ),
        (
            (
                "rules:\n  - {id: never, no_path_from: {step: hello}, to: {step: end}, because: Why}\n"
                "steps:\n  hello: {say: Hello, next: bye}"
            ),
            "the path hello → bye → end breaks the rule 'never': Why; let it lead elsewhere, or change the rule",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_mend(step: str, said: str) -> None:
    assert said in told(GUIDE.format(step=step), APOLOGY)


@pytest.mark.parametrize(
    "cases",
    [
        "{when: a > 9, to: bye}, {when: a > 7, to: high}, {when: a > 3, to: bye}, {to: high}",
        "{when: a > 9, to: high}, {when: b, to: bye}, {when: a > 3, to: high}, {to: bye}",
        "{when: a < 1, to: high}, {when: a > 9 and b, to: bye}, {when: a > 9, to: high}, {to: bye}",
    ],
)
def test_an_entry_for_which_something_is_left_is_not_told(cases: str) -> None:
    assert [each for each in told(GUIDE.format(step=BRANCH.format(cases))) if "entry above is" in each] == []


def test_a_step_that_is_offered_at_any_time_is_cut_off_by_no_entry() -> None:
    aside = "anytime: [{id: calm, label: Calm, to: calm}]\n"
    step = BRANCH.format("{when: a > 3 and a < 2, to: high}, {to: bye}") + "\n  calm: {say: Calm, next: bye}"
    found = told(aside + GUIDE.format(step=step))
    assert [each.partition(";")[0] for each in found] == [
        "'a > 3 and a < 2' is never true",
        "no answers lead to 'high'",
    ]


def test_a_guide_that_calls_itself_still_keeps_its_rules() -> None:
    rules = "rules:\n  - {id: a, every_path_to: {any: end}, passes: {step: bye}, because: B}"
    again = "  again: {call: {guide: small, with: {a: a, b: b, name: name}, otherwise: bye}}"
    found = told(GUIDE.format(step=f"{rules}\nsteps:\n{again}"))
    assert "these guides call each other in a circle: small → small" in found[-1]


def test_every_rule_has_a_code_of_its_own() -> None:
    assert len({rule.CODE for rule in MODULES}) == len(MODULES)
