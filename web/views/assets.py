"""Style sheet, script and icon."""

from flask import Blueprint, request, send_from_directory
from werkzeug.wrappers import Response

from web.security import Open, allow
from web.template_filters import STATIC

blueprint = Blueprint("assets", __name__)

A_YEAR = 365 * 24 * 3600


@blueprint.get("/static/<path:name>")
@allow(Open.MACHINE)
def file(name: str) -> Response:
    """One file; asked for with its digest, it is kept for a year."""
    kept = A_YEAR if request.args.get("v") else None
    response = send_from_directory(STATIC, name, max_age=kept)
    response.cache_control.public = True
    response.cache_control.immutable = kept is not None
    return response
