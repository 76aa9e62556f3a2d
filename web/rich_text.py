"""Markdown as guides and help pages write it, to HTML that is safe to show: markdown-it's and nh3's home.

Raw HTML shows as the characters it is made of, pictures as their source, and a link that is not
http(s), mailto or tel as plain text (FORMAT §3).
"""

import re
from collections.abc import Collection, Mapping, MutableMapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode
from markupsafe import Markup

SAFE_LINK = re.compile("(?:https?://|mailto:|tel:|#)", re.IGNORECASE)

_TAGS = {
    "p", "br", "strong", "em", "code", "pre", "blockquote", "ul", "ol", "li", "hr", "a", "h2", "h3", "h4", "kbd",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href", "target"}, "ol": {"start"}}


_WORD = re.compile(r"[^\W\d_][^\W_]*(?: [^\W_]+)*")
_WORDY = re.compile(r"[<&\[`]|~~~")
"""What makes letters mean something to Markdown: they may be of an address, of an entity, or of code."""
_ANY = "\u2135"
"""A letter that stands for any word while Markdown is read."""


@lru_cache(maxsize=4096)
def rich(text: str) -> Markup:
    """Paragraphs, lists and emphasis of a guide's text; its headings become bold paragraphs."""
    if _WORDY.search(text):
        return _clean(_GUIDE.render(text))
    words = [*_WORD.findall(text), ""]
    return Markup("".join(chain(*zip(_between(_WORD.sub(_ANY, text)), words))))  # noqa: S704 - it is clean, and letters


@lru_cache(maxsize=4096)
def _between(marks: str) -> Sequence[str]:
    """The HTML around the words of a text: names make it another text for each client, but the marks are the same."""
    return str(_clean(_GUIDE.render(marks))).split(_ANY)


@lru_cache(maxsize=4096)
def rich_line(text: str) -> Markup:
    """The emphasis and links of one line, without a paragraph round it."""
    return _clean(_GUIDE.renderInline(text))


def rich_page(text: str) -> Markup:
    """A help page of ours: its headings, tables and keys too; `#` becomes the second level below the page's own."""
    return _clean(_PAGE.render(text))


def rich_manual(text: str, neighbours: Collection[str] = ()) -> Markup:
    """A page of ours in which code is code, else as a help page.

    It may also link to the pages beside it, by the last parts of their addresses.
    """
    return _clean(_MANUAL.render(text), neighbours)


def outline(text: str) -> list[dict[str, Any]]:
    """A guide's text as plain values, for what is not HTML: each part with its `kind`, `text` or parts `of` it.

    Kinds are markdown-it's, like `paragraph` and `strong`; links that are not safe stay text.
    """
    return [_part(node) for node in SyntaxTreeNode(_GUIDE.parse(text)).children]


def _part(node: SyntaxTreeNode) -> dict[str, Any]:
    of = [_part(child) for child in node.children]
    if node.type == "link" and not SAFE_LINK.match(str(node.attrs["href"])):
        return {"kind": "inline", "of": of}
    part: dict[str, Any] = {"kind": node.type, "text": node.content, "of": of}
    if node.type == "ordered_list":
        part["start"] = int(node.attrs.get("start", 1))
    return part | ({"href": str(node.attrs["href"])} if node.type == "link" else {})


def _clean(html: str, neighbours: Collection[str] = ()) -> Markup:
    def kept(_tag: str, attribute: str, value: str) -> str | None:
        return value if attribute != "href" or SAFE_LINK.match(value) or value in neighbours else None

    safe = nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, attribute_filter=kept, link_rel="noopener noreferrer")
    return Markup(safe)  # noqa: S704  (nh3 has just cleaned it)


def _bold_heading(_self: RendererHTML, tokens: Sequence[Token], index: int, *_rest: object) -> str:
    return "<p><strong>" if tokens[index].nesting == 1 else "</strong></p>\n"


def _lower_heading(_self: RendererHTML, tokens: Sequence[Token], index: int, *_rest: object) -> str:
    level = min(int(tokens[index].tag[1:]) + 1, 4)
    return f"<h{level}>" if tokens[index].nesting == 1 else f"</h{level}>"


def _key(_self: RendererHTML, tokens: Sequence[Token], index: int, *_rest: object) -> str:
    """Code in a help page is what to press."""
    return f"<kbd>{Markup.escape(tokens[index].content)}</kbd>"


def _link(self: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: MutableMapping[str, Any]) -> str:
    """A web page opens beside the call, not instead of it."""
    if str(tokens[index].attrGet("href")).startswith(("http:", "https:")):
        tokens[index].attrSet("target", "_blank")
    return self.renderToken(tokens, index, options, env)


def _reader(features: Sequence[str], rules: Mapping[str, Any]) -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False}).disable("image").enable(features)
    for name, rule in rules.items():
        reader.add_render_rule(name, rule)
    return reader


_GUIDE = _reader((), {"heading_open": _bold_heading, "heading_close": _bold_heading, "link_open": _link})
_PAGE = _reader(("table",), {"heading_open": _lower_heading, "heading_close": _lower_heading, "code_inline": _key})
_MANUAL = _reader(("table",), {"heading_open": _lower_heading, "heading_close": _lower_heading})
