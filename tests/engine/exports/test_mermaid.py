"""Guides as Mermaid flowcharts, which imports read back."""

from collections import Counter
from string import ascii_lowercase

from hypothesis import given
from hypothesis import strategies as st

from engine.exports.mermaid import to_mermaid
from engine.graph import Edge, GuideGraph
from engine.imports.mermaid import outlined
from tests.engine.exports.books import OTHER, WHOLE, graph_of

SMALL = """\
guide: small
title: '"A" #1'
stages: {talk: 'Talk "now"', empty: Empty}
outcomes: {done: {label: Done, kind: partial}}
steps:
  end: {stage: talk, question: Well, options: [{id: a, label: 'a|b', to: style-guide}, {id: b, label: B, to: o}]}
  o: {note: x, title: '<b> & `y`', next: style-guide}
  style-guide: {stage: talk, outcome: done}
"""


def test_a_chart_has_shapes_stages_and_labels() -> None:
    lines = to_mermaid(graph_of(SMALL)).split("\n")
    assert lines[:4] == ["---", 'title: "\\"A\\" #1"', "---", "flowchart TD"]
    assert lines[4:13] == [
        '  END{"Well"}',
        '  O["#lt;b#gt; #amp; #96;y#96;"]',
        '  subgraph stage_1 ["Talk #quot;now#quot;"]',
        "    END",
        '    STYLE_GUIDE(["Style guide"]):::partial',
        "  end",
        '  END -->|"a|b"| STYLE_GUIDE',
        '  END -->|"B"| O',
        "  O --> STYLE_GUIDE",
    ]


def test_calls_and_automatic_steps_have_shapes_of_their_own() -> None:
    chart = to_mermaid(graph_of(WHOLE, OTHER))
    assert 'COUNT{{"Count"}}' in chart
    assert 'OVER[["Over<br/>other"]]' in chart
    assert 'AWAY[["Away<br/>other"]]' in chart


def read_back(graph: GuideGraph) -> GuideGraph:
    done = outlined(to_mermaid(graph), graph.guide.id)
    assert not any(remark.error for remark in done.remarks)
    return graph_of(done.text)


def drawn(edges: tuple[Edge, ...]) -> Counter[tuple[str, str, str]]:
    return Counter((edge.source, " ".join(edge.label.split()), edge.target) for edge in edges)


def test_a_whole_guide_is_read_back_with_its_steps_ways_stages_and_start() -> None:
    graph = graph_of(WHOLE, OTHER)
    again = read_back(graph)
    assert set(again.guide.steps) == set(graph.guide.steps)
    assert drawn(again.edges) == drawn(graph.edges)
    assert again.guide.start == "greet"
    assert {step.stage for step in again.guide.steps.values()} == {None, "talk", "close"}


IDS = st.one_of(
    st.sampled_from(["end", "style", "a--b", "a-", "graph-x", "default", "class-a", "o", "x", "click"]),
    st.text(alphabet=ascii_lowercase + "0123456789-", max_size=12).map(lambda rest: f"i{rest}"),
)
LABELS = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\ufffe\uffff"),
    min_size=1,
    max_size=40,
).filter(lambda label: label.strip() and label.isprintable())


@st.composite
def guides(draw: st.DrawFn) -> str:
    ids = draw(st.lists(IDS, min_size=2, max_size=8, unique=True))
    lines = ["guide: drawn", "title: Drawn", "outcomes: {done: {label: Done, kind: success}}", "steps:"]
    for number, id in enumerate(ids[:-1]):
        targets = [ids[-1], *draw(st.lists(st.sampled_from(ids), max_size=3))]
        lines += [f"  {id}:", f"    question: {quoted(draw(LABELS))}", "    options:"]
        lines += [
            f"      - {{id: o{each}, label: {quoted(draw(LABELS))}, to: {target}}}"
            for each, target in enumerate(targets)
        ]
        lines += [f"      - {{id: on, label: On, to: {ids[number + 1]}}}"]
    return "\n".join([*lines, f"  {ids[-1]}:", f"    title: {quoted(draw(LABELS))}", "    outcome: done", ""])


def quoted(text: str) -> str:
    return "'" + text.replace("{{", "{ {").replace("'", "''") + "'"


@given(guides())
def test_every_guide_is_read_back_with_its_steps_and_ways(text: str) -> None:
    graph = graph_of(text)
    again = read_back(graph)
    assert list(again.guide.steps) == list(graph.guide.steps)
    assert drawn(again.edges) == drawn(graph.edges)
