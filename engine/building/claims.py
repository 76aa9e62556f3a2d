"""The rules that an author writes: what must hold on every path (FORMAT §2.5)."""

from collections.abc import Iterator, Mapping
from typing import Any

from engine.building.context import Context
from engine.claims import EveryPath, LongestPath, NoPath, Rule, Selector
from engine.problems import Path, Place


def rules(context: Context, data: Mapping[str, Any]) -> Iterator[Rule]:
    """Every rule; whether its selectors name anything is for a rule to say that reads called guides too."""
    seen: set[str] = set()
    for number, spec in enumerate(data.get("rules", ())):
        if spec is not None:
            place: Path = ("rules", number)
            if spec["id"] in seen:
                message = f"the rule '{spec['id']}' is there twice"
                context.tell("duplicate-id", message, Place((*place, "id")), "give each an id of its own")
            seen.add(spec["id"])
            yield _rule(spec, place)


def _rule(spec: Mapping[str, Any], path: Path) -> Rule:
    because, anytime = spec.get("because", "").strip(), spec.get("anytime", False)
    if "every_path_to" in spec:
        every = EveryPath(_selector(spec, "every_path_to", path), _selector(spec, "passes", path))
        return Rule(spec["id"], every, (*path, "every_path_to"), because, anytime)
    if "no_path_from" in spec:
        without = _selector(spec, "without", path) if "without" in spec else None
        none = NoPath(_selector(spec, "no_path_from", path), _selector(spec, "to", path), without)
        return Rule(spec["id"], none, (*path, "no_path_from"), because, anytime)
    return Rule(spec["id"], LongestPath(spec["longest_path"]), (*path, "longest_path"), because, anytime)


def _selector(spec: Mapping[str, Any], key: str, path: Path) -> Selector:
    ((kind, name),) = spec[key].items()
    return Selector(kind, name, (*path, key, kind))
