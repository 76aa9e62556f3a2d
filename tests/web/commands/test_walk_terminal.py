"""Walking in a real terminal, or what a program takes for one."""

import fcntl
import json
import os
import pty
import select
import struct
import subprocess
import sys
import termios
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.commands.small import SMALL, written

# the first terminal that the leader of a session opens is the one whose Ctrl+C it gets, also where tests run in the
# background, whose programs are born deaf to it
HANDRAIL = (
    "import os, signal; signal.signal(signal.SIGINT, signal.default_int_handler);"
    "os.open(os.ttyname(2), os.O_RDWR); from web.cli import main; main()"
)
CTRL_C = "\x03"
PATIENCE = 60.0  # seconds, for a machine with much else to do


class Terminal:
    """A pseudo-terminal: a program's end to start it at, and ours to read and type at."""

    def __init__(self) -> None:
        self.ours, self.theirs = pty.openpty()
        self.started: list[subprocess.Popen[str]] = []
        self.shown = ""
        self.resize(80)

    def start(self, *arguments: str, stdout: int | None = None, **settings: str) -> subprocess.Popen[str]:
        """Start `handrail walk` here; `settings` are its environment besides the usual."""
        walk = subprocess.Popen(
            [sys.executable, "-c", HANDRAIL, "walk", *arguments],
            stdin=self.theirs,
            stdout=self.theirs if stdout is None else stdout,
            stderr=self.theirs,
            env={"PATH": os.environ["PATH"], "TERM": "xterm", "LANG": "C.UTF-8", **settings},
            start_new_session=True,
            text=True,
        )
        self.started.append(walk)
        return walk

    def close(self) -> None:
        """End what was started and is not done."""
        for walk in self.started:
            walk.kill()
            walk.communicate()
        os.close(self.ours)
        os.close(self.theirs)

    def resize(self, columns: int) -> None:
        """Give it this width."""
        fcntl.ioctl(self.ours, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))

    def type(self, text: str) -> None:
        """Press these keys."""
        os.write(self.ours, text.encode())

    def until(self, text: str) -> str:
        """What is shown from now on up to this text; what comes after it is shown next."""
        while text not in self.shown:
            assert self._waits(PATIENCE), f"{text!r} is not shown: {self.shown!r}"
            self._read()
        before, text, self.shown = self.shown.partition(text)
        return before + text

    def interrupt(self, text: str) -> str:
        """What is shown up to this text once Ctrl+C is pressed, as often as people do."""
        for _ in range(int(PATIENCE)):
            self.type(CTRL_C)
            while text not in self.shown and self._waits(1.0):
                self._read()
            if text in self.shown:
                return self.until(text)
        raise AssertionError(f"{text!r} is not shown: {self.shown!r}")

    def _read(self) -> None:
        self.shown += os.read(self.ours, 1024).decode(errors="replace")

    def _waits(self, seconds: float) -> bool:
        return bool(select.select([self.ours], [], [], seconds)[0])


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    made = Terminal()
    yield made
    made.close()


def test_a_walk_in_a_terminal(tmp_path: Path, terminal: Terminal) -> None:
    walk = terminal.start(written(tmp_path, SMALL)[0])
    assert "\x1b[1mA small guide" in terminal.until("Name")
    terminal.type("Anm\x7fn\n")
    assert "─" * 80 in terminal.until("Record seen")
    terminal.resize(40)
    terminal.type("b\n")
    shown = terminal.until("first step") + terminal.until("Record seen?")
    terminal.type("y\n")
    shown += terminal.until("Your answer")
    terminal.type("1\n")
    assert "─" * 41 not in shown + terminal.until("Amount due (EUR)")
    assert "You left at “How”." in terminal.interrupt("checks: [seen]")
    assert walk.wait(PATIENCE) == 0


def test_no_colours_where_they_are_not_wanted(tmp_path: Path, terminal: Terminal) -> None:
    walk = terminal.start(written(tmp_path, SMALL)[0], NO_COLOR="1", TERM="dumb")
    assert "\x1b[" not in terminal.until("Name")
    terminal.type("\x04")
    assert "\x1b[" not in terminal.until("You left before the first step.")
    assert walk.wait(PATIENCE) == 0


def test_a_long_batch_tells_how_far_it_is(tmp_path: Path, terminal: Terminal) -> None:
    cases = tmp_path / "cases.jsonl"
    cases.write_text("\n".join(json.dumps({"id": number, "given": {"name": "Ann"}}) for number in range(20)))
    (guide,) = written(tmp_path, SMALL)
    walk = terminal.start(guide, "--batch", str(cases), stdout=subprocess.PIPE)
    assert "Walking" in terminal.until("100%")
    told, _ = walk.communicate(timeout=PATIENCE)
    assert [json.loads(line)["id"] for line in told.splitlines()] == list(range(20))
