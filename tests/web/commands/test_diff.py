"""`handrail diff`."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner, Result

from tests.web.commands.small import BROKEN, CALLING, SMALL
from web.cli import main

CHANGED = SMALL.replace("Hangs up, to: end", "Rings off, to: how").replace("Which way", "Which of the ways")


def diff(*arguments: object) -> Result:
    """What `handrail diff` says to these arguments."""
    return CliRunner().invoke(main, ["diff", *map(str, arguments)])


def folders(tmp_path: Path, old: dict[str, str], new: dict[str, str]) -> tuple[Path, Path]:
    """Two folders with these guides, by id."""
    for name, guides in (("old", old), ("new", new)):
        (tmp_path / name).mkdir()
        for id, text in guides.items():
            (tmp_path / name / f"{id}.yaml").write_text(text)
    return tmp_path / "old", tmp_path / "new"


def test_what_changed_is_told_step_by_step(tmp_path: Path) -> None:
    done = diff(*folders(tmp_path, {"small": SMALL}, {"small": CHANGED}))
    assert done.stdout.splitlines() == [
        "small, “A small guide”: 3 differences",
        "",
        "Step 'greet', “Greet”",
        "  ~ The answer “Hangs up” is now called “Rings off”.",
        "  ~ The answer “Rings off” now goes to 'how'; it went to 'end'.",
        "",
        "Step 'how'",
        "  ~ The text to say is now “Which of the ways suits you?”; it was “Which way suits you?”.",
    ]
    assert (done.exit_code, done.stderr) == (0, "1 guide, 1 with differences\n")


def test_layout_is_no_difference(tmp_path: Path) -> None:
    done = diff(*folders(tmp_path, {"small": SMALL}, {"small": f"# a remark\n{SMALL}"}), "--exit-code")
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "1 guide, no differences\n")


def test_a_difference_can_be_an_exit_code(tmp_path: Path) -> None:
    old, new = folders(tmp_path, {"small": SMALL}, {"small": CHANGED})
    assert diff(old, new, "--exit-code").exit_code == 1


def test_guides_of_folders_are_paired_by_their_ids(tmp_path: Path) -> None:
    third = CALLING.replace("guide: calling", "guide: third")
    done = diff(*folders(tmp_path, {"small": SMALL, "third": third}, {"small": SMALL, "calling": CALLING}))
    assert done.stdout.splitlines() == [
        "calling, “A guide that calls”: this guide is new",
        "",
        "third, “A guide that calls”: this guide is gone",
    ]
    assert done.stderr == "3 guides, 2 with differences\n"


def test_programs_read_json(tmp_path: Path) -> None:
    old, new = folders(tmp_path, {"small": SMALL}, {"small": CHANGED})
    told = json.loads(diff(old, new, "--format", "json").stdout)["guides"]
    assert [(each["guide"], each["change"]) for each in told] == [("small", "changed")]
    assert told[0]["differences"][1] == {
        "kind": "way",
        "about": {"part": "step", "id": "greet", "name": "Greet"},
        "sentence": "The answer “Rings off” now goes to 'how'; it went to 'end'.",
        "was": "end",
        "now": "how",
    }


def test_a_copy_may_have_any_name_and_stand_far_from_what_it_calls(tmp_path: Path) -> None:
    folders(tmp_path, {}, {"small": SMALL, "calling": CALLING})
    (tmp_path / "copy.txt").write_text(CALLING.replace("A guide that calls", "Another title"))
    done = diff(tmp_path / "copy.txt", tmp_path / "new" / "calling.yaml")
    assert "The title is now “A guide that calls”; it was “Another title”." in done.stdout
    assert done.stderr == "1 guide, 1 with differences\n"


def test_two_files_are_compared_whatever_their_guides_are_called(tmp_path: Path) -> None:
    (tmp_path / "one.yaml").write_text(SMALL)
    (tmp_path / "two.yaml").write_text(SMALL.replace("guide: small", "guide: two"))
    done = diff(tmp_path / "one.yaml", tmp_path / "two.yaml")
    assert "The id is now two; it was small." in done.stdout


def test_a_file_and_a_folder_are_about_that_guide_alone(tmp_path: Path) -> None:
    old, new = folders(tmp_path, {"small": SMALL}, {"small": CHANGED, "calling": CALLING})
    assert diff(old / "small.yaml", new).stderr == "1 guide, 1 with differences\n"
    assert diff(new / "calling.yaml", old).stdout.endswith("“A guide that calls”: this guide is gone\n")


def test_a_guide_with_errors_is_left_out_and_its_errors_are_told(tmp_path: Path) -> None:
    old, new = folders(tmp_path, {"small": SMALL, "broken": BROKEN}, {"small": CHANGED, "broken": BROKEN})
    done = diff(old, new)
    assert done.exit_code == 1
    assert f"{old}/broken.yaml:5:27: error: 'tow' is not a step of this guide" in done.stderr
    assert done.stderr.endswith("\n1 guide, 1 with differences; 1 guide with errors left out\n")


def test_errors_of_a_guide_that_is_called_are_told_where_there_are_no_others(tmp_path: Path) -> None:
    folders(tmp_path, {}, {"small": SMALL.replace("to: how", "to: nowhere"), "calling": CALLING})
    (tmp_path / "copy.yaml").write_text(CALLING)
    done = diff(tmp_path / "copy.yaml", tmp_path / "new" / "calling.yaml")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.count(f"{tmp_path}/new/small.yaml:24:53: error: 'nowhere' is not a step") == 1


def test_the_errors_of_a_copy_carry_its_own_name(tmp_path: Path) -> None:
    (tmp_path / "copy.txt").write_text(BROKEN)
    (tmp_path / "torn.txt").write_text("guide: [")
    done = diff(tmp_path / "copy.txt", tmp_path / "torn.txt")
    assert (done.exit_code, done.stdout) == (1, "")
    assert f"{tmp_path}/copy.txt:5:27: error: " in done.stderr
    assert f"{tmp_path}/torn.txt:1:9: error: " in done.stderr


WALKED = f"""{SMALL}walkthroughs:
  - {{name: Hangs up, given: {{name: Ann}}, answers: [{{greet: {{option: leaves, checks: [seen]}}}}]}}
  - {{name: Only greeted, given: {{name: Ann}}, answers: []}}
"""


def test_sessions_like_the_walkthroughs_can_go_on_or_not(tmp_path: Path) -> None:
    changed = WALKED.replace("id: leaves", "id: goes").replace("option: leaves", "option: goes")
    old, new = folders(tmp_path, {"small": WALKED}, {"small": changed})
    assert diff(old, new, "--sessions").stdout.splitlines()[-3:] == [
        "Sessions that went like a walkthrough",
        "  + 1 of 2 could go on in the new version.",
        "  - “Hangs up” could not. The answer “Hangs up”, chosen at 'greet' (“Greet”), is gone.",
    ]
    (told,) = json.loads(diff(old, new, "--sessions", "--format", "json").stdout)["guides"]
    assert [(each["walkthrough"], each["possible"]) for each in told["sessions"]] == [
        ("Hangs up", False),
        ("Only greeted", True),
    ]
    assert told["sessions"][0]["obstacles"][0]["code"] == "option-gone"


def test_of_guides_that_stay_the_same_nothing_is_told_of_sessions(tmp_path: Path) -> None:
    old, new = folders(tmp_path, {"small": WALKED}, {"small": WALKED})
    assert json.loads(diff(old, new, "--sessions", "--format", "json").stdout)["guides"] == [
        {"guide": "small", "change": "same", "differences": []}
    ]


def test_what_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    assert diff(tmp_path / "nothing.yaml", tmp_path).exit_code == 2


def test_in_a_terminal_lines_are_wrapped_and_marked_in_colour(tmp_path: Path) -> None:
    old, new = folders(
        tmp_path, {"small": SMALL}, {"small": CHANGED.replace("points: [Wait, Listen]", "points: [Wait]")}
    )
    ours, theirs = pty.openpty()
    program = Path(sys.executable).with_name("handrail")
    subprocess.run([program, "diff", old, new], stdout=theirs, env={"COLUMNS": "40", "LANG": "C.UTF-8"}, check=True)
    shown = os.read(ours, 4096).decode().replace("\r\n", "\n")
    os.close(ours)
    os.close(theirs)
    assert "\x1b[33m~\x1b[0m The answer “Hangs up” is now called\n    “Rings off”.\n" in shown
    assert "\x1b[31m-\x1b[0m The point “Listen” is gone.\n" in shown
