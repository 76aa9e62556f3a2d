"""Versions of guides on disk: files and folders that stand side by side, to be compared."""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from engine import source
from engine.compiler import compile_guides
from engine.model import Guide
from engine.problems import Problem, Severity
from web.commands import files
from web.commands.arguments import today

_ID = re.compile("[a-z][a-z0-9-]*")


class Side(NamedTuple):
    """One of two sides: its `guides` that can be compared, by id; the errors of others, and the ids of these.

    `known` are all guides that were read, so also those that it calls. `alone` says that the side is a single file.
    """

    guides: Mapping[str, Guide]
    known: Mapping[str, Guide]
    errors: tuple[Problem, ...]
    broken: frozenset[str]
    alone: bool


def side(path: Path, other: Path) -> Side:
    """The guides of one side. What they call is read from beside them, else from beside the other side.

    Raises `NoGuideFilesError`, `UnreadableFileError`.
    """
    own, alone = files.texts([path]), not path.is_dir()
    names = {_named(file, content) if alone else file: file for file, content in own.items()}
    named = {name: own[file] for name, file in names.items()}
    texts = _with_called(named, other)
    images = None if alone else files.images(texts)  # beside a copy of a file there may be none
    compiled = compile_guides(texts, today(), files.catalogs(named), images)
    ids = {Path(name).stem for name in named}
    guides = {id: guide for id, guide in compiled.guides.items() if id in ids}
    broken = frozenset(ids - guides.keys())
    errors = [problem for problem in compiled.problems if problem.severity is Severity.ERROR and broken]
    mine = [problem for problem in errors if problem.file in names] or errors  # else a guide that is called has them
    told = tuple(replace(problem, file=names.get(problem.file, problem.file)) for problem in mine)
    return Side(guides, compiled.guides, told, broken, alone)


def _named(file: str, content: bytes) -> str:
    """The file's name as it would be called for its guide: a copy may have any name."""
    document, _ = source.parse(content)
    id = str(document.data.get("guide")) if document else ""
    return str(Path(file).with_name(f"{id}.yaml")) if _ID.fullmatch(id) else file


def _with_called(named: Mapping[str, bytes], other: Path) -> Mapping[str, bytes]:
    """These texts and those that they may call, each from the nearest place."""
    here = files.with_called(named)
    there = files.with_called(here, other if other.is_dir() else other.parent)
    have = {Path(file).stem for file in here}
    return {**here, **{file: content for file, content in there.items() if Path(file).stem not in have}}
