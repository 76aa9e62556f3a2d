"""How easily the words to say can be followed by ear: Flesch's reading ease, and Amstad's for German.

python -m tests.reading      prints the figures of every shipped guide, and the hardest words to say of each

Ease is what Rudolf Flesch's formula gives ("A New Readability Yardstick", Journal of Applied Psychology 32, 1948),
206.835 less 1.015 for each word a sentence has and 84.6 for each syllable a word has; for German that of Toni Amstad
("Wie verständlich sind unsere Zeitungen?", Zürich 1978), 180 less 1 and 58.5. 60 to 70 is plain English, a child of
eleven follows 90.

No library counts the syllables: textstat fetches a dictionary when it runs, and hyphenation (pyphen) misses 4 of 100.
Groups of vowels, counted as below, are within 1 of 100 of the CMU Pronouncing Dictionary in our guides.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import median
from typing import NamedTuple

from engine.compiler import build_guides
from engine.model import Guide
from engine.text import Slot, Text

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "guides"
RANGE = {"en": (80, 60), "de": (65, 45)}
"""The least ease by language: of the median of a guide's words to say, and of any of them."""

_FORMULAS = {"en": (206.835, 1.015, 84.6), "de": (180.0, 1.0, 58.5)}
_SAMPLES = {
    "en": {"money": "ten euros", "date": "Monday", "month": "May", "time": "noon", "integer": "two", "number": "two"},
    "de": {"money": "zehn Euro", "date": "Montag", "month": "Mai", "time": "zehn", "integer": "zwei", "number": "zwei"},
}
_SAMPLE = {"en": "this", "de": "das"}
"""What stands for a gap: of its field's type, else one short word."""

_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
_SENTENCE = re.compile(r"[.!?:;]+(?=\s|$)|\n\s*(?:\n|[-*] )")
_GROUP = re.compile("[aeiouyäöü]+")
_SILENT = re.compile(
    r"(?:(?<![^aeiouy]l)(?<![aeiouy])e|(?<![cgsxzaeiouy])(?<!ch|sh)es|(?<![tdaeiouy])(?<![^aeiouy]l)ed)$"
)
_JOINED = re.compile(r"^(?:some|every)\w|^colleague")
_PARTED = re.compile("[aeiouy]ing$")


class Ease(NamedTuple):
    """How easy the words to say at a step are, in a guide's own language or in that of a translation."""

    ease: float
    guide: str
    language: str
    step: str
    say: str


def shipped() -> list[Guide]:
    """The guides that Handrail comes with, each translation as a guide of its own."""
    texts = {file.name: file.read_bytes() for file in sorted(FOLDER.glob("*.yaml"))}
    catalogs = {str(file): file.read_bytes() for file in sorted(FOLDER.glob("locale/*/*.po"))}
    guides = build_guides(texts, catalogs).values()
    return [spoken for guide in guides for spoken in (guide, *guide.translations.values())]


def eases(guide: Guide) -> list[Ease]:
    """The words to say of a guide, hardest first; none where its language has no formula here."""
    return sorted(_eases(guide)) if guide.language in _FORMULAS else []


def ease(text: str, language: str = "en") -> float:
    """The ease of a text that has at least one word."""
    start, by_sentence, by_word = _FORMULAS[language]
    words = _WORD.findall(text)
    sentences = [part for part in _SENTENCE.split(text) if _WORD.search(part)]
    count = sum(syllables(word, language) for word in words)
    return start - by_sentence * len(words) / len(sentences) - by_word * count / len(words)


def syllables(word: str, language: str = "en") -> int:
    """The syllables of a word by its groups of vowels; in English without an e that is not heard."""
    word = word.casefold().replace("\u2019", "'").removesuffix("'s")
    count = len(_GROUP.findall(word))
    if language == "en":
        count += -bool(_SILENT.search(word)) - bool(_JOINED.search(word)) + bool(_PARTED.search(word))
    return max(count, 1)


def _eases(guide: Guide) -> Iterator[Ease]:
    for step in guide.steps.values():
        if text := _filled(step.say, guide.language).strip():
            yield Ease(ease(text, guide.language), guide.id, guide.language, step.id, text)


def _filled(text: Text, language: str) -> str:
    """The text as it may be heard: its gaps filled, without the signs of Markdown."""
    samples, other = _SAMPLES[language], _SAMPLE[language]
    heard = (samples.get(part.field.type, other) if isinstance(part, Slot) else part for part in text.parts)
    return re.sub(r"\]\([^)]*\)|[*_\[]", "", "".join(heard))


def _told(measured: Mapping[str, list[Ease]]) -> Iterator[str]:
    yield f"{'guide':32} {'says':>4} {'median':>6} {'lowest':>6}  at"
    for name, found in measured.items():
        middle = median(each.ease for each in found)
        yield f"{name:32} {len(found):4} {middle:6.0f} {found[0].ease:6.0f}  {found[0].step}"


if __name__ == "__main__":
    MEASURED = {f"{guide.id} {guide.language}": found for guide in shipped() if (found := eases(guide))}
    print(*_told(MEASURED), sep="\n")
    for hardest in sorted(each for found in MEASURED.values() for each in found)[:12]:
        print(f"\n{hardest.ease:.0f} {hardest.guide} {hardest.language} {hardest.step}: {hardest.say}")
