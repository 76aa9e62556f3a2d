"""Guides that nobody wrote: small, valid, with everything that a guide can do."""

import json
import random
from collections.abc import Callable, Mapping
from typing import Any

from engine.model import Guide
from tests.engine.walks import compiled

CHOICE = [{"id": "a", "label": "A"}, {"id": "b", "label": "B"}]
FIELDS: Mapping[str, Mapping[str, Any]] = {
    "about": {"type": "integer", "label": "About", "given": True, "required": False},
    "n": {"type": "integer", "label": "N", "required": False, "min": 0},
    "m": {"type": "integer", "label": "M", "required": False, "max": "n + 5", "default": 2},
    "k": {"type": "choice", "label": "K", "required": False, "options": CHOICE},
    "flag": {"type": "boolean", "label": "Flag", "required": False},
    "day": {"type": "date", "label": "Day", "required": False, "min": "today - days(400)"},
    "fee": {"type": "money", "currency": "EUR", "label": "Fee", "required": False},
    "mood": {"type": "text", "label": "Mood", "required": False},
    "twice": {"type": "integer", "label": "Twice", "value": "n * 2"},
    "age": {"type": "integer", "label": "Age", "value": "days_between(day, today)"},
    "seen": {"type": "integer", "label": "Seen", "value": "visits('first')"},
    "total": {"type": "money", "currency": "EUR", "label": "Total", "value": "coalesce(fee, 1) * coalesce(twice, 1)"},
    "broken": {"type": "integer", "label": "Broken", "fact": "promises_broken", "days": 365},
    "agent": {"type": "text", "label": "Agent", "from": "agent.name"},
    "who": {"type": "text", "label": "Who", "from": "client.name"},
}
ASKED = ("n", "m", "k", "flag", "day", "fee", "mood")
CONDITIONS = (
    "n > 3",
    "n > 1 and not flag",
    "k == 'a'",
    "k == 'b' or twice > 8",
    "flag",
    "is_answered(mood)",
    "fee > 20",
    "total > 60",
    "age > 2",
    "broken > 1",
    "about > 2",
    "seen > 1",
    "today > date('2026-03-02')",
    "contains(who, 'Ann')",
)
SAYS = (
    "Hello {{ who }}, this is {{ agent }}",
    "{{ twice }} of {{ total | money }}",
    "{{ day | long_date }}, {{ age }} days, {{ k }}",
    "{{ n }} {{ m }} {{ flag }}\n{{ mood }}",
    "Well",
)
SETS = ({"n": "coalesce(n, 0) + 1"}, {"k": "'b'", "mood": "'set'"}, {"flag": "not flag"}, {"fee": "total", "n": "m"})
RECORDS = (
    {"contact": {"channel": "phone", "result": "reached"}},
    {"promise": {"by": "us", "what": "Ring {{ who }} {{ twice }}", "due": "today + days(2)"}},
    {"promise": {"by": "client", "what": "Pay", "due": "day", "amount": "fee"}},
    {"remedy": {"kind": "credit", "amount": "total", "cause": "{{ mood }}"}},
    {"recognition": {"what": "{{ n }} {{ k }}"}},
    {"agreement": {"id": "terms", "title": "Terms", "values": ["n", "k"], "state": "agreed"}},
)
DOCUMENT = {"kind": "summary", "title": "Paper", "body": "{{ twice }} of {{ who }}, {{ mood }}"}
OUTCOMES = {"fine": {"label": "Fine", "kind": "success"}, "poor": {"label": "Poor", "kind": "failure"}}
ENDS = ("end-fine", "end-poor")


class Drafting:
    """One guide being drawn; `others` are those that it may lead into."""

    def __init__(self, draw: random.Random, id: str, others: tuple[str, ...], steps: int) -> None:
        self.draw, self.id, self.others = draw, id, others
        self.names = ["first", *(f"s{number}" for number in range(1, steps))]
        self.options: dict[str, list[str]] = {}

    def guide(self) -> dict[str, Any]:
        """The whole document."""
        steps = {name: self._step(name) for name in reversed(self.names)}
        ends = {f"end-{id}": {**self._says(), **self._records(), "outcome": id} for id in OUTCOMES}
        document: dict[str, Any] = {
            "guide": self.id,
            "title": self.id,
            "outcomes": OUTCOMES,
            "fields": FIELDS,
            "documents": {"paper": DOCUMENT},
            "steps": {"open": self._opening(), **{name: steps[name] for name in self.names}, **ends},
        }
        if entries := [self._entry(number) for number in range(self.one_of((0, 1, 2)))]:
            document["anytime"] = entries
        return document

    def one_of(self, values: Any) -> Any:
        """One of these."""
        return self.draw.choice(values)

    def maybe(self, **keys: Callable[[], Any]) -> dict[str, Any]:
        """Some of these keys, with what is drawn for them."""
        return {key: value() for key, value in keys.items() if self.one_of((False, False, True))}

    def _later(self, name: str) -> str:
        """A step further on."""
        further = self.names[self.names.index(name) + 1 :]
        return str(self.one_of((*further[:2] * 4, *ENDS)))

    def _anywhere(self) -> str:
        return str(self.one_of(("open", *self.names * 2, *ENDS)))

    def _condition(self) -> str:
        step = self.one_of(self.names)
        return str(self.one_of((*CONDITIONS, f"visits('{step}') > 1", *self._answered())))

    def _answered(self) -> list[str]:
        return [f"answered('{step}', '{option}')" for step, options in self.options.items() for option in options[:1]]

    def _says(self) -> dict[str, Any]:
        return self.maybe(say=lambda: self.one_of(SAYS), documents=lambda: ["paper"])

    def _records(self) -> dict[str, Any]:
        return self.maybe(records=self._some_records)

    def _some_records(self) -> list[dict[str, Any]]:
        (kind, what), *_ = self.one_of(RECORDS).items()
        return [{kind: {**what, **self.maybe(when=self._condition)}}]

    def _step(self, name: str) -> dict[str, Any]:
        step = {**self._content(), **self._exit(name), **self._records()}
        step |= self.maybe(set=lambda: self.one_of(SETS), max_visits=lambda: self.one_of((2, 3)))
        if self.one_of((False, True)):
            step["skippable"] = self._later(name)
        return step

    def _opening(self) -> dict[str, Any]:
        """The first step: it asks for everything, and a way leads from it to every step, though seldom open."""
        ways = [{"id": f"to-{to}", "label": to, "to": to, "when": "visits('open') > 1"} for to in (*self.names, *ENDS)]
        return {"ask": list(ASKED), "options": [{"id": "go", "label": "Go", "to": "first"}, *ways]}

    def _content(self) -> dict[str, Any]:
        return {**self._says(), **self.maybe(ask=self._asks, checks=self._checks)}

    def _asks(self) -> list[Any]:
        asks = []
        for field in self.draw.sample(ASKED, self.one_of((1, 2, 3))):
            more = self.maybe(when=self._condition, required=lambda: True)
            asks.append({"field": field, **more} if more else field)
        return asks

    def _checks(self) -> list[Any]:
        override = self.one_of(("reason", "approval", "never"))
        return [
            {"id": "seen", "label": "Seen", "required": True, "override": override},
            {"id": "sure", "label": "Sure"},
        ]

    def _exit(self, name: str) -> dict[str, Any]:
        kinds = ["options", "options", "next", "branch"]
        kind = self.one_of([*kinds, "call", "call", "switch"] if self.others else kinds)
        if kind == "options":
            return {"question": "Well", "options": self._options(name)}
        if kind == "next":
            return {"next": self._later(name)}
        if kind == "branch":
            return {"branch": [{"when": self._condition(), "to": self._later(name)}, {"to": self._later(name)}]}
        way = {
            "guide": self.one_of(self.others),
            **self.maybe(**{"with": lambda: {"about": self.one_of(("n", "twice"))}}),
        }
        if kind == "switch":
            return {"switch_to": way}
        return {"call": {**way, **self._taking(), "on": {"fine": self._later(name)}, "otherwise": self._later(name)}}

    def _taking(self) -> dict[str, Any]:
        return self.maybe(take=lambda: self.one_of(({"n": "twice"}, {"mood": "mood", "fee": "total"}, {"k": "k"})))

    def _options(self, name: str) -> list[dict[str, Any]]:
        options = [{"id": "go", "label": "Go", "to": self._later(name), **self._effects()}]
        for number in range(self.one_of((0, 1, 2))):
            more = {**self._effects(), **self.maybe(when=self._condition), **self._lock()}
            options.append({"id": f"o{number}", "label": f"Option {number}", "to": self._anywhere(), **more})
        self.options[name] = [option["id"] for option in options]
        return options

    def _effects(self) -> dict[str, Any]:
        return {**self.maybe(set=lambda: self.one_of(SETS)), **self._records()}

    def _lock(self) -> dict[str, Any]:
        lock = self.maybe(allow=self._condition)
        override = self.one_of(({}, {"override": "reason"}, {"override": "approval"}))
        return {**lock, "because": "Not with {{ n }}", **override} if lock else {}

    def _entry(self, number: int) -> dict[str, Any]:
        ways: list[dict[str, Any]] = [{"to": self._anywhere()}, {"outcome": self.one_of(tuple(OUTCOMES))}]
        if self.others:
            given = self.maybe(**{"with": lambda: {"about": "n"}})
            ways += [{"call": {"guide": self.one_of(self.others), **given, **self._taking()}}] * 3
        more = {**self._effects(), **self.maybe(when=self._condition), **self._lock()}
        return {"id": f"any{number}", "label": f"Any {number}", **self.one_of(ways), **more}


def drawn(number: int, sizes: tuple[int, ...]) -> tuple[str, ...]:
    """The texts of a guide called small and of those that it leads into, with so many steps; `number` chooses which."""
    draw, ids = random.Random(number), ("small", "inner", "third")[: len(sizes)]
    drafts = [Drafting(draw, id, ids[place + 1 :], size) for place, (id, size) in enumerate(zip(ids, sizes))]
    return tuple(written(draft.guide()) for draft in drafts)


def written(document: Mapping[str, Any]) -> str:
    """A guide's text: a line for each of its keys."""
    return "\n".join(f"{key}: {value if key == 'guide' else json.dumps(value)}" for key, value in document.items())


def guides(number: int, sizes: tuple[int, ...]) -> Mapping[str, Guide]:
    """The guides that `drawn` writes, compiled."""
    return compiled(*drawn(number, sizes))
