"""Servers as processes of their own, with what they cost, and people at their pages who read no more than they must."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from time import perf_counter
from typing import NamedTuple
from urllib.parse import urlencode

from bench import guide
from web.config import Config
from web.use_cases.desk import Start
from web.use_cases.house import open_house

ROOT = Path(__file__).parents[1]
MARK = re.compile(r'data-mark="([^"]+)"')
SECRET = re.compile(r'name="csrf" value="([^"]+)"')
_SEQ, _FIELD = re.compile(r'name="seq" value="(\d+)"'), re.compile(r'name="(field\.[^"]+)"')
_OPTION = re.compile(r'name="option" value="([^"]+)"')


class Served(NamedTuple):
    """A server that runs: its process, which leads a group of its own, and its port."""

    process: "subprocess.Popen[str]"
    port: int

    def cpu(self) -> float:
        """Seconds of processor that it has used so far, with its workers; 0 where the system does not tell."""
        stats = (_stat(each) for each in Path("/proc").glob("[0-9]*/stat"))
        ticks = sum(int(each[11]) + int(each[12]) for each in stats if each and int(each[2]) == self.process.pid)
        return ticks / os.sysconf("SC_CLK_TCK")


@contextmanager
def serving(*words: str) -> Iterator[Served]:
    """Run Python with these words until the end; it says on stderr where it is."""
    settings = {name: value for name, value in os.environ.items() if not name.startswith("HANDRAIL_")}
    process = subprocess.Popen(
        [sys.executable, *words], cwd=ROOT, env=settings, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    assert process.stderr
    try:
        said = next(found for line in process.stderr if (found := re.search(r" is at http://127\.0\.0\.1:(\d+)", line)))
        yield Served(process, int(said[1]))
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)
        process.stderr.close()


class Desk(NamedTuple):
    """A store with one agent, their cookie, and sessions at the first step of a guide of 400 steps."""

    cookie: str
    sessions: tuple[str, ...]


def desk(folder: Path, sessions: int) -> Desk:
    """Make the store in this folder, with the guide in `folder/guides`."""
    (folder / "guides").mkdir()
    (folder / "guides" / "generated.yaml").write_text(guide.text(400))
    house = open_house(Config(data=folder, guides=folder / "guides"))
    house.import_guides()
    agent = house.people.add("Kim", "agent")
    token = house.people.use_link(house.people.make_link("Kim"))
    started = tuple(
        house.desk.start(agent, "generated", Start({"name": f"Client {number}"})) for number in range(sessions)
    )
    house.close()
    return Desk(f"handrail-session={token}", started)


class Visitor:
    """One connection that stays open; `times` are the seconds of each request, by what it was."""

    def __init__(self, port: int, cookie: str = "") -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=60)
        self._headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
        self.times: dict[str, list[float]] = {}

    def close(self) -> None:
        """Hang up."""
        self._connection.close()

    def ask(self, what: str, method: str, path: str, form: dict[str, str] | None = None, **headers: str) -> str:
        """The page that a request leads to, or the path where it is led elsewhere."""
        began = perf_counter()
        self._connection.request(method, path, urlencode(form or {}), {**self._headers, **headers})
        response = self._connection.getresponse()
        text = response.read().decode()
        self.times.setdefault(what, []).append(perf_counter() - began)
        assert response.status in (200, 204, 303), f"{path}: {response.status}"
        return response.headers["Location"] if response.status == 303 else text


def reply(page: str) -> dict[str, str]:
    """The form of a step as somebody sends it who takes the first answer and enters 12 everywhere."""
    form = {"seq": _SEQ.findall(page)[0]} | dict.fromkeys(_FIELD.findall(page), "12")
    option = _OPTION.search(page)
    return form | {"option": option[1]} if option else form


def _stat(file: Path) -> list[str] | None:
    try:
        return file.read_text().rpartition(")")[2].split()
    except OSError:  # it ended meanwhile
        return None
