"""The strings of the interface: those in the code and the templates, and what the catalogues make of them.

python -m tests.strings      brings the catalogues up to date, and says what waits for a translation
"""

import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment, nodes

from web.language import FOLDER, LANGUAGES, SOURCE

ROOT = Path(__file__).parents[1]
TEMPLATES = ROOT / "web" / "templates"
KEYWORDS = {"sentence": None, "counted": (1, 2), "_": None, "ngettext": (1, 2)}
"""The functions whose first words are messages."""
ENGLISH = (
    "export/", "help/authors.html", "help/guide.html", "help/guides.html", "help/problem.html", "help/problems.html",
)  # fmt: skip
"""Templates for authors and the command line, which stay English."""
NAMES = frozenset({"Handrail", "· Handrail", "handrail user role", "--team TEAM"})
"""Words that are the same in every language."""
ATTRIBUTES = frozenset({"aria-describedby=", 'aria-invalid="true', "autofocus"})
"""What a macro writes into a tag."""
LAYOUT = frozenset({"layout", "kind"})
"""Blocks that hold no words but the names of styles."""
TOLD = frozenset({"alt", "aria-label", "placeholder", "title", "data-told"})
"""The attributes whose values people read or hear."""

_TAGS = re.compile(r"<(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>|<!--.*?-->", re.DOTALL)
_ATTRIBUTE = re.compile(r"([\w-]+)=(\"[^\"]*\"|'[^']*')")
_WORD = re.compile(r"[^\W\d_]{2,}")
_PROSE = re.compile(r"[A-Z][a-z].* |^[A-Z][a-z]+$")
_GAP = "\0"
_DATA = nodes.TemplateData


class Bare(NamedTuple):
    """English words in a template that no catalogue can reach."""

    place: str
    words: str


@cache
def extracted() -> Catalog:
    """Every message of the code, with the file it stands in."""
    catalogue = Catalog(project="Handrail")
    for file in _sources():
        jinja = file.suffix == ".html"
        method = "jinja2" if jinja else "python"
        options = {"extensions": "", "newstyle_gettext": "true", "trimmed": "true", "silent": "false"} if jinja else {}
        for line, message, _, _ in extract_from_file(method, file, KEYWORDS, options=options):
            catalogue.add(message, locations=[(str(file.relative_to(ROOT)), line)])
    return catalogue


def _sources() -> Iterator[Path]:
    for folder in ("engine", "web"):
        yield from sorted((ROOT / folder).rglob("*.py"))
    yield from sorted(TEMPLATES.rglob("*.html"))


def file_of(language: str) -> Path:
    """Where the catalogue of a language is kept."""
    return FOLDER / language / "LC_MESSAGES" / "handrail.po"


def translated(language: str) -> Catalog:
    """The catalogue of a language as it is kept."""
    with file_of(language).open("rb") as file:
        return read_po(file, locale=language)


def untranslated(catalogue: Catalog) -> list[Message]:
    """The messages without a translation, or with one that somebody has to look at."""
    return [message for message in catalogue if message.id and (message.fuzzy or not all(strings(message)))]


def strings(message: Message) -> list[str]:
    """What a message is called in another language, for one and for many where it counts."""
    return [str(each or "") for each in (message.string if isinstance(message.string, tuple) else [message.string])]


def update(language: str) -> Catalog:
    """Bring a catalogue to what the code says now: new messages stand there untranslated, others are taken out."""
    catalogue = translated(language)
    catalogue.update(extracted(), no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    write(language, catalogue)
    return catalogue


def write(language: str, catalogue: Catalog) -> None:
    """Keep a catalogue: by message, with files but no lines, so that few lines change when it does."""
    catalogue.last_translator = catalogue.msgid_bugs_address = "Handrail"
    with file_of(language).open("wb") as file:
        write_po(file, catalogue, width=120, sort_output=True, include_lineno=False)


def bare() -> Iterator[Bare]:
    """English words in templates that are said as they are, outside `_()`."""
    for file in sorted(TEMPLATES.rglob("*.html")):
        name = str(file.relative_to(TEMPLATES))
        if not name.startswith(ENGLISH):
            yield from (
                Bare(name, words) for words in bare_in(file.read_text()) if words.strip('"') not in NAMES | ATTRIBUTES
            )


def plain(source: str) -> Iterator[str]:
    """What a module refuses in words that no catalogue can reach: `Refusal("code", "…")`, `super().__init__("…")`."""
    for call in (each for each in ast.walk(ast.parse(source)) if isinstance(each, ast.Call) and each.args):
        refuses = ast.unparse(call.func) in ("Refusal", "super().__init__")
        if refuses and isinstance(call.args[-1], ast.JoinedStr | ast.Constant):
            yield ast.unparse(call.args[-1])


def bare_in(source: str) -> Iterator[str]:
    """The words of one template that are said as they are; a gap where a value stands."""
    tree = Environment(extensions=["jinja2.ext.i18n"], trim_blocks=True).parse(source)
    styles = {data for block in tree.find_all(nodes.Block) if block.name in LAYOUT for data in block.find_all(_DATA)}
    markup = _GAP.join(each.data for each in tree.find_all(_DATA) if each not in styles)
    for tag in _TAGS.findall(markup):
        yield from (value for name, value in _ATTRIBUTE.findall(tag) if name in TOLD and _WORD.search(value))
    for text in re.split(f"{_TAGS.pattern}|{_GAP}", markup, flags=re.DOTALL):
        if text and _WORD.search(re.sub("&[a-z]+;", "", text)):
            yield text.strip()
    known = {each for call in tree.find_all(nodes.Call) if _is_message(call) for each in call.args}
    for constant in tree.find_all(nodes.Const):
        if isinstance(constant.value, str) and constant not in known and _PROSE.search(constant.value):
            yield constant.value


def _is_message(call: nodes.Call) -> bool:
    return isinstance(call.node, nodes.Name) and call.node.name in KEYWORDS


def main() -> int:
    """Update every catalogue; 1 where something waits for a translation."""
    waiting = [(each, message) for each in LANGUAGES if each != SOURCE for message in untranslated(update(each))]
    for language, message in waiting:
        sys.stdout.write(f"{language}: {message.id}\n")
    for found in bare():
        sys.stdout.write(f"{found.place}: not in a catalogue: {found.words}\n")
    return 1 if waiting else 0


if __name__ == "__main__":
    sys.exit(main())
