"""Guide files on disk: which there are, and those that they may call."""

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from engine.errors import HandrailError
from engine.pictures import Picture, measured
from engine.syntax import decoded
from web.use_cases.images import beside

ENDINGS = (".yaml", ".yml")
_ID = re.compile(rb"[a-z][a-z0-9-]*")


class NoGuideFilesError(HandrailError):
    """Folders without a single guide."""

    def __init__(self, paths: Iterable[Path]) -> None:
        where = ", ".join(map(str, paths))
        super().__init__(f"There is no guide in {where}: name a folder with files that end in .yaml or .yml.")


class UnreadableFileError(HandrailError):
    """A file that the system does not let us read."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path} cannot be read: {why}. Check its name and who may read it.")


class UnwritableFileError(HandrailError):
    """A file that the system does not let us write."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path} cannot be written: {why}. Check its folder and who may write there.")


class FileThereError(HandrailError):
    """A file that would be written over."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} is there already, and stays as it is. Choose another name, or move that file away.")


def read(path: Path) -> bytes:
    """The bytes of one file. Raises `UnreadableFileError`."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFileError(path, error.strerror or "the system gives no reason") from error


def write(path: Path, content: bytes) -> None:
    """Write one file. Raises `UnwritableFileError`."""
    try:
        path.write_bytes(content)
    except OSError as error:
        raise UnwritableFileError(path, error.strerror or "the system gives no reason") from error


def make_folder(path: Path) -> None:
    """Make a folder, and those it is in, where it is not there. Raises `UnwritableFileError`."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UnwritableFileError(path, error.strerror or "the system gives no reason") from error


def replace(path: Path, content: bytes) -> None:
    """Write one file whole or not at all, with the rights it had. Raises `UnwritableFileError`."""
    target = path.resolve()
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        beside.write_bytes(content)
        beside.chmod(target.stat().st_mode & 0o7777)
        beside.replace(target)
    except OSError as error:
        with suppress(OSError):
            beside.unlink()
        raise UnwritableFileError(path, error.strerror or "the system gives no reason") from error


def create(path: Path, content: bytes) -> None:
    """Write a file that is not there yet. Raises `FileThereError`, `UnwritableFileError`."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(content)
    except FileExistsError:
        raise FileThereError(path) from None
    except OSError as error:
        raise UnwritableFileError(path, error.strerror or "the system gives no reason") from error


def texts(paths: Iterable[Path]) -> dict[str, bytes]:
    """The guides of these files, and of these folders with all that is in them, by path.

    Hidden folders are passed over. Raises `NoGuideFilesError`, `UnreadableFileError`.
    """
    named = tuple(paths)
    found = {file.resolve(): file for path in named for file in _files(path)}
    if not found:
        raise NoGuideFilesError(named)
    return {str(file): read(file) for file in found.values()}


def with_called(named: Mapping[str, bytes], folder: Path | None = None) -> dict[str, bytes]:
    """These texts and those of their neighbours that they may call, or of `folder` where it is given.

    A neighbour counts as called when its name stands anywhere in the text, so that no guide is compiled in vain.
    """
    read_here = dict(named)
    folders = [folder] if folder else dict.fromkeys(Path(file).parent for file in named)
    have = {Path(file).resolve() for file in named}
    near = {file.stem: file for each in folders for file in _files(each, deep=False) if file.resolve() not in have}
    waiting = list(named.values())
    while waiting and near:
        words = {word.decode() for word in _ID.findall(waiting.pop())}
        for stem in words & near.keys():
            file = near.pop(stem)
            read_here[str(file)] = read(file)
            waiting.append(read_here[str(file)])
    return read_here


def catalogs(named: Iterable[str]) -> dict[str, bytes]:
    """The translations of these guides, by path: `locale/<language>/<guide>.po` beside each."""
    found = (po for file in named for po in Path(file).parent.glob(f"locale/*/{Path(file).stem}.po"))
    return {str(file): read(file) for file in sorted(set(found))}


def images(named: Mapping[str, bytes]) -> dict[str, Picture]:
    """What the files beside these guides say of the images that they name, by path."""
    found = {}
    for file, content in named.items():
        folder = Path(file).parent
        for name, image in beside(folder, decoded(content)[0]):
            found[str(folder / name)] = measured(image)
    return found


def _files(path: Path, *, deep: bool = True) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    for file in sorted(path.rglob("*") if deep else path.iterdir()):
        hidden = any(part.startswith(".") for part in file.relative_to(path).parts)
        if file.suffix in ENDINGS and not hidden and file.is_file():
            yield file
