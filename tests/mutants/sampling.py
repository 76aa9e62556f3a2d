"""What is mutated, and which mutations are tried: a few of very many, the same for the same seed and the same code.

A statement is drawn, then a node of it, then one mutation of that node. Drawing from all mutations alike would mostly
try arguments left out of long calls, which almost any test finds.
"""

import random
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Protocol, TypeVar

TARGETS = (
    "engine/expressions",
    "engine/rules",
    "engine/walker.py",
    "engine/consequences.py",
    "engine/state.py",
    "engine/folds.py",
    "engine/snapshot.py",
    "engine/path.py",
    "engine/visits.py",
    "engine/replies.py",
)


class Placed(Protocol):
    """What has a place: its file, its statement's first line, and the node by its number in the file."""

    @property
    def file(self) -> str: ...
    @property
    def first(self) -> int: ...
    @property
    def number(self) -> int: ...


Mutant = TypeVar("Mutant", bound=Placed)


def files(root: Path, targets: Iterable[str] = TARGETS) -> list[str]:
    """Every module of these targets, as paths below the root."""
    found = [file for target in targets for file in _modules(root / target)]
    return [file.relative_to(root).as_posix() for file in found]


def _modules(target: Path) -> list[Path]:
    if target.is_dir():
        return [file for file in sorted(target.rglob("*.py")) if file.read_text().strip()]
    return [target]


def drawn(mutations: Iterable[Mutant], seed: int) -> Iterator[Mutant]:
    """One mutation of every statement, the statements in the order that this seed gives them."""
    chance = random.Random(seed)
    statements = [list(each) for _, each in groupby(mutations, key=lambda each: (each.file, each.first))]
    chance.shuffle(statements)
    for statement in statements:
        nodes = [list(each) for _, each in groupby(statement, key=lambda each: each.number)]
        yield chance.choice(chance.choice(nodes))
