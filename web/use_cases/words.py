"""Words that a person writes outside a guide's fields, as the store can keep them."""

import re
import unicodedata

from engine.errors import Refusal, RefusedError
from engine.sentences import sentence

_UNKEEPABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def several_lines(text: str) -> str:
    """The text without characters that nobody types, lines ended by LF, in normal form C."""
    kept = _UNKEEPABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return unicodedata.normalize("NFC", kept).strip()


def one_line(text: str, longest: int) -> str:
    """As `several_lines`, on one line with single spaces, cut at `longest` characters."""
    return " ".join(several_lines(text[: longest * 10]).split())[:longest]


def required(key: str, text: str, missing: str, longest: int) -> str:
    """A person's words, tidied. Raises `RefusedError` where there are none, or too many."""
    tidy = bounded(key, text, longest)
    if not tidy:
        raise RefusedError({key: Refusal("missing", missing)})
    return tidy


def bounded(key: str, text: str, longest: int) -> str:
    """A person's words, tidied. Raises `RefusedError` where there are too many."""
    tidy = several_lines(text[: longest * 10])
    if len(tidy) > longest:
        message = sentence(
            "This is too long: {length} characters, at most {longest}. Shorten it.", length=len(tidy), longest=longest
        )
        raise RefusedError({key: Refusal("too-long", message)})
    return tidy
