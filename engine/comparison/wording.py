"""How a text was changed, in words: which of them are new, gone or other ones now."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

_SHORT = 90
"""Characters of a text that is shown whole."""
_SNIPPET = 70
"""Characters that are shown of one changed place."""
_MOST = 3
"""Changed places of a text that are told one by one."""
_WORD = re.compile(r"(?:\{\{[^{}]*\}\}|\S)+")
"""A word; what is filled in belongs to it, whatever stands between its braces."""
_ALIKE = 0.5
"""The share of words that a text keeps, below which it counts as written anew."""


def quoted(text: str, most: int = _SHORT) -> str:
    """The text in quotes, on one line, cut where it is longer than `most` characters."""
    line = " ".join(text.split())
    return f"“{line}”" if len(line) <= most else f"“{line[: most - 1].rstrip()}…”"


def reworded(name: str, was: str, now: str) -> str:
    """In a clause, how the text called `name` was changed; both are there, and not the same."""
    before, after = _words(was), _words(now)
    if before == after:
        return f"only spaces or line breaks of {name} changed"
    match = SequenceMatcher(None, before, after)
    if max(len(was), len(now)) <= _SHORT or match.ratio() < _ALIKE:
        return f"{name} is now {quoted(now)}; it was {quoted(was)}"
    places = [place for place in match.get_opcodes() if place[0] != "equal"]
    told = [_told(before, after, *place) for place in places[:_MOST]]
    more = len(places) - _MOST
    return f"{name}: {'; '.join((*told, *_others(more)))}"


def _words(text: str) -> list[str]:
    return [" ".join(word.split()) for word in _WORD.findall(text)]


def _others(count: int) -> Iterator[str]:
    if count > 0:
        yield f"and {count} more {'place' if count == 1 else 'places'} changed"


def _told(before: list[str], after: list[str], tag: str, a: int, b: int, c: int, d: int) -> str:
    """One place: words `a` to `b` before, `c` to `d` now, with their neighbours where they are other ones now."""
    if tag == "delete":
        return f"{_snippet(before[a:b])} is gone"
    if tag == "insert":
        where = f"after {_snippet(after[max(0, c - 2) : c])}" if c else "at the start"
        return f"{_snippet(after[c:d])} is new {where}"
    left, right = int(a > 0), int(b < len(before))
    return f"{_snippet(before[a - left : b + right])} is now {_snippet(after[c - left : d + right])}"


def _snippet(words: list[str]) -> str:
    return quoted(" ".join(words), _SNIPPET)
