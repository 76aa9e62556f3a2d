"""Texts become graphs and problems, whatever is wrong with them."""

import gc
from datetime import date

import pytest

from engine.compiler import Compiled, compile_guides, reachable

SHORT = """\
guide: short
title: Short
outcomes: {done: {label: Done, kind: success}}
steps:
  finish: {outcome: done}
"""


def calling(id: str, *others: str) -> str:
    """A guide that calls the others in turn."""
    steps = [f"  s{n}:\n    call: {{guide: {other}, otherwise: s{n + 1}}}" for n, other in enumerate(others)]
    last = f"  s{len(others)}: {{outcome: done}}"
    return f"guide: {id}\ntitle: {id}\noutcomes: {{done: {{label: Done, kind: success}}}}\nsteps:\n" + "\n".join(
        [*steps, last, ""]
    )


def codes(compiled: Compiled) -> list[str]:
    return [problem.code for problem in compiled.problems]


def test_a_sound_guide_has_a_graph_and_no_problem() -> None:
    compiled = compile_guides({"short.yaml": SHORT})
    assert list(compiled.graphs) == ["short"]
    assert compiled.problems == ()


def test_the_same_text_has_the_same_digest_whatever_its_line_ends() -> None:
    one = compile_guides({"short.yaml": SHORT}).guides["short"].digest
    other = (
        compile_guides({"short.yaml": b"\xef\xbb\xbf" + SHORT.replace("\n", "\r\n").encode()}).guides["short"].digest
    )
    assert one == other
    assert len(one) == 64


def test_a_guide_is_called_as_its_file() -> None:
    problem = compile_guides({"other.yaml": SHORT}).problems[0]
    assert str(problem) == (
        "other.yaml:1:8: error: the guide is 'short', but its file is 'other.yaml'; "
        "call the file 'short.yaml' or the guide 'other' [wrong-name]"
    )


def test_of_two_guides_of_one_name_the_second_is_told() -> None:
    compiled = compile_guides({"a/short.yaml": SHORT, "b/short.yaml": SHORT})
    assert [(problem.file, problem.code) for problem in compiled.problems] == [("b/short.yaml", "duplicate-guide")]
    assert list(compiled.graphs) == ["short"]


def test_a_copy_under_another_name_has_no_problem_but_its_id() -> None:
    caller = calling("caller", "short")
    copy = caller.replace("guide: caller", "guide: short")
    compiled = compile_guides({"a-copy.yaml": copy, "caller.yaml": caller, "short.yaml": SHORT})
    assert [str(problem) for problem in compiled.problems] == [
        "a-copy.yaml:1:8: error: there are two guides 'short' here; call this one 'a-copy' [duplicate-guide]"
    ]
    assert sorted(compiled.graphs) == ["caller", "short"]


def test_a_file_name_that_is_no_id_is_not_proposed_as_one() -> None:
    hint = compile_guides({"My guide (2).yaml": SHORT}).problems[0].hint
    assert hint == "call the file 'short.yaml'"


def test_unreadable_yaml_gives_problems_and_no_graph() -> None:
    compiled = compile_guides({"bad.yaml": b"\xff\xfe\x00", "short.yaml": SHORT})
    assert codes(compiled)[0] == "not-utf8"
    assert list(compiled.graphs) == ["short"]


def test_a_part_of_a_wrong_shape_does_not_hide_what_is_wrong_elsewhere() -> None:
    """
    guide: short
    title: Short
    labell: x
    stages: {talk: []}
    outcomes: {done: {label: Done, kind: success}}
    fields: {amount: {type: sum}}
    steps:
      first: {stage: talk, say: "{{ amount }} {{ amonut }}", next: secnod}
      second: {next: 5x}
      third: {ask: [amount], next: finish}
      finish: {outcome: done}
    walkthroughs:
      - {name: a, answers: [], endz: done}
      - {answers: []}
    """
    text = str(test_a_part_of_a_wrong_shape_does_not_hide_what_is_wrong_elsewhere.__doc__)
    found = codes(compile_guides({"short.yaml": text.replace("\n    ", "\n")}))
    assert found == [
        "unknown-key",
        "wrong-type",
        "not-allowed-value",
        "unknown-field",
        "unknown-step",
        "bad-id",
        "unknown-key",
        "missing-key",
    ]


def test_a_part_that_is_wrong_in_two_ways_is_left_out_once() -> None:
    text = SHORT.replace("{outcome: done}", "{say: [Hi], sya: Hello, outcome: done}")
    assert sorted(codes(compile_guides({"short.yaml": text}))) == ["unknown-key", "wrong-type"]


@pytest.mark.parametrize("key", ["title", "outcomes", "steps", "guide"])
def test_without_a_part_that_every_guide_has_nothing_is_built(key: str) -> None:
    text = "\n".join(line for line in SHORT.splitlines() if not line.startswith(key)).replace("  finish", "x")
    assert "short" not in compile_guides({"short.yaml": text}).graphs


def test_a_guide_that_calls_one_with_errors_cannot_be_walked() -> None:
    texts = {
        "a.yaml": calling("a", "b"),
        "b.yaml": calling("b", "short"),
        "short.yaml": SHORT.replace("done}", "gone}"),
    }
    compiled = compile_guides(texts)
    assert "unknown-outcome" in codes(compiled)
    assert compiled.graphs == {}


def test_the_guides_that_a_guide_can_reach_are_found_once() -> None:
    texts = {"a.yaml": calling("a", "b", "short"), "b.yaml": calling("b", "short"), "short.yaml": SHORT}
    guides = compile_guides(texts).guides
    assert list(reachable(guides["a"], guides)) == ["a", "b", "short"]
    assert list(reachable(guides["a"], {"a": guides["a"]})) == ["a"]


def test_what_is_overdue_is_told_by_the_date_of_reading() -> None:
    text = SHORT.replace("title: Short", "title: Short\nreview_by: 2026-05-01")
    assert codes(compile_guides({"short.yaml": text}, date(2026, 5, 2))) == ["review-past"]
    assert codes(compile_guides({"short.yaml": text}, date(2026, 5, 1))) == []


def test_a_walkthrough_that_fails_is_a_problem_of_the_guide() -> None:
    text = SHORT.replace("{outcome: done}", "{say: Hi, next: end}\n  end: {outcome: done}")
    text += "walkthroughs:\n  - {name: Nowhere, answers: [], ends: done}\n"
    compiled = compile_guides({"short.yaml": text})
    assert codes(compiled) == ["failing-walkthrough"]
    assert compiled.graphs == {}


@pytest.mark.parametrize("on", [True, False])
def test_the_garbage_collector_is_left_as_it_was(on: bool) -> None:
    if not on:
        gc.disable()
    try:
        compile_guides({"short.yaml": SHORT})
        assert gc.isenabled() is on
    finally:
        gc.enable()
