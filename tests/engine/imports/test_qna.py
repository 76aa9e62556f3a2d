"""QnA Markup becomes guides."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.imports.qna import outlined
from tests.engine.imports.outlines import graph, problems, told, ways

DRINK = """
    Title: What to drink
    Description: Asks <b>politely</b> &amp; briefly
    Q(drink): Coffee or tea?
    A: coffee
      Q(1.1):GOTO:extras
    A(black tea): tea
      Q(1.2): Good choice. GOTO:extras

    Q(extras): Milk with your <x>drink</x>?
    A: Yes
    A: No
      Q: As you like it.
"""


def test_answers_lead_to_what_is_nested_below_them_or_to_the_end() -> None:
    assert ways(outlined, DRINK) == [
        ("drink", "coffee", "extras"),
        ("drink", "tea", "good-choice"),
        ("good-choice", "", "extras"),
        ("extras", "Yes", "the-end"),
        ("extras", "No", "extras-2"),
    ]


def test_titles_become_those_of_the_guide() -> None:
    guide = graph(outlined, DRINK).guide
    assert (guide.title, guide.summary) == ("What to drink", "Asks <b>politely</b> & briefly")


def test_an_answer_that_is_shown_later_is_remembered() -> None:
    guide = graph(outlined, DRINK).guide
    assert guide.steps["extras"].question.source == "Milk with your [coffee or tea?]?"
    options = guide.steps["drink"].exit.options  # type: ignore[union-attr]
    assert [option.sets[0].expression.source for option in options] == ["'coffee'", "'black tea'"]


def test_what_the_visitor_writes_is_asked_for() -> None:
    guide = graph(
        outlined,
        """
        Q(today): What is your name?
        X:
          Q(way): Hello <x> today </x>, and <x>nobody</x>. How?
          A: By post
          X[javascript:go(1)]:
            Q(why): Why <x>way</x>?
            X:number
        """,
    ).guide
    assert next(field.label for field in guide.fields.values()) == "What is your name?"
    assert guide.steps["way"].question.source == "Hello [what is your name?], and [nobody]. How?"
    assert [ask.field for ask in guide.steps["way-written"].asks] == ["way"]
    assert guide.steps["why"].say.source == "Why [hello [today], and [nobody]. How?]?"


def test_quotes_in_a_remembered_answer_stay_readable() -> None:
    guide = graph(outlined, "Q(a): Who?\nA: 'Sam' \\ \"Kim\"\n\tQ: Hello <x>a</x>").guide
    (option,) = guide.steps["a"].exit.options  # type: ignore[union-attr]
    assert option.sets[0].expression.source == "\"'Sam' / 'Kim'\""


def test_lines_and_comments_are_read_as_the_reader_sees_them() -> None:
    guide = graph(
        outlined,
        "Q: One<br>two\n three\n<!-- Q: not\nthis -->\nA:\n yes\n\tQ: Bye [link](x)\n\tfor now\n",
    ).guide
    first, last = guide.steps.values()
    assert first.question.source == "One two three"
    assert last.say.source.strip() == "Bye \\[link\\](x)\n\nfor now"


def test_what_has_no_place_in_a_guide_is_told() -> None:
    source = """
        Before: <style>body {}</style>
        After:
        Q: Letter?
        A:[https://example.org] Yes
          DOC: Dear Santa
          Q: Done
        A[javascript:submit('x:y')]: No
        Settings: fontSize=18
    """
    assert told(outlined, source) == [
        (1, "'Before:' is about the look of a page and is left out"),
        (4, "the address that this answer opens is left out"),
        (5, "documents of a QnA are left out; write them into the guide"),
        (7, "the address that this answer opens is left out"),
    ]
    assert [label for _, label, _ in ways(outlined, source)] == ["Yes", "No"]


def test_questions_without_names_are_known_by_their_numbers() -> None:
    source = "Q: One?\nA: a\n\tQ: GOTO:2\nA: b\n\tQ: Two\n\tGOTO:1\nQ: Three"
    assert ways(outlined, source) == [("one", "a", "three"), ("one", "b", "two"), ("two", "", "one")]


@pytest.mark.parametrize(
    ("source", "line", "words"),
    [
        ("", 1, "there is nothing here"),
        ("Just words", 1, "there is nothing here"),
        ("Q: x\n\tA: y", 2, "this answer stands below no question"),
        ("A: y\nQ: x", 1, "this answer stands below no question"),
        ("Q(a): x\nQ(a): y", 2, "there is a question 'a' on line 1"),
        ("Q(a): x GOTO:b", 1, "'b' is not to be found here"),
        ("Q(a): x GOTO:b\nQ(b): GOTO:c\nQ(c): GOTO:b", 2, "'b' leads to itself without a question between"),
    ],
)
def test_what_is_no_qna_is_told_with_its_line(source: str, line: int, words: str) -> None:
    found = [(told_line, message) for told_line, message in told(outlined, source) if words in message]
    assert [told_line for told_line, _ in found] == [line]


def test_a_file_that_is_too_large_is_told() -> None:
    assert "a guide has at most" in told(outlined, b"Q: x\n" * 1_000_000)[0][1]


@pytest.mark.parametrize("piece", ["<x>", "<x> ", "<!-- ", "Q: GOTO:a\n", "A[", "Q(", " ", "\t\n", "A:[x]\n"])
def test_long_sources_are_read_to_their_end(piece: str) -> None:
    imported = outlined("Q(a): x " + piece * (200_000 // len(piece)), "x")
    assert imported.text or imported.remarks


PIECES = st.lists(
    st.sampled_from(
        [
            "Q:",
            "Q(a):",
            "A:",
            "A(x):",
            "X:",
            "X:n",
            "DOC:",
            "GOTO:a",
            "GOTO:1",
            "<x>a</x>",
            "<x>1</x>",
            "\n",
            "\n\t",
            "\n  ",
            "Title:",
            "<br>",
            "{{",
            "&lt;",
            "<!--",
            "-->",
            "[y]",
            "\x00",
            "'",
            '"',
            "word",
        ]
    )
)


@given(st.one_of(st.text(), PIECES.map("".join), PIECES.map(" ".join)))
def test_no_text_breaks_the_reader(text: str) -> None:
    done = outlined(f"Q(a): x\n{text}", "x")
    assert done.text or any(remark.error for remark in done.remarks)
    assert {problem.code for problem in problems(done)} <= {"no-way-out", "used-before-set", "empty-file", "wrong-name"}
