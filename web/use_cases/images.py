"""The image files that stand beside guides on disk."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from engine.pictures import LARGEST, named


def beside(folder: Path, text: str) -> Iterator[tuple[str, bytes]]:
    """The files of the folder that a guide's text names, by name: as many of their bytes as an image can have, and one.

    What a link leads to outside the folder is no file of it, and what cannot be read is not there.
    """
    for name in sorted(named(text)):
        file = folder / name
        if file.is_file() and file.resolve().is_relative_to(folder.resolve()):
            with suppress(OSError), file.open("rb") as content:
                yield name, content.read(LARGEST + 1)
