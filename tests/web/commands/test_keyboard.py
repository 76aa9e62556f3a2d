"""Walking a guide by keyboard."""

from pathlib import Path

import pytest

from tests.web.commands.lines import type_lines
from tests.web.commands.small import SMALL, written


def typed(tmp_path: Path, *lines: str) -> str:
    """All that is shown while these lines are typed, after which the input ends."""
    return type_lines(written(tmp_path, SMALL)[0], *lines)


FIELDS = ["50", "2", "1 2", "y", "9 Mar 2026"]


def test_a_walk_to_its_end(tmp_path: Path) -> None:
    shown = typed(tmp_path, "Ann", "y", "1", *FIELDS, "", "")
    assert "Talk · 1 of 2" in shown
    assert "Hello Ann, see our page (https://example.org/a_b)." in shown
    assert "Thank you, €50.00 In parts." in shown
    assert "- on 9 March 2026" in shown or "- on March 9, 2026" in shown
    assert "Outcome: Done (success)" in shown


def test_the_screen_tells_apart_what_to_say_and_what_to_do(tmp_path: Path) -> None:
    lines = typed(tmp_path, "Ann", "q").splitlines()
    assert "Note    Smile, really." in lines
    assert "Points  - Wait" in lines
    assert "        - Listen" in lines
    assert "Never   - You again" in lines


def test_answers_are_numbered(tmp_path: Path) -> None:
    shown = typed(tmp_path, "Ann", "y", "3", "go", "leaves")
    assert "   1  Will pay — Soon\n   2  Hangs up\n" in shown
    assert shown.count("Type a number from 1 to 2, or ? for help.") == 2
    assert "Outcome: Done" in shown


def test_what_cannot_be_read_is_asked_again_at_once(tmp_path: Path) -> None:
    shown = typed(tmp_path, "Ann", "y", "1", "much", "50", "3", "2", "", "perhaps", "n", "31.2.2026")
    assert "! Enter the amount due as an amount, like 1,250.00" in shown
    assert "! Choose the plan" in shown
    assert "! Answer yes or no: Sure" in shown
    assert shown.count("Day: ") == 2


def test_only_what_was_refused_is_asked_again(tmp_path: Path) -> None:
    shown = typed(tmp_path, "", "Ann", "y", "1", "500", *FIELDS[1:], "50", "q")
    assert "! Enter the name" in shown
    assert shown.count("Your answer, 1 to 2: ") == 1
    assert shown.count("Amount due (EUR)") == 2
    assert shown.count("Sure (y or n)") == 1
    assert "Thank you, €50.00" in shown


def test_back_shows_what_was_entered(tmp_path: Path) -> None:
    shown = typed(tmp_path, "Ann", "y", "1", *FIELDS, "b", "", "", "/-", "", "", "b", "", "", "")
    assert "Amount due (EUR) [€50.00]: " in shown
    assert "Ways (optional) (numbers, like 1, 3) [Phone and Post]: " in shown
    assert "Ways (optional) (numbers, like 1, 3): " in shown


def test_enter_gives_the_answer_given_before(tmp_path: Path) -> None:
    shown = typed(tmp_path, "Ann", "y", "2", "b", "", "", "q")
    assert "Record seen? [Y/n]" in shown
    assert shown.count("Outcome: Done (success)") == 2


def test_back_at_a_field_takes_a_slash(tmp_path: Path) -> None:
    shown = typed(tmp_path, "b", "y", "2", "b", "y", "1", "/b", "/b")
    assert "Hello b," in shown
    assert "Hangs up (your answer before)" in shown
    assert "! This is the first step; there is nothing to go back to." in shown


def test_a_command_that_a_field_refuses_is_told_its_slash(tmp_path: Path) -> None:
    (file,) = written(tmp_path, SMALL.replace("label: Name", "label: Name, min_length: 2"))
    shown = type_lines(file, "x", "q", "/q")
    assert shown.count("! Enter the name with at least 2 characters") == 2
    assert shown.count("To do something else, put a slash before it: /q") == 1
    assert "You left before the first step." in shown


def test_notes_and_help_are_at_hand_everywhere(tmp_path: Path) -> None:
    shown = typed(tmp_path, "/n", "Ann", "?", "y", "n", "They sounded tired", "n", "", "2", "n", "Afterwards")
    assert "There is no step to note anything at yet." in shown
    assert "  b   back one step" in shown
    assert shown.count("Noted.") == 2


@pytest.mark.parametrize("lines", [["q"], ["/q"], ["Ann", "/q"], ["Ann", "y", "q"], [], ["Ann", "y", "2", ""]])
def test_leaving_is_always_possible(tmp_path: Path, lines: list[str]) -> None:
    assert "A small guide" in typed(tmp_path, *lines)
