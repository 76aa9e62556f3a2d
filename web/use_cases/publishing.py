"""Publishing the guides of a folder: a file becomes a version when its text is none of that guide's yet."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from glob import escape
from pathlib import Path
from typing import NamedTuple

from engine import syntax, translation
from engine.compiler import compile_guides
from engine.model import Guide
from engine.pictures import Picture, measured
from engine.problems import Problem, Severity
from web.storage.database import Database
from web.storage.guides import Publication, Version, known_digests, publish
from web.use_cases.clock import Clock
from web.use_cases.images import beside


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did. `problems` are those of files with errors; guides that call one of these are left out too."""

    published: tuple[Version, ...]
    problems: tuple[Problem, ...]
    skipped: tuple[str, ...]


class _File(NamedTuple):
    """A guide's file in the folder: its name, its text, and beside it the PO files by language and images by name."""

    name: str
    content: bytes
    catalogs: Mapping[str, "_File"] = {}
    images: Mapping[str, bytes] = {}

    @property
    def guide(self) -> str:
        return Path(self.name).stem

    @property
    def text(self) -> str:
        return syntax.decoded(self.content)[0]

    @property
    def pictures(self) -> dict[str, Picture]:
        return {name: measured(content) for name, content in self.images.items()}


def import_folder(database: Database, folder: Path, clock: Clock) -> Imported:
    """Publish every guide of the folder that is new and has no errors; the newest version is live.

    A translation or an image that is new makes a new version too; a translation with errors is left out. A folder that
    is not there holds nothing. `skipped` names the files that were not published for their errors.
    """
    files = tuple(_files(folder))
    known = known_digests(database)
    if all((file.guide, _digest(file, file.catalogs)) in known for file in files):
        return Imported((), (), ())
    return _publish_new(database, files, known, clock)


def _digest(file: _File, languages: Iterable[str]) -> str:
    """The digest of a guide's file with its translations into these languages, and its images."""
    return translation.digest(file.text, {each: file.catalogs[each].text for each in languages}, file.pictures)


def _files(folder: Path) -> Iterator[_File]:
    for file in sorted(folder.iterdir()) if folder.is_dir() else ():
        if file.suffix in (".yaml", ".yml") and not file.name.startswith(".") and file.is_file():
            read = _File(str(file), file.read_bytes(), _catalogs(folder, file.stem))
            yield read._replace(images=dict(beside(folder, read.text)))


def _catalogs(folder: Path, guide: str) -> dict[str, _File]:
    found = sorted(file for file in folder.glob(f"locale/*/{escape(guide)}.po") if file.is_file())
    return {translation.language(str(file)): _File(str(file), file.read_bytes()) for file in found}


def _publish_new(
    database: Database, files: tuple[_File, ...], known: frozenset[tuple[str, str]], clock: Clock
) -> Imported:
    today: date = clock().date()
    texts = {file.name: file.content for file in files}
    catalogs = {catalog.name: catalog.content for file in files for catalog in file.catalogs.values()}
    images = {str(Path(file.name).parent / name): known for file in files for name, known in file.pictures.items()}
    compiled = compile_guides(texts, today, catalogs, images)
    new, skipped = [], []
    for file in files:
        guide = compiled.guides.get(file.guide)
        if guide is None or guide.digest != _digest(file, guide.translations):
            skipped.append(file.name)
        elif (guide.id, guide.digest) not in known:
            new.append(_publication(guide, file))
    errors = tuple(problem for problem in compiled.problems if problem.severity is Severity.ERROR)
    return Imported(publish(database, tuple(new), clock()), errors, tuple(skipped))


def _publication(guide: Guide, file: _File) -> Publication:
    spoken = {language: file.catalogs[language].text for language in guide.translations}
    pictures = {name: content for name, content in file.images.items() if not file.pictures[name].fault}
    return Publication(guide.id, guide.digest, file.text, guide.title, "folder", catalogs=spoken, images=pictures)
