"""The steps of a guide: content and exits (FORMAT §2.2)."""

from collections.abc import Iterator, Mapping
from typing import Any

from engine.building.context import Context
from engine.building.fields import no_label
from engine.building.images import images
from engine.building.records import records
from engine.expressions.types import fits
from engine.graph import edges_of
from engine.model import (
    Anytime,
    Ask,
    Assignment,
    Branch,
    Call,
    Case,
    Check,
    Ending,
    Exit,
    Next,
    Option,
    Options,
    Step,
    Switch,
    Take,
)
from engine.problems import Path, Place
from engine.text import Text

CONTENT = ("say", "points", "never", "note", "checks", "ask", "question", "documents", "images")
"""The keys that make a step visible; `title`, `stage` and `tags` do not."""


def step(context: Context, id: str, data: Mapping[str, Any]) -> Step:
    """One step; what is wrong with it is told, and left out where it cannot be built."""
    path: Path = ("steps", id)
    exit, stage = _exit(context, data, path), data.get("stage")
    if stage is not None:
        context.known("stage", stage, context.stages, (*path, "stage"))
    return Step(
        id=id,
        path=path,
        exit=exit,
        title=context.text(data, "title", path, markdown=False),
        stage=stage,
        tags=tuple(data.get("tags", ())),
        say=context.text(data, "say", path),
        points=context.texts(data, "points", path),
        never=context.texts(data, "never", path),
        note=context.text(data, "note", path),
        question=context.text(data, "question", path, markdown=False),
        checks=tuple(_checks(context, data, path)),
        asks=tuple(_asks(context, data, path)),
        sets=tuple(assignments(context, data, path)),
        documents=tuple(_documents(context, data, path)),
        images=tuple(images(context, data, path)),
        records=records(context, data, path),
        has_content=any(key in data for key in CONTENT),
        skip_to=_skip_to(context, data, path, exit),
        max_visits=data.get("max_visits", 50),
        was=data.get("was", ""),
    )


def assignments(context: Context, data: Mapping[str, Any], path: Path) -> Iterator[Assignment]:
    """What `set` sets: fields of this guide that are not computed, to values of their own type."""
    for field, source in data.get("set", {}).items():
        place = (*path, "set", field)
        expression = context.expression(source, place)
        if not context.field(field, place, key=True):
            continue
        target = context.names.fields[field]
        if target.computed:
            message = f"'{field}' is computed, so nothing can set it"
            context.tell("computed-set", message, Place(place, key=True))
        elif not fits(expression, target):
            message = f"this is {expression.type.words}, but '{field}' is {target.type}"
            context.tell("expression-type", message, Place(place))
        else:
            yield Assignment(field, expression, place)


def options(context: Context, items: Any, path: Path) -> Iterator[Option]:
    """The options of a list, each with the path of its own place."""
    for number, data in enumerate(items):
        place = (*path, number)
        if context.step(data["to"], (*place, "to")):
            yield option(context, data, place)


def option(context: Context, data: Mapping[str, Any], place: Path) -> Option:
    """One option of a step, or what an anytime entry has of one."""
    if "allow" in data and "because" not in data:
        hint = "add 'because:', the reason that people are shown"
        context.tell(
            "missing-key", f"'{data['id']}' can be locked, but does not say why", Place((*place, "allow")), hint
        )
    for key in ("because", "override"):
        if key in data and "allow" not in data:
            message = f"'{key}' means nothing without 'allow'"
            context.tell("missing-key", message, Place((*place, key), key=True), "add 'allow:', or leave it out")
    return Option(
        id=data["id"],
        label=data["label"],
        to=data.get("to", ""),
        path=place,
        hint=context.text(data, "hint", place, markdown=False),
        when=context.condition(data, "when", place),
        allow=context.condition(data, "allow", place),
        because=context.text(data, "because", place, markdown=False),
        override=data.get("override", ""),
        sets=tuple(assignments(context, data, place)),
        was=data.get("was", ""),
        records=records(context, data, place),
    )


def anytime(context: Context, data: Mapping[str, Any]) -> Iterator[Anytime]:
    """The entries that are offered at every step."""
    seen: set[str] = set()
    for number, entry in enumerate(data.get("anytime", ())):
        place: Path = ("anytime", number)
        if entry["id"] in seen:
            context.tell(
                "duplicate-id", f"'{entry['id']}' is there twice", Place((*place, "id")), "give each its own id"
            )
        seen.add(entry["id"])
        if "to" in entry and not context.step(entry["to"], (*place, "to")):
            continue
        yield Anytime(
            option=option(context, entry, place),
            detour=_detour(context, entry["call"], (*place, "call")) if "call" in entry else None,
            closing=_closing(context, entry, place) if "outcome" in entry else None,
            staff=entry.get("staff", False),
        )


def _detour(context: Context, data: Mapping[str, Any], path: Path) -> Call:
    return Call(data["guide"], path, tuple(_given(context, data, path)), tuple(_takes(context, data, path)))


def _closing(context: Context, entry: Mapping[str, Any], path: Path) -> Step:
    """The step, which nobody sees, at which an anytime entry ends the guide."""
    context.known("outcome", entry["outcome"], context.outcomes, (*path, "outcome"))
    title = Text((entry["label"],), written=entry["label"])
    return Step(entry["id"], path, Ending(entry["outcome"]), title=title, has_content=False)


def _skip_to(context: Context, data: Mapping[str, Any], path: Path, exit: Exit) -> str:
    """The step that skipping leads to; `true` stands for the only one that the exit leads to."""
    to = data.get("skippable", "false")
    place = (*path, "skippable")
    if to == "false":
        return ""
    if to == "true":
        targets = {edge.target for edge in edges_of(Step("", path, exit))}
        if len(targets) == 1:
            return targets.pop()
        hint = "name the step that skipping leads to"
        context.tell("unknown-step", "this step does not lead to one step only", Place(place), hint)
        return ""
    return str(to) if context.step(to, place) else ""


def _exit(context: Context, data: Mapping[str, Any], path: Path) -> Exit:
    if "options" in data:
        found = tuple(_all_options(context, data["options"], (*path, "options")))
        _unique(context, found)
        return Options(found)
    if "next" in data:
        context.step(data["next"], (*path, "next"))
        return Next(data["next"], (*path, "next"))
    if "branch" in data:
        return Branch(tuple(_cases(context, data["branch"], (*path, "branch"))))
    if "call" in data:
        return _call(context, data["call"], (*path, "call"))
    if "switch_to" in data:
        place = (*path, "switch_to")
        return Switch(data["switch_to"]["guide"], place, tuple(_given(context, data["switch_to"], place)))
    context.known("outcome", data["outcome"], context.outcomes, (*path, "outcome"))
    return Ending(data["outcome"])


def _all_options(context: Context, data: Any, path: Path) -> Iterator[Option]:
    if not isinstance(data, Mapping):
        yield from options(context, data, path)
        return
    name = data["use"]
    if context.known("option-set", name, context.option_sets, (*path, "use")):
        yield from options(context, context.option_sets[name], ("option_sets", name))
    yield from options(context, data.get("also", ()), (*path, "also"))


def _unique(context: Context, found: tuple[Option, ...] | tuple[Check, ...]) -> None:
    seen: set[str] = set()
    for each in found:
        if each.id in seen:
            message = f"'{each.id}' is there twice in this step"
            context.tell("duplicate-id", message, Place((*each.path, "id")), "give each an id of its own")
        seen.add(each.id)


def _cases(context: Context, items: Any, path: Path) -> Iterator[Case]:
    for number, data in enumerate(items):
        place = (*path, number)
        when = context.condition(data, "when", place)
        if context.step(data["to"], (*place, "to")):
            yield Case(data["to"], place, when)


def _call(context: Context, data: Mapping[str, Any], path: Path) -> Call:
    for outcome, to in data.get("on", {}).items():
        context.step(to, (*path, "on", outcome))
    if "otherwise" in data:
        context.step(data["otherwise"], (*path, "otherwise"))
    return Call(
        guide=data["guide"],
        path=path,
        given=tuple(_given(context, data, path)),
        take=tuple(_takes(context, data, path)),
        on=dict(data.get("on", {})),
        otherwise=data.get("otherwise"),
    )


def _given(context: Context, data: Mapping[str, Any], path: Path) -> Iterator[Assignment]:
    """What is handed over; whether it fits there is for a rule to say that reads the other guide."""
    for theirs, source in data.get("with", {}).items():
        place = (*path, "with", theirs)
        yield Assignment(theirs, context.expression(source, place), place)


def _takes(context: Context, data: Mapping[str, Any], path: Path) -> Iterator[Take]:
    for ours, theirs in data.get("take", {}).items():
        place = (*path, "take", ours)
        if not context.field(ours, place, key=True):
            continue
        if context.names.fields[ours].computed:
            message = f"'{ours}' is computed, so nothing can be taken into it"
            context.tell("computed-set", message, Place(place, key=True))
        else:
            yield Take(ours, theirs, place)


def _asks(context: Context, data: Mapping[str, Any], path: Path) -> Iterator[Ask]:
    seen: set[str] = set()
    for number, item in enumerate(data.get("ask", ())):
        place: Path = (*path, "ask", number)
        spec: Mapping[str, Any] = {"field": item} if isinstance(item, str) else item
        named = place if isinstance(item, str) else (*place, "field")
        when = context.condition(spec, "when", place)
        if not context.field(spec["field"], named):
            continue
        field = context.names.fields[spec["field"]]
        if field.computed:
            context.tell("computed-asked", f"'{field.id}' is computed, so it cannot be asked", Place(named))
        elif field.id in seen:
            context.tell("duplicate-id", f"'{field.id}' is asked twice in this step", Place(named))
        else:
            if not field.label:
                context.findings.append(no_label(field, Place(named)))
            yield Ask(field.id, spec.get("required", field.required), place, when)
        seen.add(field.id)


def _documents(context: Context, data: Mapping[str, Any], path: Path) -> Iterator[str]:
    named = data.get("documents", ())
    for number, id in enumerate(named):
        place = (*path, "documents", number)
        if id in named[:number]:
            context.tell("duplicate-id", f"'{id}' is there twice in this step", Place(place), "leave one of them out")
        elif context.known("document", id, context.documents, place):
            yield id


def _checks(context: Context, data: Mapping[str, Any], path: Path) -> Iterator[Check]:
    found = tuple(
        Check(
            each["id"],
            each["label"],
            each.get("source", ""),
            each.get("required", False),
            (*path, "checks", n),
            each.get("override", "reason"),
        )
        for n, each in enumerate(data.get("checks", ()))
    )
    _unique(context, found)
    yield from found
