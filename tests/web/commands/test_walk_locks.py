"""Walking by keyboard past what is locked, left open, skipped or there at any time."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.web.commands.lines import type_lines
from tests.web.commands.small import written
from web.cli import main

LOCKED = """\
guide: locked
title: A guide with locks
outcomes: {done: {label: Done, kind: success}, lost: {label: Lost, kind: abandoned}}
fields:
  days: {type: integer, label: Days, given: true}
  words: {type: text, label: Their words}
anytime:
  - {id: hung-up, label: Hangs up, outcome: lost}
  - {id: boss, label: Wants a manager, to: how, allow: days > 60, because: Too early., override: reason}
  - {id: price, label: Asks the price, call: {guide: price}}
steps:
  ask:
    checks:
      - {id: seen, label: Payments seen, required: true}
      - {id: proof, label: Proof found, required: true, override: never}
      - {id: agreed, label: Sales agree, required: true, override: approval}
    question: What now?
    options:
      - {id: pays, label: Pays, to: how}
      - {id: waive, label: Waive, to: how, allow: days <= 30, because: "{{ days }} days are too many", override: reason}
      - {id: forget, label: Forget it, to: how, allow: days <= 5, because: Costly, override: approval}
      - {id: sue, label: Sue, to: how, allow: days > 1000, because: Too soon}
  how: {title: How, say: And how, ask: [words], skippable: true, next: end}
  end: {say: "So, {{ words }}.", outcome: done}
"""
PRICE = """\
guide: price
title: The price
outcomes: {told: {label: Told, kind: success}}
steps:
  tell: {say: It is free., next: told}
  told: {say: We told the price., outcome: told}
"""
TICKED = ("45", "y", "y", "y")


def typed(tmp_path: Path, *lines: str) -> str:
    """All that is shown of the guide above."""
    return type_lines(written(tmp_path, LOCKED, PRICE)[0], *lines)


def test_locked_answers_tell_why_and_what_opens_them(tmp_path: Path) -> None:
    shown = typed(tmp_path, *TICKED)
    assert "   2  Waive\n      Locked: 45 days are too many. A reason opens it.\n" in shown
    assert "   3  Forget it\n      Locked: Costly. A second person has to approve it.\n" in shown
    assert "   4  Sue\n      Locked: Too soon. Nothing opens it here.\n" in shown


def test_a_reason_opens_a_locked_answer(tmp_path: Path) -> None:
    shown = typed(tmp_path, *TICKED, "2", "", "2", "Long ill", "q")
    assert shown.count("Your reason for choosing it all the same: ") == 2
    assert shown.count("Your answer, 1 to 4: ") == 2
    assert "reasons: {waive: Long ill}" in shown


def test_a_second_person_opens_a_locked_answer(tmp_path: Path) -> None:
    shown = typed(tmp_path, *TICKED, "3", "", "3", "Bea", "", "3", "Bea", "Good client", "/q")
    assert shown.count("Approved by whom? ") == 3
    assert "reasons: {forget: Good client}" in shown
    assert "You left at “How”." in shown


def test_what_nothing_opens_stays_locked(tmp_path: Path) -> None:
    shown = typed(tmp_path, *TICKED, "4", "1", "q")
    assert "! Nothing opens it here; choose another answer." in shown
    assert "{option: pays, checks: [seen, proof, agreed]}" in shown


def test_a_required_check_is_left_open_with_what_passes_it(tmp_path: Path) -> None:
    shown = typed(tmp_path, "45", "n", "", "n", "On paper", "n", "y", "n", "Bea", "By phone", "1", "q")
    assert "! Tick it once it is done, or say what lets you go on without it." in shown
    assert "! This has to be done before you go on." in shown
    assert "checks: [proof]" in shown
    assert "reasons: {seen: On paper, agreed: By phone}" in shown


def test_reasons_are_offered_again_and_what_was_approved_stays_open(tmp_path: Path) -> None:
    shown = typed(
        tmp_path, "45", "n", "On paper", "y", "n", "Bea", "By phone", "3", "Cy", "Good", "/b", *[""] * 9, "/q"
    )
    assert "Your reason for going on without it [On paper]: " in shown
    assert "Approved by whom? [Bea] " in shown
    assert "Their reason [Good]" not in shown
    assert "option: forget" in shown


def test_a_step_is_skipped_with_a_reason(tmp_path: Path) -> None:
    shown = typed(tmp_path, *TICKED, "s", "1", "/s", "", "/s", "No time", "")
    assert "! This step cannot be skipped; answer it." in shown
    assert "! Give a reason for skipping this step." in shown
    assert shown.count("Payments seen? ") == 1
    assert "So, [their words]." in shown
    assert "Not known yet: Their words." in shown
    assert "- {how: {skip: No time}}" in shown


def test_answers_documents_take_reasons_and_skips(tmp_path: Path) -> None:
    file, _ = written(tmp_path, LOCKED, PRICE)
    passing = {"option": "forget", "checks": ["seen", "proof", "agreed"], "reasons": {"forget": "Good client"}}
    document = {"given": {"days": 45}, "answers": [{"ask": passing}, {"how": {"skip": "No time"}}]}
    done = CliRunner().invoke(main, ["walk", file, "--batch", "-"], input=json.dumps(document))
    told = json.loads(done.stdout)
    assert (told["outcome"], told["path"][0]["answer"]["reasons"]) == ("done", {"forget": "Good client"})
    assert told["path"][1]["answer"]["skip"] == "No time"


def test_answers_at_any_time_are_listed_on_every_screen(tmp_path: Path) -> None:
    shown = typed(tmp_path, *TICKED, "1", "go", "")
    assert shown.count("At any time\n  !1  Hangs up\n  !2  Wants a manager\n      Locked: Too early.") == 2
    assert shown.count("   s  Skip this step, with a reason") == 1


@pytest.mark.parametrize("lines", [["!1"], ["y", "/!1"], ["y", "y", "y", "!1"], ["y", "y", "y", "1", "/!1"]])
def test_an_answer_at_any_time_is_given_at_any_prompt(tmp_path: Path, lines: list[str]) -> None:
    shown = typed(tmp_path, "45", *lines, "")
    assert "The walk ended: Lost." in shown
    assert "hung-up" in shown


def test_a_locked_answer_at_any_time_takes_its_reason(tmp_path: Path) -> None:
    shown = typed(tmp_path, "45", "!2", "", "!2", "They shout", "/q")
    assert "! Locked: Too early." in shown
    assert "- {ask: {option: boss, reasons: {boss: They shout}}}" in shown


def test_a_detour_comes_back_and_its_closing_text_is_shown(tmp_path: Path) -> None:
    shown = typed(tmp_path, "45", "!3", "", "!9", "q")
    assert "\nSay     We told the price.\n\n───" in shown
    assert "! There is no answer !9 here." in shown
    assert "- {price/tell: {}}" in shown


def test_what_is_typed_at_a_field_for_words_is_a_word(tmp_path: Path) -> None:
    assert "So, !1." in typed(tmp_path, *TICKED, "1", "!1", "")
