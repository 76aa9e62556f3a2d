"""What people do in a session, drawn by number, and done twice: by the walker and by the reference."""

import random
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from itertools import chain
from typing import Any

from engine import walker
from engine.consequences import Turn
from engine.errors import Refusal, RefusedError, WalkError
from engine.fields.catalogue import plain, read
from engine.fields.field import Field
from engine.model import Guide
from engine.replies import Reply
from engine.state import State
from engine.walker import Opening
from tests.engine.walks import NOW
from tests.reference.judge import Judge, asked, limits, offered
from tests.reference.session import Session
from tests.reference.trip import Place, holds

Asked = tuple[Callable[[State], Turn], Callable[[Session], None]]
Drawn = random.Random
SOURCES = {"agent.name": "Sam", "client.name": "*Ann* <b>", "client.email": "ann@example.org", "setting.rate": "2"}
BESIDE = {
    "approval_asked",
    "approval_given",
    "approval_refused",
    "document_produced",
    "handed_over",
    "note_added",
    "nothing_fitted",
    "paused",
    "record_cancelled",
    "resumed",
    "step_flagged",
}
"""The kinds of event after which a page is not stale."""
PEOPLE = ("sam", "boss")
SAMPLES: Mapping[str, tuple[Any, ...]] = {
    "text": ("t", "*x*", "A-17", "1", None),
    "long_text": ("one\n# two", "x"),
    "integer": (0, 1, 2, 3, 5, 8, 13, 40, -1, None, "x"),
    "number": ("0.5", "2", "7.25", None),
    "money": ("0", "5", "19.99", "60", "120", None),
    "percent": ("12.5", "0", "8"),
    "boolean": (True, False),
    "date": ("2026-03-02", "2026-03-09", "2026-04-01", "2025-12-31", None),
    "month": ("2026-03", "2025-12"),
    "time": ("09:30", "17:00"),
    "email": ("ann@example.org", "bo@example.org"),
    "phone": ("+49 30 1234567", "030 7654321"),
    "url": ("https://example.org", "https://example.com/a"),
    "rating": (1, 3, 5),
    "country": ("DE", "FR"),
}


class Pair:
    """A session walked by the walker, and the same one by the reference."""

    def __init__(self, guides: Mapping[str, Guide], guide: str, number: int) -> None:
        draw = Drawn(number)
        opening, turn = next(started for _ in range(99) if (started := _started(guides, guide, number, draw)))
        self.guides, self.state, self.events = guides, turn.state, turn.events
        self.session = Session(guides, guide, opening, NOW.today)

    def make(self, act: str, number: int) -> bool:
        """Make one move, both; whether it was taken. What one refuses, the other refuses too, for the same reasons."""
        draw = Drawn(number)
        today = NOW.today + timedelta(days=draw.randrange(3))
        by_walker, by_reference = ACTS[act](self.session, draw, today)
        theirs = _refusal(lambda: by_reference(self.session))
        turn: list[Turn] = []
        ours = _refusal(lambda: turn.append(by_walker(self.state)))
        assert ours == theirs
        for each in turn:
            seqs = [event.seq for event in each.events]
            assert seqs == list(range(self.state.seq + 1, each.state.seq + 1))
            moves = any(event.kind not in BESIDE for event in each.events)
            if act == "take-over":
                moves = each.state.visit.key != self.state.visit.key
            assert (each.state.moved > self.state.seq) == moves
            self.state, self.events = each.state, self.events + each.events
        return bool(turn)


def _started(guides: Mapping[str, Guide], guide: str, number: int, draw: Drawn) -> tuple[Opening, Turn] | None:
    """A session started with some values; None where limits of the guide refuse one."""
    given = {field.id: acceptable(field, draw) for field in guides[guide].given if field.required or number % 2}
    facts = {key: draw.randrange(4) for _, key in guides[guide].outside if key not in SOURCES}
    opening = Opening(given, draw.choice(("en", "de")), client=draw.choice((None, "c0")), sources=SOURCES, facts=facts)
    try:
        return opening, walker.start(guides, guide, opening, NOW)
    except RefusedError:
        return None


def _refusal(request: Callable[[], None]) -> Any:
    """Why a request is refused: the kind of error, with the codes of all that is not acceptable."""
    try:
        request()
    except RefusedError as error:
        return RefusedError, {what: refusal.code for what, refusal in error.refusals.items()}
    except WalkError as error:
        return type(error)
    return None


def sample(field: Field, draw: Drawn) -> Any:
    """A value that the field may hold, or may not."""
    if field.type == "choice":
        return draw.choice(field.options).id
    if field.type == "choices":
        return [option.id for option in field.options if draw.random() < 0.5][:1] or None
    return draw.choice(SAMPLES[field.type])


def acceptable(field: Field, draw: Drawn) -> Any:
    """A value that the field may hold."""
    some = chain((sample(field, draw) for _ in range(99)), ("EUR", "a text that is long enough for a whole sentence"))
    return next(each for each in some if each is not None and not isinstance(read(field, each), Refusal))


def reply(session: Session, place: Place, draw: Drawn) -> Reply:
    """Some answer to a step, acceptable more often than not."""
    own = [option.id for option in place.options if holds(option.when, place.scope)]
    aside = [entry.option.id for _, entry in offered(place)]
    option = draw.choice(own) if own else None
    if aside and draw.random() < 0.15:
        option = draw.choice(aside)
    values = {ask.field: _fitting(ask.field, place, draw) for ask in asked(place)}
    checks = tuple(check.id for check in place.step.checks if draw.random() < 0.6)
    locked = [*own, *aside, *(check.id for check in place.step.checks)]
    reasons = {id: draw.choice(("so", " ")) for id in locked if draw.random() < 0.7}
    typed = draw.random() < 0.2
    if typed:
        values = {id: value if isinstance(value, list) else str(value or "") for id, value in values.items()}
    return Reply(option, values, checks, typed, reasons)


def _fitting(id: str, place: Place, draw: Drawn) -> Any:
    """A value for a field, mostly within its bounds."""
    guide = place.top.guide
    within = limits(guide, id, place.scope)
    bounds = [plain(bound) for bound in within if bound is not None]
    return draw.choice(bounds) if bounds and draw.random() < 0.3 else sample(guide.fields[id], draw)


def _again(session: Session, place: Place) -> Reply:
    """The answer that is filled in."""
    said = session.said.get(place.key)
    if said is None or said.skip or said.opened:
        return Reply()
    values = {id: plain(value) for id, value in said.values.items()}
    return Reply(said.option, values, said.checks, reasons=said.reasons)


def _some_step(session: Session, draw: Drawn) -> tuple[str, Place | None]:
    """A step that was answered, under one of its names, and the latest visit of it."""
    answered = session.answered
    if not answered or draw.random() < 0.05:
        return "no-such", None
    some = draw.choice(answered)
    name = draw.choice((some.step.id, f"{some.top.guide.id}/{some.step.id}"))
    alike = [place for place in answered if name in (place.step.id, f"{place.top.guide.id}/{place.step.id}")]
    return name, alike[-1]


def _good(session: Session, place: Place, draw: Drawn, today: date) -> Reply:
    """An answer, nearly always one that is acceptable."""
    some = (reply(session, place, draw) for _ in range(draw.choice((1, 12, 12))))
    for said in some:
        try:
            Judge(place, said, session.locale, today, set()).said()
        except RefusedError:
            continue
        break
    return said


def _answer(session: Session, draw: Drawn, today: date) -> Asked:
    if session.ended and draw.random() < 0.9:
        return draw.choice((_change, _back_to, _back))(session, draw, today)
    said, moment = _good(session, session.place, draw, today), NOW._replace(today=today)
    return lambda state: walker.answer(state, said, moment), lambda session: session.answer(said, today)


def _repeat(session: Session, draw: Drawn, today: date) -> Asked:
    if session.place.key not in session.said:
        return _answer(session, draw, today)
    said, moment = _again(session, session.place), NOW._replace(today=today)
    return lambda state: walker.answer(state, said, moment), lambda session: session.answer(said, today)


def _wrong(session: Session, draw: Drawn, today: date) -> Asked:
    said = Reply(draw.choice(("no-such", None)), {"nothing": 1, "n": "x"}, draw.choice(((), ("no-check",))))
    moment = NOW._replace(today=today)
    return lambda state: walker.answer(state, said, moment), lambda session: session.answer(said, today)


def _change(session: Session, draw: Drawn, today: date) -> Asked:
    step, place = _some_step(session, draw)
    said, moment = _good(session, place, draw, today) if place else Reply(), NOW._replace(today=today)
    return (
        lambda state: walker.change(state, step, said, moment, "misheard"),
        lambda session: session.change(step, said, today),
    )


def _back(session: Session, draw: Drawn, today: date) -> Asked:
    return lambda state: walker.back(state, NOW._replace(today=today)), lambda session: session.back()


def _back_to(session: Session, draw: Drawn, today: date) -> Asked:
    step, _ = _some_step(session, draw)
    return lambda state: walker.back(state, NOW._replace(today=today), step), lambda session: session.back(step)


def _skip(session: Session, draw: Drawn, today: date) -> Asked:
    if not session.place.step.skip_to and draw.random() < 0.9:
        return _answer(session, draw, today)
    reason, moment = draw.choice(("busy", "busy", " ")), NOW._replace(today=today)
    return lambda state: walker.skip(state, reason, moment), lambda session: session.skip(reason, today)


def _note(session: Session, draw: Drawn, today: date) -> Asked:
    what, text = draw.choice(("note", "flag", "words")), draw.choice(("calm", "calm", " "))
    if what == "flag":
        return lambda state: walker.flag(state, text, NOW), lambda session: session.tell("flag", text, late=True)
    if what == "words":
        return lambda state: walker.nothing_fits(state, text, NOW), lambda session: session.hear(text)
    return lambda state: walker.note(state, text, NOW), lambda session: session.note(text)


def _pause(session: Session, draw: Drawn, today: date) -> Asked:
    if session.status == "paused":
        return lambda state: walker.resume(state, NOW), lambda session: setattr(session, "paused", False)
    reason = draw.choice(("lunch", "lunch", " "))
    return lambda state: walker.pause(state, reason, NOW), lambda session: session.pause(reason)


def _hand_over(session: Session, draw: Drawn, today: date) -> Asked:
    return lambda state: walker.hand_over(state, "bo", "", NOW), lambda session: session.tell("to", "bo")


def _take_over(session: Session, draw: Drawn, today: date) -> Asked:
    sources, moment = {"agent.name": draw.choice(("Sam", "Kim", "Lou"))}, NOW._replace(today=today)
    return lambda state: walker.take_over(state, sources, moment), lambda session: session.take(sources)


def _open(session: Session, draw: Drawn, today: date) -> Asked:
    guides, moment = session.guides, NOW._replace(today=today)
    guide = draw.choice(sorted(guides))
    given = {field.id: sample(field, draw) for field in guides[guide].given}
    said = Reply(values=given if draw.random() < 0.9 else {"nothing": 1})
    return (
        lambda state: walker.open_guide(state, guides, guide, said, moment),
        lambda session: session.open(guide, said, today),
    )


def _end(session: Session, draw: Drawn, today: date) -> Asked:
    return lambda state: walker.end(state, "enough", NOW), lambda session: session.end("enough")


def _name(session: Session, draw: Drawn, today: date) -> Asked:
    client, moment = f"c{draw.randrange(3)}", NOW._replace(today=today)
    keys = [key for guide in session.guides.values() for _, key in guide.outside if key not in SOURCES]
    facts = {key: draw.randrange(4) for key in keys if draw.random() < 0.8}
    sources = {"client.name": draw.choice(("Acme", "Bo"))}
    return (
        lambda state: walker.name_client(state, client, sources, facts, moment),
        lambda session: session.name(client, sources, facts),
    )


def _cancel(session: Session, draw: Drawn, today: date) -> Asked:
    number, reason = draw.randrange(len(session.ledger) + 1), draw.choice(("so", "so", " "))
    undone = session.not_undone
    if not undone and draw.random() < 0.8:
        return _back(session, draw, today)
    number = draw.choice(undone) if undone and draw.random() < 0.7 else number

    def by_walker(state: State) -> Turn:
        return walker.cancel_record(state, [*state.records, 0][number], reason, NOW)

    return by_walker, lambda session: session.cancel(number, reason)


def _produce(session: Session, draw: Drawn, today: date) -> Asked:
    on_offer = [name for name, _ in session.documents]
    if not on_offer and draw.random() < 0.8:
        return _answer(session, draw, today)
    id = draw.choice([*(on_offer * 5), "no-such"])
    return lambda state: walker.produce(state, id, NOW), lambda session: session.produce(id)


def _lockable(session: Session, draw: Drawn) -> str:
    place = session.place
    options = [*place.options, *(entry.option for _, entry in offered(place))]
    ids = [option.id for option in options if option.override == "approval"]
    ids += [check.id for check in place.step.checks if check.override == "approval"]
    return draw.choice([*(ids * 4), "no-such"])


def _ask_approval(session: Session, draw: Drawn, today: date) -> Asked:
    what, by = _lockable(session, draw), draw.choice(PEOPLE)
    if what == "no-such" and draw.random() < 0.8:
        return _answer(session, draw, today)
    moment = NOW._replace(actor=by)
    return (
        lambda state: walker.ask_approval(state, what, "please", moment),
        lambda session: session.ask_approval(what, by),
    )


def _approve(session: Session, draw: Drawn, today: date) -> Asked:
    what, by, yes = _lockable(session, draw), draw.choice(PEOPLE), draw.random() < 0.8
    if what == "no-such" and draw.random() < 0.8:
        return _answer(session, draw, today)
    moment = NOW._replace(actor=by)
    return (
        lambda state: walker.approve(state, what, yes, "fine", moment),
        lambda session: session.approve(what, yes, by),
    )


ACTS: Mapping[str, Callable[[Session, Drawn, date], Asked]] = {
    "answer": _answer,
    "again": _repeat,
    "back": _back,
    "change": _change,
    "back-to": _back_to,
    "skip": _skip,
    "name": _name,
    "wrong": _wrong,
    "open": _open,
    "note": _note,
    "pause": _pause,
    "hand-over": _hand_over,
    "take-over": _take_over,
    "cancel": _cancel,
    "produce": _produce,
    "ask-approval": _ask_approval,
    "approve": _approve,
    "end": _end,
}
"""Every kind of move."""
