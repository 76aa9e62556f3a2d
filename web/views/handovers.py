"""Handing a session over, and taking one: to whom it goes, and the page with all that the receiver should know."""

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.errors import RefusedError
from web import forms
from web.bearings import bearings, known_here, spoken
from web.context import language, named, person, services
from web.errors import again
from web.security import allow
from web.storage.sessions import HANDED_OVER, Head
from web.use_cases.permissions import Permission
from web.use_cases.pledges import undone

blueprint = Blueprint("handovers", __name__)

_SESSION = "/sessions/<session:session_id>"


@blueprint.get("/handovers/")
@allow(Permission.WALK)
def index() -> Response:
    """What waits to be taken over; nothing where the page that asks shows it already."""
    pending = services().handovers.pending(person())
    if request.if_none_match and pending.tag in request.if_none_match:
        return Response(status=304)
    response = make_response(render_template("handovers/index.html", pending=pending))
    response.set_etag(pending.tag)
    return response


@blueprint.get(f"{_SESSION}/hand-over")
@allow(Permission.WALK)
def giving(session_id: str) -> str:
    """To whom the session is to go."""
    return render_template("handovers/give.html", **_giving(session_id))


@blueprint.post(f"{_SESSION}/hand-over")
@allow(Permission.WALK)
def give(session_id: str) -> Response:
    """Hand the session over."""
    sent = forms.line(request.form, "receiver"), forms.line(request.form, "note")
    try:
        services().handovers.give(person(), named(session_id), forms.seq(request.form), sent)
    except RefusedError as error:
        entered = forms.Entered(request.form, error.refusals)
        return again(error, "handovers/give.html", **_giving(session_id, entered))
    return redirect(url_for("desk.home", done="handed"), 303)


@blueprint.get(f"{_SESSION}/package")
@allow(Permission.WALK)
def package(session_id: str) -> str | Response:
    """What the session comes with, before it is taken over; who has it already goes on with it."""
    head = named(session_id)
    if isinstance(head, Head) and head.person == person().id and head.status != HANDED_OVER:
        return redirect(url_for("desk.session", session_id=session_id), 303)
    package = services().handovers.package(person(), session_id)
    state = package.look.state
    shown = {"package": package, "bearings": bearings(state), "spoken": spoken(state), "known": known_here(state)}
    pledges = services().clients.open_promises(person(), state.client)
    left = undone(state, language().locale, handed_over=True)
    return render_template("handovers/package.html", **shown, pledges=pledges, undone=left)


@blueprint.post(f"{_SESSION}/take-over")
@allow(Permission.WALK)
def take(session_id: str) -> Response:
    """Take the session over, or back, and go on with it."""
    services().handovers.take(person(), session_id)
    return redirect(url_for("desk.session", session_id=session_id), 303)


def _giving(session_id: str, entered: forms.Entered = forms.NOTHING) -> dict[str, object]:
    look = services().moves.look(person(), named(session_id))
    return {"look": look, "receivers": services().handovers.receivers(person()), "entered": entered}
