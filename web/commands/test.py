"""`handrail test`: the walkthroughs of guides played, what they cover, and walks that nobody wrote."""

import json
import random
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from engine.coverage import Coverage, Ground, measured
from engine.explorer import Found, explore, survey
from engine.rehearsal import rehearse
from web.commands import files
from web.commands.arguments import PATH, counted
from web.commands.progress import Progress
from web.commands.suites import Failure, Suite
from web.commands.writing import as_yaml


class _Share(click.ParamType[float]):
    """A share: 0.9, 90 or 90%; 1 is all."""

    name = "share"

    def convert(self, value: Any, param: click.Parameter | None, context: click.Context | None) -> float:
        """The share from 0 to 1."""
        try:
            number = float(str(value).removesuffix("%"))
        except ValueError:
            number = -1.0
        share = number / 100 if str(value).endswith("%") or number > 1 else number
        if not 0 <= share <= 1:
            self.fail(f"'{value}' is not a share; write it like 90 or 0.9.", param, context)
        return share


@click.command("test")
@click.argument("paths", metavar="PATH…", nargs=-1, required=True, type=PATH)
@click.option("--explore", "walks", type=click.IntRange(0), metavar="N", help="Take every way, then N random walks.")
@click.option("--generate", is_flag=True, help="Write walkthroughs that take every way that can be taken.")
@click.option("--seed", type=int, default=1, show_default=True, metavar="S", help="Other random walks.")
@click.option(
    "--min-coverage", "least", type=_Share(), default=0.0, metavar="P", help="Fail below this share, like 90."
)
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text", help="How to tell.")
@click.pass_context
def command(
    context: click.Context,
    paths: tuple[Path, ...],
    walks: int | None,
    generate: bool,
    seed: int,
    least: float,
    style: str,
) -> None:
    """Play the walkthroughs of guides: files, or folders with all that is in them.

    Each is played forwards, and again with Back after every step. Tells which steps and ways they cover: options,
    next, branch cases, returns of calls, switches and skips, and each anytime entry once. Exits with 1 where a
    walkthrough fails, a guide has errors, or less than P is covered.
    """
    suite = Suite(files.texts(paths))
    played = _Played(suite)
    if walks is not None or generate:
        played.look(walks, seed)
    told = played.json(walks is not None, generate) if style == "json" else None
    if told is not None:
        click.echo(json.dumps(told, ensure_ascii=False))
    else:
        played.tell(generate)
    context.exit(1 if played.failures or any(min(each[:2]) < least for each in played.coverage.values()) else 0)


class _Played:
    """What a suite's walkthroughs did, and what was found beyond them."""

    def __init__(self, suite: Suite) -> None:
        self.suite = suite
        self.failures: list[Failure] = list(suite.failures)
        self.walkthroughs = self.failed = self.walks = 0
        self.found: dict[str, Found] = {}
        ground = Ground()
        for graph in suite.graphs.values():
            for done in rehearse(graph.guide, suite.guides_of(graph)):
                self.walkthroughs += 1
                self.failed += bool(done.wrong)
                ground |= done.ground
                for where, message in done.wrong:
                    place = (*done.walkthrough.path, *where)
                    self.failures.append(suite.failure(graph, done.walkthrough.name, place, message))
        self.coverage: Mapping[str, Coverage] = {id: measured(graph, ground) for id, graph in suite.graphs.items()}

    def look(self, walks: int | None, seed: int) -> None:
        """Look for every way of every guide and, where `walks` is given, walk them and so many at random."""
        progress = Progress()
        for id, graph in self.suite.graphs.items():
            progress.tell(f"{id}: looking for every way")
            guides = self.suite.guides_of(graph)
            found = self.found[id] = survey(graph, guides)
            if walks is None:
                continue
            chance = random.Random(f"{seed} {id}").randrange  # noqa: S311 - the same walks again, no secrets
            for number, trouble in enumerate(explore(graph, guides, found, walks, chance), 1):
                self.walks += 1
                progress.tell(f"{id}: walk {number:,}")
                if trouble is not None:
                    step = graph.guide.steps.get(trouble.step)
                    name = f"explored with seed {seed}, walk {number}"
                    failure = self.suite.failure(graph, name, step.path if step else ("guide",), trouble.message)
                    self.failures.append(failure._replace(answers=trouble.script))
        progress.clear()

    def json(self, explored: bool, generated: bool) -> dict[str, Any]:
        """The JSON of CONTRACTS §2, with what was asked for besides."""
        told: dict[str, Any] = {
            "walkthroughs": self.walkthroughs,
            "passed": self.walkthroughs - self.failed,
            "failed": [failure.to_dict() for failure in self.failures],
            "coverage": {id: {"steps": each.steps, "edges": each.edges} for id, each in self.coverage.items()},
        }
        if explored:
            left = {id: list(map(str, found.left)) for id, found in self.found.items()}
            told["explored"] = {"walks": self.walks, "not_reached": left}
        if generated:
            told["generated"] = {id: found.walkthroughs for id, found in self.found.items()}
        return told

    def tell(self, generated: bool) -> None:
        """Results on stdout, what is said about them on stderr; generated walkthroughs have stdout for themselves."""
        for failure in self.failures:
            click.echo(str(failure), err=generated)
            if failure.answers is not None:
                click.echo(f"  {json.dumps(failure.answers, ensure_ascii=False)}", err=generated)
        for id, coverage in self.coverage.items():
            click.echo(_covered(id, coverage), err=generated)
        for id, found in self.found.items():
            if generated:
                click.echo(as_yaml(id, found), nl=False)
            else:
                for way in found.left:
                    click.echo(f"{id}: no answers were found that take {way}", err=True)
        click.echo(self._closing(), err=True)

    def _closing(self) -> str:
        parts = [counted(len(self.coverage), "guide"), counted(self.walkthroughs, "walkthrough")]
        if self.walks:
            parts.append(f"{self.walks:,} other walks")
        failed = (
            counted(len(self.failures), "failure")
            if self.failures
            else "all passed"
            if self.walkthroughs
            else "none to play"
        )
        replay = any(failure.answers is not None for failure in self.failures)
        how = "\nReplay a walk: put the line below it into a file, then: handrail walk GUIDE --answers FILE"
        return f"{', '.join(parts)}, {failed}{how if replay else ''}"


def _covered(id: str, coverage: Coverage) -> str:
    """`late-payment: steps 95 %, ways 90 %; not taken: reach: nobody`."""
    left = [*coverage.steps_left, *map(str, coverage.ways_left)]
    shares = f"{id}: steps {_percent(coverage.steps)}, ways {_percent(coverage.edges)}"
    return f"{shares}; not taken: {_listed(left)}" if left else shares


def _percent(share: float) -> str:
    """In whole percent, rounded down."""
    return f"{int(share * 100 + 1e-9)} %"


def _listed(left: Iterable[str]) -> str:
    return ", ".join(_first(left, 20))


def _first(items: Iterable[str], most: int) -> Iterator[str]:
    """The first of the items, and how many more there are."""
    every = list(items)
    yield from every[:most]
    if every[most:]:
        yield f"and {len(every) - most:,} more"
