"""What was answered in a walk: in words, step by step, and as the answers document that `--answers` replays."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from engine import layout, source
from engine.fields.catalogue import plain, show
from engine.model import Options
from engine.path import anytime_of
from engine.state import State, path
from engine.visits import Answer, Visit


class Passed(NamedTuple):
    """An answered step: its name as `guide/step`, its title, and its answer in words."""

    name: str
    title: str
    said: str


def passed(state: State) -> list[Passed]:
    """Every step answered, the latest visit of each, in order: those that can be changed."""
    latest = {f"{visit.frame.guide.id}/{visit.step.id}": number for number, visit in enumerate(path(state))}
    visits = enumerate(path(state))
    return [
        Passed(name, visit.step.name.fill(visit.scope, state.locale), _said(visit, visit.answer, state.locale))
        for number, visit in visits
        if visit.answer and latest[name := f"{visit.frame.guide.id}/{visit.step.id}"] == number
    ]


def document(state: State) -> str:
    """The answers on the path as a YAML answers document, in the canonical layout of guides."""
    given = dict(state.started.given)
    lines = [f"today: {state.started.today}"]
    lines += [f"given: {json.dumps(given, ensure_ascii=False)}"] if given else []
    answers = [json.dumps(answer, ensure_ascii=False) for answer in _answers(state)]
    lines += ["answers:", *(f"- {answer}" for answer in answers)] if answers else ["answers: []"]
    text = "\n".join([*lines, ""])
    parsed, _ = source.parse(text)
    return layout.formatted(parsed) if parsed else text


def _answers(state: State) -> Iterator[Mapping[str, Any]]:
    for visit in path(state):
        if visit.answer:
            guide = visit.frame.guide.id
            step = visit.step.id if guide == state.guide.id else f"{guide}/{visit.step.id}"
            yield {step: _document(visit.answer)}


def _document(answer: Answer) -> Any:
    """One answer as short as it can be written."""
    if answer.skip is not None:
        return {"skip": answer.skip}
    parts = {
        "option": answer.option,
        "values": {id: plain(value) for id, value in answer.values.items() if value is not None},
        "checks": list(answer.checks),
        "reasons": dict(answer.reasons),
    }
    written = {name: part for name, part in parts.items() if part}
    return answer.option if list(written) == ["option"] else written


def _said(visit: Visit, answer: Answer, locale: str) -> str:
    """The answer in words: the option's label, or the values with theirs."""
    if answer.skip is not None:
        return f"skipped: {answer.skip}"
    fields = visit.frame.guide.fields
    values = [
        f"{fields[id].label or id}: {show(fields[id], value, locale)}"
        for id, value in answer.values.items()
        if value is not None
    ]
    return ", ".join([*values, *_label(visit, answer.option)])


def _label(visit: Visit, id: str | None) -> list[str]:
    exit = visit.step.exit
    own = exit.options if isinstance(exit, Options) else ()
    options = [*own, *(offer.entry.option for offer in anytime_of(visit))]
    return [option.label for option in options if option.id == id][:1]
