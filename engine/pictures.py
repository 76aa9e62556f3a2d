"""The image files beside a guide: what one can be called, and what its first bytes say of it (FORMAT §2.2)."""

import hashlib
import re
from typing import NamedTuple

LARGEST = 2 * 1024 * 1024
"""Bytes of one file."""
LONGEST_SIDE = 10_000
"""Pixels of its width, and of its height."""
KINDS = "PNG, JPEG, WebP or GIF"

NAME = re.compile(r"[\w-][\w.-]*(?:/[\w-][\w.-]*)*\.(?:png|jpe?g|webp|gif)", re.IGNORECASE)
"""What a file of an image is called: its way from the folder of the guide, without spaces and hidden folders."""

LONGEST_NAME = 200

_WORD = re.compile(r"[\w./-]+")
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]+:|//", re.IGNORECASE)
_PNG = b"\x89PNG\r\n\x1a\n"
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""The JPEG segments that tell the size (T.81, table B.1)."""


class Picture(NamedTuple):
    """An image file: the SHA-256 of its bytes, its kind (`png`, `jpeg`, `webp` or `gif`), width and height in pixels.

    Where there is a `fault`, it cannot be shown, and the rest says nothing.
    """

    digest: str
    kind: str = ""
    width: int = 0
    height: int = 0
    fault: str = ""


def is_elsewhere(file: str) -> bool:
    """Whether this is no file but an address, like `https://example.com/form.png`."""
    return bool(_ELSEWHERE.match(file))


def misnamed(file: str) -> tuple[str, str] | None:
    """Why no image can be called so and what to do, or None where one can."""
    if NAME.fullmatch(file):
        return None
    named, ending = f"'{' '.join(file.split())}'", file.rpartition(".")[2].lower()
    if file.startswith("/") or "\\" in file or ".." in file.split("/"):
        return f"{named} leads out of the guide's folder", "put the file beside the guide, and name it from there"
    if ending == "svg":
        return f"{named} is an SVG, which can hold scripts", "save it as PNG or WebP"
    if ending not in ("png", "jpg", "jpeg", "webp", "gif"):
        return f"{named} is no {KINDS}", "save it as one of these"
    return f"no image can be called {named}", "use letters, digits, '-' and '_' in its name, like img/order-form.png"


def named(text: str) -> frozenset[str]:
    """What a guide's text names that can be image files, whether it shows them or not.

    A version is known by them too, so they are found without reading the text as a guide.
    """
    words = set(_WORD.findall(text)) if "images" in text else set[str]()
    return frozenset(word for word in words if len(word) <= LONGEST_NAME and NAME.fullmatch(word))


def measured(content: bytes) -> Picture:
    """What the bytes of a file say of it."""
    digest = hashlib.sha256(content).hexdigest()
    if len(content) > LARGEST:
        return Picture(digest, fault=f"it has more than {LARGEST:,} bytes")
    kind, width, height = _size(content)
    if not width or not height:
        return Picture(digest, fault=f"it cannot be read as {KINDS}")
    if max(width, height) > LONGEST_SIDE:
        fault = f"it measures {width:,} by {height:,} pixels; at most {LONGEST_SIDE:,} are possible"
        return Picture(digest, fault=fault)
    return Picture(digest, kind, width, height)


def _size(content: bytes) -> tuple[str, int, int]:
    """The kind, width and height that these bytes tell; nothing and 0 of what is none."""
    if content.startswith(_PNG) and content[12:16] == b"IHDR":
        return "png", _big(content[16:20]), _big(content[20:24])
    if content[:6] in (b"GIF87a", b"GIF89a"):
        return "gif", _little(content[6:8]), _little(content[8:10])
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "webp", *_webp(content[12:30])
    return ("jpeg", *_jpeg(content)) if content.startswith(b"\xff\xd8\xff") else ("", 0, 0)


def _webp(chunk: bytes) -> tuple[int, int]:
    """Width and height by the first chunk of a WebP: of one with more to come, lossless, or lossy (RFC 9649)."""
    kind = chunk[:4] if len(chunk) == 18 else b""
    if kind == b"VP8X":
        return _little(chunk[12:15]) + 1, _little(chunk[15:18]) + 1
    if kind == b"VP8L" and chunk[8] == 0x2F:
        bits = _little(chunk[9:13])
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8 " and chunk[11:14] == b"\x9d\x01\x2a":
        return _little(chunk[14:16]) & 0x3FFF, _little(chunk[16:18]) & 0x3FFF
    return 0, 0


def _jpeg(content: bytes) -> tuple[int, int]:
    """Width and height of a JPEG: segment after segment to the one that tells them."""
    at = 2
    while content[at : at + 1] == b"\xff" and at + 9 <= len(content):
        marker = content[at + 1]
        if marker in _FRAMES:
            return _big(content[at + 7 : at + 9]), _big(content[at + 5 : at + 7])
        at += 1 if marker == 0xFF else 2 + _big(content[at + 2 : at + 4])
    return 0, 0


def _big(data: bytes) -> int:
    return int.from_bytes(data, "big")


def _little(data: bytes) -> int:
    return int.from_bytes(data, "little")
