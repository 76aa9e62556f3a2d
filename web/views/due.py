"""What is due: the promises of clients and our own, and what people say became of them."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from web import forms
from web.context import person, services
from web.errors import again
from web.security import allow
from web.use_cases.permissions import Permission
from web.use_cases.refusals import SaidAlreadyError

blueprint = Blueprint("due", __name__)


@blueprint.get("/due")
@allow(Permission.CLIENTS)
def due() -> str:
    """What is due today, and what was due before."""
    which, done = forms.due(request.args), forms.line(request.args, "done")
    said = services().clients.pledge(person(), done) if done else None
    return render_template("due/list.html", due=services().clients.due(person(), which), which=which, said=said)


@blueprint.post("/promises/<promise:promise_id>")
@allow(Permission.CLIENTS)
def say(promise_id: str) -> Response:
    """Say what became of a promise, and go back to where it stood."""
    form, which = request.form, forms.due(request.form)
    sent, at = (forms.number(form, "seen"), forms.line(form, "reason")), forms.line(form, "at")[:100]
    try:
        pledge = services().clients.say(person(), promise_id, forms.line(form, "word"), sent)
    except SaidAlreadyError as error:
        due = services().clients.due(person(), which)
        return again(error, "due/list.html", due=due, which=which, said=error.pledge)
    if forms.line(form, "to") == "client" and pledge.client:
        return redirect(url_for("clients.client", reference=pledge.client, done=promise_id, at=at), 303)
    return redirect(url_for("due.due", by=which.by or None, mine=which.mine or None, done=promise_id, at=at), 303)
