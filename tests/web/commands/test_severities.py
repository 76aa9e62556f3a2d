"""`handrail.toml` beside the guides."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.web.commands.small import BROKEN, SMALL, written
from web.cli import main

WARNED = SMALL.replace("  day: {", "  spare: {type: text, label: Spare}\n  day: {")


def check(folder: Path, settings: str | bytes, *arguments: str) -> Result:
    """What `handrail check` says of a folder whose `handrail.toml` is this."""
    (folder / "handrail.toml").write_bytes(settings if isinstance(settings, bytes) else settings.encode())
    return CliRunner().invoke(main, ["check", str(folder), *arguments])


@pytest.mark.parametrize(
    ("settings", "exit_code", "closing"),
    [
        ("", 0, "1 warning"),
        ('[severity]\nunused-field = "warning"', 0, "1 warning"),
        ('[severity]\nunused-field = "error"', 1, "1 error"),
        ('severity = {unused-field = "off", no-exit = "error"}', 0, "no problems"),
    ],
)
def test_a_warning_is_as_severe_as_the_folder_says(tmp_path: Path, settings: str, exit_code: int, closing: str) -> None:
    written(tmp_path, WARNED)
    done = check(tmp_path, settings)
    assert (done.exit_code, done.stderr) == (exit_code, f"1 guide, {closing}\n")


def test_what_is_off_stays_off_if_strict(tmp_path: Path) -> None:
    written(tmp_path, WARNED)
    assert check(tmp_path, '[severity]\nunused-field = "off"', "--strict").exit_code == 0


def test_it_holds_for_its_own_folder(tmp_path: Path) -> None:
    (tmp_path / "deeper").mkdir()
    written(tmp_path / "deeper", WARNED)
    assert check(tmp_path, '[severity]\nunused-field = "off"').stderr == "1 guide, 1 warning\n"


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ("severity", "this is not TOML: "),
        (b"\xff", "this is not TOML: "),
        ('severity = "off"', 'write [severity] and below it lines like long-say = "off".'),
        ('severities = "off"', "'severities' is no setting for guides; the only one is 'severity'."),
        ('[severity]\nlong-sai = "off"', "there is no problem 'long-sai'; did you mean 'long-say'?"),
        ('[severity]\nzzz = "off"', "there is no problem 'zzz'; `handrail help` lists them all."),
        ('[severity]\nlong-say = "low"', 'long-say is "off", "warning" or "error", not \'low\'.'),
        ("[severity]\nlong-say = [1]", 'long-say is "off", "warning" or "error", not [1].'),
        ('[severity]\nno-exit = "off"', "'no-exit' is an error and stays one: a guide with it cannot be walked."),
    ],
)
def test_a_mistake_in_it_is_told_with_exit_code_2(tmp_path: Path, settings: str | bytes, says: str) -> None:
    written(tmp_path, BROKEN)
    done = check(tmp_path, settings)
    assert (done.exit_code, done.stdout) == (2, "")
    assert f"{tmp_path}/handrail.toml: {says}" in done.stderr
