"""Texts as PDF: what is written stands in it, nothing of it is run, and nothing takes for ever."""

from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from web.printing import LONGEST, PrintingError, pdf

GERMAN = ("de", "de-DE")


def read(content: bytes) -> PdfReader:
    """The PDF as a reader opens it."""
    return PdfReader(BytesIO(content))


def test_the_words_stand_in_it_with_umlauts() -> None:
    made = read(pdf("Unser Gespräch", "Grüße, **Jörg**\n\n## Zugesagt\n\n- 120,00 € *jetzt*\n\n3. drei", GERMAN))
    assert made.metadata is not None
    assert made.metadata.title == "Unser Gespräch"
    text = made.pages[0].extract_text()
    assert [line.strip() for line in text.splitlines()] == [
        "Unser Gespräch", "Grüße, Jörg", "Zugesagt", "• 120,00 € jetzt", "3. drei",
    ]  # fmt: skip


def test_it_can_be_read_aloud() -> None:
    root: Any = read(pdf("Gespräch", "Text", GERMAN)).root_object
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("de", True)


def test_nothing_that_is_typed_is_run() -> None:
    evil = '#read("/etc/passwd") $x^2$ @ref <label> \\u{41} // no \\* #let x = 1 `#x`'
    text = read(pdf('#panic("title")', evil, GERMAN)).pages[0].extract_text()
    assert '#panic("title")' in text
    assert '#read("/etc/passwd") $x^2$ @ref <label> \\u{41} // no * #let x = 1 #x' in " ".join(text.split())


@pytest.mark.parametrize(("locale", "width"), [("de-DE", 595), ("en_US", 612), ("en", 595)])
def test_paper_is_as_large_as_at_the_client(locale: str, width: int) -> None:
    assert int(read(pdf("", "Text", ("en", locale))).pages[0].mediabox.width) == width


def test_a_page_holds_every_kind_of_part() -> None:
    text = "> Quote\n\n---\n\n    code\n\n[us](https://example.org) [no](javascript:x)\n\none\\\ntwo\n\n- a\n  - b"
    page: Any = read(pdf("", text, GERMAN)).pages[0]
    assert page["/Annots"][0].get_object()["/A"]["/URI"] == "https://example.org"
    assert " ".join(page.extract_text().split()) == "Quote code us [no](javascript:x) one two • a ‣ b"


TOO_MUCH = ["a" * (LONGEST + 1), "*" * 3_000 + "a" + "*" * 3_000]


@pytest.mark.parametrize("text", TOO_MUCH)
def test_what_is_too_much_is_told(text: str) -> None:
    with pytest.raises(PrintingError, match="Take it as text or as Markdown, or print it"):
        pdf("", text, GERMAN)


@pytest.mark.parametrize("limits", [{"seconds": 1, "megabytes": 1024}, {"seconds": 10, "megabytes": 200}])
def test_it_neither_runs_long_nor_grows_large(limits: dict[str, int]) -> None:
    with pytest.raises(PrintingError):
        pdf("", "- a\n" * (LONGEST // 4), GERMAN, **limits)
