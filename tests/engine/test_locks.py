"""Locked options and open checks: what opens them, who may, and what the log tells."""

import pytest

from engine import walker
from engine.errors import RefusedError
from engine.events import ApprovalAsked, ApprovalGiven, Overridden
from engine.journal import to_dict
from engine.replies import Reply
from tests.engine.walks import NOW, Walk, compiled

LOCKS = """
fields:
  interest: {type: integer, label: Interest, given: true}
steps:
  ask:
    checks:
      - {id: seen, label: Payments seen, required: true}
      - {id: proof, label: Proof found, required: true, override: never}
      - {id: agreed, label: Agreed with sales, required: true, override: approval}
    options:
      - {id: pays, label: Pays, to: end}
      - id: waive
        label: Waive
        to: end
        allow: interest <= 50
        because: Above 50, not {{ interest }}
        override: reason
      - {id: forget, label: Forget it, to: end, allow: interest <= 5, because: A manager decides., override: approval}
      - {id: sue, label: Sue, to: end, allow: interest > 1000, because: Too little}
  end: {outcome: done}
"""
ALL = ("seen", "proof", "agreed")


def refusals(walk: Walk, reply: Reply) -> dict[str, tuple[str, str]]:
    with pytest.raises(RefusedError) as caught:
        walker.answer(walk.state, reply, NOW)
    return {name: (refusal.code, refusal.message) for name, refusal in caught.value.refusals.items()}


@pytest.fixture
def walk() -> Walk:
    return Walk(compiled(LOCKS), "small", {"interest": 80})


def test_a_locked_option_says_why_and_what_opens_it(walk: Walk) -> None:
    shown = {option.id: (option.allowed, option.because, option.override) for option in walk.screen.options}
    assert shown == {
        "pays": (True, "", None),
        "waive": (False, "Above 50, not 80", "reason"),
        "forget": (False, "A manager decides.", "approval"),
        "sue": (False, "Too little", None),
    }


def test_a_locked_option_is_refused_until_it_is_opened(walk: Walk) -> None:
    assert refusals(walk, Reply("sue", checks=ALL, reasons={"sue": "I want to"})) == {
        "option": ("locked", "Too little. Choose another answer.")
    }
    assert refusals(walk, Reply("waive", checks=ALL, reasons={"waive": " "})) == {
        "option": ("needs-reason", "Above 50, not 80. Give a reason to choose it all the same.")
    }
    assert refusals(walk, Reply("forget", checks=ALL, reasons={"forget": "Please"})) == {
        "option": ("needs-approval", "A manager decides. Ask a second person to approve it.")
    }


def test_a_reason_opens_and_is_told(walk: Walk) -> None:
    reasons = {"waive": " Long-standing client ", "x": "y"}
    turn = walker.answer(walk.state, Reply("waive", checks=ALL, reasons=reasons), NOW)
    assert turn.state.outcome == "done"
    assert Overridden(1, "waive", "Long-standing client", "") in [event.body for event in turn.events]
    assert to_dict(turn.events[0])["reasons"] == {"waive": "Long-standing client"}


def test_a_second_person_opens_what_takes_approval(walk: Walk) -> None:
    asked = walker.ask_approval(walk.state, "forget", "A good client", NOW)
    given = walker.approve(asked.state, "forget", True, "Yes", NOW._replace(actor="boss"))
    turn = walker.answer(given.state, Reply("forget", checks=ALL), NOW)
    assert [event.body for event in (*asked.events, *given.events)] == [
        ApprovalAsked(1, "forget", "A good client"),
        ApprovalGiven(1, "forget", "Yes"),
    ]
    assert Overridden(1, "forget", "", "boss") in [event.body for event in turn.events]


def test_a_refusal_leaves_it_locked(walk: Walk) -> None:
    refused = walker.approve(walk.state, "forget", False, "No", NOW._replace(actor="boss"))
    walk.went(refused)
    assert refusals(walk, Reply("forget", checks=ALL))["option"][0] == "needs-approval"


def test_what_a_second_person_approved_is_shown_open(walk: Walk) -> None:
    def shown() -> dict[str, tuple[bool, str, str | None]]:
        return {option.id: (option.allowed, option.because, option.override) for option in walk.screen.options}

    walk.went(walker.ask_approval(walk.state, "forget", "", NOW))
    assert shown()["forget"] == (False, "A manager decides.", "approval")
    walk.went(walker.approve(walk.state, "forget", True, "", NOW._replace(actor="boss")))
    assert (shown()["forget"], shown()["sue"]) == ((True, "", None), (False, "Too little", None))


def test_nobody_approves_for_themselves_or_what_needs_none(walk: Walk) -> None:
    asked = walker.ask_approval(walk.state, "forget", "", NOW)
    with pytest.raises(RefusedError, match="nobody approves what they asked for"):
        walker.approve(asked.state, "forget", True, "", NOW)
    with pytest.raises(RefusedError, match="'waive' is nothing here that a second person can approve"):
        walker.ask_approval(walk.state, "waive", "", NOW)


def test_an_open_check_takes_a_reason_or_approval_or_nothing(walk: Walk) -> None:
    assert {name: code for name, (code, _) in refusals(walk, Reply("pays")).items()} == {
        "check:seen": "missing",
        "check:proof": "missing",
        "check:agreed": "needs-approval",
    }
    reasons = {"seen": "System is down", "proof": "None", "agreed": "No"}
    assert sorted(refusals(walk, Reply("pays", reasons=reasons))) == ["check:agreed", "check:proof"]
    approved = walker.approve(walk.state, "agreed", True, "", NOW._replace(actor="boss"))
    turn = walker.answer(approved.state, Reply("pays", checks=("proof",), reasons=reasons), NOW)
    assert [event.body for event in turn.events if isinstance(event.body, Overridden)] == [
        Overridden(1, "seen", "System is down", ""),
        Overridden(1, "agreed", "No", "boss"),
    ]


def test_a_lock_at_any_time_is_told_and_no_check_of_the_step_it_leaves() -> None:
    entry = "{id: gone, label: Gone, to: end, allow: interest > 99, because: Try once more, override: reason}"
    walk = Walk(compiled(f"{LOCKS.rstrip()}\nanytime: [{entry}]"), "small", {"interest": 80})
    turn = walker.answer(walk.state, Reply("gone", reasons={"gone": "Hung up"}), NOW)
    assert [event.body for event in turn.events if isinstance(event.body, Overridden)] == [
        Overridden(1, "gone", "Hung up", "")
    ]


def test_approvals_survive_storing_and_replaying(walk: Walk) -> None:
    walk.approve("forget")
    assert walk.replayed.approvals == walk.restored.approvals == walk.state.approvals
    assert walk.answer("forget", *ALL).replayed.outcome == "done"
