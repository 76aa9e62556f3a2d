"""Puts small wrongs into our code, one at a time, and tells which of them no test finds.

python -m tests.mutants [--count 420] [--seed 7] [--jobs 2] [engine/rules ...]
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from tests.mutants import children
from tests.mutants.knowledge import learned
from tests.mutants.mutations import mutations
from tests.mutants.report import listed, table
from tests.mutants.sampling import TARGETS, drawn, files
from tests.mutants.trials import Ground, Result, Trial, outcomes

ROOT = Path(__file__).parents[2]
REPORT = ROOT / ".mutants_cache" / "report.txt"
TESTS = ("tests/engine", "tests/guides")
LONG = ("test_corpora", "test_comparison_complete", "test_comparison_replayed")
"""Searches that take minutes and are about other parts."""
LEAST = 90


def main() -> int:
    """Tries a sample; 0 where enough of it is found."""
    asked = _asked()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="handrail-mutants-") as folder:
        children.prepare()
        results = [*_told(_results(asked, Path(folder).resolve()), asked.count)]
    summary = table(results, TARGETS)
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(f"seed {asked.seed}\n\n{summary}\n\n{listed(results)}")
    print(f"{summary}\n\n{time.monotonic() - begun:.0f} seconds. What survived: {REPORT.relative_to(ROOT)}")
    return 0 if 100 * sum(each.found for each in results) >= LEAST * len(results) else 1


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__.splitlines()[0])
    parser.add_argument("targets", nargs="*", default=TARGETS, help="folders or files to change")
    parser.add_argument("--count", type=int, default=420, help="how many mutants")
    parser.add_argument("--seed", type=int, default=7, help="another number draws another sample")
    parser.add_argument("--jobs", type=int, default=2, help="how many at a time")
    return parser.parse_args()


def _results(asked: argparse.Namespace, folder: Path) -> Iterator[Result]:
    whole = children.copied(ROOT, folder / "whole")
    changed = files(whole, asked.targets)
    tests = (*TESTS, *(f"--ignore=tests/engine/{each}.py" for each in LONG))
    known = learned(whole, changed, tests)
    copies = [children.copied(whole, folder / f"copy-{number}") for number in range(asked.jobs)]
    every = (each for file in changed for each in mutations(file, (whole / file).read_text()))
    sample = islice((each for each in drawn(every, asked.seed) if each.tells()), asked.count)
    trials = (Trial(each.file, each.last, each.text(), each.diff(), known.tests(*each.lines)) for each in sample)
    return outcomes(trials, Ground(whole, copies, tests, known.seconds))


def _told(results: Iterator[Result], count: int) -> Iterator[Result]:
    """The same results; what nothing found is told as it comes, and how far we are."""
    for number, result in enumerate(results, start=1):
        if not result.found:
            print(result.trial.diff)
        if number % 40 == 0:
            print(f"{number} of {count} ...", flush=True)
        yield result


if __name__ == "__main__":
    sys.exit(main())
