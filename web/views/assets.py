"""Style sheet, script and icon."""

import gzip
from functools import lru_cache

from flask import Blueprint, request, send_from_directory
from werkzeug.wrappers import Response

from web.security import Open, allow
from web.template_filters import STATIC

blueprint = Blueprint("assets", __name__)

A_YEAR = 365 * 24 * 3600
TEXTS = ("text/css", "text/javascript", "image/svg+xml")


@blueprint.get("/static/<path:name>")
@allow(Open.MACHINE)
def file(name: str) -> Response:
    """One file; asked for with its digest, it is kept for a year."""
    kept = A_YEAR if request.args.get("v") else None
    response = send_from_directory(STATIC, name, max_age=kept)
    response.cache_control.public = True
    response.cache_control.immutable = kept is not None
    return _smaller(response) if response.mimetype in TEXTS else response


def _smaller(response: Response) -> Response:
    """The same compressed, where the browser reads that. Pages are not: they hold secrets beside what people send."""
    response.vary.add("Accept-Encoding")
    if response.status_code == 200 and request.accept_encodings.quality("gzip"):
        response.direct_passthrough = False
        tag, _ = response.get_etag()
        data = response.get_data()
        response.close()  # the file, at once: a browser may be gone before it has the answer
        response.set_data(_compressed(data))
        response.set_etag(tag or "", weak=True)
        response.content_encoding = "gzip"
    return response


@lru_cache(maxsize=16)
def _compressed(data: bytes) -> bytes:
    return gzip.compress(data, mtime=0)
