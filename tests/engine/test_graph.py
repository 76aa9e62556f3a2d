"""What rules and drawings ask of a guide's graph."""

from engine.compiler import compile_guides
from engine.graph import GuideGraph

HEAD = "guide: g\ntitle: G\noutcomes: {done: {label: Done, kind: success}}\n"


def graph(rest: str) -> GuideGraph:
    return compile_guides({"g.yaml": HEAD + rest}).graphs["g"]


def test_a_graph_knows_what_can_be_reached_and_what_ends() -> None:
    found = graph("steps:\n  first: {say: One, next: last}\n  lost: {say: Lost, next: last}\n  last: {outcome: done}\n")
    assert found.reachable == {"first", "last"}
    assert found.ends == {"last"}
    assert found.finishing == {"first", "lost", "last"}
    assert found.components == (("first",), ("last",))


def test_steps_that_come_round_again_are_known() -> None:
    found = graph(
        """\
steps:
  first:
    question: Again?
    options:
      - {id: again, label: Again, to: second}
      - {id: end, label: End, to: last}
  second: {say: Hm, next: first}
  last: {outcome: done}
"""
    )
    assert found.recurring == {"first", "second"}
    assert found.automatic_loops == ()
    assert [(edge.name, edge.target) for edge in found.leaving("first")] == [("again", "second"), ("end", "last")]
    assert found.leaving("last") == ()
