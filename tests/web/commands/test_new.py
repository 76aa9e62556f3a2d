"""`handrail new`."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from engine import layout, source
from web.cli import main
from web.commands.new import first_guide


def new(*arguments: object) -> Result:
    """What `handrail new` says to these arguments."""
    return CliRunner().invoke(main, ["new", *map(str, arguments)])


def test_a_first_guide_is_written_below_guides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = new("first-call")
    assert (done.exit_code, done.stdout) == (0, "guides/first-call.yaml\n")
    assert "\ntitle: First call\n" in (tmp_path / "guides" / "first-call.yaml").read_text()


def test_it_has_no_problems_and_stands_in_the_layout(tmp_path: Path) -> None:
    new("first-call", "--output", tmp_path)
    checked = CliRunner().invoke(main, ["check", "--strict", str(tmp_path)])
    laid_out = CliRunner().invoke(main, ["format", "--check", str(tmp_path)])
    assert (checked.exit_code, checked.stdout) == (0, "")
    assert laid_out.exit_code == 0


@pytest.mark.parametrize("now", [date(2028, 2, 29), date(2027, 12, 31)])
def test_it_is_laid_out_on_every_day(now: date) -> None:
    text = first_guide("a", Path("a.yaml"), now)
    document, problems = source.parse(text)
    assert document
    assert layout.formatted(document) == text
    assert problems == ()


def test_it_has_a_walkthrough_that_is_played(tmp_path: Path) -> None:
    new("first-call", "--output", tmp_path)
    file = tmp_path / "first-call.yaml"
    file.write_text(file.read_text().replace("    ends: call-back", "    ends: helped"))
    assert "[failing-walkthrough]" in CliRunner().invoke(main, ["check", str(file)]).stdout


def test_nothing_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("mine")
    done = new("mine", "--output", tmp_path)
    assert done.exit_code == 2
    assert f"{tmp_path}/mine.yaml is there already, and stays as it is." in done.stderr
    assert (tmp_path / "mine.yaml").read_text() == "mine"


@pytest.mark.parametrize("id", ["Mine", "1st", "a_b", "a b", "é", "../a", "a" * 65, ""])
def test_an_id_that_no_guide_can_have_is_told(id: str, tmp_path: Path) -> None:
    done = new("--output", tmp_path, "--", id)
    assert done.exit_code == 2
    assert f"'{id}' cannot be a guide's id" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_file_must_be_called_like_the_guide(tmp_path: Path) -> None:
    done = new("mine", "--output", tmp_path / "yours.yaml")
    assert done.exit_code == 2
    assert "must stand in a file called mine.yaml" in done.stderr


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = new("mine", "--output", tmp_path / "file" / "deeper")
    assert done.exit_code == 2
    assert "cannot be written" in done.stderr


def test_the_installed_command_writes_a_guide(tmp_path: Path) -> None:
    program = Path(sys.executable).with_name("handrail")
    done = subprocess.run([program, "new", "mine"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "Edit it, then: handrail check guides/mine.yaml\n")
