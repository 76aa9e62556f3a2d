"""The least that walking could cost: a dict of steps whose texts are filled by `str.format`, and nothing else."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple


class Move(NamedTuple):
    """One answer: the option chosen, or "", and what was entered."""

    option: str
    values: Mapping[str, Any]


def steps(document: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The steps of a plain guide document with the texts that `str.format` fills."""
    return {
        id: {**step, "say": step.get("say", "").replace("{{ ", "{").replace(" }}", "}")}
        for id, step in document["steps"].items()
    }


def walk(plain: Mapping[str, Mapping[str, Any]], start: str, moves: Sequence[Move]) -> int:
    """Walk by looking up dicts; returns the characters shown."""
    here, values, shown = start, {"name": "Acme"}, 0
    for move in moves:
        step = plain[here]
        shown += len(step["say"].format(**values))
        values.update(move.values)
        here = _target(step, move)
        while "branch" in plain[here]:
            here = plain[here]["branch"][0]["to"]
    return shown


def _target(step: Mapping[str, Any], move: Move) -> str:
    if "options" in step:
        return next(str(option["to"]) for option in step["options"] if option["id"] == move.option)
    return str(step["next"])


def step(plain: Mapping[str, Mapping[str, Any]], kept: str, move: Move) -> str:
    """One step of a session that is kept as JSON: where it is and the values."""
    state = json.loads(kept)
    here, values = plain[state["here"]], state["values"]
    values.update(move.values)
    there = _target(here, move)
    while "branch" in plain[there]:
        there = plain[there]["branch"][0]["to"]
    plain[there].get("say", "").format(**values)
    return json.dumps({"here": there, "values": values})
