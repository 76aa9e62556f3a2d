"""`python -m bench.screen [SECONDS]`: what a step costs the server, beside the least that a page could cost.

Ours is `handrail serve` on SQLite with FULL; the least is a bare Flask route that reads, commits one row and renders
one template, served alike. Both are asked in turn, in short rounds, so that the ratios hold on a busy machine too.
"""

import json
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import cycle, islice
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from threading import Thread
from time import perf_counter
from typing import NamedTuple

from bench.bare import SESSIONS
from bench.served import MARK, SECRET, Desk, Served, Visitor, desk, reply, serving

ROUNDS, CLIENTS, ANSWERS = 5, 4, 20
"""Rounds of each way; clients at once; answers after which a client goes on to the next session, as long as a call."""
SECONDS = 1.0
LEAST, ENOUGH = 150, 1500
"""Sessions that there are to walk: for rounds however short, and more for rounds of a second."""
BATCH = 100
"""Sessions that a client looks ahead in before it answers in each, likewise: no more for all than are remembered."""
_HEAD = ("", "steps/s", "of bare", "p50", "p99", "CPU a step", "of bare")

Step = Callable[[Visitor, int], None]
"""One step of a client, made by its number so far; raises `DoneError` where there is nothing left to do."""


class DoneError(Exception):
    """A client has made all its steps."""


class Way(NamedTuple):
    """A way of making steps: its name, the server, a new client of it, and what a step is."""

    name: str
    served: Served
    begin: Callable[[], tuple[Visitor, Step]]


class Figures:
    """What came out of a way so far."""

    def __init__(self) -> None:
        self.seconds, self.cpu = 0.0, 0.0
        self.times: list[float] = []

    @property
    def steps(self) -> int:
        """How many there were."""
        return len(self.times)

    @property
    def rate(self) -> float:
        """Steps a second."""
        return self.steps / self.seconds

    def row(self, name: str, bare: "Figures") -> tuple[str, ...]:
        """The figures as cells of the table."""
        cpu = self.cpu / self.steps
        cut = quantiles(self.times, n=100)
        return (
            name,
            f"{self.rate:,.0f}",
            f"{self.rate / bare.rate:.0%}",
            f"{median(self.times) * 1e3:.2f} ms",
            f"{cut[98] * 1e3:.2f} ms",
            f"{cpu * 1e3:.2f} ms",
            f"{cpu * bare.steps / bare.cpu:.1f} x" if bare.cpu else "",
        )


def measure(ways: Sequence[Way], clients: int, seconds: float) -> list[Figures]:
    """Each way in turn, for some rounds, by so many clients at once."""
    found = [Figures() for _ in ways]
    for _ in range(ROUNDS):
        for way, figures in zip(ways, found):
            _round(way, figures, clients, seconds)
    return found


def _round(way: Way, figures: Figures, clients: int, seconds: float) -> None:
    ready = [way.begin() for _ in range(clients)]
    for visitor, _ in ready:
        visitor.times.clear()
    began, cpu = perf_counter(), way.served.cpu()
    threads = [Thread(target=_steps, args=(*each, figures, began + seconds)) for each in ready]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    figures.seconds += perf_counter() - began
    figures.cpu += way.served.cpu() - cpu
    for visitor, _ in ready:
        visitor.close()


def _steps(visitor: Visitor, step: Step, figures: Figures, until: float) -> None:
    number = 0
    with suppress(DoneError):
        while (began := perf_counter()) < until:
            step(visitor, number)
            figures.times.append(perf_counter() - began)
            number += 1


class Calls:
    """Clients of ours: each walks sessions that nobody else walks."""

    def __init__(self, served: Served, ready: Desk, batch: int) -> None:
        self._port, self._cookie, self._batch = served.port, ready.cookie, batch
        self._left = list(ready.sessions)
        self._pages = {f"/sessions/{self._left.pop()}": "" for _ in range(CLIENTS * batch)}
        self._turn = cycle(self._pages)

    def begin(self, *, script: bool, ahead: bool = False) -> tuple[Visitor, Step]:
        """A client with a script, which swaps the page, or without; one that also looks `ahead`."""
        visitor = Visitor(self._port, self._cookie)
        here, page, secret = "", "", ""

        def step(visitor: Visitor, number: int) -> None:
            nonlocal here, page, secret
            if number % ANSWERS == 0:
                here = f"/sessions/{self._left.pop()}"
                page = visitor.ask("look", "GET", here)
                secret = SECRET.findall(page)[0]
            form = {"csrf": secret, **reply(page)}
            if ahead:
                pages = json.loads(visitor.ask("peek", "POST", f"{here}/peek", form))
                page = pages[form.get("option", "")]
                visitor.ask("answer", "POST", f"{here}/answer", form, **{"Handrail-Swap": MARK.findall(page)[0]})
            elif script:
                page = visitor.ask("answer", "POST", f"{here}/answer", form, **{"Handrail-Swap": "1"})
            else:
                page = visitor.ask("look", "GET", visitor.ask("answer", "POST", f"{here}/answer", form))

        return visitor, step

    def foreseen(self) -> tuple[Visitor, Step]:
        """A client that answers as the browser does whose user took a moment: every page was fetched before.

        What that cost is not in these steps: `begin` with `ahead` has both.
        """
        visitor = Visitor(self._port, self._cookie)
        ready = [self._foresee(visitor, here) for here in islice(self._turn, self._batch)]

        def step(visitor: Visitor, _: int) -> None:
            if not ready:
                raise DoneError
            here, form, page, mark = ready.pop()
            told = visitor.ask("answer", "POST", f"{here}/answer", form, **{"Handrail-Swap": mark})
            assert told == "", "the page was on view already"
            self._pages[here] = page

        return visitor, step

    def _foresee(self, visitor: Visitor, here: str) -> tuple[str, dict[str, str], str, str]:
        page = self._pages[here] or visitor.ask("look", "GET", here)
        form = {"csrf": SECRET.findall(page)[0], **reply(page)}
        ahead = json.loads(visitor.ask("peek", "POST", f"{here}/peek", form))[form.get("option", "")]
        return here, form, ahead, MARK.findall(ahead)[0]

    def look(self) -> tuple[Visitor, Step]:
        """A client that looks at one step again and again."""
        here = f"/sessions/{self._left[-1]}"
        return Visitor(self._port, self._cookie), lambda visitor, _: _asked(visitor, here)


def _asked(visitor: Visitor, path: str) -> None:
    visitor.ask("look", "GET", path)


def _bare(served: Served) -> tuple[Visitor, Step]:
    def step(visitor: Visitor, number: int) -> None:
        visitor.ask("step", "POST", f"/step/{number % SESSIONS}", {"option": "agrees", "seq": str(number)})

    return Visitor(served.port), step


def main(arguments: Sequence[str]) -> int:
    """Print the table for one client, and for several at once."""
    seconds = float(arguments[0]) if arguments else SECONDS
    with TemporaryDirectory() as folder:
        ready = desk(Path(folder), LEAST + round(ENOUGH * seconds))
        ours = (
            "-c",
            "from web.cli import main; main()",
            "serve",
            "--data",
            folder,
            "--guides",
            f"{folder}/guides",
            "--port",
            "0",
        )
        with serving("-m", "bench.bare", folder) as bare, serving(*ours) as handrail:
            calls = Calls(handrail, ready, round(BATCH * min(1.0, seconds)))
            ways = [
                Way("bare route", bare, lambda: _bare(bare)),
                Way("GET the step", handrail, calls.look),
                Way("POST, page fetched ahead", handrail, calls.foreseen),
                Way("POST that brings its page", handrail, lambda: calls.begin(script=True)),
                Way("POST, then GET (no script)", handrail, lambda: calls.begin(script=False)),
                Way("peek, then POST", handrail, lambda: calls.begin(script=True, ahead=True)),
            ]
            for clients in (1, CLIENTS):
                _print(f"\n{clients} client{'s' if clients > 1 else ''} at once", ways, measure(ways, clients, seconds))
    return 0


def _print(title: str, ways: Sequence[Way], found: Sequence[Figures]) -> None:
    rows = [(title.strip(), *_HEAD[1:]), *(figures.row(way.name, found[0]) for way, figures in zip(ways, found))]
    widths = [max(map(len, column)) for column in zip(*rows)]
    for row in rows:
        cells = [cell.rjust(wide) for cell, wide in zip(row, widths)]
        print("  ".join([row[0].ljust(widths[0]), *cells[1:]]), flush=True)
    print(flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
