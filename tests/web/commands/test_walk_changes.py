"""Walking by keyboard: earlier answers changed, steps jumped back to, and answers kept."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.web.commands.lines import type_lines
from tests.web.commands.small import SMALL, written
from web.cli import main

APPROVED = """\
guide: approved
title: A guide with an approval
outcomes: {done: {label: Done, kind: success}}
steps:
  first:
    options:
      - {id: usual, label: The usual, to: second}
      - {id: rare, label: The rare, to: second, allow: 1 > 2, because: It is rare, override: approval}
  second: {say: And, next: third}
  third: {say: Well, next: end}
  end: {outcome: done}
"""
FIELDS = ("50", "2", "1 2", "y", "9 Mar 2026")


def typed(tmp_path: Path, *lines: str) -> str:
    """All that is shown of the small guide."""
    return type_lines(written(tmp_path, SMALL)[0], *lines)


def test_answered_steps_are_listed_with_their_answers(tmp_path: Path) -> None:
    shown = typed(tmp_path, "Ann", "c", "y", "1", *FIELDS, "c", "", "q")
    assert "! Nothing has been answered yet." in shown
    assert "   1  Greet — Will pay\n   2  How — Amount due: €50.00, Plan: In parts, Ways: Phone and Post," in shown
    assert "You left at “Thanks”." in shown


def test_a_changed_answer_keeps_later_ones(tmp_path: Path) -> None:
    shown = typed(tmp_path, "Ann", "y", "1", *FIELDS, "", "c", "2", "60", "", "", "", "", "")
    assert "You change this answer; b leaves it as it was." in shown
    assert "Amount due (EUR) [€50.00]: 60" in shown
    assert "Thank you, €60.00" not in shown
    assert shown.count("Outcome: Done (success)") == 2
    assert "sum: '60.00'" in shown


def test_a_change_that_leads_elsewhere_shows_where(tmp_path: Path) -> None:
    shown = typed(tmp_path, "Ann", "y", "1", *FIELDS, "c", "9", "1", "", "2", "")
    assert "! Type a number from 1 to 2, or ? for help." in shown
    assert "(your answer before)" in shown
    assert "{option: leaves, checks: [seen]}" in shown


@pytest.mark.parametrize("lines", [["b"], ["!1", "/j"], ["s", "y", "c"]])
def test_a_change_can_be_given_up(tmp_path: Path, lines: list[str]) -> None:
    shown = typed(tmp_path, "Ann", "y", "1", *FIELDS, "c", "1", *lines, "q")
    assert "Nothing has changed." in shown
    assert "{option: pays, checks: [seen]}" in shown


def test_an_approval_while_changing_goes_back_to_the_step(tmp_path: Path) -> None:
    (file,) = written(tmp_path, APPROVED)
    shown = type_lines(file, "1", "", "c", "1", "2", "Bea", "Just once", "q")
    assert "You left at “Second”." in shown
    assert "- {first: {option: rare, reasons: {rare: Just once}}}" in shown


def test_a_jump_goes_back_to_an_earlier_step(tmp_path: Path) -> None:
    shown = typed(tmp_path, "Ann", "y", "1", *FIELDS, "j", "", "j", "2", "", "", "", "", "", "q")
    assert shown.count("Number of the step to go back to, or Enter to stay: ") == 2
    assert shown.count("Amount due (EUR) [€50.00]: ") == 1
    assert "You left at “Thanks”." in shown


def test_what_was_entered_is_offered_again_after_a_command(tmp_path: Path) -> None:
    shown = typed(tmp_path, "Ann", "y", "1", "50", "2", "j", "", "", "", "", "y", "9 Mar 2026", "q")
    assert "Amount due (EUR) [€50.00]: " in shown
    assert "Plan (a number) [In parts]: " in shown
    assert "You left at “Thanks”." in shown


def test_commands_wait_for_the_first_step(tmp_path: Path) -> None:
    shown = typed(tmp_path, "/b", "/c", "Ann", "q")
    assert shown.count("! The first step is still to come; fill this in, or leave with /q.") == 2
    assert "You left at “Greet”." in shown


def test_kept_answers_replay_to_the_same_end(tmp_path: Path) -> None:
    (file,) = written(tmp_path, SMALL)
    kept = tmp_path / "answers.txt"
    shown = type_lines(file, "Ann", "y", "1", *FIELDS, "", "", options=("--save", str(kept)))
    assert f"Your answers are in {kept}; --answers {kept} replays them." in shown
    told = json.loads(CliRunner().invoke(main, ["walk", file, "--answers", str(kept)]).stdout)
    assert (told["outcome"], told["values"]["ways"]) == ("done", ["phone", "post"])


def test_a_file_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    (file,) = written(tmp_path, SMALL)
    done = CliRunner().invoke(main, ["walk", file, "--save", file], input="Ann\nq\n")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "is there already, and stays as it is" in done.stderr
    assert Path(file).read_text() == SMALL


def test_answers_that_cannot_be_kept_are_shown(tmp_path: Path) -> None:
    (file,) = written(tmp_path, SMALL)
    done = CliRunner().invoke(main, ["walk", file, "--save", "x" * 300], input="Ann\ny\n2\n\n")
    assert (done.exit_code, "cannot be written" in done.stderr) == (2, True)
    assert "- {greet: {option: leaves, checks: [seen]}}" in done.stdout


def test_bytes_that_are_not_text_do_not_end_the_walk(tmp_path: Path) -> None:
    (file,) = written(tmp_path, SMALL)
    done = CliRunner().invoke(main, ["walk", file], input=b"A\xff\x00n\ny\n\xfe\n2\n\n")
    assert (done.exit_code, done.exception) == (0, None)
    assert "The walk ended: Done." in done.stdout
