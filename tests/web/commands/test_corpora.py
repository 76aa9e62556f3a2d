"""Hostile files through the commands: none crashes or hangs, and no text is changed on its way.

The suite takes every file as it is, and some in other places; `make corpora` takes all, also each in a process of its
own. HANDRAIL_CASES and HANDRAIL_CHILDREN say how many.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from engine.source import parse
from tests.corpora import KINDS, Case, cases, content, some
from tests.web.commands.many import Done, ran

CASES = int(os.environ.get("HANDRAIL_CASES", "40"))
CHILDREN = int(os.environ.get("HANDRAIL_CHILDREN", "1"))
Form = Callable[[str], str]
HANDRAIL = Path(sys.executable).with_name("handrail")
READERS = ["mermaid", "qna", "csv"]

AROUND = """\
guide: ID
title: Around
outcomes: {done: {label: Done, kind: success}}
steps:
  ask:
    say: TEXT
    next: end
  end: {outcome: done}
"""
PLACES = """\
guide: {id}
title: {text}
outcomes: {{done: {{label: {text}, kind: success}}}}
fields: {{words: {{type: long_text, label: {text}, help: {text}, required: false}}}}
stages: {{talk: {text}}}
documents: {{paper: {{kind: letter, title: {text}, body: {text}}}}}
steps:
  ask:
    stage: talk
    title: {text}
    say: {text}
    points: [{text}]
    never: [{text}]
    note: {text}
    checks: [{{id: seen, label: {text}, source: {text}}}]
    documents: [paper]
    ask: [words]
    question: {text}
    options: [{{id: go, label: {text}, hint: {text}, to: end}}]
  end: {{say: {text}, outcome: done}}
"""
FORMS: Mapping[str, Form] = {
    "plain": str,
    "quoted": lambda text: "'" + text.replace("'", "''") + "'",
    "block": lambda text: "|\n      " + text.replace("\n", "\n      "),
    "list": lambda text: "\n      - " + text.replace("\n", "\n        "),
}
"""How a text can stand in a guide; where it breaks out of its place, that is for the loader to see."""


def written(folder: Path, most: int | None = None, form: Form | None = None) -> list[Path]:
    """A file for each case, or for so many of each kind: as it is, or in one of the forms within a guide."""
    paths = []
    for kind in KINDS:
        (folder / kind).mkdir()
        for case in cases(kind) if most is None else some(kind, most):
            path = folder / kind / f"case-{case['id']}.yaml"
            text = content(case)
            if form:
                around = AROUND.replace("ID", path.stem).replace("TEXT", form(text.decode("latin-1")))
                text = around.encode("latin-1")
            path.write_bytes(text)
            paths.append(path)
    return paths


def trouble(commands: list[list[str]], done: list[Done]) -> list[Any]:
    """The commands that crashed, took long, or ended with another exit code than 0 or 1.

    A second is long for `check`; the others also read and write, and take the largest files of ours in about one.
    """
    found = []
    for command, each in zip(commands, done, strict=True):
        slow = each.seconds > (1 if command[0] == "check" else 5)
        if slow or each.raised or each.code not in (0, 1) or "Traceback" in each.err:
            found.append((command, each.code, each.seconds, each.raised))
    return found


def told(done: Done) -> bool:
    """Whether the exit code says what the report says."""
    problems = json.loads(done.out)["problems"]
    return done.code == any(problem["severity"] == "error" for problem in problems)


def test_every_file_is_checked(tmp_path: Path) -> None:
    commands = [["check", "--format", "json", str(path)] for path in written(tmp_path)]
    done = ran(commands)
    assert trouble(commands, done) == []
    assert [command for command, each in zip(commands, done) if not told(each)] == []


@pytest.mark.parametrize("form", FORMS)
def test_a_text_inside_a_guide_is_checked(form: str, tmp_path: Path) -> None:
    commands = [["check", "--format", "json", str(path)] for path in written(tmp_path, CASES, FORMS[form])]
    done = ran(commands)
    assert trouble(commands, done) == []
    assert [command for command, each in zip(commands, done) if not told(each)] == []


def test_what_is_laid_out_anew_means_the_same(tmp_path: Path) -> None:
    paths = written(tmp_path, CASES)
    texts = [path.read_bytes() for path in paths]
    commands = [["format", str(path)] for path in paths]
    done = ran(commands)
    assert trouble(commands, done) == []
    changed = [(path, text) for path, text in zip(paths, texts, strict=True) if path.read_bytes() != text]
    assert [path for path, text in changed if _data(path.read_bytes()) != _data(text)] == []
    assert changed


def _data(text: bytes) -> Any:
    document = parse(text)[0]
    return document and document.data


@pytest.mark.parametrize("reader", READERS)
def test_every_file_is_imported_or_refused(reader: str, tmp_path: Path) -> None:
    paths = written(tmp_path, CASES)
    commands = [["import", str(path), "--from", reader, "-o", str(tmp_path / "guides")] for path in paths]
    done = ran(commands)
    assert trouble(commands, done) == []
    assert [command for command, each in zip(commands, done) if not (each.out or each.err)] == []


def test_a_text_is_shown_as_its_author_wrote_it(tmp_path: Path) -> None:
    found = [case for case in cases("text") if "{{" not in case["text"]]
    nothing = tmp_path / "nothing.json"
    nothing.write_text("{}")
    paths = [in_all_places(tmp_path, case) for case in found]
    commands = [["walk", str(path), "--answers", str(nothing)] for path in paths]
    done = ran(commands)
    assert trouble(commands, done) == []
    changed = [case["id"] for case, each in zip(found, done) if not (refused(each) or shown(each) == {case["text"]})]
    assert changed == []


def refused(done: Done) -> bool:
    """Whether the text was too long for a title, or no text at all, and that was told."""
    return done.code == 1 and ("[too-long]" in done.err or "[control-character]" in done.err)


def in_all_places(folder: Path, case: Case) -> Path:
    """A guide that says nothing but this text, wherever a guide can say something."""
    path = folder / f"text-{case['id']}.yaml"
    text = json.dumps(case["text"], ensure_ascii=False)
    path.write_text(PLACES.format(id=path.stem, text=text), encoding="utf-8", newline="")
    return path


def shown(done: Done) -> set[str]:
    """Every text on the screen that an author wrote."""
    screen = json.loads(done.out)["screen"]
    check, ask, option, paper = (screen[name][0] for name in ("checks", "asks", "options", "documents"))
    texts = {screen[name] for name in ("title", "say", "note", "question", "stage")}
    return {*texts, *screen["points"], *screen["never"], check["label"], ask["label"], ask["help"], paper["title"]} | {
        option["label"],
        option["hint"],
        check["source"],
    }


def test_a_process_of_its_own_says_the_same(tmp_path: Path) -> None:
    paths = written(tmp_path, CHILDREN)
    alike = ran([["check", "--format", "json", str(path)] for path in paths])
    for path, done in zip(paths, alike, strict=True):
        alone = subprocess.run(
            [HANDRAIL, "check", "--format", "json", path], capture_output=True, check=False, timeout=60
        )
        assert (alone.returncode, alone.stdout.decode(), alone.stderr) == (done.code, done.out, b"")
