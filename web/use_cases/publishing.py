"""Publishing the guides of a folder: a file becomes a version when its text is none of that guide's yet."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from engine import syntax
from engine.compiler import compile_guides
from engine.problems import Problem, Severity
from web.storage.database import Database
from web.storage.guides import Publication, Version, known_digests, publish
from web.use_cases.clock import Clock


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did. `problems` are those of files with errors; guides that call one of these are left out too."""

    published: tuple[Version, ...]
    problems: tuple[Problem, ...]
    skipped: tuple[str, ...]


def import_folder(database: Database, folder: Path, clock: Clock) -> Imported:
    """Publish every guide of the folder that is new and has no errors; the newest version is live.

    A folder that is not there holds nothing. `skipped` names the files that were not published for their errors.
    """
    texts = dict(_texts(folder))
    known = known_digests(database)
    if all((Path(file).stem, digest(content)) in known for file, content in texts.items()):
        return Imported((), (), ())
    return _publish_new(database, texts, known, clock)


def digest(content: bytes) -> str:
    """The SHA-256 of a guide's canonical text, by which its version is known."""
    return hashlib.sha256(_text(content).encode()).hexdigest()


def _text(content: bytes) -> str:
    text, _ = syntax.decoded(content)
    return text


def _texts(folder: Path) -> Iterator[tuple[str, bytes]]:
    for file in sorted(folder.iterdir()) if folder.is_dir() else ():
        if file.suffix in (".yaml", ".yml") and not file.name.startswith(".") and file.is_file():
            yield str(file), file.read_bytes()


def _publish_new(
    database: Database, texts: Mapping[str, bytes], known: frozenset[tuple[str, str]], clock: Clock
) -> Imported:
    today: date = clock().date()
    compiled = compile_guides(texts, today)
    sound = {guide.digest: guide for guide in compiled.guides.values()}
    new, skipped = [], []
    for file, content in texts.items():
        guide = sound.get(digest(content))
        if guide is None:
            skipped.append(file)
        elif (guide.id, guide.digest) not in known:
            new.append(Publication(guide.id, guide.digest, _text(content), guide.title, "folder"))
    errors = tuple(problem for problem in compiled.problems if problem.severity is Severity.ERROR)
    return Imported(publish(database, tuple(new), clock()), errors, tuple(skipped))
