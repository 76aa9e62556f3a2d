"""Who may ask for what over HTTP: cookies, forgery, route permissions and the headers of every response.

Every route says with `allow` which permission it needs, or that it is `Open` to anybody; one that says
nothing is refused.
"""

import hmac
import re
import secrets
from collections.abc import Callable
from enum import StrEnum
from hashlib import sha256
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, g, redirect, request, url_for
from werkzeug.exceptions import Forbidden
from werkzeug.wrappers import Response as AnyResponse

from engine.sentences import sentence
from web.context import Context, current, keep, person, services
from web.use_cases.permissions import Permission, require

View = TypeVar("View", bound=Callable[..., Any])


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
    context = current()
    assert context is not None
    if "csrf" not in g:
        g.csrf = hmac.new(context.secret.encode(), b"handrail form", sha256).hexdigest()
    return str(g.csrf)


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
    context = current()
    assert context is not None
    assert context.token is not None
    return context.token


def local(target: str | None) -> str:
    """Where to go next: a path of ours, or the first page for anything else."""
    return target if target and len(target) <= 500 and _LOCAL.fullmatch(target) else url_for("desk.home")


def finish(response: Response) -> Response:
    """After every request: the headers, and the cookie that a signed-out visitor's form is bound to."""
    said = {name.lower() for name, _ in response.headers}  # once: `setdefault` would go through them for each of ours
    ours = {"Cache-Control": "no-store", **HEADERS}
    if _secure():
        ours["Strict-Transport-Security"] = "max-age=31536000"
    for name, value in ours.items():
        if name.lower() not in said:
            response.headers.add(name, value)
    context = current()
    if context is not None and context.fresh:
        _set_cookie(response, "visitor", context.secret, None)
    return response


def install(app: Flask) -> None:
    """Make every request pass here."""
    app.before_request(guard)
    app.after_request(finish)
    app.jinja_env.globals["csrf_token"] = csrf_token


def _context() -> Context:
    token = _kept("session")
    session_id = (request.view_args or {}).get("session_id")
    if token and session_id:
        entry = services().people.enter(token, session_id)
        if entry:
            return Context(token, False, token, entry.person, entry.head)
    elif token and (known := services().people.person_for(token)):
        return Context(token, False, token, known)
    visitor = _kept("visitor")
    return Context(visitor or secrets.token_urlsafe(32), visitor is None)


def _refuse_forged() -> None:
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise ForgedFormError
    sent = request.form.get("csrf", "")
    if not hmac.compare_digest(sent.encode(errors="replace"), csrf_token().encode()):
        raise ForgedFormError


def _return_to() -> str | None:
    """Where to come back to after signing in: the page asked for, or the session a form was sent from."""
    session_id = (request.view_args or {}).get("session_id")
    if request.method in WRITING:
        return url_for("desk.session", session_id=session_id) if session_id else None
    target = urlsplit(request.full_path.rstrip("?"))
    return None if target.path == "/" else target._replace(scheme="", netloc="").geturl()


def _kept(name: str) -> str | None:
    kept = request.cookies.get(_cookie(name), "")
    return kept if _SECRET.fullmatch(kept) else None


def _cookie(name: str) -> str:
    return f"__Host-handrail-{name}" if _secure() else f"handrail-{name}"


def _secure() -> bool:
    return bool(current_app.config["SESSION_COOKIE_SECURE"])


def _set_cookie(response: AnyResponse, name: str, value: str, age: int | None) -> None:
    response.set_cookie(_cookie(name), value, max_age=age, path="/", secure=_secure(), httponly=True, samesite="Lax")
