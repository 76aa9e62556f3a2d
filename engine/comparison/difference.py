"""One difference between two versions of a guide, and the sentences that differences are told in."""

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import NamedTuple

from engine.comparison.wording import quoted, reworded

KINDS = ("added", "removed", "renamed", "wording", "way", "order", "tightened", "loosened", "changed")
"""What can have happened. `way`: something leads elsewhere; `tightened`: something that was accepted is refused now."""


class Subject(NamedTuple):
    """The part of a guide that a difference is about: guide, stage, field, outcome, option set, anytime entry, step,
    document, rule, walkthrough or translation; its id, and the `name` that people know it by, where it has one.
    """

    part: str
    id: str = ""
    name: str = ""


class Difference(NamedTuple):
    """What is not as it was: its kind (of `KINDS`), what it is about, and a sentence for the author.

    `was` and `now` are whole where the sentence is about a text or a value; "" is none.
    """

    kind: str
    about: Subject
    sentence: str
    was: str = ""
    now: str = ""


class Voice(NamedTuple):
    """Tells differences about one part; `lead` begins each sentence, like `the answer “Disputes”: `."""

    about: Subject
    lead: str = ""

    def within(self, lead: str) -> "Voice":
        """The voice for something inside this part."""
        return Voice(self.about, f"{self.lead}{lead}: ")

    def tell(self, kind: str, clause: str, was: str = "", now: str = "") -> Difference:
        """The difference that this clause says."""
        words = f"{self.lead}{clause}."
        return Difference(kind, self.about, words[0].upper() + words[1:], was, now)

    def value(self, name: str, was: str, now: str, kind: str = "changed") -> Iterator[Difference]:
        """A short value, shown as it is; "" is none."""
        if was != now:
            yield self.tell(kind, f"{name} {_stated(was, now)}", was, now)

    def limit(self, name: str, was: str, now: str, kind: str) -> Iterator[Difference]:
        """A value by which answers are accepted or refused, and what that means for them."""
        for told in self.value(name, was, now, kind):
            yield told._replace(sentence=f"{told.sentence[:-1]}{_EFFECTS.get(kind, '')}.")

    def code(self, name: str, was: str, now: str, kind: str = "changed") -> Iterator[Difference]:
        """Something that is written out in the guide, like a condition."""
        if was != now:
            written = reworded(name, was, now) if was and now else f"{name} {_stated(_quoted(was), _quoted(now))}"
            yield self.tell(kind, written, was, now)

    def text(self, name: str, was: str, now: str) -> Iterator[Difference]:
        """A text for people."""
        yield from self.code(name, was, now, "wording")

    def mapping(self, name: str, was: Mapping[str, str], now: Mapping[str, str]) -> Iterator[Difference]:
        """Values by key, each written out in the guide; `{}` in the name stands for the key."""
        for key in {**now, **was}:
            yield from self.code(name.format(key), was.get(key, ""), now.get(key, ""))

    def texts(self, name: str, was: Sequence[str], now: Sequence[str]) -> Iterator[Difference]:
        """Texts in a list that have no ids."""
        if was != now and Counter(was) == Counter(now):
            yield self.tell("order", f"{name}s stand in another order")
            return
        for before, after in replaced(was, now):
            old, new = "" if before is None else was[before], "" if after is None else now[after]
            if old and new:
                yield from self.text(name, old, new)
            else:
                kind, words = ("added", "is new") if new else ("removed", "is gone")
                yield self.tell(kind, f"{name} {quoted(old or new)} {words}", old, new)

    def order(self, name: str, was: Sequence[str], now: Sequence[str]) -> Iterator[Difference]:
        """The order of what is there in both, by ids and told by `name`, in the plural."""
        both = set(was).intersection(now)
        kept = [id for id in now if id in both]
        if kept != [id for id in was if id in both]:
            yield self.tell("order", f"{name} stand in another order: {', '.join(kept)}")


def replaced(was: Sequence[Hashable], now: Sequence[Hashable]) -> Iterator[tuple[int | None, int | None]]:
    """What stands in one list in the place of what in the other, by number and in order; None for nothing."""
    for tag, a, b, c, d in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if tag != "equal":
            yield from zip_longest(range(a, b), range(c, d))


def _quoted(text: str) -> str:
    return text and quoted(text)


def _stated(was: str, now: str) -> str:
    if not was:
        return f"is new: {now}"
    return f"is now {now}; it was {was}" if now else f"is gone; it was {was}"


_EFFECTS = {"tightened": ", so less is accepted", "loosened": ", so more is accepted"}
