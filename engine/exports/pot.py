"""A guide's texts as a gettext template: one entry each, its context naming its place, its line as the reference."""

from collections.abc import Iterator

from engine.problems import Place
from engine.source import Document
from engine.translation import entries

_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"})


def to_pot(document: Document, file: str) -> str:
    """The template as the text of a `.pot` file; `file` is the name of the guide's file in its references."""
    return "\n".join([*_head(document), *_entries(document, file), ""])


def _head(document: Document) -> Iterator[str]:
    guide = " ".join(str(document.data.get("guide", "")).split())
    yield f"# Texts of the guide {guide}. Copy this to locale/<language>/{guide}.po beside the guide and translate it."
    yield "# What stands in {{ }} is filled in during the call: keep it, but put it where your language wants it."
    yield 'msgid ""'
    yield 'msgstr ""'
    yield '"MIME-Version: 1.0\\n"'
    yield '"Content-Type: text/plain; charset=UTF-8\\n"'
    yield '"Content-Transfer-Encoding: 8bit\\n"'


def _entries(document: Document, file: str) -> Iterator[str]:
    for context, text, path in entries(document.data):
        yield ""
        yield f"#: {file}:{document.position(Place(path)).line}"
        yield f"msgctxt {_quoted(context)}"
        yield from _message(text)
        yield 'msgstr ""'


def _message(text: str) -> Iterator[str]:
    lines = text.splitlines(keepends=True) if "\n" in text else [text]
    yield from (f"msgid {_quoted(text)}",) if len(lines) == 1 else ('msgid ""', *map(_quoted, lines))


def _quoted(text: str) -> str:
    return f'"{text.translate(_ESCAPES)}"'
