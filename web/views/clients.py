"""Clients: find one, and all that is known of them."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.errors import RefusedError
from web import forms
from web.context import person, services
from web.errors import again
from web.security import allow
from web.use_cases.permissions import Permission

blueprint = Blueprint("clients", __name__, url_prefix="/clients")


@blueprint.get("/")
@allow(Permission.CLIENTS)
def search() -> str:
    """Clients by parts of their reference or name."""
    words = forms.line(request.args, "q")
    return render_template("clients/search.html", words=words, found=services().clients.search(person(), words))


@blueprint.get("/<client:reference>")
@allow(Permission.CLIENTS)
def client(reference: str) -> str:
    """What is known of a client: promises, contacts, remedies, agreements, sessions."""
    done = forms.line(request.args, "done")
    said = services().clients.pledge(person(), done) if done else None
    return render_template("clients/client.html", **_page(reference), said=said)


@blueprint.post("/<client:reference>")
@allow(Permission.CLIENTS)
def change(reference: str) -> Response:
    """Set what is known of a client."""
    try:
        services().clients.change(person(), reference, forms.details(request.form))
    except RefusedError as error:
        return again(error, "clients/client.html", **_page(reference, forms.Entered(request.form, error.refusals)))
    return redirect(url_for("clients.client", reference=reference), 303)


def _page(reference: str, entered: forms.Entered = forms.NOTHING) -> dict[str, object]:
    page = services().clients.client(person(), reference)
    return {"page": page, "inputs": forms.details_of(page.client, entered), "entered": entered}
