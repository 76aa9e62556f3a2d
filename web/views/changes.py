"""Changing an earlier answer: its step as it was answered, and what was sent in its place."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.errors import RefusedError
from engine.fields.hands import hands
from web import forms
from web.bearings import bearings
from web.context import language, named, person, services
from web.errors import again
from web.security import allow
from web.use_cases.changes import Earlier, found
from web.use_cases.changes import named as visit_name
from web.use_cases.permissions import Permission

blueprint = Blueprint("changes", __name__)


@blueprint.get("/sessions/<session:session_id>/change")
@allow(Permission.WALK)
def earlier(session_id: str) -> str:
    """An earlier step as it was answered."""
    at = found(forms.line(request.args, "at"))
    return render_template("desk/change.html", **_page(services().changes.earlier(person(), named(session_id), at)))


@blueprint.post("/sessions/<session:session_id>/change")
@allow(Permission.WALK)
def change(session_id: str) -> Response:
    """Answer an earlier step anew, and go on where the call stands then."""
    changes, sent, seq = services().changes, forms.change(request.form, language().locale), forms.seq(request.form)
    try:
        look = changes.change(person(), named(session_id), seq, sent)
    except RefusedError as error:
        entered = forms.Entered(request.form, error.refusals)
        return again(error, "desk/change.html", **_page(changes.earlier(person(), named(session_id), sent.at), entered))
    done = "changed" if look.state.moved > seq else "left"
    return redirect(url_for("desk.session", session_id=session_id, done=done), 303)


def _page(earlier: Earlier, entered: forms.Entered = forms.NOTHING) -> dict[str, object]:
    look = earlier.look
    inputs = forms.inputs(look.screen.asks, hands(language().locale, look.state.locale), entered)
    shown = {"look": look, "earlier": earlier, "before": earlier.visit.answer, "bearings": bearings(look.state)}
    return {**shown, "at": visit_name(earlier.visit.key), "inputs": inputs, "entered": entered, "asked": {}}
