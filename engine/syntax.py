"""What keeps a text from being read as a guide, in an author's words (FORMAT §1); knows no YAML library."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from engine.problems import Severity

MAX_BYTES = 4 * 1024 * 1024
_MANY = 100  # of one kind: more would bury the author
_ODD_SPACES = (
    "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b"
    "\u202f\u205f\u2060\u3000\ufeff"
)
_ODD_INDENT = re.compile(rf"^ *[{_ODD_SPACES}]", re.MULTILINE)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_BLOCK_HEADER = re.compile(r"[:?-][ \t]+[|>][-+0-9]{0,2}[ \t]*(?:[ \t]#.*)?$")
_KEY = re.compile(r"[^\s:#'\"{\[][^:#\n]*:[ \t]+(?=\S)|['\"][^'\"\n]*['\"]:[ \t]+(?=\S)")
_NO_SPACE = re.compile(r"^ *(?:- )*[\w-]+:(?=[^\s:/])", re.MULTILINE)

SILENCE = "# handrail:"
"""How remarks to Handrail begin, which cut no text."""
QUOTE = "put the whole value in quotes, like 'this'"
FLOW = "inside {} and [] a text with ',', '?', ': ' or '{{' must stand in quotes, or a line of its own"


class Fault(NamedTuple):
    """A problem at a character of the text; the loader, which knows the lines, makes it a `Problem`."""

    code: str
    at: int
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR


class Complaint(NamedTuple):
    """Where the YAML reader gave up, where the thing it was reading began, and what it said."""

    at: int
    since: int
    words: str


def decoded(content: bytes | str) -> tuple[str, tuple[Fault, ...]]:
    """The canonical text (no byte order mark, lines end in LF) and what keeps it from being one.

    Bytes that are no UTF-8 become U+FFFD, so that the rest can be looked at; what is too large is not read.
    """
    data = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
    if len(data) > MAX_BYTES:
        message = f"this file has {len(data):,} bytes; a guide has at most {MAX_BYTES:,}"
        return "", (Fault("too-large", 0, message, "split it into guides that call each other"),)
    if isinstance(content, str):
        return _canonical(content), ()
    try:
        return _canonical(data.decode()), ()
    except UnicodeDecodeError as error:
        index = len(_canonical(data[: error.start].decode()))
        message = f"the byte 0x{data[error.start]:02X} here is not UTF-8"
        fault = Fault("not-utf8", index, message, "save the file with the encoding UTF-8")
        return _canonical(data.decode(errors="replace")), (fault,)


def _canonical(text: str) -> str:
    return text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def controls(text: str) -> tuple[str, tuple[Fault, ...]]:
    """The text with control characters replaced, one for one, and where they were."""
    faults = tuple(control(match[0], match.start()) for match in islice(_CONTROL.finditer(text), _MANY))
    return (_CONTROL.sub("\ufffd", text) if faults else text), faults


def escaped_controls(value: str, index: int) -> tuple[Fault, ...]:
    """The control characters that escapes have put into a quoted text starting at `index`."""
    return tuple(control(character, index) for character in dict.fromkeys(_CONTROL.findall(value)))


def control(character: str, index: int) -> Fault:
    """The fault of one character that is not text."""
    message = f"the control character U+{ord(character):04X} cannot stand in a guide"
    return Fault("control-character", index, message, "delete it or type it anew")


def indentation(text: str) -> tuple[str, tuple[Fault, ...]]:
    """The text with odd spaces in the indentation made plain ones, one for one, and where they were."""
    if not _ODD_INDENT.search(text):
        return text, ()
    pieces, faults, done = [], [], 0
    for start, line in _structure(text):
        first, end = _depth(line, " "), start + _depth(line, " " + _ODD_SPACES)
        if start + first < end:
            faults.append(_odd_indent(line[first], start + first))
            pieces += [text[done:start], " " * (end - start)]
            done = end
    return "".join([*pieces, text[done:]]), tuple(faults[:_MANY])


def _odd_indent(odd: str, index: int) -> Fault:
    if odd == "\t":
        return Fault("tab-indentation", index, "this line is indented with a tab", "indent with spaces")
    message = f"this line is indented with U+{ord(odd):04X}, which looks like a space and is none"
    hint = "delete the white space at the start of the line and type spaces"
    return Fault("nbsp-indentation", index, message, hint)


def _depth(line: str, spaces: str) -> int:
    return len(line) - len(line.lstrip(spaces))


def _structure(text: str) -> Iterator[tuple[int, str]]:
    """The lines that are not inside a block of text (`|` or `>`), each with the index at which it starts."""
    start, block = 0, -1
    for line in text.split("\n"):
        depth = _depth(line, " ")
        if block < 0 or (depth < len(line) and depth <= block):
            yield start, line
            block = _column(line) if _BLOCK_HEADER.search(line) else -1
        start += len(line) + 1


def _column(line: str) -> int:
    """The column (from 0) that what hangs below this line must pass: that of its key, or of its last dash."""
    dashes = _dashes(line, 0)
    return dashes if _KEY.match(line, dashes) else max(line.rfind("-", 0, dashes), _depth(line, " "))


def _dashes(text: str, start: int) -> int:
    """The index after the indentation and the dashes of list entries."""
    while text[start : start + 1] == " " or text[start : start + 2] == "- ":
        start += 1
    return start


def _value(text: str, start: int) -> int:
    """The index of the value on the line that starts at `start`; of its first word where it has no key."""
    index = _dashes(text, start)
    key = _KEY.match(text, index)
    return key.end() if key else index


def _line(text: str, index: int) -> int:
    """The index at which the line of the character at `index` starts."""
    return text.rfind("\n", 0, index) + 1


def diagnose(text: str, complaint: Complaint) -> Fault:
    """What an author has most likely done where the YAML reader gave up."""
    if text[complaint.at : complaint.at + 1] == "\t":
        hint = 'use spaces; a text that starts with a tab must stand in double quotes, as "\\t…"'
        return Fault("tab-indentation", complaint.at, "a tab stands where the indentation should be", hint)
    explain = next((explain for sign, explain in _SIGNS if sign in complaint.words), _by_value)
    return explain(text, complaint)


def _flow(text: str, complaint: Complaint) -> Fault:
    opened, index = complaint.since, complaint.at
    if "\n" in text[opened:index] or index >= len(text):
        message = f"the bracket '{text[opened : opened + 1]}' opened here is not closed on its line"
        return Fault("flow-trap", opened, message, f"close it; {FLOW}")
    message = f"the value inside brackets breaks off before {_shown(text, index)}"
    return Fault("flow-trap", index, message, FLOW)


def _quoted(text: str, complaint: Complaint) -> Fault:
    if "unexpected" in complaint.words:
        hint = "close it; for an apostrophe in the text, use double quotes around the whole value"
        return Fault("yaml-syntax", complaint.since, "the quote opened here is never closed", hint)
    index = max(text.rfind("\\", complaint.since, complaint.at + 1), complaint.since)
    message = "inside double quotes a backslash starts an escape, and this is none"
    hint = "write the character itself, or use single quotes, where a backslash is just a backslash"
    return Fault("yaml-syntax", index, message, hint)


def _colon(text: str, complaint: Complaint) -> Fault:
    start, index = _line(text, complaint.at), complaint.at
    glued = _glued(text, _line(text, start - 1), start) or _glued(text, start, index)
    if glued:
        return glued
    if _value(text, start) <= index:
        return Fault("colon-in-text", index, "this ': ' stands inside a text without quotes", QUOTE)
    message = "this line is read as more of the text above, which has no quotes and may hold no ': '"
    hint = "indent it like the other keys, or put the text above in quotes"
    return Fault("colon-in-text", index, message, hint)


def _glued(text: str, start: int, end: int) -> Fault | None:
    """A key without a space after its colon, between two indexes."""
    match = _NO_SPACE.search(text, start, end)
    if not match:
        return None
    message = "a space is missing between the colon and the value"
    return Fault("yaml-syntax", match.end(), message, "write 'key: value'")


def _no_colon(text: str, complaint: Complaint) -> Fault:
    start = _line(text, complaint.since)
    message = "this line is neither 'key: value' nor an entry of a list '- value'"
    hint = "if it goes on with the text above, indent it further than that text's key"
    return _glued(text, start, complaint.at) or Fault("yaml-syntax", complaint.since, message, hint)


def _document(text: str, complaint: Complaint) -> Fault:
    if re.search(r"^\.\.\.", text[: complaint.at], re.MULTILINE):
        return second_document(complaint.at)
    return _by_value(text, complaint)


def second_document(index: int) -> Fault:
    """The fault of a file that goes on after its guide has ended."""
    hint = "one file holds one guide: leave out '---'"
    return Fault("second-document", index, "a second document starts here", hint)


def _by_value(text: str, complaint: Complaint) -> Fault:
    """The first character of the line's value shows what was meant as text."""
    index = _value(text, _line(text, complaint.at))
    first = text[index : index + 1] if index <= complaint.at else ""
    if first == "%" and text[index - 1 : index] in ("", "\n"):
        message = "a line that starts with '%' is an instruction to a YAML reader; a guide has none"
        hint = "delete the line, or indent and quote it where it is text"
        return Fault("yaml-syntax", index, message, hint)
    if first and first in "\"'":
        message = f"the text goes on after its closing quote, before {_shown(text, complaint.at)}"
        return Fault("needs-quotes", complaint.at, message, f"{QUOTE}, and double each ' inside it")
    if first and (first in "{[%@`*&!|>" or (first in "-?" and index == complaint.at)):
        return needs_quotes("{{" if text.startswith("{{", index) else first, index)
    message = f"this does not belong where it stands: {_shown(text, complaint.at)}"
    hint = "the keys of a mapping, and the dashes of a list, start in the same column: check the indentation"
    return Fault("yaml-syntax", complaint.at, message, hint)


def needs_quotes(first: str, index: int) -> Fault:
    """The fault of a text without quotes that starts with a character YAML has another use for."""
    return Fault("needs-quotes", index, f"a text that starts with '{first}' must stand in quotes", QUOTE)


def _shown(text: str, index: int) -> str:
    words = text[index : index + 20].split("\n", 1)[0]
    return f"'{words}'" if words else "the end of the line"


_SIGNS = (
    ("flow", _flow),
    ("quoted scalar", _quoted),
    ("mapping values", _colon),
    ("could not find", _no_colon),
    ("document start", _document),
)


def mended(text: str, fault: Fault) -> str:
    """The text without the faulty value, or line, and what hangs below it; all else keeps its place."""
    start = _line(text, fault.at)
    end = _end(text, start)
    line = text[start:end]
    column, value = _column(line), _value(text, start)
    while end < len(text):
        below = text[end + 1 : _end(text, end + 1)]
        if below.strip() and _depth(below, " ") <= column:
            break
        end += 1 + len(below)
    keep = value if fault.at >= value > start + _depth(line, " ") else start
    blank = re.sub(r"[^\n]", " ", text[keep:end])
    return text[:keep] + (re.sub("^ ", "x", blank) if keep > start else blank) + text[end:]


def _end(text: str, start: int) -> int:
    """The index at which the line that holds `start` ends."""
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def comments(text: str) -> dict[int, int]:
    """Where white space before a `#` starts → where that `#` is; remarks to Handrail are left out."""
    found, index = {}, text.find("#")
    while index >= 0:
        start = index
        while start and text[start - 1] in " \t":
            start -= 1
        if start < index and not text.startswith(SILENCE, index):
            found[start] = index
        index = text.find("#", index + 1)
    return found


def cut(index: int) -> Fault:
    """The warning about a text without quotes that is followed by ` #`."""
    message = "the rest of the line, from ' #' on, is a comment and not part of the text"
    hint = "put the text in quotes, or the comment on a line of its own"
    return Fault("cut-by-comment", index, message, hint, Severity.WARNING)


def flow_question(index: int) -> Fault:
    """The fault of a `?` inside brackets, which YAML readers take in different ways."""
    return Fault("flow-trap", index, "a '?' inside brackets is not always read as text", FLOW)


def flow_key(key: str, index: int) -> Fault:
    """The fault of a key without a value inside `{}`; often the second half of a text with a comma."""
    return Fault("flow-trap", index, f"'{key}' has no value inside {{}}", FLOW)


def duplicate_key(key: str, index: int, first: int, second: int) -> Fault:
    """The fault of a key that its mapping has already had, on line `first`."""
    message = f"the key '{key}' stands here on line {second} and already on line {first}"
    return Fault("duplicate-key", index, message, "keep one of the two, or rename one")


def merge_key(index: int) -> Fault:
    """The fault of `<<`."""
    return Fault("merge-key", index, "a guide has no merge keys '<<'", "write the keys out")


def complex_key(index: int) -> Fault:
    """The fault of a list or mapping that stands where a key is due."""
    return Fault("complex-key", index, "a list or mapping cannot be a key", QUOTE)


def alias(name: str, index: int) -> Fault:
    """The fault of `*name`."""
    hint = f"write the value out again, or, where '*{name}' is text, {QUOTE}"
    return Fault("alias", index, f"a guide has no aliases '*{name}'", hint)


def anchor(name: str, index: int) -> Fault:
    """The fault of `&name`."""
    hint = f"delete '&{name}', or, where it is text, {QUOTE}"
    return Fault("anchor", index, f"a guide has no anchors '&{name}'", hint)


def tag(index: int) -> Fault:
    """The fault of `!name`."""
    return Fault("tag", index, "a guide has no tags '!…'", f"delete the tag, or, where it is text, {QUOTE}")


def too_deep(limit: int, index: int) -> Fault:
    """The fault of more than `limit` lists and mappings inside each other."""
    message = f"lists and mappings are nested more than {limit} deep here"
    return Fault("too-deep", index, message, "no guide needs that: check the brackets and the indentation")


def too_many_values(limit: int, index: int) -> Fault:
    """The fault of more than `limit` values in a file."""
    message = f"this file has more than {limit:,} values"
    return Fault("too-many-values", index, message, "split it into guides that call each other")
