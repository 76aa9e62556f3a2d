"""A path in a few bytes, to keep beside the log: JSON types, and quick to take up again.

A path within one guide is kept with where it stands: `trail` are the numbers of its steps, `values` what is known.
The path behind is traced only when someone looks back. Any other path is traced from its `answers` at once.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from engine.fields.catalogue import held, plain
from engine.fields.field import Value
from engine.model import Guide
from engine.path import go_on
from engine.visits import Answer, Frame, Guides, Kept, Opened, Tally, Visit

_NONE: tuple[Any, ...] = (None,) * 10
"""A packed answer of which nothing need be kept; what is as here at its end is left away."""


def pack(here: Visit, day: date) -> dict[str, Any]:
    """The path to `here`; answers of another day than the session's first `day` say theirs."""
    visits, kept = [here], here.before
    while isinstance(kept, Visit):
        visits.append(kept)
        kept = kept.before
    visits.reverse()
    answers = [pack_answer(visit.answer, day) for visit in visits if visit.answer]
    packed: dict[str, Any] = {"answers": [*kept.answers, *answers] if kept else answers}
    guide = here.frame.guide
    if guide.steps.get(here.step.id) is here.step and not any(visit.frame.id for visit in visits):
        trail = [guide.places[visit.step.id] for visit in visits]
        packed["trail"] = [*kept.trail, *trail] if kept else trail
        packed["values"] = {id: plain(value) for id, value in here.values.items()}
        if here.today != day:
            packed["day"] = here.today.isoformat()
    return packed


def hold(here: Visit, packed: Mapping[str, Any]) -> Visit:
    """`here` with the path behind it held as it was `packed`, so that the next time only what is new is packed."""
    if "trail" not in packed:
        return here
    return here._replace(before=Kept(packed["trail"][:-1], packed["answers"], lambda: here.previous))


def unpack(packed: Mapping[str, Any], guides: Guides, enter: Callable[[], Visit], frame: Frame, day: date) -> Visit:
    """The visit that was packed, in `frame`, that of the session's first guide; `enter` gives the first visit."""
    trail: Sequence[int] | None = packed.get("trail")
    if trail is None:
        return _traced(packed["answers"], guides, enter, day)
    guide, answers = frame.guide, packed["answers"]
    step, seen = guide.steps[guide.order[trail[-1]]], _tally(guide, trail, answers)
    values = _held(guide, packed["values"])
    before = Kept(trail[:-1], answers, lambda: _traced(answers, guides, enter, day).previous)
    today = date.fromisoformat(packed["day"]) if "day" in packed else day
    return Visit(step, seen[step.id][0], frame, before, values, Tally(seen, {}), today)


def _traced(answers: Sequence[Sequence[Any]], guides: Guides, enter: Callable[[], Visit], day: date) -> Visit:
    """The visit that these answers lead to, from the first one on."""
    visit = enter()
    for answer in answers:
        visit = go_on(guides, visit, unpack_answer(guides, visit.frame.guide, answer, day))
    return visit


def _tally(guide: Guide, trail: Sequence[int], answers: Sequence[Sequence[Any]]) -> dict[str, tuple[int, str | None]]:
    """How often each step was visited, and what was last chosen there: the steps that halted have the answers."""
    seen: dict[str, tuple[int, str | None]] = {}
    order, steps, given = guide.order, guide.steps, iter(answers)
    for place in trail:
        id = order[place]
        before = seen.get(id)
        answer = next(given, _NONE) if steps[id].halts else _NONE
        seen[id] = (before[0] + 1 if before else 1, answer[0])
    return seen


def pack_answer(answer: Answer, day: date) -> list[Any]:
    """The answer as JSON types, as short as can be."""
    option, values, typed, checks, today, seq, reasons, skip, opened, hidden = answer
    entered = {id: plain(value) for id, value in values.items()} if values else None
    on = None if today == day else today.isoformat()
    other = [opened.guide, {id: plain(value) for id, value in opened.given.items()}] if opened else None
    away = {id: plain(value) for id, value in hidden.items()}
    packed = [option, seq, on, entered, typed, [*checks], reasons, skip, other, away]
    while not packed[-1]:
        packed.pop()
    return packed


def unpack_answer(guides: Guides, guide: Guide, packed: Sequence[Any], day: date) -> Answer:
    """The answer that was packed, at a visit in this guide, one of `guides`."""
    option, seq, today, values, typed, checks, reasons, skip, other, away = (*packed, *_NONE[len(packed) :])
    opened = Opened(other[0], _held(guides[other[0]], other[1])) if other else None
    on = date.fromisoformat(today) if today else day
    entered, hidden = _held(guide, values or {}), _held(guide, away or {})
    return Answer(option, entered, typed or {}, tuple(checks or ()), on, seq, reasons or {}, skip, opened, hidden)


def _held(guide: Guide, values: Mapping[str, Any]) -> dict[str, Value]:
    return {id: held(guide.fields[id], value) for id, value in values.items()}
