"""Texts that a text field takes: of its length, and in the form of its pattern."""

import re
from collections.abc import Iterator

from engine.fields.field import Field

_PIECE = re.compile(
    r"""\\(?P<escaped>.)
    | \[(?P<set>\^?\]?(?:\\.|[^]\\])*)\]
    | (?P<open>\((?:\?(?:P<\w+>|<?[=!]|:))?)
    | (?P<close>\)) | (?P<or>\|) | (?P<any>\.) | (?P<anchor>[\^$])
    | (?P<plain>.)""",
    re.DOTALL | re.VERBOSE,
)
_COUNT = re.compile(r"(?:\{(?P<least>[0-9]+)(?:,[0-9]*)?\}|(?P<none>[*?])|(?P<once>\+))\??")
_CLASSES = {"d": "1", "w": "a", "s": " ", "D": "a", "W": "-", "S": "a", "b": "", "B": "", "A": "", "Z": ""}
_USUAL = "Sample"
_WORDS = "Sample text for a test. "
_FILLING = "aA1 -0zZ9_/.,"


def specimen(field: Field) -> Iterator[str]:
    """Texts to try, the most likely one first; none is sure to be taken."""
    if field.pattern:
        yield matching(field.pattern)
    shortest = field.min_length or 1
    longest = field.max_length or max(shortest, 200)
    if shortest <= len(_USUAL) <= longest:
        yield _USUAL
    for length in (shortest, longest):
        yield (_WORDS * (length // len(_WORDS) + 1))[: length - 1] + "."


def matching(pattern: str) -> str:
    """The shortest text that comes to mind for a regular expression; groups take their first alternative."""
    text, _ = _group(pattern, 0)
    return text


def _group(pattern: str, at: int) -> tuple[str, int]:
    """The text for a group that starts at this index, and the index after its end."""
    text, taken = "", True
    while at < len(pattern) and (found := _PIECE.match(pattern, at)):
        at = found.end()
        if found["close"]:
            break
        if found["or"]:
            taken = False
            continue
        if found["open"]:
            piece, at = _group(pattern, at)
            piece = "" if found["open"].endswith(("=", "!")) else piece
        else:
            piece = _character(found)
        count = _COUNT.match(pattern, at)
        at = count.end() if count else at
        text += piece * _least(count) if taken else ""
    return text, at


def _character(found: re.Match[str]) -> str:
    """A character that this piece of a pattern stands for; "" for an anchor."""
    if found["anchor"]:
        return ""
    if found["escaped"]:
        return _CLASSES.get(found["escaped"], found["escaped"])
    if found["set"] is None:
        return "a" if found["any"] else found["plain"]
    members = re.compile(f"[{found['set']}]")
    likely = (*_FILLING, *found["set"])
    return next((each for each in likely if members.fullmatch(each)), "")


def _least(count: re.Match[str] | None) -> int:
    """How often a piece has to stand there."""
    if count is None or count["once"]:
        return 1
    return 0 if count["none"] else int(count["least"])
