"""Walkthroughs played forwards, and with Back after every step."""

from collections.abc import Mapping

from engine.coverage import Ground
from engine.model import Guide, Walkthrough
from engine.rehearsal import Rehearsed, differences, rehearse
from tests.engine.walks import Walk, compiled

GUIDE = """\
fields: {name: {type: text, label: Name, given: true}, n: {type: integer, label: N, max: 9}}
anytime: [{id: aside, label: Aside, call: {guide: other}}]
steps:
  ask: {ask: [n], question: Well, options: [{id: go, label: Go, to: read}, {id: again, label: Again, to: ask}]}
  read: {say: Hello, skippable: true, next: over}
  over: {call: {guide: other, otherwise: end}}
  end: {outcome: done}
"""
OTHER = """\
guide: other
steps:
  look: {checks: [{id: seen, label: Seen, required: true, override: approval}], next: end}
  end: {outcome: done}
"""
GIVEN = {"given": {"name": "Ann"}}
GO = {"ask": {"option": "go", "values": {"n": 3}}}
LOOK = {"look": {"reasons": {"seen": "No time"}}}


def rehearsed(script: Mapping[str, object], guides: Mapping[str, Guide] | None = None) -> Rehearsed:
    """The guide with one walkthrough, rehearsed."""
    guides = guides or compiled(GUIDE, OTHER)
    guide = guides["small"]
    object.__setattr__(guide, "walkthroughs", (Walkthrough("W", {**GIVEN, **script}, ("walkthroughs", 0)),))
    (done,) = rehearse(guide, guides)
    return done


def test_every_kind_of_move_goes_the_same_way_with_back() -> None:
    answers = [
        {"ask": {"option": "again", "values": {"n": 1}}},
        GO,
        {"back": "true"},
        GO,
        {"read": "aside"},
        LOOK,
        {"change": {"ask": {"option": "go", "values": {"n": 4}}}},
        {"read": {"skip": "Known"}},
        LOOK,
    ]
    done = rehearsed({"answers": answers, "ends": "done", "expect": {"n": 4}})
    assert done.wrong == ()
    assert {"ask: again", "anytime: aside", "read: skip", "over: otherwise"} <= set(map(str, done.ground.ways))


def test_what_was_taken_before_back_counts_as_taken() -> None:
    done = rehearsed({"answers": [GO, {"back": "true"}, {"ask": {"option": "again", "values": {"n": 1}}}]})
    assert {str(way) for way in done.ground.ways} == {"ask: go", "ask: again"}


def test_what_goes_otherwise_forwards_is_told_once() -> None:
    done = rehearsed({"answers": [GO], "ends": "done"})
    assert done.wrong == ((("ends",), "it stops at the step 'read', not with 'done'"),)


def test_a_refused_answer_ends_the_rehearsal_there() -> None:
    done = rehearsed({"answers": [{"ask": {"option": "go", "values": {"n": 30}}}, GO], "refuses": {"n": "too-large"}})
    assert [where for where, _ in done.wrong] == [("answers", 0)]
    assert done.ground.ways == frozenset()


def test_a_start_that_is_refused_takes_nothing() -> None:
    done = rehearsed({"given": {}, "refuses": {"name": "missing"}})
    assert (done.wrong, done.ground) == ((), Ground())


def test_an_unreadable_walkthrough_is_wrong() -> None:
    done = rehearsed({"answers": "ask"})
    assert [where for where, _ in done.wrong] == [("answers",)]


def test_sessions_that_stand_elsewhere_differ() -> None:
    guides = compiled(GUIDE, OTHER)
    one = Walk(guides, "small", {"name": "Ann"}).answer("go", n=3)
    other = Walk(guides, "small", {"name": "Ann"}).answer("again", n=4)
    assert differences(one.state, one.state) == ""
    assert differences(one.state, other.state) == "'n' is 4, not 3; the step is ask, not read"


def test_a_difference_with_back_is_a_failure_where_it_stands() -> None:
    """steps: {ask: … options: go}, and a guide that is another one each time it is asked for a way."""
    guides = compiled(GUIDE, OTHER)
    done = rehearsed({"answers": [GO, {"read": {}}, LOOK]}, _Fickle(guides))
    ((where, message),) = done.wrong
    assert where == ("answers", 1)
    assert message.startswith("with Back after every step, here the step is end, not look")


class _Fickle(dict[str, Guide]):
    """Guides of which `other` leads straight to its end from the third time on that it is entered."""

    def __init__(self, guides: Mapping[str, Guide]) -> None:
        super().__init__(guides)
        self.times = 0
        self.short = compiled("guide: other\nsteps: {look: {next: end}, end: {outcome: done}}")["other"]

    def __getitem__(self, id: str) -> Guide:
        self.times += id == "other"
        return self.short if self.times > 2 and id == "other" else super().__getitem__(id)
