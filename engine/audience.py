"""What a client sees of a session and can send to it, where its guides are public (FORMAT §2).

What is shown is named here part by part, so that what is for staff, or comes later, never leaves the server.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from engine.content import Content
from engine.documents import offered
from engine.errors import NotPublicError, Refusal, RefusedError
from engine.model import Guide
from engine.replies import Reply, offered_anytime
from engine.screen import build
from engine.sentences import sentence
from engine.shown import ShownAsk, ShownDocument, ShownImage, ShownOption
from engine.state import State
from engine.visits import Frame, Visit, closed_before


class ClientContent(NamedTuple):
    """What one step says to a client: Markdown in `say`, plain text elsewhere."""

    title: str
    say: str
    question: str


class ClientScreen(NamedTuple):
    """The whole of what a client sees: no note, points, words to avoid or checks, and no answer that is for staff.

    `before` holds the closing words of called guides that just ended; `ended` that nothing more is asked.
    """

    before: tuple[ClientContent, ...]
    content: ClientContent
    stage: str | None
    progress: Mapping[str, int] | None
    asks: tuple[ShownAsk, ...]
    options: tuple[ShownOption, ...]
    anytime: tuple[ShownOption, ...]
    documents: tuple[ShownDocument, ...]
    images: tuple[ShownImage, ...]
    ended: bool


def for_client(state: State) -> ClientScreen:
    """The screen of a session as a client sees it. Raises `NotPublicError` in a guide that is for staff."""
    for guide in _guides(state.visit.frame):
        if guide.audience != "public":
            raise NotPublicError(guide.id)
    screen, visit = build(state), state.visit
    closed = zip(closed_before(visit), screen.before, strict=True)
    before = [(each.step, words) for each, words in closed if _is_open(each)]
    documents = zip(offered(visit), screen.documents, strict=True)
    staff = {offer.entry.option.id for offer in offered_anytime(visit) if offer.entry.staff}
    return ClientScreen(
        before=tuple(_content(words) for _, words in before),
        content=_content(screen.content),
        stage=screen.stage,
        progress=screen.progress,
        asks=screen.asks,
        options=tuple(map(_option, screen.options)),
        anytime=tuple(_option(option) for option in screen.anytime if option.id not in staff),
        documents=tuple(shown for offer, shown in documents if _is_open(offer.visit)),
        images=tuple(image.shown for step in (*(step for step, _ in before), visit.step) for image in step.images),
        ended=screen.outcome is not None,
    )


def from_client(state: State, reply: Reply) -> Reply:
    """What a client's answer says to the walker: checks and reasons are for staff to give.

    Raises `NotPublicError`, and `RefusedError` for an answer that is not open to a client.
    """
    screen = for_client(state)
    answers = {option.id for option in (*screen.options, *screen.anytime) if option.allowed}
    if reply.option is not None and reply.option not in answers:
        raise RefusedError(
            {"option": Refusal("not-an-option", sentence("Choose one of the answers that are open here."))}
        )
    return reply._replace(checks=(), reasons={})


def _is_open(visit: Visit) -> bool:
    return visit.frame.guide.audience == "public"


def _guides(frame: Frame) -> Iterator[Guide]:
    """The guide of a frame, and those of the frames that called it."""
    yield frame.guide
    if frame.caller is not None:
        yield from _guides(frame.caller.frame)


def _content(content: Content) -> ClientContent:
    return ClientContent(content.title, content.say, content.question)


def _option(option: ShownOption) -> ShownOption:
    return option._replace(override=None)
