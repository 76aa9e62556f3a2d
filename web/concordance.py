"""The words of guides and where they stand: what is searched, built once for a set of guides.

Of a guide that are its title, id, summary and tags; of its steps what is shown of them as words: title, words to say,
points, question and the labels of answers. Notes, what is never to be said, conditions and values are not in it.
"""

import re
from array import array
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from engine.model import Guide, Options, Step
from web.spelling import Likeness, Vocabulary, forms, known_as, spans, words

LONGEST_QUERY, MOST_WORDS = 100, 8
MOST_HITS, MOST_STEPS = 50, 3
MOST_PLACES = 15_000
"""Where one typed word is looked for at most: what stands in more places tells no guide from another."""
_SHORTEST_IN_STEPS = 3
"""Letters from which a word that is only begun is looked for in steps too."""
_SNIPPET, _BEFORE = 140, 40
_NOWHERE = array("I")
_MARKDOWN = re.compile(r"\[([^\]]*)\]\([^)]*\)|[*`]+|^[#>\s]+", re.MULTILINE)


_WORTH = {
    Likeness.SAME: 1.0,
    Likeness.BEGINS: 0.8,
    Likeness.HOLDS: 0.5,
    Likeness.ONE_SLIP: 0.3,
    Likeness.TWO_SLIPS: 0.2,
}
_AS_TYPED = 100
"""What a word that is there as it was typed is worth more than any slip: more than all words can weigh together."""


def _weights(*weights: int) -> tuple[Mapping[Likeness, float], ...]:
    return tuple(
        {each: worth * weight + _AS_TYPED * (each < Likeness.ONE_SLIP) for each, worth in _WORTH.items()}
        for weight in weights
    )


_HEAD, _STEP = _weights(8, 4), _weights(2, 1)
"""What a word weighs in a title, in a summary or tag; in the title of a step, in its other words."""


class Part(NamedTuple):
    """A piece of a text, and whether it is what was looked for."""

    text: str
    found: bool = False


class StepHit(NamedTuple):
    """A step with what was looked for; `snippet` is the part of its words around it, empty where its title says all."""

    step: str
    title: tuple[Part, ...]
    snippet: tuple[Part, ...]


class Hit(NamedTuple):
    """A guide with what was looked for, in the language it was found in, and at most three steps of it."""

    guide: str
    language: str
    title: tuple[Part, ...]
    summary: tuple[Part, ...]
    steps: tuple[StepHit, ...]


class Found(NamedTuple):
    """The best hits, best first: at most 50 guides and steps together. `partly`: none has all the words; `cut`: there
    are more guides than these."""

    hits: tuple[Hit, ...] = ()
    partly: bool = False
    cut: bool = False


class _Sought(NamedTuple):
    """One typed word: the words it can be, and those it can be in a step."""

    alike: Mapping[str, Likeness]
    in_steps: Mapping[str, Likeness]


class _Reached(NamedTuple):
    """How far each guide, and each step, both by number, has what was looked for: a bit for each typed word.

    `titled` are the steps that have some of it in their titles.
    """

    guides: Mapping[int, int]
    steps: Mapping[int, int]
    titled: frozenset[int]
    scores: Mapping[int, float]
    most: Mapping[int, int]
    """How many typed words each guide has together, in what is said of it and in one of its steps."""

    def whole(self, count: int) -> list[int]:
        """The guides that have so many."""
        return [guide for guide, most in self.most.items() if most == count]


class _Postings:
    """Where words stand, by their forms. A place is a number times two, and one more where it weighs less."""

    def __init__(self) -> None:
        self.by_form: dict[str, array[int]] = {}

    def note(self, place: int, forms: Iterable[str]) -> None:
        for form in forms:
            self.by_form.setdefault(form, array("I")).append(place)

    def places(self, alike: Mapping[str, Likeness], most: int) -> Mapping[int, Likeness]:
        """The places of some words, at most so many, each with its best likeness."""
        near: list[tuple[array[int], Likeness]] = []
        for form, likeness in sorted(alike.items(), key=lambda each: (each[1], len(each[0]), each[0])):
            places = self.by_form.get(form, _NOWHERE)[: max(most, 0)]
            near.append((places, likeness))
            most -= len(places)
        found: dict[int, Likeness] = {}
        for places, likeness in reversed(near):  # the best are written last, over the others
            found.update(dict.fromkeys(places, likeness))
        return found


class Concordance:
    """The words of some guides, each in one language."""

    def __init__(self, guides: Sequence[Guide]) -> None:
        self._guides = guides
        self._steps: list[tuple[int, Step]] = []
        self._heads, self._inside = _Postings(), _Postings()
        for number, guide in enumerate(guides):
            self._take(number, guide)
        self._vocabulary = Vocabulary({*self._heads.by_form, *self._inside.by_form})

    def search(self, query: str, languages: Sequence[str] = (), steps: int = MOST_STEPS) -> Found:
        """The guides and steps that hold all words of a query, or words that begin so, or nearly so.

        A guide that is there in several languages is found once, in the first of `languages` that is as good. Of a
        query the first 100 characters and 8 words count; of each guide at most so many `steps` are found.
        """
        typed = _typed(query)
        sought, reached = self._reached(typed)
        most = max(reached.most.values(), default=0)
        if not most:
            return Found()
        best = sorted(reached.whole(most), key=lambda guide: self._rank(guide, reached, languages))
        once = {self._guides[number].id: number for number in reversed(best)}
        kept = [number for number in best if once[self._guides[number].id] == number]
        telling = self._telling(reached, most, frozenset(kept[:MOST_HITS]))
        hits: list[Hit] = []
        left = MOST_HITS
        while left and len(hits) < len(kept):
            number = kept[len(hits)]
            hits.append(self._hit(number, telling.get(number, [])[: min(steps, left - 1)], sought))
            left -= 1 + len(hits[-1].steps)
        return Found(tuple(hits), most < len(typed), len(kept) > len(hits))

    def _take(self, number: int, guide: Guide) -> None:
        self._heads.note(number * 2, known_as(guide.title) | _joined(guide.title))
        self._heads.note(number * 2 + 1, known_as(" ".join((guide.id, guide.summary, *guide.tags))))
        for step in guide.steps.values():
            if not step.automatic:
                place = len(self._steps) * 2
                self._steps.append((number, step))
                self._inside.note(place, known_as(step.name.source))
                self._inside.note(place + 1, known_as("\n".join(_texts(step))))

    def _reached(self, typed: Sequence[str]) -> tuple[Sequence[_Sought], _Reached]:
        """What the words can mean, and how far the guides have it.

        Slips are looked for only where the words as they are typed lead to no guide: first in words that stand nowhere,
        then in all of them; but not in steps, where steps have the words as they are.
        """
        plain = [self._as_typed(word) for word in typed]
        steps = True
        if all(each.alike for each in plain):
            reached = self._reaches(plain)
            whole = reached.whole(len(typed))
            if any(guide in reached.guides for guide in whole):
                return plain, reached
            steps = not whole
        else:
            mended = [each if each.alike else self._mended(word, each) for word, each in zip(typed, plain)]
            reached = self._reaches(mended)
            if reached.whole(len(typed)):
                return mended, reached
        mended = [self._mended(word, each, steps=steps) for word, each in zip(typed, plain)]
        return mended, self._reaches(mended)

    def _as_typed(self, word: str) -> _Sought:
        found = self._vocabulary.like(word, slips=False)
        return _Sought(found, _for_steps(word, found))

    def _mended(self, word: str, plain: _Sought, *, steps: bool = True) -> _Sought:
        nearly = self._vocabulary.like(word, slips=True)
        return _Sought({**nearly, **plain.alike}, {**nearly, **plain.in_steps} if steps else plain.in_steps)

    def _reaches(self, sought: Sequence[_Sought]) -> _Reached:
        guides: dict[int, int] = {}
        steps: dict[int, int] = {}
        titled: set[int] = set()
        scores: dict[int, float] = {}
        for number, word in enumerate(sought):
            best: dict[int, float] = {}
            for place, likeness in self._heads.places(word.alike, MOST_PLACES).items():
                guide, score = place // 2, _HEAD[place % 2][likeness]
                guides[guide] = guides.get(guide, 0) | 1 << number
                best[guide] = max(score, best.get(guide, 0))
            for place, likeness in self._inside.places(word.in_steps, MOST_PLACES).items():
                step, score = place // 2, _STEP[place % 2][likeness]
                steps[step] = steps.get(step, 0) | 1 << number
                if place % 2 == 0:
                    titled.add(step)
                guide = self._steps[step][0]
                if score > best.get(guide, 0):
                    best[guide] = score
            for guide, score in best.items():
                scores[guide] = scores.get(guide, 0) + score
        most = {guide: bits.bit_count() for guide, bits in guides.items()}
        for step, bits in steps.items():
            guide = self._steps[step][0]
            together = (bits | guides.get(guide, 0)).bit_count()
            if together > most.get(guide, 0):
                most[guide] = together
        return _Reached(guides, steps, frozenset(titled), scores, most)

    def _rank(self, number: int, reached: _Reached, languages: Sequence[str]) -> tuple[object, ...]:
        guide = self._guides[number]
        spoken = guide.language.partition("-")[0]
        other = languages.index(spoken) if spoken in languages else len(languages)
        return -reached.scores[number], other, len(guide.title), guide.title.casefold(), guide.id

    def _telling(self, reached: _Reached, most: int, guides: frozenset[int]) -> Mapping[int, Sequence[Step]]:
        """The steps to show of each guide: those that it would not be found without, or that have all themselves."""
        found: dict[int, list[Step]] = {}
        own = [number for number in reached.steps if self._steps[number][0] in guides]
        for number in sorted(own, key=lambda each: (each not in reached.titled, each)):
            guide, step = self._steps[number]
            head, bits = reached.guides.get(guide, 0), reached.steps[number]
            needed = head.bit_count() < most and (head | bits).bit_count() == most
            if needed or bits.bit_count() == most:
                found.setdefault(guide, []).append(step)
        return found

    def _hit(self, number: int, telling: Sequence[Step], sought: Sequence[_Sought]) -> Hit:
        guide = self._guides[number]
        anywhere = {form for word in sought for form in word.alike}
        in_steps = {form for word in sought for form in word.in_steps}
        steps = tuple(_step_hit(step, in_steps) for step in telling)
        return Hit(guide.id, guide.language, _marked(guide.title, anywhere), _marked(guide.summary, anywhere), steps)


def _typed(query: str) -> list[str]:
    """The words of a query, each once; a single letter counts where there is nothing else."""
    found = list(dict.fromkeys(words(query[:LONGEST_QUERY])))
    longer = [word for word in found if len(word) > 1 or not word.isascii()]
    return (longer or found)[:MOST_WORDS]


def _joined(title: str) -> frozenset[str]:
    """Each two neighbours among the words of a title, written as one."""
    known = [forms(word) for word in words(title)]
    return frozenset(a + b for one, two in pairwise(known) for a in one for b in two)


def _texts(step: Step) -> tuple[str, ...]:
    """What is shown of a step beside its title, one text a line, without marks of Markdown."""
    labels = [option.label for option in step.exit.options] if isinstance(step.exit, Options) else []
    texts = [step.say.source, *(point.source for point in step.points)]
    question = step.question.source if step.title else ""
    plain = (" ".join(_MARKDOWN.sub(r"\1", text).split()) for text in (*texts, question, *labels))
    return tuple(text for text in plain if text)


def _for_steps(word: str, found: Mapping[str, Likeness]) -> Mapping[str, Likeness]:
    """What a word can be in a step: one that is short and only begun could be too much there."""
    if len(word) >= _SHORTEST_IN_STEPS or not word.isascii():
        return found
    return {form: likeness for form, likeness in found.items() if likeness is Likeness.SAME}


def _step_hit(step: Step, wanted: set[str]) -> StepHit:
    title = _marked(step.name.source, wanted)
    texts = [_marked(text, wanted) for text in _texts(step)]
    best = max(texts, key=_telling, default=())
    return StepHit(step.id, title, _cut(best) if _telling(best) else ())


def _telling(parts: Iterable[Part]) -> int:
    return len({part.text.casefold() for part in parts if part.found})


def _marked(text: str, wanted: set[str]) -> tuple[Part, ...]:
    """The text in pieces, the words that are wanted in pieces of their own."""
    parts, end = [], 0
    for start, stop in spans(text, wanted):
        if start >= end:
            parts += [Part(text[end:start]), Part(text[start:stop], found=True)]
            end = stop
    return tuple(part for part in (*parts, Part(text[end:])) if part.text)


def _cut(parts: Sequence[Part]) -> tuple[Part, ...]:
    """About 140 characters of a text, beginning shortly before the first piece that was found."""
    first = parts[0]
    if not first.found and len(first.text) > _BEFORE:
        kept = first.text[-_BEFORE:].partition(" ")[2]
        parts = (Part(f"… {kept}"), *parts[1:])
    shown: list[Part] = []
    room = _SNIPPET
    for part in parts:
        if len(part.text) > room:
            return (*shown, Part(f"{part.text[:room].rpartition(' ')[0]} …"))
        shown.append(part)
        room -= len(part.text)
    return tuple(shown)
