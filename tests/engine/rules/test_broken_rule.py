"""The author's own rules: what must hold on every path."""

import pytest

from tests.engine.guides import check_text, told

PAYMENTS = """\
guide: certain
title: Certain
outcomes:
  agreed: {{label: Agreed, kind: success}}
  lost: {{label: Lost, kind: abandoned}}
stages: {{talk: Talk}}
anytime:
  - {{id: hung-up, label: Hangs up, outcome: lost}}
  - {{id: shouts, label: Shouts, to: calm}}
steps:
  hello:
    question: Have you seen the payments
    options:
      - {{id: seen, label: We have, to: sort}}
      - {{id: new, label: Not yet, to: look}}
  look: {{note: Look at them., tags: [evidence], skippable: true, next: sort}}
  sort: {{branch: [{{to: gentle}}]}}
  gentle: {{stage: talk, say: Something went wrong., next: over}}
  calm: {{stage: talk, say: I see., next: gentle}}
  over: {{call: {{guide: inner, on: {{kept: bye}}, otherwise: hello}}}}
  bye: {{say: Thank you., outcome: agreed}}
rules:
  - {{id: one, because: We are certain, {rule}}}
"""
INNER = """\
guide: inner
title: Inner
outcomes: {kept: {label: Kept, kind: success}, not: {label: Not kept, kind: failure}}
steps:
  first:
    say: So
    tags: [promise]
    options: [{id: a, label: A, to: kept}, {id: b, label: B, to: never}]
  kept: {tags: [kept], outcome: kept}
  never: {outcome: not}
"""
OVER = "hello → sort → gentle → over"


def broken(rule: str) -> str:
    """The path that breaks this rule; "" where it holds."""
    found = told(PAYMENTS.format(rule=rule), INNER)
    assert len(found) <= 1
    return found[0].removeprefix("the path ").partition(" breaks the rule 'one': We are certain; ")[0] if found else ""


def test_every_path_passes_what_it_must(guide: str) -> None:
    """
    guide: certain
    title: Certain
    outcomes: {agreed: {label: Agreed, kind: success}}
    steps:
      hello: {say: Hello, options: [{id: a, label: A, to: look}, {id: b, label: B, to: gentle}]}
      look: {note: Look., next: gentle}
      gentle: {say: Something went wrong., outcome: agreed}
    rules:
      - id: look-first
        every_path_to: {outcome: agreed}
        passes: {step: look}
        because: We are certain before we ask
    """
    assert check_text(guide) == [("broken-rule", 10, 5)]
    message, _, hint = told(guide)[0].partition("; ")
    assert message == "the path hello → gentle breaks the rule 'look-first': We are certain before we ask"
    assert hint == "lead it through step 'look', or change the rule"
    assert check_text(guide.replace("b, label: B, to: gentle", "b, label: B, to: look")) == []


@pytest.mark.parametrize(
    ("rule", "path"),
    [
        ("every_path_to: {stage: talk}, passes: {tag: evidence}", "hello → sort → gentle"),
        ("every_path_to: {outcome: agreed}, passes: {tag: promise}", ""),
        ("every_path_to: {outcome: agreed}, passes: {tag: kept}", ""),
        ("every_path_to: {outcome: agreed}, passes: {step: inner/never}", f"{OVER} → bye"),
        ("every_path_to: {step: inner/never}, passes: {tag: evidence}", f"{OVER} → inner/first → inner/never"),
        ("every_path_to: {any: end}, passes: {step: bye}", ""),
        ("every_path_to: {any: end}, passes: {step: gentle}, anytime: true", "hello → (hung-up)"),
        ("every_path_to: {step: gentle}, passes: {any: start}", ""),
        ("every_path_to: {any: start}, passes: {step: bye}", "hello"),
        ("every_path_to: {outcome: lost}, passes: {step: bye}, anytime: true", "hello → (hung-up)"),
        ("every_path_to: {step: gentle}, passes: {step: sort}", ""),
        ("every_path_to: {step: gentle}, passes: {step: sort}, anytime: true", "hello → (shouts) → calm → gentle"),
    ],
)  # fmt: skip
def test_a_path_past_what_it_must_pass_is_told(rule: str, path: str) -> None:
    assert broken(rule) == path


@pytest.mark.parametrize(
    ("rule", "path"),
    [
        ("no_path_from: {any: start}, to: {any: end}, without: {stage: talk}", ""),
        ("no_path_from: {any: start}, to: {step: sort}, without: {tag: evidence}", "hello → sort"),
        ("no_path_from: {step: look}, to: {tag: evidence}", "look → sort → gentle → over → hello → look"),
        ("no_path_from: {step: look}, to: {tag: evidence}, without: {step: inner/never}", ""),
        ("no_path_from: {step: inner/kept}, to: {step: sort}", ""),
        ("no_path_from: {step: inner/never}, to: {step: sort}", "inner/never → hello → sort"),
        ("no_path_from: {step: bye}, to: {any: end}", ""),
        ("no_path_from: {step: inner/first}, to: {step: bye}, without: {tag: kept}", ""),
        ("no_path_from: {step: inner/first}, to: {step: calm}", ""),
        ("no_path_from: {step: inner/first}, to: {step: calm}, anytime: true", "inner/first → (shouts) → calm"),
        ("no_path_from: {step: inner/first}, to: {outcome: lost}, anytime: true", "inner/first → (hung-up)"),
        ("no_path_from: {any: start}, to: {step: hello}, without: {step: bye}", "hello"),
    ],
)
def test_a_path_that_must_not_be_is_told(rule: str, path: str) -> None:
    assert broken(rule) == path


@pytest.mark.parametrize("first", ["{tag: kept}", "{step: inner/first}"])
def test_what_one_rule_avoids_in_a_called_guide_the_next_does_not(first: str) -> None:
    rules = f"every_path_to: {{outcome: agreed}}, passes: {first}}}\n  - {{id: two, because: So, "
    rules += "every_path_to: {outcome: agreed}, passes: {tag: evidence}"
    found = told(PAYMENTS.format(rule=rules), INNER)
    assert [each.partition(" breaks the rule ")[2].partition(":")[0] for each in found] == ["'two'"]


def test_where_nothing_may_stand_between_the_mend_is_another_way() -> None:
    found = told(PAYMENTS.format(rule="no_path_from: {step: look}, to: {step: sort}"), INNER)
    assert found == [
        "the path look → sort breaks the rule 'one': We are certain; let it lead elsewhere, or change the rule"
    ]


def test_nobody_sees_more_steps_than_the_rule_allows(guide: str) -> None:
    """
    guide: long
    title: Long
    outcomes: {done: {label: Done, kind: success}}
    steps:
      hello: {say: Hello, next: sort}
      sort: {branch: [{to: over}]}
      over: {call: {guide: inner, otherwise: bye}}
      bye: {say: Goodbye, outcome: done}
    rules:
      - {id: short, longest_path: 2}
    """
    assert check_text(guide, INNER) == [("broken-rule", 10, 17)]
    assert told(guide, INNER) == [
        "the path hello → sort → over → bye shows 3 steps; the rule 'short' allows 2; shorten the path, or allow more"
    ]
    assert check_text(guide.replace("path: 2", "path: 3"), INNER) == []


def test_a_loop_counts_once() -> None:
    found = told(PAYMENTS.format(rule="longest_path: 4"), INNER)
    assert len(found) == 1
    assert found[0].startswith("the path hello → look → sort → gentle → over → bye shows 5 steps, each loop counted")
    assert told(PAYMENTS.format(rule="longest_path: 5"), INNER) == []
    assert told(PAYMENTS.format(rule="longest_path: 5, anytime: true"), INNER) != []


def test_a_detour_counts_once(guide: str) -> None:
    """
    guide: long
    title: Long
    outcomes: {done: {label: Done, kind: success}}
    anytime: [{id: more, label: More, call: {guide: inner}}]
    steps:
      hello: {say: Hello, next: bye}
      bye: {say: Goodbye, outcome: done}
    rules:
      - {id: short, longest_path: 2}
    """
    assert check_text(guide, INNER) == []
    found = told(guide.replace("path: 2", "path: 2, anytime: true"), INNER)
    assert found[0].startswith("the path hello → bye shows 3 steps; ")


def test_a_detour_leads_back_to_the_steps_that_it_can_leave(guide: str) -> None:
    """
    guide: aside
    title: Aside
    outcomes: {done: {label: Done, kind: success}}
    anytime: [{id: more, label: More, call: {guide: extra}}]
    steps:
      hello: {say: Hello, next: over}
      over: {call: {guide: inner, otherwise: bye}}
      bye: {say: Goodbye, outcome: done}
    rules:
      - {id: a, no_path_from: {step: extra/end}, to: {step: inner/first}, anytime: true, because: B}
      - {id: b, no_path_from: {step: extra/end}, to: {step: over}, without: {step: hello}, anytime: true, because: B}
      - {id: c, no_path_from: {step: extra/end}, to: {step: over}, because: B}
      - {id: d, every_path_to: {step: extra/end}, passes: {step: inner/first}, anytime: true, because: B}
      - {id: e, no_path_from: {step: extra/go}, to: {any: end}, without: {step: extra/end}, anytime: true, because: B}
    """
    extra = "guide: extra\ntitle: E\noutcomes: {x: {label: X, kind: success}}\n"
    extra += "steps:\n  go: {next: end}\n  end: {say: So, outcome: x}\n"
    paths = [each.partition(" breaks")[0] for each in told(guide, INNER, extra) if "breaks" in each]
    assert paths == ["the path extra/end → inner/first", "the path hello → (more) → extra/go → extra/end"]
    own = INNER + "anytime: [{id: more, label: More, to: first}]\n"
    assert told(guide, own, extra)[0].startswith("the path extra/end → hello → over → inner/first breaks")


def test_a_detour_leads_back_to_the_step_that_it_left(guide: str) -> None:
    """
    guide: again
    title: Again
    outcomes: {done: {label: Done, kind: success}}
    anytime: [{id: gone, label: Gone, to: bye}, {id: more, label: More, call: {guide: inner}}]
    steps:
      hello: {say: Hello, next: bye}
      bye: {say: Goodbye, outcome: done}
    rules:
      - {id: a, no_path_from: {step: hello}, to: {step: hello}, anytime: true, because: B}
      - {id: b, no_path_from: {step: hello}, to: {step: hello}, because: B}
      - {id: c, no_path_from: {step: hello}, to: {step: hello}, without: {step: inner/first}, anytime: true, because: B}
    """
    paths = [each.partition(" breaks")[0] for each in told(guide, INNER)]
    assert paths == ["the path hello → (more) → hello"]


def test_what_is_offered_at_every_step_is_offered_two_calls_down(guide: str) -> None:
    """
    guide: outer
    title: Outer
    outcomes: {done: {label: Done, kind: success}}
    anytime: [{id: gone, label: Gone, to: bye}]
    steps:
      over: {call: {guide: middle, otherwise: bye}}
      bye: {say: Goodbye, outcome: done}
    rules:
      - {id: a, every_path_to: {any: end}, passes: {step: middle/more}, anytime: true, because: B}
    """
    middle = "guide: middle\ntitle: M\noutcomes: {x: {label: X, kind: success}}\nsteps:\n"
    middle += "  over: {call: {guide: inner, otherwise: more}}\n  more: {say: More, next: end}\n  end: {outcome: x}\n"
    assert told(guide, middle, INNER)[0].startswith("the path over → (gone) → bye breaks")
    assert check_text(guide.replace("anytime: true, ", ""), middle, INNER) == []


def test_a_long_path_is_told_by_its_two_ends() -> None:
    steps = "".join(f"  s{number}: {{say: Hm, next: s{number + 1}}}\n" for number in range(30))
    head = "guide: long\ntitle: Long\noutcomes: {done: {label: Done, kind: success}}\nsteps:\n"
    found = told(f"{head}{steps}  s30: {{say: Bye, outcome: done}}\nrules:\n  - {{id: short, longest_path: 9}}\n")
    assert "s8 → s9 → … → s21 → s22" in found[0]


def ladder(rungs: int, rules: str) -> str:
    """So many times a choice of two ways that come together again."""
    steps = "".join(
        f"  a{n}: {{say: Hm, options: [{{id: l, label: L, to: l{n}}}, {{id: r, label: R, to: r{n}}}]}}\n"
        f"  l{n}: {{say: Left, next: a{n + 1}}}\n  r{n}: {{say: Right, tags: [right], next: a{n + 1}}}\n"
        for n in range(rungs)
    )
    head = "guide: ladder\ntitle: Ladder\noutcomes: {done: {label: Done, kind: success}}\nsteps:\n"
    return f"{head}{steps}  a{rungs}: {{say: Bye, outcome: done}}\nrules:\n{rules}"


def test_a_thousand_diamonds_are_looked_at_once_each() -> None:
    rules = "  - {id: a, every_path_to: {any: end}, passes: {tag: right}, because: B}\n"
    rules += "  - {id: b, every_path_to: {any: end}, passes: {step: a500}, because: B}\n"
    rules += "  - {id: c, longest_path: 2001}\n"
    assert [code for code, _, _ in check_text(ladder(1000, rules))] == ["broken-rule"]


def test_ten_thousand_steps_are_looked_at_once_each() -> None:
    rules = "  - {id: a, every_path_to: {any: end}, passes: {step: a3000}, because: B}\n"
    rules += "  - {id: b, no_path_from: {step: a3000}, to: {step: a5}, because: B}\n"
    rules += "  - {id: c, longest_path: 6667}\n"
    assert check_text(ladder(3333, rules)) == []


def test_what_a_rule_selects_is_there(guide: str) -> None:
    """
    guide: certain
    title: Certain
    outcomes: {agreed: {label: Agreed, kind: success}, lost: {label: Lost, kind: failure}}
    anytime: [{id: gone, label: Gone, outcome: lost}]
    stages: {talk: Talk}
    steps:
      look: {stage: talk, tags: [evidence], note: Look., next: over}
      over: {call: {guide: inner, otherwise: bye}}
      bye: {say: Goodbye, outcome: agreed}
    rules:
      - {id: a, every_path_to: {step: by}, passes: {tag: evidense}, because: B}
      - {id: b, no_path_from: {stage: tlak}, to: {outcome: lost}, without: {step: inner/furst}, because: B}
      - {id: c, no_path_from: {any: start}, to: {outcome: agred}, without: {tag: promise}, because: B}
    """
    assert check_text(guide, INNER) == [
        ("unknown-step", 11, 35),
        ("unknown-tag", 11, 54),
        ("unknown-stage", 12, 35),
        ("unknown-outcome", 12, 56),
        ("unknown-step", 12, 79),
        ("unknown-outcome", 13, 55),
    ]
    hints = [each.partition("; ")[2] for each in told(guide, INNER)]
    assert hints == [
        "did you mean 'bye'?",
        "did you mean 'evidence'?",
        "did you mean 'talk'?",
        "add 'anytime: true' to the rule, so that what is offered at every step counts",
        "did you mean 'inner/first'?",
        "did you mean 'agreed'?",
    ]


def test_what_a_guide_that_is_not_there_has_is_not_missed(guide: str) -> None:
    """
    guide: caller
    title: Caller
    outcomes: {done: {label: Done, kind: success}}
    steps:
      over: {call: {guide: outer, otherwise: bye}}
      bye: {say: Goodbye, outcome: done}
    rules:
      - {id: a, every_path_to: {step: outer/end}, passes: {step: over}, because: B}
      - {id: b, every_path_to: {step: bye}, passes: {step: over}, because: B}
    """
    assert check_text(guide) == [("unknown-guide", 5, 24)]


def test_a_called_guide_with_mistakes_keeps_no_rule_from_its_work(guide: str) -> None:
    """
    guide: caller
    title: Caller
    outcomes: {done: {label: Done, kind: success}}
    steps:
      over: {switch_to: {guide: inner}}
    rules:
      - {id: a, every_path_to: {any: end}, passes: {tag: kept}, because: B}
    """
    wrong = INNER.replace("to: kept", "to: kpt")
    assert ("broken-rule", 7, 13) in check_text(guide, wrong)
    assert told(guide, wrong)[1].startswith("the path over → inner/first → inner/never breaks")


def test_rules_have_ids_of_their_own(guide: str) -> None:
    """
    guide: long
    title: Long
    outcomes: {done: {label: Done, kind: success}}
    steps:
      bye: {say: Goodbye, outcome: done}
    rules:
      - {id: short, longest_path: 5}
      - {id: short, longest_path: 6}
      - {id: shorter, longest_path: x}
    """
    assert check_text(guide) == [("duplicate-id", 8, 10), ("wrong-type", 9, 33)]


def test_a_loop_that_is_entered_in_two_places_counts_the_longer_way_to_it(guide: str) -> None:
    """
    guide: long
    title: Long
    outcomes: {done: {label: Done, kind: success}}
    steps:
      ask:
        question: Well
        options: [{id: a, label: A, to: one}, {id: b, label: B, to: more}, {id: c, label: C, to: x}]
      more: {say: More, next: still}
      still: {say: Still, next: two}
      x: {say: X, next: three}
      one: {say: One, next: two}
      two: {say: Two, next: three}
      three: {question: Again, options: [{id: a, label: A, to: one}, {id: b, label: B, to: bye}]}
      bye: {say: Goodbye, outcome: done}
    rules:
      - {id: short, longest_path: 6}
    """
    (found,) = told(guide)
    assert found.startswith("the path ask → more → still → ")
    assert found.partition(" → bye")[2].startswith(" shows 7 steps, each loop counted once; the rule 'short' allows 6")
    assert check_text(guide.replace("longest_path: 6", "longest_path: 7")) == []


def test_where_nothing_ends_every_end_is_as_it_must_be(guide: str) -> None:
    """
    guide: endless
    title: Endless
    outcomes: {done: {label: Done, kind: success}}
    steps:
      ask: {say: Well, next: over}
      over: {switch_to: {guide: inner}}
    rules:
      - {id: a, every_path_to: {any: end}, passes: {step: ask}, because: B}
    """
    endless = INNER.replace("to: kept", "to: first").replace("to: never", "to: first")
    assert {code for code, _, _ in check_text(guide, endless)} == {"unused-outcome"}
