"""Which steps and ways of guides were taken, and how much of a guide that is (FORMAT §2.6).

The ways of a guide are its options, `next`, the cases of its branches, the returns of its calls that can happen, its
switches and its skips, each counted in the step it leaves; and each entry of `anytime`, counted once for the guide.
"""

from collections.abc import Iterator
from typing import NamedTuple

from engine.graph import ANYTIME, GuideGraph
from engine.model import Branch, Call, Ending, Next, Options, Step, Switch
from engine.path import anytime_of
from engine.visits import Key, Visit, backwards


class Way(NamedTuple):
    """A way out of a step, by the name that tells it among the step's ways; the step of `anytime` entries is ""."""

    guide: str
    step: str
    name: str

    def __str__(self) -> str:
        """`reach: nobody`, as a list of ways shows it."""
        return f"{self.step or 'anytime'}: {self.name}"


class Ground(NamedTuple):
    """Steps, each with its guide, and ways: those taken, or all that there are."""

    steps: frozenset[tuple[str, str]] = frozenset()
    ways: frozenset[Way] = frozenset()

    def __or__(self, other: "Ground") -> "Ground":
        """Both together."""
        return Ground(self.steps | other.steps, self.ways | other.ways)


class Coverage(NamedTuple):
    """How much of a guide was taken, each from 0 to 1, and what was not, in the author's order."""

    steps: float
    edges: float
    steps_left: tuple[str, ...]
    ways_left: tuple[Way, ...]


def ways_of(graph: GuideGraph) -> tuple[Way, ...]:
    """Every way of a guide, in the author's order."""
    return tuple(_ways(graph))


def taken(here: Visit, since: Key | None = None) -> Ground:
    """The steps and ways from the visit `since`, or from the start, to this one."""
    visits = [here]
    for visit in backwards(here.previous):
        visits.append(visit)
        if visit.key == since:
            break
    steps = ((visit.frame.guide.id, visit.step.id) for visit in visits if _is_step(visit))
    return Ground(frozenset(steps), frozenset(filter(None, map(_left_by, visits[1:]))))


def measured(graph: GuideGraph, ground: Ground) -> Coverage:
    """How much of the guide this is."""
    guide, ways = graph.guide, ways_of(graph)
    steps_left = tuple(id for id in guide.steps if (guide.id, id) not in ground.steps)
    ways_left = tuple(way for way in ways if way not in ground.ways)
    return Coverage(
        _share(len(guide.steps) - len(steps_left), len(guide.steps)),
        _share(len(ways) - len(ways_left), len(ways)),
        steps_left,
        ways_left,
    )


def _is_step(visit: Visit) -> bool:
    """Whether it is a step of its guide, not the end that an anytime entry leads to."""
    return visit.frame.guide.steps.get(visit.step.id) is visit.step


def _share(part: int, whole: int) -> float:
    """The share, rounded down to four digits, so that nothing less than all is 1."""
    return part * 10_000 // whole / 10_000 if whole else 1.0


def _ways(graph: GuideGraph) -> Iterator[Way]:
    id = graph.guide.id
    for step in graph.guide.steps.values():
        for edge in graph.leaving(step.id):
            if edge.name != "otherwise" or _needs_otherwise(graph, step):
                yield Way(id, step.id, edge.name)
        if isinstance(step.exit, Switch):
            yield Way(id, step.id, "switch")
        if step.skip_to:
            yield Way(id, step.id, "skip")
    for entry in graph.guide.anytime:
        yield Way(id, ANYTIME, entry.option.id)


def _needs_otherwise(graph: GuideGraph, step: Step) -> bool:
    """Whether an outcome of the guide that the step calls is not mapped by itself."""
    exit = step.exit
    return not isinstance(exit, Call) or not graph.outcomes_of(exit.guide) <= (exit.on or {}).keys()


def _left_by(left: Visit) -> Way | None:
    """The way by which a visit was left; None for what counts when it returns, and for a detour's return."""
    exit, guide, step, answer = left.step.exit, left.frame.guide.id, left.step.id, left.answer
    if answer is not None and answer.opened is not None:
        return None
    if answer is not None and answer.skip is not None:
        return Way(guide, step, "skip")
    if answer is not None and answer.option is not None:
        return _chosen(left, answer.option)
    if isinstance(exit, Branch):
        return Way(guide, step, f"case-{left.case}")
    if isinstance(exit, Next):
        return Way(guide, step, "next")
    if isinstance(exit, Switch):
        return Way(guide, step, "switch")
    return _returned(left, exit) if isinstance(exit, Ending) else None


def _chosen(left: Visit, option: str) -> Way:
    exit = left.step.exit
    if isinstance(exit, Options) and exit.find(option):
        return Way(left.frame.guide.id, left.step.id, option)
    offer = next(offer for offer in anytime_of(left) if offer.entry.option.id == option)
    return Way(offer.frame.guide.id, ANYTIME, option)


def _returned(left: Visit, ending: Ending) -> Way | None:
    caller = left.frame.caller
    if caller is None or left.frame.detour is not None or not isinstance(caller.step.exit, Call):
        return None
    name = f"on-{ending.outcome}" if ending.outcome in (caller.step.exit.on or {}) else "otherwise"
    return Way(caller.frame.guide.id, caller.step.id, name)
