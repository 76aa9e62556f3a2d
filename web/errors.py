"""Refusals and faults as pages: the only place that knows a status."""

from typing import Any, NamedTuple

from flask import Flask, current_app, make_response, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from engine.errors import (
    AutomaticLoopError,
    EndedError,
    HandrailError,
    NotEndedError,
    NothingBeforeError,
    NothingToUndoError,
    NotOfferedError,
    NotOnPathError,
    NotOnScreenError,
    RefusedError,
    TooManyFramesError,
    TooManyVisitsError,
    UnknownEventError,
    UnknownGuideError,
)
from engine.sentences import sentence
from web.bearings import bearings
from web.forms import UnreadableFormError
from web.printing import PrintingError
from web.rendering import RenderingError
from web.storage.database import StoreError
from web.unsaved import said, unsaved
from web.use_cases.refusals import (
    DecidedError,
    HandedOverError,
    LinkError,
    NotAllowedError,
    NotFoundError,
    PasswordError,
    PersonError,
    SaidAlreadyError,
    SignInError,
    StaleError,
    TakenError,
    TakenOverError,
    ThrottledError,
    TooLateError,
)

STATUS: dict[type[Exception], int] = {
    UnreadableFormError: 400,
    NotAllowedError: 403,
    NotFoundError: 404,
    UnknownGuideError: 404,
    AutomaticLoopError: 409,
    EndedError: 409,
    NothingBeforeError: 409,
    NothingToUndoError: 409,
    NotEndedError: 409,
    NotOfferedError: 409,
    NotOnPathError: 409,
    NotOnScreenError: 409,
    SaidAlreadyError: 409,
    DecidedError: 409,
    HandedOverError: 409,
    TakenError: 409,
    TakenOverError: 409,
    StaleError: 409,
    TooLateError: 409,
    TooManyFramesError: 409,
    TooManyVisitsError: 409,
    LinkError: 410,
    PasswordError: 422,
    PersonError: 422,
    RefusedError: 422,
    SignInError: 422,
    ThrottledError: 429,
    PrintingError: 503,
    RenderingError: 503,
    StoreError: 503,
    UnknownEventError: 503,
}


class Words(NamedTuple):
    """What an error page says: what happened, and what to do next."""

    title: str
    text: str


WORDS: dict[int, Words] = {
    400: Words(sentence("This could not be read"), sentence("Go back, reload the page, and send it again.")),
    403: Words(sentence("This is not open to you"), sentence("Ask an administrator if you need it.")),
    404: Words(
        sentence("There is nothing here"), sentence("Check the address, or start again from the list of guides.")
    ),
    405: Words(
        sentence("That does not work here"),
        sentence("This address takes another kind of request. Start again from the list."),
    ),
    409: Words(
        sentence("That is not possible now"), sentence("Look at where the session stands, and go on from there.")
    ),
    410: Words(sentence("This link no longer works"), sentence("Ask an administrator for a new one.")),
    413: Words(
        sentence("That was too much at once"), sentence("Send less text: at most 10,000 characters in a field.")
    ),
    422: Words(sentence("That was not accepted"), sentence("Go back, and look at what the page says.")),
    429: Words(sentence("Please wait a moment"), sentence("Try again in a few minutes.")),
    500: Words(
        sentence("Something broke on our side"),
        sentence("What was saved is safe. Try again; if it happens again, tell an administrator the time it happened."),
    ),
    503: Words(sentence("This does not work at the moment"), sentence("Try again in a minute.")),
}
FAULT = Words(sentence("That did not work"), sentence("Go back and try again."))


def again(error: HandrailError, template: str, **shown: Any) -> Response:
    """The same page once more, saying what was not accepted."""
    return make_response(render_template(template, error=error, **shown), status(error))


def status(error: Exception) -> int:
    """The status of a refusal; of one that nobody listed, that the request made no sense."""
    listed = (STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)
    return next(listed, 400)


def install(app: Flask) -> None:
    """Show refusals and faults as pages of ours."""
    app.register_error_handler(StaleError, _stale)
    app.register_error_handler(TakenOverError, _stale)
    app.register_error_handler(HandrailError, _refused)
    app.register_error_handler(HTTPException, _fault)


def _refused(error: HandrailError) -> Response:
    code = status(error)
    if code >= 500:
        current_app.logger.error("%s %s: %s", request.method, request.path, error)
    return _page(code, error.sentence)


def _fault(error: HTTPException) -> Response:
    code = error.code or 500
    own = error.description if type(error).__module__.startswith("web.") else None
    response = _page(code, own)
    for name, value in error.get_headers():
        if name == "Allow":
            response.headers[name] = value
    return response


def _stale(error: StaleError | TakenOverError) -> Response:
    """What changed elsewhere, and what was typed here, with the way on from there."""
    state = error.look.state
    labels = {id: field.label for guide in state.guides.values() for id, field in guide.fields.items()}
    entered = unsaved(request.form, labels, said(state.guides.values()))
    shown = {"look": error.look, "bearings": bearings(state), "kept": entered}
    return make_response(render_template("desk/stale.html", error=error, **shown), status(error))


def _page(code: int, text: str | None) -> Response:
    words = WORDS.get(code, FAULT)
    shown = {"title": words.title, "text": text or words.text, "code": code}
    session_id = (request.view_args or {}).get("session_id")
    return make_response(render_template("error.html", session_id=session_id, **shown), code)
