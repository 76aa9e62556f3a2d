"""Which mutants are tried is decided by the seed and the code alone."""

from pathlib import Path
from typing import NamedTuple

import pytest

from tests.mutants.sampling import TARGETS, drawn, files

ROOT = Path(__file__).parents[2]


class Change(NamedTuple):
    file: str
    first: int
    number: int
    kind: str = ""


CHANGES = [Change("a.py", line, 10 * line + node, kind) for line in range(40) for node in range(3) for kind in "xy"]


@pytest.mark.parametrize("target", TARGETS)
def test_what_is_mutated_is_there(target: str) -> None:
    assert [file for file in files(ROOT, [target]) if (ROOT / file).read_text().strip()] != []


def test_a_seed_draws_the_same_every_time() -> None:
    assert list(drawn(CHANGES, 7)) == list(drawn(CHANGES, 7)) != list(drawn(CHANGES, 8))


def test_every_statement_is_drawn_once() -> None:
    assert sorted(each.first for each in drawn(CHANGES, 7)) == list(range(40))
