"""A mutant is tried in a process and a copy of its own, and told by what becomes of the tests."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
TELL = """
import json, sys
from pathlib import Path
from tests.mutants.children import copied
from tests.mutants.knowledge import learned
from tests.mutants.trials import Ground, Trial, outcomes

whole = copied(Path(sys.argv[1]), Path(sys.argv[2], "whole"))
known = learned(whole, ["sums.py"], ["test_sums.py"])
copy = copied(whole, Path(sys.argv[2], "copy"))
trials = [Trial("sums.py", 2, text, "", known.tests("sums.py", 2, 2)) for text in sys.argv[3:]]
results = outcomes(trials, Ground(whole, [copy], ["test_sums.py"], known.seconds))
print(json.dumps([[each.outcome for each in results], sorted(trials[0].tests)]))
"""
SUMS = "def add(a, b):\n    {}\n\ndef zero():\n    return 0\n"
TESTS = """
from sums import add, zero

def test_add():
    assert add(1, 2) == 3

def test_zero():
    assert zero() == 0
"""


def test_what_becomes_of_a_mutant_is_told(tmp_path: Path) -> None:
    project, trials = tmp_path / "project", tmp_path / "trials"
    project.mkdir()
    (project / "sums.py").write_text(SUMS.format("return a + b"))
    (project / "test_sums.py").write_text(TESTS)
    texts = [SUMS.format(body) for body in ("return a - b", "return b + a", "while a: pass", "return")]
    command = [sys.executable, "-c", TELL, str(project), str(trials), *texts]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
    assert json.loads(said) == [["killed", "survived", "timed out", "killed"], ["test_sums.py::test_add"]]
