"""The real server as a child process, and a browser's bare bones to talk to it."""

import os
import re
import signal
import subprocess
import sys
from contextlib import suppress
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

ROOT = Path(__file__).parents[2]
PATIENCE = 60
"""Seconds after which a server that should have answered fails the test."""


class Page(NamedTuple):
    """An answer of the server; `location` is where it leads to."""

    status: int
    text: str
    location: str


class Server:
    """`handrail serve` on a free port, in a process group of its own; `said` is what it told before it was ready."""

    def __init__(self, data: Path, guides: Path, *flags: str) -> None:
        words = ["serve", "--data", str(data), "--guides", str(guides), "--port", "0", *flags]
        environment = {name: value for name, value in os.environ.items() if not name.startswith("HANDRAIL_")}
        self._process = subprocess.Popen(
            [sys.executable, "-c", "from web.cli import main; main()", *words],
            cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True, start_new_session=True,
        )  # fmt: skip
        try:
            self.said = self._listen()
            self.port = int(self.said.rpartition("Handrail is at http://127.0.0.1:")[2].split()[0])
            assert self.get("/readyz").status == 200
        except BaseException:
            self.kill()
            raise

    def get(self, path: str, cookie: str = "") -> Page:
        """Ask for a page. Raises `OSError` or `HTTPException` where the server dies."""
        return self._ask("GET", path, cookie)

    def post(self, path: str, cookie: str, form: dict[str, str]) -> Page:
        """Send a form, as `get`."""
        return self._ask("POST", path, cookie, urlencode(form))

    def kill(self) -> None:
        """Kill every process of the server at once, without a warning."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._ended()

    def stop(self) -> int:
        """Ask the server to stop; the exit code."""
        if self._process.poll() is None:
            self._process.terminate()
        return self._ended()

    def _ask(self, method: str, path: str, cookie: str, body: str | None = None) -> Page:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
        try:
            connection.request(method, path, body, headers)
            return _page(connection.getresponse())
        finally:
            connection.close()

    def _listen(self) -> str:
        assert self._process.stderr
        said = ""
        while "Handrail is at" not in said:
            line = self._process.stderr.readline()
            assert line, f"the server ended: {said}"
            said += line
        return said

    def _ended(self) -> int:
        code = self._process.wait(PATIENCE)
        if self._process.stderr:
            self._process.stderr.close()
        return code


def hidden(page: Page, name: str) -> str:
    """The value of a form's hidden input."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page.text)
    assert found, f"no hidden {name} in {page.status}: {page.text}"
    return found[1]


def _page(response: HTTPResponse) -> Page:
    text = response.read().decode()
    return Page(response.status, text, urlsplit(response.getheader("Location") or "").path)
