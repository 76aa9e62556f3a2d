"""Whether a session can go on in other versions of its guides, and why not (FORMAT §6, "Versions").

What its answers can no longer mean is told at once. Whether they still lead the same way is found by giving them anew,
through the doors that a session uses.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time
from typing import NamedTuple

from engine import walker
from engine.comparison.renaming import Sides, joined, step_words
from engine.consequences import in_plain
from engine.errors import AutomaticLoopError, Refusal, RefusedError, TooManyFramesError, TooManyVisitsError
from engine.events import Moment
from engine.fields.catalogue import plain
from engine.fields.field import Field, Value
from engine.model import Guide, Option, Options, Step
from engine.replies import Reply
from engine.state import State, outside, path, spoken
from engine.visits import Answer, Frame, Guides, Visit
from engine.walker import Opening


class Obstacle(NamedTuple):
    """Why a session cannot go on: a `code` for programs, the step it is about as `guide/step`, "" for its start, and a
    sentence for people.

    Codes: guide-gone, step-gone, option-gone, check-gone, field-gone, type-changed, not-skippable, refused (an answer
    that is not accepted any more, or one more that is asked for), elsewhere, ends-otherwise.
    """

    code: str
    at: str
    sentence: str


class Migration(NamedTuple):
    """Whether a session can go on: it can where there are no obstacles. It would stand at `step`, as `guide/step`."""

    obstacles: tuple[Obstacle, ...]
    step: str = ""

    @property
    def possible(self) -> bool:
        """Whether nothing is in its way."""
        return not self.obstacles


class _Given(NamedTuple):
    """An answer of the session: the visit where it was given, and the step that this is in the newer version.

    `options` are the newer ids of all that could be chosen there, by the older ones; `opened` are the versions of the
    guide that was opened there instead.
    """

    visit: Visit
    answer: Answer
    sides: Sides
    step: Step
    options: Mapping[str, str]
    opened: Sides | None

    def obstacle(self, code: str, sentence: str) -> Obstacle:
        """What is in the way here."""
        return Obstacle(code, _at(self.visit), sentence)

    @property
    def words(self) -> str:
        """The step, for people."""
        return step_words(self.sides.new, self.step.id)


def can_migrate(state: State, guides: Guides) -> Migration:
    """Whether the session can go on in these versions of its guides: all that it answered must hold in them.

    `guides` holds the guide that it began with, and all that this can lead into. What lies ahead may be another way,
    and answers beside the path do not matter. A session that has ended must end the same.
    """
    guides = {**_opened(state), **spoken(guides, state.locale)}
    if state.guide.id not in guides:
        return Migration((Obstacle("guide-gone", "", f"There is no guide '{state.guide.id}' any more."),))
    sides = {id: Sides.of(guide, guides[id]) for id, guide in state.guides.items() if id in guides}
    answered = [_found(sides, visit, visit.answer) for visit in path(state) if visit.answer]
    unfit = tuple(_lost_given(sides[state.guide.id], state.started.given, "", "this session started"))
    lost = (each for given in answered for each in _lost(given))
    stopped, there = ((), None) if unfit else _retraced(state, guides, answered)
    obstacles = tuple(dict.fromkeys((*unfit, *lost, *stopped)))
    return Migration(obstacles, "" if obstacles or there is None else _at(there.visit))


def _opened(state: State) -> Guides:
    """The guides that a person opened, with all these lead into: as they were pinned, where no newer one is given."""
    answers = (visit.answer for visit in path(state) if visit.answer)
    waiting = [answer.opened.guide for answer in answers if answer.opened]
    found: dict[str, Guide] = {}
    while waiting:
        id = waiting.pop()
        if id not in found:
            found[id] = state.guides[id]
            waiting += [way.guide for way in found[id].leads]
    return found


def _at(visit: Visit) -> str:
    return f"{visit.frame.guide.id}/{visit.step.id}"


def _found(versions: Mapping[str, Sides], visit: Visit, answer: Answer) -> _Given | Obstacle:
    """The answer in the newer version, or that its step is not there."""
    guide = visit.frame.guide
    if guide.id not in versions:
        return Obstacle("guide-gone", _at(visit), f"There is no guide '{guide.id}' any more.")
    sides = versions[guide.id]
    step = sides.new.steps.get(sides.now(visit.step.id))
    if step is None:
        words = step_words(guide, visit.step.id)
        return Obstacle("step-gone", _at(visit), f"The step {words}, which was answered, is gone.")
    opened = versions[answer.opened.guide] if answer.opened else None
    return _Given(visit, answer, sides, step, _options(versions, visit, step), opened)


def _options(versions: Mapping[str, Sides], visit: Visit, step: Step) -> Mapping[str, str]:
    """The newer ids of what could be chosen at a visit; what moves between its step and any time keeps its id."""
    own = [exit.options if isinstance(exit, Options) else () for exit in (visit.step.exit, step.exit)]
    near = [versions[frame.guide.id] for frame in _frames(visit.frame) if frame.guide.id in versions]
    before = [entry.option for sides in near for entry in sides.old.anytime]
    after = [entry.option for sides in near for entry in sides.new.anytime]
    known = {option.id for option in (*own[1], *after)}
    moved = {id: id for id in _offered(visit) if id in known}
    return {**moved, **joined(before, after), **joined(*own)}


def _offered(visit: Visit) -> Mapping[str, Option]:
    """Every option at a visit by id, those at any time included; of two with one id the one that counts."""
    own = visit.step.exit.options if isinstance(visit.step.exit, Options) else ()
    anytime = (entry.option for frame in _frames(visit.frame) for entry in frame.guide.anytime)
    return {option.id: option for option in (*own, *anytime)[::-1]}


def _frames(frame: Frame) -> Iterator[Frame]:
    """The frame, and those that called it."""
    yield frame
    if frame.caller is not None:
        yield from _frames(frame.caller.frame)


def _lost_given(sides: Sides, ids: Iterable[str], at: str, when: str) -> Iterator[Obstacle]:
    """What was given when a guide began, and has no place or another meaning there now."""
    for id in ids:
        before, now = sides.old.fields[id], sides.new.fields.get(id)
        words = f"“{before.label}”, given when {when},"
        if now is None or not now.given:
            yield Obstacle("field-gone", at, f"{words} is no longer given at the start.")
        elif _kind(before) != _kind(now):
            yield Obstacle("type-changed", at, f"{words} is {_kind_words(now)} now; it was {_kind_words(before)}.")


def _lost(given: _Given | Obstacle) -> Iterator[Obstacle]:
    """What of an answer can have no meaning in the newer version, whatever else was answered."""
    if isinstance(given, Obstacle):
        yield given
    elif given.answer.opened is not None and given.opened is not None:
        when = f"the guide '{given.answer.opened.guide}' was opened"
        yield from _lost_given(given.opened, given.answer.opened.given, _at(given.visit), when)
    elif given.answer.skip is None:
        yield from _lost_choice(given)
        for id, value in given.answer.values.items():
            if value is not None:
                yield from _lost_value(given, given.visit.frame.guide.fields[id], value)
    elif not given.step.skip_to:
        yield given.obstacle("not-skippable", f"The step {given.words} was skipped, and can no longer be.")


def _lost_choice(given: _Given) -> Iterator[Obstacle]:
    """The option that was chosen and the checks that were ticked, where they are gone."""
    chosen = given.answer.option
    if chosen is not None and chosen not in given.options:
        label = _offered(given.visit)[chosen].label
        yield given.obstacle("option-gone", f"The answer “{label}”, chosen at {given.words}, is gone.")
    checks = {check.id for check in given.step.checks}
    for check in given.visit.step.checks:
        if check.id in given.answer.checks and check.id not in checks:
            yield given.obstacle("check-gone", f"The check “{check.label}”, ticked at {given.words}, is gone.")


def _lost_value(given: _Given, field: Field, value: Value) -> Iterator[Obstacle]:
    """What keeps a value from being one of the newer version: its field is gone, another one, or lacks an option."""
    now = given.sides.new.fields.get(field.id)
    words = f"“{field.label}”, answered at {given.words},"
    if now is None or all(ask.field != field.id for ask in given.step.asks):
        yield given.obstacle("field-gone", f"{words} is no longer asked there.")
    elif _kind(field) != _kind(now):
        yield given.obstacle("type-changed", f"{words} is {_kind_words(now)} now; it was {_kind_words(field)}.")
    elif field.options:
        chosen = value if isinstance(value, tuple) else (value,)
        kept = {option.id for option in now.options}
        for option in field.options:
            if option.id in chosen and option.id not in kept:
                yield given.obstacle("option-gone", f"{words} has no option “{option.label}” any more.")


def _kind(field: Field) -> tuple[str, str, str, int]:
    """What a value means beyond what it says: 5 of 5 is not 5 of 10, and 120 EUR not 120 USD."""
    return field.type, field.currency, field.unit, field.highest


def _kind_words(field: Field) -> str:
    most = f"up to {field.highest}" if field.type == "rating" else ""
    return " ".join(filter(None, (field.type, field.currency, field.unit, most)))


def _retraced(
    state: State, guides: Guides, answered: list[_Given | Obstacle]
) -> tuple[tuple[Obstacle, ...], State | None]:
    """What is in the way where the answers are given anew, up to the first one that cannot be; where this leads."""
    there, asked = None, None
    try:
        there = _begun(state, guides)
        frames: dict[str, str] = {}
        for given in answered:
            if any(_lost(given)):
                return (), there
            assert isinstance(given, _Given), "what is not there is lost"
            if elsewhere := _elsewhere(given, asked, there, frames):
                return elsewhere, there
            asked = given
            there = _answered(state, given, there)
        return _otherwise(state, there), there
    except RefusedError as error:
        return tuple(_refused(asked, guides[state.guide.id], error.refusals)), there
    except (TooManyVisitsError, TooManyFramesError, AutomaticLoopError) as error:
        return (Obstacle("refused", _at(asked.visit) if asked else "", str(error)),), there


def _begun(state: State, guides: Guides) -> State:
    """The session's start in the newer version, of the client who was named last. Raises `RefusedError`."""
    started = state.started
    opening = Opening(
        given=started.given,
        locale=started.locale,
        time_zone=started.time_zone,
        channel=started.channel,
        client=state.client,
        sources=outside(started, state.named),
    )
    return walker.start(guides, state.guide.id, opening, _moment(started.today)).state


def _moment(today: date) -> Moment:
    return Moment(datetime.combine(today, time(), UTC), "migration", today)


def _answered(state: State, given: _Given, there: State) -> State:
    """The state after the answer is given anew, with what a second person approved. Raises `WalkError`."""
    answer, moment = given.answer, _moment(given.answer.today)
    if answer.skip is not None:
        return walker.skip(there, answer.skip, moment).state
    if answer.opened is not None:
        given_there = Reply(values=in_plain(answer.opened.given))
        return walker.open_guide(there, there.guides, answer.opened.guide, given_there, moment).state
    for what in state.approved(given.visit.key):
        now = given.options.get(what, what)
        if now in walker.approvable(there):
            there = walker.approve(there, now, True, "", moment).state
    reply = Reply(
        option=None if answer.option is None else given.options[answer.option],
        values={id: plain(value) for id, value in answer.values.items() if value is not None},
        checks=answer.checks,
        reasons={given.options.get(what, what): reason for what, reason in answer.reasons.items()},
    )
    return walker.answer(there, reply, moment).state


def _elsewhere(given: _Given, before: _Given | None, there: State, frames: dict[str, str]) -> tuple[Obstacle, ...]:
    """Whether the answers so far lead to another step; `frames` are those of the newer version by the older ones."""
    visit, here = given.visit, there.visit
    same = here.frame.guide.id == visit.frame.guide.id and here.step.id == given.step.id
    known = frames.setdefault(visit.frame.id, here.frame.id) == here.frame.id
    if same and known and len(set(frames.values())) == len(frames) and there.status == "active":
        return ()
    since = f"After {before.words}, the same answers" if before else "The start"
    sentence = f"{since} now lead{'' if before else 's'} to {_where(there)}; in this session to {given.words}."
    return (given.obstacle("elsewhere", sentence),)


def _where(state: State) -> str:
    words = step_words(state.visit.frame.guide, state.visit.step.id)
    return f"the end, “{state.reached.label}”" if state.reached else words


def _otherwise(state: State, there: State) -> tuple[Obstacle, ...]:
    """Whether the session would have ended where it has not, or not where it has."""
    if state.outcome == there.outcome:
        return ()
    sentence = f"The same answers now lead to {_where(there)}; in this session to {_where(state)}."
    return (Obstacle("ends-otherwise", _at(state.visit), sentence),)


def _refused(given: _Given | None, root: Guide, refusals: Mapping[str, Refusal]) -> Iterator[Obstacle]:
    """What is not accepted of an answer, or at the start, where none is given; each in a sentence."""
    fields = given.sides.new.fields if given else root.fields
    where, at = (given.words, _at(given.visit)) if given else ("the start", "")
    for key, refusal in refusals.items():
        if key == "option":
            sentence = _unfit(f"The answer at {where}", refusal)
        elif key in fields:
            sentence = _unfit(f"“{fields[key].label}” at {where}", refusal)
        else:
            sentence = f"At {where}: {refusal.message}"
        yield Obstacle("refused", at, sentence)


def _unfit(words: str, refusal: Refusal) -> str:
    if refusal.code == "missing":
        return f"{words} is asked for now, and this session has none."
    if refusal.code == "not-asked":
        return f"{words} is no longer asked after the same answers."
    return f"{words} would be refused: {refusal.message}"
