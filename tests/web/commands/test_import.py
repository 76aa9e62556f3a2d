"""`handrail import`."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from web.cli import main

CHART = "flowchart TD\nA[Ring them] --> B{Who answers?}\nB -->|The client| C\nB -->|Nobody| A\n"
QNA = "Q: Who?\nA: Me\n\tDOC: x\n\tQ: Good.\n"
TABLE = "step;say;outcome\nhello;Good day;Done\n"


def imported(folder: Path, content: str, format: str) -> Result:
    """What `handrail import` says to a file of this content."""
    source = folder / "My first call!.txt"
    source.write_text(content, encoding="utf-8")
    return CliRunner().invoke(main, ["import", str(source), "--from", format, "-o", str(folder / "new" / "guides")])


@pytest.mark.parametrize(("content", "format"), [(CHART, "mermaid"), (QNA, "qna"), (TABLE, "csv")])
def test_a_file_becomes_a_guide_that_has_no_errors(tmp_path: Path, content: str, format: str) -> None:
    done = imported(tmp_path, content, format)
    guide = tmp_path / "new" / "guides" / "my-first-call.yaml"
    assert (done.exit_code, done.stdout) == (0, f"{guide}\n")
    assert CliRunner().invoke(main, ["check", str(guide)]).exit_code == 0


def test_what_is_left_out_is_told_with_its_line(tmp_path: Path) -> None:
    done = imported(tmp_path, QNA, "qna")
    assert done.stderr.startswith(f"{tmp_path / 'My first call!.txt'}:3: note: documents of a QnA are left out")


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        ("flowchart TD\n\nA --> ]", 3, "is not read as part of a flowchart"),
        ("flowchart TD\nA --> B\nA --> C --> D --> C", 3, "no way on from here reaches an outcome"),
    ],
)
def test_what_cannot_be_a_guide_is_told_with_its_line_and_not_written(
    tmp_path: Path, content: str, line: int, words: str
) -> None:
    done = imported(tmp_path, content, "mermaid")
    assert (done.exit_code, done.stdout, (tmp_path / "new").exists()) == (1, "", False)
    assert f":{line}: error: " in done.stderr
    assert done.stderr.endswith("cannot be a guide before these errors are mended.\n")


def test_a_guide_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    imported(tmp_path, TABLE, "csv")
    done = imported(tmp_path, CHART, "mermaid")
    assert done.exit_code == 2
    assert "my-first-call.yaml cannot be written: a file of that name is there already" in done.stderr
    assert "Good day" in (tmp_path / "new" / "guides" / "my-first-call.yaml").read_text()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "new").write_text("a file")
    done = imported(tmp_path, TABLE, "csv")
    assert done.exit_code == 2
    assert "cannot be written" in done.stderr


@pytest.mark.parametrize("arguments", [["nowhere.mmd", "--from", "mermaid", "-o", "x"], ["README.md", "-o", "x"]])
def test_wrong_usage_is_told_with_exit_code_2(arguments: list[str]) -> None:
    assert CliRunner().invoke(main, ["import", *arguments]).exit_code == 2
