"""`handrail check`."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.engine.pictures import png
from tests.web.commands.small import BROKEN, CALLING, SMALL, written
from web.cli import main

WARNED = SMALL.replace("  day: {", "  spare: {type: text, label: Spare}\n  day: {")


def check(*arguments: object) -> Result:
    """What `handrail check` says to these arguments."""
    return CliRunner().invoke(main, ["check", *map(str, arguments)])


def test_sound_guides_have_no_problems(tmp_path: Path) -> None:
    written(tmp_path, SMALL, CALLING)
    done = check(tmp_path)
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "2 guides, no problems\n")


def test_each_problem_is_a_line_with_its_place(tmp_path: Path) -> None:
    (file,) = written(tmp_path, BROKEN)
    done = check(file)
    assert done.exit_code == 1
    assert done.stdout.startswith(f"{file}:5:27: error: 'tow' is not a step of this guide")
    assert done.stdout.strip().endswith("[unknown-step]")
    assert done.stderr == "1 guide, 1 error\n"


def test_images_are_looked_for_beside_their_guide(tmp_path: Path) -> None:
    (file,) = written(tmp_path, SMALL.replace("say: Goodbye", "images: [{file: img/form.png, alt: Form}]"))
    assert "there is no file 'img/form.png' in the guide's folder" in check(file).stdout
    (tmp_path / "img").mkdir()
    (tmp_path / "img" / "form.png").write_bytes(png())
    assert check(tmp_path).exit_code == 0
    (tmp_path / "img" / "form.png").write_bytes(b"<svg/>")
    assert "[bad-image]" in check(file).stdout


def test_json_is_one_document_and_nothing_else(tmp_path: Path) -> None:
    (file,) = written(tmp_path, BROKEN)
    done = check(file, "--format", "json")
    told = json.loads(done.stdout)
    (problem,) = told["problems"]
    assert (told["guides"], done.stderr, done.exit_code) == (1, "", 1)
    assert {**problem, "message": "", "hint": ""} == {
        "file": file,
        "line": 5,
        "column": 27,
        "severity": "error",
        "code": "unknown-step",
        "message": "",
        "hint": "",
    }


def test_a_warning_is_an_error_only_if_strict(tmp_path: Path) -> None:
    (file,) = written(tmp_path, WARNED)
    lenient, strict = check(file), check(file, "--strict")
    assert (lenient.exit_code, lenient.stderr) == (0, "1 guide, 1 warning\n")
    assert (strict.exit_code, strict.stderr) == (1, "1 guide, 1 error\n")
    assert ": warning: " in lenient.stdout
    assert ": error: " in strict.stdout


def test_folders_are_read_with_all_that_is_in_them(tmp_path: Path) -> None:
    (tmp_path / "deep" / ".hidden").mkdir(parents=True)
    written(tmp_path / "deep", SMALL)
    written(tmp_path / "deep" / ".hidden", BROKEN)
    (tmp_path / "other.yml").write_text(BROKEN.replace("broken", "other"))
    (tmp_path / "notes.txt").write_text("no guide")
    done = check(tmp_path)
    assert done.stderr == "2 guides, 1 error\n"


def test_the_neighbours_of_a_file_are_read_for_calls_but_not_told(tmp_path: Path) -> None:
    calling, *_ = written(tmp_path, CALLING, WARNED, BROKEN)
    done = check(calling)
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "1 guide, no problems\n")


def test_a_call_of_a_guide_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    (calling,) = written(tmp_path, CALLING)
    assert "[unknown-guide]" in check(calling).stdout


def test_the_same_file_is_read_once(tmp_path: Path) -> None:
    (file,) = written(tmp_path, SMALL)
    assert check(file, tmp_path, file).stderr == "1 guide, no problems\n"


def test_bytes_that_are_no_guide_are_a_problem_and_no_traceback(tmp_path: Path) -> None:
    (tmp_path / "noise.yaml").write_bytes(b"\xff\xfe\x00[")
    done = check(tmp_path)
    assert done.exit_code == 1
    assert "noise.yaml:1:1: error: " in done.stdout


@pytest.mark.parametrize("arguments", [["nowhere.yaml"], [], ["guides", "--format", "xml"]])
def test_wrong_usage_is_told_with_exit_code_2(arguments: list[str]) -> None:
    done = check(*arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "Usage: " in done.stderr


def test_a_folder_without_guides_is_told_with_exit_code_2(tmp_path: Path) -> None:
    done = check(tmp_path)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "There is no guide in" in done.stderr


def test_a_file_that_is_only_a_broken_link_is_told(tmp_path: Path) -> None:
    (tmp_path / "gone.yaml").symlink_to(tmp_path / "nowhere")
    assert check(tmp_path / "gone.yaml").exit_code == 2


def test_the_installed_command_runs() -> None:
    program = Path(sys.executable).with_name("handrail")
    late = "guides/late-payment.yaml"
    done = subprocess.run([program, "check", late], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "1 guide, no problems\n")


def test_checking_loads_neither_the_store_nor_the_pages() -> None:
    heavy = "sqlalchemy", "flask", "graphviz", "pygraphviz", "alembic", "argon2", "markdown_it"
    script = f"import sys, web.commands.check; print(*sorted(set(sys.modules) & set({heavy!r})))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
