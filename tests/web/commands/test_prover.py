"""z3 beside `handrail check`."""

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from web.cli import main
from web.commands.prover import solver

GUIDE = """\
guide: ways
title: Ways
outcomes: {done: {label: Done, kind: success}}
fields:
  days: {type: integer, label: Days late, given: true}
  broken: {type: integer, label: Broken, given: true}
steps:
  sort:
    branch:
      - {when: days + broken > 5, to: firm}
      - {when: days + broken > 7, to: gentle}
      - {to: gentle}
  firm: {say: "{{ days }} {{ broken }}", outcome: done}
  gentle: {say: Gentle, outcome: done}
"""


def told(folder: Path) -> str:
    (folder / "ways.yaml").write_text(GUIDE)
    return CliRunner().invoke(main, ["check", str(folder / "ways.yaml")]).stdout


def test_check_tells_what_z3_proves(tmp_path: Path) -> None:
    assert "ways.yaml:11:16: warning: wherever 'days + broken > 7' is true, an entry above is taken" in told(tmp_path)


def test_without_z3_less_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "z3", None)
    assert (solver(), told(tmp_path)) == (None, "")


def test_a_remark_about_what_z3_finds_is_never_idle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    remarked = GUIDE.replace("to: firm}", "to: firm}  # handrail: ignore overlap because the first is meant")
    file = tmp_path / "ways.yaml"
    file.write_text(remarked)
    assert "there is no 'overlap' here to silence" in CliRunner().invoke(main, ["check", str(file)]).stdout
    monkeypatch.setitem(sys.modules, "z3", None)
    assert CliRunner().invoke(main, ["check", str(file)]).stdout == ""
