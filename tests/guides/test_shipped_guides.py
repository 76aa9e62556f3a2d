"""The guides that Handrail comes with: each sound, of a size to learn, and walked by its author's own paths."""

from datetime import date
from importlib.resources import files

import pytest

from engine.compiler import Compiled, compile_guides
from engine.diagram import passed, to_dict
from engine.state import path
from engine.walkthroughs import play

TEXTS = {file.name: file.read_bytes() for file in files("guides").iterdir() if file.name.endswith(".yaml")}
IDS = sorted(name.removesuffix(".yaml") for name in TEXTS)
FEWEST, MOST = 8, 20


@pytest.fixture(scope="module")
def compiled() -> Compiled:
    """All shipped guides, compiled together."""
    return compile_guides(TEXTS, date(2026, 3, 2))


def test_the_guides_have_no_problems_not_even_warnings(compiled: Compiled) -> None:
    assert [str(problem) for problem in compiled.problems] == []
    assert sorted(compiled.graphs) == IDS


@pytest.mark.parametrize("guide", IDS)
def test_a_guide_has_as_many_steps_as_can_be_learned(compiled: Compiled, guide: str) -> None:
    assert FEWEST <= len(compiled.guides[guide].steps) <= MOST


@pytest.mark.parametrize("guide", IDS)
def test_a_guide_has_walkthroughs_and_each_plays_to_its_end(compiled: Compiled, guide: str) -> None:
    walkthroughs = compiled.guides[guide].walkthroughs
    assert len(walkthroughs) >= 4
    for each in walkthroughs:
        played = play(compiled.guides, guide, each.script, date(2026, 3, 2))
        assert {name: refusal.code for name, refusal in played.refused.items()} == each.script.get("refuses", {}), (
            each.name
        )


@pytest.mark.parametrize("guide", IDS)
def test_every_way_through_a_guide_is_taken_by_a_walkthrough(compiled: Compiled, guide: str) -> None:
    graph = compiled.graphs[guide]
    ways = {(edge.source, edge.name): edge.label for edge in graph.edges}
    taken: set[tuple[str, str]] = set()
    for each in compiled.guides[guide].walkthroughs:
        state = play(compiled.guides, guide, each.script, date(2026, 3, 2)).state
        assert state is not None, each.name
        drawn = to_dict(graph, passed((*path(state), state.visit)))
        taken |= {(edge["source"], edge["name"]) for edge in drawn["edges"] if edge["passed"]}
    assert {way: label for way, label in ways.items() if way not in taken} == {}
