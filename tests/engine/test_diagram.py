"""A guide's graph as a picture."""

import re
from collections.abc import Mapping

import pytest

from bench import guide as generated
from engine.compiler import compile_guides
from engine.diagram import MOST_STEPS, Passed, passed, to_dict, to_dot
from engine.graph import GuideGraph
from engine.state import path
from tests.engine.walks import Walk

EVERY_KIND = """
title: Every kind
stages: {talk: Talk, empty: Empty, close: Close}
outcomes: {done: {label: Done, kind: success}, given-up: {label: Given up, kind: abandoned}}
fields:
  sum: {type: integer, label: Sum}
steps:
  ask:
    stage: talk
    question: Well
    options:
      - {id: more, label: More, to: read}
      - {id: most, label: Most, to: read}
      - {id: stop, label: Stop, to: stopped}
  read: {stage: talk, say: Read this, ask: [sum], next: decide}
  decide: {branch: [{when: sum > 5, to: over}, {to: ask}]}
  over: {call: {guide: other, otherwise: done}}
  done: {stage: close, title: Done, outcome: done}
  stopped: {stage: close, title: Stopped, outcome: given-up}
"""
OTHER = """
title: Other
outcomes: {fine: {label: Fine, kind: success}}
steps: {read: {say: Hello, next: end}, end: {outcome: fine}}
"""


def graph(text: str = EVERY_KIND, name: str = "small") -> GuideGraph:
    """The graph of this guide, which may call `other`."""
    found = compile_guides({f"{name}.yaml": f"guide: {name}\n{text}", "other.yaml": f"guide: other\n{OTHER}"})
    assert name in found.graphs, found.problems
    return found.graphs[name]


def line(dot: str, words: str) -> str:
    """The line of the DOT text with these words."""
    return next(line for line in dot.splitlines() if words in line)


@pytest.mark.parametrize(
    ("step", "shape"),
    [
        ("ask", "box"),
        ("read", "box"),
        ("decide", "hexagon"),
        ("over", "box"),
        ("done", "ellipse"),
        ("stopped", "ellipse"),
    ],
)
def test_each_kind_of_step_has_its_shape(step: str, shape: str) -> None:
    assert f'shape="{shape}"' in line(to_dot(graph()), f'id="step-{step}"')


def test_kinds_that_share_a_shape_differ_by_more_than_colour() -> None:
    dot = to_dot(graph())
    assert "calls other" in line(dot, 'id="step-over"')
    assert 'peripheries="2"' in line(dot, 'id="step-over"')
    assert "success" in line(dot, 'id="step-done"')
    assert "Given up<br/>abandoned" in line(dot, 'id="step-stopped"')


def test_stages_are_frames_and_empty_ones_are_left_out() -> None:
    dot = to_dot(graph())
    frames = re.findall(r"subgraph cluster_\d+ \{\n +label=<<b>(\w+)</b>>", dot)
    assert frames == ["Talk", "Close"]


def test_ways_between_the_same_steps_are_one_arrow_with_all_their_labels() -> None:
    dot = to_dot(graph())
    assert len(re.findall(r"^  n0 -> n1 ", dot, re.MULTILINE)) == 1
    assert 'labeltooltip="More; Most"' in line(dot, "n0 -> n1 ")
    assert "<i>when sum &gt; 5</i>" in line(dot, "n2 -> n3 ")


def test_the_text_is_the_same_every_time_and_ids_are_generated() -> None:
    assert to_dot(graph()) == to_dot(graph())
    assert set(re.findall(r"^  +(\w+) \[label", to_dot(graph()), re.MULTILINE)) == {f"n{number}" for number in range(6)}


def test_a_walk_is_marked_by_width_and_numbers_as_well_as_by_colour() -> None:
    dot = to_dot(graph(), [Passed("ask", "most"), Passed("read", "next"), Passed("decide"), Passed("ask")])
    assert "<b>1, 4</b>" in line(dot, 'id="step-ask"')
    assert 'penwidth="3"' in line(dot, "n0 -> n1 ")
    assert "<b>Most</b>" in line(dot, "n0 -> n1 ")
    assert "<b>More</b>" not in line(dot, "n0 -> n1 ")
    assert 'penwidth="3"' not in line(dot, "n0 -> n5 ")


def test_what_a_session_passed_names_the_ways_it_took() -> None:
    guides = compile_guides(
        {"small.yaml": f"guide: small\n{EVERY_KIND}", "other.yaml": f"guide: other\n{OTHER}"}
    ).guides
    walk = Walk(guides, "small", {}).answer("most").answer(sum=7).answer()
    stops = passed(path(walk.state))
    assert stops == (
        Passed("ask", "most"),
        Passed("read", "next"),
        Passed("decide", "case-1"),
        Passed("over"),
        Passed("done"),
    )


def test_the_plain_form_holds_every_step_and_every_way() -> None:
    plain = to_dict(graph(), [Passed("ask", "most"), Passed("read")])
    assert (plain["guide"], plain["start"], len(plain["nodes"]), len(plain["edges"])) == ("small", "ask", 6, 7)
    assert plain["nodes"][0] == {
        "id": "ask",
        "kind": "question",
        "label": "Well",
        "stage": "talk",
        "outcome": None,
        "calls": None,
        "passed": [1],
    }
    assert [edge["name"] for edge in plain["edges"] if edge["passed"]] == ["most"]
    assert [(node["kind"], node["calls"], node["outcome"]) for node in plain["nodes"][3:5]] == [
        ("call", "other", None),
        ("outcome", None, "done"),
    ]


def large(steps: int, stages: bool = True) -> GuideGraph:
    """The graph of a generated guide."""
    text = generated.text(steps)
    text = text if stages else re.sub(r"^    stage: \w+\n|^stages:.*\n", "", text, flags=re.MULTILINE)
    found: Mapping[str, GuideGraph] = compile_guides({"generated.yaml": text}).graphs
    return found["generated"]


def test_a_large_guide_is_drawn_as_its_stages_and_outcomes() -> None:
    dot = to_dot(large(MOST_STEPS + 8), [Passed("ask-0"), Passed("fill-0"), Passed("done")])
    assert "508 steps" in line(dot, ">Talk<")
    assert "<b>1</b>" in line(dot, ">Talk<")
    assert "<b>2</b>" in line(dot, ">Done<")
    assert dot.count(" -> ") == 2
    assert "2 ways" in line(dot, "n0 -> n1")


def test_a_large_guide_without_stages_is_one_group() -> None:
    dot = to_dot(large(MOST_STEPS + 8, stages=False))
    assert "508 steps" in line(dot, "Steps without a stage")


def test_a_guide_of_five_hundred_steps_is_drawn_step_by_step() -> None:
    assert 'id="step-ask-7"' in to_dot(large(MOST_STEPS - 8))


def test_long_words_are_broken_into_lines_of_about_the_same_length() -> None:
    text = EVERY_KIND.replace("say: Read this", "title: One two three four five six seven eight nine, say: Read")
    assert "One two three four five<br/>six seven eight nine" in line(to_dot(graph(text)), 'id="step-read"')
