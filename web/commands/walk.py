"""`handrail walk`: a guide walked without a store, by keyboard or as answers documents say."""

import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from engine import source
from engine.errors import HandrailError, Refusal, ScriptError
from engine.events import Moment
from engine.fields.catalogue import plain
from engine.problems import Problem, has_errors
from engine.screen import build
from engine.state import State, path, standing
from engine.visits import Answer
from engine.walkthroughs import Played, play
from web.commands import files
from web.commands.arguments import FILE, FOLDER, NEW_FILE, progressed, today
from web.commands.guides import Loaded, load
from web.commands.keyboard import Walk, Walked

_INPUT = click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path)
_STDIN = Path("-")


class BrokenDocumentError(HandrailError):
    """An answers document that cannot be read as YAML."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        super().__init__("this answers document cannot be read:\n" + "\n".join(map(str, problems)))


@click.command("walk")
@click.argument("guide", metavar="PATH", type=FILE)
@click.option("--answers", type=_INPUT, metavar="FILE", help="A YAML or JSON answers document; - reads stdin.")
@click.option("--batch", type=_INPUT, metavar="FILE", help="JSON lines, each an answers document with an id.")
@click.option("--guides", "folder", type=FOLDER, metavar="DIR", help="Where the guides are that it calls.")
@click.option("--save", type=NEW_FILE, metavar="FILE", help="By keyboard: write your answers there when you leave.")
@click.pass_context
def command(
    context: click.Context,
    guide: Path,
    answers: Path | None,
    batch: Path | None,
    folder: Path | None,
    save: Path | None,
) -> None:
    """Walk a guide: by keyboard, or as an answers document says.

    A walkthrough copied out of a guide is an answers document; what it expects is not judged here. A refused answer
    stops the walk: exit code 1.
    """
    if sum(each is not None for each in (answers, batch, save)) > 1:
        raise click.UsageError("Name one of --answers, --batch and --save, not both.")
    if save is not None and os.path.lexists(save):
        raise files.FileThereError(save)
    loaded = load(guide, folder)
    if batch:
        context.exit(_batch(loaded, batch))
    if answers:
        context.exit(_answers(loaded, _document(_text(answers), str(answers))))
    walked = Walked(loaded.guides, loaded.graph.guide, save)
    Walk(walked, lambda: Moment(datetime.now(UTC), "you", today())).run()


def _answers(loaded: Loaded, document: Mapping[str, Any]) -> int:
    played = _played(loaded, document)
    click.echo(json.dumps(result(played), ensure_ascii=False))
    for name, refusal in played.refused.items():
        click.echo(f"{name}: {refusal.message}", err=True)
    return 1 if played.refused else 0


def _batch(loaded: Loaded, file: Path) -> int:
    """Walk each line on its own; a line that cannot be walked does not stop the others."""
    code = 0
    lines = [line for line in _text(file).splitlines() if line.strip()]
    for line in progressed(lines, "Walking"):
        told = _case(loaded, line)
        click.echo(json.dumps(told, ensure_ascii=False))
        if told.get("error") or told.get("refused"):
            code = 1
    return code


def _case(loaded: Loaded, line: str) -> dict[str, Any]:
    id = None
    try:
        document = dict(_json(line))
        id = document.pop("id", None)
        return {"id": id, **result(_played(loaded, document))}
    except HandrailError as error:
        return {"id": id, "error": str(error)}


def _played(loaded: Loaded, document: Mapping[str, Any]) -> Played:
    return play(loaded.guides, loaded.graph.guide.id, document, today())


def _text(file: Path) -> str:
    content = sys.stdin.buffer.read() if file == _STDIN else files.read(file)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise files.UnreadableFileError(file, f"byte {error.start} is not UTF-8") from None


def _document(text: str, name: str) -> Mapping[str, Any]:
    """A YAML or JSON answers document. Raises `ScriptError`, or refuses with each problem of the YAML."""
    if text.lstrip().startswith("{"):
        return _json(text)
    document, problems = source.parse(text, name)
    if any(problem.code in ("empty-file", "not-a-mapping") for problem in problems):
        raise ScriptError((), "write {given: …, answers: […]}")
    if document is None or has_errors(problems):
        raise BrokenDocumentError(problems)
    return document.data


def _json(text: str) -> Mapping[str, Any]:
    try:
        found = json.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        raise ScriptError((), f"this is not JSON: {error}") from None
    if not isinstance(found, dict):
        raise ScriptError((), 'write an object like {"given": {}, "answers": []}')
    return found


def result(played: Played) -> dict[str, Any]:
    """How far a walk got, as the JSON that CONTRACTS §2 promises."""
    refused = {name: _refusal(refusal) for name, refusal in played.refused.items()} or None
    state = played.state
    if state is None:
        unbegun: dict[str, Any] = {"step": None, "outcome": None, "path": [], "values": {}, "screen": None}
        return {"status": "active", **unbegun, "refused": refused, "records": [], "seq": 0}
    return {
        "status": state.status,
        "step": state.visit.step.id,
        "outcome": state.outcome,
        "path": list(_path(state)),
        "values": {id: plain(value) for id, value in state.values.items()},
        "screen": build(state).to_dict(),
        "refused": refused,
        "records": list(_records(state)),
        "seq": state.seq,
    }


def _refusal(refusal: Refusal) -> dict[str, str]:
    return {"code": refusal.code, "message": refusal.message}


def _records(state: State) -> Iterator[dict[str, Any]]:
    """Every record that was written and neither replaced nor cancelled; one that does not stand was not undone."""
    holding = standing(state)
    for seq, written in state.records.items():
        if not written.ended:
            said = written.due
            frame, step, occurrence = written.key
            yield {
                "seq": seq,
                "record": said.record,
                "guide": said.source.partition(":")[0],
                "step": step,
                "occurrence": occurrence,
                "frame": frame,
                "says": {**said.details, **said.texts, **({"values": said.values} if said.values else {})},
                "standing": seq in holding,
                "replaces": written.replaces,
            }


def _path(state: State) -> Iterator[dict[str, Any]]:
    for visit in path(state):
        yield {
            "guide": visit.frame.guide.id,
            "step": visit.step.id,
            "occurrence": visit.occurrence,
            "automatic": visit.step.automatic,
            "answer": _answer(visit.answer),
        }


def _answer(answer: Answer | None) -> dict[str, Any] | None:
    if answer is None:
        return None
    values = {id: plain(value) for id, value in answer.values.items()}
    told = {"option": answer.option, "values": values, "checks": list(answer.checks)}
    if answer.reasons:
        told["reasons"] = dict(answer.reasons)
    return told if answer.skip is None else {**told, "skip": answer.skip}
