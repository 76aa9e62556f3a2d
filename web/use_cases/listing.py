"""Looking back: the list of sessions, newest first, narrowed to what somebody looks for."""

import base64
import binascii
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from web.storage import sessions
from web.storage.database import Database
from web.storage.events import latest
from web.storage.people import Person
from web.storage.sessions import Head, Place, Scope, Sought
from web.use_cases.about import about, known_of, language, named, titled
from web.use_cases.endings import KINDS, STATUSES, how, of_kind
from web.use_cases.permissions import Permission, Role, require
from web.use_cases.refusals import NotFoundError
from web.use_cases.shelf import Shelf, Titled

MOST_A_PAGE, LOOKED_THROUGH = 200, 500


@dataclass(frozen=True, slots=True)
class Page:
    """Some sessions, newest first; by id whom they are `about`, `how` they ended, as `endings.how` says, and in which
    `languages` their guides speak, as `about.language` says; those of which a step was `flagged`, by id.

    `next` is the cursor of the page after, or None; a page with one may be empty where others may still be found.
    """

    items: tuple[Head, ...]
    about: Mapping[str, str]
    how: Mapping[str, str]
    languages: Mapping[str, str]
    flagged: Collection[str]
    next: str | None


class Filter(NamedTuple):
    """What the list is narrowed to, where set: `how` as `endings.how` says, `client` as `about.named` says.

    `flagged`: only those of which a step was flagged for its author.
    `first` and `last` are the days between which the sessions started, both included.
    """

    guide: str = ""
    how: str = ""
    who: int | None = None
    client: str = ""
    first: date | None = None
    last: date | None = None
    flagged: bool = False


EVERYTHING = Filter()


class Choices(NamedTuple):
    """What a list can be narrowed to: guides by id and people by number, by the names that people know them by."""

    guides: Mapping[str, Titled]
    people: Mapping[int, str]


class Listings:
    """The use cases of the list. It holds the sessions that `permissions.may_review` lets a person look back at."""

    def __init__(self, database: Database, shelf: Shelf, time_zone: str) -> None:
        self._database = database
        self._shelf = shelf
        self._zone = ZoneInfo(time_zone)

    def page(self, person: Person, cursor: str | None = None, limit: int = 50, wanted: Filter = EVERYTHING) -> Page:
        """Sessions that the person may look at, newest first; an unreadable cursor is `NotFoundError`."""
        require(person, Permission.REVIEW)
        limit, scope = max(1, min(limit, MOST_A_PAGE)), _scope(person)
        most = LOOKED_THROUGH if wanted.client or wanted.flagged else limit + 1
        seen = sessions.newest(self._database, scope, _place(cursor), most, self._sought(scope, wanted))
        known = known_of(self._database, person, seen)
        meant = [head for head in seen if not wanted.client or named(head, wanted.client, self._shelf, known)]
        flagged = latest(self._database, [head.id for head in meant], "step_flagged")
        found = tuple(head for head in meant if not wanted.flagged or head.id in flagged)
        items = found[:limit]
        last = items[-1] if len(found) > limit else seen[-1] if len(seen) == LOOKED_THROUGH else None
        whom = {head.id: about(head, self._shelf, known) for head in items}
        ends = {head.id: how(head, self._shelf) for head in items}
        spoken = {head.id: language(head, self._shelf) for head in items}
        return Page(items, whom, ends, spoken, flagged, _cursor(last) if last else None)

    def titles(self, heads: Iterable[Head], locales: Sequence[str]) -> Mapping[str, Titled]:
        """The titles of the guides of these sessions, by the sessions' ids, as a reader of these locales knows them."""
        return {head.id: titled(head, self._shelf, locales) for head in heads}

    def choices(self, person: Person, locales: Sequence[str] = ()) -> Choices:
        """The guides and people that have sessions which the person may look at, each by name.

        Guides that can still be started are named as `heard` by a reader of these locales.
        """
        require(person, Permission.REVIEW)
        found = sessions.walked(self._database, _scope(person))
        stored: Mapping[str, Titled] = {told.guide: Titled(told.title, "") for told in found}
        guides = {**stored, **self._shelf.titles(stored, locales)}
        people = {told.person: told.called for told in found}
        return Choices(dict(sorted(guides.items(), key=_by_title)), dict(sorted(people.items(), key=_by_name)))

    def _sought(self, scope: Scope, wanted: Filter) -> Sought:
        endings = of_kind(self._database, scope, wanted.how, self._shelf) if wanted.how in KINDS else None
        return Sought(
            guide=wanted.guide,
            person=wanted.who,
            client=wanted.client,
            since=self._midnight(wanted.first),
            before=self._midnight(wanted.last, days=1),
            status=wanted.how if wanted.how in STATUSES else "",
            endings=endings,
        )

    def _midnight(self, day: date | None, days: int = 0) -> datetime | None:
        """The beginning of a day, or of one so many days later, where the installation is."""
        return datetime.combine(day + timedelta(days), time.min, self._zone).astimezone(UTC) if day else None


def _by_title(named: tuple[str, Titled]) -> str:
    return named[1].text.casefold()


def _by_name(named: tuple[int, str]) -> str:
    return named[1].casefold()


def _scope(person: Person) -> Scope:
    if person.role == Role.ADMINISTRATOR:
        return Scope(person.id, everyone=True)
    return Scope(person.id, person.team if person.role == Role.MANAGER else None)


def _cursor(head: Head) -> str:
    place = json.dumps([head.started.isoformat(), head.id])
    return base64.urlsafe_b64encode(place.encode()).decode().rstrip("=")


def _place(cursor: str | None) -> Place | None:
    if cursor is None:
        return None
    try:
        started, id = json.loads(base64.urlsafe_b64decode(cursor.encode() + b"=" * (-len(cursor) % 4)))
        at = datetime.fromisoformat(started).astimezone(UTC)
        return Place(at, id.replace("\0", ""))
    except (ValueError, TypeError, AttributeError, OverflowError, binascii.Error) as error:
        raise NotFoundError("page of this list") from error
