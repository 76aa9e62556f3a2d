"""The guides that Handrail comes with: each sound, of a size to learn, and walked by its author's own paths."""

import random
from datetime import date
from importlib.resources import files

import pytest

from engine.compiler import Compiled, compile_guides
from engine.coverage import Coverage, Ground, measured
from engine.explorer import explore, survey
from engine.rehearsal import rehearse
from web.commands.writing import as_yaml

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
def test_a_guide_has_walkthroughs_and_each_goes_as_it_says_also_with_back(compiled: Compiled, guide: str) -> None:
    played = list(rehearse(compiled.guides[guide], compiled.guides))
    assert len(played) >= 4
    assert {each.walkthrough.name: each.wrong for each in played if each.wrong} == {}


@pytest.mark.parametrize("guide", IDS)
def test_every_step_and_way_of_a_guide_is_taken_by_a_walkthrough_of_its_own(compiled: Compiled, guide: str) -> None:
    ground = Ground()
    for each in rehearse(compiled.guides[guide], compiled.guides):
        ground |= each.ground
    assert measured(compiled.graphs[guide], ground) == Coverage(1.0, 1.0, (), ())


@pytest.mark.parametrize("guide", IDS)
def test_nobody_gets_stuck_in_a_guide_wherever_they_walk(compiled: Compiled, guide: str) -> None:
    graph = compiled.graphs[guide]
    found = survey(graph, compiled.guides)
    walks = explore(graph, compiled.guides, found, 200, random.Random(guide).randrange)
    assert found.left == ()
    assert [trouble for trouble in walks if trouble] == []


@pytest.mark.parametrize("guide", IDS)
def test_generated_walkthroughs_pass_in_a_guide_and_take_every_way(guide: str) -> None:
    """Without the author's own walkthroughs, whose values would help."""
    bare = {name: text.decode().partition("\nwalkthroughs:")[0] + "\n" for name, text in TEXTS.items()}
    before = compile_guides(bare)
    written = as_yaml(guide, survey(before.graphs[guide], before.guides))
    after = compile_guides({**bare, f"{guide}.yaml": bare[f"{guide}.yaml"] + written})
    ground = Ground()
    for each in rehearse(after.guides[guide], after.guides):
        ground |= each.ground
    assert measured(after.graphs[guide], ground).ways_left == ()
