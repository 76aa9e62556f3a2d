"""The benchmark runs; how fast is another matter, and no test's."""

import pytest

from bench.__main__ import AT, main


def test_the_benchmark_prints_figures_and_ratios(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["8", "20"]) == 0
    sizes, steps = (table.splitlines() for table in capsys.readouterr().out.split("\n\n"))
    assert [row.split()[0] for row in sizes] == ["steps", "9", "21"]
    assert all(row.count(" x") == 2 for row in sizes[1:])
    assert [row.split()[0] for row in steps] == ["A", "answers", *map(str, AT)]
    assert all(row.count(" x") == 1 for row in steps[2:])
