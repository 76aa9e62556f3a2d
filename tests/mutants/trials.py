"""Trying mutants: the tests that run what is changed, the quickest first, until one fails."""

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.mutants import children

KILLED, TIMED_OUT, SURVIVED = "killed", "timed out", "survived"


class Trial(NamedTuple):
    """A change of one file: where it is, the file with it, the change as a diff, and the tests that may tell."""

    file: str
    line: int
    text: str
    diff: str
    tests: set[str]


class Result(NamedTuple):
    """What became of a trial."""

    trial: Trial
    outcome: str

    @property
    def found(self) -> bool:
        return self.outcome != SURVIVED


class Ground(NamedTuple):
    """Where trials happen: a copy that stays as it is, one for each trial at a time, what of it is run, and how long
    each test takes."""

    whole: Path
    copies: Sequence[Path]
    tests: Sequence[str]
    seconds: Mapping[str, float]


class _Chosen:
    """Only the tests that may tell, the quickest first. A test that takes far longer than it did hangs.

    A test that was not there before is run as well: its name may come from what is changed.
    """

    def __init__(self, tests: set[str], seconds: Mapping[str, float]) -> None:
        self._tests, self._seconds = tests, seconds

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        kept = (each for each in items if each.nodeid in self._tests or each.nodeid not in self._seconds)
        items[:] = sorted(kept, key=lambda each: self._seconds.get(each.nodeid, 0))

    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        children.allow(2 + 10 * self._seconds.get(item.nodeid, 1))


def outcomes(trials: Iterable[Trial], ground: Ground) -> Iterator[Result]:
    """What becomes of each, in the order in which they end."""
    waiting, free = iter(trials), list(ground.copies)
    running: dict[int, tuple[Path, Trial]] = {}
    while True:
        while free and (trial := next(waiting, None)):
            copy = free.pop()
            running[_started(trial, copy, ground)] = copy, trial
        if not running:
            return
        child, status = os.wait()
        copy, trial = running.pop(child)
        shutil.copy2(ground.whole / trial.file, copy / trial.file)
        free.append(copy)
        yield Result(trial, _outcome(status))


def _started(trial: Trial, copy: Path, ground: Ground) -> int:
    (copy / trial.file).write_text(trial.text)
    return children.start(copy, ground.tests, _Chosen(trial.tests, ground.seconds))


def _outcome(status: int) -> str:
    if children.hung(status):
        return TIMED_OUT
    survived = os.WIFEXITED(status) and os.WEXITSTATUS(status) in (
        pytest.ExitCode.OK,
        pytest.ExitCode.NO_TESTS_COLLECTED,
    )
    return SURVIVED if survived else KILLED
