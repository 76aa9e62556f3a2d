"""A rule of the author's that some path breaks.

`rules` say what must hold on every path: that every path to some steps passes others, that no path leads from some
steps to others, or only by way of a third, and how many steps people see at most. They are proved over all ways
through the guide and the guides that it calls, whatever is answered: conditions do not count, and neither does
skipping a step. What is offered at every step counts only for rules with `anytime: true`.

The path that is told is a shortest one that breaks the rule. For `longest_path`, each loop is counted once.

Wrong, at line 15, column 5:

    guide: certain
    title: Certain
    outcomes: {agreed: {label: Agreed, kind: success}}
    steps:
      hello:
        question: Have you seen the payments
        options:
          - {id: "yes", label: We have, to: gentle}
          - {id: "no", label: Not yet, to: look}
      look: {note: Look at the payments., tags: [evidence], next: gentle}
      gentle: {say: Something went wrong., next: bye}
      bye: {say: Thank you., outcome: agreed}
    rules:
      - id: look-first
        every_path_to: {step: gentle}
        passes: {tag: evidence}
        because: We are certain before we ask

Mended:

    guide: certain
    title: Certain
    outcomes: {agreed: {label: Agreed, kind: success}}
    steps:
      hello: {question: Can we talk, options: [{id: "yes", label: It is, to: look}]}
      look: {note: Look at the payments., tags: [evidence], next: gentle}
      gentle: {say: Something went wrong., next: bye}
      bye: {say: Thank you., outcome: agreed}
    rules:
      - id: look-first
        every_path_to: {step: gentle}
        passes: {tag: evidence}
        because: We are certain before we ask
"""

from collections.abc import Iterator

from engine.claims import EveryPath, LongestPath, Rule, Selector
from engine.graph import GuideGraph
from engine.problems import Finding, Place, Severity
from engine.rules.lengths import longest
from engine.rules.ways import Search, Selection, Spot, Ways, ways_of

CODE = "broken-rule"
SEVERITY = Severity.ERROR
_SHOWN = 10
"""Steps at each end of a long path that are told."""
_START = Selector("any", "start", ())


def check(graph: GuideGraph) -> Iterator[Finding]:
    """One finding for each rule that does not hold, with a shortest path that breaks it."""
    for rule in graph.guide.rules:
        ways = ways_of(graph, rule.anytime)
        if wrong := _broken(ways, rule):
            message, hint = wrong
            because = f": {rule.because}" if rule.because else ""
            yield Finding(CODE, message + because, Place(rule.path, key=True), hint, SEVERITY)


def _broken(ways: Ways, rule: Rule) -> tuple[str, str] | None:
    """What breaks the rule, and what to do about it; None where nothing does."""
    claim = rule.claim
    if isinstance(claim, LongestPath):
        return _too_long(ways, rule.id, claim)
    start, between = (_START, claim.passes) if isinstance(claim, EveryPath) else (claim.start, claim.without)
    path = _path(ways, start, claim.to, between)
    if not path:
        return None
    mend = f"lead it through {between.kind} '{between.name}'" if between else "let it lead elsewhere"
    return f"the path {_told(ways, path)} breaks the rule '{rule.id}'", f"{mend}, or change the rule"


def _path(ways: Ways, start: Selector, goal: Selector, between: Selector | None) -> tuple[Spot, ...]:
    """A shortest path from one of the first to one of the second, past the third; empty where there is none.

    It has at least one move, except from the start of the guide: what is there is come to by starting.
    """
    search = Search(ways, ways.select(between) if between else Selection())
    sources, goals = ways.select(start), ways.select(goal)
    return search.shortest(sorted(sources.spots), goals, at_once=start.kind == "any")


def _too_long(ways: Ways, rule: str, claim: LongestPath) -> tuple[str, str] | None:
    length = longest(ways)
    if length.most <= claim.steps:
        return None
    loops = ", each loop counted once" if length.loop else ""
    message = f"the path {_told(ways, length.path)} shows {length.most} steps{loops}"
    return f"{message}; the rule '{rule}' allows {claim.steps}", "shorten the path, or allow more"


def _told(ways: Ways, path: tuple[Spot, ...]) -> str:
    """The path as authors read it: steps of called guides with their guide, entries of every step in brackets."""
    names = [_name(ways, spot) for spot in path]
    if len(names) > 2 * _SHOWN:
        names[_SHOWN:-_SHOWN] = ["…"]
    return " → ".join(names)


def _name(ways: Ways, spot: Spot) -> str:
    name = spot.id if spot.guide == ways.home.id else f"{spot.guide}/{spot.id}"
    return f"({name})" if spot.aside else name
