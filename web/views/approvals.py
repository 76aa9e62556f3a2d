"""The desk of who is asked: what waits for a second person, and the page on which they decide it."""

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.errors import RefusedError
from web import forms
from web.bearings import bearings, weighed
from web.context import person, services
from web.errors import again
from web.security import allow
from web.use_cases.approvals import Word
from web.use_cases.permissions import Permission

blueprint = Blueprint("approvals", __name__, url_prefix="/approvals")


@blueprint.get("/")
@allow(Permission.APPROVE)
def index() -> Response:
    """What waits; nothing where the page that asks shows it already."""
    if request.if_none_match and services().approvals.tag(person()) in request.if_none_match:
        return Response(status=304)
    board = services().approvals.board(person())
    response = make_response(render_template("approvals/index.html", board=board))
    response.set_etag(board.tag)
    return response


@blueprint.get("/<session:of>/<guide:what>")
@allow(Permission.APPROVE)
def matter(of: str, what: str) -> str:
    """What is asked, why, and how the call came there."""
    return render_template("approvals/matter.html", **_matter(of, what))


@blueprint.post("/<session:of>/<guide:what>")
@allow(Permission.APPROVE)
def decide(of: str, what: str) -> Response:
    """Approve it, or do not."""
    approved = forms.line(request.form, "word") == "approve"
    word = Word(what, approved, forms.line(request.form, "reason"))
    try:
        services().approvals.decide(person(), of, word)
    except RefusedError as error:
        return again(error, "approvals/matter.html", **_matter(of, what, forms.Entered(request.form, error.refusals)))
    return redirect(url_for("desk.home", done="approved" if approved else "refused"), 303)


def _matter(of: str, what: str, entered: forms.Entered = forms.NOTHING) -> dict[str, object]:
    matter = services().approvals.matter(person(), of, what)
    state = matter.look.state
    return {"matter": matter, "bearings": bearings(state), "weighed": weighed(state, what), "entered": entered}
