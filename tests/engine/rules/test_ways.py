"""Ways through guides that call each other, against every state of walking them, one by one."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.claims import Selector
from engine.graph import GuideGraph
from engine.model import Anytime, Branch, Call, Case, Ending, Guide, Next, Option, Options, Outcome, Step, Switch
from engine.rules.lengths import longest
from engine.rules.ways import Search, Selection, Spot, Through, Way, Ways

STEPS, OUTCOMES, DEEPEST = 3, ("x", "y"), 3
Guides = Mapping[str, Guide]


class Frame(NamedTuple):
    """Where the walk of one guide stands; one begun as a `detour` goes back to the step that it left."""

    spot: Spot
    detour: bool = False


Stack = tuple[Frame, ...]
names = st.sampled_from([f"s{number}" for number in range(STEPS)])
outcomes = st.sampled_from(OUTCOMES)


def exits(number: int, following: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    """Any exit of a step of guide g0, g1 or g2; only later guides are called or switched to."""
    found: list[st.SearchStrategy[Any]] = [
        st.builds(Ending, outcomes),
        st.builds(lambda to: Next(to, ()), following),
        st.builds(
            lambda ids: Options(tuple(_option(each, each) for each in ids)), st.sets(following, min_size=1, max_size=2)
        ),
    ]
    if number < 2:
        later = st.sampled_from([f"g{other}" for other in range(number + 1, 3)])
        found.append(
            st.builds(lambda guide, x, y: Call(guide, (), on={"x": x}, otherwise=y), later, following, following)
        )
        found.append(st.builds(lambda guide: Switch(guide, ()), later))
    return st.one_of(found)


@st.composite
def guides(draw: Any, *, forwards: bool = False) -> Guides:
    """Three small guides, some of whose steps are automatic; `forwards`, without loops and answers at any time."""
    found = {}
    for number in range(3):
        steps = {}
        for at in range(STEPS):
            later = [f"s{other}" for other in range(at + 1, STEPS)]
            following = st.sampled_from(later) if forwards and later else names
            exit = draw(exits(number, following) if later or not forwards else st.builds(Ending, outcomes))
            tags = draw(st.sampled_from([(), (), ("t",), ("u",)]))
            steps[f"s{at}"] = Step(f"s{at}", (), exit, tags=tags, has_content=draw(st.booleans()))
        several = st.lists(entry(number), max_size=2, unique_by=lambda each: each.option.id)
        entries = () if forwards else tuple(draw(several))
        id = f"g{number}"
        ends = {each: Outcome(each, each, "success") for each in OUTCOMES}
        found[id] = Guide(id, id, "s0", steps, ends, {}, anytime=entries)
    return found


def entry(number: int) -> st.SearchStrategy[Anytime]:
    """An entry that is offered at every step of a guide."""
    ids = st.sampled_from(["a", "b"])
    closing = st.builds(lambda name, end: Anytime(_option(name), closing=_closing(name, end)), ids, outcomes)
    to = st.builds(lambda name, step: Anytime(_option(name, step)), ids, names)
    detour = st.builds(lambda name: Anytime(_option(name), detour=Call(f"g{number + 1}", ())), ids)
    return st.one_of([closing, to, detour] if number < 2 else [closing, to])


def _option(id: str, to: str = "") -> Option:
    return Option(id, id, to, ())


def _closing(id: str, outcome: str) -> Step:
    return Step(id, (), Ending(outcome), has_content=False)


def moves(guides: Guides, stack: Stack, *, anytime: bool) -> Iterator[Stack]:
    """Every state that follows on this one."""
    *below, (spot, detour) = stack
    guide, under = guides[spot.guide], tuple(below)
    closings = {each.option.id: each.closing for each in guide.anytime}
    step = closings[spot.id] if spot.aside else guide.steps[spot.id]
    assert step
    exit = step.exit
    if isinstance(exit, Options | Next):
        targets = [option.to for option in exit.options] if isinstance(exit, Options) else [exit.to]
        yield from ((*under, Frame(Spot(guide.id, to), detour)) for to in targets)
    elif isinstance(exit, Branch):
        yield from ((*under, Frame(Spot(guide.id, case.to), detour)) for case in exit.cases)
    elif isinstance(exit, Call):
        yield (*stack, Frame(Spot(exit.guide, "s0")))
    elif isinstance(exit, Switch):
        yield (*under, Frame(Spot(exit.guide, "s0"), detour))
    elif under and detour:
        yield under
    elif under:
        caller = under[-1]
        call = guides[caller.spot.guide].steps[caller.spot.id].exit
        assert isinstance(call, Call)
        assert isinstance(exit, Ending)
        yield (*under[:-1], caller._replace(spot=Spot(caller.spot.guide, str(call.target(exit.outcome)))))
    if anytime and step.halts:
        yield from asides(guides, stack)


def asides(guides: Guides, stack: Stack) -> Iterator[Stack]:
    """Every state that an entry leads to which is offered here: the nearest guide's first."""
    seen = set[str]()
    for depth in range(len(stack), 0, -1):
        frame = stack[depth - 1]
        for each in guides[frame.spot.guide].anytime:
            if each.option.id in seen:
                continue
            seen.add(each.option.id)
            if each.detour:
                yield (*stack, Frame(Spot(each.detour.guide, "s0"), True))
            else:
                spot = Spot(frame.spot.guide, each.option.to or each.option.id, not each.option.to)
                yield (*stack[: depth - 1], frame._replace(spot=spot))


def reached(
    guides: Guides, sources: list[Stack], avoided: Selection, *, anytime: bool, deepest: int = DEEPEST
) -> dict[Stack, bool]:
    """Every state that can be come to from the sources; whether by a move."""
    found = dict.fromkeys((source for source in sources if not bars(avoided, source)), False)
    for stack in (waiting := list(found)):
        for following in moves(guides, stack, anytime=anytime):
            if len(following) <= deepest and not bars(avoided, following):
                if following not in found:
                    waiting.append(following)
                found[following] = True
    return found


def bars(selection: Selection, stack: Stack) -> bool:
    return selection.holds(stack[-1].spot, outside=len(stack) == 1)


selectors = st.one_of(
    st.builds(lambda name: Selector("tag", name, ()), st.sampled_from("tu")),
    st.builds(lambda name: Selector("outcome", name, ()), outcomes),
    st.builds(lambda guide, name: Selector("step", f"{guide}/{name}", ()), st.sampled_from(["g0", "g1", "g2"]), names),
    st.just(Selector("any", "end", ())),
)


@settings(max_examples=60, deadline=None)
@given(guides=guides(), goal=selectors, avoided=selectors, anytime=st.booleans())
def test_a_way_from_the_start_is_found_where_there_is_one(
    guides: Guides, goal: Selector, avoided: Selector, anytime: bool
) -> None:
    ways = Ways(GuideGraph(guides["g0"], guides), anytime=anytime)
    goals, barred = ways.select(goal), ways.select(avoided)
    found = Search(ways, barred).shortest([Spot("g0", "s0")], goals, at_once=True)
    states = reached(guides, [(Frame(Spot("g0", "s0")),)], barred, anytime=anytime)
    assert bool(found) == any(bars(goals, stack) for stack in states)


@settings(max_examples=60, deadline=None)
@given(guides=guides(), source=selectors, goal=selectors, avoided=selectors, anytime=st.booleans())
def test_a_way_from_a_step_is_found_where_there_is_one(
    guides: Guides, source: Selector, goal: Selector, avoided: Selector, anytime: bool
) -> None:
    ways = Ways(GuideGraph(guides["g0"], guides), anytime=anytime)
    goals, barred, sources = ways.select(goal), ways.select(avoided), ways.select(source)
    found = Search(ways, barred).shortest(sorted(sources.spots), goals, at_once=False)
    everywhere = reached(guides, [(Frame(Spot("g0", "s0")),)], Selection(), anytime=anytime)
    begun = [stack for stack in everywhere if stack[-1].spot in sources.spots]
    states = reached(guides, begun, barred, anytime=anytime)
    there = any(moved and bars(goals, stack) for stack, moved in states.items())
    spots = {stack[-1].spot for stack in everywhere}
    whole = all(Spot(guide, name) in spots for guide in ways.order for name in guides[guide].steps)
    assert bool(found) == there if whole else bool(found) or not there


@settings(max_examples=60, deadline=None)
@given(guides=guides(forwards=True))
def test_the_longest_walk_is_as_long_as_can_be(guides: Guides) -> None:
    most = 0
    waiting: list[tuple[Stack, int]] = [((Frame(Spot("g0", "s0")),), 0)]
    for stack, before in waiting:
        spot = stack[-1].spot
        seen = before + (not guides[spot.guide].steps[spot.id].automatic)
        most = max(most, seen)
        waiting += [(following, seen) for following in moves(guides, stack, anytime=False)]
    found = longest(Ways(GuideGraph(guides["g0"], guides), anytime=False))
    assert (found.most, found.loop) == (most, False)


def few(*ends: str, **steps: Any) -> Guide:
    """A guide of these exits by step, the first one its start; a step that has an exit to choose has content."""
    made = {id: Step(id, (), exit, has_content=isinstance(exit, Next)) for id, exit in steps.items()}
    outcomes = {each: Outcome(each, each, "success") for each in ends or OUTCOMES}
    return Guide(next(iter(steps)), "", next(iter(steps)), made, outcomes, {})


def ways(home: Guide, *, anytime: bool = False, **others: Guide) -> Ways:
    """The ways of `home` and the others."""
    found = {id: replace(guide, id=id) for id, guide in others.items()}
    return Ways(GuideGraph(replace(home, id="home"), found), anytime=anytime)


def over(guide: str, to: str = "end", **on: str) -> Call:
    return Call(guide, (), on=on, otherwise=to)


DETOUR = Anytime(_option("asks"), detour=Call("other", ()))


def test_a_detour_leads_nowhere_where_entries_do_not_count() -> None:
    home = replace(few(read=Next("end", ()), end=Ending("x")), anytime=(DETOUR,))
    other = few(talk=Next("end", ()), end=Ending("y"))
    without, counted = ways(home, other=other), ways(home, other=other, anytime=True)
    assert (without.order, without.entries) == (["home"], {"home": {}})
    assert (counted.order, counted.entries["home"], sorted(counted.ids)) == (
        ["other", "home"],
        {"asks": DETOUR},
        ["asks"],
    )
    assert (ways(home).complete, ways(home, anytime=True).complete) == (True, False)


def test_a_guide_that_calls_the_first_one_or_none_is_left_by_its_own_ends_alone() -> None:
    home = replace(few(start=over("inner"), end=Ending("x")), anytime=(DETOUR,))
    inner = few(sort=Branch((Case("up", ()), Case("away", ()))), up=over("home"), away=over("gone"))
    found = Search(ways(home, inner=inner, other=few(end=Ending("y")), anytime=True), Selection())
    assert found.through("inner") == Through((), frozenset())
    assert found.through("other") == Through(("y",), frozenset())
    assert found.on(Spot("inner", "up")) == found.on(Spot("inner", "away")) == ()


WRITTEN: Guides = {
    "g0": Guide(
        "g0",
        "",
        "s0",
        {
            "s0": Step("s0", (), Options((_option("s1", "s1"), _option("s3", "s3"))), tags=("t",)),
            "s1": Step("s1", (), Call("g1", (), on={"x": "s2"}, otherwise="s0"), tags=("u",), has_content=False),
            "s2": Step("s2", (), Ending("x")),
            "s3": Step("s3", (), Switch("g2", ())),
        },
        {each: Outcome(each, each, "success") for each in OUTCOMES},
        {},
        anytime=(Anytime(_option("a", "s3")), Anytime(_option("b"), closing=_closing("b", "y"))),
    ),
    "g1": Guide(
        "g1",
        "",
        "s0",
        {
            "s0": Step("s0", (), Branch((Case("s1", ()), Case("s2", ()))), has_content=False),
            "s1": Step("s1", (), Next("s3", ()), tags=("t",)),
            "s2": Step("s2", (), Ending("y"), tags=("u",)),
            "s3": Step("s3", (), Call("g2", (), on={"x": "s2"}, otherwise="s4"), tags=("v",)),
            "s4": Step("s4", (), Ending("x")),
        },
        {each: Outcome(each, each, "success") for each in OUTCOMES},
        {},
        anytime=(Anytime(_option("a"), detour=Call("g2", ())), Anytime(_option("c", "s1"))),
    ),
    "g2": Guide(
        "g2",
        "",
        "s0",
        {
            "s0": Step("s0", (), Options((_option("s1", "s1"), _option("s2", "s2"))), tags=("w",)),
            "s1": Step("s1", (), Ending("x")),
            "s2": Step("s2", (), Next("s3", ())),
            "s3": Step("s3", (), Ending("y"), has_content=False),
        },
        {each: Outcome(each, each, "success") for each in OUTCOMES},
        {},
    ),
}
"""Three guides with calls, switches, loops and answers at any time, two calls deep."""
SELECTORS = [
    *(Selector("tag", name, ()) for name in "tuvw"),
    *(Selector("outcome", name, ()) for name in OUTCOMES),
    *(Selector("step", f"{guide}/{step}", ()) for guide in WRITTEN for step in WRITTEN[guide].steps),
    Selector("any", "end", ()),
    Selector("any", "start", ()),
]


@pytest.mark.parametrize("anytime", [False, True])
@pytest.mark.parametrize("avoided", [None, *SELECTORS], ids=str)
def test_every_way_through_written_guides_is_found(avoided: Selector | None, anytime: bool) -> None:
    found = Ways(GuideGraph(WRITTEN["g0"], WRITTEN), anytime=anytime)
    barred = found.select(avoided) if avoided else Selection()
    search, home = Search(found, barred), (Frame(Spot("g0", "s0")),)
    states = reached(WRITTEN, [home], barred, anytime=anytime)
    for goal in SELECTORS:
        goals = found.select(goal)
        way = search.shortest([Spot("g0", "s0")], goals, at_once=True)
        assert bool(way) == any(bars(goals, stack) for stack in states), goal
        again = search.shortest([Spot("g0", "s0")], goals, at_once=False)
        assert bool(again) == any(moved and bars(goals, stack) for stack, moved in states.items()), goal


BARRED = [None, *(Selector("step", name, ()) for name in ("g0/s0", "g0/s3", "g1/s0", "g1/s1", "g2/s0", "g2/s2"))]


@pytest.mark.parametrize("avoided", BARRED, ids=str)
@pytest.mark.parametrize("source", [each for each in SELECTORS if each.kind == "step"], ids=str)
def test_every_way_from_a_step_of_written_guides_is_found(source: Selector, avoided: Selector | None) -> None:
    found = Ways(GuideGraph(WRITTEN["g0"], WRITTEN), anytime=True)
    barred, begun = found.select(avoided) if avoided else Selection(), sorted(found.select(source).spots)
    everywhere = reached(WRITTEN, [(Frame(Spot("g0", "s0")),)], Selection(), anytime=True, deepest=4)
    states = reached(WRITTEN, [each for each in everywhere if each[-1].spot in begun], barred, anytime=True, deepest=4)
    for goals in map(found.select, SELECTORS):
        way = Search(found, barred).shortest(begun, goals, at_once=False)
        assert bool(way) == any(moved and bars(goals, stack) for stack, moved in states.items()), goals


def test_an_end_is_come_to_at_once_where_a_way_begins_with_it() -> None:
    found, end = ways(few(read=Next("end", ()), end=Ending("x"))), Spot("home", "end")
    goals = found.select(Selector("any", "end", ()))
    assert Search(found, Selection()).shortest([end], goals, at_once=True) == (end,)
    assert Search(found, Selection()).shortest([end], goals, at_once=False) == ()


def test_guides_that_switch_to_each_other_or_to_none_are_looked_at_once() -> None:
    home = few(ask=Options((_option("a", "on"), _option("b", "off"))), on=Switch("inner", ()), off=Switch("gone", ()))
    found = ways(
        home,
        inner=few(ask=Options((_option("a", "back"), _option("b", "end"))), back=Switch("home", ()), end=Ending("y")),
    )
    goals = found.select(Selector("outcome", "y", ()))
    assert found.complete is False
    assert Search(found, Selection()).shortest(found.start("home"), goals, at_once=True) == (
        Spot("home", "ask"),
        Spot("home", "on"),
        Spot("inner", "ask"),
        Spot("inner", "end"),
    )


def test_a_step_that_leads_to_itself_is_a_loop() -> None:
    again = longest(
        ways(few(ask=Options((_option("a", "ask"), _option("b", "read"))), read=Next("end", ()), end=Ending("x")))
    )
    assert (again.most, again.loop, [spot.id for spot in again.path]) == (2, True, ["ask", "read"])
    assert longest(ways(few(read=Next("end", ()), end=Ending("x")))).loop is False


def test_ways_on_are_worked_out_once_but_for_calls() -> None:
    home, inner = few(start=over("inner", "bad", x="good"), good=Ending("x"), bad=Ending("y")), few(end=Ending("x"))
    found = ways(home, inner=inner)
    free, barred = Search(found, Selection()), Search(found, Selection(frozenset({Spot("inner", "end")})))
    start = Spot("home", "start")
    assert (free.on(start), barred.on(start)) == ((Way(Spot("home", "good"), "x"),), ())
    read = ways(few(read=Next("end", ()), end=Ending("x")))
    assert read.on(Spot("home", "read"), free.through) is read.on(Spot("home", "read"), free.through)


def test_a_called_guide_that_nobody_sees_adds_no_step() -> None:
    home = few(read=Next("over", ()), over=over("inner", "more", x="end"), more=Next("end", ()), end=Ending("x"))
    inner = few(
        sort=Branch((Case("end", ()), Case("seen", ()))), end=Ending("x"), seen=Next("late", ()), late=Ending("y")
    )
    unseen, both = longest(ways(home, inner=few(end=Ending("x")))), longest(ways(home, inner=inner))
    assert (unseen.most, unseen.by_outcome, [spot.id for spot in unseen.path]) == (1, {"x": 1}, ["read"])
    assert (both.most, both.by_outcome, both.loop) == (3, {"x": 3}, False)
    assert longest(ways(replace(inner, anytime=()))).by_outcome == {"x": 0, "y": 1}
