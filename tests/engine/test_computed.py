"""Computed fields are what they are at the step on the screen, by the day that led there (FORMAT §2.1, §4)."""

from datetime import UTC, date, datetime

from engine import walker
from engine.events import Moment, Recorded
from engine.replies import Reply
from engine.screen import build
from engine.visits import Guides
from engine.walker import Opening

MONDAY = Moment(datetime(2026, 3, 2, 9, tzinfo=UTC), "ann", date(2026, 3, 2))
LATER = Moment(datetime(2026, 3, 4, 9, tzinfo=UTC), "ann", date(2026, 3, 4))


def test_a_skip_on_another_day_works_out_the_days_anew(guides: Guides) -> None:
    """
    guide: age
    title: How old it is
    start: ask
    fields:
      day: {type: date, label: Day}
      age: {type: integer, label: Age, value: "days_between(day, today)"}
    steps:
      ask: {ask: [day], next: talk}
      talk: {say: "It is {{ age }} days old.", skippable: true, next: more}
      more: {say: "Still {{ age }} days old.", next: done}
      done: {outcome: done}
    outcomes:
      done: {label: Done, kind: success}
    """
    state = walker.start(guides, "age", Opening({}), MONDAY).state
    asked = walker.answer(state, Reply(values={"day": "2026-02-28"}), MONDAY).state
    assert build(asked).content.say == "It is 2 days old."
    assert build(walker.skip(asked, "no time", LATER).state).content.say == "Still 4 days old."


def test_an_anytime_answer_on_another_day_writes_the_days_of_that_day(guides: Guides) -> None:
    """
    guide: age
    title: How old it is
    start: ask
    fields:
      day: {type: date, label: Day}
      age: {type: integer, label: Age, value: "days_between(day, today)"}
    anytime:
      - {id: gone, label: Gone, outcome: done, records: [{recognition: {what: "{{ age }} days"}}]}
    steps:
      ask: {ask: [day], next: talk}
      talk: {say: "It is {{ age }} days old.", next: done}
      done: {outcome: done}
    outcomes:
      done: {label: Done, kind: success}
    """
    state = walker.start(guides, "age", Opening({}), MONDAY).state
    asked = walker.answer(state, Reply(values={"day": "2026-02-28"}), MONDAY).state
    events = walker.answer(asked, Reply("gone"), LATER).events
    assert [event.body.texts["what"] for event in events if isinstance(event.body, Recorded)] == ["4 days"]


def test_a_computed_count_of_visits_counts_the_one_under_way(guides: Guides) -> None:
    """
    guide: age
    title: Again and again
    start: talk
    fields:
      times: {type: integer, label: Times, value: "visits('talk')"}
    steps:
      talk:
        say: "This is time {{ times }}."
        options:
          - {id: again, label: Again, to: talk}
          - {id: enough, label: Enough, to: done}
      done: {outcome: done}
    outcomes:
      done: {label: Done, kind: success}
    """
    state = walker.start(guides, "age", Opening({}), MONDAY).state
    again = walker.answer(state, Reply("again"), MONDAY).state
    assert [build(each).content.say for each in (state, again)] == ["This is time 1.", "This is time 2."]
