"""The path: visits one linked to the one before."""

from collections.abc import Callable

from engine.visits import Answer, Tally, backwards
from tests.engine.walks import TODAY, Walk

Start = Callable[..., Walk]


def test_a_tally_keeps_every_entry_however_many_there_are() -> None:
    tally = Tally({}, {})
    for number in range(200):
        tally = tally.visiting(f"s{number % 150}")
    assert [tally.of(f"s{number}")[0] for number in (0, 49, 50, 149)] == [2, 2, 1, 1]
    assert tally.of("never") == (0, None)


def test_answers_are_the_same_if_they_say_the_same() -> None:
    one = Answer("go", {"sum": 5}, {"sum": "5"}, ("a", "b"), TODAY, 3)
    assert one.same_as(one._replace(checks=("b", "a"), typed={}, seq=9))
    assert not one.same_as(one._replace(values={"sum": 6}))
    assert not one.same_as(None)


def test_each_visit_is_its_own_occurrence(walk: Start) -> None:
    """
    steps:
      ask: {question: Well, options: [{id: again, label: Again, to: ask}, {id: go, label: Go, to: end}]}
      end: {outcome: done}
    """
    visits = list(backwards(walk().answer("again").answer("again").state.visit))
    assert [visit.key for visit in visits] == [("", "ask", 3), ("", "ask", 2), ("", "ask", 1)]
    assert [visit.answer.option if visit.answer else None for visit in visits] == [None, "again", "again"]


def test_frames_are_named_by_the_calls_that_led_there(walk: Start) -> None:
    """
    steps:
      over: {call: {guide: middle, otherwise: end}}
      end: {outcome: done}
    ---
    guide: middle
    steps:
      on: {call: {guide: inner, otherwise: end}}
      end: {outcome: done}
    ---
    guide: inner
    steps:
      read: {say: Deep, next: end}
      end: {outcome: done}
    """
    walked = walk()
    assert walked.state.visit.key == ("/over.1:middle/on.1:inner", "read", 1)
    assert walked.answer().state.outcome == "done"


def test_computed_fields_follow_what_they_are_made_of(walk: Start) -> None:
    """
    fields:
      sum: {type: integer, label: Sum, given: true}
      third: {type: integer, label: Third, value: second + 1}
      second: {type: integer, label: Second, value: sum + 1}
    steps:
      ask: {say: "{{ third }}", ask: [sum], next: read}
      read: {say: "{{ third }}", next: end}
      end: {outcome: done}
    """
    walked = walk(sum=1)
    assert walked.screen.content.say == "3"
    assert walked.answer(sum=10).screen.content.say == "12"
