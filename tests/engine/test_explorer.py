"""Ways through guides found, and walks that nobody wrote."""

import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.coverage import Way, taken, ways_of
from engine.explorer import Found, Trouble, explore, survey
from engine.graph import GuideGraph
from engine.model import Call, Guide, Options, Walkthrough
from engine.walkthroughs import play, wrong
from tests.engine.walks import compiled

EVERYTHING = """\
outcomes: {done: {label: Done, kind: success}, gone: {label: Gone, kind: abandoned}}
fields:
  name: {type: text, label: Name, given: true}
  n: {type: integer, label: N, min: 0, max: 9}
  kind: {type: choice, label: Kind, options: {a: A, b: B}}
  code: {type: text, label: Code, pattern: "[A-Z]{2}[0-9]{4}", message: Enter the code}
anytime:
  - {id: hung-up, label: Hangs up, outcome: gone}
  - {id: aside, label: Aside, allow: n > 3, because: Not yet, override: reason, call: {guide: other}}
  - {id: never, label: Never, allow: n > 8, because: Not yet, to: end}
steps:
  ask:
    checks: [{id: seen, label: Seen, required: true}, {id: sure, label: Sure, required: true, override: never}]
    ask: [n, kind, code]
    branch: [{when: n > 7 and kind == 'b', to: talk}, {when: "today > date('2027-01-01')", to: over}, {to: look}]
  look: {say: "{{ name }} {{ n }}", skippable: true, next: talk}
  talk:
    checks: [{id: asked, label: Asked, required: true, override: approval}]
    question: Well
    options:
      - {id: again, label: Again, to: ask}
      - {id: third, label: Third time, when: visits('talk') >= 3, to: over}
      - {id: low, label: Low, allow: n < 3, because: Too much, override: approval, to: over}
      - {id: shut, label: Shut, allow: n < 3, because: Too much, to: leave}
  over: {call: {guide: other, on: {fine: end}, otherwise: talk}}
  leave: {say: Off, switch_to: {guide: third}}
  end: {outcome: done}
"""
OTHER = """\
guide: other
outcomes: {fine: {label: Fine, kind: success}, odd: {label: Odd, kind: failure}}
steps:
  ask: {question: Fine, options: [{id: fine, label: Yes, to: a}, {id: odd, label: No, to: b}]}
  a: {outcome: fine}
  b: {outcome: odd}
"""
THIRD = "guide: third\nsteps: {on: {say: Hello, next: end}, end: {outcome: done}}"


def graph_of(guides: Mapping[str, Guide]) -> GuideGraph:
    return GuideGraph(guides["small"], guides)


def explored(guides: Mapping[str, Guide], walks: int = 20, seed: int = 1) -> list[Trouble]:
    """What goes wrong in some walks of the guide."""
    graph = graph_of(guides)
    done = explore(graph, guides, survey(graph, guides), walks, random.Random(seed).randrange)
    return [trouble for trouble in done if trouble]


@pytest.fixture(scope="module")
def everything() -> Mapping[str, Guide]:
    """The guide above with those that it leads into."""
    return compiled(EVERYTHING, OTHER, THIRD)


@pytest.fixture(scope="module")
def found(everything: Mapping[str, Guide]) -> Found:
    """What can be found in it."""
    return survey(graph_of(everything), everything)


def test_every_way_that_can_be_taken_is_found(found: Found) -> None:
    assert [str(way) for way in found.left] == []
    assert found.broken == ()


def test_the_walkthroughs_found_pass_and_take_every_way(everything: Mapping[str, Guide], found: Found) -> None:
    graph, ways = graph_of(everything), set[Way]()
    for script in found.walkthroughs:
        assert list(wrong(graph.guide, everything, Walkthrough(script["name"], script, ()))) == []
        state = play(everything, "small", script, date(2026, 1, 5)).state
        ways |= taken(state.visit).ways if state else set()
    assert set(ways_of(graph)) <= ways


def test_walkthroughs_are_few_and_named_for_what_they_take(found: Found) -> None:
    names = [script["name"] for script in found.walkthroughs]
    assert "Takes aside at any time" in names
    assert len(set(names)) == len(names) < 12
    assert all(script.keys() >= {"name", "given", "today", "answers"} for script in found.walkthroughs)


def test_a_walkthrough_says_how_it_ends_where_it_ends(found: Found) -> None:
    ends = [script.get("ends") for script in found.walkthroughs]
    assert {"done", "gone"} <= set(ends)


def test_a_way_that_no_answer_takes_is_left() -> None:
    """fields: {m: {min: n, max: 3}}; steps: {then: {ask: [m], branch: [{when: m * m == 5, to: end}, {to: end}]}}"""
    never = STRANDING.replace("[m], next: end", "[m], branch: [{when: m * m == 5, to: end}, {to: end}]")
    guides = compiled(never)
    assert [str(way) for way in survey(graph_of(guides), guides).left] == ["then: case-1"]


def test_the_day_of_the_first_walkthrough_that_names_one_is_the_usual_one() -> None:
    guides = compiled(
        "steps: {ask: {say: Hello, next: end}, end: {outcome: done}}\n"
        "walkthroughs: [{name: A, answers: []}, {name: B, today: 2026-07-01, answers: []}]"
    )
    assert survey(graph_of(guides), guides).walkthroughs[0]["today"] == "2026-07-01"


def test_a_sound_guide_is_walked_without_trouble(everything: Mapping[str, Guide]) -> None:
    assert explored(everything, 60) == []


@settings(max_examples=15, deadline=None)
@given(st.integers())
def test_no_seed_makes_the_explorer_raise(seed: int) -> None:
    guides = compiled(EVERYTHING, OTHER, THIRD)
    found = Found((), (), ())
    walks = explore(graph_of(guides), guides, found, 5, random.Random(seed).randrange)
    assert list(walks) == [None] * 5


def test_the_same_seed_walks_the_same_way() -> None:
    """steps: {ask: {ask: [n], …, bounds that leave nothing beyond 3}"""
    guides = compiled(STRANDING)
    assert explored(guides, seed=3) == explored(guides, seed=3)


STRANDING = """\
fields:
  n: {type: integer, label: N, min: 0, max: 9}
  m: {type: integer, label: M, min: n, max: 3}
steps:
  ask: {ask: [n], next: then}
  then: {ask: [m], next: end}
  end: {outcome: done}
"""


def test_bounds_that_leave_no_value_strand() -> None:
    """fields: {m: {min: n, max: 3}} after an n of up to 9"""
    guides = compiled(STRANDING)
    trouble = explored(guides)[0]
    assert trouble.step == "then"
    assert trouble.message == "nobody can go on from here: Enter the M, like 12"
    assert play(guides, "small", trouble.script, date(2026, 1, 5)).refused["m"].code == "missing"


def test_too_many_visits_strand_where_there_is_no_other_way() -> None:
    """steps: {ask: {max_visits: 2, options: [again, leave when visited three times]}}"""
    guides = compiled(
        "steps:\n  ask:\n    max_visits: 2\n    question: Q\n    options:\n"
        "      - {id: again, label: Again, to: ask}\n"
        "      - {id: out, label: Out, when: visits('ask') > 2, to: end}\n  end: {outcome: done}"
    )
    trouble = explored(guides)[-1]
    assert trouble.message.startswith("nobody can go on from here: 'ask' was shown 2 times already")
    assert trouble.script["answers"] == [{"ask": "again"}, {"ask": "again"}]


def test_a_loop_that_no_answer_leaves_is_told() -> None:
    """steps: {ask: {options: [again, out when n > 5]}} where n is 3 at most"""
    guides = compiled(
        "fields: {n: {type: integer, label: N, max: 3}}\n"
        "anytime: [{id: hung-up, label: Hangs up, outcome: done}]\n"
        "steps:\n  ask:\n    max_visits: 500\n    ask: [n]\n    question: Q\n    options:\n"
        "      - {id: again, label: Again, to: ask}\n"
        "      - {id: out, label: Out, when: n * 2 > 11, to: end}\n  end: {outcome: done}"
    )
    messages = {trouble.message for trouble in explored(guides, 40)}
    assert messages == {"after 60 answers, no answer that was tried leads to an end"}


def test_a_way_out_that_is_offered_at_any_time_hides_no_dead_end() -> None:
    """anytime: [{id: hung-up, …}], and bounds that leave nothing beyond 3"""
    guides = compiled(f"anytime: [{{id: hung-up, label: Hangs up, outcome: done}}]\n{STRANDING}")
    assert {trouble.step for trouble in explored(guides, 40)} == {"then"}


def test_a_loop_that_can_be_left_is_left() -> None:
    """steps: {ask: {options: [again, again, …, out]}}"""
    loops = "".join(f"      - {{id: again-{n}, label: Again {n}, to: ask}}\n" for n in range(40))
    guides = compiled(
        f"steps:\n  ask:\n    max_visits: 500\n    question: Q\n    options:\n{loops}"
        "      - {id: out, label: Out, to: end}\n  end: {outcome: done}"
    )
    assert explored(guides, 5) == []


def test_an_end_that_is_too_far_to_be_found_is_no_trouble() -> None:
    """steps: {ask: {options: [again, again, …, out after 300 visits]}}"""
    loops = "".join(f"      - {{id: again-{n}, label: Again {n}, to: ask}}\n" for n in range(40))
    guides = compiled(
        f"steps:\n  ask:\n    max_visits: 500\n    question: Q\n    options:\n{loops}"
        "      - {id: out, label: Out, when: visits('ask') > 300, to: end}\n  end: {outcome: done}"
    )
    walks = explore(graph_of(guides), guides, Found((), (), ()), 1, random.Random(1).randrange)
    assert list(walks) == [None]


def test_one_walkthrough_goes_where_others_take_all_that_it_takes() -> None:
    """steps: {ask: {skippable: then, options: [a, b, back]}}"""
    guides = compiled(
        "steps:\n  one: {question: Q, options: [{id: a, label: A, to: two}, {id: b, label: B, to: end}]}\n"
        "  two: {question: Q, options: [{id: c, label: C, to: three}, {id: d, label: D, to: one}]}\n"
        "  three: {question: Q, options: [{id: e, label: E, to: end}, {id: f, label: F, to: two}]}\n"
        "  end: {outcome: done}"
    )
    assert len(survey(graph_of(guides), guides).walkthroughs) <= 4


def test_too_many_automatic_steps_are_told_with_the_answers_that_lead_there() -> None:
    """steps: {ask: {options: [long, short]}}, then 120 steps that nobody sees"""
    chain = "\n".join(f"  s{n}: {{next: s{n + 1}}}" for n in range(120))
    guides = compiled(
        "steps:\n  ask: {question: Q, options: [{id: long, label: Long, to: s0}, {id: short, label: S, to: end}]}\n"
        f"{chain}\n  s120: {{next: end}}\n  end: {{outcome: done}}"
    )
    troubles = explored(guides)
    assert troubles[0].script["answers"] == [{"ask": "long"}]
    assert {each.message.partition(",")[0] for each in troubles} == {"More than 100 automatic steps ran in a row"}


def test_a_start_that_raises_is_told() -> None:
    """steps: 120 that nobody sees, from the start"""
    chain = "\n".join(f"  s{n}: {{next: s{n + 1}}}" for n in range(120))
    guides = compiled(f"steps:\n{chain}\n  s120: {{next: end}}\n  end: {{outcome: done}}")
    trouble = explored(guides, 1)[0]
    assert (trouble.step, trouble.script["answers"]) == ("s0", [])


def test_given_values_that_nobody_can_give_are_told() -> None:
    """fields: {m: {given: true, min: 5, max: 4}}"""
    guides = compiled(
        "fields: {m: {type: integer, label: M, given: true, min: 5, max: 4}}\n"
        "steps: {ask: {say: '{{ m }}', next: end}, end: {outcome: done}}"
    )
    assert [trouble.step for trouble in explored(guides, 2)] == ["ask", "ask"]
    assert len(survey(graph_of(guides), guides).left) == 1


def test_what_the_engine_should_never_raise_is_told_by_its_name() -> None:
    """A guide that did not compile: its call maps no outcome."""
    guides = dict(
        compiled("steps: {over: {say: Hi, call: {guide: other, otherwise: end}}, end: {outcome: done}}", OTHER)
    )
    over = guides["small"].steps["over"]
    assert isinstance(over.exit, Call)
    broken = replace(over, exit=replace(over.exit, otherwise=None))
    guides["small"] = replace(guides["small"], steps={**guides["small"].steps, "over": broken})
    trouble = explored(guides, 2)[0]
    assert (trouble.step, trouble.message) == ("ask", "AssertionError: every outcome of a called guide is mapped")
    assert list(trouble.script["answers"][0]) == ["over"]


def test_a_step_at_which_nothing_can_be_chosen_strands() -> None:
    """A guide that did not compile: its only option stays locked."""
    guides = dict(
        compiled(
            "fields: {n: {type: integer, label: N}}\nsteps:\n"
            "  first: {ask: [n], next: ask}\n  ask: {question: Q, options: [{id: on, label: On, to: end}, "
            "{id: shut, label: Shut, allow: n * n < 0, because: No, to: end}]}\n  end: {outcome: done}"
        )
    )
    ask = guides["small"].steps["ask"]
    assert isinstance(ask.exit, Options)
    locked = replace(ask, exit=replace(ask.exit, options=ask.exit.options[1:]))
    guides["small"] = replace(guides["small"], steps={**guides["small"].steps, "ask": locked})
    messages = {trouble.message for trouble in explored(guides, 3, seed=2)}
    assert messages == {"nobody can go on from here: no answer can be chosen here"}
