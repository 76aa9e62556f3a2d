"""Coming in and leaving: sign-in by password or link, signing out, one's own password."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.sentences import sentence
from web import forms, security
from web.context import current, person, services
from web.errors import again
from web.security import Open, allow, cookie_session
from web.use_cases.permissions import ROLES, Permission
from web.use_cases.refusals import PasswordError, PersonError, SignInError, ThrottledError

blueprint = Blueprint("auth", __name__)

DONE = {
    "password": sentence("Your password is set."),
    "name": sentence("Your name is saved."),
    "choices": sentence("Your choice is saved."),
    "language": sentence("The pages speak to you like this from now on."),
}


@blueprint.get("/sign-in")
@allow(Open.PAGE)
def sign_in() -> str | Response:
    """The form for name and password; whoever is signed in goes on."""
    context, target = current(), security.local(request.args.get("next"))
    if context and context.person:
        return redirect(target, 303)
    return render_template("auth/sign_in.html", next=target, name="")


@blueprint.post("/sign-in")
@allow(Open.PAGE)
def enter() -> Response:
    """Sign in, and go where the person wanted to go."""
    name, target = forms.line(request.form, "name"), security.local(request.form.get("next"))
    try:
        token = services().people.sign_in(name, forms.secret(request.form, "password"), request.remote_addr or "")
    except (SignInError, ThrottledError) as error:
        return again(error, "auth/sign_in.html", next=target, name=name)
    return security.sign_in(redirect(target, 303), token)


@blueprint.get("/sign-in/link/<secret:token>")
@allow(Open.PAGE)
def link(token: str) -> str:
    """Whose link it is, and the button that uses it: a program that only looks at links uses nothing up."""
    return render_template("auth/link.html", owner=services().people.link_owner(token), token=token)


@blueprint.post("/sign-in/link/<secret:token>")
@allow(Open.PAGE)
def use_link(token: str) -> Response:
    """Sign in by the link; then a password can be set."""
    return security.sign_in(redirect(url_for("auth.me"), 303), services().people.use_link(token))


@blueprint.post("/sign-out")
@allow(Permission.ACCOUNT)
def sign_out() -> Response:
    """Leave."""
    services().people.sign_out(cookie_session())
    return security.sign_out(redirect(url_for("auth.sign_in"), 303))


@blueprint.get("/me")
@allow(Permission.ACCOUNT)
def me() -> str:
    """One's own name, role and password."""
    return render_template("auth/me.html", me=person(), roles=ROLES, done=DONE.get(request.args.get("done", "")))


@blueprint.post("/me")
@allow(Permission.ACCOUNT)
def set_password() -> Response:
    """Set one's own password."""
    try:
        services().people.set_password(person(), forms.secret(request.form, "password"), cookie_session())
    except PasswordError as error:
        return again(error, "auth/me.html", me=person(), roles=ROLES)
    return redirect(url_for("auth.me", done="password"), 303)


@blueprint.post("/me/name")
@allow(Permission.ACCOUNT)
def rename() -> Response:
    """Say what one is called."""
    typed = forms.line(request.form, "display_name")
    try:
        services().people.rename(person().name, typed)
    except PersonError as error:
        return again(error, "auth/me.html", me=person(), roles=ROLES, wrong="display-name", typed=typed)
    return redirect(url_for("auth.me", done="name"), 303)


@blueprint.post("/me/language")
@allow(Permission.ACCOUNT)
def speak() -> Response:
    """Say what language one wants to read."""
    try:
        services().people.speak(person(), forms.line(request.form, "language"))
    except PersonError as error:
        return again(error, "auth/me.html", me=person(), roles=ROLES, wrong="language")
    return redirect(url_for("auth.me", done="language"), 303)


@blueprint.post("/me/choices")
@allow(Permission.ACCOUNT)
def choose() -> Response:
    """Say how one likes to work, and go back to where one was."""
    single_keys, brief = (bool(forms.line(request.form, name)) for name in ("single_keys", "brief"))
    services().people.choose(person(), single_keys=single_keys, brief=brief)
    return redirect(security.local(request.form.get("next")), 303)
