"""Words that promise something, on a step from which no way on records a promise by us.

What we promise and do not write down is forgotten, and the next call begins with an apology. Record it where the step
is left, on a step after it, or in a guide that is called from there.

Wrong, at line 5, column 14:

    guide: word
    title: Our word
    outcomes: {done: {label: Done, kind: success}}
    steps:
      bye: {say: "I will ring you back.", outcome: done}

Mended:

    guide: word
    title: Our word
    outcomes: {done: {label: Done, kind: success}}
    steps:
      bye:
        say: I will ring you back.
        records:
          - promise: {by: us, what: Ring back, due: today + days(1)}
        outcome: done
"""

import re
from collections.abc import Collection, Iterator, Mapping

from engine.graph import GuideGraph
from engine.model import Call, Step, Switch
from engine.problems import Finding, Place, Severity
from engine.rules.uses import records_of

CODE = "promise-without-record"
SEVERITY = Severity.WARNING

PROMISES: Mapping[str, re.Pattern[str]] = {
    "en": re.compile(r"\b(?:I|we)(?: will|['\u2019]ll)\b(?! not\b)", re.IGNORECASE),
    "de": re.compile(r"\b(?:ich werde|werde ich|wir werden|werden wir)\b(?! nicht\b)", re.IGNORECASE),
    "fr": re.compile(
        r"\b(?:je (?:(?:vous|le|la|les|lui|leur|y|en|me) ?){0,2} ?(?:vais|\w+rai)"
        r"|nous (?:vous ){0,2}(?:allons|\w+erons|enverrons|verrons))\b(?! pas\b)",
        re.IGNORECASE,
    ),
}
"""By language, the words that give ours. A new language: add an entry."""


def check(graph: GuideGraph) -> Iterator[Finding]:
    """One finding for each step, at its first promise."""
    promise = PROMISES.get(graph.guide.language.partition("-")[0])
    found = {step.id: promise.search(step.say.written) for step in graph.guide.steps.values()} if promise else {}
    if any(found.values()):
        keepers = {id for id, guide in graph.others.items() if any(map(_promises, guide.steps.values()))}
        led = {lead.guide for lead in graph.guide.leads}
        leading = {id for id in led if not keepers.isdisjoint(_reached(graph, id))}
        kept = graph.leading_to(step.id for step in graph.guide.steps.values() if _keeps(step, leading))
        for id, words in found.items():
            if words and id not in kept:
                message = f"“{words[0]}” promises something, and no way on from here records a promise by us"
                hint = "add 'records:' with a promise by us, and when it is due"
                place = Place((*graph.guide.steps[id].path, "say"), offset=words.start())
                yield Finding(CODE, message, place, hint, SEVERITY)


def _keeps(step: Step, leading: Collection[str]) -> bool:
    """Whether the step records a promise by us, or leads into one of the guides in which that can happen."""
    return _promises(step) or (isinstance(step.exit, Call | Switch) and step.exit.guide in leading)


def _reached(graph: GuideGraph, guide: str) -> frozenset[str]:
    """The guide, and all that it can lead into, by id."""
    seen, waiting = {guide}, [guide]
    while waiting:
        here = graph.others.get(waiting.pop())
        ids = {lead.guide for lead in here.leads} - seen if here else set()
        seen |= ids
        waiting += ids
    return frozenset(seen)


def _promises(step: Step) -> bool:
    return any(record.kind == "promise" and record.fixed.get("by") == "us" for record in records_of(step))
