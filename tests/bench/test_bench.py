"""The benchmark runs; how fast is another matter, and no test's."""

import pytest

from bench.__main__ import main


def test_the_benchmark_prints_figures_and_ratios(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["8", "20"]) == 0
    head, *rows = capsys.readouterr().out.splitlines()
    assert head.split() == ["steps", "compile", "json.loads", "ratio", "answer", "plain", "dict", "ratio", "restore"]
    assert [row.split()[0] for row in rows] == ["9", "21"]
    assert all(row.count(" x") == 2 for row in rows)
