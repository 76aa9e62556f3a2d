"""Remarks that silence a warning where it is right as it is."""

import pytest

from tests.engine.guides import check_text, told

GUIDE = """\
guide: small
title: Small
outcomes: {done: {label: Done, kind: success}}
steps:
  bye:
    say: |BESIDE
      Hello.
      You failed to pay.
    points:
      - You failed
    outcome: done
"""


def with_beside(remark: str) -> str:
    return GUIDE.replace("BESIDE", f"  {remark}").replace("    points:\n      - You failed\n", "")


def test_a_remark_beside_a_text_silences_all_its_lines() -> None:
    text = with_beside("# handrail: ignore blame-wording because it is quoted")
    assert check_text(text.replace("# handrail: ignore", "# ignore")) == [("blame-wording", 8, 7)]
    assert check_text(text) == []


def test_a_remark_above_a_line_silences_it(guide: str) -> None:
    """
    guide: small
    title: Small
    outcomes: {done: {label: Done, kind: success}}
    steps:
      bye:
        # They wrote this.
        # handrail: ignore blame-wording because it is quoted

        say: You failed to pay.
        outcome: done
    """
    assert check_text(guide) == []


def test_a_remark_does_not_cut_a_text(guide: str) -> None:
    """
    guide: small
    title: Small
    outcomes: {done: {label: Done, kind: success}}
    steps:
      bye:
        say: You failed to pay.  # handrail: ignore blame-wording because it is quoted
        outcome: done
    """
    assert check_text(guide) == []
    assert ("cut-by-comment", 6, 30) in check_text(guide.replace("# handrail:", "# Handrail:"))


def test_an_entry_of_a_list_is_covered_whole_and_a_key_with_a_block_is_not(guide: str) -> None:
    """
    guide: small
    title: Small
    outcomes: {done: {label: Done, kind: success}}
    steps:
      hello:
        question: What do they say?
        options:
          - {id: one, label: Pays, to: bye}
          # handrail: ignore duplicate-label because both are said
          - id: two
            to: bye
            label: Pays
      # handrail: ignore blame-wording because it is quoted
      bye:
        say: You failed to pay.
        outcome: done
    """
    assert check_text(guide) == [("idle-silence", 13, 3), ("blame-wording", 15, 10)]


def test_several_codes_have_one_reason(guide: str) -> None:
    """
    guide: small
    title: Small
    outcomes: {done: {label: Done, kind: success}}
    steps:
      bye:
        # handrail: ignore blame-wording , raw-html because it is quoted
        say: You failed <b>to pay</b>.
        outcome: done
    """
    assert check_text(guide) == []
    assert told(guide.replace("<b>to pay</b>", "to pay")) == [
        "there is no 'raw-html' here to silence; delete the remark"
    ]


@pytest.mark.parametrize(
    ("remark", "says"),
    [
        ("# handrail: ignore blame-wording", "this remark does not say why 'blame-wording' is right here"),
        ("# handrail: ignore blame-wordin because of it", "there is no problem 'blame-wordin'; did you mean"),
        ("# handrail: hush", "this remark is not understood; write '# handrail: ignore CODE because …'"),
    ],
)
def test_a_remark_that_cannot_silence_is_told_and_the_warning_too(remark: str, says: str) -> None:
    text = with_beside(remark)
    assert check_text(text) == [("idle-silence", 6, 13), ("blame-wording", 8, 7)]
    assert told(text)[0].startswith(says)


def test_an_error_cannot_be_silenced(guide: str) -> None:
    """
    guide: small
    title: Small
    outcomes: {done: {label: Done, kind: success}}
    steps:
      hello: {say: Hello., next: bey}  # handrail: ignore unknown-step because it comes later
      bye: {say: Goodbye., outcome: done}
    """
    assert check_text(guide) == [("unknown-step", 5, 30), ("idle-silence", 5, 36)]
    assert told(guide)[1] == "'unknown-step' is an error here, and cannot be silenced; mend it"


def test_where_there_are_errors_nobody_knows_what_silences_nothing(guide: str) -> None:
    """
    guide: small
    title: Small
    outcomes: {done: {label: Done, kind: success}}
    steps:
      hello: {say: Hello., next: bey}
      # handrail: ignore long-say because it is read out slowly
      bye: {say: Goodbye., outcome: done}
    """
    assert check_text(guide) == [("unknown-step", 5, 30)]


def test_a_remark_below_everything_silences_nothing() -> None:
    text = with_beside("").replace("  \n", "\n") + "    # handrail: ignore blame-wording because of that\n"
    assert check_text(text) == [("blame-wording", 8, 7), ("idle-silence", 10, 5)]


def test_a_text_that_looks_like_a_remark_is_a_text(guide: str) -> None:
    """
    guide: small
    title: Small
    outcomes: {done: {label: Done, kind: success}}
    steps:
      bye:
        note: |
          # handrail: ignore blame-wording because
        outcome: done
    """
    assert check_text(guide) == []


def test_in_a_file_that_is_no_sound_yaml_nothing_is_silenced() -> None:
    text = with_beside("# handrail: hush").replace("title: Small", "title: Small\ntitle: Smaller")
    assert check_text(text) == [("duplicate-key", 3, 1), ("blame-wording", 9, 7)]
