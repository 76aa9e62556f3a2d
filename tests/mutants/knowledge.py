"""What a run without a mutant tells: how long each test takes, and which tests run which lines."""

import os
import pickle
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import coverage
import pytest

from tests.mutants import children

LONGEST = 1.0
"""Tests that take longer try no mutant: survivors would cost minutes each."""


class Knowledge(NamedTuple):
    """Seconds of the processor's time by test, and for each file the tests by line."""

    seconds: Mapping[str, float]
    lines: Mapping[str, Mapping[int, Sequence[str]]]

    def tests(self, file: str, first: int, last: int) -> set[str]:
        """The tests that run one of these lines; all that run the file where these run when it is imported."""
        lines = self.lines.get(file, {})
        found = {test for line in range(first, last + 1) for test in lines.get(line, ()) if test}
        found = found or {test for tests in lines.values() for test in tests if test}
        return {test for test in found if self.seconds[test] <= LONGEST}


class _Recording:
    def __init__(self, copy: Path, files: Sequence[str]) -> None:
        self._copy = copy
        self._seconds: dict[str, float] = {}
        self._failed: list[str] = []
        self._coverage = coverage.Coverage(
            data_file=None, include=[str(copy / file) for file in files], config_file=False
        )

    def pytest_sessionstart(self) -> None:
        children.allow(3600)
        self._coverage.start()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self._coverage.switch_context(item.nodeid)
        begun = time.process_time()
        try:
            return (yield)
        finally:
            self._seconds[item.nodeid] = time.process_time() - begun

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self._failed.append(f"{report.nodeid}\n{report.longreprtext}")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self._failed.append(f"{report.nodeid}\n{report.longreprtext}")

    def pytest_sessionfinish(self) -> None:
        self._coverage.stop()
        data = self._coverage.get_data()
        lines = {
            Path(file).relative_to(self._copy).as_posix(): data.contexts_by_lineno(file)
            for file in data.measured_files()
        }
        _kept(self._copy).write_bytes(pickle.dumps((self._failed, self._seconds, lines)))


def learned(copy: Path, files: Sequence[str], tests: Sequence[str]) -> Knowledge:
    """Runs these tests of a copy once, and looks at who runs these files.

    Raises:
        SystemExit: Where one fails: a mutant could not be told from what is wrong already.
    """
    _, status = os.waitpid(children.start(copy, tests, _Recording(copy, files)), 0)
    kept = _kept(copy)
    if not kept.exists():
        raise SystemExit("The tests do not run. Run `make test`, mend what it tells, then try again.")
    failed, *known = pickle.loads(kept.read_bytes())
    if failed or status:
        raise SystemExit(f"This fails without a mutant; mend it first: {' '.join(failed)}")
    return Knowledge(*known)


def _kept(copy: Path) -> Path:
    return copy.with_suffix(".pickle")
