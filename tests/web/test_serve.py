import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.web.server import Server, hidden
from tests.web.use_cases.conftest import LATE, SORRY
from web.cli import main


@pytest.fixture
def guides(tmp_path: Path) -> Path:
    """A folder with two guides."""
    guides = tmp_path / "guides"
    guides.mkdir()
    (guides / "late.yaml").write_text(LATE)
    (guides / "sorry.yaml").write_text(SORRY)
    return guides


Serve = Callable[[], Server]


@pytest.fixture
def serve(tmp_path: Path, guides: Path) -> Iterator[Serve]:
    """A function that starts a server on the test's own data."""
    with ExitStack() as servers:

        def start() -> Server:
            server = Server(tmp_path, guides)
            servers.callback(server.stop)
            return server

        yield start


def test_a_first_start_publishes_and_the_next_only_makes_a_new_link(serve: Serve) -> None:
    server = serve()
    assert "Published: A late payment (1), An apology (1)" in server.said
    links = re.findall(r"/sign-in/link/\S+", server.said)
    assert len(links) == 1
    visitor = f"handrail-visitor={'v' * 32}"
    used = server.post(links[0], visitor, {"csrf": hidden(server.get(links[0], visitor), "csrf")})
    assert (used.status, server.get(links[0], visitor).status) == (303, 410)
    assert server.stop() == 0
    again = serve()
    assert "Published" not in again.said
    assert len({*links, *re.findall(r"/sign-in/link/\S+", again.said)}) == 2


def test_a_broken_guide_is_named_and_the_others_are_served(serve: Serve, guides: Path) -> None:
    (guides / "late.yaml").write_text(LATE.replace("next: done", "next: dun"))
    server = serve()
    assert re.search(r"late\.yaml:\d+:\d+: error: .*\[unknown-step\]", server.said)
    assert "late.yaml: not published before its errors are mended." in server.said
    assert "Published: An apology (1)" in server.said


def test_a_port_that_is_taken_is_said_at_once(serve: Serve, tmp_path: Path) -> None:
    server = serve()
    words = ["serve", "--port", str(server.port), "--data", str(tmp_path / "other")]
    told = CliRunner().invoke(main, words)
    assert (told.exit_code, told.stdout) == (2, "")
    assert f"cannot serve on 127.0.0.1 port {server.port}: Address already in use" in told.stderr
    assert not (tmp_path / "other").exists()


def test_what_the_settings_lead_to_is_said(serve: Serve, tmp_path: Path) -> None:
    (tmp_path / "handrail.toml").write_text("secure_cookie = true\nworkers = 3\n")
    server = serve()
    assert "serving with 1 worker" in server.said
    assert "sign in only over HTTPS" in server.said
