"""What people get in writing: a document of a call, to copy, to print, or as a file."""

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Redirect

from engine.events import DocumentProduced
from web import forms
from web.context import named, person, services
from web.security import allow
from web.use_cases.permissions import Permission

blueprint = Blueprint("documents", __name__)

FILES = {"markdown": ("body", ".md", "text/markdown"), "text": ("plain", ".txt", "text/plain")}
"""The files that a document can be had as: which of its texts, the name's ending, the type."""


@blueprint.post("/sessions/<session:session_id>/documents")
@allow(Permission.WALK)
def take(session_id: str) -> Redirect:
    """Take a document from the step on the screen: its text is kept with the session."""
    document = forms.line(request.form, "document")
    services().desk.produce(person(), named(session_id), forms.seq(request.form), document)
    return redirect(url_for("documents.show", session_id=session_id, document=document), 303)


@blueprint.get("/sessions/<session:session_id>/documents/<document:document>")
@allow(Permission.WALK)
def show(session_id: str, document: str) -> str | Response:
    """The document as it was taken last: a page, or with `?as=` a file."""
    found = services().desk.produced(person(), named(session_id), document)
    form = request.args.get("as", "")
    if form in FILES:
        return _file(found, form)
    return render_template("desk/document.html", document=found, session_id=session_id, name=document)


def _file(document: DocumentProduced, form: str) -> Response:
    text, ending, mimetype = FILES[form]
    head = [f"{name}: {document.texts[key]}" for name, key in (("To", "to"), ("Subject", "subject"))]
    parts = [line for line in head if not line.endswith(": ")]
    response = make_response("\n".join([*parts, *([""] if parts else []), document.texts[text]]))
    response.mimetype = mimetype
    response.headers.set("Content-Disposition", "attachment", filename=f"{document.document}{ending}")
    return response
