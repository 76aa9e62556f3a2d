"""The languages that shipped guides speak: nothing left in English, and each text as its language is written."""

import re
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from engine.compiler import compile_guides
from engine.source import parse
from engine.translation import Catalog, entries, language, read

HERE = Path(str(files("guides")))
TEXTS = {str(file): file.read_bytes() for file in HERE.glob("*.yaml")}
CATALOGS = {str(file): file.read_bytes() for file in HERE.glob("locale/*/*.po")}
IDS = [f"{language(file)}-{Path(file).stem}" for file in CATALOGS]
SPOKEN = ("de", "fr")
TRANSLATED = {"apology-remediation", "late-payment", "unresponsive-client", "upset-client"}

GAP = re.compile(r"\{\{.*?\}\}")
SLIPS = {
    "de": re.compile(r"\"|'|\.\.\."),
    "fr": re.compile(r"\"|'|\.\.\.|[^\u202f][;:!?](?!//)|\u202f\s|\s\u202f"),
}
"""By language, signs its printers would not set: straight quotes, and in French a sign without its narrow space."""


def read_of(file: str) -> Catalog:
    """The catalog in a PO file."""
    catalog, problems = read(CATALOGS[file], file)
    assert [str(problem) for problem in problems] == []
    return catalog


def test_the_translated_guides_are_there_in_each_language() -> None:
    assert {(language(file), Path(file).stem) for file in CATALOGS} == {(s, g) for s in SPOKEN for g in TRANSLATED}


def test_no_translation_has_a_problem_and_each_is_taken() -> None:
    compiled = compile_guides(TEXTS, date(2026, 3, 2), CATALOGS)
    assert [str(problem) for problem in compiled.problems] == []
    assert {id for id in TRANSLATED if set(compiled.guides[id].translations) == set(SPOKEN)} == TRANSLATED


@pytest.mark.parametrize("file", CATALOGS, ids=IDS)
def test_every_text_of_the_guide_is_translated_as_it_is_now(file: str) -> None:
    messages = read_of(file).messages
    guide, _ = parse(TEXTS[str(HERE / f"{Path(file).stem}.yaml")])
    assert guide
    wanted = {entry.context: entry.text for entry in entries(guide.data)}
    assert {at: text.original for at, text in messages.items() if text.text and not text.fuzzy} == wanted


@pytest.mark.parametrize("file", CATALOGS, ids=IDS)
def test_what_is_filled_in_is_filled_in_there_too(file: str) -> None:
    def fields(text: str) -> set[str]:
        return set(re.findall(r"[a-z_]+", " ".join(re.sub(r"'[^']*'", "", gap) for gap in GAP.findall(text))))

    told = {at: (fields(each.original), fields(each.text)) for at, each in read_of(file).messages.items()}
    assert {at: both for at, both in told.items() if both[0] != both[1]} == {}


@pytest.mark.parametrize("file", CATALOGS, ids=IDS)
def test_it_is_set_as_its_language_is_printed(file: str) -> None:
    slips = SLIPS[language(file)]
    words = {at: GAP.sub("…", message.text) for at, message in read_of(file).messages.items()}
    assert {at: text for at, text in words.items() if slips.search(text)} == {}
