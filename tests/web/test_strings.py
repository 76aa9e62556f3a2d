"""The catalogues hold what the code and the templates say, all of it and nothing else."""

import re

import pytest
from babel.messages.catalog import Message

from tests.strings import ROOT, bare, bare_in, extracted, plain, strings, translated, untranslated
from web.language import LANGUAGES, SOURCE

OTHERS = [language for language in LANGUAGES if language != SOURCE]
MEND = "run `make strings`, then translate what it names in web/locale"


def _forms(message: Message) -> list[str]:
    return [*(message.id if isinstance(message.id, tuple) else [message.id]), *strings(message)]


def _gaps(text: str) -> list[str]:
    return sorted(set(re.findall(r"%\(\w+\)s|{\w+}", text)))


def test_the_interface_speaks_german_too() -> None:
    assert OTHERS == ["de"]


@pytest.mark.parametrize("language", OTHERS)
def test_every_message_is_in_the_catalogue_and_nothing_else(language: str) -> None:
    said, known = ({message.id for message in each if message.id} for each in (extracted(), translated(language)))
    assert (said - known, known - said) == (set(), set()), MEND


@pytest.mark.parametrize("language", OTHERS)
def test_every_message_is_translated_for_certain(language: str) -> None:
    assert [message.id for message in untranslated(translated(language))] == [], MEND


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_has_the_gaps_of_its_message(language: str) -> None:
    for message in translated(language):
        if message.id:
            # Where one thing is meant, its number may be a word.
            told = {tuple(gap for gap in _gaps(form) if gap not in ("%(num)s", "{count}")) for form in _forms(message)}
            assert len(told) == 1, message.id


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_quotes_as_its_readers_do(language: str) -> None:
    told = [text for message in translated(language) if message.id for text in strings(message)]
    assert [text for text in told if re.search("[“”][^“”„]*”|(?<!=)\"(?!/)\\w|(?<=\\w)'(?=\\w)", text)] == []


def test_no_template_says_anything_past_the_catalogues() -> None:
    assert [f"{found.place}: {found.words}" for found in bare()] == [], "put it into {{ _(…) }}"


@pytest.mark.parametrize("folder", ["engine/fields", "engine/walker.py", "engine/replies.py", "web/use_cases"])
def test_nothing_is_refused_past_the_catalogues(folder: str) -> None:
    place = ROOT / folder
    files = sorted(place.rglob("*.py")) if place.is_dir() else [place]
    assert [f"{file.name}: {words}" for file in files for words in plain(file.read_text())] == [], "use sentence(…)"


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('<p class="big one">{{ _("Good morning") }}, {{ name }}</p>', []),
        ("<p>Good {% if late %}evening{% else %}morning{% endif %}</p>", ["Good", "evening", "morning"]),
        (
            '<a title="Look {{ there }}" href="/look">{{ "Look there" if here else _("Look") }}</a>',
            ['"Look \0"', "Look there"],
        ),
        ('{% block kind %}door{% endblock %}<b{% if on %} class="on"{% endif %}>&nbsp;· {{ icon("say") }}</b>', []),
        ('{{ row("k", "Kept", url_for("due.due", by="client")) }}', ["Kept"]),
    ],
)
def test_bare_words_are_found_wherever_they_stand(source: str, found: list[str]) -> None:
    assert list(bare_in(source)) == found
