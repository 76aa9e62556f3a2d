"""Which ways of a guide a walk took."""

from engine import walker
from engine.coverage import Coverage, Ground, Way, measured, taken, ways_of
from engine.graph import GuideGraph
from engine.replies import Reply
from tests.engine.walks import NOW, Walk, compiled

GUIDE = """\
outcomes: {done: {label: Done, kind: success}, gone: {label: Gone, kind: abandoned}}
fields: {n: {type: integer, label: N}}
anytime:
  - {id: hung-up, label: Hangs up, outcome: gone}
  - {id: aside, label: Something else, call: {guide: other}}
steps:
  ask: {ask: [n], skippable: true, branch: [{when: n > 3, to: talk}, {to: over}]}
  talk: {question: Well, options: [{id: go, label: Go, to: read}, {id: call, label: Call, to: over}]}
  read: {say: Hello, next: end}
  over: {call: {guide: other, on: {fine: end}, otherwise: talk}}
  leave: {say: Off, switch_to: {guide: third}}
  end: {outcome: done}
"""
OTHER = """\
guide: other
outcomes: {fine: {label: Fine, kind: success}, odd: {label: Odd, kind: failure}}
steps:
  q: {question: Fine, options: [{id: 'y', label: Yes, to: a}, {id: 'n', label: No, to: b}]}
  a: {outcome: fine}
  b: {outcome: odd}
"""
THIRD = """\
guide: third
steps:
  on: {say: Hello, next: end}
  end: {outcome: done}
"""
GUIDES = compiled(GUIDE.replace("skippable: true", "skippable: talk"), OTHER, THIRD)
GRAPH = GuideGraph(GUIDES["small"], GUIDES)


def walk() -> Walk:
    return Walk(GUIDES, "small", {})


def names(ground: Ground) -> set[str]:
    """The ways taken, as people read them."""
    return set(map(str, ground.ways))


def test_the_ways_of_a_guide_are_all_that_can_be_taken() -> None:
    assert list(map(str, ways_of(GRAPH))) == [
        *("ask: case-1", "ask: case-2", "ask: skip", "talk: go", "talk: call", "read: next"),
        *("over: on-fine", "over: otherwise", "leave: switch", "anytime: hung-up", "anytime: aside"),
    ]


def test_an_otherwise_that_no_outcome_needs_is_no_way() -> None:
    """steps: {over: {call: {guide: other, on: {fine: end, odd: end}, otherwise: end}}}"""
    call = "call: {guide: other, on: {fine: end, odd: end}, otherwise: end}"
    guides = compiled(f"steps: {{over: {{{call}}}, end: {{outcome: done}}}}", OTHER)
    assert [way.name for way in ways_of(GuideGraph(guides["small"], guides))] == ["on-fine", "on-odd"]


def test_answers_branches_and_returns_are_ways_taken() -> None:
    done = walk().answer(n=5).answer("call").answer("y")
    assert names(taken(done.state.visit)) == {"ask: case-1", "talk: call", "q: y", "over: on-fine"}
    assert ("other", "q") in taken(done.state.visit).steps


def test_other_outcomes_return_by_otherwise() -> None:
    assert "over: otherwise" in names(taken(walk().answer(n=1).answer("n").state.visit))


def test_a_skip_is_a_way() -> None:
    assert names(taken(walk().skip("busy").state.visit)) == {"ask: skip"}


def test_an_anytime_entry_is_a_way_of_the_guide_that_offers_it() -> None:
    inside = walk().answer(n=1)
    ended = taken(inside.answer("hung-up").state.visit)
    assert Way("small", "", "hung-up") in ended.ways
    assert all(guide != "" and step in GUIDES[guide].steps for guide, step in ended.steps)


def test_a_detour_is_a_way_when_it_is_taken_and_not_when_it_returns() -> None:
    assert names(taken(walk().answer("aside").answer("y").state.visit)) == {"anytime: aside", "q: y"}


def test_a_guide_opened_by_hand_is_no_way() -> None:
    opened = walker.open_guide(walk().state, GUIDES, "third", Reply(), NOW)
    assert names(taken(opened.state.visit)) == set()


def test_a_switch_is_a_way() -> None:
    """steps: {leave: {say: Off, switch_to: {guide: third}}}"""
    guides = compiled("steps: {leave: {say: Off, switch_to: {guide: third}}}", THIRD)
    assert names(taken(Walk(guides, "small", {}).answer().state.visit)) == {"leave: switch"}


def test_what_was_taken_since_a_visit() -> None:
    first = walk().answer(n=5)
    after = first.state.visit.key
    assert names(taken(first.answer("go").answer().state.visit, after)) == {"talk: go", "read: next"}


def test_how_much_is_covered_and_what_is_left() -> None:
    ground = taken(walk().answer(n=5).answer("go").state.visit) | Ground()
    coverage = measured(GRAPH, ground)
    assert (coverage.steps, coverage.edges) == (0.5, 0.1818)
    assert coverage.steps_left == ("over", "leave", "end")
    assert str(coverage.ways_left[0]) == "ask: case-2"


def test_a_guide_without_ways_is_covered_once_it_is_seen() -> None:
    """steps: {end: {say: Hello, outcome: done}}"""
    guides = compiled("steps: {end: {say: Hello, outcome: done}}")
    ground = taken(Walk(guides, "small", {}).state.visit)
    assert measured(GuideGraph(guides["small"], guides), ground) == Coverage(1.0, 1.0, (), ())
