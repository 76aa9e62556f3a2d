"""A guide as one HTML file to print or keep: it asks nothing of any server, and opens from a disk."""

import re
from base64 import b64encode
from collections.abc import Mapping

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from engine import diagram
from engine.exports.playbook import playbook
from engine.graph import GuideGraph
from engine.pictures import measured
from web.rendering import RenderingError, render
from web.rich_text import rich, rich_line

_ROOT = re.compile(rb"<svg\b.*</svg>", re.DOTALL)


def to_html(graph: GuideGraph, images: Mapping[str, bytes] | None = None, seconds: int = 5) -> str:
    """The guide as a page of its own, with its graph where that can be drawn in so many seconds.

    `images` are the files beside it by name; of one that is not among them, the words that stand for it are shown.
    """
    shown = {"book": playbook(graph), "picture": _picture(graph, seconds), "sources": _sources(images or {})}
    return _pages().get_template("export/playbook.html").render(shown)


def _sources(images: Mapping[str, bytes]) -> dict[str, str]:
    """Each file as an address that holds all of it."""
    kinds = {file: measured(content).kind for file, content in images.items()}
    return {
        file: f"data:image/{kind};base64,{b64encode(images[file]).decode()}" for file, kind in kinds.items() if kind
    }


def _pages() -> Environment:
    pages = Environment(
        loader=PackageLoader("web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    pages.filters |= {"rich": rich, "rich_line": rich_line}
    return pages


def _picture(graph: GuideGraph, seconds: int) -> Markup | None:
    """The graph as SVG inside the page; None where it is too large to be drawn."""
    try:
        drawn = _ROOT.search(render(diagram.to_dot(graph), seconds=seconds))
    except RenderingError:
        return None
    return Markup(drawn[0].decode()) if drawn else None  # noqa: S704  (drawn by us, of words that were escaped)
