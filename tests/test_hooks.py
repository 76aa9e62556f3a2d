"""The hooks that pre-commit finds in this repository."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from tests.web.commands.small import SMALL, written
from web.cli import main

HOOKS: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parents[1] / ".pre-commit-hooks.yaml").read_text())


def test_there_is_a_hook_for_checking_and_one_for_the_layout() -> None:
    assert [hook["id"] for hook in HOOKS] == ["handrail-check", "handrail-format"]
    assert {key for hook in HOOKS for key in hook} == {
        "id",
        "name",
        "description",
        "entry",
        "language",
        "files",
        "types",
    }


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: str(hook["id"]))
def test_a_hook_runs_a_command_over_files(hook: dict[str, Any], tmp_path: Path) -> None:
    program, *arguments = hook["entry"].split()
    paths = written(tmp_path, SMALL)
    assert program == "handrail"
    assert CliRunner().invoke(main, [*arguments, *paths]).exit_code == 0
