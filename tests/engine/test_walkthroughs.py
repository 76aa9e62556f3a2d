"""Playing answers documents, and judging an author's walkthroughs."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from engine.compiler import compile_guides
from engine.errors import ScriptError
from engine.events import ApprovalGiven, Skipped
from engine.model import Guide
from engine.state import path
from engine.walkthroughs import CODE, Played, play
from tests.engine.walks import TODAY, compiled

GUIDE = """\
guide: small
title: A small guide
outcomes: {done: {label: Done, kind: success}, given-up: {label: Given up, kind: failure}}
fields:
  name: {type: text, label: Name, given: true}
  broken: {type: integer, fact: promises_broken, label: Broken}
  since: {type: integer, fact: days_since_last_reached, label: Since}
  sum: {type: money, currency: EUR, label: Sum, max: 100}
steps:
  ask:
    say: "{{ name }} {{ broken }} {{ since }}"
    checks: [{id: seen, label: Seen, required: true}]
    ask: [sum]
    question: Well
    options: [{id: go, label: Go, to: read}, {id: stop, label: Stop, to: stopped}]
  read: {say: "{{ sum }}", next: over}
  over: {call: {guide: other, otherwise: end}}
  end: {outcome: done}
  stopped: {outcome: given-up}
"""
OTHER = """\
guide: other
title: Another guide
outcomes: {fine: {label: Fine, kind: success}}
steps:
  read: {say: Theirs, next: end}
  end: {outcome: fine}
"""
SKIP = {"skip": "They know"}
ASK = {"ask": {"option": "go", "values": {"sum": 7}, "checks": ["seen"]}}


@pytest.fixture(scope="module")
def guides() -> Mapping[str, Guide]:
    """The guide above and the one that it calls."""
    return compiled(GUIDE, OTHER)


def played(guides: Mapping[str, Guide], *answers: Any, **more: Any) -> Played:
    """The guide played with these answers."""
    return play(guides, "small", {"given": {"name": "Ann"}, "answers": list(answers), **more}, TODAY)


def steps(done: Played) -> list[str]:
    """The steps passed."""
    return [visit.step.id for visit in path(done.state)] if done.state else []


def test_a_document_is_played_to_its_end(guides: Mapping[str, Guide]) -> None:
    done = played(guides, ASK, {"read": {}}, {"other/read": {}})
    assert steps(done) == ["ask", "read", "over", "read", "end", "end"]
    assert (done.refused, done.at) == ({}, ())
    assert done.state is not None
    assert done.state.outcome == "done"


def test_facts_left_out_are_those_of_a_client_without_records(guides: Mapping[str, Guide]) -> None:
    state = played(guides).state
    assert state is not None
    assert state.values["broken"] == 0
    assert "since" not in state.values


def test_the_days_and_times_come_from_the_document(guides: Mapping[str, Guide]) -> None:
    events = played(guides, ASK, today="2026-05-01").events
    assert events[0].at.isoformat() == "2026-05-01T09:00:00+00:00"
    assert events == played(guides, ASK, today="2026-05-01").events
    assert played(guides, ASK).events[0].at.date() == TODAY


def test_the_locale_is_the_documents_else_the_guides(guides: Mapping[str, Guide]) -> None:
    locales = [state.locale for state in (played(guides).state, played(guides, locale="de").state) if state]
    assert locales == ["en", "de"]


def test_back_and_change(guides: Mapping[str, Guide]) -> None:
    back = played(
        guides,
        ASK,
        {"read": {}},
        {"back": "ask"},
        {"ask": {"option": "stop", "values": {"sum": 7}, "checks": ["seen"]}},
    )
    assert steps(back) == ["ask", "stopped"]
    once = played(guides, ASK, {"read": {}}, {"back": True}, {"back": "true"})
    assert steps(once) == []
    changed = played(guides, ASK, {"change": {"ask": {"option": "go", "values": {"sum": 9}, "checks": ["seen"]}}})
    assert changed.state is not None
    assert str(changed.state.values["sum"]) == "9.00"


def test_an_option_alone_is_an_answer(guides: Mapping[str, Guide]) -> None:
    assert played(guides, {"ask": "go"}).refused.keys() == {"sum", "check:seen"}


def test_a_refused_answer_stops_it_there(guides: Mapping[str, Guide]) -> None:
    done = played(guides, {"ask": {"option": "go", "values": {"sum": 700}}}, {"read": {}})
    assert {name: refusal.code for name, refusal in done.refused.items()} == {
        "sum": "too-large",
        "check:seen": "missing",
    }
    assert done.at == ("answers", 0)


def test_refused_given_values_leave_nothing_begun(guides: Mapping[str, Guide]) -> None:
    done = play(guides, "small", {"answers": [ASK]}, TODAY)
    assert (done.state, done.events, done.at) == (None, (), ("given",))
    assert done.refused["name"].code == "missing"


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ([{"read": {}}], "not-on-screen"),
        ([ASK, {"other/read": {}}], "not-on-screen"),
        ([{"back": True}], "nothing-before"),
        ([{"back": "read"}], "not-on-path"),
        ([{"change": {"read": {}}}], "not-on-path"),
        ([ASK, {"read": {}}, {"read": {}}, {"read": {}}], "ended"),
    ],
)
def test_what_the_session_cannot_do_there_is_refused(
    guides: Mapping[str, Guide], answers: list[Any], code: str
) -> None:
    done = played(guides, *answers)
    assert done.refused["step"].code == code
    assert done.at == ("answers", len(answers) - 1)


def test_an_answer_for_another_step_says_which_is_on_the_screen(guides: Mapping[str, Guide]) -> None:
    message = played(guides, {"reed": {}}).refused["step"].message
    assert message == "This answer is for 'reed', but the step on the screen is 'ask'. Answer that one first."


@pytest.mark.parametrize(
    ("script", "place"),
    [
        ({"anwsers": []}, "anwsers: "),
        ({"answers": {}}, "answers: "),
        ({"answers": "ask"}, "answers: "),
        ({"given": []}, "given: "),
        ({"today": "2026-02-31"}, "today: "),
        ({"locale": 3}, "locale: "),
        ({"answers": ["ask"]}, "answers[0]: "),
        ({"answers": [{"ask": {}, "read": {}}]}, "answers[0]: "),
        ({"answers": [{"ask": None}]}, "answers[0].ask: "),
        ({"answers": [{"ask": ""}]}, "answers[0].ask: "),
        ({"answers": [{"ask": {"options": "go"}}]}, "answers[0].ask.options: "),
        ({"answers": [{"ask": {"option": 1}}]}, "answers[0].ask.option: "),
        ({"answers": [{"ask": {"checks": "seen"}}]}, "answers[0].ask.checks: "),
        ({"answers": [{"ask": {"checks": [1]}}]}, "answers[0].ask.checks: "),
        ({"answers": [{"ask": {"values": 5}}]}, "answers[0].ask.values: "),
        ({"answers": [{"ask": {"skip": "busy", "option": "on"}}]}, "answers[0].ask.skip: "),
        ({"answers": [{"ask": {"reasons": {"seen": 1}}}]}, "answers[0].ask.reasons: "),
        ({"answers": [{"back": False}]}, "answers[0].back: "),
        ({"answers": [{"change": "ask"}]}, "answers[0].change: "),
        ({"answers": [{"change": {"back": True}}]}, "answers[0].change: "),
        ({"answers": [{"change": {"ask": {"skip": "busy"}}}]}, "answers[0].change.ask.skip: "),
    ],
)
def test_a_document_of_a_wrong_shape_is_refused_with_its_place(
    guides: Mapping[str, Guide], script: dict[str, Any], place: str
) -> None:
    with pytest.raises(ScriptError) as caught:
        play(guides, "small", script, date(2026, 3, 2))
    assert str(caught.value).startswith(place)


def test_a_step_is_skipped_for_a_reason() -> None:
    text = GUIDE.replace("read: {say", "read: {skippable: true, say")
    done = play(compiled(text, OTHER), "small", {"given": {"name": "Ann"}, "answers": [ASK, {"read": SKIP}]}, TODAY)
    assert done.refused == {}
    assert steps(done) == ["ask", "read", "over"]
    assert any(isinstance(event.body, Skipped) and event.body.reason == "They know" for event in done.events)


def test_a_reason_for_what_takes_approval_is_a_second_persons() -> None:
    guides = compiled(GUIDE.replace("required: true}", "required: true, override: approval}"), OTHER)
    opened = {"ask": {**ASK["ask"], "checks": [], "reasons": {"seen": "I saw them"}}}
    done = play(guides, "small", {"given": {"name": "Ann"}, "answers": [opened]}, TODAY)
    assert done.refused == {}
    assert [(event.body, event.actor) for event in done.events if isinstance(event.body, ApprovalGiven)] == [
        (ApprovalGiven(1, "seen", "I saw them"), "approver")
    ]


def test_without_a_reason_nobody_approves() -> None:
    guides = compiled(GUIDE.replace("required: true}", "required: true, override: approval}"), OTHER)
    opened = {"ask": {**ASK["ask"], "checks": []}}
    done = play(guides, "small", {"given": {"name": "Ann"}, "answers": [opened]}, TODAY)
    assert done.refused["check:seen"].code == "needs-approval"


def problems(walkthrough: str) -> list[tuple[str, int, str]]:
    """Code, line and message of what is wrong with the guide with this walkthrough; its first line is 1."""
    indented = "".join(f"    {line}\n" for line in walkthrough.strip().splitlines())
    text = f"{GUIDE}walkthroughs:\n  - name: W\n    given: {{name: Ann}}\n{indented}"
    start = GUIDE.count("\n") + 3
    found = compile_guides({"small.yaml": text, "other.yaml": OTHER}).problems
    return [(each.code, each.position.line - start, each.message) for each in found if each.severity == "error"]


PLAYED = """
answers:
  - ask:
      option: go
      values: {sum: 7}
      checks: [seen]
  - read: {}
  - read: {}
"""


def test_a_walkthrough_that_goes_as_it_says_is_no_problem() -> None:
    assert problems(PLAYED + "ends: done\nexpect: {sum: 7}\npath: [ask, read, over, other/read, end, end]") == []


@pytest.mark.parametrize(
    ("asserted", "line", "message"),
    [
        ("ends: given-up", 8, "it ends with 'done', not with 'given-up'"),
        ("expect: {sum: 8}", 8, "'sum' is '7.00', not '8.00'"),
        ("expect: {since: 8}", 8, "'since' is missing, not '8'"),
        ("expect: {sum: much}", 8, "Enter the sum as an amount, like 1250.00"),
        ("expect: {total: 8}", 8, "'total' is not a field of 'small'"),
        ("path: [ask, end]", 8, "step 2 of the path is 'read', not 'end'"),
        ("path: [ask, read]", 8, "the path goes on to 'over'"),
        ("path: [ask, read, over, read, end, end, end]", 8, "the path ends before 'end'"),
        ("refuses: {sum: too-large}", 8, "every answer was accepted, none refused"),
    ],
)
def test_a_walkthrough_that_goes_otherwise_is_a_problem(asserted: str, line: int, message: str) -> None:
    assert problems(PLAYED + asserted) == [(CODE, line, f"walkthrough 'W', one of the guide's own tests: {message}")]


def test_a_walkthrough_that_stops_short_is_a_problem() -> None:
    assert problems("answers: []\nends: done") == [
        (CODE, 2, "walkthrough 'W', one of the guide's own tests: it stops at the step 'ask', not with 'done'")
    ]


def test_a_day_that_does_not_exist_is_a_problem() -> None:
    message = (
        "walkthrough 'W', one of the guide's own tests: today: '2026-02-31' is not a day; write it like 2026-03-02"
    )
    assert problems("today: 2026-02-31\nanswers: []") == [(CODE, 1, message)]


def test_a_refused_answer_is_a_problem_where_it_stands() -> None:
    wrong = "answers:\n  - ask: {option: fly, values: {sum: 7}, checks: [seen]}\nends: done"
    message = "'fly' is not one of the answers here; the answers here are: go, stop"
    assert problems(wrong) == [(CODE, 2, f"walkthrough 'W', one of the guide's own tests: {message}")]


REFUSED = "answers:\n  - ask: {option: go, values: {sum: 700}, checks: [seen]}\n"


def test_a_refusal_can_be_expected() -> None:
    assert problems(REFUSED + "refuses: {sum: too-large}") == []
    assert problems(REFUSED + "refuses: {sum: too-small}") == [
        (CODE, 3, "walkthrough 'W', one of the guide's own tests: what is refused is {sum: too-large}")
    ]


def test_answers_after_an_expected_refusal_are_a_problem() -> None:
    message = (
        "walkthrough 'W', one of the guide's own tests: this answer is refused, so those after it are never played"
    )
    assert problems(REFUSED + "  - read: {}\nrefuses: {sum: too-large}") == [(CODE, 2, message)]


def test_an_answer_that_is_not_offered_comes_with_those_that_are() -> None:
    wrong = "answers:\n  - ask: {option: gone, values: {sum: 7}, checks: [seen]}\nends: done"
    assert problems(wrong)[0][2].endswith("the answers here are: go, stop; did you mean 'go'?")


def test_a_value_that_is_no_longer_asked_is_to_be_asked_or_left_out() -> None:
    wrong = "answers:\n  - ask: {option: go, values: {sum: 7, total: 8}, checks: [seen]}\nends: done"
    expected = "'total' is not asked at this step; ask for it in that step, or leave it out of the walkthrough"
    assert problems(wrong)[0][2].endswith(expected)


@pytest.mark.parametrize(("count", "told"), [(3, ["'W', one", "'W1', one", "'W2', one"]), (5, ["'W' and 4 more"])])
def test_many_walkthroughs_that_fail_alike_are_one_problem(count: int, told: list[str]) -> None:
    more = [f"  - {{name: W{number}, given: {{name: Ann}}, answers: [{{ask: fly}}]}}\n" for number in range(1, count)]
    text = f"{GUIDE}walkthroughs:\n  - {{name: W, given: {{name: Ann}}, answers: [{{ask: fly}}]}}\n{''.join(more)}"
    found = compile_guides({"small.yaml": text, "other.yaml": OTHER}).problems
    messages = [problem.message for problem in found if problem.code == CODE]
    assert len(messages) == len(told)
    assert all(message.startswith(f"walkthrough {start}") for message, start in zip(messages, told))
