"""The guides that Handrail comes with: each sound, of a size to learn, and walked by its author's own paths.

They are tried by the commands that their authors use: `check` takes the folder as a whole, `test` one guide at a time,
with those that it calls, so that the guides share the processors.
"""

import json
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

import pytest
from click.testing import CliRunner

from engine.compiler import build_guides, compile_guides
from engine.coverage import Ground, measured
from engine.explorer import survey
from engine.model import Guide
from engine.rehearsal import rehearse
from web.cli import main
from web.commands.files import with_called
from web.commands.writing import as_yaml
from web.wording import worded

FOLDER = Path(str(files("guides")))
IDS = sorted(file.stem for file in FOLDER.glob("*.yaml"))
FEWEST, MOST = 8, 30


@pytest.fixture(scope="module")
def guides() -> Mapping[str, Guide]:
    """All shipped guides by id, not judged."""
    return build_guides({file.name: file.read_bytes() for file in FOLDER.glob("*.yaml")})


def test_the_guides_have_no_problems_not_even_warnings() -> None:
    done = CliRunner().invoke(main, ["check", "--strict", str(FOLDER)])
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", f"{len(IDS)} guides, no problems\n")


@pytest.mark.parametrize("guide", IDS)
def test_a_guide_has_as_many_steps_as_can_be_learned_and_walkthroughs(guides: Mapping[str, Guide], guide: str) -> None:
    assert FEWEST <= len(guides[guide].steps) <= MOST
    assert len(guides[guide].walkthroughs) >= 4


@pytest.mark.parametrize("guide", IDS)
def test_walkthroughs_take_every_way_of_a_guide_and_nobody_gets_stuck_wherever_they_walk(guide: str) -> None:
    """Every way is taken by a walkthrough of the guide's own, each played again with Back after every step."""
    words = ["test", str(FOLDER / f"{guide}.yaml"), "--min-coverage", "1.0", "--explore", "2000", "--format", "json"]
    done = CliRunner().invoke(main, words)
    told = json.loads(done.stdout)
    assert (told["failed"], told["coverage"]) == ([], {guide: {"steps": 1.0, "edges": 1.0}})
    assert told["explored"]["not_reached"] == {guide: []}
    assert told["explored"]["walks"] > 2000
    assert done.exit_code == 0


@pytest.mark.parametrize("guide", IDS)
def test_generated_walkthroughs_pass_in_a_guide_and_take_every_way(guide: str) -> None:
    """Without the author's own walkthroughs, whose values would help."""
    file = FOLDER / f"{guide}.yaml"
    texts = with_called({str(file): file.read_bytes()})
    bare = {name: text.decode().partition("\nwalkthroughs:")[0] + "\n" for name, text in texts.items()}
    before = compile_guides(bare)
    written = as_yaml(guide, survey(before.graphs[guide], before.guides))
    after = compile_guides({**bare, str(file): bare[str(file)] + written})
    ground = Ground()
    for each in rehearse(after.guides[guide], after.guides):
        ground |= each.ground
    assert measured(after.graphs[guide], ground).ways_left == ()


def test_who_writes_stands_on_a_line_of_their_own(guides: Mapping[str, Guide]) -> None:
    """Below the closing words, also where the lines of one paragraph become one."""
    signed = [document.body.written for guide in guides.values() for document in guide.documents.values()]
    signed = [text for text in signed if text.rstrip().endswith("{{ agent }}")]
    closings = {worded(text).splitlines()[-1] for text in signed}
    assert (len(signed) > 20, closings) == (True, {"{{ agent }}", "Handed over by {{ agent }}"})
