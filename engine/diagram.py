"""A guide's graph as a picture: plain, deterministic DOT text, or nodes and edges (ARCHITECTURE §5).

What a step is shows in its shape and words, never in its colour alone; every text stands on a pale ground of its own,
so that the same picture reads on a light page and on a dark one. Ids in the text are generated and words are escaped,
so that no guide can write DOT of its own.
"""

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

from engine.graph import Edge, GuideGraph
from engine.model import Branch, Call, Ending, Next, Options, Step
from engine.visits import Visit

MOST_STEPS = 500
"""Guides with more steps are drawn as their stages: a layout of thousands of labelled steps takes minutes."""

_LINE = "#6e7781"
_MARK = "#c2410c"
_INK = "#1f2328"
_PALE = "#f6f8fa"
_LOOKS = {
    "question": ("box", "rounded,filled", "#ddf0ff", "#0969da"),
    "words": ("box", "rounded,filled", "#ffffff", _LINE),
    "automatic": ("hexagon", "filled,dashed", "#ffffff", _LINE),
    "call": ("box", "filled", "#fbefff", "#8250df"),
    "stage": ("folder", "filled", "#ffffff", _LINE),
    "success": ("ellipse", "filled", "#dafbe1", "#1a7f37"),
    "partial": ("ellipse", "filled", "#fff8c5", "#9a6700"),
    "failure": ("ellipse", "filled", "#ffebe9", "#cf222e"),
    "escalated": ("ellipse", "filled", "#fff1e5", "#bc4c00"),
    "abandoned": ("ellipse", "filled", "#eaeef2", "#57606a"),
}
"""By kind of node: shape, style, ground and border."""

_BREAKS = {ord(mark): None for mark in map(chr, [*range(32), *range(127, 160)])}
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\\": "\\\u2060"})
"""What means something in DOT, as the text that shows it. Graphviz reads `\\N` as the node's name, even in HTML labels
and however it is escaped; an invisible word joiner after the backslash keeps the two apart."""


class Passed(NamedTuple):
    """A step that a walk passed, and the name of the edge by which it left, "" where that is not known."""

    step: str
    edge: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    """One shape. `captions` are small print under the title; `numbers` say when a walk came by, from 1."""

    key: str
    kind: str
    title: str
    captions: tuple[str, ...] = ()
    stage: str | None = None
    numbers: tuple[int, ...] = ()


class Label(NamedTuple):
    """The words on an arrow: an answer's label or, where `formula`, a condition; `marked` if a walk took it."""

    text: str
    formula: bool
    marked: bool


@dataclass(frozen=True, slots=True)
class Arrow:
    """All ways from one node to another."""

    source: str
    target: str
    labels: tuple[Label, ...]
    marked: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """What is drawn, in the author's order. `stages` are the frames to draw, by id, with their labels."""

    name: str
    start: str
    stages: tuple[tuple[str, str], ...]
    nodes: tuple[Node, ...]
    arrows: tuple[Arrow, ...]


def passed(visits: Iterable[Visit]) -> tuple[Passed, ...]:
    """What a session passed of the guide that it started with, in order."""
    return tuple(Passed(visit.step.id, _taken(visit)) for visit in visits if not visit.frame.id)


def to_dot(graph: GuideGraph, walk: Sequence[Passed] = ()) -> str:
    """The guide as DOT text, a walk emphasised by thick lines and by the numbers of its steps.

    Above `MOST_STEPS` the stages are drawn instead of the steps.
    """
    picture = _steps(graph, walk) if len(graph.guide.steps) <= MOST_STEPS else _stages(graph, walk)
    return "\n".join(_dot(picture)) + "\n"


def to_dict(graph: GuideGraph, walk: Sequence[Passed] = ()) -> dict[str, Any]:
    """The guide as `{"guide", "start", "nodes": […], "edges": […]}`, JSON types, every step and every way."""
    picture, taken = _steps(graph, walk), _taken_edges(graph, walk)
    return {
        "guide": graph.guide.id,
        "start": graph.guide.start,
        "nodes": [_plain_node(node, graph.guide.steps[node.key]) for node in picture.nodes],
        "edges": [_plain_edge(edge, edge in taken) for edge in graph.edges],
    }


def _taken(visit: Visit) -> str:
    exit = visit.step.exit
    if isinstance(exit, Branch):
        return f"case-{visit.case}"
    if isinstance(exit, Options) and visit.answer and visit.answer.option:
        return visit.answer.option
    return "next" if isinstance(exit, Next) else ""


def _plain_node(node: Node, step: Step) -> dict[str, Any]:
    exit = step.exit
    return {
        "id": node.key,
        "kind": "outcome" if isinstance(exit, Ending) else node.kind,
        "label": node.title,
        "stage": step.stage,
        "outcome": exit.outcome if isinstance(exit, Ending) else None,
        "calls": exit.guide if isinstance(exit, Call) else None,
        "passed": list(node.numbers),
    }


def _plain_edge(edge: Edge, taken: bool) -> dict[str, Any]:
    return {
        "source": edge.source,
        "target": edge.target,
        "name": edge.name,
        "label": edge.label,
        "passed": taken,
    }


def _steps(graph: GuideGraph, walk: Sequence[Passed]) -> Picture:
    """The picture of every step."""
    numbers: dict[str, list[int]] = {}
    for number, stop in enumerate(walk, 1):
        numbers.setdefault(stop.step, []).append(number)
    guide, taken = graph.guide, _taken_edges(graph, walk)
    ways: dict[tuple[str, str], list[Edge]] = {}
    for edge in graph.edges:
        ways.setdefault((edge.source, edge.target), []).append(edge)
    return Picture(
        guide.id,
        guide.start,
        tuple((guide.stages or {}).items()),
        tuple(_node(graph, step, tuple(numbers.get(id, ()))) for id, step in guide.steps.items()),
        tuple(_arrow(edges, taken, graph) for edges in ways.values()),
    )


def _taken_edges(graph: GuideGraph, walk: Sequence[Passed]) -> frozenset[Edge]:
    return frozenset(
        edge
        for here, there in pairwise(walk)
        for edge in graph.leaving(here.step)
        if edge.target == there.step and here.edge in ("", edge.name)
    )


def _node(graph: GuideGraph, step: Step, numbers: tuple[int, ...]) -> Node:
    title, exit = step.name.source, step.exit
    if isinstance(exit, Ending):
        outcome = graph.guide.outcomes[exit.outcome]
        captions = (outcome.kind,) if outcome.label == title else (outcome.label, outcome.kind)
        return Node(step.id, outcome.kind, title, captions, step.stage, numbers)
    if isinstance(exit, Call):
        return Node(step.id, "call", title, (f"calls {exit.guide}",), step.stage, numbers)
    kind = "question" if isinstance(exit, Options) else "automatic" if step.automatic else "words"
    return Node(step.id, kind, title, (), step.stage, numbers)


def _arrow(edges: list[Edge], taken: frozenset[Edge], graph: GuideGraph) -> Arrow:
    first = edges[0]
    exit = graph.guide.steps[first.source].exit
    formula, decides = not isinstance(exit, Options), isinstance(exit, Branch)
    labels = tuple(
        Label(f"when {edge.label}" if decides and edge.label != "otherwise" else edge.label, formula, edge in taken)
        for edge in edges
        if edge.label
    )
    return Arrow(first.source, first.target, labels, any(edge in taken for edge in edges))


def _stages(graph: GuideGraph, walk: Sequence[Passed]) -> Picture:
    """The picture of a large guide: its stages and its outcomes, with how many steps and ways each stands for."""
    home = {id: _home(step) for id, step in graph.guide.steps.items()}
    sizes: dict[str, int] = {}
    for key in home.values():
        sizes[key] = sizes.get(key, 0) + 1
    ways: dict[tuple[str, str], int] = {}
    for edge in graph.edges:
        way = home[edge.source], home[edge.target]
        ways[way] = ways.get(way, 0) + (way[0] != way[1])
    marked = {(home[edge.source], home[edge.target]) for edge in _taken_edges(graph, walk)}
    came = dict.fromkeys(home[stop.step] for stop in walk if stop.step in home)
    numbers = {key: number for number, key in enumerate(came, 1)}
    return Picture(
        graph.guide.id,
        home[graph.guide.start],
        (),
        tuple(_group(graph, key, size, numbers.get(key)) for key, size in sizes.items()),
        tuple(
            Arrow(*way, (Label(_counted(count, "way"), False, way in marked),), way in marked)
            for way, count in ways.items()
            if count
        ),
    )


def _home(step: Step) -> str:
    return f"outcome {step.exit.outcome}" if isinstance(step.exit, Ending) else f"stage {step.stage or ''}"


def _group(graph: GuideGraph, key: str, size: int, number: int | None) -> Node:
    what, _, id = key.partition(" ")
    numbers = () if number is None else (number,)
    if what == "outcome":
        outcome = graph.guide.outcomes[id]
        return Node(key, outcome.kind, outcome.label, (outcome.kind,), None, numbers)
    label = (graph.guide.stages or {}).get(id, "Steps without a stage")
    return Node(key, "stage", label, (_counted(size, "step"),), None, numbers)


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _dot(picture: Picture) -> Iterator[str]:
    ids = {node.key: f"n{number}" for number, node in enumerate(picture.nodes)}
    yield f"digraph {_quoted(picture.name)} {{"
    yield '  graph [bgcolor="transparent", rankdir="TB", nodesep="0.35", ranksep="0.45", pad="0.2"];'
    yield f'  node [fontname="Helvetica,Arial,sans-serif", fontsize="12", fontcolor="{_INK}", margin="0.14,0.07"];'
    yield f'  edge [fontname="Helvetica,Arial,sans-serif", fontsize="10", fontcolor="{_INK}", color="{_LINE}",'
    yield '    arrowsize="0.75", penwidth="1.2"];'
    yield f'  start [shape="circle", width="0.16", label="", style="filled", color="{_LINE}", tooltip="Start"];'
    for number, (stage, label) in enumerate(picture.stages):
        members = [node for node in picture.nodes if node.stage == stage]
        if members:
            yield from _cluster(number, label, members, ids)
    framed = {stage for stage, _ in picture.stages}
    for node in picture.nodes:
        if node.stage not in framed:
            yield f"  {_shape(node, ids[node.key])}"
    yield f'  start -> {ids[picture.start]} [tooltip="Start"];'
    for arrow in picture.arrows:
        yield f"  {_line(arrow, ids)}"
    yield "}"


def _cluster(number: int, label: str, members: Sequence[Node], ids: dict[str, str]) -> Iterator[str]:
    yield f"  subgraph cluster_{number} {{"
    yield f'    label=<<b>{_html(label)}</b>>; labeljust="l"; fontname="Helvetica,Arial,sans-serif"; fontsize="12";'
    yield f'    fontcolor="{_INK}"; style="rounded,filled"; fillcolor="{_PALE}"; color="#d0d7de"; margin="14";'
    yield f"    tooltip={_quoted(label)};"
    for node in members:
        yield f"    {_shape(node, ids[node.key])}"
    yield "  }"


def _shape(node: Node, id: str) -> str:
    shape, style, ground, border = _LOOKS[node.kind]
    rows = "<br/>".join(_html(line) for line in _wrapped(node.title, 26))
    if node.numbers:
        rows = f'<font color="{_MARK}"><b>{", ".join(map(str, node.numbers))}</b></font><br/>{rows}'
    if node.captions:
        small = "<br/>".join(_html(line) for caption in node.captions for line in _wrapped(caption, 32))
        rows = f'{rows}<br/><font point-size="10" color="#57606a">{small}</font>'
    border, width = (_MARK, 3) if node.numbers else (border, 1.2)
    return (
        f'{id} [label=<{rows}>, shape="{shape}", style="{style}", fillcolor="{ground}", color="{border}", '
        f'penwidth="{width}", peripheries="{2 if node.kind == "call" else 1}", id={_quoted(f"step-{node.key}")}, '
        f"tooltip={_quoted(node.title)}];"
    )


def _line(arrow: Arrow, ids: dict[str, str]) -> str:
    attributes = [f'color="{_MARK}", penwidth="3"'] if arrow.marked else []
    if arrow.labels:
        words = _quoted("; ".join(label.text for label in arrow.labels))
        attributes.append(f"label=<{_tag(arrow.labels)}>, labeltooltip={words}, tooltip={words}")
    return f"{ids[arrow.source]} -> {ids[arrow.target]} [{', '.join(attributes)}];"


def _tag(labels: Sequence[Label]) -> str:
    """The words on an arrow, on a pale ground, since the line may run under them and the page may be dark."""
    rows = "".join(f'<tr><td align="left">{_row(label)}</td></tr>' for label in labels)
    return (
        f'<table border="0" cellborder="0" cellpadding="2" cellspacing="0" style="rounded" bgcolor="{_PALE}">'
        f"{rows}</table>"
    )


def _row(label: Label) -> str:
    lines = _wrapped(label.text, 28)
    text = "".join(f'{_html(line)}<br align="left"/>' for line in lines) if lines[1:] else _html(lines[0])
    text = f"<i>{text}</i>" if label.formula else text
    return f"<b>{text}</b>" if label.marked else text


def _wrapped(text: str, width: int) -> list[str]:
    """The text in as few lines as the width allows, about equally long, so that no word stands alone."""
    clean = " ".join(text.split()).translate(_BREAKS)
    lines = textwrap.wrap(clean, width) or ["…"]
    tries = (textwrap.wrap(clean, max(1, narrower)) for narrower in range(len(clean) // len(lines), width))
    return next((balanced for balanced in tries if len(balanced) == len(lines)), lines)


def _html(text: str) -> str:
    return text.translate(_ENTITIES)


def _quoted(text: str) -> str:
    """A quoted DOT string that shows this text; as hover text it loses its backslashes."""
    clean = " ".join(text.split()).translate(_BREAKS)
    return '"' + clean.translate(_ENTITIES) + '"'
