"""The loader: FORMAT §1."""

import json
import textwrap

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import source
from engine.problems import Place, Position, Severity
from engine.source import Document, parse

REFUSED = [
    ("duplicate-key", "a: 1\nb: 2\na: 3\n", 3, 1),
    ("duplicate-key", "steps:\n  x: {a: 1, 'a': 2}\n", 2, 13),
    ("anchor", "a: &name text\n", 1, 4),
    ("anchor", "a: &name\n  b: c\n", 1, 4),
    ("alias", "a: *name\n", 1, 4),
    ("alias", "a: [b, *c]\n", 1, 8),
    ("merge-key", "a:\n  <<: *base\n", 2, 3),
    ("tag", "a: !!int 3\n", 1, 4),
    ("tag", "a: !thing [b]\n", 1, 4),
    ("complex-key", "? [a, b]\n: c\n", 1, 3),
    ("complex-key", "a:\n  {b: c}: d\n", 2, 3),
    ("second-document", "a: b\n---\nc: d\n", 2, 1),
    ("second-document", "a: b\n...\nc: d\n", 3, 1),
    ("empty-file", "", 1, 1),
    ("empty-file", "# only a comment\n", 1, 1),
    ("empty-file", "---\n", 1, 1),
    ("too-deep", "a: " + "[" * 24, 1, 27),
    ("too-deep", "{{" * 13, 1, 24),
    ("too-large", "a" * (4 * 1024 * 1024 + 1), 1, 1),
    ("too-many-values", "a: [" + "b," * 200_001 + "]", 1, 400_005),
    ("too-many-values", "a: [" + "[]," * 200_000 + "]", 1, 599_999),
    ("too-many-values", "a: {{ [" + "b," * 200_001 + "] }}", 1, 400_004),
    ("control-character", "a: b\x00c\n", 1, 5),
    ("control-character", "a: b\n# \x1b[31m\n", 2, 3),
    ("control-character", 'a: "b\\0"\n', 1, 4),
    ("control-character", "a: \ufffe\n", 1, 4),
    ("tab-indentation", "a:\n\tb: c\n", 2, 1),
    ("tab-indentation", "a:\n  \tb: c\n", 2, 3),
    ("tab-indentation", "a: |\n\tb\n", 2, 1),
    ("tab-indentation", "a:\n- - |\n   b\n\tc\n", 4, 1),
    ("nbsp-indentation", "a:\n \u00a0b: c\n", 2, 2),
    ("nbsp-indentation", "a:\n\u3000b: c\n", 2, 1),
    ("needs-quotes", "say: {{ client }}\n", 1, 6),
    ("needs-quotes", "say: {{ client }} speaks\n", 1, 6),
    ("needs-quotes", "say: {client} speaks\n", 1, 6),
    ("needs-quotes", "say: [optional] name\n", 1, 6),
    ("needs-quotes", "say: %5 discount\n", 1, 6),
    ("needs-quotes", "say: @home\n", 1, 6),
    ("needs-quotes", "say: `code`\n", 1, 6),
    ("needs-quotes", "say: *very* important\n", 1, 6),
    ("needs-quotes", "say: *very important\n", 1, 6),
    ("needs-quotes", "say: & Co\n", 1, 6),
    ("needs-quotes", "say: ! now\n", 1, 6),
    ("needs-quotes", "say: > 50 EUR\n", 1, 6),
    ("needs-quotes", "say: - well\n", 1, 6),
    ("needs-quotes", 'say: "Yes" she says\n', 1, 12),
    ("needs-quotes", "points:\n  - {{ client }} waits\n", 2, 5),
    ("colon-in-text", "say: Note: the client\n", 1, 10),
    ("colon-in-text", "say: hello\n  there: you\n", 2, 8),
    ("flow-trap", "a: {id: x, label: Names a date, maybe two}\n", 1, 33),
    ("flow-trap", "a: {id: x, label: }\n", 1, 12),
    ("flow-trap", "a: {label: Really?}\n", 1, 18),
    ("flow-trap", "a: {label: see: this}\n", 1, 15),
    ("flow-trap", "a: {id: x\nb: c\n", 1, 4),
    ("flow-trap", "a: [x, y", 1, 4),
    ("not-a-mapping", "- a\n- b\n", 1, 1),
    ("not-a-mapping", "just text\n", 1, 1),
    ("not-a-mapping", "''\n", 1, 1),
    ("yaml-syntax", "a: b\n%directive\n", 2, 1),
    ("yaml-syntax", "a: 'open\nb: c\n", 1, 4),
    ("yaml-syntax", 'a: "b\\q"\n', 1, 6),
    ("yaml-syntax", "title:Glued\nb: c\n", 1, 7),
    ("yaml-syntax", "a: b\ntitle:Glued\nb: c\n", 2, 7),
    ("yaml-syntax", "a: b\nsome text\nc: d\n", 2, 1),
    ("yaml-syntax", "a:\n   b: c\n  d: e\n", 3, 3),
    ("yaml-syntax", " a: b\nc: d\n", 2, 1),
    ("yaml-syntax", "a: }\n", 1, 4),
]


@pytest.fixture
def without_libyaml(monkeypatch: pytest.MonkeyPatch) -> None:
    """The loader as it is where PyYAML was built without libyaml."""
    monkeypatch.setattr(source, "_LOADER", yaml.BaseLoader)


def read(text: str | bytes) -> Document:
    """The document of a text that has no problem."""
    document, problems = parse(text, "x.yaml")
    assert document is not None
    assert problems == ()
    return document


def found(text: str | bytes) -> list[tuple[str, int, int]]:
    """Code, line and column of every problem."""
    return [(problem.code, *problem.position) for problem in parse(text)[1]]


@pytest.mark.parametrize(("code", "text", "line", "column"), REFUSED, ids=lambda part: repr(part)[:30])
def test_what_is_refused_has_its_code_and_place(code: str, text: str, line: int, column: int) -> None:
    assert (code, line, column) in found(text)


@pytest.mark.parametrize("code", sorted({code for code, *_ in REFUSED}))
def test_every_refusal_says_what_to_do(code: str) -> None:
    text = next(text for other, text, *_ in REFUSED if other == code)
    problem = parse(text)[1][0]
    assert problem.hint
    assert "expected" not in problem.message


@pytest.mark.usefixtures("without_libyaml")
@pytest.mark.parametrize(("code", "text"), [(case[0], case[1]) for case in REFUSED if len(case[1]) < 100])
def test_the_same_is_refused_without_libyaml(code: str, text: str) -> None:
    assert {code, "yaml-syntax"} & {found_code for found_code, *_ in found(text)}


@pytest.mark.usefixtures("without_libyaml")
def test_an_escape_beyond_unicode_is_a_problem_without_libyaml() -> None:
    assert [code for code, *_ in found('a: b\nc: "\\U00110000"\n')] == ["yaml-syntax"]


def test_scalars_are_text() -> None:
    """
    a: no
    b: 12:30
    c: 012
    d: 2024-01-01
    e: null
    f: 1_000
    g:
    """
    text = textwrap.dedent(test_scalars_are_text.__doc__ or "")
    values = ["no", "12:30", "012", "2024-01-01", "null", "1_000", ""]
    assert list(read(text).data.values()) == values


def test_lists_and_mappings_nest() -> None:
    text = "a: {b: [c, {d: e}], f: []}\ng:\n  - h\n  - - i\n"
    assert read(text).data == {"a": {"b": ["c", {"d": "e"}], "f": []}, "g": ["h", ["i"]]}


def test_depth_24_is_accepted() -> None:
    assert read("a: " + "[" * 23 + "]" * 23).data["a"]


def test_keys_do_not_count_as_values() -> None:
    document = read("".join(f"k{n}: v\n" for n in range(150_000)))
    assert len(document.data) == 150_000


def test_a_duplicate_key_names_both_lines() -> None:
    problem = parse("a: 1\n\na: 2\n")[1][0]
    assert problem.message == "the key 'a' stands here on line 3 and already on line 1"


def test_a_quoted_merge_key_is_an_ordinary_key() -> None:
    assert read("'<<': a\n").data == {"<<": "a"}


def test_what_comes_after_a_hash_is_warned_about() -> None:
    document, problems = parse("label: Invoice \t#12\nother: 'a' # fine\nthird: b#c\n")
    assert document is not None
    assert [(p.code, p.position, p.severity) for p in problems] == [
        ("cut-by-comment", Position(1, 17), Severity.WARNING)
    ]


def test_bytes_that_are_not_utf8_are_named() -> None:
    problems = parse(b"\xef\xbb\xbfa: b\r\nc: \xe4\xf6\nd: {{ e }}\n")[1]
    assert [(p.code, p.position) for p in problems] == [
        ("not-utf8", Position(2, 4)),
        ("needs-quotes", Position(3, 4)),
    ]


def test_half_a_surrogate_pair_is_refused() -> None:
    assert found("a: \ud83d\n") == [("control-character", 1, 4)]


def test_all_problems_come_at_once_and_in_order() -> None:
    """
    a: {{ one }} two
    b: Note: three
    c:
      - {d: e, f}
      - *four
      - "five" six
    g: 'open
    h: @seven
    a: eight
    """
    text = textwrap.dedent(test_all_problems_come_at_once_and_in_order.__doc__ or "").lstrip()
    codes = [(line, code) for code, line, _ in found(text)]
    assert codes == [
        (1, "needs-quotes"),
        (2, "colon-in-text"),
        (4, "flow-trap"),
        (5, "alias"),
        (6, "needs-quotes"),
        (7, "yaml-syntax"),
        (8, "needs-quotes"),
        (9, "duplicate-key"),
    ]


def test_line_checks_go_on_where_nothing_can_be_read() -> None:
    text = "a:\n\tb: {{ c\n \u00a0d: \x07\n\te: f\n"
    assert found(text) == [
        ("tab-indentation", 2, 1),
        ("nbsp-indentation", 3, 2),
        ("control-character", 3, 6),
        ("tab-indentation", 4, 1),
    ]


def test_reading_again_has_a_budget() -> None:
    text = "".join(f"k{n}: 'x' y\n" for n in range(30))
    assert len(found(text)) == 21


def test_what_cannot_be_mended_is_told_once() -> None:
    assert len(found("a:\n - 'b\n---\n c'\n")) >= 1


def test_a_mend_takes_along_what_hangs_below() -> None:
    text = "a: {{ b }} c\n  more\n\n  still\nd: {{ e }} f\n"
    assert found(text) == [("needs-quotes", 1, 4), ("needs-quotes", 5, 4)]


@pytest.mark.parametrize("text", ["a: 'b' c\na: 1\n", "a: {{ b }}\n", "a: *b\n", "a: b: c\n", "- a\n"])
def test_there_is_no_document_where_the_tree_cannot_be_trusted(text: str) -> None:
    assert parse(text)[0] is None


@pytest.mark.parametrize("text", ["a: 1\na: 2\n", "a: &b c\n", "a: !b c\n", "a: b # c\n", "a: '\x07'\n"])
def test_there_is_a_document_where_every_value_is_known(text: str) -> None:
    assert parse(text)[0] is not None


@pytest.mark.parametrize("text", ["\ufeffa: b\n", b"\xef\xbb\xbfa: b\r\n", "a: b\r\n", "a: b\r", "\ufeff\ufeffa: b\n"])
def test_byte_order_marks_and_line_ends_make_no_difference(text: str | bytes) -> None:
    document = read(text)
    assert document.data == {"a": "b"}
    assert document.text.rstrip("\n") == "a: b"


@pytest.mark.parametrize("character", ["\x85", "\u2028", "\u2029", "\ufeff", "\u200b", "\u00a0", "\U0001f600", "\t"])
@pytest.mark.parametrize("form", ["a: x{}y\n", "a: 'x{}y'\n", 'a: "x{}y"\n', "a: |-\n  x{}y\n", "a: >-\n  x{}y\n"])
def test_unusual_characters_stay_text(form: str, character: str) -> None:
    assert read(form.format(character)).data == {"a": f"x{character}y"}


def test_stand_ins_for_line_breaks_are_never_taken_for_text() -> None:
    text = 'a: "\u2028\\U000F0000\\U000f0001"\nb: "\U000f0002\u2029"\n'
    assert read(text).data == {"a": "\u2028\U000f0000\U000f0001", "b": "\U000f0002\u2029"}


def test_odd_spaces_inside_a_block_are_text() -> None:
    text = "a:\n  - b: |\n      x\n      \ty\n      \u00a0z\n\n    c: >\n      \u3000z\nd: |\n e\n \tf\n\n"
    document = read(text)
    assert document.data["a"][0] == {"b": "x\n\ty\n\u00a0z\n", "c": "\u3000z\n"}


def test_a_block_that_starts_with_a_tab_is_refused() -> None:
    assert found("a: |\n  \tb\n") == [("tab-indentation", 2, 3)]


def test_escapes_are_decoded() -> None:
    assert read('a: "\\t\\n\\u00e9\\x41\\N"\n').data == {"a": "\t\né\x41\x85"}


TREE = """guide: x
steps:
  one:
    title: 'Don''t worry'
    say: |
      First

        second
    tags: [a, "b\\tc"]
  two:
    - label: plain words
      note: >-
        folded
        text
    - 'two
      lines'
"""


@pytest.mark.parametrize(
    ("place", "line", "column"),
    [
        (Place(()), 1, 1),
        (Place((), key=True), 1, 1),
        (Place(("guide",)), 1, 8),
        (Place(("guide",), key=True), 1, 1),
        (Place(("steps",), offset=3), 3, 3),
        (Place(("steps", "one", "title")), 4, 12),
        (Place(("steps", "one", "title"), offset=3), 4, 16),
        (Place(("steps", "one", "title"), offset=5), 4, 19),
        (Place(("steps", "one", "say")), 5, 10),
        (Place(("steps", "one", "say"), offset=2), 6, 9),
        (Place(("steps", "one", "say"), offset=6), 7, 1),
        (Place(("steps", "one", "say"), offset=9), 8, 9),
        (Place(("steps", "one", "say"), offset=999), 8, 15),
        (Place(("steps", "one", "tags", 0)), 9, 12),
        (Place(("steps", "one", "tags", 0), key=True), 9, 12),
        (Place(("steps", "one", "tags", 1), offset=2), 9, 19),
        (Place(("steps", "two", 0, "label"), offset=6), 11, 20),
        (Place(("steps", "two", 0, "note"), offset=2), 12, 13),
        (Place(("steps", "two", 1), offset=2), 15, 10),
        (Place(("steps", "two", 1), offset=6), 15, 7),
        (Place(("steps", "missing")), 2, 1),
        (Place(("steps", "missing", "more", 3)), 2, 1),
        (Place(("steps", "one", "tags", 2)), 9, 5),
        (Place(("steps", "one", "tags", "x")), 9, 5),
        (Place(("steps", "two", 0, "x")), 11, 7),
        (Place(("guide", 0)), 1, 1),
        (Place(("absent",)), 1, 1),
    ],
)
def test_places_become_lines_and_columns(place: Place, line: int, column: int) -> None:
    assert read(TREE).position(place) == (line, column)


def test_columns_count_characters() -> None:
    document = read("\ufeff'\U0001f600é': {a: \U0001f600, b: c}\r\nd: x\t\u2028y\r\n")
    assert document.position(Place(("\U0001f600é", "b"))) == (1, 17)
    assert document.position(Place(("d",), offset=3)) == (2, 7)


@pytest.mark.parametrize("text", ["a:", "a: |\n", "a: |\n\n\n", "a: ''", "a: >\n", "a: |2\n\n   x"])
def test_no_offset_is_too_far(text: str) -> None:
    document = read(text)
    assert all(document.position(Place(("a",), offset=offset)).line >= 1 for offset in range(9))


def test_quotes_and_blocks_are_remembered() -> None:
    document = read("a: 1\nb: '1'\nc: |\n  1\nd: ['1', 1]\n")
    paths = [("a",), ("b",), ("c",), ("d", 0), ("d", 1), ("d",), ("e",), ("e", 0)]
    assert [document.quoted(path) for path in paths] == [False, True, True, True, False, False, False, False]


@settings(deadline=None, max_examples=150)
@given(st.one_of(st.binary(), st.text(), st.text(alphabet="ab:-?|>&*!%@`'\"{}[],# \n\t\\\u2028", max_size=60)))
def test_nothing_that_is_parsed_raises(content: str | bytes) -> None:
    document, problems = parse(content)
    assert document is not None or problems


@settings(deadline=None, max_examples=60)
@given(st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff")))
def test_what_goes_in_comes_out(text: str) -> None:
    quoted = text.replace("'", "''")
    document, problems = parse(f"a: '{quoted}'\nb: {json.dumps(text, ensure_ascii=False)}\n")
    assert problems == ()
    assert document is not None
    assert document.data == {"a": text, "b": text}
