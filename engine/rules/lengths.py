"""How many steps people can see in one walk, each loop walked once (FORMAT §2.5)."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from engine.graph import groups
from engine.rules.ways import Search, Selection, Spot, Ways


class Length(NamedTuple):
    """The most steps seen in one walk of a guide: at all, and by the outcome that ends it.

    `path` is such a walk, without what called guides add; where there is a `loop` on it, the count is a bound.
    """

    most: int = 0
    by_outcome: Mapping[str, int] = {}
    path: tuple[Spot, ...] = ()
    loop: bool = False


class _Stretch(NamedTuple):
    """One step of a walk, or all of a loop, after what comes `before`; `seen` counts all steps so far."""

    spots: tuple[Spot, ...]
    seen: int
    before: "_Stretch | None"
    loop: bool


def longest(ways: Ways) -> Length:
    """How long a walk of the guide can be, called guides counted in, and each detour once."""
    search, lengths = Search(ways, Selection()), dict[str, Length]()
    for guide in ways.order:
        lengths[guide] = _Walks(search, guide, lengths).longest()
    asides = (Spot(guide, id, True) for guide in ways.order for id in ways.entries[guide])
    detours = [call.guide for spot in asides if (call := ways.call(spot))]
    found = lengths[ways.home.id]
    return found._replace(most=found.most + sum(lengths.get(guide, Length()).most for guide in detours))


class _Walks:
    """The walks of one guide; `lengths` are those of the guides that it calls."""

    def __init__(self, search: Search, guide: str, lengths: Mapping[str, Length]) -> None:
        self._ways = search.ways
        self._lengths = lengths
        self._on = search.within(guide)
        self._place = {spot: number for number, spot in enumerate(self._on)}
        self._arriving: dict[Spot, _Stretch] = {}

    def longest(self) -> Length:
        """The longest of them. Stretches come in the order of a walk, so each is final when it is looked at."""
        last = _Stretch((), 0, None, False)
        by_outcome: dict[str, int] = {}
        for group in reversed(groups({spot: [way.to for way in on] for spot, on in self._on.items()})):
            stretch = self._stretch(group)
            for spot in group:
                self._lead_on(spot, stretch, group)
                ending = stretch if stretch.loop else stretch._replace(seen=stretch.seen + self._called(spot).most)
                last = max(last, ending, key=lambda each: each.seen)
                if outcome := self._ways.outcome(spot):
                    by_outcome[outcome] = max(by_outcome.get(outcome, 0), stretch.seen)
        path = tuple(_path(last))
        return Length(last.seen, by_outcome, path[::-1], any(each.loop for each in _stretches(last)))

    def _stretch(self, group: set[Spot]) -> _Stretch:
        """What is seen up to this group, all of it counted in, where it is a loop also what it calls."""
        loop = any(way.to in group for spot in group for way in self._on[spot])
        arriving = [self._arriving[spot] for spot in group if spot in self._arriving]
        before = max(arriving, key=lambda each: each.seen, default=None)
        seen = sum(self._seen(spot) + (self._called(spot).most if loop else 0) for spot in group)
        spots = tuple(sorted(group, key=self._place.__getitem__))
        return _Stretch(spots, seen + (before.seen if before else 0), before, loop)

    def _lead_on(self, spot: Spot, stretch: _Stretch, group: set[Spot]) -> None:
        """Note what is seen when each of the next steps is come to, where it is more than on other ways."""
        called = self._called(spot)
        for to, after in self._on[spot]:
            inside = 0 if stretch.loop else called.by_outcome.get(after, called.most if to.aside else 0)
            known, seen = self._arriving.get(to), stretch.seen + inside
            if to not in group and (known is None or known.seen < seen):
                self._arriving[to] = stretch._replace(seen=seen)

    def _called(self, spot: Spot) -> Length:
        call = None if spot.aside else self._ways.call(spot)
        return self._lengths.get(call.guide, Length()) if call else Length()

    def _seen(self, spot: Spot) -> int:
        return 0 if spot.aside or self._ways.guides[spot.guide].steps[spot.id].automatic else 1


def _stretches(last: _Stretch | None) -> Iterator[_Stretch]:
    while last is not None:
        yield last
        last = last.before


def _path(last: _Stretch) -> Iterator[Spot]:
    for stretch in _stretches(last):
        yield from reversed(stretch.spots)
