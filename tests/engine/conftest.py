"""Fixtures of the engine's tests: the guide under test stands in the test's docstring."""

import inspect
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from engine.model import Guide
from tests.engine.walks import Walk, compiled


@pytest.fixture
def guides(request: pytest.FixtureRequest) -> Mapping[str, Guide]:
    """The guides in the test's docstring, separated by `---`, by id."""
    return compiled(*inspect.cleandoc(request.function.__doc__).split("\n---\n"))


@pytest.fixture
def walk(guides: Mapping[str, Guide]) -> Callable[..., Walk]:
    """Starts a walk of the first guide in the test's docstring with these given values."""

    def start(**given: Any) -> Walk:
        return Walk(guides, next(iter(guides)), given)

    return start


@pytest.fixture
def guide(request: pytest.FixtureRequest) -> str:
    """The text of the guide in the test's docstring, its first line being line 1."""
    return inspect.cleandoc(request.function.__doc__)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many walks were made, and of how many moves."""
    made = Counter[str]()
    for report in terminalreporter.getreports("passed") + terminalreporter.getreports("failed"):
        made.update({what: count for what, count in report.user_properties if what in ("walks", "moves")})
    if made:
        terminalreporter.write_line(f"{made['walks']:,} walks of {made['moves']:,} moves were made")
