"""Finding the right guide: those at hand, a search over guides and steps, and what changed since one last ran it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from engine.comparison.difference import Difference, Subject
from engine.comparison.guide import compare
from engine.errors import UnknownGuideError
from engine.model import Guide
from web.concordance import Concordance, Hit, StepHit
from web.language import language_of
from web.storage import bookmarks, sessions
from web.storage.database import Database
from web.storage.people import Person
from web.storage.sessions import Pin
from web.use_cases.clock import Clock, date_in
from web.use_cases.desk import Custom
from web.use_cases.permissions import Permission, require
from web.use_cases.shelf import GuideCard, Shelf

Key = TypeVar("Key")
Value = TypeVar("Value")

MOST_RECENT = 6
MOST_CHANGES = 10
MOST_STEPS = 5
_KEPT, _WALKED = 256, 32
"""How many comparisons are kept, and how many guides under way with their words."""
_TOLD = ("guide", "step", "anytime entry", "outcome", "document", "field", "stage", "option set")
"""What a change is about that staff meet, in the order in which it is told; rules and walkthroughs are the author's."""


@dataclass(frozen=True, slots=True)
class Arranged:
    """The guides that can be started: those that a person pinned, those they ran last, and the rest by title."""

    pinned: tuple[GuideCard, ...]
    recent: tuple[GuideCard, ...]
    rest: tuple[GuideCard, ...]

    @property
    def in_order(self) -> tuple[GuideCard, ...]:
        """All of them."""
        return (*self.pinned, *self.recent, *self.rest)

    def without(self, guide: str) -> "Arranged":
        """All but one."""
        kept = (tuple(card for card in cards if card.id != guide) for cards in (self.pinned, self.recent, self.rest))
        return Arranged(*kept)


@dataclass(frozen=True, slots=True)
class Finding:
    """A guide that was found, as it can be started, and where what was looked for stands in it."""

    card: GuideCard
    hit: Hit

    @property
    def locale(self) -> str | None:
        """In which locale to start it so that its words are those that were found.

        None for the usual one, also where they were found in the language in which the reader knows the guide.
        """
        return None if self.hit.language in (self.card.language, self.card.usual) else self.hit.language


@dataclass(frozen=True, slots=True)
class Findings:
    """What a search found, best first. `partly`: nothing has all the words; `cut`: there is more."""

    found: tuple[Finding, ...] = ()
    partly: bool = False
    cut: bool = False

    @property
    def by_title(self) -> bool:
        """Whether the best guide was found by its title."""
        return any(part.found for finding in self.found[:1] for part in finding.hit.title)


@dataclass(frozen=True, slots=True)
class Change:
    """Something that is not as it was: the name of the step it is about, "" for the guide itself, and a sentence."""

    about: str
    sentence: str


@dataclass(frozen=True, slots=True)
class News:
    """What changed in a guide since somebody last ran it, that day: the first ten changes, and how many `more`."""

    since: date
    changes: tuple[Change, ...]
    more: int


class Finder:
    """The use cases of finding a guide."""

    def __init__(self, database: Database, shelf: Shelf, custom: Custom, clock: Clock) -> None:
        self._database = database
        self._shelf = shelf
        self._custom = custom
        self._clock = clock
        self._compared: dict[tuple[str, str, str], tuple[Change, ...]] = {}
        self._walked: dict[tuple[str, str], Concordance] = {}

    def arranged(self, person: Person, locales: Sequence[str] = ()) -> Arranged:
        """The guides that can be started, as they are at hand for a person, in the first language that they have.

        Without `locales` it is the installation's.
        """
        cards = {card.id: card for card in self._cards(person, locales)}
        pinned = [id for id in bookmarks.of_person(self._database, person.id) if id in cards]
        runs = sessions.recent_guides(self._database, person.id, len(pinned) + MOST_RECENT)
        recent = [id for id in runs if id in cards and id not in pinned][:MOST_RECENT]
        rest = [id for id in cards if id not in pinned and id not in recent]
        return Arranged(*(tuple(cards[id] for id in ids) for ids in (pinned, recent, rest)))

    def search(self, person: Person, text: str, locales: Sequence[str] = (), but: str = "") -> Findings:
        """The guides, `but` one of them, and the steps with these words in them, or nearly; at most 50 together.

        Each is found in the first language of these locales that has the words as well as any.
        """
        cards = {card.id: card for card in self._cards(person, locales)}
        liked = [language_of(locale) for locale in locales or (self._custom.locale,)]
        found = self._shelf.concordance.search(text, liked)
        findings = (Finding(cards[hit.guide], hit) for hit in found.hits if hit.guide in cards.keys() - {but})
        return Findings(tuple(findings), found.partly, found.cut)

    def steps(self, guide: Guide, text: str) -> tuple[StepHit, ...]:
        """The steps of a guide under way, in its own version and language, that have the words that are looked for."""
        key = guide.digest, guide.language
        if key not in self._walked:
            _keep(self._walked, key, Concordance((guide,)), _WALKED)
        found = self._walked[key].search(text, steps=MOST_STEPS)
        return () if found.partly else tuple(step for hit in found.hits for step in hit.steps)

    def pinned(self, person: Person, guide_id: str) -> bool:
        """Whether a person has pinned a guide."""
        return guide_id in bookmarks.of_person(self._database, person.id)

    def pin(self, person: Person, guide_id: str) -> GuideCard:
        """Pin a guide that can be started: it stands first on the person's desk. Raises `NotFoundError`."""
        require(person, Permission.WALK)
        card = self._shelf.card(guide_id, self._today(), ())
        bookmarks.keep(self._database, person.id, guide_id, self._clock())
        return card

    def unpin(self, person: Person, guide_id: str) -> None:
        """Pin a guide no longer."""
        require(person, Permission.WALK)
        bookmarks.drop(self._database, person.id, guide_id)

    def news(self, person: Person, guide_id: str, locale: str) -> News | None:
        """What changed in a guide since the person last started it; None where nothing did that staff would meet."""
        require(person, Permission.WALK)
        run = sessions.last_run(self._database, person.id, guide_id)
        now = self._shelf.ready(guide_id)
        changes = self._changes(guide_id, run.pin, now.pins[guide_id], locale) if run else ()
        if run is None or not changes:
            return None
        since = date_in(self._custom.time_zone, run.started)
        return News(since, changes[:MOST_CHANGES], max(0, len(changes) - MOST_CHANGES))

    def _changes(self, guide_id: str, then: Pin, now: Pin, locale: str) -> tuple[Change, ...]:
        """From one version to another; worked out once for each two of them."""
        if then.digest == now.digest:
            return ()
        key = then.digest, now.digest, locale
        if key not in self._compared:
            try:
                old, new = (self._shelf.pinned({guide_id: pin})[guide_id].spoken(locale) for pin in (then, now))
            except UnknownGuideError:  # a version so old that it can no longer be read
                return ()
            _keep(self._compared, key, tuple(_told(compare(old, new))), _KEPT)
        return self._compared[key]

    def _cards(self, person: Person, locales: Sequence[str]) -> tuple[GuideCard, ...]:
        require(person, Permission.WALK)
        return self._shelf.cards(self._today(), locales)

    def _today(self) -> date:
        return date_in(self._custom.time_zone, self._clock())


def _told(differences: Sequence[Difference]) -> list[Change]:
    told = [each for each in differences if each.about.part in _TOLD]
    told.sort(key=lambda each: _TOLD.index(each.about.part))
    return [Change(_named(each.about), each.sentence) for each in told]


def _named(about: Subject) -> str:
    return "" if about.part == "guide" else about.name or about.id.replace("-", " ").capitalize()


def _keep(kept: dict[Key, Value], key: Key, value: Value, most: int) -> None:
    """Keep something among at most so many: what was kept first goes first."""
    if len(kept) >= most:
        kept.pop(next(iter(kept)), None)
    kept[key] = value
