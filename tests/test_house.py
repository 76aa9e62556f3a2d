"""The house's tools find nothing to say: one test for each, so that `make test` has one result."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

TOOLS = {
    "lint": ["-m", "ruff", "check"],
    "layout": ["-m", "ruff", "format", "--check"],
    "types": ["-m", "mypy"],
    "front-end-types": ["hatch_build.py", "types"],
}


@pytest.mark.parametrize("tool", TOOLS)
def test_the_house_tools_find_nothing_to_say(tool: str) -> None:
    told = subprocess.run([sys.executable, *TOOLS[tool]], cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout + told.stderr
