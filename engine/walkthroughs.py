"""Plays an answers document: an author's walkthrough, or what `handrail walk` is given (FORMAT §2.6, CONTRACTS §2)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import zip_longest
from typing import Any, NamedTuple

from engine import walker
from engine.consequences import Turn
from engine.errors import (
    AutomaticLoopError,
    EndedError,
    HandrailError,
    NothingBeforeError,
    NotOnPathError,
    NotOnScreenError,
    Refusal,
    RefusedError,
    ScriptError,
    TooManyFramesError,
    TooManyVisitsError,
)
from engine.events import Event, Moment
from engine.fields.catalogue import plain, read
from engine.model import Guide, Walkthrough
from engine.problems import Finding, Path, Place
from engine.replies import Reply
from engine.state import State, path
from engine.visits import Guides, Visit
from engine.walker import Opening

CODE = "failing-walkthrough"
SOME_DAY = date(2026, 1, 5)
"""When a walkthrough without `today` is played, so that a guide does not begin to fail overnight."""
_PLAYED = frozenset({"given", "today", "locale", "answers"})
_ASSERTED = frozenset({"name", "ends", "expect", "path", "refuses"})
_COUNTS = ("contacts", "contact_channels", "promises_", "remedies_", "sessions")
_CODES: Mapping[type[HandrailError], str] = {
    NotOnScreenError: "not-on-screen",
    NotOnPathError: "not-on-path",
    NothingBeforeError: "nothing-before",
    EndedError: "ended",
    AutomaticLoopError: "automatic-loop",
    TooManyVisitsError: "too-many-visits",
    TooManyFramesError: "too-many-frames",
}
"""What is told as a refusal of `step`: the document asks for something that the session cannot do there."""


class Move(NamedTuple):
    """One entry of `answers`: `kind` is answer, back or change; `step` is "" for going back by one.

    `skip` is the reason for which the step is skipped, "" where it is answered.
    """

    kind: str
    step: str
    reply: Reply = Reply()
    skip: str = ""


class Script(NamedTuple):
    """An answers document, its shape checked."""

    given: Mapping[str, Any]
    today: date
    locale: str | None
    moves: tuple[Move, ...]


class Played(NamedTuple):
    """How far a document could be played. `state` is None where the session could not even start.

    `refused` says why it stopped, by field id, `check:<id>`, `option` or `step`; `at` where in the document, () where
    it was played to its end.
    """

    state: State | None
    events: tuple[Event, ...]
    refused: Mapping[str, Refusal]
    at: Path


def play(guides: Guides, guide: str, script: Mapping[str, Any], today: date) -> Played:
    """Walk a guide as the document says, until its end or the first answer that is refused.

    `guides` holds the guide and all it can call; `today` counts where the document names no day. Facts that are left
    out are those of a client without records. Raises `ScriptError` where the document's shape is wrong.
    """
    plan = read_script(script, today)
    state, events = None, list[Event]()
    at: Path = ("given",)
    try:
        turn = begun(guides, guide, plan)
        state, events = turn.state, list(turn.events)
        for number, move in enumerate(plan.moves):
            at = ("answers", number)
            turn = made(turn.state, move, moment(plan.today, number + 1))
            state = turn.state
            events += turn.events
    except HandrailError as error:
        return Played(state, tuple(events), _refusals(error), at)
    return Played(state, tuple(events), {}, ())


def begun(guides: Guides, guide: str, script: Script) -> Turn:
    """The session's start. Raises `RefusedError` for given values, `AutomaticLoopError`."""
    root = guides[guide]
    opening = Opening(script.given, script.locale or root.language, facts=no_records(guides), preview=True)
    return walker.start(guides, guide, opening, moment(script.today, 0))


def failures(guide: Guide, guides: Guides) -> Iterator[Finding]:
    """What does not go as the guide's walkthroughs say; `guides` holds the guide and all it can call."""
    alike: dict[tuple[str, str], list[tuple[Walkthrough, Path]]] = {}
    for walkthrough in guide.walkthroughs:
        for where, message in wrong(guide, guides, walkthrough):
            alike.setdefault((_about(walkthrough, where), message), []).append((walkthrough, where))
    for (_, message), failed in alike.items():
        told = failed if len(failed) <= MOST_ALIKE else failed[:1]
        more = f" and {len(failed) - 1} more walkthroughs" if told != failed else ""
        for walkthrough, where in told:
            name = f"walkthrough '{walkthrough.name}'{more}, {'' if more else 'one '}of the guide's own tests"
            yield Finding(CODE, f"{name}: {message}", Place((*walkthrough.path, *where)))


MOST_ALIKE = 3
"""Walkthroughs that are told one by one though they fail at one step for one reason."""


def _about(walkthrough: Walkthrough, where: Path) -> str:
    """The step whose answer a place in a walkthrough is; what is no answer is a matter of this walkthrough alone."""
    if where[:1] != ("answers",) or len(where) != 2:
        return walkthrough.name
    return f"step {next(iter(walkthrough.script['answers'][int(where[1])]), '')}"


def read_script(script: Mapping[str, Any], today: date) -> Script:
    """The document with its shape checked. Raises `ScriptError`."""
    _known(script, _PLAYED | _ASSERTED, ())
    answers = script.get("answers", ())
    if not isinstance(answers, Sequence) or isinstance(answers, str):
        raise ScriptError(("answers",), "write a list, one entry for each step")
    locale = script.get("locale")
    if not isinstance(locale, str | None):
        raise ScriptError(("locale",), "write a language like en or de-AT")
    return Script(
        _mapping(script.get("given", {}), ("given",)),
        _day(script["today"]) if "today" in script else today,
        locale,
        tuple(read_move(entry, ("answers", number)) for number, entry in enumerate(answers)),
    )


def _known(document: Mapping[str, Any], keys: frozenset[str], where: Path) -> None:
    for key in document:
        if key not in keys:
            raise ScriptError((*where, key), f"this is none of {', '.join(sorted(keys))}")


def _mapping(value: Any, where: Path) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise ScriptError(where, "write it as {name: value}")
    return value


def _day(value: Any) -> date:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise ScriptError(("today",), f"'{value}' is not a day; write it like 2026-03-02") from None


def read_move(entry: Any, where: Path) -> Move:
    """One entry of `answers`, which stands at `where`. Raises `ScriptError`."""
    if not isinstance(entry, Mapping) or len(entry) != 1:
        raise ScriptError(where, "write one step with its answer, like {gentle: promise}")
    step, answer = next(iter(entry.items()))
    if step == "back":
        return Move("back", _back_to(answer, where))
    if step != "change":
        return Move("answer", step, _reply(answer, (*where, step)), _skip(answer, (*where, step)))
    changed = read_move(answer, (*where, step))
    if changed.kind != "answer":
        raise ScriptError((*where, step), "name the step whose answer changes")
    if changed.skip:
        raise ScriptError((*where, step, changed.step, "skip"), "go back to the step, and skip it there")
    return changed._replace(kind="change")


def _back_to(answer: Any, where: Path) -> str:
    if answer is True or answer == "true":
        return ""
    if isinstance(answer, str) and answer:
        return answer
    raise ScriptError((*where, "back"), "write true, or the step to go back to")


def _reply(answer: Any, where: Path) -> Reply:
    if isinstance(answer, str) and answer:
        return Reply(answer)
    if not isinstance(answer, Mapping):
        raise ScriptError(where, "write an option, {} to continue, or {option: …, values: {…}, checks: […]}")
    _known(answer, frozenset({"option", "values", "checks", "reasons", "skip"}), where)
    option, checks = answer.get("option"), answer.get("checks", ())
    if not isinstance(option, str | None):
        raise ScriptError((*where, "option"), "write the id of one option")
    if not isinstance(checks, list | tuple) or not all(isinstance(check, str) for check in checks):
        raise ScriptError((*where, "checks"), "write a list of the checks that are ticked")
    reasons = _mapping(answer.get("reasons", {}), (*where, "reasons"))
    if not all(isinstance(reason, str) for reason in reasons.values()):
        raise ScriptError((*where, "reasons"), "write each as {option or check: the reason}")
    return Reply(option, _mapping(answer.get("values", {}), (*where, "values")), tuple(checks), reasons=reasons)


def _skip(answer: Any, where: Path) -> str:
    reason = answer.get("skip", "") if isinstance(answer, Mapping) else ""
    if not isinstance(reason, str) or (len(answer) > 1 and reason):
        raise ScriptError((*where, "skip"), "write the reason for skipping the step, and nothing else")
    return reason


def no_records(guides: Guides) -> dict[str, Any]:
    """The facts of a client without records: counts and totals are 0, all others missing (FORMAT §5)."""
    facts = ((guide.id, field.fact) for guide in guides.values() for field in guide.fields.values() if field.fact)
    return {fact.key(guide): 0 for guide, fact in facts if fact.name.startswith(_COUNTS)}


def moment(today: date, number: int) -> Moment:
    """When the move of this number, from 1, is made; the session starts at 0."""
    at = datetime.combine(today, time(9), UTC) + timedelta(minutes=number)
    return Moment(at, "walkthrough", today)


def made(state: State, move: Move, moment: Moment) -> Turn:
    """What a move leads to. Raises `WalkError`, `AutomaticLoopError`."""
    if move.kind == "back":
        return walker.back(state, moment, move.step or None)
    if move.kind == "change":
        return walker.change(state, move.step, move.reply, moment)
    if state.status != "ended" and not named(state.visit, move.step):
        raise NotOnScreenError(move.step, state.visit.step.id)
    if move.skip:
        return walker.skip(state, move.skip, moment)
    return _approved(state, move.reply, moment)


def _approved(state: State, reply: Reply, moment: Moment) -> Turn:
    """The answer, after a second person approved whatever of it takes that; their reason is the one given for it."""
    told: tuple[Event, ...] = ()
    for what in walker.approvable(state):
        if what in reply.reasons:
            turn = walker.approve(state, what, True, reply.reasons[what], moment._replace(actor="approver"))
            state, told = turn.state, (*told, *turn.events)
    turn = walker.answer(state, reply, moment)
    return turn._replace(events=(*told, *turn.events))


def named(visit: Visit, step: str) -> bool:
    """Whether `step` or `guide/step` names the step of this visit."""
    guide, _, id = step.rpartition("/")
    return visit.step.id == id and guide in ("", visit.frame.guide.id)


def _refusals(error: HandrailError) -> Mapping[str, Refusal]:
    if isinstance(error, RefusedError):
        return error.refusals
    return {"step": Refusal(_CODES[type(error)], str(error))}


def wrong(guide: Guide, guides: Guides, walkthrough: Walkthrough) -> Iterator[tuple[Path, str]]:
    """What of one walkthrough does not go as it says: where in it, and in what way."""
    script = walkthrough.script
    try:
        played = play(guides, guide.id, script, SOME_DAY)
    except ScriptError as error:
        yield error.where, str(error).rstrip(".")
        return
    yield from _stopped(played, script)
    if played.state is not None and (not played.at or "refuses" in script):
        yield from _other_end(played.state, script)
        yield from _other_values(played.state, script)
        yield from _other_path(played.state, script)


def _stopped(played: Played, script: Mapping[str, Any]) -> Iterator[tuple[Path, str]]:
    expected = script.get("refuses")
    refused = {name: refusal.code for name, refusal in played.refused.items()}
    if expected is None:
        if refused:
            yield played.at, "; ".join(_reasons(played))
    elif not refused:
        yield ("refuses",), "every answer was accepted, none refused"
    elif refused != dict(expected):
        told = ", ".join(f"{name}: {code}" for name, code in refused.items())
        yield ("refuses",), f"what is refused is {{{told}}}"
    elif played.at != ("given",) and played.at[1] != len(script["answers"]) - 1:
        yield played.at, "this answer is refused, so those after it are never played"


def _reasons(played: Played) -> Iterator[str]:
    for id, refusal in played.refused.items():
        if refusal.code == "not-asked" and played.at != ("given",):
            yield f"'{id}' is not asked at this step; ask for it in that step, or leave it out of the walkthrough"
        else:
            yield refusal.message.rstrip(".")


def _other_end(state: State, script: Mapping[str, Any]) -> Iterator[tuple[Path, str]]:
    expected = script.get("ends")
    if expected is None or expected == state.outcome:
        return
    where = f"it ends with '{state.outcome}'" if state.outcome else f"it stops at the step '{state.visit.step.id}'"
    yield ("ends",), f"{where}, not with '{expected}'"


def _other_values(state: State, script: Mapping[str, Any]) -> Iterator[tuple[Path, str]]:
    guide = state.visit.frame.guide
    for id, canonical in script.get("expect", {}).items():
        field = guide.fields.get(id)
        if field is None:
            yield ("expect", id), f"'{id}' is not a field of '{guide.id}'"
            continue
        expected, found = read(field, canonical), state.values.get(id)
        if isinstance(expected, Refusal):
            yield ("expect", id), expected.message
        elif expected != found:
            yield ("expect", id), f"'{id}' is {_shown(found)}, not {_shown(expected)}"


def _shown(value: Any) -> str:
    return "missing" if value is None else f"'{plain(value)}'"


def _other_path(state: State, script: Mapping[str, Any]) -> Iterator[tuple[Path, str]]:
    expected = script.get("path")
    if expected is None:
        return
    for number, (visit, step) in enumerate(zip_longest(path(state), expected)):
        if visit is None:
            yield ("path", number), f"the path ends before '{step}'"
        elif step is None:
            yield ("path",), f"the path goes on to '{visit.step.id}'"
        elif not named(visit, step):
            yield ("path", number), f"step {number + 1} of the path is '{visit.step.id}', not '{step}'"
        else:
            continue
        return
