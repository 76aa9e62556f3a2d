"""`handrail graph`."""

import json
import re
from html import unescape
from pathlib import Path

import pytest
from click.testing import CliRunner

from web.cli import main

LATE = "guides/late-payment.yaml"
HOSTILE = r"""\N "]; x [label="y"] </b> & &amp; \" <!-- \G '"""


def test_dot_goes_to_stdout() -> None:
    done = CliRunner().invoke(main, ["graph", LATE])
    assert done.exit_code == 0
    assert done.stdout.startswith('digraph "late-payment" {')


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("g.svg", b"<?xml"),
        ("g.png", b"\x89PNG"),
        ("g.pdf", b"%PDF"),
        ("g.dot", b"digraph"),
        ("g.mmd", b"---\ntitle"),
        ("G.SVG", b"<?xml"),
    ],
)
def test_the_ending_says_what_is_written(tmp_path: Path, name: str, first: bytes) -> None:
    done = CliRunner().invoke(main, ["graph", LATE, "-o", str(tmp_path / name)])
    assert (done.exit_code, done.stdout) == (0, "")
    assert (tmp_path / name).read_bytes().startswith(first)


def test_json_holds_nodes_and_edges(tmp_path: Path) -> None:
    file = tmp_path / "g.json"
    CliRunner().invoke(main, ["graph", LATE, "-o", str(file), "--path", "check-payments,the-sending"])
    drawn = json.loads(file.read_text())
    assert [node["id"] for node in drawn["nodes"] if node["passed"]] == ["check-payments", "the-sending"]
    assert any(edge["passed"] for edge in drawn["edges"])


def test_an_ending_that_is_no_picture_is_refused() -> None:
    done = CliRunner().invoke(main, ["graph", LATE, "-o", "graph.gif"])
    assert done.exit_code == 2
    assert "end its name in one of .dot, .json, .mmd, .svg, .png, .pdf" in done.stderr


def test_a_step_to_mark_that_is_not_there_is_refused() -> None:
    done = CliRunner().invoke(main, ["graph", LATE, "--path", "check-payments,nowhere"])
    assert done.exit_code == 2
    assert "'nowhere' is not a step of 'late-payment'" in done.stderr


def test_a_flowchart_shows_no_walk(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["graph", LATE, "-o", str(tmp_path / "g.mmd"), "--path", "check-payments"])
    assert done.exit_code == 2
    assert "a .mmd file shows no walk" in done.stderr


def test_a_guide_with_errors_is_not_drawn(tmp_path: Path) -> None:
    file = tmp_path / "broken.yaml"
    file.write_text("guide: broken\ntitle: Broken\n")
    done = CliRunner().invoke(main, ["graph", str(file)])
    assert done.exit_code == 1
    assert f"{file}:1:1: error: " in done.stderr


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["graph", LATE, "-o", str(tmp_path / "no" / "g.dot")])
    assert done.exit_code == 2
    assert "cannot be written" in done.stderr


def test_words_in_a_guide_cannot_write_dot_of_their_own(tmp_path: Path) -> None:
    words = "'" + HOSTILE.replace("'", "''") + "'"
    guide, picture = tmp_path / "hostile.yaml", tmp_path / "hostile.svg"
    guide.write_text(
        f"guide: hostile\ntitle: {words}\noutcomes:\n  done: {{label: {words}, kind: success}}\n"
        f"steps:\n  a:\n    title: {words}\n    question: Well\n    options:\n      - id: b\n"
        f"        label: {words}\n        to: c\n  c: {{outcome: done}}\n"
    )
    done = CliRunner().invoke(main, ["graph", str(guide), "-o", str(picture)])
    assert done.stderr == ""
    drawn = picture.read_text()
    assert done.exit_code == 0
    assert re.findall(r'<g id="([\w-]+)" class="node"', unescape(drawn)) == ["node1", "step-a", "step-c"]
    shown = unescape("".join(re.findall(r"<text[^>]*>([^<]*)</text>", drawn))).replace("\u2060", "")
    assert shown.replace(" ", "").count(HOSTILE.replace(" ", "")) == 3
