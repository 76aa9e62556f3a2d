"""The agent's pages: the guides, starting one, and the call's screen with all that can be done there."""

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from flask import Blueprint, jsonify, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.errors import RefusedError
from engine.fields.hands import hands
from engine.replies import Reply
from engine.sentences import sentence
from web import forms, handbook
from web.bearings import bearings, sought
from web.call_page import call_page, swapped
from web.context import header, here, language, named, person, services, tongues
from web.errors import again
from web.security import allow
from web.storage.people import Person
from web.use_cases.figures import figures
from web.use_cases.moves import Look, Session
from web.use_cases.permissions import Permission, may
from web.use_cases.pledges import undone
from web.use_cases.refusals import HandedOverError

blueprint = Blueprint("desk", __name__)

SWAP = "Handrail-Swap"
"""The header by which a script says that it only swaps the page's main part, and the mark of what it shows ahead."""

LONGEST_AHEAD = 256 * 1024
"""Characters of all pages that are fetched ahead of one step; those beyond are fetched when they are asked for."""

DONE = {
    "noted": sentence("Your note is saved."),
    "flagged": sentence("Flagged for the guide's author."),
    "kept": sentence("The client's words are kept."),
    "paused": sentence("Paused. It waits for you here."),
    "approved": sentence("Approved. Their page opens it by itself."),
    "refused": sentence("Not approved. Their page tells them why."),
    "handed": sentence("Handed over. It waits until somebody takes it."),
    "asked": sentence("Asked. It shows here as soon as somebody decides."),
    "named": sentence("The client is named."),
    "cancelled": sentence("The record is cancelled."),
    "changed": sentence("The answer is changed."),
    "left": sentence("Left as it was: nothing is changed."),
}
"""What a page says quietly, once, after something was done that moved nothing."""


@blueprint.get("/")
@allow(Permission.WALK)
def home() -> str:
    """The guides to start, and my sessions to go on with."""
    desk = services().desk
    board = services().approvals.board(person()) if may(person(), Permission.APPROVE) else None
    arranged = services().finder.arranged(person(), tongues())
    shown: dict[str, object] = {"arranged": arranged, "sessions": desk.open_sessions(person(), tongues())}
    shown |= {"board": board, "pending": services().handovers.pending(person())}
    return render_template("desk/home.html", **shown, done=_done())


@blueprint.get("/sessions")
@allow(Permission.WALK)
def find() -> str:
    """My sessions, ended ones too, by the client, the reference or what was given."""
    wanted = forms.line(request.args, "q")
    found = services().desk.find(person(), wanted, tongues())
    return render_template("desk/find.html", wanted=wanted, sessions=found)


@blueprint.get("/start/<guide:guide_id>")
@allow(Permission.WALK)
def starting(guide_id: str) -> str:
    """What to say before a guide starts, filled in from the link."""
    return render_template("desk/start.html", **_starting(guide_id))


@blueprint.get("/practise/<guide:guide_id>")
@allow(Permission.WALK)
def practise(guide_id: str) -> str:
    """As `starting`, for practice alone."""
    return render_template("desk/start.html", **_starting(guide_id), practising=True)


@blueprint.post("/start/<guide:guide_id>")
@allow(Permission.WALK)
def start(guide_id: str) -> Response:
    """Start the guide and show its first step."""
    try:
        session_id = services().desk.start(person(), guide_id, forms.opening(request.form, language().locale))
    except RefusedError as error:
        return again(error, "desk/start.html", **_starting(guide_id, forms.Entered(request.form, error.refusals)))
    return _show(session_id)


@blueprint.get("/sessions/<session:session_id>")
@allow(Permission.WALK)
def session(session_id: str) -> str | Response:
    """The step that the session stands at; nothing where the page that asks shows it as it stands."""
    moves, asked = services().moves, named(session_id)
    if request.if_none_match and moves.tag(person(), asked) in request.if_none_match:
        return Response(status=304)
    try:
        look = moves.look(person(), asked)
    except HandedOverError:
        return redirect(url_for("handovers.package", session_id=session_id), 303)
    told = services().changes.told(look) if request.args.get("done") == "changed" else None
    shown = {**_screen(look), "changed": told, "done": None if told else _done()}
    return render_template("desk/session.html", **call_page(shown))


@blueprint.post("/sessions/<session:session_id>/answer")
@allow(Permission.WALK)
def answer(session_id: str) -> Response:
    """Answer the step on the screen."""
    return _carried(session_id, services().desk.answer, _reply())


@blueprint.post("/sessions/<session:session_id>/peek")
@allow(Permission.WALK)
def peek(session_id: str) -> Response:
    """The pages that the answers of the step on the screen lead to, by option; writes nothing."""
    ahead = services().peeks.ahead(person(), named(session_id), forms.seq(request.form), _reply())
    return jsonify(dict(_pages(ahead)))


@blueprint.post("/sessions/<session:session_id>/skip")
@allow(Permission.WALK)
def skip(session_id: str) -> Response:
    """Skip the step on the screen, for a reason."""
    reason = forms.line(request.form, "reason")
    return _carried(session_id, services().desk.skip, reason)


@blueprint.post("/sessions/<session:session_id>/back")
@allow(Permission.WALK)
def back(session_id: str) -> Response:
    """Go back one step, or to the one named."""
    to = forms.line(request.form, "to") or None
    services().desk.back(person(), named(session_id), forms.seq(request.form), to)
    return _show(session_id)


@blueprint.post("/sessions/<session:session_id>/note")
@allow(Permission.WALK)
def note(session_id: str) -> Response:
    """Write a note at the step on the screen."""
    text, desk = forms.line(request.form, "text"), services().desk
    return _carried(
        session_id, lambda who, at, seq, text: desk.note(who, at, text, seq), text, done="noted", beside=True
    )


@blueprint.post("/sessions/<session:session_id>/flag")
@allow(Permission.WALK)
def flag(session_id: str) -> Response:
    """Tell the author what is wrong with the step on the screen."""
    text = forms.line(request.form, "flag")
    return _carried(session_id, services().asides.flag, text, done="flagged", beside=True)


@blueprint.post("/sessions/<session:session_id>/nothing-fits")
@allow(Permission.WALK)
def nothing_fits(session_id: str) -> Response:
    """Keep the client's own words where none of the answers fits."""
    words = forms.line(request.form, "words")
    return _carried(session_id, services().asides.nothing_fits, words, done="kept", beside=True)


@blueprint.post("/sessions/<session:session_id>/ask-approval")
@allow(Permission.WALK)
def ask_approval(session_id: str) -> Response:
    """Ask a second person to open an option or a check of the step on the screen."""
    what = forms.line(request.form, "what")
    asked = what, forms.reason(request.form, what)
    return _carried(session_id, services().approvals.ask, asked, done="asked")


@blueprint.get("/sessions/<session:session_id>/open/<guide:guide_id>")
@allow(Permission.WALK)
def opening(session_id: str, guide_id: str) -> str:
    """What another guide has to be given before it opens."""
    look = services().moves.look(person(), named(session_id))
    return render_template("desk/opening.html", **_opening(look, guide_id))


@blueprint.post("/sessions/<session:session_id>/open/<guide:guide_id>")
@allow(Permission.WALK)
def open_guide(session_id: str, guide_id: str) -> Response:
    """Open another guide as a detour of one's own choosing."""
    look = services().moves.look(person(), named(session_id))
    opened = guide_id, Reply(values=forms.given(request.form), typed=True, reader=language().locale)
    try:
        services().asides.open_guide(person(), named(session_id), forms.seq(request.form), opened)
    except RefusedError as error:
        entered = forms.Entered(request.form, error.refusals)
        return again(error, "desk/opening.html", **_opening(look, guide_id, entered))
    return _show(session_id)


@blueprint.post("/sessions/<session:session_id>/pause")
@allow(Permission.WALK)
def pause(session_id: str) -> Response:
    """Put the session aside for a reason, and go back to the desk."""
    reason = forms.line(request.form, "pause")
    try:
        services().asides.pause(person(), named(session_id), forms.seq(request.form), reason)
    except RefusedError as error:
        return _again(session_id, error, beside=True)
    return redirect(url_for("desk.home", done="paused"), 303)


@blueprint.post("/sessions/<session:session_id>/resume")
@allow(Permission.WALK)
def resume(session_id: str) -> Response:
    """Take a paused session up again."""
    services().asides.resume(person(), named(session_id), forms.seq(request.form))
    return _show(session_id)


@blueprint.post("/sessions/<session:session_id>/client")
@allow(Permission.CLIENTS)
def name_client(session_id: str) -> Response:
    """Name the client, or another one."""
    client = forms.line(request.form, "client")
    return _carried(session_id, services().desk.name_client, client, done="named", beside=True)


@blueprint.post("/sessions/<session:session_id>/records")
@allow(Permission.WALK)
def cancel_record(session_id: str) -> Response:
    """Cancel a record that no answer stands for any more."""
    sent = forms.number(request.form, "record"), forms.line(request.form, "reason")
    services().desk.cancel_record(person(), named(session_id), forms.seq(request.form), sent)
    return _show(session_id, done="cancelled")


@blueprint.post("/sessions/<session:session_id>/end")
@allow(Permission.WALK)
def end(session_id: str) -> Response:
    """End the session before an outcome."""
    reason = forms.line(request.form, "reason")
    return _carried(session_id, services().desk.end, reason, beside=True)


def _reply() -> Reply:
    return forms.reply(request.form, language().locale)


def _done() -> str | None:
    return DONE.get(request.args.get("done", ""))


def _show(session_id: str, done: str | None = None) -> Response:
    return redirect(url_for("desk.session", session_id=session_id, done=done), 303)


What = TypeVar("What")


def _carried(
    session_id: str,
    act: Callable[[Person, Session, int, What], Look],
    what: What,
    *,
    done: str | None = None,
    beside: bool = False,
) -> Response:
    """The session's page after what was asked was carried out; the page it was asked from, with why it was not.

    A script gets the page at once, instead of being led to it, and none that it shows already. What stands `beside` the
    step is told there, not as a mistake in the answer.
    """
    sent = forms.seq(request.form)
    try:
        look = act(person(), named(session_id), sent, what)
    except RefusedError as error:
        return _again(session_id, error, beside=beside)
    swapped_for = header(SWAP)
    if not swapped_for:
        return _show(session_id, done)
    recorded = any(seq > sent for seq in look.state.records)
    shown = swapped_for == look.mark and not recorded
    return Response(status=204) if shown and not done else make_response(_part(look, done))


def _again(session_id: str, error: RefusedError, *, beside: bool = False) -> Response:
    look = services().moves.look(person(), named(session_id))
    shown = _screen(look, forms.Entered(request.form, error.refusals, beside))
    return again(error, "desk/session.html", **call_page(shown))


def _pages(ahead: Mapping[str, Look]) -> Iterator[tuple[str, str]]:
    room = LONGEST_AHEAD
    for option, look in ahead.items():
        page = _part(look)
        room -= len(page)
        if room < 0:
            return
        yield option, page


def _part(look: Look, done: str | None = None) -> str:
    """What takes the place of the page on view, without what stands around it."""
    return swapped(call_page({**_screen(look), "done": DONE.get(done or "")}))


def _screen(look: Look, entered: forms.Entered = forms.NOTHING) -> dict[str, object]:
    by = hands(language().locale, look.state.locale)
    inputs = forms.inputs(look.screen.asks, by, entered, look.state.visit.frame.guide.language)
    shown = {"look": look, "bearings": bearings(look.state), "inputs": inputs, "entered": entered}
    shown["asked"] = services().approvals.asked(look)
    if look.state.status == "ended":
        shown["writeup"] = services().papers.write_up(person(), look)
    return {**shown, **_known(look), "before": look.state.suggestion}


def _known(look: Look) -> dict[str, object]:
    """What stands beside a step of the client and of what was recorded."""
    state = look.state
    pledges = services().clients.open_promises(person(), state.client)
    return {"figures": figures(state), "pledges": pledges, "undone": undone(state, language().locale)}


def _starting(guide_id: str, entered: forms.Entered = forms.NOTHING) -> dict[str, object]:
    sent = request.form if entered.form else request.args
    asked = forms.locale(sent)
    form = services().desk.starting(person(), guide_id, asked or here(), () if asked else tongues())
    return {
        "form": form,
        "guide": form.guide,
        "sought": sought(form.spoken, forms.line(request.args, "found-step")) if form.spoken else None,
        "explained": guide_id in handbook.pages(),
        "pinned": services().finder.pinned(person(), guide_id),
        "news": services().finder.news(person(), guide_id, form.locale),
        "languages": forms.languages(form, request.args),
        "nameless": person().name if form.nameless else "",
        "inputs": forms.starting(form, language().locale, request.args, entered),
        "entered": entered,
        "client": forms.line(sent, "client"),
        "known_clients": services().clients.suggestions(person()),
        "reference": forms.line(sent, "reference"),
        "key_word": forms.line(request.form, "key") or forms.fresh_key(),
    }


def _opening(look: Look, guide_id: str, entered: forms.Entered = forms.NOTHING) -> dict[str, object]:
    form = services().desk.starting(person(), guide_id, look.state.locale, tongues())
    detour = forms.detour(form, language().locale, look.state, entered)
    return {"look": look, "form": form, "guide": form.guide, "entered": entered, **detour._asdict()}
