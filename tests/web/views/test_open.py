"""What anybody can fetch: help, assets and probes."""

import gzip

from flask import Flask

from tests.pages import words
from tests.web.visitor import Visitor
from web.template_filters import STATIC


def test_help_says_which_key_does_what(ann: Visitor) -> None:
    rows = [words(row) for row in ann.get("/help").select("tr")]
    assert "b one step back" in rows
    assert "n opens the note; Ctrl+Enter saves it, Esc closes it" in rows


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


def test_an_asset_is_sent_compressed_where_the_browser_reads_that(stranger: Visitor) -> None:
    headers = {"Accept-Encoding": "gzip, br"}
    response = stranger.client.get("/static/dist/app.css?v=0", headers=headers, buffered=True)
    assert (response.headers["Content-Encoding"], response.headers["Vary"]) == ("gzip", "Accept-Encoding")
    assert gzip.decompress(response.data) == (STATIC / "dist" / "app.css").read_bytes()
    kept = {**headers, "If-None-Match": response.headers["ETag"]}
    again = stranger.client.get("/static/dist/app.css", headers=kept, buffered=True)
    assert (again.status_code, again.data) == (304, b"")


def test_a_first_visit_is_light(ann: Visitor) -> None:
    """The bytes that come over the line; two thirds of what may come, so that much more is noticed."""
    seen = ann.get("/")
    addresses = [str(each.get("href") or each["src"]) for each in seen.select("head link, script")]
    gzipped = {"Accept-Encoding": "gzip"}
    assets = [ann.client.get(address, headers=gzipped, buffered=True).data for address in addresses]
    assert len(assets) == 3
    assert len(str(seen)) + sum(map(len, assets)) < 40_000
