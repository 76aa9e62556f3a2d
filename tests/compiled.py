"""What tests compile again and again, compiled once: templates and guides, most of what a short test would take."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from engine import library
from engine.compiler import build_guides, compile_guides
from web.use_cases import publishing, shelf


class Compiled(BytecodeCache):
    """What templates are compiled to, kept as long as the tests run."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket with what was kept of its template, if anything was."""
        if kept := self._kept.get(bucket.key):
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what a template was compiled to."""
        self._kept[bucket.key] = bucket.bytecode_to_string()


COMPILED = Compiled()


def quick(app: Flask) -> Flask:
    """The application, whose templates are compiled only where no other has done so."""
    app.jinja_env.bytecode_cache = COMPILED
    return app


class Remembered:
    """A function that compiles guides, called once for the same texts: it is pure, and what it gives is not changed."""

    def __init__(self, compiles: Callable[..., Any]) -> None:
        self._compiles = compiles
        self._kept: dict[object, Any] = {}

    def __call__(self, *given: Any, **named: Any) -> Any:
        """What comes of these texts."""
        key = tuple(_key(each) for each in given), tuple((name, _key(each)) for name, each in named.items())
        if key not in self._kept:
            self._kept[key] = self._compiles(*given, **named)
        return self._kept[key]


def _key(given: object) -> object:
    return tuple(given.items()) if isinstance(given, Mapping) else given


GUIDES = Remembered(compile_guides)
PINNED = Remembered(build_guides)


@pytest.fixture(autouse=True)
def compiled_once() -> Iterator[None]:
    """Houses that hold the same guides share what these are compiled to, where a conftest file imports this."""
    with pytest.MonkeyPatch.context() as patch:
        for place in (publishing, shelf):
            patch.setattr(place, "compile_guides", GUIDES)
        patch.setattr(library, "build_guides", PINNED)
        yield
