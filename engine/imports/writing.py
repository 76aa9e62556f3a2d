"""An outline as the YAML of a guide: ids, the right key for each text, and an exit for each place."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from engine.imports.outline import Names, Outline, Place, Remark, Way, plain, slug
from engine.imports.scalars import bare, entry, filled, literal, markdown

LABEL, QUESTION, TEXT = 200, 500, 10_000
"""The most characters of a label, of a question or summary, and of a text."""
STAGES, OUTCOMES, STEPS = 20, 200, 20_000
"""The most stages, outcomes and steps of a guide."""
MANY = 1_000
"""The most remarks on one source, as with the problems of a guide."""
KINDS = ("success", "partial", "failure", "escalated", "abandoned")
"""The kinds of outcome; an end of which nothing is known is taken for the first."""

_BRACES = re.compile(r"\{{2,}")
_NAME = re.compile("[a-z][a-z0-9-]*")


class Ending(NamedTuple):
    """How an end ends; ends alike share an outcome."""

    label: str
    kind: str


class Line(NamedTuple):
    """A line of the guide and the line of the source that it comes from."""

    text: str
    origin: int = 1


class Imported(NamedTuple):
    """A guide as YAML, and what its author should know.

    `origins` are the source's lines, one for each line of the text, which is empty where a remark is an error.
    """

    guide: str
    text: str
    remarks: tuple[Remark, ...]
    origins: tuple[int, ...]


def write(outline: Outline, name: str) -> Imported:
    """The guide of an outline; it is called `name`, as far as an id can be."""
    if not outline.places and not any(remark.error for remark in outline.remarks):
        outline.refuse(1, "there is nothing here that could be a step")
    elif len(outline.places) > STEPS:
        outline.refuse(1, f"this would be a guide of {len(outline.places):,} steps: make several guides of it")
    elif outline.places and all(place.ways for place in outline.places.values()):
        line = next(iter(outline.places.values())).line
        outline.refuse(line, "there is no end here: each place leads on to another")
    for place in outline.places.values():
        for way in place.ways:
            if way.target not in outline.places:
                outline.refuse(way.line, f"'{_cut(plain(way.target), 60)}' is not to be found here")
    guide = slug(name, 60) or "imported"
    lines = [] if any(remark.error for remark in outline.remarks) else list(_Writer(outline).lines(guide))
    text = "".join(f"{line.text}\n" for line in lines)
    return Imported(guide, text, tuple(_told(outline.remarks)), tuple(line.origin for line in lines))


def _told(remarks: list[Remark]) -> list[Remark]:
    """The remarks by line; of too many, errors rather than others, and how many are left out."""
    most = remarks if len(remarks) <= MANY else sorted(remarks, key=lambda remark: not remark.error)[:MANY]
    told = sorted(most, key=lambda remark: remark.line)
    if len(told) < len(remarks):
        told.append(Remark(told[-1].line, f"{len(remarks) - MANY:,} more such remarks are left out"))
    return told


class _Writer:
    """Writes one outline; every id is given out once, in the order of the source."""

    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        places = outline.places.values()
        names = Names("back", "change")
        self.ids = {place.key: names.give(_id(place)) for place in places}
        self.stages = self._stages(dict.fromkeys(place.stage for place in places if place.stage))
        self.endings = {place.key: _ending(place) for place in places if not place.ways}
        self.outcomes = self._outcomes(dict.fromkeys(self.endings.values()))

    def lines(self, guide: str) -> Iterator[Line]:
        """The whole guide."""
        outline = self.outline
        yield Line(f"guide: {guide}")
        yield from self._label("title", bare(outline.title) or guide.replace("-", " ").capitalize(), 1)
        if bare(outline.summary):
            yield from self._label("summary", outline.summary, 1, most=QUESTION)
        yield from self._section("stages", (self._label(id, label, 1, "  ") for label, id in self.stages.items()))
        yield from self._section("fields", map(self._field, outline.fields.items()))
        yield from self._section("outcomes", map(self._outcome, self.outcomes.items()))
        yield from self._section("steps", map(self._step, outline.places.values()))

    def _section(self, key: str, entries: Iterable[Iterator[Line]]) -> Iterator[Line]:
        for number, lines in enumerate(entries):
            yield from (Line(""), Line(f"{key}:")) if number == 0 else ()
            yield from lines

    def _stages(self, labels: Iterable[str]) -> dict[str, str]:
        names, wanted = Names(), list(labels)
        if len(wanted) > STAGES:
            self.outline.remark(1, f"of {len(wanted):,} stages a guide can have {STAGES}: the others are left out")
        return {label: names.give(slug(label) or "stage") for label in wanted[:STAGES]}

    def _outcomes(self, endings: Iterable[Ending]) -> dict[Ending, str]:
        names, wanted = Names(), list(endings)
        if len(wanted) > OUTCOMES:
            self.outline.remark(1, f"of {len(wanted):,} ways to end a guide can have {OUTCOMES}: all became one")
            end = Ending("End", KINDS[0])
            wanted, self.endings = [end], dict.fromkeys(self.endings, end)
        return {ending: names.give(slug(ending.label) or "end") for ending in wanted}

    def _field(self, field: tuple[str, str]) -> Iterator[Line]:
        id, label = field
        yield Line(f"  {id}:")
        yield Line("    type: text")
        yield from self._label("label", bare(label) or id, 1, "    ")

    def _outcome(self, outcome: tuple[Ending, str]) -> Iterator[Line]:
        ending, id = outcome
        yield Line(f"  {id}:")
        yield from self._label("label", ending.label, 1, "    ")
        yield Line(f"    kind: {ending.kind}")

    def _step(self, place: Place) -> Iterator[Line]:
        yield Line(f"  {self.ids[place.key]}:", place.line)
        if place.stage in self.stages:
            yield Line(f"    stage: {self.stages[place.stage]}", place.line)
        for key, text in self._content(place):
            yield from (Line(line, place.line) for line in entry(key, text, "    "))
        if place.asks and place.ways:
            yield Line("    ask:", place.line)
            yield from (Line(f"      - {field}", place.line) for field in place.asks)
        yield from self._exit(place)

    def _content(self, place: Place) -> Iterator[tuple[str, str]]:
        """Each text under its key: short words are the question where there is something to answer."""
        title, say, note, question = _sorted(place)
        if title:
            yield "title", self._headline(title, place.line, told=bool(place.title))
        if say.strip():
            yield "say", self._body(say, place.line)
        if note.strip():
            yield "note", self._body(note, place.line)
        if question:
            yield "question", filled(plain(question))

    def _exit(self, place: Place) -> Iterator[Line]:
        if not place.ways:
            yield Line(f"    outcome: {self.outcomes[self.endings[place.key]]}", place.line)
        elif len(place.ways) == 1 and not plain(place.ways[0].label):
            yield Line(f"    next: {self.ids[place.ways[0].target]}", place.ways[0].line)
        else:
            yield Line("    options:", place.line)
            names = Names()
            for way in place.ways:
                yield from self._option(way, names)

    def _option(self, way: Way, names: Names) -> Iterator[Line]:
        target, indent = self.outline.places[way.target], "        "
        told = target.title or target.words or target.say or target.key
        label = bare(way.label) or bare(told) or self.ids[way.target]
        yield Line(f"      - id: {names.give(slug(label) or 'option')}", way.line)
        yield from self._label("label", label, way.line, indent)
        if way.remembers:
            yield Line(f"{indent}set:", way.line)
            value = literal(_cut(way.value or label, LABEL))
            yield from (Line(line, way.line) for line in entry(way.remembers, value, f"{indent}  "))
        yield Line(f"{indent}to: {self.ids[way.target]}", way.line)

    def _label(self, key: str, text: str, line: int, indent: str = "", *, most: int = LABEL) -> Iterator[Line]:
        whole = bare(text)
        if len(whole) > most:
            self.outline.remark(line, f"'{_cut(whole, 40)}' has {len(whole):,} characters and was cut after {most}")
        return (Line(each, line) for each in entry(key, _cut(whole, most), indent))

    def _headline(self, title: str, line: int, *, told: bool) -> str:
        whole = plain(title)
        short = filled(_cut(whole, LABEL))
        if len(short) > LABEL:
            short = _cut(_BRACES.sub("{", bare(whole)), LABEL)
        if told and short != filled(whole):
            self.outline.remark(line, f"'{_cut(bare(whole), 40)}' is too long for a title and was cut after {LABEL}")
        return short

    def _body(self, text: str, line: int) -> str:
        whole = markdown(text)
        if len(whole) <= TEXT:
            return whole
        self.outline.remark(
            line, f"'{_cut(bare(text[:200]), 40)}' is too long for a step and was cut after {TEXT // 10:,}"
        )
        return markdown(text[: TEXT // 10])


def _cut(text: str, length: int) -> str:
    """The text, cut at a word where it is too long."""
    if len(text) <= length:
        return text
    start = text[: length - 1]
    return f"{start.rpartition(' ')[0] or start}…"


def _id(place: Place) -> str:
    """What a step is called: its key as far as that is a name, else its first words."""
    name = place.key.lower().replace("_", "-")
    return name if _NAME.fullmatch(name) else slug(place.key) or slug(place.title or place.words) or "step"


def _ending(place: Place) -> Ending:
    label = place.outcome or place.title or place.words or place.say or place.key
    return Ending(_cut(bare(label), LABEL) or "End", place.kind if place.kind in KINDS else KINDS[0])


def _sorted(place: Place) -> tuple[str, str, str, str]:
    """Title, say, note and question of a place."""
    words, title, say, note = place.words, place.title, place.say, place.note
    told = place.spoken and len(place.ways) == 1 and not plain(place.ways[0].label)
    answered = bool(place.ways) and not told
    if answered and len(filled(plain(words))) <= QUESTION:
        question = words
    elif place.spoken:
        say, question = f"{say}\n{words}", ""
    else:
        whole = title or "\n" in words or len(filled(words)) > LABEL
        title, note, question = title or words, f"{words}\n{note}" if whole else note, ""
    seen = question or say.strip() or note.strip() or place.asks
    if place.ways and not seen:
        question = _cut(bare(title or place.key), LABEL)
    return title or ("" if seen or question else place.key), say, note, question
