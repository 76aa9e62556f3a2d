"""Who may ask for what over HTTP: cookies, forgery, route permissions and the headers of every response.

Every route says with `allow` which permission it needs, or that it is `Open` to anybody; one that says
nothing is refused.
"""

import hmac
import re
import secrets
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from functools import lru_cache
from typing import Any, TypeAlias, TypeVar
from urllib.parse import urlsplit
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, Response, current_app, redirect, request, url_for
from werkzeug.exceptions import Forbidden
from werkzeug.http import parse_cookie
from werkzeug.wrappers import Response as AnyResponse

from engine.sentences import sentence
from web.context import Context, current, header, keep, person, reader, services
from web.use_cases.permissions import Permission, require

View = TypeVar("View", bound=Callable[..., Any])
Said: TypeAlias = list[tuple[str, str]]
"""The headers of a response."""


class Open(StrEnum):
    """What needs nobody signed in."""

    PAGE = "page"  # shown to anybody, with their name where they are signed in
    MACHINE = "machine"  # assets and probes: asks the store for nothing, makes no cookie


class ForgedFormError(Forbidden):
    """A form that was not ours, or is older than the present sign-in."""

    description = sentence(
        "This form was shown before you signed in, or did not come from Handrail. "
        "Go back, reload the page, and send it again."
    )


WRITING = frozenset({"POST", "PUT", "PATCH", "DELETE"})
COOKIE_AGE = 7 * 24 * 3600
"""Seconds a browser keeps the sign-in cookie; when a sign-in ends, the server alone decides."""

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}

_EMPTY = "204", "304"
"""What a status without content begins with."""
_SECRET = re.compile(r"[A-Za-z0-9_.:-]{16,200}")
_LOCAL = re.compile(r"/(?!/)[A-Za-z0-9_./?=&%+:-]*")


def allow(needed: Permission | Open) -> Callable[[View], View]:
    """Declare what a route needs; `guard` enforces it."""

    def declare(view: View) -> View:
        view.needs = needed  # type: ignore[attr-defined]
        return view

    return declare


def needs(endpoint: str | None) -> Permission | Open | None:
    """What the route of an endpoint declared, or None where it declared nothing."""
    return getattr(current_app.view_functions.get(endpoint or ""), "needs", None)


def guard() -> AnyResponse | None:
    """Before every request: find out who asks, refuse what is not theirs and forms that are not ours."""
    needed = needs(request.endpoint)
    if needed is Open.MACHINE:
        return None
    keep(_context())
    if request.routing_exception is not None:
        return None
    if needed is None:
        raise Forbidden("No page of Handrail is open without a rule that says for whom. Tell an administrator.")
    return _enforce(needed)


def _enforce(needed: Permission | Open) -> AnyResponse | None:
    context = current()
    if isinstance(needed, Permission):
        if context is None or context.person is None:
            return redirect(url_for("auth.sign_in", next=_return_to()), 303)
        require(context.person, needed)
    if request.method in WRITING:
        _refuse_forged()
    return None


def csrf_token() -> str:
    """What a form of this request's person must carry: bound to their cookie, useless to anybody else."""
    return reader().form_secret


def sign_in(response: AnyResponse, token: str) -> AnyResponse:
    """Give the browser its sign-in cookie."""
    _set_cookie(response, "session", token, COOKIE_AGE)
    return response


def sign_out(response: AnyResponse) -> AnyResponse:
    """Take the cookie away and forget what the browser kept, also what was typed and not sent."""
    response.delete_cookie(_cookie("session"), path="/", secure=_secure(), httponly=True, samesite="Lax")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def cookie_session() -> str:
    """The token of the signed-in person's cookie."""
    person()
    token = reader().token
    assert token is not None
    return token


def local(target: str | None) -> str:
    """Where to go next: a path of ours, or the first page for anything else."""
    return target if target and len(target) <= 500 and _LOCAL.fullmatch(target) else url_for("desk.home")


def finish(response: Response) -> Response:
    """After every request: the cookie that a signed-out visitor's form is bound to."""
    context = current()
    if context is not None and context.fresh:
        _set_cookie(response, "visitor", context.secret, None)
    return response


def install(app: Flask) -> None:
    """Make every request pass here."""
    app.before_request(guard)
    app.after_request(finish)
    app.teardown_request(lambda _: keep(None))
    app.jinja_env.globals["csrf_token"] = csrf_token
    app.wsgi_app = guarded(  # type: ignore[method-assign, assignment]
        app.wsgi_app, app.config["SESSION_COOKIE_SECURE"]
    )


def guarded(app: WSGIApplication, secure: bool) -> WSGIApplication:
    """Put our headers on every response, after Flask has gone through its own; one of the same name stands.

    A response without content has nothing that they could protect, and most answers of a call get one: it is only told
    not to be kept.
    """
    ours = [("Cache-Control", "no-store"), *HEADERS.items()]
    if secure:
        ours.append(("Strict-Transport-Security", "max-age=31536000"))

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def start(status: str, headers: Said, *error: Any) -> Callable[[bytes], object]:
            said = {name.lower() for name, _ in headers}
            some = ours[:1] if status.startswith(_EMPTY) else ours
            return start_response(status, headers + [each for each in some if each[0].lower() not in said], *error)

        return app(environ, start)

    return answer


def _context() -> Context:
    token = _kept("session")
    session_id = (request.view_args or {}).get("session_id", "")
    if token and session_id:
        entry = services().people.enter(token, session_id)
        if entry:
            return Context(token, False, session_id, token, entry.person, entry.head)
    elif token and (known := services().people.person_for(token)):
        return Context(token, False, session_id, token, known)
    visitor = _kept("visitor")
    return Context(visitor or secrets.token_urlsafe(32), visitor is None, session_id)


def _refuse_forged() -> None:
    if header("Sec-Fetch-Site") not in ("", "same-origin", "none"):
        raise ForgedFormError
    sent, secret = request.form.get("csrf", ""), csrf_token()
    if not secret or not hmac.compare_digest(sent.encode(errors="replace"), secret.encode()):
        raise ForgedFormError


def _return_to() -> str | None:
    """Where to come back to after signing in: the page asked for, or the session a form was sent from."""
    session_id = (request.view_args or {}).get("session_id")
    if request.method in WRITING:
        return url_for("desk.session", session_id=session_id) if session_id else None
    target = urlsplit(request.full_path.rstrip("?"))
    return None if target.path == "/" else target._replace(scheme="", netloc="").geturl()


def _kept(name: str) -> str | None:
    kept = _cookies(header("Cookie")).get(_cookie(name), "")
    return kept if _SECRET.fullmatch(kept) else None


@lru_cache(maxsize=1024)
def _cookies(header: str) -> Mapping[str, str]:
    """The cookies of a header, the first of each name: a browser sends the same with every step of a call."""
    return parse_cookie(header).to_dict()


def _cookie(name: str) -> str:
    return f"__Host-handrail-{name}" if _secure() else f"handrail-{name}"


def _secure() -> bool:
    return bool(current_app.config["SESSION_COOKIE_SECURE"])


def _set_cookie(response: AnyResponse, name: str, value: str, age: int | None) -> None:
    response.set_cookie(_cookie(name), value, max_age=age, path="/", secure=_secure(), httponly=True, samesite="Lax")
