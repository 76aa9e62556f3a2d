"""Image files made of the bytes that tell their size."""

import struct
import zlib

from engine.pictures import Picture, measured


def png(width: int = 3, height: int = 2) -> bytes:
    """A whole PNG, grey."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = (b"\0" + b"\x99" * width) * height
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(*each) for each in ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def gif(width: int, height: int) -> bytes:
    return b"GIF89a" + struct.pack("<HH", width, height) + b"\0\0\0;"


def webp(kind: bytes, data: bytes) -> bytes:
    chunk = kind + struct.pack("<I", len(data)) + data
    return b"RIFF" + struct.pack("<I", 4 + len(chunk)) + b"WEBP" + chunk


def jpeg(*segments: tuple[int, bytes]) -> bytes:
    parts = (bytes((0xFF, marker)) + struct.pack(">H", 2 + len(data)) + data for marker, data in segments)
    return b"\xff\xd8" + b"".join(parts)


def frame(width: int, height: int, marker: int = 0xC0) -> tuple[int, bytes]:
    """The segment of a JPEG that tells its size."""
    return marker, struct.pack(">BHH", 8, height, width) + b"\x01"


PICTURE: Picture = measured(png())
