"""Published guides by digest, compiled once in a process; the one place of the engine that is handed a reader."""

from collections.abc import Callable, Mapping

from engine.compiler import build_guides
from engine.errors import UnknownGuideError
from engine.model import Guide

Read = Callable[[str], str]
"""Gives the canonical text of a digest; raises `KeyError` where there is none."""


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
        texts = {f"{id}.yaml": self._text(id, digest) for id, digest in digests.items()}
        guides = build_guides(texts)
        for id in digests:
            if id not in guides:
                raise UnknownGuideError(id)
        return guides

    def _text(self, guide: str, digest: str) -> str:
        try:
            return self._read(digest)
        except KeyError:
            raise UnknownGuideError(guide) from None
