"""What the tests of imports ask of a source: its guide, which must have no errors, and what was said."""

from collections.abc import Callable
from textwrap import dedent

from engine.compiler import compile_guides
from engine.graph import GuideGraph
from engine.imports.writing import Imported
from engine.problems import Problem, Severity

Reader = Callable[[str | bytes, str], Imported]


def problems(done: Imported) -> list[Problem]:
    """The errors of an imported guide."""
    found = compile_guides({f"{done.guide}.yaml": done.text}).problems
    return [problem for problem in found if problem.severity is Severity.ERROR]


def graph(read: Reader, source: str | bytes) -> GuideGraph:
    """The graph of a source's guide, which must compile."""
    done = read(dedent(source).lstrip("\n") if isinstance(source, str) else source, "drawn")
    errors = [remark for remark in done.remarks if remark.error]
    assert errors == []
    compiled = compile_guides({f"{done.guide}.yaml": done.text})
    assert problems(done) == [], done.text
    return compiled.graphs[done.guide]


def ways(read: Reader, source: str | bytes) -> list[tuple[str, str, str]]:
    """Every way of a source's guide: from, label, to."""
    return [(edge.source, edge.label, edge.target) for edge in graph(read, source).edges]


def told(read: Reader, source: str | bytes) -> list[tuple[int, str]]:
    """What is said of a source, by line."""
    done = read(dedent(source).lstrip("\n") if isinstance(source, str) else source, "drawn")
    return [(remark.line, remark.message) for remark in done.remarks]
