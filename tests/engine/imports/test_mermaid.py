"""Mermaid flowcharts become guides."""

import inspect

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.imports.mermaid import MOST_WAYS, outlined
from engine.model import Ending, Next, Options
from tests.engine.imports.outlines import graph, problems, told, ways


def test_several_ways_out_are_answers_one_is_the_next_step_none_is_an_end() -> None:
    chart = """
        flowchart TD
          A[Ring the client] --> B{Who answers?}
          B -->|The client| C([Thank them])
          B -- Nobody, yet --> A
    """
    steps = graph(outlined, chart).guide.steps
    assert [type(step.exit) for step in steps.values()] == [Next, Options, Ending]
    assert ways(outlined, chart) == [("a", "", "b"), ("b", "The client", "c"), ("b", "Nobody, yet", "a")]


@pytest.mark.parametrize(
    "shape",
    [
        "(x y)", "[x y]", "{x y}", "((x y))", "(((x y)))", "([x y])", "[(x y)]", "[[x y]]", "{{x y}}", "[/x y/]",
        "[\\x y\\]", "[/x y\\]", "[\\x y/]", ">x y]", '["x y"]', '[" x y "]', '["`x y`"]',
        '@{ shape: doc, label: "x y" }', "@{label: x y}", "@{ label: 'x y', shape: hex }",
    ],
)  # fmt: skip
def test_every_shape_shows_its_words(shape: str) -> None:
    steps = graph(outlined, f"graph LR\nA{shape} --> B").guide.steps
    assert steps["a"].name.source == "x y"


@pytest.mark.parametrize(
    "arrow",
    [
        "-->", "---", "-.->", "-.-", "==>", "===", "---->", "<-->", "o--o", "x--x", "--o", "e1@-->", "-..->",
        "-->|yes|", '-->| "yes" |', "-- yes -->", "-- yes ---", "== yes ==>", "-. yes .->", "e2@-- yes -->",
        "<-- yes -->",
    ],
)  # fmt: skip
def test_every_arrow_is_a_way_and_has_its_label(arrow: str) -> None:
    assert ways(outlined, f"flowchart TD\nA {arrow} B") == [("a", "yes" if "yes" in arrow else "", "b")]


def test_a_node_that_says_nothing_is_called_by_its_key() -> None:
    steps = graph(outlined, "graph LR\nA@{ shape: doc } --> B").guide.steps
    assert [step.name.source for step in steps.values()] == ["A", "B"]


def test_arrows_need_no_spaces() -> None:
    assert ways(outlined, "graph TD;A-->B;B-.->C;C==>D;a-b-->A;") == [
        ("a-b", "", "a"),
        ("a", "", "b"),
        ("b", "", "c"),
        ("c", "", "d"),
    ]


def test_chains_and_groups_are_all_their_arrows() -> None:
    found = ways(outlined, "flowchart TD\nA & B --> C & D -->|on| E")
    assert found == [
        ("a", "C", "c"),
        ("a", "D", "d"),
        ("b", "C", "c"),
        ("b", "D", "d"),
        ("c", "on", "e"),
        ("d", "on", "e"),
    ]


def test_subgraphs_are_stages() -> None:
    guide = graph(
        outlined,
        """
        flowchart TD
          A --> B
          subgraph one ["The #quot;talk#quot;"]
            direction LR
            B --> C
            subgraph Close it
              D
            end
          end
          C --> D
        """,
    ).guide
    assert guide.stages == {"the-talk": 'The "talk"', "close-it": "Close it"}
    assert [step.stage for step in guide.steps.values()] == [None, "the-talk", "the-talk", "close-it"]


def test_looks_and_comments_are_passed_over() -> None:
    chart = """
        ---
        title: "Late payer"
        config: {theme: dark}
        ---
        %%{init: {"theme": "dark"}}%%
        flowchart TD
          accTitle: A chart
          accDescr { with
            words }
          %% a comment
          A e1@--> B %% another
          e1@{ animate: true }
          classDef red fill:#f00
          style A fill:#f9f,stroke:#333
          linkStyle 0 stroke:#ff3
          click A "https://example.com" _blank
          class A,B red
          class
          A ~~~ C
          end --> C
    """
    assert ways(outlined, chart) == [("a", "", "b"), ("end", "", "c")]
    assert graph(outlined, chart).guide.title == "Late payer"


@pytest.mark.parametrize(("title", "shown"), [("'Late'", "Late"), ("Late", "Late"), ('"La', '"La')])
def test_the_title_may_stand_in_quotes(title: str, shown: str) -> None:
    assert graph(outlined, f"---\ntitle: {title}\n---\nflowchart TD\nA").guide.title == shown


def test_words_are_shown_as_mermaid_shows_them() -> None:
    guide = graph(outlined, 'graph TD\nA["a #quot;b#quot; #35; &amp; &lt; #nope; #7;<br/>line two"] --> B').guide
    assert guide.steps["a"].name.source == 'a "b" # & < #nope; line two'


def test_hostile_words_stay_words() -> None:
    guide = graph(outlined, 'graph TD\nA["{{ agent }} <b>x</b> \'- *x\': [y](javascript:z)"] --> B["* {{ x"]').guide
    assert guide.steps["a"].question.source.startswith("[not known] agent }} <b>x</b> '- *x': [y](javascript:z)")
    assert guide.outcomes["x"].label == "* {{ x"


def test_long_words_become_a_note_below_a_title() -> None:
    step = graph(outlined, f'graph TD\nA["{"Look *here*! " * 60}<br>1. and there"] --> B').guide.steps["a"]
    assert step.title.source.endswith("…")
    assert step.note.source.startswith(r"Look \*here\*!")
    assert step.note.source.endswith("\n\n1\\. and there\n")


def test_outcome_kinds_and_the_start_are_marked_by_classes() -> None:
    guide = graph(outlined, "graph TD\nA --> B:::failure:::big\nB2:::start --> A\nA --> C\nclass C abandoned").guide
    assert [outcome.kind for outcome in guide.outcomes.values()] == ["failure", "abandoned"]
    assert guide.start == "b2"


def test_the_start_is_where_no_arrow_leads() -> None:
    assert graph(outlined, "graph TD\nB --> C\nA --> B\nC --> C2").guide.start == "a"
    assert graph(outlined, "graph TD\nB --> A\nA --> B\nA --> C").guide.start == "b"


def test_ids_that_a_guide_cannot_have_are_made_ones() -> None:
    guide = graph(outlined, 'graph TD\nBack --> Ünï --> 1[Ring them] --> 2["…"] --> a_b --> A-B').guide
    assert list(guide.steps) == ["back-2", "uni", "ring-them", "step", "a-b", "a-b-2"]


@pytest.mark.parametrize(
    ("chart", "line", "words"),
    [
        ("", 1, "does not begin with 'flowchart'"),
        ("sequenceDiagram\nA->>B: x", 1, "does not begin with 'flowchart'"),
        ("graph TD", 1, "there is nothing here that could be a step"),
        ("graph TD\n\nA[x --> B", 3, "is not read as part of a flowchart, at '[x --> B'"),
        ("graph TD\nA --> ", 2, "at the end of the line"),
        ("graph TD\nA -- x\n--> B", 2, "is not read as part of a flowchart, at ' x'"),
        ("graph TD\nA => B", 2, "at '=> B'"),
        ("graph TD\nA &", 2, "at the end of the line"),
        ("graph TD\n)", 2, "at ')'"),
        ("graph TD\n\nA --> B --> A", 3, "there is no end here"),
    ],
)
def test_what_is_no_flowchart_is_told_with_its_line(chart: str, line: int, words: str) -> None:
    ((told_line, message),) = told(outlined, chart)
    assert (told_line, words in message) == (line, True), message


def test_too_many_arrows_are_refused() -> None:
    many = " & ".join(f"n{number}" for number in range(500))
    ((line, message),) = told(outlined, f"graph TD\n{many} --> {many}")
    assert (line, f"{MOST_WAYS:,} arrows" in message) == (2, True)


def test_a_problem_of_the_guide_is_known_by_the_line_of_its_source() -> None:
    done = outlined("graph TD\nA --> B\n\nA --> C\nC --> D --> C", "x")
    assert {done.origins[problem.position.line - 1] for problem in problems(done)} == {4}


def test_what_a_guide_cannot_hold_is_cut_and_told() -> None:
    stages = "\n".join(f"subgraph s{number}\nn{number}\nend" for number in range(21))
    chart = f"graph TD\n{stages}\nn0 -->|{'word ' * 60}| n1\nn0 --> n2"
    assert told(outlined, chart) == [
        (1, "of 21 stages a guide can have 20: the others are left out"),
        (65, "'word word word word word word word…' has 299 characters and was cut after 200"),
    ]


def test_many_ends_become_one() -> None:
    chart = "graph TD\n" + "\n".join(f"A{number % 2} -->|{number}| E{number}" for number in range(202)) + "\nA0-->A1"
    guide = graph(outlined, chart).guide
    assert list(guide.outcomes) == ["end"]


def test_bytes_that_are_no_text_are_told() -> None:
    assert told(outlined, b"graph TD\nA --> B\xff\x01")[0] == (2, "the byte 0xFF here is not UTF-8")
    assert "a guide has at most" in told(outlined, b"x" * 5_000_000)[0][1]


@pytest.mark.parametrize(
    "piece",
    ["%%{\n", "accDescr {\n", "A[/x\\]\n", 'A["]\n', "A -- x\n", "A|", "<br", "#", "end\n", "&", " ", "class  "],
)
def test_long_charts_are_read_to_their_end(piece: str) -> None:
    imported = outlined("graph TD\n" + piece * (200_000 // len(piece)), "x")
    assert imported.text or imported.remarks


CHARTS = st.lists(
    st.sampled_from(
        [
            "A",
            "B",
            "end",
            "-->",
            "--",
            "-.",
            "|",
            "[",
            "]",
            "(",
            ")",
            "{",
            "}",
            '"',
            "&",
            ":::",
            "@",
            "\n",
            " ",
            ";",
            "subgraph",
            "class",
            "<br>",
            "#quot;",
            "{{",
            "x y",
            "~~~",
            "%%",
            "`",
            "1",
            "\x00",
            "\u2028",
        ]
    )
)


@given(st.one_of(st.text(), CHARTS.map("".join), CHARTS.map(" ".join)))
def test_no_text_breaks_the_reader(text: str) -> None:
    done = outlined(f"flowchart TD\n{text}", "x")
    assert done.text or any(remark.error for remark in done.remarks)
    assert {problem.code for problem in problems(done)} <= {"no-way-out", "empty-file", "wrong-name"}


def test_the_lines_of_the_guide_know_their_source() -> None:
    done = outlined(inspect.cleandoc("graph TD\nA --> B\nB --> C\nB --> D"), "x")
    assert len(done.origins) == done.text.count("\n")
    assert done.origins[done.text.split("\n").index("  b:")] == 2
