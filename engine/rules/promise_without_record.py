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
from collections.abc import Iterator, Mapping

from engine.graph import GuideGraph
from engine.model import Call, Guide, Step, Switch
from engine.problems import Finding, Place, Severity
from engine.rules.uses import records_of

CODE = "promise-without-record"
SEVERITY = Severity.WARNING

PROMISES: Mapping[str, re.Pattern[str]] = {
    "en": re.compile(r"\b(?:I|we)(?: will|['\u2019]ll)\b(?! not\b)", re.IGNORECASE),
    "de": re.compile(r"\b(?:ich werde|werde ich|wir werden|werden wir)\b(?! nicht\b)", re.IGNORECASE),
}
"""By language, the words that give ours. A new language: add an entry."""


def check(graph: GuideGraph) -> Iterator[Finding]:
    """One finding for each step, at its first promise."""
    promise = PROMISES.get(graph.guide.language.partition("-")[0])
    found = {step.id: promise.search(step.say.written) for step in graph.guide.steps.values()} if promise else {}
    if any(found.values()):
        kept = graph.leading_to(step.id for step in graph.guide.steps.values() if _keeps(graph, step))
        for id, words in found.items():
            if words and id not in kept:
                message = f"“{words[0]}” promises something, and no way on from here records a promise by us"
                hint = "add 'records:' with a promise by us, and when it is due"
                place = Place((*graph.guide.steps[id].path, "say"), offset=words.start())
                yield Finding(CODE, message, place, hint, SEVERITY)


def _keeps(graph: GuideGraph, step: Step) -> bool:
    """Whether the step records a promise by us, or leads into a guide that does."""
    if _promises(step):
        return True
    led = step.exit.guide if isinstance(step.exit, Call | Switch) else ""
    return led in graph.others and any(
        _promises(theirs) for guide in _reached(graph, graph.others[led]) for theirs in guide.steps.values()
    )


def _reached(graph: GuideGraph, guide: Guide) -> Iterator[Guide]:
    """The guide, and all read with it that it can lead into."""
    seen, waiting = {guide.id}, [guide]
    while waiting:
        yield (here := waiting.pop())
        ids = {lead.guide for lead in here.leads} & graph.others.keys() - seen
        seen |= ids
        waiting += [graph.others[id] for id in ids]


def _promises(step: Step) -> bool:
    return any(record.kind == "promise" and record.fixed.get("by") == "us" for record in records_of(step))
