"""`python -m bench.finding [GUIDES [STEPS]]`: what a search over guides and steps costs, in processor time.

The guides are made of words that do not exist, as often as words are used: few very often, most seldom.
"""

import sys
from collections.abc import Iterator
from itertools import accumulate
from random import Random
from statistics import median
from time import process_time
from typing import NamedTuple

from engine.compiler import build_guides
from engine.model import Guide
from web.concordance import Concordance

_RUNS = 9
_WORDS = 20_000
_HEAD = "outcomes: {done: {label: Done, kind: success}}\nsteps:\n"


class Searched(NamedTuple):
    """A query of some kind, the milliseconds it took (median, worst), and how many guides and steps it found."""

    kind: str
    query: str
    median: float
    worst: float
    guides: int
    steps: int


class Bench:
    """Made-up guides and the index over their words; seconds to compile the ones and to build the other."""

    def __init__(self, guides: int, steps: int, words: int = _WORDS) -> None:
        self.words = _vocabulary(words)
        texts = _texts(self.words, guides, steps)
        begun = process_time()
        self.guides: tuple[Guide, ...] = tuple(build_guides(dict(texts)).values())
        self.compiled = process_time() - begun
        begun = process_time()
        self.concordance = Concordance(self.guides)
        self.built = process_time() - begun

    def searched(self) -> Iterator[Searched]:
        """Each kind of query."""
        title = self.guides[len(self.guides) // 2].title
        long = [word for word in self.words if len(word) > 8]
        kinds = {
            "a title": title,
            "its beginnings": " ".join(word[:3] for word in title.split()),
            "its words misspelt": " ".join(map(_misspelt, title.split())),
            "two letters": self.words[0][:2],
            "three letters": self.words[0][:3],
            "a common word": self.words[0],
            "two words of steps": f"{self.words[90]} {self.words[120]}",
            "a word misspelt": _misspelt(long[1]),
            "nothing": "xyzzyqwv",
            "eight words misspelt": " ".join(map(_misspelt, long[:8])),
        }
        for kind, query in kinds.items():
            yield self._measured(kind, query)

    def _measured(self, kind: str, query: str) -> Searched:
        took = []
        for _ in range(_RUNS):
            begun = process_time()
            found = self.concordance.search(query, ["en"])
            took.append((process_time() - begun) * 1e3)
        steps = sum(len(hit.steps) for hit in found.hits)
        return Searched(kind, query, median(took), max(took), len(found.hits), steps)


def _vocabulary(size: int) -> list[str]:
    chance = Random(4)
    syllables = [f"{a}{b}{c}" for a in "bdfgklmnprst" for b in "aeiou" for c in ("", "n", "r", "s", "t")]
    words = {"".join(chance.choices(syllables, k=chance.choice((1, 2, 2, 3, 3, 4)))) for _ in range(size)}
    return chance.sample(sorted(words), len(words))


def _texts(words: list[str], guides: int, steps: int) -> Iterator[tuple[str, str]]:
    chance = Random(5)
    often = list(accumulate(1 / (place + 1) for place in range(len(words))))

    def some(count: int) -> str:
        return " ".join(chance.choices(words, cum_weights=often, k=count))

    for number in range(guides):
        head = f"guide: g-{number}\ntitle: {some(4)}\nsummary: {some(10)}\ntags: [{some(1)}]\n{_HEAD}"
        middle = (
            f"  s-{step}:\n    title: {some(4)}\n    say: {some(30)}\n    points: [{some(6)}, {some(6)}]\n"
            f"    question: {some(6)}\n    options:\n"
            f"      - {{id: a, label: {some(3)}, to: s-{step + 1}}}\n      - {{id: b, label: {some(3)}, to: last}}\n"
            for step in range(steps - 2)
        )
        ends = (
            f"  s-{steps - 2}:\n    say: {some(30)}\n    next: last\n  last:\n    say: {some(20)}\n    outcome: done\n"
        )
        yield f"g-{number}.yaml", f"{head}{''.join(middle)}{ends}"


def _misspelt(word: str) -> str:
    """The word without a letter in its middle."""
    return word[: len(word) // 2] + word[len(word) // 2 + 1 :]


def main(guides: int = 500, steps: int = 50) -> None:
    """Print the figures."""
    bench = Bench(guides, steps)
    sys.stdout.write(f"{guides} guides of {steps} steps: compiled in {bench.compiled:.1f} s, ")
    sys.stdout.write(f"their words in {bench.built:.1f} s\n\n")
    for each in bench.searched():
        took = f"{each.median:6.1f} ms, at most {each.worst:6.1f} ms"
        sys.stdout.write(f"{each.kind:22} {took} {each.guides:4} guides {each.steps:4} steps   {each.query}\n")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
