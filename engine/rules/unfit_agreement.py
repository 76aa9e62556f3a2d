"""A field that reads an agreement which is written without it, or with another type.

The field would stay empty in every session, or whenever what was agreed cannot be read. Looked at are the guides that
are read together.

Wrong, at line 5, column 74:

    guide: terms
    title: Terms
    outcomes: {done: {label: Done, kind: success}}
    fields:
      known: {type: money, currency: EUR, fact: agreement, id: terms, field: limt}
      limit: {type: money, currency: EUR, label: Credit limit}
    steps:
      ask:
        note: So far it is {{ coalesce(known, 0) | money }}.
        ask: [limit]
        records:
          - agreement: {id: terms, title: Our terms, values: [limit], state: agreed}
        next: bye
      bye: {say: Thank you., outcome: done}

Mended:

    guide: terms
    title: Terms
    outcomes: {done: {label: Done, kind: success}}
    fields:
      known: {type: money, currency: EUR, fact: agreement, id: terms, field: limit}
      limit: {type: money, currency: EUR, label: Credit limit}
    steps:
      ask:
        note: So far it is {{ coalesce(known, 0) | money }}.
        ask: [limit]
        records:
          - agreement: {id: terms, title: Our terms, values: [limit], state: agreed}
        next: bye
      bye: {say: Thank you., outcome: done}
"""

from collections.abc import Iterator

from engine.expressions.tree import Known
from engine.expressions.types import fits, type_of
from engine.fields.field import Field
from engine.graph import GuideGraph
from engine.model import Guide
from engine.problems import Finding, Place, Severity, suggestion
from engine.rules.uses import records_of
from engine.rules.wording import listed

CODE = "unfit-agreement"
SEVERITY = Severity.WARNING


def check(graph: GuideGraph) -> Iterator[Finding]:
    """One finding for each field that reads what is not agreed so in any guide here."""
    for field in graph.guide.fields.values():
        if field.fact and field.fact.name == "agreement":
            agreed = {guide.id: _agreed(guide, field.fact.id) for guide in (graph.guide, *graph.others.values())}
            yield from _unfit(field, {id: fields for id, fields in agreed.items() if fields})


def _unfit(field: Field, agreed: dict[str, dict[str, Field]]) -> Iterator[Finding]:
    assert field.fact is not None
    place, name = Place(("fields", field.id, "field")), field.fact.field
    sources = [(guide, fields[name]) for guide, fields in agreed.items() if name in fields]
    for guide, source in sources:
        if not fits(Known(name, type_of(source), 0), field):
            message = f"'{name}' is {source.type} where '{guide}' writes it, which does not fit '{field.id}'"
            yield Finding(CODE, message, place, f"'{field.id}' is {field.type}: give both the same type", SEVERITY)
    if agreed and not sources:
        known = list(dict.fromkeys(name for fields in agreed.values() for name in fields))
        message = f"the agreement '{field.fact.id}' is written without '{name}'"
        hint = suggestion(name, known) or f"it has {listed(known)}"
        yield Finding(CODE, message, place, hint, SEVERITY)


def _agreed(guide: Guide, id: str) -> dict[str, Field]:
    """The fields that a guide writes into the agreement of this id."""
    entries = (record for entry in guide.anytime for record in entry.option.records)
    records = (*(record for step in guide.steps.values() for record in records_of(step)), *entries)
    names = (name for record in records if record.fixed.get("id") == id for name in record.values)
    return {name: guide.fields[name] for name in names}
