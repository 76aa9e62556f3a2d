"""Words as YAML scalars that read back as exactly these words, in a guide where some of them would mean something."""

import re
from collections.abc import Iterator

_PLAIN = re.compile(r"[^\W\d_](?:[\w .,;!?()/+%&€'\u2019\u2013…-]*[\w.,;!?()%€…])?")
_MARKS = re.compile(r"\x00\w+\x00|[\\`*_\[\]<]|&(?=#?\w+;)|~(?=~)|!(?=\[)")
_STARTS = re.compile(r"^(?:[#>+=-]|\d{1,9}(?=[.)]))")
_GAP = re.compile("\x00(\\w+)\x00")


def gap(field: str) -> str:
    """A place in a text where the value of this field is filled in; U+0000 stands in no text that was read."""
    return f"\x00{field}\x00"


def filled(text: str) -> str:
    """A text in which `{{` shows as it is, and only a gap is filled in."""
    return _GAP.sub(r"{{ \1 }}", text.replace("{{", "{{ '{{' }}")).replace("\x00", "")


def bare(text: str) -> str:
    """A text of one line in which nothing is ever filled in: a gap is named."""
    return " ".join(_GAP.sub(r"[\1]", text).replace("\x00", "").split())


def markdown(text: str) -> str:
    """The text as Markdown that shows its characters, one paragraph for each of its lines."""
    lines = (line.strip() for line in text.split("\n"))
    escaped = (_STARTS.sub(_escaped, _MARKS.sub(_escaped, line)) for line in lines if line)
    return filled("\n\n".join(escaped))


def scalar(text: str) -> str:
    """One line of text as a value: as it is where YAML reads it so, else in quotes."""
    return text if _PLAIN.fullmatch(text) else "'" + text.replace("'", "''") + "'"


def entry(key: str, text: str, indent: str = "") -> Iterator[str]:
    """The lines of `key: text`; a text of many lines becomes a block."""
    if "\n" not in text:
        yield f"{indent}{key}: {scalar(text)}"
        return
    yield f"{indent}{key}: |"
    for line in text.split("\n"):
        yield f"{indent}  {line}" if line else ""


def literal(text: str) -> str:
    """A text as an expression: in quotes that it does not hold itself."""
    kept = bare(text).replace("\\", "/")
    return f"'{kept}'" if "'" not in kept else '"' + kept.replace('"', "'") + '"'


def _escaped(found: re.Match[str]) -> str:
    mark = found[0]
    if mark[0] == "\x00":
        return mark
    return f"{mark}\\" if mark.isdigit() else f"\\{mark}"
