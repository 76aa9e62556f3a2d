"""What the first bytes of an image file say, and what one can be called."""

import pytest

from engine.pictures import LARGEST, is_elsewhere, measured, misnamed, named
from tests.engine.pictures import frame, gif, jpeg, png, webp

LOSSY = b"\0\0\0\x9d\x01\x2a" + (300).to_bytes(2, "little") + (20).to_bytes(2, "little")
LOSSLESS = b"\x2f" + (299 | 19 << 14).to_bytes(4, "little") + b"\0" * 5
EXTENDED = b"\0\0\0\0" + (299).to_bytes(3, "little") + (19).to_bytes(3, "little")


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("png", png(300, 20)),
        ("gif", gif(300, 20)),
        ("webp", webp(b"VP8 ", LOSSY)),
        ("webp", webp(b"VP8L", LOSSLESS)),
        ("webp", webp(b"VP8X", EXTENDED)),
        ("jpeg", jpeg((0xE0, b"JFIF\0"), (0xDB, b"\0" * 65), frame(300, 20, 0xC2))),
        ("jpeg", jpeg((0xE0, b"JFIF\0")) + b"\xff" + jpeg(frame(300, 20))[2:]),
    ],
)
def test_kind_and_size_stand_in_the_first_bytes(kind: str, content: bytes) -> None:
    assert measured(content)[1:] == (kind, 300, 20, "")


def test_a_file_is_known_by_its_digest() -> None:
    assert len(measured(png()).digest) == 64
    assert measured(png()).digest != measured(png(4)).digest


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        png()[:20],
        png().replace(b"IHDR", b"IHDX"),
        png(0, 3),
        gif(3, 0),
        webp(b"VP8 ", b"\0" * 10),
        webp(b"VP8L", b"\0" * 10),
        webp(b"VP8X", b"\0"),
        webp(b"ALPH", b"\0" * 10),
        jpeg((0xE0, b"JFIF\0")),
        jpeg((0xC4, b"\0" * 20)) + b"\xff\xd9" + b"\0" * 20,
        jpeg(frame(3, 2))[:10],
    ],
)
def test_what_cannot_be_read_has_a_fault(content: bytes) -> None:
    assert measured(content).fault == "it cannot be read as PNG, JPEG, WebP or GIF"


def test_what_is_too_large_has_a_fault() -> None:
    assert measured(png() + b"\0" * LARGEST).fault == "it has more than 2,097,152 bytes"
    assert measured(gif(3, 10_001)).fault == "it measures 3 by 10,001 pixels; at most 10,000 are possible"


@pytest.mark.parametrize("file", ["form.png", "img/order-form.JPG", "a/b/c_1.2.webp", "Überblick.gif", "1.jpeg"])
def test_a_file_beside_the_guide_has_a_plain_name(file: str) -> None:
    assert misnamed(file) is None
    assert not is_elsewhere(file)


@pytest.mark.parametrize(
    ("file", "words"),
    [
        ("/etc/form.png", "leads out of the guide's folder"),
        ("../form.png", "leads out"),
        ("a/../form.png", "leads out"),
        ("img\\form.png", "leads out"),
        ("form.svg", "can hold scripts"),
        ("form.pdf", "is no PNG, JPEG, WebP or GIF"),
        ("form", "is no PNG"),
        ("order form.png", "no image can be called"),
        (".git/form.png", "no image can be called"),
        ("a//form.png", "no image can be called"),
        ("./form.png", "no image can be called"),
        ("form.png ", "is no PNG"),
        ("a\n\nb.png", "no image can be called 'a b.png'"),
    ],
)
def test_other_names_are_refused_with_a_reason(file: str, words: str) -> None:
    told = misnamed(file)
    assert told is not None
    assert words in told[0]


@pytest.mark.parametrize("file", ["https://example.com/form.png", "//example.com/form.png", "data:image/png;base64,AA"])
def test_an_address_is_no_file(file: str) -> None:
    assert is_elsewhere(file)


def test_the_files_that_a_text_names_are_found_wherever_they_stand() -> None:
    text = "images: [{file: a.png, alt: A}, {file: 'img/b_1.JPG', alt: See c.gif}] # /d.png ../e.png f.svg https://x.y/g.png"
    assert named(text) == {"a.png", "img/b_1.JPG", "c.gif"}
    assert named(f"images: {'a' * 300}.png") == frozenset()
    assert named("note: See a.png") == frozenset()


def test_naming_files_takes_no_longer_than_reading() -> None:
    assert named("images " + "a." * 1_000_000 + " a.png") == {"a.png"}
