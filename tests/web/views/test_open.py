"""What anybody can fetch: help, assets and probes."""

from flask import Flask

from tests.pages import words
from tests.web.visitor import Visitor
from web.template_filters import STATIC


def test_help_says_which_key_does_what(ann: Visitor) -> None:
    rows = [words(row) for row in ann.get("/help").select("tr")]
    assert "b one step back" in rows
    assert "n opens the note; Esc closes it" in rows


def test_an_asset_with_its_digest_is_kept_for_ever(stranger: Visitor) -> None:
    response = stranger.client.get("/static/favicon.svg?v=0", buffered=True)
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.data == (STATIC / "favicon.svg").read_bytes()


def test_no_file_outside_the_assets_is_served(stranger: Visitor) -> None:
    paths = ["/static/../app.py", "/static/%2e%2e/app.py", "/static/dist", "/static/%00"]
    assert {stranger.client.get(path).status_code for path in paths} == {404}


def test_probes_answer_without_a_cookie(app: Flask) -> None:
    answers = [app.test_client().get(path) for path in ("/healthz", "/readyz")]
    assert [(answer.status_code, "Set-Cookie" in answer.headers) for answer in answers] == [(200, False)] * 2


def test_a_first_visit_is_light(ann: Visitor) -> None:
    page = len(ann.client.get("/").data)
    assets = sum((STATIC / "dist" / name).stat().st_size for name in ("app.js", "app.css"))
    assert page + assets < 60_000
