"""A rule that selects steps by a tag, or by an outcome, a stage or a name, that none of them has.

A rule of the author's speaks of steps by `step`, `tag`, `outcome` or `stage`: of this guide, and of the guides that
it calls (a step of theirs is written `guide/step`; an outcome is always one of this guide). Where nothing has what it
names, it would hold whatever happens, and promise what nobody looks at.

Wrong, at line 11, column 19:

    guide: certain
    title: Certain
    outcomes: {agreed: {label: Agreed, kind: success}}
    steps:
      look: {note: Look at the payments., tags: [evidence], next: gentle}
      gentle: {say: Something went wrong., next: bye}
      bye: {say: Thank you., outcome: agreed}
    rules:
      - id: look-first
        every_path_to: {step: gentle}
        passes: {tag: evidense}
        because: We are certain before we ask

Mended:

    guide: certain
    title: Certain
    outcomes: {agreed: {label: Agreed, kind: success}}
    steps:
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

from engine.claims import Rule, Selector
from engine.graph import GuideGraph
from engine.problems import Finding, Place, Severity, suggestion
from engine.rules.ways import Ways, ways_of

CODE = "unknown-tag"
SEVERITY = Severity.ERROR
_WORDS = {
    "step": "is not a step of this guide or of one that it leads to",
    "tag": "is not a tag of any step of this guide or of one that it leads to",
    "stage": "is not the stage of any step of this guide or of one that it leads to",
    "outcome": "is not an outcome that any step of this guide ends with",
}


def check(graph: GuideGraph) -> Iterator[Finding]:
    """One finding for each selector that nothing fits; where a called guide is missing, it may stand there."""
    for rule in graph.guide.rules:
        ways = ways_of(graph, rule.anytime)
        for selector in rule.selectors:
            if ways.complete and selector.kind != "any" and not any(ways.select(selector)):
                message = f"'{selector.name}' {_WORDS[selector.kind]}"
                code = "unknown-tag" if selector.kind == "tag" else f"unknown-{selector.kind}"
                yield Finding(code, message, Place(selector.path), _hint(graph, rule, selector), SEVERITY)


def _hint(graph: GuideGraph, rule: Rule, selector: Selector) -> str:
    aside = ways_of(graph, True)
    if not rule.anytime and any(aside.select(selector)):
        return "add 'anytime: true' to the rule, so that what is offered at every step counts"
    return suggestion(selector.name, dict.fromkeys(_names(aside, selector.kind)))


def _names(ways: Ways, kind: str) -> Iterator[str]:
    """What a selector of this kind can name."""
    for guide in reversed(ways.order):
        for step in ways.guides[guide].steps.values():
            if kind == "step":
                yield step.id if guide == ways.home.id else f"{guide}/{step.id}"
            elif kind == "tag":
                yield from step.tags
            elif step.stage and kind == "stage":
                yield step.stage
    if kind == "outcome":
        yield from ways.home.outcomes
