"""What a visit on the path writes into the client's ledger, and what was written (FORMAT §2.2, §5).

A record belongs to an occurrence: a step left by going on, an option or an anytime entry taken, an outcome reached.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from engine.expressions.expression import Scope
from engine.fields.catalogue import fit, plain
from engine.model import Guide, Options, Record
from engine.path import leaving, taken, values_after
from engine.replies import holds
from engine.visits import Answer, Key, Visit

REPLACED, CANCELLED = "replaced", "cancelled"


class Due(NamedTuple):
    """What a visit has to have written: `source` names the record in its guide, `values` are an agreement's."""

    record: str
    source: str
    details: Mapping[str, Any]
    texts: Mapping[str, str]
    values: Mapping[str, Any]


class Written(NamedTuple):
    """A record as event `seq` wrote it for a `client`; `ended` says that it was replaced or cancelled, else ""."""

    seq: int
    key: Key
    due: Due
    client: str | None = None
    replaces: int | None = None
    ended: str = ""


def due(visit: Visit, locale: str) -> Iterator[Due]:
    """The records of a visit that was left with its answer, or that ends its guide. One passed by writes none."""
    answer, step = visit.answer, visit.step
    if answer is None:
        if step.records:
            at = Answer(None, {}, {}, (), visit.today)
            yield from _all(step.records, visit.frame.guide, _scope(visit, at), locale)
    elif not answer.passes_by:
        option = step.exit.find(answer.option) if isinstance(step.exit, Options) else None
        if answer.option is not None and option is None:
            offer = taken(visit, answer)
            scope = Scope(offer.after(answer.today), answer.today, offer.tally)
            yield from _all(offer.entry.option.records, offer.frame.guide, scope, locale)
        elif step.records or (option and option.records):
            written = (*(option.records if option else ()), *step.records)
            yield from _all(written, visit.frame.guide, _scope(visit, answer), locale)


def _scope(visit: Visit, answer: Answer) -> Scope:
    return Scope(values_after(visit, answer), answer.today, leaving(visit, answer))


def _all(written: tuple[Record, ...], guide: Guide, scope: Scope, locale: str) -> Iterator[Due]:
    for record in written:
        if holds(record.when, scope):
            figures = {name: figure.evaluate(scope) for name, figure in record.figures.items()}
            if figures.get("due", True) is not None and figures.get("amount", True):
                yield _filled(record, guide, scope, locale)


def _filled(record: Record, guide: Guide, scope: Scope, locale: str) -> Due:
    details: dict[str, Any] = dict(record.fixed)
    for name, figure in record.figures.items():
        value = figure.evaluate(scope)
        details[name] = plain(fit(figure.type.field, value) if figure.type.kind == "money" else value)
        if figure.type.kind == "money":
            details["currency"] = figure.type.currency
    texts = {name: text.fill(scope, locale) for name, text in record.texts.items()}
    values = {field: plain(scope.values.get(field)) for field in record.values}
    source = ":".join((guide.id, ".".join(map(str, record.path))))
    return Due(record.kind, source, details, texts, values)
