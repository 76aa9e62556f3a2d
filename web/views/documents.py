"""What people get in writing: a document or the summary of a call, to copy, print and mail, or as a file."""

from urllib.parse import quote

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Redirect

from web import forms
from web.context import named, person, services
from web.security import allow
from web.use_cases.papers import Paper, copy
from web.use_cases.permissions import Permission

blueprint = Blueprint("documents", __name__)


@blueprint.post("/sessions/<session:session_id>/documents")
@allow(Permission.WALK)
def take(session_id: str) -> Redirect:
    """Take a document from the step on the screen: its text is kept with the session."""
    document = forms.line(request.form, "document")
    services().papers.take(person(), named(session_id), forms.seq(request.form), document)
    return redirect(url_for("documents.show", session_id=session_id, document=document), 303)


@blueprint.get("/sessions/<session:session_id>/documents/<document:document>")
@allow(Permission.WALK)
def show(session_id: str, document: str) -> str | Response:
    """The document as it was taken last: a page, or with `?as=` a file."""
    return _shown(session_id, services().papers.taken(person(), named(session_id), document))


@blueprint.post("/sessions/<session:session_id>/summary")
@allow(Permission.WALK)
def take_summary(session_id: str) -> Redirect:
    """Take the summary of a session that has ended, as a page or as the file that is asked for."""
    services().papers.take_summary(person(), named(session_id), forms.seq(request.form))
    place = url_for("documents.summary", session_id=session_id)
    form = forms.line(request.form, "as")
    return redirect(f"{place}?as={quote(form)}" if form else place, 303)


@blueprint.get("/sessions/<session:session_id>/summary")
@allow(Permission.WALK)
def summary(session_id: str) -> str | Response:
    """The summary as it was taken last: a page, or with `?as=` a file."""
    return _shown(session_id, services().papers.summary(person(), named(session_id)))


def _shown(session_id: str, paper: Paper) -> str | Response:
    form = request.args.get("as")
    if form is None:
        return render_template("desk/document.html", paper=paper, session_id=session_id)
    file = copy(paper, form)
    response = make_response(file.content)
    response.mimetype = file.type
    response.headers.set("Content-Disposition", "attachment", **file.names)
    return response
