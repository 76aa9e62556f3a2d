"""Values to try in the fields of guides, so that their conditions go either way (for `engine.explorer`).

They come from the author's own walkthroughs, from the field's type, options and bounds, and from what conditions
compare the field with: just at it, and on either side.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache, partial
from itertools import combinations
from typing import Any, NamedTuple, TypeAlias

from engine.aims import aims
from engine.errors import Refusal
from engine.expressions.closures import Evaluate, closure
from engine.expressions.expression import Expression, Scope
from engine.expressions.tree import Call as Function
from engine.expressions.tree import Comparison, Known, Literal, Membership, Node, Today
from engine.fields.catalogue import plain, read
from engine.fields.field import Field, Limits, Value
from engine.influence import Owned, conditions, inner, set_expressions, sources
from engine.model import Guide
from engine.path import values_after
from engine.replies import asked, limits
from engine.specimens import specimen
from engine.visits import Answer, Guides, Visit

Choose = Callable[[int], int]
"""Gives one of so many, from 0: chance, which comes from outside."""

MOST = 12
"""Values tried for one field at one place, options apart."""

DRAWS = 400
"""How often the fields of a step are filled in at random where one at a time does not lead everywhere."""

Asked: TypeAlias = list[tuple[str, bool]]
"""The fields that are entered together, in turn, and whether each is required."""

Pick: TypeAlias = Callable[[str, list[Any]], list[Any]]
"""Which of the values of a field to take."""

_USUAL: Mapping[str, tuple[Any, ...]] = {
    "integer": (1, 0, 2, 10, 100),
    "number": (1, 0, 10, 100, 1000),
    "money": (100, 1, 1000, 0, 10_000),
    "percent": (10, 0, 100),
    "rating": (1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
    "boolean": ("true", "false"),
    "time": ("09:30", "17:00"),
    "email": ("name@example.com",),
    "phone": ("+44 20 7946 0018",),
    "url": ("https://example.com/page",),
    "country": ("GB", "DE", "FR"),
}


class _Sequence:
    """Numbers without an order that one would notice, the same ones each time (a linear congruence; Knuth, 3.3.4)."""

    def __init__(self) -> None:
        self._last = 1

    def pick(self, ids: list[str], id: str, values: list[Any]) -> list[Any]:
        """One value of these fields, the usual one of others."""
        if id not in ids:
            return values[:1]
        self._last = (self._last * 1_664_525 + 1_013_904_223) % 2**32
        return [values[(self._last >> 8) % len(values)]]


class Here(NamedTuple):
    """Where a field is entered: its guide, what is known, and what is known in the guides that called it."""

    guide: Guide
    scope: Scope
    outer: tuple[Scope, ...] = ()


class Samples:
    """What to enter in the fields of these guides; worked out once, then asked at every step."""

    def __init__(self, guides: Guides) -> None:
        self._rivals: dict[Owned, list[Evaluate]] = {}
        self._days: list[Evaluate] = []
        self._kept = lru_cache(10_000)(self._taken)
        for guide in guides.values():
            for condition in (*conditions(guide), *set_expressions(guide)):
                self._compared(guide.id, condition)
        self._written = _written(guides)
        self.deciding = self._spread(guides)
        feeding = sources(guides)
        self._aims = {guide.id: list(aims(guide, feeding)) for guide in guides.values()}

    def days(self, usual: date) -> list[date]:
        """The days on which to start: the usual one, and those that conditions compare today with."""
        scope = Scope({}, usual)
        rivals = (rival(scope) for rival in self._days)
        others = (each for rival in rivals if isinstance(rival, date) for each in (rival, *_days_beside(rival)))
        return list(dict.fromkeys((usual, *others)))[:MOST]

    def given(self, guide: Guide, today: date) -> Iterator[dict[str, Any]]:
        """What a session can start with: the usual values, then others for the fields that decide something.

        First one field at a time, then all of them together in no order, then each with each.
        """
        yield from self._sets(Here(guide, Scope({}, today)), _starting(guide))

    def entries(self, visit: Visit, today: date) -> Iterator[dict[str, Any]]:
        """What to enter at a visit, in the same order."""
        yield from self._sets(_here(visit, today), _asked(visit))

    def aimed(self, visit: Visit, today: date) -> Iterator[dict[str, Any]]:
        """What to enter at a visit so that as much as can be of a condition is true, for each condition in turn.

        Each field of the condition gets the value that meets most of its parts, in two rounds.
        """
        here, fields = _here(visit, today), _asked(visit)
        for aim in self._aims[here.guide.id]:
            varied = [id for id, _ in fields if id in aim.fields]
            chosen: dict[str, int] = {}
            for id in varied * 2 if len(varied) > 1 else ():
                tried = list(self._grown(here, fields, partial(_numbered, {**chosen, id: -1})))
                met = [aim.met(_after(visit, entry, today)) for entry in tried]
                chosen[id] = met.index(max(met))
            if chosen:
                yield from self._grown(here, fields, partial(_numbered, chosen))

    def drawn_given(self, guide: Guide, today: date, choose: Choose) -> dict[str, Any]:
        """What a session starts with, left to chance."""
        return next(self._grown(Here(guide, Scope({}, today)), _starting(guide), _by_chance(choose)))

    def drawn(self, visit: Visit, today: date, choose: Choose) -> dict[str, Any]:
        """What to enter at a visit, left to chance."""
        return next(self._grown(_here(visit, today), _asked(visit), _by_chance(choose)))

    def _sets(self, here: Here, fields: Asked) -> Iterator[dict[str, Any]]:
        deciding = [id for id, _ in fields if (here.guide.id, id) in self.deciding]
        yield from self._grown(here, fields, partial(_every, ()))
        for id in deciding:
            yield from self._grown(here, fields, partial(_every, (id,)))
        sequence = _Sequence()
        for _ in range(DRAWS if len(deciding) > 1 else 0):
            yield from self._grown(here, fields, partial(sequence.pick, deciding))
        for pair in combinations(deciding, 2):
            yield from self._grown(here, fields, partial(_every, pair))

    def _grown(self, here: Here, fields: Asked, pick: Pick) -> Iterator[dict[str, Any]]:
        """The fields filled in, one after the other, each with what is picked of the values that it takes then."""
        if not fields:
            yield {}
            return
        (id, required), *rest = fields
        field, scope = here.guide.fields[id], here.scope
        for value in pick(id, self._values(here, field, required) or [None]):
            known = read(field, value)
            after = Scope({**scope.values, id: None if isinstance(known, Refusal) else known}, scope.today, scope.tally)
            for others in self._grown(here._replace(scope=after), rest, pick):
                yield others if value is None else {id: value, **others}

    def _values(self, here: Here, field: Field, required: bool) -> list[Any]:
        """Plain values that the field takes here, the usual one first; None stands for leaving it blank."""
        within, scopes = limits(here.guide, field.id, here.scope), (here.scope, *here.outer)
        compared = self._rivals.get((here.guide.id, field.id), ())
        rivals = tuple(dict.fromkeys(rival(scope) for rival in compared for scope in scopes))
        return self._kept(field, required, here.scope.today, within, rivals)

    def _taken(self, field: Field, required: bool, today: date, within: Limits, rivals: tuple[Value, ...]) -> list[Any]:
        found: dict[Any, Any] = {}
        for entry in self._candidates(field, today, within, rivals):
            value = read(field, entry, within)
            if value is not None and not isinstance(value, Refusal):
                found.setdefault(value, plain(value))
            if len(found) >= max(MOST, len(field.options)):
                break
        blank = [] if required else [None]
        return [*blank, *found.values()] if field.fact else [*found.values(), *blank]

    def _candidates(self, field: Field, today: date, within: Limits, rivals: tuple[Value, ...]) -> Iterator[Any]:
        """Values to try, the likely ones first; some may be refused."""
        written = self._written.get(field.id, ())
        own = list(_own(field, today))
        certain = len(field.options) or 1
        yield from (*written[:2], *([] if field.default is None else [field.default]), *own[:certain])
        for rival in rivals:
            for each in _like(field, rival, today):
                yield from _around(each, field)
        for limit in within:
            yield from _around(limit, field)
        yield from (*own[certain:], *written[2:])

    def _compared(self, guide: str, condition: Expression) -> None:
        """Note what each field in a condition is compared with."""
        for node in inner(condition.tree):
            for one, other in _sides(node):
                rival = closure(other)
                if isinstance(one, Today):
                    self._days.append(rival)
                for part in inner(one):
                    if isinstance(part, Known):
                        self._rivals.setdefault((guide, part.id), []).append(rival)

    def _spread(self, guides: Guides) -> frozenset[Owned]:
        """Hand rivals on to the fields that a compared field is made of; all fields that decide something."""
        feeding = sources(guides)
        found = {(guide.id, id) for guide in guides.values() for each in conditions(guide) for id in each.fields}
        waiting = sorted(found)
        while waiting:
            place = waiting.pop()
            for source in feeding.get(place, ()):
                self._rivals.setdefault(source, []).extend(self._rivals.get(place, ())[:MOST])
                if source not in found:
                    found.add(source)
                    waiting.append(source)
        return frozenset(found)


def _starting(guide: Guide) -> Asked:
    outside = dict(guide.outside)
    fields = (field for field in guide.fields.values() if field.given or field.id in outside)
    return [(field.id, field.given and field.required) for field in fields]


def _asked(visit: Visit) -> Asked:
    return [(ask.field, ask.required) for ask in asked(visit)]


def _every(ids: tuple[str, ...], id: str, values: list[Any]) -> list[Any]:
    """Every value of these fields, the usual one of others."""
    return values if id in ids else values[:1]


def _numbered(numbers: Mapping[str, int], id: str, values: list[Any]) -> list[Any]:
    """The value of each field's number, the usual one of others; every value where the number is -1."""
    number = numbers.get(id, 0)
    return values if number < 0 else [values[min(number, len(values) - 1)]]


def _after(visit: Visit, entry: Mapping[str, Any], today: date) -> Scope:
    """What conditions see when this was entered at a visit."""
    known = {id: read(visit.frame.guide.fields[id], value) for id, value in entry.items()}
    values = {id: value for id, value in known.items() if not isinstance(value, Refusal)}
    return Scope(values_after(visit, Answer(None, values, {}, (), today)), today, visit.tally)


def _by_chance(choose: Choose) -> Pick:
    return lambda _, values: [values[choose(len(values))]]


def _here(visit: Visit, today: date) -> Here:
    """Where a visit's fields are entered, with the scopes of the guides that called its guide."""
    outer, frame = [], visit.frame
    while frame.caller is not None:
        outer.append(Scope(frame.callers_values, today, frame.caller.tally))
        frame = frame.caller.frame
    return Here(visit.frame.guide, Scope(visit.values, today, visit.tally), tuple(outer))


def _sides(node: Node) -> Iterator[tuple[Node, Node]]:
    """What stands against what in a comparison, either way round."""
    if isinstance(node, Comparison):
        for one, other in zip(node.parts, node.parts[1:], strict=False):
            yield one, other
            yield other, one
    elif isinstance(node, Membership):
        yield from ((node.item, Literal(value, node.item.type, 0)) for value in sorted(node.values, key=str))
    elif isinstance(node, Function) and node.arguments[1:]:
        yield from ((node.arguments[0], other) for other in node.arguments[1:])


def _written(guides: Guides) -> dict[str, list[Any]]:
    """The values that authors wrote into their walkthroughs, by field id."""
    found: dict[str, list[Any]] = {}
    scripts = [walkthrough.script for guide in guides.values() for walkthrough in guide.walkthroughs]
    for script in scripts:
        for values in _values_in(script):
            for id, value in values.items():
                if isinstance(value, str | int | Decimal | list) and value not in found.setdefault(id, []):
                    found[id].append(value)
    return found


def _values_in(script: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Every mapping of fields to values in a walkthrough whose shape is right."""
    moves = script.get("answers", ())
    answers = [answer for move in moves if isinstance(move, dict) for answer in move.values()]
    for found in (script.get("given"), *(answer.get("values") for answer in answers if isinstance(answer, dict))):
        if isinstance(found, dict):
            yield found


def _own(field: Field, today: date) -> Iterator[Any]:
    """What a field takes by its type, options and length; the options first."""
    ids = [option.id for option in field.options]
    if field.type == "choices":
        yield from ([id] for id in ids)
        yield [id for id in ids if id != field.none_option]
    elif ids:
        yield from ids
    elif field.type in ("text", "long_text"):
        yield from specimen(field)
    elif field.type in ("date", "month"):
        yield from (today.isoformat(), f"{today:%Y-%m}")
    else:
        yield from _USUAL[field.type]


def _like(field: Field, rival: Any, today: date) -> Iterator[Any]:
    """A rival as the field may hold it: a number compared with what a date leads to is that many days from today."""
    if isinstance(rival, date) == (field.type == "date"):
        yield rival
    elif field.type == "date" and isinstance(rival, int | Decimal) and -10_000 < rival < 10_000:
        yield from (today - timedelta(int(rival)), today + timedelta(int(rival)))


def _around(value: Any, field: Field) -> Iterator[Any]:
    """A value, and its neighbours below and above where it has any."""
    yield value
    if isinstance(value, date):
        yield from _days_beside(value)
    elif isinstance(value, int | Decimal) and not isinstance(value, bool):
        unit = field.step or (1 if isinstance(read(field, "0.01"), Refusal) else Decimal("0.01"))
        yield from (value - unit, value + unit)
    elif isinstance(value, str) and field.type in ("month", "time"):
        yield from _neighbours(value, field.type)


def _days_beside(day: date) -> Iterator[date]:
    if date.min < day < date.max:
        yield from (day - timedelta(1), day + timedelta(1))


def _neighbours(value: str, type: str) -> Iterator[str]:
    """The months or minutes beside one."""
    sign, base = ("-", 12) if type == "month" else (":", 60)
    first, _, last = value.partition(sign)
    if not (first.isdigit() and last.isdigit()):
        return
    count = int(first) * base + int(last) - (type == "month")
    for each in (count - 1, count + 1):
        yield f"{each // base:0{len(first)}}{sign}{each % base + (type == 'month'):02}"
