"""The benchmarks of the screen run; how fast is another matter, and no test's."""

import subprocess
import sys

import pytest

from bench import screen
from bench.served import ROOT


def test_the_benchmark_of_the_screen_prints_each_way_beside_the_bare_route(capsys: pytest.CaptureFixture[str]) -> None:
    assert screen.main(["0.05"]) == 0
    tables = capsys.readouterr().out.strip().split("\n\n")
    assert [table.splitlines()[0].split("  ")[0] for table in tables] == ["1 client at once", "4 clients at once"]
    rows = [row.split("  ")[0] for row in tables[1].splitlines()[1:]]
    assert rows[:3] == ["bare route", "GET the step", "POST, page fetched ahead"]
    assert all(row.count(" ms") == 3 and row.endswith(" x") for table in tables for row in table.splitlines()[1:])


def test_the_benchmark_of_keys_prints_both_ways() -> None:
    """In a process of its own: this one may have a browser open already."""
    command = [sys.executable, "-m", "bench.keys", "3"]
    rows = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    assert [row.split(" 3 answers: median ")[0].strip() for row in rows] == ["fetched ahead", "not fetched ahead"]
