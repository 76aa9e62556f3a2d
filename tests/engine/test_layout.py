"""The canonical layout: formatting twice is formatting once, and loses neither a word nor a comment."""

import inspect
from pathlib import Path

import pytest
from hypothesis import given, settings

from engine import remarks, source
from engine.layout import formatted
from engine.source import Document
from tests.engine.handwriting import written

GUIDES = sorted((Path(__file__).parents[2] / "guides").glob("*.yaml"))
LONG = "word " * 24 + "end"


def read(text: str) -> Document:
    document, problems = source.parse(text)
    assert document, problems
    return document


def laid_out(text: str) -> str:
    return formatted(read(text))


def comments(text: str) -> list[str]:
    return [comment.text for comment in remarks.comments(read(text))]


def check(test: object, before: str) -> None:
    """The layout of a text is what stands in the test's docstring, and stays it."""
    after = inspect.cleandoc(str(test.__doc__)) + "\n"
    assert laid_out(before) == after
    assert laid_out(after) == after


@settings(max_examples=100, deadline=None)
@given(written())
def test_nothing_is_lost_and_twice_is_once(text: str) -> None:
    once = laid_out(text)
    assert read(once).data == read(text).data
    assert sorted(comments(once)) == sorted(comments(text))
    assert laid_out(once) == once


@settings(max_examples=50, deadline=None)
@given(written())
def test_a_layout_brings_no_new_problems(text: str) -> None:
    before, after = (source.parse(each)[1] for each in (text, laid_out(text)))
    assert {problem.code for problem in after} <= {problem.code for problem in before}


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: str(guide.stem))
def test_the_shipped_guides_stand_in_the_layout(guide: Path) -> None:
    assert laid_out(guide.read_text()) == guide.read_text()


def test_keys_come_in_the_order_of_the_format() -> None:
    """
    guide: small
    title: Small

    outcomes:
      done: {label: Done, kind: success}

    steps:
      ask:
        say: Hello.
        options:
          - {id: pays, label: Pays, to: bye}
        later: 1
    """
    before = """\
title: Small
steps:
  ask:
    later: 1
    options:
    - {to: bye, label: Pays, id: pays}
    say: Hello.
guide: small
outcomes:
  done: {kind: success, label: Done}
"""
    check(test_keys_come_in_the_order_of_the_format, before)


def test_what_authors_name_keeps_its_order() -> None:
    text = "fields:\n  to: {type: text}\n  id: {type: text}\n  a: {type: text}\n"
    assert laid_out(text) == text


def test_a_blank_line_stands_between_steps_and_walkthroughs() -> None:
    """
    guide: small

    steps:
      one: {next: two}

      # The end of it.
      two: {outcome: done}

    walkthroughs:
      - name: One

      - name: Two
    """
    before = """\
guide: small
steps:

  one: {next: two}
  # The end of it.
  two: {outcome: done}
walkthroughs:
- name: One
- name: Two


"""
    check(test_a_blank_line_stands_between_steps_and_walkthroughs, before)


def test_other_blank_lines_are_kept_but_for_one() -> None:
    assert laid_out("a: b\n\n\n\nc:\n\n  d: e\n  f: g\n\n  h: i\n\n\n") == "a: b\n\nc:\n  d: e\n  f: g\n\n  h: i\n"


def test_comments_stay_with_what_they_are_about() -> None:
    """
    # The whole guide.

    guide: small  # its id
    title: Small
    tags:
      # One.
      - a
      # Two.
      - b
    # Those who read it.
    stages:  # in order
      # The first one.
      talk: Talk
      # No more of them.

    steps:
      # The step.
      one:
        say: |  # aloud
          # Not a comment.
        # How it ends.
        outcome: done
    # The end.
    """
    before = """\
# The whole guide.

guide: small # its id
# Those who read it.
stages:    # in order
     # The first one.
  talk: Talk
  # No more of them.
tags: [ # One.
  a,
  # Two.
  b]
title: Small
steps:
  # The step.
  one:
    # How it ends.
    outcome: done
    say: | # aloud
        # Not a comment.
# The end.
"""
    check(test_comments_stay_with_what_they_are_about, before)


def test_comments_inside_brackets_open_them() -> None:
    """
    a:  # all
      # one
      - b
      # two
      - {c: d}
      # three
    e:
      # four
      f: []
    """
    before = "a: [ # one\n b,\n # two\n {c: d}\n # three\n ] # all\ne: {f: [ # four\n ]}\n"
    check(test_comments_inside_brackets_open_them, before)


def test_a_comment_beside_an_entry_in_braces_stays_there() -> None:
    text = "a:\n  - {b: c}  # why\n  - [d]  # so\n"
    assert laid_out(text.replace("  #", " #")) == text


def test_comments_of_a_dash_stand_above_it() -> None:
    """
    a:
      # one
      - b: c
        d: e
      # two
      # three
      - - f
        - g

      # four
      - h: i
    """
    check(
        test_comments_of_a_dash_stand_above_it,
        ("a:\n- # one\n  b: c\n  d: e\n# two\n- # three\n  - f\n  - g\n\n- # four\n  h: i\n"),
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("{label: x, id: y}", "{id: y, label: x}"),
        ("{id: 'x, y', label: \"Who?\"}", "{id: 'x, y', label: 'Who?'}"),
        ("[a: b]", "[{a: b}]"),
        ("[]", "[]"),
        ("{}", "{}"),
        ("[12:30, 'https://x.example/a', 'x:', '-y', \"it's\"]", "[12:30, https://x.example/a, 'x:', '-y', it's]"),
        ('["a, it\'s"]', '["a, it\'s"]'),
        ("['it''s \"so\"?']", "['it''s \"so\"?']"),
    ],
)
def test_brackets_that_fit_are_kept(before: str, after: str) -> None:
    assert laid_out(f"option_sets:\n  a:\n    - {before}\n") == f"option_sets:\n  a:\n    - {after}\n"


def test_brackets_that_do_not_fit_or_hold_lines_are_opened() -> None:
    """
    a:
      - word word word word word word word word word word word word word word word word
      - word word word word
    b:
      - |-
        one
        two
    """
    words = "word " * 15 + "word"
    before = f'a: [{words}, word word word word]\nb: ["one\\ntwo"]\n'
    check(test_brackets_that_do_not_fit_or_hold_lines_are_opened, before)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("'Hello'", "Hello"),
        ('"Hello"', "Hello"),
        ("Hello   # cut", "Hello  # cut"),
        ("'Hello' # not cut", "'Hello'  # not cut"),
        ("'12'", "'12'"),
        ("'yes'", "'yes'"),
        ("12", "12"),
        ("''", "''"),
        ("", ""),
        ("'{{ x }}'", "'{{ x }}'"),
        ("\"'Ann'\"", "\"'Ann'\""),
        ("'it''s \\ so: {}'", "'it''s \\ so: {}'"),
        ('"a: \\"b\\""', "'a: \"b\"'"),
        ('"\\u2028"', '"\\u2028"'),
        ('"a\\tb\\n\\n"', '"a\\tb\\n\\n"'),
        ("|-\n    Hello", "Hello"),
        ("|-\n    Hello: you", "|-\n  Hello: you"),
        ("|+\n    Hello", "|\n  Hello"),
        ("|\n    Hello\n\n      you", "|\n  Hello\n\n    you"),
        ("|1-\n    Hello\n  you", "|2-\n     Hello\n   you"),
        (">\n     Hello\n     you\n       there", ">\n  Hello\n  you\n    there"),
        (">2-\n    Hello\n   you", "|2-\n    Hello\n   you"),
        ("one\n   two", "one two"),
        ("one\n\n   two", "|-\n  one\n  two"),
        ("'a  b\n  " + LONG + "'", f"a  b {LONG}"),
    ],
)
def test_a_text_is_written_in_the_plainest_way(before: str, after: str) -> None:
    assert laid_out(f"a: {before}\nb: c\n") == f"a: {after}".rstrip() + "\nb: c\n"


def test_a_long_text_over_lines_stays_over_lines() -> None:
    long = laid_out(f"a: {LONG}\n  {LONG}\n")
    assert long.startswith("a: >-\n  word ")
    assert max(map(len, long.splitlines())) <= 100
    assert laid_out(f"a: {LONG}\n") == f"a: {LONG}\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [("'a b'", "a b"), ("'12'", "'12'"), ("'no'", "'no'"), ("''", "''"), ('"a: b"', "'a: b'"), ("'#a'", "'#a'")],
)
def test_keys_have_quotes_only_where_needed(before: str, after: str) -> None:
    assert laid_out(f"{before}:   c\n") == f"{after}: c\n"


def test_the_lines_of_a_text_keep_the_blanks_at_their_ends() -> None:
    assert laid_out("a: |\n    one  \n    two\n") == "a: |\n  one  \n  two\n"


@pytest.mark.parametrize("text", ["{}\n", "? " + "k" * 1100 + "\n: v\n"])
def test_what_cannot_be_laid_out_stays_as_it_is(text: str) -> None:
    assert laid_out(text) == text


def test_what_surrounds_a_document_goes_but_its_comments_stay() -> None:
    assert laid_out("%YAML 1.1\n--- # one\r\na:   b\r\n... # two\n# three") == "# one\na: b  # two\n# three\n"
