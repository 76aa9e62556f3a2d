"""The guides that can be started, and what a session pins when it starts one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from engine.compiler import compile_guides, reachable
from engine.library import Library
from engine.model import Guide
from web.storage.database import Database
from web.storage.guides import Version, live_versions, read_text
from web.storage.sessions import Pin
from web.use_cases.refusals import NotFoundError


@dataclass(frozen=True, slots=True)
class GuideCard:
    """A guide that can be started. `needs_recheck`: its `review_by` date has passed."""

    id: str
    title: str
    summary: str
    tags: tuple[str, ...]
    number: int
    digest: str
    review_by: date | None
    needs_recheck: bool


@dataclass(frozen=True, slots=True)
class Pinned:
    """A guide ready to start: itself and all it can call, by id, and the versions these are."""

    guide: Guide
    guides: Mapping[str, Guide]
    pins: Mapping[str, Pin]


@dataclass(frozen=True, slots=True)
class _Live:
    versions: Mapping[str, Version]
    guides: Mapping[str, Guide]


class Shelf:
    """Live guides, compiled once for each set of live versions; and the pinned ones of sessions."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._library = Library(lambda digest: read_text(database, digest))
        self._live: dict[tuple[Version, ...], _Live] = {}

    def cards(self, today: date) -> tuple[GuideCard, ...]:
        """The guides that can be started, by title."""
        live = self._newest()
        cards = (_card(guide, live.versions[id], today) for id, guide in live.guides.items())
        return tuple(sorted(cards, key=lambda card: (card.title.casefold(), card.id)))

    def card(self, guide_id: str, today: date) -> GuideCard:
        """One of the guides that can be started. Raises `NotFoundError`."""
        live = self._newest()
        if guide_id not in live.guides:
            raise NotFoundError("guide")
        return _card(live.guides[guide_id], live.versions[guide_id], today)

    def ready(self, guide_id: str) -> Pinned:
        """A guide to start. Raises `NotFoundError`."""
        live = self._newest()
        if guide_id not in live.guides:
            raise NotFoundError("guide")
        guide = live.guides[guide_id]
        guides = reachable(guide, live.guides)
        versions = {id: live.versions[id] for id in guides}
        return Pinned(guide, guides, {id: Pin(each.number, each.digest) for id, each in versions.items()})

    def pinned(self, pins: Mapping[str, Pin]) -> Mapping[str, Guide]:
        """A session's guides by id. Raises `UnknownGuideError` where one can no longer be had."""
        return self._library.pinned({id: pin.digest for id, pin in pins.items()})

    def _newest(self) -> _Live:
        versions = live_versions(self._database)
        if versions not in self._live:
            by_id = {version.guide: version for version in versions}
            self._live = {versions: _Live(by_id, self._startable(by_id))}
        return self._live[versions]

    def _startable(self, versions: Mapping[str, Version]) -> Mapping[str, Guide]:
        """The live guides that can be walked: one may have stopped fitting a newer version of a guide it calls."""
        texts = {f"{id}.yaml": read_text(self._database, version.digest) for id, version in versions.items()}
        return compile_guides(texts).guides


def _card(guide: Guide, version: Version, today: date) -> GuideCard:
    review_by = date.fromisoformat(guide.review_by) if guide.review_by else None
    late = review_by is not None and review_by < today
    return GuideCard(guide.id, guide.title, guide.summary, guide.tags, version.number, version.digest, review_by, late)
