"""`handrail help`."""

import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner, Result

from engine.rules.catalogue import CODES
from web.cli import COMMANDS, main


def help_(*arguments: str) -> Result:
    """What `handrail help` says to these arguments."""
    return CliRunner().invoke(main, ["help", *arguments])


def test_a_problem_is_explained() -> None:
    done = help_("may-strand")
    assert done.exit_code == 0
    assert done.stdout.startswith("may-strand (error)\n\nA step where it can happen that no option is offered.\n\n")
    assert "Wrong, at line 8, column 5:\n\n    guide: strand\n" in done.stdout
    assert "\nMended:\n\n    guide: strand\n" in done.stdout


def test_every_problem_has_a_page() -> None:
    assert [code for code in CODES if "\nMended" not in help_(code).stdout] == []


def test_alone_it_lists_every_problem_by_kind() -> None:
    listing = help_().stdout
    assert [code for code in CODES if f"\n  {code} " not in listing] == []
    assert listing.startswith("The text of the file\n  alias ")
    assert "A text without quotes that ' #' cuts off (warning)\n" in listing


def test_an_unknown_code_is_told_with_the_one_that_is_close() -> None:
    done = help_("may-strnd")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "There is no problem 'may-strnd'; did you mean 'may-strand'?" in done.stderr


def test_a_code_like_no_other_is_told_without_a_guess() -> None:
    assert help_("xyz").stderr == "handrail: There is no problem 'xyz'. `handrail help` lists them all.\n"


def test_the_name_of_a_command_shows_how_to_use_it() -> None:
    assert help_("check").stdout.startswith("Usage: main check [OPTIONS] PATH…\n")
    assert COMMANDS.keys() & CODES.keys() == set()


def test_the_installed_command_explains() -> None:
    program = Path(sys.executable).with_name("handrail")
    done = subprocess.run([program, "help", "no-exit"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "A step that does not say how it goes on." in done.stdout
