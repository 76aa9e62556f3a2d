"""A guide's document, its shape already checked, as the typed guide that is walked (FORMAT §2)."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from engine.building import fields as building_fields
from engine.building.claims import rules
from engine.building.context import Context
from engine.building.documents import documents
from engine.building.steps import anytime, step
from engine.expressions.names import Names
from engine.fields.field import Field
from engine.model import Guide, Outcome, Walkthrough
from engine.pictures import Picture
from engine.problems import Finding


def build(
    data: Mapping[str, Any], broken: frozenset[str] = frozenset(), pictures: Mapping[str, Picture] | None = None
) -> tuple[Guide, list[Finding]]:
    """The guide and what is wrong with it; with errors among the findings, the guide is good for rules only.

    `broken` names what was left out because its shape is wrong, like `step:gentle`: it is not missed again. `pictures`
    are the image files beside the guide that it names; None keeps it from missing any.
    """
    fields, findings = building_fields.declared(data)
    context = replace(_context(data, fields), broken=broken, pictures=pictures, findings=findings)
    steps = {id: step(context, id, spec) for id, spec in data["steps"].items()}
    start = data.get("start", next(iter(steps), ""))
    if "start" in data:
        context.step(start, ("start",))
    guide = Guide(
        id=data["guide"],
        title=data["title"],
        start=start,
        steps=steps,
        outcomes=dict(_outcomes(data["outcomes"])),
        fields=fields,
        summary=data.get("summary", ""),
        language=data.get("language", "en"),
        owner=data.get("owner", ""),
        tags=tuple(data.get("tags", ())),
        audience=data.get("audience", "staff"),
        review_by=data.get("review_by"),
        stages=data.get("stages", {}),
        computed=building_fields.computed(context, data),
        bounds=building_fields.bounds(context, data),
        anytime=tuple(anytime(context, data)),
        rules=tuple(rules(context, data)),
        documents=documents(context, data),
        walkthroughs=tuple(_walkthroughs(data)),
        unused_sets=_unused_sets(data),
    )
    return guide, context.findings


def _outcomes(data: Mapping[str, Any]) -> Iterator[tuple[str, Outcome]]:
    for id, spec in data.items():
        yield id, Outcome(id, spec["label"], spec["kind"], spec.get("summary", ""))


def _context(data: Mapping[str, Any], fields: Mapping[str, Field]) -> Context:
    return Context(
        names=Names(fields, _step_options(data)),
        stages=data.get("stages", {}),
        outcomes=data["outcomes"],
        option_sets=data.get("option_sets", {}),
        documents=data.get("documents", {}),
    )


def _step_options(data: Mapping[str, Any]) -> dict[str, set[str]]:
    """The ids of what can be chosen at every step, for expressions that ask what was answered."""
    anytime = {entry["id"] for entry in data.get("anytime", ())}
    return {id: anytime.union(_option_ids(spec.get("options", ()), data)) for id, spec in data["steps"].items()}


def _option_ids(options: Any, data: Mapping[str, Any]) -> Iterator[str]:
    if isinstance(options, Mapping):
        yield from (option["id"] for option in data.get("option_sets", {}).get(options["use"], ()))
        options = options.get("also", ())
    yield from (option["id"] for option in options)


def _unused_sets(data: Mapping[str, Any]) -> tuple[str, ...]:
    exits = (spec.get("options") for spec in data["steps"].values())
    used = {options["use"] for options in exits if isinstance(options, Mapping)}
    return tuple(name for name in data.get("option_sets", {}) if name not in used)


def _walkthroughs(data: Mapping[str, Any]) -> Iterator[Walkthrough]:
    for number, script in enumerate(data.get("walkthroughs", ())):
        if script is not None:
            yield Walkthrough(script["name"], script, ("walkthroughs", number))
