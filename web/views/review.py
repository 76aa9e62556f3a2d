"""Looking back: the list of sessions, one session's path, and its guide's graph."""

from flask import Blueprint, make_response, render_template, request
from werkzeug.wrappers import Response

from web import forms
from web.context import person, services, tongues
from web.security import allow
from web.use_cases.permissions import Permission

blueprint = Blueprint("review", __name__, url_prefix="/review")


@blueprint.get("/")
@allow(Permission.REVIEW)
def sessions() -> str:
    """Sessions, newest first, narrowed to what is looked for."""
    listings, wanted = services().listings, forms.wanted(request.args)
    page = listings.page(person(), forms.cursor(request.args), wanted=wanted)
    sent = {name: text for name, text in request.args.items() if name in wanted._fields and text}
    told = {"titles": listings.titles(page.items, tongues()), "choices": listings.choices(person(), tongues())}
    return render_template("review/sessions.html", page=page, me=person(), wanted=wanted, sent=sent, **told)


@blueprint.get("/sessions/<session:session_id>")
@allow(Permission.REVIEW)
def session(session_id: str) -> str:
    """One session's path with times, answers, values and notes."""
    review = services().reviews.session(person(), session_id)
    title = services().listings.titles([review.head], tongues())[session_id]
    reopens = services().moves.reopens(person(), review.head)
    return render_template("review/session.html", review=review, title=title, reopens=reopens)


@blueprint.get("/sessions/<session:session_id>/map")
@allow(Permission.REVIEW)
def large(session_id: str) -> str:
    """The map with the path marked, fitted to the window or in its full size."""
    return render_template("review/map.html", review=services().reviews.session(person(), session_id))


@blueprint.get("/sessions/<session:session_id>/graph.svg")
@allow(Permission.REVIEW)
def graph(session_id: str) -> Response:
    """The session's guide with the path marked."""
    response = make_response(services().reviews.graph(person(), session_id))
    response.mimetype = "image/svg+xml"
    return response
