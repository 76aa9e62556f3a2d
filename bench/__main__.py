"""`python -m bench [STEPS …]`: what compiling and walking cost, beside the least that they could cost.

Every figure is the best of several runs in one process, so that ratios hold on any machine; the seconds do not.
"""

import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import partial
from time import perf_counter
from typing import Any, NamedTuple

from bench import floor, guide
from engine import source, walker
from engine.compiler import compile_guides
from engine.consequences import Turn
from engine.events import Moment
from engine.folds import restore, stored
from engine.model import Guide
from engine.replies import Reply
from engine.screen import build
from engine.state import State
from engine.walker import Opening

SIZES = (100, 1_000, 10_000)
LONGEST_WALK = 300  # answers: no call is longer, whatever the guide
AT = (0, 10, 60, 200)
"""After how many answers a single step is measured."""
_NOW = Moment(datetime(2026, 3, 2, 9, tzinfo=UTC), "bench", date(2026, 3, 2))
_SIZES_HEAD = ("steps", "compile", "json.loads", "ratio", "answer", "and screen", "plain dict", "ratio")
_STEPS_HEAD = ("answers", "stored", "of it values", "one stateless step", "plain dict", "ratio", "change the first")


class Guided(NamedTuple):
    """Seconds for a guide of so many steps: to compile it and to read it as JSON; for one answer with its texts,
    events and state, with the whole screen too, and the plain dict's."""

    steps: int
    compile: float
    json: float
    answer: float
    screen: float
    plain: float

    def row(self) -> tuple[str, ...]:
        """The figures as cells of the table."""
        return (
            f"{self.steps:,}",
            f"{self.compile * 1e3:.1f} ms",
            f"{self.json * 1e3:.2f} ms",
            f"{self.compile / self.json:.0f} x",
            f"{self.answer * 1e6:.1f} µs",
            f"{self.screen * 1e6:.1f} µs",
            f"{self.plain * 1e6:.2f} µs",
            f"{self.answer / self.plain:.0f} x",
        )


class Stepped(NamedTuple):
    """A session after so many answers: bytes of its stored state and of the values in it, seconds to read it, answer,
    show the screen and store it again, the plain dict's, and those to change its first answer."""

    answers: int
    stored: int
    values: int
    step: float
    plain: float
    change: float

    def row(self) -> tuple[str, ...]:
        """The figures as cells of the table."""
        return (
            f"{self.answers:,}",
            f"{self.stored:,} B",
            f"{self.values:,} B",
            f"{self.step * 1e6:.1f} µs",
            f"{self.plain * 1e6:.2f} µs",
            f"{self.step / self.plain:.0f} x",
            f"{self.change * 1e3:.2f} ms" if self.answers else "",
        )


class Bench:
    """A generated guide of about so many steps, and a walk of it."""

    def __init__(self, steps: int) -> None:
        self.text = guide.text(steps)
        document, problems = source.parse(self.text, "generated.yaml")
        assert document is not None, problems
        self.document: Any = document.data
        self.guides: Mapping[str, Guide] = compile_guides({"generated.yaml": self.text}).guides
        blocks = len(self.document["steps"]) // guide.BLOCK
        self.moves = _moves(min(blocks, LONGEST_WALK // guide.ANSWERS))
        self.plain = floor.steps(self.document)
        self.runs = 3 if steps > 1_000 else 20

    def guided(self) -> Guided:
        """The figures of the guide."""
        as_json, moves = json.dumps(self.document), self.moves
        return Guided(
            len(self.document["steps"]),
            _best(self.runs, lambda: compile_guides({"generated.yaml": self.text})),
            _best(self.runs, lambda: json.loads(as_json)),
            _best(20, lambda: self.walked(moves, screens=False)) / len(moves),
            _best(20, lambda: self.walked(moves, screens=True)) / len(moves),
            _best(20, lambda: floor.walk(self.plain, "ask-0", moves)) / len(moves),
        )

    def stepped(self, answers: int) -> Stepped:
        """The figures of a step after so many answers: of a question, a form and a text to read, one with another."""
        after = [self.walked(self.moves[: answers + more]) for more in range(guide.ANSWERS)]
        kept = [_written(stored(state)) for state in after]
        moves = self.moves[answers : answers + guide.ANSWERS]
        bare = [_written({"here": state.visit.step.id, "values": _values(state)}) for state in after]
        return Stepped(
            answers,
            len(kept[0]),
            len(_written(_values(after[0]))),
            _mean(_best(300, partial(self._stateless, *each)) for each in zip(kept, moves)),
            _mean(_best(300, partial(floor.step, self.plain, *each)) for each in zip(bare, moves)),
            _best(5, lambda: walker.change(after[0], "ask-0", Reply("objects"), _NOW)) if answers else 0,
        )

    def walked(self, moves: Sequence[floor.Move], *, screens: bool = False) -> State:
        """The state after these moves; with `screens`, each is shown before it is answered."""
        turn = walker.start(self.guides, "generated", Opening({"name": "Acme"}), _NOW)
        for move in moves:
            if screens:
                build(turn.state, turn.content)
            turn = _answered(turn.state, move)
        return turn.state

    def started(self) -> float:
        """Seconds to start a session."""
        return _best(300, lambda: walker.start(self.guides, "generated", Opening({"name": "Acme"}), _NOW))

    def _stateless(self, kept: str, move: floor.Move) -> str:
        turn = _answered(restore(self.guides, json.loads(kept)), move)
        build(turn.state, turn.content)
        return _written(stored(turn.state))


def _answered(state: State, move: floor.Move) -> Turn:
    return walker.answer(state, Reply(move.option or None, move.values), _NOW)


def _moves(blocks: int) -> list[floor.Move]:
    block: tuple[dict[str, int], ...] = ({}, {"amount_%d": 12}, {})
    return [
        floor.Move("agrees" if not number else "", {name % here: value for name, value in values.items()})
        for here in range(blocks)
        for number, values in enumerate(block)
    ]


def _values(state: State) -> Mapping[str, Any]:
    return stored(state)["values"]  # type: ignore[no-any-return]


_written = json.JSONEncoder(separators=(",", ":")).encode


def _best(runs: int, run: Callable[[], object]) -> float:
    times = []
    for _ in range(runs):
        begun = perf_counter()
        run()
        times.append(perf_counter() - begun)
    return min(times)


def _mean(seconds: Iterable[float]) -> float:
    all_of_them = list(seconds)
    return sum(all_of_them) / len(all_of_them)


def _print(rows: Sequence[Sequence[str]]) -> None:
    widths = [max(map(len, column)) for column in zip(*rows)]
    for row in rows:
        print("  ".join(cell.rjust(wide) for cell, wide in zip(row, widths)), flush=True)


def main(arguments: Sequence[str]) -> int:
    """Print the table for these sizes, or for the usual ones, and that of single steps."""
    sizes = list(map(int, arguments or SIZES))
    _print([_SIZES_HEAD, *(Bench(size).guided().row() for size in sizes)])
    bench = Bench(1_000)
    print(f"\nA session of 1,000 steps starts in {bench.started() * 1e6:.1f} µs; then, stored as JSON between steps:")
    _print([_STEPS_HEAD, *(bench.stepped(answers).row() for answers in AT)])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
