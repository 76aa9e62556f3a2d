"""What people read when what they ask for is refused, word for word."""

from collections.abc import Callable
from typing import Any

import pytest

from engine import walker
from engine.errors import (
    EndedError,
    NothingBeforeError,
    NothingToUndoError,
    NotOfferedError,
    NotOnPathError,
    Refusal,
    RefusedError,
    TooManyVisitsError,
    WalkError,
)
from engine.replies import Reply
from engine.walker import Opening
from tests.engine.walks import NOW, Walk, compiled

GUIDES = compiled("""\
fields:
  name: {type: text, label: Name, given: true}
  rank: {type: integer, label: Rank, given: true, required: false}
  sum: {type: integer, label: Sum, max: 9}
  note: {type: text, label: Note, required: false}
anytime:
  - {id: gone, label: Gone, to: end, allow: rank > 5, because: "Not yet, {{ name }}."}
steps:
  ask:
    checks:
      - {id: seen, label: Seen, required: true, override: never}
      - {id: read, label: Read, required: true}
      - {id: signed, label: Signed, required: true, override: approval}
      - {id: heard, label: Heard}
    ask: [sum, note]
    question: Well
    options:
      - {id: go, label: Go, to: read}
      - {id: sue, label: Sue, to: end, when: rank > 5}
      - {id: wait, label: Wait, to: end, allow: rank > 1, because: "Too early. ", override: reason}
      - {id: pay, label: Pay, to: end, allow: rank > 1, because: Too much, override: approval}
      - {id: stop, label: Stop, to: end, allow: rank > 1, because: Too hard}
  read: {say: "Read {{ sum }} {{ note }}", max_visits: 1, next: loop}
  loop: {question: Again, options: [{id: again, label: Again, to: read}, {id: end, label: End, to: end}]}
  end: {outcome: done}
""")
CHECKED = ("seen", "read", "signed")
SEEN = {"check:seen": "Tick “Seen” once it is done."}
READ = {"check:read": "Tick “Read” once it is done, or give a reason for going on without it."}
SIGNED = {"check:signed": "Tick “Signed” once it is done, or ask a second person to approve going on."}
ANSWERS = "the answers here are: go, wait, pay, stop, gone"


def begun() -> Walk:
    return Walk(GUIDES, "small", {"name": "Ann"})


def refused(what: Callable[[], Any]) -> dict[str, str]:
    """What is said to whoever asks for this, by what is refused."""
    with pytest.raises(RefusedError) as caught:
        what()
    told = {name: refusal.message for name, refusal in caught.value.refusals.items()}
    assert str(caught.value) == "; ".join(told.values())
    return told


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        (Reply("go", {}, CHECKED), {"sum": "Enter the sum, like 12"}),
        (Reply("go", {"sum": 10}, CHECKED), {"sum": "Enter the sum as 9 or less"}),
        (
            Reply("go", {"sum": 1, "sun": 2, "name": "Bo"}, CHECKED),
            {name: f"'{name}' is not asked at this step; leave it out." for name in ("sun", "name")},
        ),
        (Reply(None, {"sum": 1}, CHECKED), {"option": "Choose one of the answers."}),
        (Reply("sue", {"sum": 9}, CHECKED), {"option": f"'sue' is not one of the answers here; {ANSWERS}."}),
        (
            Reply("wat", {"sum": 1}, CHECKED),
            {"option": f"'wat' is not one of the answers here; {ANSWERS}; did you mean 'wait'?"},
        ),
        (Reply("go", {"sum": 1}), SEEN | READ | SIGNED),
        (Reply("go", {"sum": 1}, (), False, {"seen": "x", "read": " ", "signed": "x"}), SEEN | READ | SIGNED),
        (Reply("go", {"sum": 1}, (), False, {"read": "x"}), SEEN | SIGNED),
        (Reply("go", {"sum": 1}, (*CHECKED, "red")), {"check:red": "'red' is not a check of this step."}),
        (Reply("wait", {"sum": 1}, CHECKED), {"option": "Too early. Give a reason to choose it all the same."}),
        (Reply("pay", {"sum": 1}, CHECKED), {"option": "Too much. Ask a second person to approve it."}),
        (Reply("stop", {"sum": 1}, CHECKED), {"option": "Too hard. Choose another answer."}),
        (Reply("gone"), {"option": "Not yet, Ann. Choose another answer."}),
    ],
)
def test_an_answer_is_refused_in_plain_words(reply: Reply, told: dict[str, str]) -> None:
    assert refused(lambda: walker.answer(begun().state, reply, NOW)) == told


def test_a_step_without_answers_takes_none() -> None:
    reading = begun().answer("go", *CHECKED, sum=1).state
    assert refused(lambda: walker.answer(reading, Reply("go"), NOW)) == {
        "option": "This step has no answers to choose from; continue without one."
    }


def test_a_session_is_not_begun_with_what_is_missing_or_not_given() -> None:
    assert refused(lambda: walker.start(GUIDES, "small", Opening({"sum": 1}), NOW)) == {
        "sum": "'sum' is not given when this guide starts; leave it out.",
        "name": "Enter the name",
    }


def test_a_step_is_skipped_only_where_its_guide_says_so() -> None:
    assert refused(lambda: begun().skip("Later")) == {"skip": "This step cannot be skipped; answer it."}


def test_what_is_told_needs_words() -> None:
    state = begun().state
    assert refused(lambda: walker.flag(state, " ", NOW)) == {"flag": "Say what is wrong here."}
    assert refused(lambda: walker.pause(state, " ", NOW)) == {"reason": "Say why it pauses."}
    assert refused(lambda: walker.nothing_fits(state, " ", NOW)) == {
        "words": "Write what the client said, in their own words."
    }


def test_approval_is_asked_for_what_can_be_approved_and_given_by_another() -> None:
    nothing = "'go' is nothing here that a second person can approve."
    assert refused(lambda: walker.ask_approval(begun().state, "go", "x", NOW)) == {"go": nothing}
    assert refused(lambda: walker.approve(begun().state, "go", True, "x", NOW)) == {"go": nothing}
    asked = walker.ask_approval(begun().state, "pay", "x", NOW).state
    with pytest.raises(RefusedError) as caught:
        walker.approve(asked, "pay", False, "x", NOW)
    assert caught.value.refusals["pay"].code == "same-person"
    assert refused(lambda: walker.approve(asked, "pay", True, "x", NOW)) == {
        "pay": "Somebody else has to decide this: nobody approves what they asked for themselves."
    }


def test_a_record_is_cancelled_only_with_a_reason(walk: Callable[..., Walk]) -> None:
    """
    steps:
      talk:
        question: Well
        options:
          - {id: a, label: A, records: [{recognition: {what: Paid}}], to: end}
          - {id: b, label: B, to: end}
      end: {outcome: done}
    """
    changed = walk().answer("a").change("talk", "b")
    with pytest.raises(RefusedError) as caught:
        walker.cancel_record(changed.state, 4, " ", NOW)
    assert caught.value.refusals == {"reason": Refusal("missing", "Say why it does not hold any more.")}


def test_a_request_that_cannot_be_carried_out_says_why() -> None:
    walk = begun()
    twice = walk.answer("go", *CHECKED, sum=1).answer()
    requests: list[tuple[type[WalkError], str, Callable[[], Any]]] = [
        (NothingBeforeError, "This is the first step; there is nothing to go back to.", begun().back),
        (NotOnPathError, "'end' is not one of the steps answered in this session.", lambda: walk.back("end")),
        (NotOnPathError, "'go' is not one of the steps answered in this session.", lambda: walk.change("go")),
        (
            NothingToUndoError,
            "Record 1 cannot be cancelled here: it holds by an answer given, or is no more. Change that answer.",
            lambda: walker.cancel_record(walk.state, 1, "x", NOW),
        ),
        (
            NotOfferedError,
            "'letter' is not a document of the step on the screen. Go back to the step that offers it.",
            lambda: walker.produce(walk.state, "letter", NOW),
        ),
        (
            TooManyVisitsError,
            "'read' was shown 1 times already, the most it can be. Choose another way, or end here.",
            lambda: twice.answer("again"),
        ),
    ]
    for error, told, request in requests:
        with pytest.raises(error) as caught:
            request()
        assert str(caught.value) == told


@pytest.mark.parametrize("what", ["answer", "skip", "end", "name"])
def test_a_session_that_has_ended_goes_on_only_after_back(what: str) -> None:
    ended = begun().end()
    requests: dict[str, Callable[[], Any]] = {
        "answer": lambda: ended.answer("go"),
        "skip": lambda: ended.skip("x"),
        "end": ended.end,
        "name": lambda: walker.name_client(ended.state, "C-1", {}, {}, NOW),
    }
    with pytest.raises(EndedError, match=r"^This session has ended\. Go back to reopen it, or start a new one\.$"):
        requests[what]()
