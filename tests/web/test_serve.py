import re
from pathlib import Path

from click.testing import CliRunner

from tests.web.server import Server, hidden
from tests.web.use_cases.conftest import LATE, SORRY
from web.cli import main


def _guides(folder: Path) -> Path:
    guides = folder / "guides"
    guides.mkdir()
    (guides / "late.yaml").write_text(LATE)
    (guides / "sorry.yaml").write_text(SORRY)
    return guides


def test_a_first_start_publishes_and_the_next_only_makes_a_new_link(tmp_path: Path) -> None:
    guides = _guides(tmp_path)
    server = Server(tmp_path / "data", guides)
    assert "Published: A late payment (1), An apology (1)" in server.said
    links = re.findall(r"/sign-in/link/\S+", server.said)
    assert len(links) == 1
    visitor = f"handrail-visitor={'v' * 32}"
    used = server.post(links[0], visitor, {"csrf": hidden(server.get(links[0], visitor), "csrf")})
    assert (used.status, server.get(links[0], visitor).status) == (303, 410)
    assert server.stop() == 0
    again = Server(tmp_path / "data", guides)
    assert "Published" not in again.said
    assert len({*links, *re.findall(r"/sign-in/link/\S+", again.said)}) == 2
    again.stop()


def test_a_broken_guide_is_named_and_the_others_are_served(tmp_path: Path) -> None:
    guides = _guides(tmp_path)
    (guides / "late.yaml").write_text(LATE.replace("next: done", "next: dun"))
    server = Server(tmp_path / "data", guides)
    assert re.search(r"late\.yaml:\d+:\d+: error: .*\[unknown-step\]", server.said)
    assert "late.yaml: not published before its errors are mended." in server.said
    assert "Published: An apology (1)" in server.said
    server.stop()


def test_a_port_that_is_taken_is_said_at_once(tmp_path: Path) -> None:
    server = Server(tmp_path / "data", _guides(tmp_path))
    words = ["serve", "--port", str(server.port), "--data", str(tmp_path / "other")]
    told = CliRunner().invoke(main, words)
    server.stop()
    assert (told.exit_code, told.stdout) == (2, "")
    assert f"cannot serve on 127.0.0.1 port {server.port}: Address already in use" in told.stderr
    assert not (tmp_path / "other").exists()


def test_what_the_settings_lead_to_is_said(tmp_path: Path) -> None:
    (tmp_path / "handrail.toml").write_text("secure_cookie = true\nworkers = 3\n")
    server = Server(tmp_path, _guides(tmp_path))
    assert "serving with 1 worker" in server.said
    assert "sign in only over HTTPS" in server.said
    server.stop()
