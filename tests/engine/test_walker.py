"""What a person can ask of a session, and what it leads to."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from engine import walker
from engine.errors import AutomaticLoopError, EndedError, NothingBeforeError, NotOnPathError, RefusedError
from engine.events import Answered, Branched, Called, Changed, OutcomeReached, Returned, SessionEnded, WentBack
from engine.replies import Reply
from engine.walker import Opening
from tests.engine.walks import NOW, Walk, compiled

Start = Callable[..., Walk]


def refused(reply: Callable[[], object]) -> dict[str, str]:
    """The codes of what is refused, by field."""
    with pytest.raises(RefusedError) as caught:
        reply()
    return {name: refusal.code for name, refusal in caught.value.refusals.items()}


def test_start_shows_the_first_step(walk: Start) -> None:
    """
    start: greet
    steps:
      other: {say: Later, outcome: done}
      greet: {say: Hello, next: other}
    """
    started = walk()
    assert started.here == "greet"
    assert started.kinds == ["session_started", "step_shown"]


def test_start_passes_automatic_steps(walk: Start) -> None:
    """
    fields:
      age: {type: integer, label: Age, given: true}
    steps:
      decide:
        branch:
          - {when: age >= 18, to: adult}
          - {to: child}
      adult: {say: Hello, next: end}
      child: {say: Hi, next: end}
      end: {outcome: done}
    """
    started = walk(age=30)
    assert (started.here, started.path) == ("adult", ["decide"])
    assert Branched(1, 1, "adult", {"age": 30}) in [event.body for event in started.events]


def test_start_refuses_given_values_that_are_missing_or_wrong(walk: Start) -> None:
    """
    fields:
      name: {type: text, label: Name, given: true}
      age: {type: integer, label: Age, given: true, min: 0}
      note: {type: text, label: Note}
    steps:
      greet: {say: "Hello {{ name }} {{ age }}", ask: [note], next: end}
      end: {say: "{{ note }}", outcome: done}
    """
    assert refused(lambda: walk(age=-1, note="x")) == {"name": "missing", "age": "too-small", "note": "not-asked"}


def test_what_is_given_or_told_from_outside_is_needed_once() -> None:
    """The client's name as it was given, else as it is known of the client; without either there is no start."""
    guides = compiled(
        "fields:\n  name: {type: text, label: Name, given: true, from: client.name, max_length: 9}\n"
        "steps:\n  greet: {say: 'Hello {{ name }}', outcome: done}"
    )

    def said(known: str, **given: str) -> str:
        opening = Opening(given, sources={"client.name": known})
        content = walker.start(guides, "small", opening, NOW).content
        return content.say.strip() if content else ""

    assert (said("Ann"), said("Ann", name="Bo"), said("", name="Bo")) == ("Hello Ann", "Hello Bo", "Hello Bo")
    assert refused(lambda: said("")) == {"name": "missing"}
    assert refused(lambda: said("Maximiliane")) == {"name": "missing"}


def test_start_takes_facts(walk: Start) -> None:
    """
    fields:
      broken: {type: integer, fact: promises_broken, label: Broken}
    steps:
      greet: {say: "{{ broken }}", outcome: done}
    """
    assert walk(broken=2).screen.content.say.strip() == "2"


def test_start_reads_what_was_typed_in_the_sessions_locale() -> None:
    guides = compiled(
        "fields:\n  sum: {type: money, currency: EUR, label: Sum, given: true}\nsteps:\n  a: {outcome: done}"
    )
    opening = Opening({"sum": "1.234,56"}, locale="de", typed=True)
    assert walker.start(guides, "small", opening, NOW).state.values == {"sum": Decimal("1234.56")}


def test_an_option_leads_to_its_step(walk: Start) -> None:
    """
    steps:
      ask:
        question: Well
        options:
          - {id: "yes", label: Good, to: end}
          - {id: "no", label: Bad, to: again}
      again: {say: Sorry, next: ask}
      end: {outcome: done}
    """
    walked = walk().answer("no")
    assert (walked.here, walked.path) == ("again", ["ask"])


def test_every_wrong_part_of_an_answer_is_told_at_once(walk: Start) -> None:
    """
    fields:
      sum: {type: integer, label: Sum, max: 9}
      name: {type: text, label: Name}
    steps:
      ask:
        checks: [{id: seen, label: Seen, required: true}]
        ask: [sum, name]
        question: Well
        options: [{id: go, label: Go, to: end}]
      end: {say: "{{ sum }} {{ name }}", outcome: done}
    """
    codes = refused(lambda: walk().answer("fly", "heard", sum=10, other=1))
    assert codes == {
        "sum": "too-large",
        "name": "missing",
        "other": "not-asked",
        "option": "not-an-option",
        "check:seen": "missing",
        "check:heard": "not-an-option",
    }


def test_an_answer_is_missing_or_one_too_many(walk: Start) -> None:
    """
    steps:
      ask: {question: Well, options: [{id: go, label: Go, to: read}]}
      read: {say: Read this, next: end}
      end: {outcome: done}
    """
    assert refused(lambda: walk().answer()) == {"option": "missing"}
    assert refused(lambda: walk().answer("go").answer("go")) == {"option": "not-an-option"}


def test_an_option_that_is_not_offered_cannot_be_chosen(walk: Start) -> None:
    """
    fields:
      old: {type: boolean, label: Old, given: true, required: false}
    steps:
      ask:
        question: Well
        options:
          - {id: go, label: Go, to: end}
          - {id: rest, label: Rest, to: end, when: old}
      end: {outcome: done}
    """
    assert refused(lambda: walk().answer("rest")) == {"option": "not-an-option"}
    assert walk(old=True).answer("rest").state.outcome == "done"


def test_values_then_the_options_set_then_the_steps_set_then_the_branch(walk: Start) -> None:
    """
    fields:
      sum: {type: integer, label: Sum}
      twice: {type: integer, label: Twice, value: sum * 2}
      plan: {type: integer, label: Plan}
      total: {type: integer, label: Total}
    steps:
      ask:
        ask: [sum]
        question: Well
        set: {total: plan + 1}
        options: [{id: go, label: Go, to: decide, set: {plan: twice}}]
      decide:
        branch:
          - {when: total == 15, to: end}
          - {to: ask}
      end: {outcome: done}
    """
    walked = walk().answer("go", sum=7)
    assert walked.state.values == {"sum": 7, "twice": 14, "plan": 14, "total": 15}
    assert walked.state.outcome == "done"
    answered = next(event.body for event in walked.events if isinstance(event.body, Answered))
    assert answered.set == {"plan": 14, "total": 15}


def test_a_branch_fires_only_on_true(walk: Start) -> None:
    """
    fields:
      sum: {type: integer, label: Sum, required: false}
    steps:
      ask:
        ask: [sum]
        branch:
          - {when: sum < 5, to: low}
          - {when: not sum < 5, to: high}
          - {to: unknown}
      low: {say: Low, outcome: done}
      high: {say: High, outcome: done}
      unknown: {say: Unknown, outcome: done}
    """
    assert walk().answer(sum=1).here == "low"
    assert walk().answer(sum=7).here == "high"
    assert walk().answer().here == "unknown"


def test_a_blank_optional_answer_clears_its_field_and_an_unasked_one_leaves_it(walk: Start) -> None:
    """
    fields:
      sum: {type: integer, label: Sum, given: true}
      more: {type: integer, label: More, given: true}
    steps:
      ask:
        ask: [{field: sum, required: false}, {field: more, when: sum > 5}]
        next: end
      end: {outcome: done}
    """
    assert walk(sum=1, more=2).answer().state.values == {"sum": None, "more": 2}


def test_an_outcome_ends_the_session(walk: Start) -> None:
    """
    steps:
      read: {say: Read this, next: end}
      end: {say: Goodbye, outcome: done}
    """
    ended = walk().answer()
    assert (ended.state.status, ended.state.outcome, ended.path) == ("ended", "done", ["read", "end"])
    assert [event.body for event in ended.events[-2:]] == [
        OutcomeReached(1, "done", "success"),
        SessionEnded("outcome", ""),
    ]
    with pytest.raises(EndedError, match="has ended"):
        ended.answer()


def test_a_person_can_end_it_before_an_outcome(walk: Start) -> None:
    """
    steps:
      read: {say: Read this, next: end}
      end: {outcome: done}
    """
    ended = walk().end("client hung up")
    assert (ended.state.status, ended.state.outcome, ended.here) == ("ended", None, "read")
    with pytest.raises(EndedError):
        ended.end()


def test_a_call_goes_into_the_guide_and_comes_back_with_what_was_taken(walk: Start) -> None:
    """
    fields:
      name: {type: text, label: Name, given: true}
      got: {type: text, label: Got}
    steps:
      over: {call: {guide: other, with: {who: name}, take: {got: word}, on: {fine: end}, otherwise: bad}}
      bad: {say: Bad, outcome: done}
      end: {say: "{{ got }}", outcome: done}
    ---
    guide: other
    fields:
      who: {type: text, label: Who, given: true}
      word: {type: text, label: Word}
    outcomes: {fine: {label: Fine, kind: success}, poor: {label: Poor, kind: failure}}
    steps:
      listen:
        say: Hello {{ who }}
        ask: [word]
        question: Well
        options: [{id: good, label: Good, to: thanks}, {id: bad, label: Bad, to: sorry}]
      thanks: {say: Thanks, outcome: fine}
      sorry: {outcome: poor}
    """
    called = walk(name="Acme")
    assert (called.here, called.state.values) == ("listen", {"who": "Acme"})
    assert Called(1, "other", "/over.1:other", {"who": "Acme"}) in [event.body for event in called.events]
    back = called.answer("good", word="yes")
    assert back.state.values == {"name": "Acme", "got": "yes"}
    assert Returned(1, "fine", "end", {"got": "yes"}) in [event.body for event in back.events]
    assert walk(name="Acme").answer("bad", word="no").here == "bad"


def test_back_shows_the_answer_again_and_loses_nothing(walk: Start) -> None:
    """
    fields:
      sum: {type: integer, label: Sum}
    steps:
      ask: {ask: [sum], next: read}
      read: {say: "{{ sum }}", next: end}
      end: {outcome: done}
    """
    walked = walk().answer(sum=5).answer().back().back()
    assert (walked.here, walked.path, walked.state.values) == ("ask", [], {})
    assert walked.screen.asks[0].value == 5
    assert walked.answer(sum=5).screen.content.step == "read"
    assert (walked.kinds.count("changed"), walked.kinds.count("reopened")) == (0, 1)


def test_another_answer_after_back_is_a_change(walk: Start) -> None:
    """
    fields:
      sum: {type: integer, label: Sum}
    steps:
      ask: {ask: [sum], next: end}
      end: {outcome: done}
    """
    walked = walk().answer(sum=5).back().answer(sum=6)
    changed = next(event.body for event in walked.events if isinstance(event.body, Changed))
    assert (changed.values, changed.old) == ({"sum": 6}, {"sum": 5})


def test_back_reopens_an_ended_session(walk: Start) -> None:
    """
    steps:
      read: {say: Read this, next: end}
      end: {outcome: done}
    """
    reopened = walk().answer().back()
    assert (reopened.state.status, reopened.here) == ("active", "read")
    assert reopened.kinds[-2:] == ["reopened", "went_back"]


def test_back_to_a_step_takes_its_latest_visit(walk: Start) -> None:
    """
    steps:
      ask: {question: Well, options: [{id: more, label: More, to: read}, {id: stop, label: Stop, to: end}]}
      read: {say: Read this, next: ask}
      end: {outcome: done}
    """
    walked = walk().answer("more").answer().answer("more").answer().back("ask")
    assert (walked.path, walked.state.visit.occurrence) == (["ask", "read"], 2)
    assert walked.events[-1].body == WentBack(3, "", "ask", 2)


def test_back_into_a_called_guide_and_out_again(walk: Start) -> None:
    """
    steps:
      read: {say: Read this, next: over}
      over: {call: {guide: other, otherwise: after}}
      after: {say: After, next: end}
      end: {outcome: done}
    ---
    guide: other
    steps:
      read: {say: Theirs, next: end}
      end: {outcome: done}
    """
    walked = walk().answer().answer()
    assert walked.here == "after"
    assert walked.back().state.visit.frame.guide.id == "other"
    assert walked.back("small/read").path == []


def test_back_on_the_first_step_or_to_one_not_passed_is_refused(walk: Start) -> None:
    """
    steps:
      read: {say: Read this, next: end}
      end: {outcome: done}
    """
    with pytest.raises(NothingBeforeError):
        walk().back()
    with pytest.raises(NotOnPathError, match="'end' is not one of the steps answered"):
        walk().back("end")


TWO_WAYS = """
fields:
  sum: {type: integer, label: Sum}
  name: {type: text, label: Name}
steps:
  ask: {ask: [sum], branch: [{when: sum > 5, to: high}, {to: low}]}
  high: {say: High, next: who}
  low: {say: Low, next: who}
  who: {ask: [name], next: read}
  read: {say: "{{ name }}", next: end}
  end: {outcome: done}
"""


def test_changing_an_earlier_answer_keeps_the_later_ones_that_still_hold() -> None:
    walked = Walk(compiled(TWO_WAYS), "small", {}).answer(sum=7).answer().answer(name="Ann")
    changed = walked.change("ask", sum=8)
    assert (changed.here, changed.path) == ("read", ["ask", "high", "who"])
    body = changed.events[-3].body if isinstance(changed.events[-3].body, Changed) else None
    assert body is not None
    assert (body.old, body.values, body.reason) == ({"sum": 7}, {"sum": 8}, "misheard")


def test_a_change_lands_on_the_first_step_without_an_answer() -> None:
    walked = Walk(compiled(TWO_WAYS), "small", {}).answer(sum=7).answer().answer(name="Ann")
    changed = walked.change("ask", sum=1)
    assert (changed.here, changed.path) == ("low", ["ask"])
    assert changed.answer().screen.asks[0].value == "Ann"


def test_a_change_stops_where_a_later_answer_is_no_longer_valid(walk: Start) -> None:
    """
    fields:
      top: {type: integer, label: Top}
      sum: {type: integer, label: Sum, max: top}
    steps:
      first: {ask: [top], next: second}
      second: {ask: [sum], next: third}
      third: {say: "{{ sum }}", next: end}
      end: {outcome: done}
    """
    walked = walk().answer(top=10).answer(sum=9)
    assert walked.change("first", top=9).here == "third"
    assert walked.change("first", top=8).here == "second"


def test_a_change_is_judged_like_an_answer(walk: Start) -> None:
    """
    fields:
      sum: {type: integer, label: Sum, max: 9}
    steps:
      ask: {ask: [sum], next: read}
      read: {say: "{{ sum }}", next: end}
      end: {outcome: done}
    """
    walked = walk().answer(sum=1)
    assert refused(lambda: walked.change("ask", sum=10)) == {"sum": "too-large"}
    with pytest.raises(NotOnPathError):
        walked.change("read")


def test_an_answer_is_judged_by_the_date_of_its_own_event(walk: Start) -> None:
    """
    fields:
      day: {type: date, label: Day, min: today}
      gap: {type: integer, label: Gap}
    steps:
      ask: {ask: [day], set: {gap: "days_between(today, day)"}, next: read}
      read: {say: "{{ gap }}", next: end}
      end: {outcome: done}
    """
    walked = walk().on(date(2026, 3, 9), day="2026-03-10")
    assert walked.state.values["gap"] == 1
    assert refused(lambda: walk().on(date(2026, 3, 11), day="2026-03-10")) == {"day": "too-early"}


def test_notes_do_not_make_a_page_stale(walk: Start) -> None:
    """
    steps:
      read: {say: Read this, next: end}
      end: {outcome: done}
    """
    noted = walk().note("They sounded tired")
    assert (noted.state.seq, noted.state.moved) == (3, 1)
    assert [text for _, text, _ in noted.answer().state.noted] == ["They sounded tired"]
    assert walk().answer().note("Afterwards").state.status == "ended"


def test_visits_and_answered_look_at_the_path(walk: Start) -> None:
    """
    steps:
      ask:
        question: Well
        options:
          - {id: again, label: Again, to: ask}
          - {id: stop, label: Stop, to: decide}
      decide:
        branch:
          - {when: "visits('ask') >= 3 and answered('ask', 'stop')", to: often}
          - {to: seldom}
      often: {say: Often, outcome: done}
      seldom: {say: Seldom, outcome: done}
    """
    assert walk().answer("again").answer("again").answer("stop").here == "often"
    assert walk().answer("again").answer("again").back().back().answer("stop").here == "seldom"


def test_the_same_reply_from_the_same_page_repeats_what_was_done(walk: Start) -> None:
    """
    fields:
      sum: {type: integer, label: Sum}
    steps:
      ask: {ask: [sum], next: read}
      read: {say: "{{ sum }}", next: end}
      end: {outcome: done}
    """
    walked = walk()
    shown = walked.state.seq
    after = walked.answer(sum=5).state
    assert walker.repeats(after, shown, Reply(values={"sum": 5}))
    assert not walker.repeats(after, shown, Reply(values={"sum": 6}))
    assert not walker.repeats(after, shown, Reply(values={"sum": "five"}))
    assert not walker.repeats(after, after.seq, Reply())


def test_more_than_a_hundred_automatic_steps_are_too_many() -> None:
    steps = "".join(f"  s{number}: {{next: s{number + 1}}}\n" for number in range(102))
    guides = compiled(f"steps:\n{steps}  s102: {{say: Hello, next: end}}\n  end: {{outcome: done}}\n")
    with pytest.raises(AutomaticLoopError, match="'s100'"):
        Walk(guides, "small", {})


def test_a_session_that_a_person_ended_opens_again_where_it_stood(walk: Start) -> None:
    """
    steps:
      ask: {say: Hello, next: on}
      on: {say: On, next: end}
      end: {outcome: done}
    """
    first = walk().end().back()
    assert (first.here, first.state.status, first.kinds[-1]) == ("ask", "active", "reopened")
    later = walk().answer().end()
    assert (later.back().here, later.end().back("ask").here) == ("on", "ask")
    assert later.replayed.visit.key == later.restored.visit.key == later.state.visit.key
