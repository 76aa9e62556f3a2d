"""What was entered, before its type is asked: tidied text (FORMAT §2.1, input rules)."""

import re
import unicodedata
from datetime import date
from decimal import Decimal

LONGEST = 10_000
"""No text is longer than this many characters, whatever `max_length` allows."""

_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_INVISIBLE = "\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\ufeff" + "".join(
    map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
)
_MARKS = dict.fromkeys(map(ord, "\u061c\u200e\u200f"))
_SPACES = " \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u2028\u2029\u202f\u205f\u3000"
_EDGES = _SPACES + _INVISIBLE + "".join(map(chr, range(0x2000, 0x200B)))


def tidy(text: str) -> str:
    """Without spaces and invisible characters around it, line breaks as LF, tabs as spaces, in normal form C.

    Text that no field can hold stays unnormalised: normalising takes quadratic time on hostile input.
    """
    text = _BREAKS.sub("\n", text.strip(_EDGES)).replace("\t", " ")
    return unicodedata.normalize("NFC", text) if len(text) <= 2 * LONGEST else text


def unmarked(text: str) -> str:
    """The text without the marks of writing direction that numbers and dates have in some languages."""
    return text.translate(_MARKS)


def folded(text: str) -> str:
    """The text as names are compared: in small letters, all white space as single spaces."""
    return " ".join(tidy(unmarked(text)).casefold().split())


def single(entry: object) -> str:
    """The tidied text of one entered thing: text, number, boolean, date, or a list of one of these.

    What is none of these becomes a NUL character, which every type refuses in its own words.
    """
    if isinstance(entry, (list, tuple)) and len(entry) <= 1:
        entry = entry[0] if entry else None
    match entry:
        case None:
            return ""
        case str():
            return tidy(entry)
        case bool():
            return "true" if entry else "false"
        case int() | Decimal():
            return _digits(Decimal(entry))
        case float():
            return _digits(Decimal(repr(entry)))
        case date():
            return entry.isoformat()
        case _:
            return "\0"


def several(entry: object) -> list[str]:
    """The tidied texts of entered things, without the blank ones."""
    entries = entry if isinstance(entry, (list, tuple)) else [entry]
    return [text for text in map(single, entries) if text]


def _digits(number: Decimal) -> str:
    """A number without exponent, unless it is so large or small that every field refuses it."""
    return f"{number:f}" if abs(number.adjusted()) < 100 else str(number)
