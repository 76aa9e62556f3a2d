"""Records: written once for each occurrence that lies on the path, replaced when it changes, never lost."""

from collections.abc import Callable
from datetime import date
from textwrap import dedent
from typing import Any

import pytest

from engine import walker
from engine.errors import EndedError, NothingToUndoError, RefusedError
from engine.events import Recorded
from engine.state import left_behind, not_undone, standing
from tests.engine.guides import check_text
from tests.engine.walks import NOW, Walk, compiled

Start = Callable[..., Walk]
LATER = date(2026, 3, 9)


def written(walk: Walk) -> list[Recorded]:
    """Every record that the log holds."""
    return [event.body for event in walk.events if isinstance(event.body, Recorded)]


def holding(walk: Walk) -> list[tuple[str, Any]]:
    """What stands: the kind, and the first thing that each says."""
    return [_said(each.due) for each in standing(walk.state).values()]


def undone(walk: Walk) -> list[tuple[str, Any]]:
    """What was written and holds no more."""
    return [_said(each.due) for each in not_undone(walk.state).values()]


def _said(due: Any) -> tuple[str, Any]:
    return due.record, next(iter((*due.texts.values(), *due.details.values())))


def cancelled(walk: Walk, number: int, reason: str = "Rang them") -> Walk:
    turn = walker.cancel_record(walk.state, number, reason, NOW)
    return walk.went(turn)


PROMISE = """
    fields:
      sum: {type: money, currency: EUR, label: Sum, required: false}
      day: {type: date, label: Day, required: false}
    steps:
      ask:
        ask: [sum, day]
        records:
          - promise: {by: client, what: "Pay {{ sum }}", due: day, amount: sum}
        next: talk
      talk:
        question: Well
        options:
          - id: gift
            label: A gift
            records: [{remedy: {kind: gesture, cause: goodwill, when: sum > 10}}]
            to: end
          - id: thanks
            label: Thanks
            records: [{recognition: {what: Paid at once}}]
            to: end
          - {id: none, label: Nothing, to: end}
      end:
        records: [{contact: {channel: phone, result: reached}}]
        outcome: done
"""


GUIDES = compiled(dedent(PROMISE).strip())


def with_promise(test: Callable[..., None]) -> Callable[..., None]:
    """The test, on the guide with a promise."""
    test.__doc__ = PROMISE
    return test


@with_promise
def test_a_record_is_written_when_its_step_is_left(walk: Start) -> None:
    (promise,) = written(walk().answer(sum="120", day="2026-03-09"))
    assert (promise.record, promise.occurrence, promise.replaces) == ("promise", 1, None)
    assert promise.details == {"by": "client", "due": "2026-03-09", "amount": "120.00", "currency": "EUR"}
    assert promise.texts == {"what": "Pay €120.00"}
    assert promise.source == "small:steps.ask.records.0.promise"


@with_promise
def test_options_and_outcomes_write_theirs_in_the_same_turn(walk: Start) -> None:
    walked = walk().answer(sum="120", day="2026-03-09").answer("gift")
    assert [record.record for record in written(walked)] == ["promise", "remedy", "contact"]
    told = ["answered", "recorded", "step_shown", "recorded", "outcome_reached", "session_ended"]
    assert walked.kinds[-6:] == told


@pytest.mark.parametrize("values", [{"sum": "120"}, {"day": "2026-03-09"}, {"sum": "0", "day": "2026-03-09"}])
def test_without_a_day_or_an_amount_nothing_is_written(values: dict[str, str]) -> None:
    assert written(Walk(GUIDES, "small", {}).answer(**values)) == []


@with_promise
def test_a_condition_decides_whether_it_is_written(walk: Start) -> None:
    walked = walk().answer(sum="5", day="2026-03-09").answer("gift")
    assert [record.record for record in written(walked)] == ["promise", "contact"]


@with_promise
def test_back_and_on_with_the_same_answer_writes_nothing_again(walk: Start) -> None:
    walked = walk().answer(sum="120", day="2026-03-09").answer("gift")
    before = holding(walked)
    again = walked.back("ask")
    assert (holding(again), len(undone(again)), left_behind(again.state)) == ([], 3, {})
    assert holding(again.on(LATER, sum="120", day="2026-03-09").answer("gift")) == before
    assert len(written(again)) == 3


@with_promise
def test_what_was_recorded_is_left_behind_once_the_path_goes_another_way_or_ends(walk: Start) -> None:
    walked = walk().answer(sum="120", day="2026-03-09").answer("gift")
    assert left_behind(walked.state) == {}
    other = walked.back().answer("none")
    assert [each.due.record for each in left_behind(other.state).values()] == ["remedy"]
    assert len(left_behind(walked.back("ask").end().state)) == 3


@with_promise
def test_what_is_due_today_does_not_move_with_another_day(walk: Start) -> None:
    walked = walk().answer(sum="120", day="2026-03-09")
    assert walked.back().on(LATER, sum="120", day="2026-03-09").state.visit.today == NOW.today


@with_promise
def test_another_answer_replaces_the_record(walk: Start) -> None:
    walked = walk().answer(sum="120", day="2026-03-09")
    first = written(walked)[0]
    changed = walked.answer("gift").change("ask", sum="80", day="2026-03-09")
    seq = next(event.seq for event in changed.events if event.body == first)
    assert [record.replaces for record in written(changed) if record.record == "promise"] == [None, seq]
    assert holding(changed) == [("remedy", "goodwill"), ("contact", "phone"), ("promise", "Pay €80.00")]
    assert undone(changed) == []


@with_promise
def test_a_record_that_no_answer_asks_for_is_not_undone(walk: Start) -> None:
    walked = walk().answer(sum="120", day="2026-03-09").answer("gift").change("talk", "none")
    assert undone(walked) == [("remedy", "goodwill")]
    assert "remedy" not in dict(holding(walked))


@with_promise
def test_another_option_with_another_kind_of_record_leaves_the_old_one(walk: Start) -> None:
    walked = walk().answer(sum="120", day="2026-03-09").answer("gift").change("talk", "thanks")
    assert (undone(walked), holding(walked)[-1]) == ([("remedy", "goodwill")], ("recognition", "Paid at once"))


@with_promise
def test_what_is_not_undone_can_be_cancelled_once(walk: Start) -> None:
    walked = walk().answer(sum="120", day="2026-03-09").answer("gift").change("talk", "none")
    (number,) = not_undone(walked.state)
    assert undone(cancelled(walked, number)) == []
    with pytest.raises(NothingToUndoError, match="cannot be cancelled here"):
        cancelled(walked, number)


@with_promise
def test_a_cancelled_record_is_written_anew_when_it_is_agreed_again(walk: Start) -> None:
    walked = walk().answer(sum="120", day="2026-03-09").back()
    (number,) = not_undone(walked.state)
    again = cancelled(walked, number).answer(sum="120", day="2026-03-09")
    assert holding(again) == [("promise", "Pay €120.00")]
    assert written(again)[-1].replaces is None


@with_promise
def test_what_holds_cannot_be_cancelled_and_a_reason_is_needed(walk: Start) -> None:
    walked = walk().answer(sum="120", day="2026-03-09")
    (number,) = standing(walked.state)
    with pytest.raises(NothingToUndoError):
        cancelled(walked, number)
    with pytest.raises(RefusedError, match="Say why"):
        cancelled(walked.back(), number, " ")


@with_promise
def test_the_log_and_the_fold_give_the_same_records(walk: Start) -> None:
    walked = walk().answer(sum="120", day="2026-03-09").answer("gift").change("talk", "thanks").back("ask")
    cancelled(walked, next(iter(not_undone(walked.state))))
    assert walked.replayed.records == walked.restored.records == walked.state.records


def test_another_record_of_its_kind_takes_the_place_of_one_of_the_same_visit(walk: Start) -> None:
    """
    steps:
      talk:
        question: Well
        options:
          - {id: a, label: A, records: [{promise: {by: us, what: Ring, due: today}}], to: end}
          - {id: b, label: B, records: [{promise: {by: us, what: Write, due: today}}], to: end}
      end: {outcome: done}
    """
    walked = walk().answer("a").change("talk", "b")
    assert (holding(walked), undone(walked)) == ([("promise", "Write")], [])


def test_each_record_takes_the_place_of_one_that_is_not_taken_yet(walk: Start) -> None:
    """
    steps:
      talk:
        question: Well
        options:
          - id: a
            label: A
            records: [{recognition: {what: One}}, {recognition: {what: Two}}, {contact: {channel: phone, result: sent}}]
            to: end
          - id: b
            label: B
            records: [{recognition: {what: Three}}, {recognition: {what: Four}}, {recognition: {what: Five}}]
            to: end
      end: {outcome: done}
    """
    walked = walk().answer("a").change("talk", "b")
    assert [(each.texts["what"], each.replaces) for each in written(walked)[3:]] == [
        ("Three", 4),
        ("Four", 5),
        ("Five", None),
    ]
    assert undone(walked) == [("contact", "phone")]


def test_a_skipped_step_writes_nothing(walk: Start) -> None:
    """
    steps:
      read: {say: Read, skippable: true, records: [{recognition: {what: Read}}], next: end}
      end: {outcome: done}
    """
    assert written(walk().skip("No time")) == []
    assert len(written(walk().answer())) == 1


def test_automatic_steps_and_closed_guides_write_theirs(walk: Start) -> None:
    """
    fields: {name: {type: text, label: Name, given: true}}
    steps:
      over: {call: {guide: other, otherwise: then}, records: [{recognition: {what: Called}}]}
      then: {records: [{recognition: {what: "{{ name }} came back"}}], set: {name: "'Bo'"}, next: end}
      end: {outcome: done}
    ---
    guide: other
    steps:
      read: {say: Well, next: end}
      end: {records: [{recognition: {what: Closed}}], outcome: done}
    """
    walked = walk(name="Ann")
    assert [record.texts["what"] for record in written(walked)] == ["Called"]
    assert [record.texts["what"] for record in written(walked.answer())] == ["Called", "Closed", "Bo came back"]


def test_an_anytime_entry_writes_what_its_own_guide_knows(walk: Start) -> None:
    """
    fields: {name: {type: text, label: Name, given: true}, why: {type: text, label: Why}}
    anytime:
      - id: gone
        label: Gone
        set: {why: "'rang off'"}
        records: [{recognition: {what: "{{ name }} {{ why }}"}}]
        outcome: done
    steps:
      over: {call: {guide: other, otherwise: end}}
      end: {outcome: done}
    ---
    guide: other
    steps:
      read: {say: Well, records: [{recognition: {what: Read}}], next: end}
      end: {outcome: done}
    """
    walked = walk(name="Ann").answer("gone")
    assert [record.texts["what"] for record in written(walked)] == ["Ann rang off"]


def test_an_agreement_keeps_the_values_of_its_fields(walk: Start) -> None:
    """
    fields: {limit: {type: integer, label: Limit}, rate: {type: number, label: Rate, required: false}}
    steps:
      ask:
        ask: [limit, rate]
        records:
          - agreement: {id: terms, title: Our terms, values: [limit, rate], state: agreed, review_on: today + days(1)}
          - remedy: {kind: credit, amount: limit * 2, cause: Late}
        next: end
      end: {outcome: done}
    """
    agreement, remedy = written(walk().answer(limit=3))
    assert agreement.values == {"limit": 3, "rate": None}
    assert agreement.details == {"id": "terms", "state": "agreed", "review_on": "2026-03-03"}
    assert remedy.details == {"kind": "credit", "amount": "6"}


def test_what_a_record_cannot_say_is_told(guide: str) -> None:
    """
    guide: small
    title: Small
    outcomes: {done: {label: Done, kind: success}}
    fields: {name: {type: text, label: Name, given: true}, sum: {type: integer, label: Sum}}
    steps:
      ask:
        ask: [sum]
        records:
          - promise: {by: us, what: Pay, due: name, amount: today}
          - agreement: {id: terms, title: "{{ nobody }}", values: [nothing, sum], state: agreed}
        next: end
      end: {outcome: done}
    """
    found = sorted((line, code) for code, line, _ in check_text(guide))
    assert found == [(9, "expression-type"), (9, "expression-type"), (10, "unknown-field"), (10, "unknown-field")]


def test_a_text_of_a_record_may_have_a_gap(guide: str) -> None:
    """
    guide: small
    title: Small
    outcomes: {done: {label: Done, kind: success}}
    fields:
      name: {type: text, label: Name, required: false}
      sum: {type: integer, label: Sum, required: false}
    anytime:
      - {id: out, label: Out, records: [{recognition: {what: "{{ name }}"}}], outcome: done}
    steps:
      ask:
        ask: [name, sum]
        records:
          - recognition: {what: "{{ name }}"}
          - recognition: {what: "{{ sum }}", when: sum > 2}
        question: Well
        options:
          - {id: yes, label: Yes, set: {name: "'Bo'"}, records: [{recognition: {what: "{{ name }}"}}], to: end}
          - {id: no, label: No, records: [{recognition: {what: "{{ name }}"}}], to: end}
      end: {outcome: done}
    """
    assert [(line, code) for code, line, _ in check_text(guide)] == [
        (8, "may-be-missing"),
        (13, "may-be-missing"),
        (18, "may-be-missing"),
    ]


def named(walk: Walk, client: str, **facts: Any) -> Walk:
    """The walk after its client was named."""
    figures = {key.replace("__", "."): value for key, value in facts.items()}
    turn = walker.name_client(walk.state, client, {"client.name": client.title()}, figures, NOW)
    return walk.went(turn)


NAMED = """
    fields:
      who: {type: text, label: Who, from: client.name, required: false}
      broken: {type: integer, fact: promises_broken}
      sum: {type: integer, label: Sum}
    steps:
      ask: {ask: [sum], records: [{recognition: {what: "{{ coalesce(who, 'Nobody') }} paid"}}], next: decide}
      decide: {branch: [{when: broken > 1, to: firm}, {to: gentle}]}
      firm: {say: Well, next: end}
      gentle: {say: "Thank you", next: end}
      end: {records: [{contact: {channel: phone, result: reached}}], outcome: done}
"""


def with_client(test: Callable[..., None]) -> Callable[..., None]:
    """The test, on the guide that knows its client."""
    test.__doc__ = NAMED
    return test


@with_client
def test_naming_the_client_keeps_the_answers_and_takes_the_way_of_the_facts(walk: Start) -> None:
    walked = walk().answer(sum=3).note("Rings back")
    assert (walked.here, named(walked, "acme", promises_broken__client=2).here) == ("gentle", "firm")
    assert walked.values == {"who": "Acme", "broken": 2, "sum": 3}
    assert (walked.state.client, walked.replayed.client, walked.restored.client) == ("acme", "acme", "acme")


@with_client
def test_records_move_to_the_client_who_was_meant(walk: Start) -> None:
    walked = named(walk().answer(sum=3), "acme")
    (said,) = standing(walked.state).values()
    assert (said.client, said.due.texts["what"]) == ("acme", "Acme paid")
    first, copied, changed = walked.state.records.values()
    assert [each.ended for each in (first, copied, changed)] == ["cancelled", "replaced", ""]
    assert (copied.replaces, changed.replaces) == (first.seq, copied.seq)
    assert walked.replayed.records == walked.restored.records == walked.state.records


@with_client
def test_the_same_client_again_moves_nothing(walk: Start) -> None:
    walked = named(named(walk().answer(sum=3), "acme"), "acme", promises_broken__client=0)
    assert [each.ended for each in walked.state.records.values()] == ["cancelled", "replaced", ""]


@with_client
def test_what_was_said_at_the_step_on_the_screen_stays(walk: Start) -> None:
    walked = named(walk().note("Calm"), "acme")
    assert (walked.here, [text for _, text, _ in walked.state.noted]) == ("ask", ["Calm"])


@with_client
def test_an_ended_session_keeps_its_client(walk: Start) -> None:
    with pytest.raises(EndedError):
        named(walk().answer(sum=3).answer(), "acme")
