"""Answers offered at every step, detours that come back, steps that are skipped, guides that are switched to."""

from datetime import date

import pytest

from engine import walker
from engine.casenote import File, casenote
from engine.errors import EndedError, RefusedError, TooManyVisitsError
from engine.events import Called, Overridden, Returned
from engine.replies import Reply
from engine.summary import summarise
from tests.engine.walks import NOW, Walk, compiled

OWN = """
outcomes: {done: {label: Done, kind: success}, lost: {label: Lost, kind: abandoned}}
fields:
  sum: {type: integer, label: Sum}
  angry: {type: boolean, label: Angry}
  mood: {type: text, label: Mood}
anytime:
  - {id: hung-up, label: Hangs up, outcome: lost}
  - {id: shouts, label: Shouts, to: calm, set: {angry: "true"}}
  - id: price
    label: Asks the price
    call: {guide: price, with: {about: sum}, take: {mood: mood}}
    set: {angry: "false"}
  - {id: thanks, label: Says thanks, to: calm, when: angry}
steps:
  ask: {ask: [sum], next: on}
  on: {call: {guide: inner, otherwise: end}}
  calm: {say: "Calm {{ angry }} {{ mood }}", next: end}
  end: {outcome: done}
"""
PRICE = """
guide: price
title: Price
outcomes: {told: {label: Told, kind: success}}
fields:
  about: {type: integer, label: About, given: true, required: false}
  mood: {type: text, label: Mood}
steps:
  tell: {say: "It is {{ about }}", ask: [mood], next: told}
  told: {say: So much, outcome: told}
"""
INNER = """
guide: inner
title: Inner
outcomes: {done: {label: Done, kind: success}}
anytime:
  - {id: shouts, label: Shouts in here, to: deep}
steps:
  first: {say: First, next: deep}
  deep: {say: Deep, next: end}
  end: {outcome: done}
"""


@pytest.fixture
def walk() -> Walk:
    return Walk(compiled(OWN, PRICE, INNER), "small", {})


def same(walk: Walk) -> Walk:
    """The walk, after its log and its stored fold were seen to lead to the same place."""
    assert walk.replayed.visit.key == walk.restored.visit.key == walk.state.visit.key
    assert walk.replayed.values == walk.restored.values == walk.state.values
    return walk


def test_anytime_answers_are_offered_where_they_hold(walk: Walk) -> None:
    assert [option.id for option in walk.screen.anytime] == ["hung-up", "shouts", "price"]
    assert [option.id for option in walk.answer("shouts").screen.anytime] == ["hung-up", "shouts", "price", "thanks"]


def test_an_anytime_answer_leaves_the_step_without_its_fields(walk: Walk) -> None:
    same(walk.answer("shouts", "no-check", sum="nonsense"))
    assert (walk.here, walk.path, walk.values) == ("calm", ["ask"], {"angry": True})


def test_an_anytime_outcome_ends_the_session(walk: Walk) -> None:
    same(walk.answer("hung-up"))
    assert (walk.state.status, walk.state.outcome, walk.path) == ("ended", "lost", ["ask", "hung-up"])
    assert walk.kinds[-4:] == ["answered", "step_shown", "outcome_reached", "session_ended"]
    assert same(walk.back()).here == "ask"


def test_a_detour_comes_back_to_the_step_it_left(walk: Walk) -> None:
    same(walk.answer("price"))
    assert (walk.here, walk.screen.content.say) == ("tell", "It is [about]")
    same(walk.answer(mood="glad"))
    assert (walk.here, walk.values) == ("ask", {"angry": False, "mood": "glad"})
    assert [content.say for content in walk.screen.before] == ["So much"]
    assert Returned(1, "told", "ask", {"mood": "glad"}) in [event.body for event in walk.events]
    assert same(walk.answer(sum=3)).here == "first"


def test_a_called_guide_offers_what_its_callers_do_its_own_first(walk: Walk) -> None:
    walk.answer(sum=3)
    assert [option.label for option in walk.screen.anytime] == ["Shouts in here", "Hangs up", "Asks the price"]
    assert same(walk.answer("shouts")).here == "deep"


def test_a_guide_that_is_open_is_not_offered_again(walk: Walk) -> None:
    walk.answer(sum=3).answer("price")
    assert [option.id for option in walk.screen.anytime] == ["shouts", "hung-up"]
    with pytest.raises(RefusedError):
        walk.answer("price")
    assert [option.id for option in walk.answer(mood="glad").screen.anytime] == ["shouts", "hung-up", "price"]


def test_a_callers_detour_comes_back_into_the_called_guide(walk: Walk) -> None:
    same(walk.answer(sum=3).answer("price"))
    assert walk.screen.content.say == "It is 3"
    same(walk.answer(mood="glad"))
    assert (walk.here, walk.state.visit.frame.guide.id) == ("first", "inner")
    same(walk.answer().answer())
    assert (walk.state.outcome, walk.values) == ("done", {"sum": 3, "angry": False, "mood": "glad"})


def test_a_detour_two_calls_down_gives_to_the_guide_that_offers_it() -> None:
    over = INNER.replace("guide: inner", "guide: over").replace(
        "deep: {say: Deep, next: end}", "deep: {call: {guide: inner, otherwise: end}}"
    )
    walk = Walk(compiled(OWN.replace("guide: inner", "guide: over"), PRICE, over, INNER), "small", {})
    same(walk.answer(sum=3).answer().answer("price"))
    same(walk.answer(mood="glad"))
    assert (walk.here, walk.state.visit.frame.id) == ("first", "/on.1:over/deep.1:inner")
    same(walk.answer().answer())
    assert (walk.state.outcome, walk.values) == ("done", {"sum": 3, "angry": False, "mood": "glad"})


def test_a_detour_may_neither_set_nor_take() -> None:
    text = OWN.replace(', take: {mood: mood}}\n    set: {angry: "false"}', "}").replace(" {{ mood }}", "")
    walk = Walk(compiled(text, PRICE, INNER), "small", {}).answer("price").answer(mood="glad")
    assert (same(walk).here, walk.values) == ("ask", {})


def test_a_callers_answer_leaves_the_called_guide() -> None:
    inner = INNER.replace("id: shouts", "id: cries")
    walk = Walk(compiled(OWN, PRICE, inner), "small", {}).answer(sum=3).answer("shouts")
    assert (same(walk).state.visit.key, walk.values) == (("", "calm", 1), {"sum": 3, "angry": True})


def test_a_callers_outcome_ends_the_session(walk: Walk) -> None:
    assert same(walk.answer(sum=3).answer("hung-up")).state.outcome == "lost"


def test_a_lock_on_an_anytime_answer_is_judged_where_it_is_offered() -> None:
    text = OWN.replace("outcome: lost}", "outcome: lost, allow: sum > 5, because: Try once more, override: reason}")
    walk = Walk(compiled(text, PRICE, INNER), "small", {}).answer(sum=3)
    assert [option.because for option in walk.screen.anytime if not option.allowed] == ["Try once more"]
    with pytest.raises(RefusedError, match=r"Try once more\. Give a reason"):
        walker.answer(walk.state, Reply("hung-up"), NOW)
    turn = walker.answer(walk.state, Reply("hung-up", reasons={"hung-up": "Gone"}), NOW)
    assert turn.state.outcome == "lost"
    assert Overridden(1, "hung-up", "Gone", "") in [event.body for event in turn.events]


def test_an_anytime_answer_passes_no_check_of_the_step_it_leaves() -> None:
    text = OWN.replace("ask: [sum], next", "ask: [sum], checks: [{id: seen, label: Seen, required: true}], next")
    walk = Walk(compiled(text, PRICE, INNER), "small", {}).answer("hung-up")
    assert "overridden" not in walk.kinds


def test_a_switch_goes_on_in_the_other_guide_and_ends_there() -> None:
    first = "fields: {sum: {type: integer, label: Sum, given: true}}\nsteps:\n"
    first += "  a: {switch_to: {guide: price, with: {about: sum}}}"
    walk = Walk(compiled(first, PRICE), "small", {"sum": 4})
    assert (same(walk).here, walk.screen.content.say, walk.path) == ("tell", "It is 4", ["a"])
    assert Called(1, "price", "/a.1:price", {"about": 4}) in [event.body for event in walk.events]
    same(walk.answer(mood="glad"))
    assert (walk.state.outcome, walk.path) == ("told", ["a", "tell", "told"])
    assert walk.state.reached == walk.guides["price"].outcomes["told"]
    assert "(told)" in casenote(walk.state, walk.events, File("abc", "T-77", "Kim Lee")).plain
    assert "We found a way forward." in summarise(walk.state, walk.events, "Kim Lee").plain


def test_a_called_guide_that_switches_returns_to_its_caller() -> None:
    outer = "steps:\n  over: {call: {guide: inner, otherwise: home}}\n  home: {say: Home, next: end}\n"
    outer += "  end: {outcome: done}"
    inner = INNER.replace("deep: {say: Deep, next: end}", "deep: {switch_to: {guide: price}}")
    walk = Walk(compiled(outer, inner, PRICE), "small", {}).answer()
    assert (same(walk).here, walk.state.visit.frame.id) == ("tell", "/over.1:inner/deep.1:price")
    assert same(walk.answer(mood="glad")).here == "home"


def test_a_step_is_skipped_for_a_reason() -> None:
    text = "fields: {sum: {type: integer, label: Sum}}\nsteps:\n  ask: {ask: [sum], skippable: true, next: read}"
    skipping = Walk(compiled(text + "\n  read: {say: Read, next: end}\n  end: {outcome: done}"), "small", {})
    assert skipping.screen.skippable
    with pytest.raises(RefusedError, match="Give a reason"):
        skipping.skip(" ")
    skipping.skip("They do not know")
    assert (same(skipping).here, skipping.values, skipping.path) == ("read", {}, ["ask"])
    with pytest.raises(RefusedError, match="cannot be skipped"):
        skipping.skip("Busy")


def test_a_skip_is_kept_when_an_earlier_answer_changes() -> None:
    text = """
fields: {sum: {type: integer, label: Sum}, more: {type: integer, label: More}}
steps:
  ask: {ask: [sum], next: skip-me}
  skip-me: {ask: [more], skippable: read, next: end}
  read: {say: Read, next: end}
  end: {outcome: done}
"""
    walk = Walk(compiled(text), "small", {}).answer(sum=1).skip("Busy").change("ask", sum=2)
    assert (same(walk).here, walk.path) == ("read", ["ask", "skip-me"])


def test_a_session_that_has_ended_skips_nothing(walk: Walk) -> None:
    with pytest.raises(EndedError):
        walk.answer("hung-up").skip("Busy")


def test_a_change_stops_where_a_step_was_shown_too_often() -> None:
    text = """
fields: {times: {type: integer, label: Times}}
steps:
  first: {ask: [times], next: ring}
  ring: {max_visits: 2, say: Ring, branch: [{when: visits('ring') < times, to: ring}, {to: end}]}
  end: {outcome: done}
"""
    walk = Walk(compiled(text), "small", {}).answer(times=2).answer().answer()
    assert walk.state.outcome == "done"
    walk.change("first", times=3)
    assert same(walk).state.visit.key == ("", "ring", 2)


def test_a_step_is_shown_so_often_and_no_more() -> None:
    text = """
steps:
  ask:
    max_visits: 2
    options:
      - {id: again, label: Again, to: ask}
      - {id: end, label: End, to: end}
  end: {outcome: done}
"""
    walk = Walk(compiled(text), "small", {}).answer("again")
    with pytest.raises(TooManyVisitsError, match="'ask' was shown 2 times already"):
        walk.answer("again")
    assert walk.answer("end").state.outcome == "done"


def test_an_option_of_the_step_takes_the_place_of_the_anytime_one() -> None:
    text = """
anytime: [{id: help, label: Wants help, to: helped}, {id: gone, label: Hung up, to: end}]
steps:
  ask:
    options: [{id: help, label: Wants help with this, to: end}, {id: wait, label: Waits, to: talk}]
  talk: {say: Wait, next: end}
  helped: {say: Help, next: end}
  end: {outcome: done}
"""
    walk = Walk(compiled(text), "small", {})
    assert [option.id for option in walk.screen.anytime] == ["gone"]
    assert [option.id for option in walk.answer("wait").screen.anytime] == ["help", "gone"]
    assert Walk(compiled(text), "small", {}).answer("help").here == "end"


TIMES = """
fields:
  day: {type: date, label: Day}
  often: {type: integer, label: Often}
anytime:
  - id: when-open
    label: When
    set: {day: today, often: "visits('ask')"}
    call: {guide: hours, with: {day: today, often: "visits('ask')", shown: day}, take: {day: later}}
  - {id: again, label: Again, to: ask}
steps:
  ask: {say: Well, next: over}
  over: {call: {guide: inner, otherwise: end}}
  end: {say: "{{ answered('ask', 'x') }}", outcome: done}
"""
HOURS = """
guide: hours
title: Hours
outcomes: {told: {label: Told, kind: success}}
fields:
  day: {type: date, label: Day, given: true}
  shown: {type: date, label: Shown, given: true}
  often: {type: integer, label: Often, given: true}
  later: {type: date, label: Later, value: today + days(often)}
steps:
  tell: {say: So, next: told}
  told: {outcome: told}
"""


def on(walk: Walk, day: date, option: str | None = None) -> Walk:
    """The walk after an answer on another day."""
    return walk.went(walker.answer(walk.state, Reply(option), NOW._replace(today=day)))


def test_what_an_anytime_entry_says_is_worked_out_on_the_day_it_is_taken() -> None:
    walk = Walk(compiled(TIMES.replace("{{ answered('ask', 'x') }}", "So"), HOURS, INNER), "small", {}).answer("again")
    first, second = date(2026, 4, 1), date(2026, 4, 2)
    same(on(walk, first, "when-open"))
    assert walk.values == {"day": first, "shown": first, "often": 2, "later": date(2026, 4, 3)}
    same(on(walk, second))
    assert walk.values == {"day": date(2026, 4, 4), "often": 2}


def test_an_anytime_entry_is_the_answer_of_a_step_of_its_own_guide_alone() -> None:
    """A step of the called guide has the id of one of its caller's."""
    end = """say: "{{ answered('first', 'out') }} {{ answered('first', 'go') }}", outcome: done}"""
    outer = f"""\
anytime: [{{id: out, label: Out, to: end}}]
steps:
  first: {{question: Well, options: [{{id: go, label: Go, to: over}}]}}
  over: {{call: {{guide: inner, otherwise: end}}}}
  end: {{{end}"""
    left = Walk(compiled(outer, INNER), "small", {}).answer("out")
    assert left.screen.content.say == "Yes No"
    called = Walk(compiled(outer, INNER), "small", {}).answer("go").answer("out")
    assert (called.path[-1], called.screen.content.say) == ("end", "No Yes")
