"""Markdown in the plain words of a mail: no marks but dashes and numbers, an address behind what is linked to it."""

from collections.abc import Mapping
from itertools import count
from textwrap import indent
from typing import Any

from web.rich_text import outline


def worded(text: str) -> str:
    """A guide's text as people write mail, its paragraphs a blank line apart."""
    return "\n\n".join(_block(part) for part in outline(text))


def _block(part: Mapping[str, Any]) -> str:
    match part["kind"]:
        case "bullet_list":
            return "\n".join(_item("- ", item) for item in part["of"])
        case "ordered_list":
            return "\n".join(_item(f"{number}. ", item) for number, item in zip(count(part["start"]), part["of"]))
        case "blockquote":
            return indent("\n\n".join(map(_block, part["of"])), "> ", lambda _: True)
        case "fence" | "code_block":
            return str(part["text"]).rstrip("\n")
        case "hr":
            return "* * *"
        case _:
            return _line(part)


def _item(mark: str, item: Mapping[str, Any]) -> str:
    """A point of a list, what else it holds below it."""
    return mark + indent("\n".join(map(_block, item["of"])), " " * len(mark)).lstrip(" ")


def _line(part: Mapping[str, Any]) -> str:
    match part["kind"]:
        case "text" | "code_inline":
            return str(part["text"])
        case "softbreak":
            return " "
        case "hardbreak":
            return "\n"
        case "link":
            return _link(part)
        case _:
            return "".join(map(_line, part["of"]))


def _link(part: Mapping[str, Any]) -> str:
    label, address = "".join(map(_line, part["of"])), str(part["href"])
    return label if address in (label, f"mailto:{label}", f"tel:{label}") else f"{label} ({address})"
