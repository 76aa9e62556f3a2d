"""`handrail export`."""

from base64 import b64encode
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.engine.pictures import png
from tests.web.commands.small import BROKEN, CALLING, SMALL, written
from web.cli import main


@pytest.mark.parametrize(
    ("format", "first"),
    [
        ("mermaid", '---\ntitle: "A small guide"\n---\nflowchart TD\n'),
        ("markdown", "# A small guide\n\nJust enough to walk.\n"),
        ("html", '<!doctype html>\n<html lang="en">\n'),
        ("pot", "# Texts of the guide small."),
    ],
)
def test_every_format_is_written(tmp_path: Path, format: str, first: str) -> None:
    (guide,) = written(tmp_path, SMALL)
    printed = CliRunner().invoke(main, ["export", guide, "--to", format])
    CliRunner().invoke(main, ["export", guide, "--to", format, "-o", str(tmp_path / "out")])
    assert (printed.exit_code, printed.stdout[: len(first)]) == (0, first)
    assert (tmp_path / "out").read_text() == printed.stdout


def test_a_playbook_holds_the_images_beside_the_guide(tmp_path: Path) -> None:
    (guide,) = written(tmp_path, SMALL.replace("say: Goodbye", "images: [{file: form.png, alt: Form}]"))
    (tmp_path / "form.png").write_bytes(png(30, 20))
    page = CliRunner().invoke(main, ["export", guide, "--to", "html"]).stdout
    assert 'alt="Form" width="30" height="20"' in page
    assert b64encode(png(30, 20)).decode() in page


def test_guides_that_it_calls_are_read_from_beside_it(tmp_path: Path) -> None:
    calling, _ = written(tmp_path, CALLING, SMALL)
    assert 'OVER[["Over<br/>small"]]' in CliRunner().invoke(main, ["export", calling, "--to", "mermaid"]).stdout


def test_a_flowchart_that_was_written_can_be_imported(tmp_path: Path) -> None:
    (guide,) = written(tmp_path, SMALL)
    chart = tmp_path / "again.mmd"
    CliRunner().invoke(main, ["graph", guide, "-o", str(chart)])
    done = CliRunner().invoke(main, ["import", str(chart), "--from", "mermaid", "-o", str(tmp_path / "new")])
    assert (done.exit_code, done.stderr) == (0, "")


def test_a_guide_with_errors_is_not_written(tmp_path: Path) -> None:
    (guide,) = written(tmp_path, BROKEN)
    done = CliRunner().invoke(main, ["export", guide, "--to", "html", "-o", str(tmp_path / "out")])
    assert (done.exit_code, (tmp_path / "out").exists()) == (1, False)
    assert "[unknown-step]" in done.stderr


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (guide,) = written(tmp_path, SMALL)
    done = CliRunner().invoke(main, ["export", guide, "--to", "pot", "-o", str(tmp_path / "no" / "out")])
    assert (done.exit_code, "cannot be written" in done.stderr) == (2, True)
