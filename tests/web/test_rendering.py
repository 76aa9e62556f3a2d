"""Pictures come from a limited child process, with or without a `dot` on PATH."""

import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from web.rendering import DotMissingError, DrawingFailedError, RenderingError, TooLargeToDrawError, render

SMALL = 'digraph g { a [label="Ask"]; b [label="Thank"]; a -> b; }'


def _tangle(steps: int) -> str:
    edges = (f"n{step} -> n{(step * jump + jump) % steps}" for step in range(steps) for jump in (1, 7, 31, 101))
    return f"digraph g {{ {'; '.join(edges)} }}"


def test_a_graph_is_drawn_without_a_dot_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    drawn = ElementTree.fromstring(render(SMALL))
    words = [text.text for text in drawn.iter("{http://www.w3.org/2000/svg}text")]
    assert words == ["Ask", "Thank"]


@pytest.mark.parametrize(("format", "start"), [("svg", b"<?xml"), ("png", b"\x89PNG"), ("pdf", b"%PDF-")])
def test_each_format_is_a_file_of_its_kind(format: str, start: bytes) -> None:
    assert render(SMALL, format=format).startswith(start)


def test_the_same_text_gives_the_same_picture() -> None:
    assert render(SMALL) == render(SMALL)


def test_a_label_is_text_whatever_it_says() -> None:
    hostile = '</text><script>alert(1)</script> & "quoted" \u202e \U0001f600 日本'
    drawn = ElementTree.fromstring(render(f'digraph g {{ a [label="{hostile.replace(chr(34), chr(92) + chr(34))}"] }}'))
    assert [text.text for text in drawn.iter("{http://www.w3.org/2000/svg}text")] == [hostile]
    assert not list(drawn.iter("{http://www.w3.org/2000/svg}script"))


def test_a_graph_that_takes_too_long_is_stopped() -> None:
    with pytest.raises(TooLargeToDrawError, match=r"within 1 s and 512 MB. Draw less of it at once"):
        render(_tangle(3000), seconds=1)


def test_a_graph_that_needs_too_much_memory_is_stopped() -> None:
    with pytest.raises(TooLargeToDrawError, match="100 MB"):
        render(f"digraph g {{ a -> {'b' * 50_000_000} }}", megabytes=100)


def test_text_that_is_no_dot_is_named_with_its_line() -> None:
    with pytest.raises(DrawingFailedError, match="syntax error in line 2"):
        render("digraph g {\n a -> -> b }")


def test_a_system_dot_runs_under_the_same_limits(tmp_path: Path) -> None:
    dot = tmp_path / "dot"
    dot.write_text('#!/bin/sh\necho "$@ $(ulimit -t) $(ulimit -v)"\n')
    dot.chmod(0o755)
    assert render(SMALL, seconds=3, megabytes=300, program=str(dot)) == b"-Kdot -Tsvg 3 307200\n"


def test_a_system_dot_that_never_ends_is_stopped(tmp_path: Path) -> None:
    dot = tmp_path / "dot"
    dot.write_text("#!/bin/sh\nwhile :; do :; done\n")
    dot.chmod(0o755)
    with pytest.raises(TooLargeToDrawError):
        render(SMALL, seconds=1, program=str(dot))


def test_a_system_dot_that_fails_is_reported_with_its_code(tmp_path: Path) -> None:
    dot = tmp_path / "dot"
    dot.write_text("#!/bin/sh\nexit 3\n")
    dot.chmod(0o755)
    with pytest.raises(DrawingFailedError, match="code 3"):
        render(SMALL, program=str(dot))


def test_a_missing_system_dot_is_named() -> None:
    with pytest.raises(DotMissingError, match="/nowhere/dot"):
        render(SMALL, program="/nowhere/dot")
    assert issubclass(DotMissingError, RenderingError)
