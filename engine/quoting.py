"""A text as YAML writes it: without quotes where it can be, as a block where it has lines, else in quotes."""

import re

_ODD = re.compile(
    r"(?i)|true|false|yes|no|on|off|y|n|null|~|<<|=|[-+]?\.(?:inf|nan)|[-+]?\.?[0-9][0-9a-fox_.:,+\-tz ]*"
)
_BREAKS = "\x85\u2028\u2029\ufeff"  # other YAML readers break lines at these, or drop them
_FIRST = re.compile(r"[-?:](?=\s|$)|[,\[\]{}#&*!|>'\"%@`?:]|---|\.\.\.")
_INSIDE = re.compile(r":(?=\s|$)|\s#|\n")
_IN_BRACKETS = re.compile(r"[,\[\]{}?]|:(?![\w/])|^-")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}


def odd(text: str) -> bool:
    """Whether a YAML reader may take the text, without quotes, for nothing, a number, a date or yes and no."""
    return _ODD.fullmatch(text) is not None


def plain(text: str, *, brackets: bool = False) -> bool:
    """Whether the text can stand without quotes, also inside `{}` and `[]` where that is asked."""
    if not text or text != text.strip() or _FIRST.match(text) or _INSIDE.search(text):
        return False
    return not any(each in text for each in _BREAKS) and not (brackets and _IN_BRACKETS.search(text))


def inline(text: str, *, quoted: bool, brackets: bool = False) -> str:
    """The text on one line, in quotes if that is asked or needed: single ones, unless it has apostrophes."""
    if not quoted and (not text or plain(text, brackets=brackets)):
        return text
    if "\n" in text or any(each in text for each in _BREAKS):
        return '"' + "".join(_escaped(each) for each in text) + '"'
    if "'" in text and not re.search(r'["\\]', text):
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


def block(text: str) -> list[str]:
    """The text as a literal block: its header, and its lines to be indented by two; nothing where it cannot be one."""
    if not text.removesuffix("\n").rpartition("\n")[2].strip() or any(each in text for each in _BREAKS):
        return []
    indicator = "2" if text.lstrip("\n")[:1] in (" ", "\t") else ""
    chomping = "" if text.endswith("\n") else "-"
    return [f"|{indicator}{chomping}", *text.removesuffix("\n").split("\n")]


def folded(text: str, width: int) -> list[str]:
    """A text of one line as a folded block of lines of at most `width`; nothing where that would change it."""
    if text != text.strip() or any(each in text for each in ("  ", "\n", "\t", *_BREAKS)):
        return []
    lines = [">-"]
    for word in text.split(" "):
        if len(lines) > 1 and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _escaped(character: str) -> str:
    return _ESCAPES.get(character) or (f"\\u{ord(character):04x}" if character in _BREAKS else character)
