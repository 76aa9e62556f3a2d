"""`handrail format`."""

import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner, Result

from tests.web.commands.small import BROKEN, SMALL, written
from web.cli import main

UGLY = "title: Ugly   # a remark\r\nguide: 'ugly'\r\n"
NEAT = "guide: ugly\ntitle: Ugly  # a remark\n"
TORN = "guide: torn\ntitle: Note: torn\n"


def format_(*arguments: object) -> Result:
    """What `handrail format` says to these arguments."""
    return CliRunner().invoke(main, ["format", *map(str, arguments)])


def test_a_guide_is_laid_out(tmp_path: Path) -> None:
    (tmp_path / "ugly.yaml").write_text(UGLY)
    done = format_(tmp_path)
    assert (done.exit_code, done.stdout) == (0, f"{tmp_path}/ugly.yaml\n")
    assert done.stderr == "1 guide, 1 file changed\n"
    assert (tmp_path / "ugly.yaml").read_bytes() == NEAT.encode()


def test_a_second_time_there_is_nothing_to_change(tmp_path: Path) -> None:
    paths = written(tmp_path, SMALL, BROKEN)
    format_(*paths)
    done = format_(*paths)
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "2 guides, nothing to change\n")


def test_the_shipped_guides_are_laid_out() -> None:
    assert format_("--check", "guides").exit_code == 0


def test_check_lists_what_would_change_and_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "ugly.yaml").write_bytes(UGLY.encode())
    done = format_("--check", tmp_path)
    assert (done.exit_code, done.stdout) == (1, f"{tmp_path}/ugly.yaml\n")
    assert done.stderr == "1 guide, 1 file would change\n"
    assert (tmp_path / "ugly.yaml").read_bytes() == UGLY.encode()


def test_a_file_with_errors_is_left_as_it_is_and_the_others_are_not(tmp_path: Path) -> None:
    (tmp_path / "torn.yaml").write_text(TORN)
    (tmp_path / "ugly.yaml").write_text(UGLY)
    done = format_(tmp_path)
    assert done.exit_code == 1
    assert f"{tmp_path}/torn.yaml:2:12: error: " in done.stderr
    assert done.stderr.endswith("2 guides, 1 file changed and 1 file with errors left as it is\n")
    assert (tmp_path / "torn.yaml").read_text() == TORN


def test_a_guide_that_is_wrong_but_yaml_is_laid_out(tmp_path: Path) -> None:
    (file,) = written(tmp_path, BROKEN.replace("tow", "'tow'"))
    assert format_(file).exit_code == 0
    assert "next: tow" in Path(file).read_text()


def test_a_file_keeps_its_rights_and_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.yaml").write_text(UGLY)
    (tmp_path / "real.yaml").chmod(0o640)
    (tmp_path / "link.yaml").symlink_to("real.yaml")
    format_(tmp_path / "link.yaml")
    assert (tmp_path / "link.yaml").is_symlink()
    assert (tmp_path / "real.yaml").stat().st_mode & 0o777 == 0o640
    assert [file.name for file in sorted(tmp_path.iterdir())] == ["link.yaml", "real.yaml"]


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / f"{'u' * 250}.yaml").write_text(UGLY)  # no room for the name of the file beside it
    done = format_(tmp_path)
    assert done.exit_code == 2
    assert "cannot be written" in done.stderr


def test_the_installed_command_formats(tmp_path: Path) -> None:
    (tmp_path / "ugly.yaml").write_text(UGLY)
    program = Path(sys.executable).with_name("handrail")
    done = subprocess.run([program, "format", tmp_path], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "1 guide, 1 file changed\n")
