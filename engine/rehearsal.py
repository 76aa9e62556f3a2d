"""An author's walkthroughs played as tests: forwards, and with Back after every step (FORMAT §2.6)."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from engine import walker, walkthroughs
from engine.coverage import Ground, taken
from engine.errors import HandrailError, ScriptError
from engine.events import Moment
from engine.fields.catalogue import plain
from engine.model import Guide, Walkthrough
from engine.problems import Path
from engine.state import State, path
from engine.visits import Guides
from engine.walkthroughs import SOME_DAY, Move, begun, made, moment, read_script


class Rehearsed(NamedTuple):
    """One walkthrough played: `wrong` says where in it something goes otherwise, and how; `ground` is what it took."""

    walkthrough: Walkthrough
    wrong: tuple[tuple[Path, str], ...]
    ground: Ground


def rehearse(guide: Guide, guides: Guides) -> Iterator[Rehearsed]:
    """Play every walkthrough of a guide; `guides` holds it and all it can lead to."""
    for walkthrough in guide.walkthroughs:
        wrong = tuple(walkthroughs.wrong(guide, guides, walkthrough))
        try:
            steps = tuple(_with_back(guide, guides, walkthrough.script))
        except ScriptError:  # told among what is wrong
            steps = ()
        again = next(((where, told) for where, told, _ in steps if told), None)
        ground = Ground()
        for _, _, more in steps:
            ground |= more
        yield Rehearsed(walkthrough, (*wrong, again) if again and not wrong else wrong, ground)


def differences(forwards: State, backwards: State) -> str:
    """In what a session differs from another that should stand where it does; "" where in nothing that people see."""
    one, other = _facts(forwards), _facts(backwards)
    return "; ".join(f"{name} is {other.get(name)}, not {one[name]}" for name in one if one[name] != other.get(name))


def _with_back(guide: Guide, guides: Guides, script: Mapping[str, Any]) -> Iterator[tuple[Path, str, Ground]]:
    """Each move: where it stands, what is otherwise with Back, and what was taken; up to the first one refused."""
    plan = read_script(script, SOME_DAY)
    try:
        forwards = backwards = begun(guides, guide.id, plan).state
    except HandrailError:  # what is refused is judged where it is played forwards
        return
    yield ("given",), "", taken(forwards.visit)
    for number, move in enumerate(plan.moves):
        at = moment(plan.today, number + 1)
        since = forwards.visit.key if move.kind == "answer" else None
        try:
            forwards = made(forwards, move, at).state
        except HandrailError:
            return
        backwards = _twice(backwards, move, at)
        told = differences(forwards, backwards)
        message = f"with Back after every step, here {told}" if told else ""
        yield ("answers", number), message, taken(forwards.visit, since)
        if told:
            return


def _twice(state: State, move: Move, at: Moment) -> State:
    """The state after a move; an answer is taken back and given again."""
    after = made(state, move, at).state
    return made(walker.back(after, at).state, move, at).state if move.kind == "answer" else after


def _facts(state: State) -> dict[str, Any]:
    """What people see of where a session stands."""
    shown = {"the step": state.visit.step.id, "the outcome": state.outcome or "none"}
    shown["the path"] = ", ".join(f"{visit.step.id}" for visit in path(state))
    values = {f"'{id}'": plain(value) for id, value in state.values.items() if value is not None}
    return {**values, **shown}
