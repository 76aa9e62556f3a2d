"""A guide as a book to read: chapters of steps in order, each with its words, what it asks, and where it leads."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from engine.exports.conditions import in_words
from engine.expressions.tree import Literal
from engine.fields.field import Field
from engine.graph import Edge, GuideGraph
from engine.model import Anytime, Branch, Call, Ending, Guide, Image, Option, Options, Step, Switch
from engine.model import Check as Evidence
from engine.text import Slot, Text

_MARKS = re.compile(r"[\\`*_\[\]<>&|~]")


@dataclass(frozen=True, slots=True)
class Way:
    """One way on: `label` is an answer's or None, `condition` says when it is offered or taken, in words.

    `locked` says when an answer that is offered cannot be chosen, and who can open it. It leads to a step, or else
    (an anytime answer) through the guide `calls` and back, or to the end `outcome`.
    """

    label: str | None
    hint: str
    condition: str
    step: str = ""
    number: int = 0
    title: str = ""
    locked: str = ""
    calls: str = ""
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A field that is asked: `what` says which values it takes; `choices` are the labels to choose from."""

    label: str
    what: str
    help: str
    required: bool
    condition: str
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """Evidence to look for before going on; `source` says where, `unless` what can stand in its stead."""

    label: str
    source: str
    unless: str


@dataclass(frozen=True, slots=True)
class Page:
    """One step; `skip` is where it leads when it is skipped.

    `say`, `note`, `points` and `never` are Markdown, with gaps like `[amount due]`; all else is plain.
    `images` are files beside the guide. `kind` is "question", "words", "automatic", "call" or an outcome's kind;
    `outcome` is the label of how it ends.
    `calls` is another guide that is gone through here, and that `returns` or is gone on in.
    """

    id: str
    number: int
    title: str
    kind: str
    start: bool
    say: str
    note: str
    points: tuple[str, ...]
    never: tuple[str, ...]
    question: str
    checks: tuple[Check, ...]
    entries: tuple[Entry, ...]
    ways: tuple[Way, ...]
    images: tuple[Image, ...] = ()
    skip: Way | None = None
    calls: str = ""
    returns: bool = True
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Chapter:
    """The steps of one stage; `title` is empty for those without."""

    title: str
    pages: tuple[Page, ...]


@dataclass(frozen=True, slots=True)
class Playbook:
    """The whole guide; `facts` are lines of small print about it, by what they tell."""

    id: str
    title: str
    summary: str
    language: str
    facts: tuple[tuple[str, str], ...]
    given: tuple[Entry, ...]
    anytime: tuple[Way, ...]
    chapters: tuple[Chapter, ...]


def playbook(graph: GuideGraph) -> Playbook:
    """The guide as a book: stages in their order, the steps of each in the author's, numbered through."""
    guide = graph.guide
    stages = {"": "", **(guide.stages or {})}
    if guide.steps[guide.start].stage:
        stages[""] = stages.pop("")
    grouped = {stage: [step for step in guide.steps.values() if (step.stage or "") == stage] for stage in stages}
    numbers = {step.id: number for number, step in enumerate((s for group in grouped.values() for s in group), 1)}
    chapters = tuple(
        Chapter(stages[stage], tuple(_page(graph, step, numbers) for step in group))
        for stage, group in grouped.items()
        if group
    )
    given = tuple(_entry(guide, field, required=field.required) for field in guide.given if field.label)
    anytime = tuple(_anytime(graph, entry, numbers) for entry in guide.anytime)
    facts = tuple(_facts(guide))
    return Playbook(guide.id, guide.title, guide.summary, guide.language, facts, given, anytime, chapters)


def _facts(guide: Guide) -> Iterator[tuple[str, str]]:
    if guide.owner:
        yield "Owner", guide.owner
    if guide.review_by:
        yield "To be checked again by", guide.review_by
    yield "Version", guide.digest[:12]


def _page(graph: GuideGraph, step: Step, numbers: Mapping[str, int]) -> Page:
    guide, exit = graph.guide, step.exit
    ending = guide.outcomes[exit.outcome] if isinstance(exit, Ending) else None
    question = "" if step.name is step.question else shown(step.question)
    return Page(
        id=step.id,
        number=numbers[step.id],
        title=shown(step.name),
        kind=ending.kind if ending else _kind(step),
        start=step.id == guide.start,
        say=shown(step.say),
        note=shown(step.note),
        points=tuple(map(shown, step.points)),
        never=tuple(map(shown, step.never)),
        question=question,
        checks=tuple(Check(check.label, check.source, _unless(check)) for check in step.checks),
        entries=tuple(_entries(guide, step)),
        ways=tuple(_way(graph, edge, numbers) for edge in graph.leaving(step.id)),
        images=step.images,
        skip=_to(graph, step.skip_to, numbers) if step.skip_to else None,
        calls=_called(graph, exit.guide) if isinstance(exit, Call | Switch) else "",
        returns=not isinstance(exit, Switch),
        outcome=ending.label if ending else "",
    )


def _kind(step: Step) -> str:
    if isinstance(step.exit, Call | Switch):
        return "call"
    return "question" if isinstance(step.exit, Options) else "automatic" if step.automatic else "words"


def shown(text: Text) -> str:
    """The text with its gaps named, like `[amount due]`; a name in Markdown shows as it is."""
    return "".join(part if isinstance(part, str) else _named(part, text.markdown) for part in text.parts)


def _named(slot: Slot, markdown: bool) -> str:
    tree = slot.expression.tree
    source = slot.expression.source
    name = str(tree.value) if isinstance(tree, Literal) else Text((slot,)).source if slot.labels else f"[{source}]"
    return _MARKS.sub(r"\\\g<0>", name) if markdown else name


def _entries(guide: Guide, step: Step) -> Iterator[Entry]:
    for ask in step.asks:
        condition = in_words(ask.when, guide) if ask.when else ""
        yield _entry(guide, guide.fields[ask.field], required=ask.required, condition=condition)


def _entry(guide: Guide, field: Field, *, required: bool, condition: str = "") -> Entry:
    bounds = guide.bounds.get(field.id)
    limits = [
        f"{word} {in_words(limit, guide)}"
        for word, limit in (("from", bounds and bounds.min), ("up to", bounds and bounds.max))
        if limit
    ]
    what = _WHAT.get(field.type, field.type.replace("_", " "))
    unit = field.currency or field.unit
    return Entry(
        field.label or field.id,
        " ".join([what, *([f"in {unit}"] if unit else []), *limits]),
        field.help,
        required,
        condition,
        tuple(choice.label for choice in field.options),
    )


_WHAT = {
    "long_text": "text of some lines",
    "integer": "whole number",
    "money": "amount",
    "boolean": "yes or no",
    "choice": "one of",
    "choices": "any of",
}


def _way(graph: GuideGraph, edge: Edge, numbers: Mapping[str, int]) -> Way:
    exit, way = graph.guide.steps[edge.source].exit, _to(graph, edge.target, numbers)
    option = exit.find(edge.name) if isinstance(exit, Options) else None
    if option:
        return replace(_offered(graph.guide, option), step=way.step, number=way.number, title=way.title)
    words = _decided(graph.guide, exit, edge) if isinstance(exit, Branch) else _returned(graph, exit, edge)
    return replace(way, condition=words)


def _to(graph: GuideGraph, step: str, numbers: Mapping[str, int]) -> Way:
    return Way(None, "", "", step, numbers[step], shown(graph.guide.steps[step].name))


def _offered(guide: Guide, option: Option) -> Way:
    """An answer as it is offered; where it leads is for others to say."""
    condition = in_words(option.when, guide) if option.when else ""
    return Way(option.label, shown(option.hint), condition, locked=_locked(guide, option))


def _locked(guide: Guide, option: Option) -> str:
    if option.allow is None:
        return ""
    because = f" ({shown(option.because)})" if option.because else ""
    return f"Locked unless {in_words(option.allow, guide)}{because}{_OPENS[option.override]}"


_OPENS = {"": "", "reason": "; it opens with a reason", "approval": "; a second person can open it"}
_UNLESS = {"reason": "or say why not", "approval": "or a second person approves", "never": ""}


def _unless(check: Evidence) -> str:
    return _UNLESS[check.override] if check.required else "if you can"


def _anytime(graph: GuideGraph, entry: Anytime, numbers: Mapping[str, int]) -> Way:
    way = _offered(graph.guide, entry.option)
    if entry.detour:
        return replace(way, calls=_called(graph, entry.detour.guide))
    if entry.closing and isinstance(entry.closing.exit, Ending):
        return replace(way, outcome=graph.guide.outcomes[entry.closing.exit.outcome].label)
    to = _to(graph, entry.option.to, numbers)
    return replace(way, step=to.step, number=to.number, title=to.title)


def _decided(guide: Guide, exit: Branch, edge: Edge) -> str:
    """The condition of a case, or that it is the last one."""
    when = next(case.when for case in exit.cases if edge.path == (*case.path, "to"))
    return in_words(when, guide) if when else edge.label


def _called(graph: GuideGraph, id: str) -> str:
    """A guide that is gone through, by its title where it is at hand."""
    return graph.others[id].title if id in graph.others else id


def _returned(graph: GuideGraph, exit: object, edge: Edge) -> str:
    """The outcome of the called guide after which this way is taken, by its label where that guide is at hand."""
    other = graph.others.get(exit.guide) if isinstance(exit, Call) else None
    outcome = other.outcomes.get(edge.label) if other else None
    return outcome.label if outcome else edge.label
