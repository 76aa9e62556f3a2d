"""Where a session stands and what is known so far: what a call's screen shows around its step."""

from collections import deque
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from engine.fields.catalogue import show
from engine.fields.field import Value
from engine.model import Branch, Call, Exit, Guide, Next, Option, Options
from engine.replies import offered_anytime
from engine.sentences import sentence
from engine.state import State, guide_of, path, typed
from engine.visits import Answer, Visit, backwards
from web.use_cases.changes import named
from web.use_cases.memory import Memory
from web.use_cases.telling import chosen

MOST_TRAILS = 2048
"""Paths, and beginnings, of which is kept what is told of them."""
LONGEST_WAY = 6
"""Answers that are told of a way; of a longer one nobody would keep the rest in mind."""


class Stage(NamedTuple):
    """A stage of the guide on the screen; `place` is `before`, `left` where the path left it out, `here` or `after`."""

    label: str
    place: str


class Known(NamedTuple):
    """One thing that is known, as people read it."""

    label: str
    text: str


class Said(NamedTuple):
    """An answer given, or a step skipped: `at` names its visit, for changing it; `number` is its place, from 1.

    `values` end with the reasons that were given.
    """

    title: str
    option: str
    values: tuple[Known, ...]
    at: str
    number: int


class Spoken(NamedTuple):
    """A step that somebody saw, and the words that stood there to be said; empty where there were none."""

    title: str
    say: str


class Note(NamedTuple):
    """What was written at a step of this title: a note or, where no answer fitted, the client's `words`.

    `here`: at the one on the screen.
    """

    title: str
    text: str
    words: bool
    here: bool


class Whereabouts(NamedTuple):
    """Where a step of the guide on the screen is: `place` is `here`, `behind`, `ahead` or `away`.

    `to` names one that is behind, for going back; `way` are the answers that lead to one that is ahead.
    """

    place: str
    to: str = ""
    way: tuple[str, ...] = ()


class Bearings(NamedTuple):
    """`guides` are the titles from the one started to the one on the screen; `said` is the latest answer first.

    `noted` is all that was written beside the answers, the oldest first.
    """

    guides: tuple[str, ...]
    language: str
    stages: tuple[Stage, ...]
    known: tuple[Known, ...]
    said: tuple[Said, ...]
    noted: tuple[Note, ...]


def bearings(state: State) -> Bearings:
    """The bearings of a session as it stands."""
    visit, trail = state.visit, _trail(state)
    return Bearings(
        guides=tuple([frame.guide.title for frame in visit.frame.stack])[::-1],
        language=visit.frame.guide.language,
        stages=_stages(visit, trail.passed.get(visit.frame.id, ())),
        known=_known(state),
        said=trail.said,
        noted=tuple(_noted(state)) if state.noted else (),
    )


def spoken(state: State) -> tuple[Spoken, ...]:
    """The steps on the path that somebody saw, in order, with the words to say as they were filled in."""
    seen = (visit for visit in path(state) if visit.answer and visit.answer.seq)
    told = (visit.step.words.fill(visit.scope, state.locale) for visit in (*seen, state.visit))
    return tuple(Spoken(content.title, content.say) for content in told)


def whereabouts(state: State, step: str) -> Whereabouts:
    """Where a step of the guide on the screen is, seen from where the session stands."""
    guide = state.visit.frame.guide
    if step == state.visit.step.id:
        return Whereabouts("here")
    seen = (visit for visit in backwards(state.visit.previous) if visit.answer and visit.answer.seq)
    if any((visit.frame.guide.id, visit.step.id) == (guide.id, step) for visit in seen):
        return Whereabouts("behind", to=f"{guide.id}/{step}")
    way = _way(guide, state.visit.step.id, step)
    return Whereabouts("away") if way is None else Whereabouts("ahead", way=way)


class Sought(NamedTuple):
    """A step that somebody looks for in a guide that has not begun, and the answers that lead to it from the start.

    `way` is None where none do.
    """

    title: str
    way: tuple[str, ...] | None


def sought(guide: Guide, step: str) -> Sought | None:
    """A step of a guide, as it is found from the start; None where the guide has none of this id."""
    found = guide.steps.get(step)
    return Sought(found.name.source, () if step == guide.start else _way(guide, guide.start, step)) if found else None


def known_here(state: State) -> tuple[Known, ...]:
    """All that is known where the session stands, but not of who walked it: whoever takes it over is somebody else."""
    guide = state.visit.frame.guide
    own = {id for id, key in guide.outside if key.startswith("agent.")}
    return _shown(guide, {id: value for id, value in state.values.items() if id not in own}, state.locale)


def weighed(state: State, what: str) -> tuple[Known, ...]:
    """What is known of all that decides whether an option or check of the step on the screen is locked.

    Where a rule of the guide alone decides, it is what the rule reads.
    """
    for guide, option, values in _options(state.visit):
        if option.id == what:
            read = _read(guide, option)
            return _shown(guide, {id: value for id, value in values.items() if id in read}, state.locale)
    return ()


def _options(visit: Visit) -> Iterator[tuple[Guide, Option, Mapping[str, Value]]]:
    """Every option on offer at a visit, each with its guide and what is known there."""
    exit = visit.step.exit
    for option in exit.options if isinstance(exit, Options) else ():
        yield visit.frame.guide, option, visit.values
    for offer in offered_anytime(visit):
        yield offer.frame.guide, offer.entry.option, offer.values


def _read(guide: Guide, option: Option) -> frozenset[str]:
    """The fields that an option's conditions read; of one that only says yes or no, also what it is made of."""
    computed, read = dict(guide.computed), set[str]()
    waiting = [id for each in (option.when, option.allow) if each for id in each.fields]
    while waiting:
        id = waiting.pop()
        if id not in read and id in computed and guide.fields[id].type == "boolean":
            waiting += computed[id].fields
        read.add(id)
    return frozenset(read)


def _way(guide: Guide, here: str, there: str) -> tuple[str, ...] | None:
    """The first answers of a shortest way from a step to another, conditions aside; None where there is none."""
    came: dict[str, tuple[str, str]] = {}
    waiting = deque([here])
    while waiting and there not in came:
        step = waiting.popleft()
        for to, answer in _onward(guide.steps[step].exit):
            if to not in came:
                came[to] = step, answer
                waiting.append(to)
    if there not in came:
        return None
    answers: list[str] = []
    while there != here:
        there, answer = came[there]
        answers += [answer] if answer else []
    way = tuple(reversed(answers))
    return way if len(way) <= LONGEST_WAY else (*way[:LONGEST_WAY], "…")


def _onward(exit: Exit) -> Iterator[tuple[str, str]]:
    """Where a step leads, each with the answer that leads there, "" where it takes none."""
    match exit:
        case Options():
            yield from ((option.to, option.label) for option in exit.options)
        case Next():
            yield exit.to, ""
        case Branch():
            yield from ((case.to, "") for case in exit.cases)
        case Call():
            yield from ((to, "") for to in (*(exit.on or {}).values(), exit.otherwise) if to)


def _stages(visit: Visit, passed: Collection[str | None]) -> tuple[Stage, ...]:
    """The stages of the guide on the screen, of which the path has `passed` these."""
    stages = visit.frame.guide.stages or {}
    stage = visit.step.stage
    if stage is None or stage not in stages:
        return ()
    order = list(stages)
    places = ["before" if each in passed else "left" for each in order[: order.index(stage)]]
    places += ["here", *["after"] * (len(order) - len(places) - 1)]
    return tuple([Stage(label, place) for label, place in zip(stages.values(), places)])


class _Same:
    """What was worked out of a thing is found again by the thing itself, not by what is equal to it."""

    __slots__ = ("thing",)

    def __init__(self, thing: object) -> None:
        self.thing = thing

    def __hash__(self) -> int:
        return id(self.thing)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.thing is other.thing


class _Trail(NamedTuple):
    """What a path has behind it: the answers, the latest first, and by frame the stages that were passed."""

    said: tuple[Said, ...] = ()
    passed: Mapping[str, frozenset[str | None]] = {}


_TRAILS, _GIVEN = Memory[_Same, _Trail](MOST_TRAILS), Memory[_Same, tuple[Known, ...]](MOST_TRAILS)


def _known(state: State) -> tuple[Known, ...]:
    """What was given when the session started."""
    given = _Same(state.started)
    known = _GIVEN.of(given)
    if known is None:
        known = _shown(state.guide, typed(state.guide, state.started.given), state.locale)
        _GIVEN.keep(given, known)
    return known


def _trail(state: State) -> _Trail:
    """What the path to the screen has behind it: what it had a step ago, and that step."""
    fresh, trail = [], None
    for visit in backwards(state.visit.previous):
        trail = _TRAILS.of(_Same(visit))
        if trail is not None:
            break
        fresh.append(visit)
    trail = trail or _Trail()
    for visit in reversed(fresh):
        passed = trail.passed.get(visit.frame.id, frozenset()) | {visit.step.stage}
        said = (_told(visit, state, len(trail.said) + 1),) if visit.answer and visit.answer.seq else ()
        trail = _Trail((*said, *trail.said), {**trail.passed, visit.frame.id: passed})
    if fresh:
        _TRAILS.keep(_Same(fresh[0]), trail)
    return trail


def _noted(state: State) -> Iterator[Note]:
    on = {visit.key: visit for visit in backwards(state.visit)}
    for key, text, words in state.noted:
        title = _title(on[key], state) if key in on else _left(guide_of(state, key[0]), key[1])
        yield Note(title, text, words, here=key == state.visit.key)


def _left(guide: Guide, step: str) -> str:
    """What a step off the path is called; where an answer at any time ended the call there was none of its own."""
    return guide.steps[step].name.source if step in guide.steps else guide.title


def _title(visit: Visit, state: State) -> str:
    return visit.step.name.fill(visit.scope, state.locale)


def _told(visit: Visit, state: State, number: int) -> Said:
    assert visit.answer is not None, "it was answered"
    choice = chosen(visit)
    return Said(
        title=_title(visit, state),
        option=choice.option.label if choice else _passed_by(state, visit.answer),
        values=(*_shown(visit.frame.guide, visit.answer.values, state.locale), *_why(visit, visit.answer)),
        at=named(visit.key),
        number=number,
    )


def _passed_by(state: State, answer: Answer) -> str:
    """What was done instead of answering the step."""
    if answer.opened is not None:
        return sentence("Opened “{title}”", title=state.guides[answer.opened.guide].title)
    return sentence("Skipped") if answer.skip is not None else ""


def _why(visit: Visit, answer: Answer) -> Iterator[Known]:
    """Why it was skipped, or something locked or left open was passed."""
    checks = {check.id: check.label for check in visit.step.checks}
    if answer.skip is not None:
        yield Known(sentence("Because"), answer.skip)
    for id, reason in answer.reasons.items():
        label = sentence("Without “{check}” because", check=checks[id]) if id in checks else sentence("Because")
        yield Known(label, reason)


def _shown(guide: Guide, values: Mapping[str, Value], locale: str) -> tuple[Known, ...]:
    """In the order in which the guide declares its fields, whatever order they were kept in."""
    ids = values if len(values) < 2 else [id for id in guide.fields if id in values]
    known = (guide.fields[id] for id in ids if id in guide.fields)
    shown = ((field.label, show(field, values[field.id], locale)) for field in known)
    return tuple(Known(label, text) for label, text in shown if text)
