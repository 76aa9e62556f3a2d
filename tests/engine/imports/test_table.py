"""Tables become guides."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.imports.table import outlined
from engine.imports.writing import MANY, STEPS
from engine.model import Ending
from tests.engine.imports.outlines import graph, problems, told, ways

CALL = """
    Step,Stage,Say,Note,Question,Ask,Answer,To,Outcome,Kind
    Ring them,Talk,"Hello, it's us",Smile,Who is it?,,The client,ask name,,
    ,,,,,,Nobody,,Not reached,abandoned
    Ask name,Close,,,,Their name,,bye,,
    bye,Close,Thank you,,,,,,Agreed,success
"""


def test_rows_are_answers_and_steps() -> None:
    assert ways(outlined, CALL) == [
        ("ring-them", "The client", "ask-name"),
        ("ring-them", "Nobody", "outcome-not-reached-abandoned"),
        ("ask-name", "", "bye"),
    ]


def test_texts_stand_where_their_column_says() -> None:
    guide = graph(outlined, CALL).guide
    step = guide.steps["ring-them"]
    assert (step.title.source, step.say.source, step.note.source) == ("Ring them", "Hello, it's us", "Smile")
    assert (step.question.source, guide.stages) == ("Who is it?", {"talk": "Talk", "close": "Close"})
    assert guide.fields[guide.steps["ask-name"].asks[0].field].label == "Their name"


def test_outcomes_have_their_kinds() -> None:
    guide = graph(outlined, CALL).guide
    assert [(each.label, each.kind) for each in guide.outcomes.values()] == [
        ("Not reached", "abandoned"),
        ("Agreed", "success"),
    ]
    assert isinstance(guide.steps["bye"].exit, Ending)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_any_separator_will_do(separator: str) -> None:
    table = "step,to,answer\na,b,\nb,c,Yes\nc,,\n".replace(",", separator)
    assert ways(outlined, table) == [("a", "", "b"), ("b", "Yes", "c")]


@pytest.mark.parametrize(
    "content",
    [
        "step;say\r\nA;Grüße\r\n".encode("utf-8-sig"),
        "step;say\r\nA;Grüße\r\n".encode("cp1252"),
        "step\tsay\r\nA\tGrüße\r\n".encode("utf-16"),
        'sep=;\r\nstep;say\r\nA;"Grüße"\r\n'.encode(),
    ],
)
def test_what_excel_saves_is_read(content: bytes) -> None:
    assert graph(outlined, content).guide.steps["a"].say.source == "Grüße"


def test_a_guess_at_the_encoding_is_told() -> None:
    ((line, message),) = told(outlined, "step,say\nA,Grüße".encode("cp1252"))
    assert (line, "was read as Windows-1252" in message) == (1, True)


def test_cells_may_have_many_lines() -> None:
    guide = graph(outlined, 'step,say,answer,to\na,"One\n\n two",Yes,b\n,Three,No,b\nb,x,,').guide
    assert guide.steps["a"].say.source == "One\n\ntwo\n\nThree\n"


def test_hostile_cells_stay_text() -> None:
    guide = graph(outlined, "step,title,say,question,answer,to\n- x: {,# y,{{ z }} <b>,'%,=1+1 @*&!|,b\nb,x,,,,").guide
    step = guide.steps["x"]
    assert (step.title.source, step.say.source, step.question.source) == ("# y", "[not known] z }} \\<b>", "'%")
    assert guide.steps["x"].exit.options[0].label == "=1+1 @*&!|"  # type: ignore[union-attr]


def test_columns_and_kinds_that_are_not_known_are_told() -> None:
    table = "step,owner,outcome,kind,step\na,me,Done,great,\n"
    assert told(outlined, table) == [
        (1, "the column 'owner' is left out"),
        (1, "the column 'step' is left out"),
        (2, "'great' is no kind of outcome: write success, partial, failure, escalated or abandoned"),
    ]


def test_a_column_without_a_name_is_left_out_without_a_word() -> None:
    assert told(outlined, "step,,say,\na,1,Hello,\n") == []


def test_long_texts_are_cut_and_told() -> None:
    table = f"step,title,say\na,{'{{ ' * 60},{'word ' * 3000}"
    guide = graph(outlined, table).guide
    assert [line for line, _ in told(outlined, table)] == [2, 2]
    assert guide.steps["a"].title.source.startswith("{ { {")
    assert len(guide.steps["a"].say.source) == 999


@pytest.mark.parametrize(
    ("table", "line", "words"),
    [
        ("", 1, "there is nothing here"),
        ("a,b\n1,2", 1, "the first row names no column 'step'"),
        ("step,say\n\n,x", 3, "this row belongs to no step"),
        ("step,answer\na,Yes", 2, "the answer 'Yes' leads nowhere"),
        ("step,to\na,\n,b", 3, "'b' is not to be found here"),
        ("step,to,outcome\na,b,\nb,,\n,,Done\na,,Done", 2, "has an outcome of its own, and yet goes on"),
        (f'step,say\n\na,"{"x" * 200_000}"', 3, "this cannot be read as a row"),
    ],
)
def test_what_cannot_be_a_guide_is_told_with_its_line(table: str, line: int, words: str) -> None:
    assert [told_line for told_line, message in told(outlined, table) if words in message] == [line]


def test_a_file_that_is_too_large_is_told() -> None:
    assert "a guide has at most" in told(outlined, b"step,to\n" * 1_000_000)[0][1]


@pytest.mark.parametrize("piece", ['"', ",", "sep=", "a,b\n", " "])
def test_long_tables_are_read_to_their_end(piece: str) -> None:
    imported = outlined("step,to\n" + piece * (200_000 // len(piece)), "x")
    assert imported.text or imported.remarks


CELLS = st.sampled_from(["", "a", "b", "end it", "{{", '"', "'", "- x", "#", "\n", "1", "é", "\x00", "success"])
ROWS = st.lists(st.lists(CELLS, min_size=1, max_size=11).map(",".join)).map("\n".join)


@given(st.one_of(st.text(), ROWS), st.booleans())
def test_no_text_breaks_the_reader(text: str, headed: bool) -> None:
    done = outlined(f"{'step,title,stage,say,note,question,ask,answer,to,outcome,kind' * headed}\n{text}", "x")
    assert done.text or any(remark.error for remark in done.remarks)
    assert {problem.code for problem in problems(done)} <= {"no-way-out", "empty-file", "wrong-name"}


@given(st.binary())
def test_no_bytes_break_the_reader(content: bytes) -> None:
    done = outlined(content, "x")
    assert done.text or any(remark.error for remark in done.remarks)


def test_of_too_many_remarks_errors_are_told_and_the_rest_counted() -> None:
    rows = "a,x,odd\n" * (MANY + 9)
    remarks = outlined(f"step,answer,kind\n{rows}a,Yes,\n", "many").remarks
    assert (len(remarks), remarks[-1].message) == (MANY + 1, "1,019 more such remarks are left out")
    assert all(remark.error for remark in remarks[:-1])


def test_a_table_of_too_many_steps_is_refused() -> None:
    steps = "".join(f"s{number},\n" for number in range(STEPS + 1))
    assert told(outlined, f"step,say\n{steps}") == [
        (1, "this would be a guide of 20,001 steps: make several guides of it")
    ]
