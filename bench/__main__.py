"""`python -m bench [STEPS …]`: what compiling and walking cost, beside the least that they could cost.

Every figure is the best of several runs in one process, so that ratios hold on any machine; the seconds do not.
"""

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from time import perf_counter
from typing import Any, NamedTuple

from bench import floor, guide
from engine import source, walker
from engine.compiler import compile_guides
from engine.events import Moment
from engine.model import Guide
from engine.replies import Reply
from engine.screen import build
from engine.state import State, restore, stored
from engine.walker import Opening

SIZES = (100, 1_000, 10_000)
LONGEST_WALK = 300  # answers: no call is longer, whatever the guide
_NOW = Moment(datetime(2026, 3, 2, 9, tzinfo=UTC), "bench", date(2026, 3, 2))
_HEAD = ("steps", "compile", "json.loads", "ratio", "answer", "plain dict", "ratio", "restore")


class Figures(NamedTuple):
    """Seconds: to compile a guide and to read it as JSON, for one answer with its screen and the plain dict's, and to
    restore the state of the whole walk."""

    steps: int
    compile: float
    json: float
    answer: float
    plain: float
    restore: float

    def row(self) -> tuple[str, ...]:
        """The figures as cells of the table."""
        return (
            f"{self.steps:,}",
            f"{self.compile * 1e3:.1f} ms",
            f"{self.json * 1e3:.2f} ms",
            f"{self.compile / self.json:.0f} x",
            f"{self.answer * 1e6:.0f} µs",
            f"{self.plain * 1e6:.2f} µs",
            f"{self.answer / self.plain:.0f} x",
            f"{self.restore * 1e3:.2f} ms",
        )


def measure(steps: int) -> Figures:
    """The figures of a generated guide of about so many steps."""
    text = guide.text(steps)
    document: Any = _document(text)
    as_json = json.dumps(document)
    guides = compile_guides({"generated.yaml": text}).guides
    blocks = len(document["steps"]) // guide.BLOCK
    moves = _moves(min(blocks, LONGEST_WALK // guide.ANSWERS))
    plain = floor.steps(document)
    runs = 3 if steps > 1_000 else 10
    end = _walked(guides, moves)
    return Figures(
        len(document["steps"]),
        _best(runs, lambda: compile_guides({"generated.yaml": text})),
        _best(runs, lambda: json.loads(as_json)),
        _best(runs, lambda: _walked(guides, moves)) / len(moves),
        _best(runs, lambda: floor.walk(plain, "ask-0", moves)) / len(moves),
        _best(runs, lambda: restore(guides, stored(end))),
    )


def _document(text: str) -> Any:
    document, problems = source.parse(text, "generated.yaml")
    assert document is not None, problems
    return document.data


def _moves(blocks: int) -> list[floor.Move]:
    block: tuple[dict[str, int], ...] = ({}, {"amount_%d": 12}, {})
    return [
        floor.Move("agrees" if not number else "", {name % here: value for name, value in values.items()})
        for here in range(blocks)
        for number, values in enumerate(block)
    ]


def _walked(guides: Mapping[str, Guide], moves: Sequence[floor.Move]) -> State:
    state = walker.start(guides, "generated", Opening({"name": "Acme"}), _NOW).state
    for move in moves:
        build(state)
        state = walker.answer(state, Reply(move.option or None, move.values), _NOW).state
    return state


def _best(runs: int, run: Callable[[], object]) -> float:
    times = []
    for _ in range(runs):
        begun = perf_counter()
        run()
        times.append(perf_counter() - begun)
    return min(times)


def main(arguments: Sequence[str]) -> int:
    """Print the table for these sizes, or for the usual ones."""
    rows = [_HEAD, *(measure(size).row() for size in map(int, arguments or SIZES))]
    widths = [max(map(len, column)) for column in zip(*rows)]
    for row in rows:
        print("  ".join(cell.rjust(wide) for cell, wide in zip(row, widths)), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
