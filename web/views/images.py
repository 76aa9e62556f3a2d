"""The images of guides, by their digest."""

from flask import Blueprint, Response

from web.context import person, services
from web.security import allow
from web.use_cases.permissions import Permission

blueprint = Blueprint("images", __name__)

A_YEAR = 365 * 24 * 3600


@blueprint.get("/images/<image:digest>")
@allow(Permission.WALK)
def image(digest: str) -> Response:
    """One image; its address tells its bytes, so a browser keeps it for a year."""
    found = services().desk.image(person(), digest)
    response = Response(found.content, mimetype=f"image/{found.kind}")
    response.cache_control.private = response.cache_control.immutable = True
    response.cache_control.max_age = A_YEAR
    return response
