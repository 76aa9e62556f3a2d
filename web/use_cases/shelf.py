"""The guides that can be started, and what a session pins when it starts one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, Self

from engine.compiler import compile_guides, reachable
from engine.library import Library, files
from engine.model import Guide
from web.concordance import Concordance
from web.language import language_of
from web.storage.database import Database
from web.storage.guides import Version, live_versions, read
from web.storage.sessions import Pin
from web.use_cases.refusals import NotFoundError


@dataclass(frozen=True, slots=True)
class GuideCard:
    """A guide that can be started, in its `language`. `needs_recheck`: its `review_by` date has passed.

    `usual` is the language that it is in where nobody chooses one.
    """

    id: str
    title: str
    summary: str
    tags: tuple[str, ...]
    number: int
    digest: str
    review_by: date | None
    needs_recheck: bool
    language: str
    usual: str


class Titled(NamedTuple):
    """The title of a guide, and the language that it is in; "" where nobody can say."""

    text: str
    language: str

    @classmethod
    def of(cls, guide: Guide) -> Self:
        """That of a guide in one language."""
        return cls(guide.title, guide.language)


class Language(NamedTuple):
    """A language to walk a guide in, and the locale of a session that does."""

    locale: str
    language: str


@dataclass(frozen=True, slots=True)
class Pinned:
    """A guide ready to start: itself and all it can call, by id, and the versions these are."""

    guide: Guide
    guides: Mapping[str, Guide]
    pins: Mapping[str, Pin]

    def languages(self, usual: str) -> tuple[Language, ...]:
        """The languages that the guide can be walked in; the one heard in the `usual` locale comes first."""
        first = self.guide.spoken(usual).language
        rest = dict.fromkeys((self.guide.language, *self.guide.translations))
        return (Language(usual, first), *(Language(each, each) for each in rest if each != first))


@dataclass(frozen=True, slots=True)
class _Live:
    versions: Mapping[str, Version]
    guides: Mapping[str, Guide]
    concordance: Concordance


class Shelf:
    """Live guides, compiled once for each set of live versions; and the pinned ones of sessions.

    `locale` is that of a session where nobody chooses one.
    """

    def __init__(self, database: Database, locale: str = "en") -> None:
        self._database = database
        self._locale = locale
        self._library = Library(lambda digest: read(database, digest))
        self._live: dict[tuple[Version, ...], _Live] = {}

    def cards(self, today: date, locales: Sequence[str]) -> tuple[GuideCard, ...]:
        """The guides that can be started, by title, each as `heard` by a reader of these locales."""
        live = self._newest()
        cards = (self._card(guide, live.versions[id], today, locales) for id, guide in live.guides.items())
        return tuple(sorted(cards, key=lambda card: (card.title.casefold(), card.id)))

    def card(self, guide_id: str, today: date, locales: Sequence[str]) -> GuideCard:
        """One of the guides that can be started. Raises `NotFoundError`."""
        live = self._newest()
        if guide_id not in live.guides:
            raise NotFoundError("guide")
        return self._card(live.guides[guide_id], live.versions[guide_id], today, locales)

    def titles(self, ids: Iterable[str], locales: Sequence[str]) -> Mapping[str, Titled]:
        """The titles of those of these guides that can be started, each as `heard` by a reader of these locales."""
        live = self._newest().guides
        return {id: Titled.of(heard(live[id], locales or [self._locale])) for id in ids if id in live}

    @property
    def concordance(self) -> Concordance:
        """The words of the guides that can be started, in every language that they are in."""
        return self._newest().concordance

    def ready(self, guide_id: str) -> Pinned:
        """A guide to start, in the words that its session will stay on. Raises `NotFoundError`."""
        live = self._newest()
        if guide_id not in live.guides:
            raise NotFoundError("guide")
        versions = (live.versions[id] for id in reachable(live.guides[guide_id], live.guides))
        pins = {each.guide: Pin(each.number, each.digest) for each in versions}
        guides = self.pinned(pins)
        return Pinned(guides[guide_id], guides, pins)

    def pinned(self, pins: Mapping[str, Pin]) -> Mapping[str, Guide]:
        """A session's guides by id. Raises `UnknownGuideError` where one can no longer be had."""
        return self._library.pinned({id: pin.digest for id, pin in pins.items()})

    def _card(self, guide: Guide, version: Version, today: date, locales: Sequence[str]) -> GuideCard:
        told = heard(guide, locales or [self._locale])
        review_by = date.fromisoformat(guide.review_by) if guide.review_by else None
        late = review_by is not None and review_by < today
        known = version.number, version.digest, review_by, late
        return GuideCard(
            guide.id, told.title, told.summary, told.tags, *known, told.language, guide.spoken(self._locale).language
        )

    def _newest(self) -> _Live:
        versions = live_versions(self._database)
        if versions not in self._live:
            by_id = {version.guide: version for version in versions}
            guides = self._startable(by_id)
            spoken = [each for guide in guides.values() for each in (guide, *guide.translations.values())]
            self._live = {versions: _Live(by_id, guides, Concordance(spoken))}
        return self._live[versions]

    def _startable(self, versions: Mapping[str, Version]) -> Mapping[str, Guide]:
        """The live guides that can be walked: one may have stopped fitting a newer version of a guide it calls."""
        found = files({id: read(self._database, version.digest) for id, version in versions.items()})
        return compile_guides(found.texts, catalogs=found.catalogs, images=found.images).guides


def heard(guide: Guide, locales: Iterable[str]) -> Guide:
    """The guide in the first of these locales that it is written in or translated to; else as its author wrote it."""
    for locale in locales:
        spoken = guide.spoken(locale)
        if spoken is not guide or language_of(locale) == language_of(guide.language):
            return spoken
    return guide
