"""Guides written in many ways: mappings of texts in odd layouts, quotes and brackets, with comments between them."""

import json
from itertools import count
from typing import Any, TypeVar

from hypothesis import strategies as st

T = TypeVar("T")
WORDS = [
    "a",
    "Client's",
    "yes",
    "12",
    "0.5",
    "x: y",
    "#",
    " #",
    "- ",
    "{{ x }}",
    "?",
    ",",
    '"',
    "\\",
    "[",
    "é",
    "\u2028",
]
_KEYS = ["guide", "steps", "options", "label", "to", "id", "say", "was", "x y", "#k", "no", "k: v", "", "'"]
_TEXTS = st.lists(st.sampled_from([*WORDS, " ", "\n", "\t", "\u00a0"]) | st.text(max_size=3), max_size=6).map("".join)
_LONG = st.integers(1, 60).map(lambda count: " ".join(["word"] * count))


def _clean(text: str) -> bool:
    return all(each in "\t\n\x85" or (each >= " " and not "\x7f" <= each <= "\x9f") for each in text) and not any(
        "\ud800" <= each <= "\udfff" or each in "\ufffe\uffff\ufeff" for each in text
    )


texts = (_TEXTS | _LONG).filter(_clean)
keys = st.sampled_from(_KEYS) | texts.map(lambda text: text[:20])
values = st.recursive(
    texts, lambda inner: st.dictionaries(keys, inner, max_size=4) | st.lists(inner, max_size=4), max_leaves=12
)
mappings = st.dictionaries(keys, values, min_size=1, max_size=5)


@st.composite
def written(draw: st.DrawFn) -> str:
    """The text of a mapping, written by a hand that changes from line to line."""
    return _Hand(draw).page(draw(mappings))


class _Hand:
    def __init__(self, draw: st.DrawFn) -> None:
        self.draw, self.numbers = draw, count(1)

    def one_of(self, *choices: T) -> T:
        return self.draw(st.sampled_from(choices))

    def page(self, data: dict[str, Any]) -> str:
        return self.between(0) + self.block(data, 0) + self.one_of("", "# end", "  # end\n", "\n\n")

    def comment(self) -> str:
        return self.one_of("", "", "", f"  # c{next(self.numbers)}")

    def between(self, indent: int) -> str:
        """Nothing, blank lines, or comments of any indentation."""
        lines = self.one_of([], [], [], [""], ["", ""], [self.comment()], ["", self.comment(), "", self.comment()])
        return "".join(f"{' ' * self.one_of(0, indent, indent + 2) if line else ''}{line.strip()}\n" for line in lines)

    def block(self, data: Any, indent: int) -> str:
        entries = data.items() if isinstance(data, dict) else [(None, each) for each in data]
        return "".join(self.entry(key, value, indent) + self.between(indent) for key, value in entries)

    def entry(self, key: str | None, value: Any, indent: int) -> str:
        head = " " * indent + ("-" if key is None else f"{self.key(key)}:")
        deeper = indent + self.one_of(1, 2, 4)
        if value and isinstance(value, dict | list) and self.one_of(True, True, False):
            if key is None and isinstance(value, dict) and self.one_of(True, False):
                return self.glued(head, value, indent)
            return f"{head}{self.comment()}\n{self.between(deeper)}{self.block(value, deeper)}"
        if isinstance(value, str) and _blockable(value) and self.one_of(True, False):
            body = "".join(" " * deeper + line + "\n" if line else "\n" for line in value[:-1].split("\n"))
            return f"{head} |{self.comment()}\n{body}"
        return f"{head} {self.inline(value, deeper)}{self.comment()}\n"

    def glued(self, head: str, value: dict[str, Any], indent: int) -> str:
        """The first key of a mapping on the line of its dash."""
        return head + self.block(value, indent + 2)[indent + 1 :]

    def key(self, key: str) -> str:
        return key if key.isidentifier() and self.one_of(True, False) else json.dumps(key, ensure_ascii=False)

    def inline(self, value: Any, indent: int) -> str:
        gap = self.one_of("", " ", " ", f"\n{' ' * indent}", f"  # f{next(self.numbers)}\n{' ' * indent}")
        if isinstance(value, str):
            return self.quoted(value)
        if isinstance(value, list):
            return "[" + gap + f",{gap or ' '}".join(self.inline(each, indent) for each in value) + gap + "]"
        pairs = [f"{json.dumps(key, ensure_ascii=False)}: {self.inline(each, indent)}" for key, each in value.items()]
        return "{" + gap + f",{gap or ' '}".join(pairs) + gap + "}"

    def quoted(self, text: str) -> str:
        if text.replace(" ", "").isalnum() and text == text.strip() and self.one_of(True, False):
            return text
        single = text.isprintable() and self.one_of(True, False)
        return "'" + text.replace("'", "''") + "'" if single else json.dumps(text, ensure_ascii=False)


def _blockable(text: str) -> bool:
    return text.endswith("\n") and not text.endswith("\n\n") and bool(text[:1].strip()) and "\u2028" not in text
