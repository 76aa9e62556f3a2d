"""Published guides by digest, compiled once in a process; the one place of the engine that is handed a reader."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from engine.compiler import build_guides
from engine.errors import UnknownGuideError
from engine.model import Guide
from engine.pictures import Picture


class Published(NamedTuple):
    """What was published under a digest: a guide's canonical text, and its translations' PO texts by language.

    `pictures` are its images by the name of their file.
    """

    text: str
    catalogs: Mapping[str, str] = {}
    pictures: Mapping[str, Picture] = {}


Read = Callable[[str], Published]
"""Gives what was published under a digest; raises `KeyError` where nothing was."""


class Library:
    """Pinned guides, compiled once for each set of digests that sessions pin."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._compiled: dict[frozenset[tuple[str, str]], Mapping[str, Guide]] = {}

    def pinned(self, digests: Mapping[str, str]) -> Mapping[str, Guide]:
        """The guides of these digests, by guide id. Raises `UnknownGuideError` where one cannot be had."""
        key = frozenset(digests.items())
        if key not in self._compiled:
            self._compiled[key] = self._compile(digests)
        return self._compiled[key]

    def _compile(self, digests: Mapping[str, str]) -> Mapping[str, Guide]:
        found = {id: self._found(id, digest) for id, digest in digests.items()}
        guides = build_guides(*files(found))
        for id in digests:
            if id not in guides:
                raise UnknownGuideError(id)
        return guides

    def _found(self, guide: str, digest: str) -> Published:
        try:
            return self._read(digest)
        except KeyError:
            raise UnknownGuideError(guide) from None


class Files(NamedTuple):
    """What was published, as the compiler reads it: each guide lies in a folder of its own, so do its images."""

    texts: Mapping[str, str]
    catalogs: Mapping[str, str]
    images: Mapping[str, Picture]


def files(found: Mapping[str, Published]) -> Files:
    """What was published, by guide id, as the files that the compiler reads."""
    return Files(
        {f"{id}/{id}.yaml": published.text for id, published in found.items()},
        {
            f"{id}/locale/{language}/{id}.po": text
            for id, published in found.items()
            for language, text in published.catalogs.items()
        },
        {f"{id}/{file}": picture for id, published in found.items() for file, picture in published.pictures.items()},
    )
