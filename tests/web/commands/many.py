"""Many `handrail` commands in one child process, one after another: a start-up for each would take most of the time."""

import contextlib
import faulthandler
import io
import json
import subprocess
import sys
import time
import traceback
from pathlib import Path
from typing import NamedTuple

from web.cli import main

ROOT = Path(__file__).parents[3]
MOST = 30
"""Seconds after which a command is taken to hang: the child says where it stands, and dies."""


class Done(NamedTuple):
    """What came of a command: its exit code, what it wrote, what it raised, and its seconds of processor time."""

    code: int | None
    out: str
    err: str
    raised: str
    seconds: float


def ran(commands: list[list[str]]) -> list[Done]:
    """What comes of each command; where the child dies or hangs, an assertion names the command."""
    lines = "".join(f"{json.dumps(each)}\n" for each in commands)
    child = [sys.executable, "-m", "tests.web.commands.many"]
    told = subprocess.run(child, input=lines, cwd=ROOT, capture_output=True, text=True, check=False)
    done = [Done(*json.loads(line)) for line in told.stdout.splitlines()]
    assert len(done) == len(commands), (commands[len(done)], told.returncode, told.stderr)
    return done


def _ran(arguments: list[str]) -> Done:
    out, err, raised, code, start = io.StringIO(), io.StringIO(), "", None, time.process_time()
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            main.main(arguments, "handrail")
    except SystemExit as exit:
        code = int(exit.code or 0)
    except BaseException:  # noqa: BLE001 (whatever it is, the test tells of it)
        raised = traceback.format_exc()
    return Done(code, out.getvalue(), err.getvalue(), raised, time.process_time() - start)


if __name__ == "__main__":
    for line in sys.stdin:
        faulthandler.dump_traceback_later(MOST, exit=True)
        print(json.dumps(_ran(json.loads(line))), flush=True)
