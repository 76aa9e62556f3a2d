"""Guides whose walkthroughs can be played, and those of which that cannot be said."""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from engine import source
from engine.compiler import build_guides, compile_guides, reachable
from engine.graph import GuideGraph
from engine.model import Guide
from engine.problems import Path as Where
from engine.problems import Place, Position, Problem, Severity
from engine.walkthroughs import CODE
from web.commands import files
from web.commands.arguments import today


class Failure(NamedTuple):
    """One thing that is not as it should be; `name` is the walkthrough's, or "" where the guide itself has errors.

    `answers` is the answers document of a walk that nobody wrote.
    """

    guide: str
    name: str
    file: str
    position: Position
    message: str
    answers: Mapping[str, Any] | None = None

    def __str__(self) -> str:
        """`late-payment.yaml:214: late-payment 'A first late payer': it ends with …`."""
        name = f" '{self.name}'" if self.name else ""
        return f"{self.file}:{self.position.line}: {self.guide}{name}: {self.message}"

    def to_dict(self) -> dict[str, Any]:
        """The plain form of CONTRACTS §2; `at` is file, line and column."""
        at = f"{self.file}:{self.position.line}:{self.position.column}"
        told: dict[str, Any] = {"guide": self.guide, "name": self.name, "at": at, "message": self.message}
        return told if self.answers is None else {**told, "answers": self.answers}


class Suite:
    """The guides of these files: `graphs` are those that can be walked, `failures` say why others cannot.

    Guides that they lead into are read from beside them.
    """

    def __init__(self, named: Mapping[str, bytes]) -> None:
        self.texts = files.with_called(named)
        self.files: dict[str, str] = {}
        self.guides: dict[str, Guide] = {}
        for file, content in self.texts.items():
            for id, guide in build_guides({file: content}).items():
                self.files.setdefault(id, file)
                self.guides.setdefault(id, guide)
        self.broken = frozenset(problem.file for problem in self.errors)
        sound = {id for id in self.guides if self.files[id] not in self.broken}
        while led := {id for id in sound if any(lead.guide not in sound for lead in self.guides[id].leads)}:
            sound -= led
        walkable = {id: guide for id, guide in self.guides.items() if id in sound}
        own = [id for id in self.guides if self.files[id] in named]
        self.graphs = {id: GuideGraph(self.guides[id], walkable, today()) for id in own if id in sound}
        self.failures = [self._broken(problem) for problem in self.errors if problem.file in named]
        self.failures += [
            Failure(id, "", self.files[id], Position(), "a guide that it leads into has errors")
            for id in own
            if id not in sound and self.files[id] not in self.broken
        ]

    def guides_of(self, graph: GuideGraph) -> Mapping[str, Guide]:
        """The guide and all that it can lead to."""
        return reachable(graph.guide, graph.others)

    def failure(self, graph: GuideGraph, name: str, where: Where, message: str) -> Failure:
        """A failure at a place in a guide's document."""
        file = self.files[graph.guide.id]
        document, _ = source.parse(self.texts[file], file)
        assert document is not None, "a guide that is walked could be read"
        return Failure(graph.guide.id, name, file, document.position(Place(where)), message)

    @cached_property
    def errors(self) -> tuple[Problem, ...]:
        """What keeps guides from being walked; their walkthroughs are played on their own."""
        problems = compile_guides(self.texts, today()).problems
        return tuple(each for each in problems if each.severity is Severity.ERROR and each.code != CODE)

    def _broken(self, problem: Problem) -> Failure:
        id = next((id for id, file in self.files.items() if file == problem.file), Path(problem.file).stem)
        sentence = f"{problem.message}; {problem.hint}" if problem.hint else problem.message
        return Failure(id, "", problem.file, problem.position, sentence)
