"""Who may ask for what: the whole URL map, forged forms, headers."""

import pytest
from flask import Flask

from tests.pages import page
from tests.web.conftest import SignIn
from tests.web.visitor import Visitor, session_path
from web.security import HEADERS, Open, needs
from web.use_cases.permissions import PERMISSIONS, Permission, Role

ANYBODY = {
    "auth.sign_in", "auth.enter", "auth.link", "auth.use_link", "health.alive", "health.ready", "assets.file",
    "help.index", "help.problems", "help.problem", "help.authors", "help.guides", "help.guide",
}  # fmt: skip
EXAMPLES = {
    "session_id": "A" * 22, "guide_id": "kitchen", "token": "A" * 43, "name": "favicon.svg", "code": "no-exit",
    "document": "summary", "digest": "0" * 64, "reference": "C-7", "promise_id": f"{'A' * 22}.3",
    "of": "A" * 22, "what": "waive",
}  # fmt: skip


def _requests(app: Flask) -> list[tuple[str, str, str]]:
    """Endpoint, method and an example address of every route."""
    urls = app.url_map.bind("localhost")
    return [
        (rule.endpoint, method, urls.build(rule.endpoint, {name: EXAMPLES[name] for name in rule.arguments}, method))
        for rule in app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]


def test_every_route_says_whom_it_is_for(app: Flask) -> None:
    with app.test_request_context():
        silent = [rule.endpoint for rule in app.url_map.iter_rules() if needs(rule.endpoint) is None]
        opened = {rule.endpoint for rule in app.url_map.iter_rules() if isinstance(needs(rule.endpoint), Open)}
    assert silent == []
    assert opened == ANYBODY


def test_a_stranger_is_sent_to_the_sign_in_from_every_other_route(app: Flask, stranger: Visitor) -> None:
    for endpoint, method, path in _requests(app):
        response = stranger.client.open(path, method=method, buffered=True)
        closed = response.status_code == 303 and response.location.startswith("/sign-in")
        assert closed == (endpoint not in ANYBODY), f"{method} {path}: {response.status}"


def test_every_form_is_refused_without_its_token(app: Flask, ann: Visitor) -> None:
    posts = [path for _, method, path in _requests(app) if method == "POST"]
    for path in posts:
        response = ann.client.post(path, data={"seq": "1", "option": "kitchen"})
        page(response)
        assert response.status_code == 403, path


def test_a_form_is_refused_with_the_token_of_another_person(ann: Visitor, sign_in: SignIn) -> None:
    path = session_path(ann.starts())
    theirs = sign_in("Bob").starts().find("input", {"name": "csrf"})["value"]  # type: ignore[index]
    assert ann.client.post(f"{path}/back", data={"csrf": str(theirs), "seq": "1"}).status_code == 403


def test_a_form_sent_from_another_site_is_refused(ann: Visitor) -> None:
    ours = ann.get("/me").find("input", {"name": "csrf"})["value"]  # type: ignore[index]
    headers = {"Sec-Fetch-Site": "cross-site"}
    assert ann.client.post("/me", data={"csrf": str(ours), "password": "x"}, headers=headers).status_code == 403


def test_every_response_carries_the_headers(app: Flask, ann: Visitor) -> None:
    for _, method, path in [*_requests(app), ("", "GET", "/nowhere"), ("", "PUT", "/")]:
        response = ann.client.open(path, method=method, buffered=True)
        assert {name: response.headers.get(name) for name in HEADERS} == HEADERS, path


def test_a_route_that_says_nothing_is_refused(app: Flask, ann: Visitor) -> None:
    app.add_url_rule("/forgotten", "forgotten", lambda: "secret")
    assert ann.status("/forgotten") == 403


def test_a_role_without_the_permission_is_refused(ann: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PERMISSIONS, Role.AGENT, frozenset({Permission.ACCOUNT}))
    assert ann.status("/") == 403


def test_a_disabled_person_is_out_at_once(ann: Visitor, app: Flask) -> None:
    app.extensions["handrail"].people.add("Zoe", "administrator")
    app.extensions["handrail"].people.disable("Ann")
    assert ann.client.get("/").location.startswith("/sign-in")
