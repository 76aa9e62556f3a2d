"""For machines: whether the server is alive, and whether it can do its work."""

from flask import Blueprint
from werkzeug.wrappers import Response

from web.context import services
from web.security import Open, allow

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@allow(Open.MACHINE)
def alive() -> Response:
    """The process answers."""
    return Response("alive\n", mimetype="text/plain")


@blueprint.get("/readyz")
@allow(Open.MACHINE)
def ready() -> Response:
    """The store answers too."""
    services().people.person_for("is-the-store-reachable")
    return Response("ready\n", mimetype="text/plain")
