"""Finding the right guide: the search over guides and steps, also during a call, and what somebody pins."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from web import forms
from web.bearings import whereabouts
from web.context import named, person, services, tongues
from web.security import allow
from web.use_cases.permissions import Permission

blueprint = Blueprint("finding", __name__)


@blueprint.get("/guides")
@allow(Permission.WALK)
def guides() -> str:
    """The guides with the words of `q` in them, or all of them."""
    return render_template("finding/guides.html", **_listed())


@blueprint.post("/guides/pins")
@allow(Permission.WALK)
def pin() -> Response:
    """Pin a guide, or pin it no longer, and go back to its button."""
    finder = services().finder
    pinned, unpinned = (forms.line(request.form, name) for name in ("pin", "unpin"))
    if pinned:
        finder.pin(person(), pinned)
    else:
        finder.unpin(person(), unpinned)
    if forms.line(request.form, "at") == "start":
        return redirect(url_for("desk.starting", guide_id=pinned or unpinned, _anchor="pin"), 303)
    return redirect(url_for("desk.home", _anchor=f"pin-{pinned or unpinned}"), 303)


@blueprint.get("/sessions/<session:session_id>/open")
@allow(Permission.WALK)
def others(session_id: str) -> str | Response:
    """The guides that can be opened at the step on the screen; with `q` also where steps of its own guide are."""
    look = services().moves.look(person(), named(session_id))
    if look.state.status == "ended":
        return redirect(url_for("finding.guides", q=forms.line(request.args, "q")), 303)
    guide, wanted = look.state.visit.frame.guide, forms.line(request.args, "q")
    hits = services().finder.steps(guide, wanted)
    places = [(hit, whereabouts(look.state, hit.step)) for hit in hits]
    return render_template("finding/others.html", look=look, walked=guide, places=places, **_listed(guide.id))


def _listed(but: str = "") -> dict[str, object]:
    wanted, finder = forms.line(request.args, "q"), services().finder
    if wanted:
        return {"wanted": wanted, "findings": finder.search(person(), wanted, tongues(), but)}
    return {"wanted": "", "arranged": finder.arranged(person(), tongues()).without(but), "whole": "all" in request.args}
