"""What a run of mutants came to, for people: a table by module, and each survivor as a change of code."""

from collections.abc import Iterable, Sequence

from tests.mutants.trials import KILLED, SURVIVED, TIMED_OUT, Result


def table(results: Sequence[Result], targets: Iterable[str]) -> str:
    """A Markdown table: a row for each target, and one for them all."""
    rows = [(target, [each for each in results if each.trial.file.startswith(target)]) for target in targets]
    heads = ["| module | mutants | killed | timed out | survived | found |", "| --- | --: | --: | --: | --: | --: |"]
    return "\n".join([*heads, *(_row(target, each) for target, each in [*rows, ("all", results)] if each)])


def _row(target: str, results: Sequence[Result]) -> str:
    counts = [sum(each.outcome == outcome for each in results) for outcome in (KILLED, TIMED_OUT, SURVIVED)]
    found = 100 * sum(each.found for each in results) / len(results)
    return f"| {target} | {len(results)} | {' | '.join(map(str, counts))} | {found:.1f} % |"


def listed(results: Iterable[Result]) -> str:
    """The survivors, by file and line."""
    survivors = sorted(each.trial for each in results if not each.found)
    return "\n\n".join(f"{each.file}:{each.line}\n{each.diff}" for each in survivors) + "\n"
