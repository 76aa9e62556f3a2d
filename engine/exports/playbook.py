"""A guide as a book to read: chapters of steps in order, each with its words, what it asks, and where it leads."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.expressions.tree import Literal
from engine.fields.field import Field
from engine.graph import Edge, GuideGraph
from engine.model import Branch, Call, Ending, Guide, Options, Step
from engine.text import Slot, Text

_TOKEN = re.compile(r"""'[^']*'|"[^"]*"|\w+|[<>=!]=?""")
_MARKS = re.compile(r"[\\`*_\[\]<>&|~]")
_SPAN = re.compile(r"\b(days|weeks|months|years)\((\d+)\)")
_SIGNS = {">=": "≥", "<=": "≤", "!=": "≠", "==": "="}


@dataclass(frozen=True, slots=True)
class Way:
    """One way on: `label` is an answer's or None, `condition` says when it is open or taken, in words."""

    label: str | None
    hint: str
    condition: str
    step: str
    number: int
    title: str


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
    """Evidence to look for before going on; `source` says where."""

    label: str
    source: str
    required: bool


@dataclass(frozen=True, slots=True)
class Page:
    """One step. `say`, `note`, `points` and `never` are Markdown, with gaps like `[amount due]`; all else is plain.

    `kind` is "question", "words", "automatic", "call" or an outcome's kind; `outcome` is the label of how it ends.
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
    calls: str = ""
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
    chapters: tuple[Chapter, ...]


def playbook(graph: GuideGraph) -> Playbook:
    """The guide as a book: stages in their order, the steps of each in the author's, numbered through."""
    guide = graph.guide
    stages = {"": "", **(guide.stages or {})}
    grouped = {stage: [step for step in guide.steps.values() if (step.stage or "") == stage] for stage in stages}
    numbers = {step.id: number for number, step in enumerate((s for group in grouped.values() for s in group), 1)}
    chapters = tuple(
        Chapter(stages[stage], tuple(_page(graph, step, numbers) for step in group))
        for stage, group in grouped.items()
        if group
    )
    given = tuple(_entry(guide, field, required=field.required) for field in guide.given if field.label)
    return Playbook(guide.id, guide.title, guide.summary, guide.language, tuple(_facts(guide)), given, chapters)


def _facts(guide: Guide) -> Iterator[tuple[str, str]]:
    if guide.owner:
        yield "Owner", guide.owner
    if guide.review_by:
        yield "To be checked again by", guide.review_by
    if guide.digest:
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
        checks=tuple(Check(check.label, check.source, check.required) for check in step.checks),
        entries=tuple(_entries(guide, step)),
        ways=tuple(_way(graph, edge, numbers[edge.target]) for edge in graph.leaving(step.id)),
        calls=exit.guide if isinstance(exit, Call) else "",
        outcome=ending.label if ending else "",
    )


def _kind(step: Step) -> str:
    if isinstance(step.exit, Call):
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
        condition = in_words(ask.when.source, guide.fields) if ask.when else ""
        yield _entry(guide, guide.fields[ask.field], required=ask.required, condition=condition)


def _entry(guide: Guide, field: Field, *, required: bool, condition: str = "") -> Entry:
    bounds = guide.bounds.get(field.id)
    limits = [
        f"{word} {in_words(limit.source, guide.fields)}"
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


def _way(graph: GuideGraph, edge: Edge, number: int) -> Way:
    guide = graph.guide
    exit, target = guide.steps[edge.source].exit, shown(guide.steps[edge.target].name)
    if isinstance(exit, Options):
        option = exit.find(edge.name)
        condition = in_words(option.when.source, guide.fields) if option and option.when else ""
        return Way(edge.label, shown(option.hint) if option else "", condition, edge.target, number, target)
    condition = in_words(edge.label, guide.fields) if isinstance(exit, Branch) else _returned(graph, exit, edge)
    return Way(None, "", condition, edge.target, number, target)


def _returned(graph: GuideGraph, exit: object, edge: Edge) -> str:
    """The outcome of the called guide after which this way is taken, by its label where that guide is at hand."""
    other = graph.others.get(exit.guide) if isinstance(exit, Call) else None
    outcome = other.outcomes.get(edge.label) if other else None
    return outcome.label if outcome else edge.label


def in_words(source: str, fields: Mapping[str, Field]) -> str:
    """An expression with its fields called by their labels: `days_late >= 60` as “Days late ≥ 60”."""

    def word(found: re.Match[str]) -> str:
        field = fields.get(found[0])
        return (field.label or found[0]) if field else _SIGNS.get(found[0], found[0])

    return _TOKEN.sub(word, _SPAN.sub(_span, source))


def _span(found: re.Match[str]) -> str:
    """`days(1)` as `1 day`."""
    return f"{found[2]} {found[1][:-1] if found[2] == '1' else found[1]}"
