"""What changed between two versions of a guide, in the author's words (FORMAT §6, "Versions")."""

from collections.abc import Callable, Collection, Iterator, Mapping
from operator import attrgetter
from typing import TypeVar

from engine.claims import EveryPath, LongestPath, Rule, Selector
from engine.comparison.anytime import anytime_differences
from engine.comparison.difference import Difference, Subject, Voice
from engine.comparison.fields import field_differences
from engine.comparison.renaming import Sides, step_words
from engine.comparison.steps import step_differences
from engine.model import Document, Guide, Outcome, Walkthrough

Part = TypeVar("Part")


def compare(old: Guide, new: Guide) -> tuple[Difference, ...]:
    """Every difference between two versions of a guide that compiled: none where they mean the same.

    What is about one part stands together, in the order of the format and of the newer guide. Keys that stand
    elsewhere, comments and layout are no difference. A step or option is known again by its id, or by its `was`.
    """
    told = tuple(_together(dict.fromkeys(_told(Sides.of(old, new)))))
    return (*told, *_translations(old, new, told))


def _together(found: Mapping[Difference, None]) -> Iterator[Difference]:
    """The differences of each part where its first one stands: an option set is told of once, at its first step."""
    by_subject: dict[Subject, list[Difference]] = {}
    for difference in found:
        by_subject.setdefault(difference.about, []).append(difference)
    for differences in by_subject.values():
        yield from differences


def _told(sides: Sides) -> Iterator[Difference]:
    old, new = sides.old, sides.new
    yield from _head(sides)
    yield from _parts("stage", old.stages or {}, new.stages or {}, str, _stage)
    yield from field_differences(sides)
    yield from _parts("outcome", old.outcomes, new.outcomes, attrgetter("label"), _outcome)
    yield from anytime_differences(sides)
    yield from step_differences(sides)
    yield from _parts("document", old.documents, new.documents, attrgetter("title"), _document)
    yield from _parts("rule", _rules(old), _rules(new), _claimed, _rule)
    yield from _parts("walkthrough", _walkthroughs(old), _walkthroughs(new), _no_name, _walkthrough)


def _head(sides: Sides) -> Iterator[Difference]:
    old, new = sides.old, sides.new
    voice = Voice(Subject("guide", new.id, new.title))
    yield from voice.value("the id", old.id, new.id)
    yield from voice.text("the title", old.title, new.title)
    yield from voice.text("the summary", old.summary, new.summary)
    yield from voice.value("the language", old.language, new.language)
    yield from voice.value("the owner", old.owner, new.owner)
    yield from voice.value("the list of tags", ", ".join(old.tags), ", ".join(new.tags))
    yield from voice.value("the audience", old.audience, new.audience)
    yield from voice.value("the day to check it again by", old.review_by or "", new.review_by or "")
    if sides.now(old.start) != new.start:
        words = f"it now starts at {step_words(new, new.start)}; it started at {step_words(old, old.start)}"
        yield voice.tell("way", words, old.start, new.start)
    for name, ids in _ORDERED.items():
        yield from voice.order(name, ids(old), ids(new))
    unused = (", ".join(sorted(guide.unused_sets)) for guide in (old, new))
    yield from voice.value("the list of option sets that no step uses", *unused)


_ORDERED: Mapping[str, Callable[[Guide], list[str]]] = {
    "the fields that are given at the start": lambda guide: [field.id for field in guide.given],
    "the stages": lambda guide: list(guide.stages or {}),
    "the rules": lambda guide: list(_rules(guide)),
    "the walkthroughs": lambda guide: list(_walkthroughs(guide)),
}
"""What means something, or is told, in the order in which it is written."""


def _parts(
    part: str,
    old: Mapping[str, Part],
    new: Mapping[str, Part],
    name: Callable[[Part], str],
    differences: Callable[[Voice, Part, Part], Iterator[Difference]],
) -> Iterator[Difference]:
    """Parts by id: those that are new or other ones now, in the newer order, then those that are gone."""
    for id, now in new.items():
        voice = Voice(Subject(part, id, name(now)))
        if id in old:
            yield from differences(voice, old[id], now)
        else:
            yield voice.tell("added", f"this {part} is new")
    for id, was in old.items():
        if id not in new:
            yield Voice(Subject(part, id, name(was))).tell("removed", f"this {part} is gone")


def _stage(voice: Voice, old: str, new: str) -> Iterator[Difference]:
    yield from voice.text("the label", old, new)


def _outcome(voice: Voice, old: Outcome, new: Outcome) -> Iterator[Difference]:
    yield from voice.text("the label", old.label, new.label)
    yield from voice.value("the kind", old.kind, new.kind)
    yield from voice.text("the sentence for clients", old.summary, new.summary)


def _document(voice: Voice, old: Document, new: Document) -> Iterator[Difference]:
    yield from voice.value("the kind", old.kind, new.kind)
    yield from voice.text("the title", old.title, new.title)
    yield from voice.text("the address", old.to.written, new.to.written)
    yield from voice.text("the subject", old.subject.written, new.subject.written)
    yield from voice.text("the body", old.body.written, new.body.written)


def _rule(voice: Voice, old: Rule, new: Rule) -> Iterator[Difference]:
    yield from voice.code("what must hold", _claimed(old), _claimed(new))
    yield from voice.text("the reason", old.because, new.because)
    yield from voice.value("an answer at any time", _counting(old), _counting(new))


def _counting(rule: Rule) -> str:
    return "counted as a way on" if rule.anytime else "not counted as a way on"


def _claimed(rule: Rule) -> str:
    """What a rule says must hold, in words."""
    claim = rule.claim
    if isinstance(claim, LongestPath):
        return f"no path has more than {claim.steps} steps"
    if isinstance(claim, EveryPath):
        return f"every path to {_selected(claim.to)} passes {_selected(claim.passes)}"
    without = f" without {_selected(claim.without)}" if claim.without else ""
    return f"no path from {_selected(claim.start)} to {_selected(claim.to)}{without}"


def _selected(selector: Selector) -> str:
    return f"the {selector.name}" if selector.kind == "any" else f"the {selector.kind} '{selector.name}'"


def _rules(guide: Guide) -> dict[str, Rule]:
    return {rule.id: rule for rule in guide.rules}


def _walkthroughs(guide: Guide) -> dict[str, Walkthrough]:
    """The walkthroughs by name; where several have the same one, the later ones are counted."""
    found: dict[str, Walkthrough] = {}
    for walkthrough in guide.walkthroughs:
        name, count = walkthrough.name, 1
        while name in found:
            count += 1
            name = f"{walkthrough.name} ({count})"
        found[name] = walkthrough
    return found


def _no_name(_: Walkthrough) -> str:
    return ""


def _walkthrough(voice: Voice, old: Walkthrough, new: Walkthrough) -> Iterator[Difference]:
    for key in {**old.script, **new.script}:
        if old.script.get(key) != new.script.get(key):
            yield voice.tell("changed", f"it has other {key!r}")


def _translations(old: Guide, new: Guide, told: Collection[Difference]) -> Iterator[Difference]:
    """Languages, and what is worded otherwise in a translation alone."""
    for language, guide in new.translations.items():
        about = Subject("translation", language, guide.title)
        if language not in old.translations:
            yield Voice(about).tell("added", "this translation is new")
            continue
        for difference in _told(Sides.of(old.translations[language], guide)):
            if difference.kind == "wording" and difference.was and difference.now and difference not in told:
                sentence = f"{' '.join(filter(None, difference.about[:2]))}: {difference.sentence}"
                yield difference._replace(about=about, sentence=sentence[0].upper() + sentence[1:])
    for language, guide in old.translations.items():
        if language not in new.translations:
            about = Subject("translation", language, guide.title)
            yield Voice(about).tell("removed", "this translation is gone")
