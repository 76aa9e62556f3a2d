"""Guides in other languages: words change, ids and rules never."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import folds, state, walker
from engine.compiler import compile_guides
from engine.errors import RefusedError
from engine.model import Guide
from engine.problems import Problem
from engine.replies import Reply
from engine.screen import build
from engine.translation import read
from engine.walker import Opening
from tests.engine.walks import NOW

GUIDE = """\
guide: hello
title: Hello
outcomes: {done: {label: Done, kind: success}}
fields:
  name: {type: text, label: Name, given: true, max_length: 20}
  way: {type: choice, label: Way, options: [{id: post, label: By post}, {id: phone, label: By phone}]}
stages: {talk: Talk}
steps:
  greet:
    stage: talk
    say: Hello {{ name }}.
    points: [Smile, Wait]
    ask: [way]
    next: well
  well:
    stage: talk
    question: How are you?
    options:
      - {id: fine, label: Fine, to: bye}
      - {id: bad, label: Not well, to: bye}
  bye: {say: Goodbye., outcome: done}
"""
GERMAN = """\
# A comment
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"

#: hello.yaml:9
msgctxt "steps/greet/say"
msgid "Hello {{ name }}."
msgstr ""
"Guten Tag, "
"{{ name }}.\\n"
msgctxt "steps/greet/points/2"
msgid "Wait"
msgstr "Warten"

msgctxt "steps/well/options/bad/label"
msgid "Not well"
msgstr "Nicht \\"gut\\""

msgctxt "fields/name/label"
msgid "Name"
msgstr "Vor- und Nachname"

msgctxt "fields/way/options/phone/label"
msgid "By phone"
msgstr "Am Telefon"

msgctxt "stages/talk"
msgid "Talk"
msgstr "Reden"

#, fuzzy
msgctxt "steps/well/question"
msgid "How are you?"
msgstr "Wie gehts?"

msgctxt "steps/bye/say"
msgid "Goodbye."
msgstr ""

#~ msgctxt "steps/old/say"
#~ msgid "Old"
#~ msgstr "Alt"
"""


def heard(*catalogs: str, language: str = "de") -> tuple[Mapping[str, Guide], tuple[Problem, ...]]:
    """The guide with these catalogs of one language, and all problems."""
    files = {f"guides/locale/{language}/hello.po": catalog for catalog in catalogs}
    compiled = compile_guides({"hello.yaml": GUIDE}, None, files)
    return compiled.guides, compiled.problems


def message(context: str, original: str, text: str) -> str:
    return f'msgctxt "{context}"\nmsgid "{original}"\nmsgstr "{text}"\n'


@pytest.mark.parametrize(
    ("locale", "say"), [("de", "Guten Tag, Ann.\n"), ("de_AT", "Guten Tag, Ann.\n"), ("fr", "Hello Ann.")]
)
def test_a_session_is_heard_in_its_language(locale: str, say: str) -> None:
    guides, problems = heard(GERMAN)
    screen = build(walker.start(guides, "hello", Opening({"name": "Ann"}, locale), NOW).state)
    assert (screen.content.say, problems) == (say, ())


def test_what_is_not_translated_stays_as_it_is() -> None:
    guides, _ = heard(GERMAN)
    german = guides["hello"].spoken("de")
    assert [text.source for text in german.steps["greet"].points] == ["Smile", "Warten"]
    assert german.steps["well"].question.source == "How are you?"
    assert german.steps["bye"].say.source == "Goodbye."


def test_labels_are_translated_and_ids_are_not() -> None:
    guides, _ = heard(GERMAN)
    german, original = guides["hello"].spoken("de"), guides["hello"]
    assert [option.label for option in german.steps["well"].exit.options] == ["Fine", 'Nicht "gut"']  # type: ignore[union-attr]
    assert [choice.label for choice in german.fields["way"].options] == ["By post", "Am Telefon"]
    assert german.stages == {"talk": "Reden"}
    assert (german.language, german.digest, list(german.steps)) == ("de", original.digest, list(original.steps))


def test_where_evidence_is_found_and_units_are_translated(guide: str) -> None:
    """
    guide: look
    title: Look
    outcomes: {done: {label: Done, kind: success}}
    fields: {late: {type: integer, label: Late, unit: days}}
    steps:
      see:
        checks: [{id: paid, label: Paid, source: accounting}]
        ask: [late]
        next: bye
      bye: {say: "{{ late }}", outcome: done}
    """
    german = message("steps/see/checks/paid/source", "accounting", "Buchhaltung")
    german += message("fields/late/unit", "days", "Tage")
    compiled = compile_guides({"look.yaml": guide}, None, {"locale/de/look.po": german})
    spoken = compiled.guides["look"].spoken("de")
    assert ([check.source for check in spoken.steps["see"].checks], spoken.fields["late"].unit) == (
        ["Buchhaltung"],
        "Tage",
    )


def test_a_replay_and_a_stored_fold_are_heard_in_the_same_language() -> None:
    guides, _ = heard(GERMAN)
    started = walker.start(guides, "hello", Opening({"name": "Ann"}, "de"), NOW)
    answered = walker.answer(started.state, Reply(values={"way": "phone"}), NOW)
    events = (*started.events, *answered.events)
    shown = build(answered.state)
    assert build(state.replay(guides, events)) == shown
    assert build(folds.restore(guides, folds.stored(answered.state))) == shown


def test_refusals_at_the_start_name_fields_in_the_session_s_language() -> None:
    guides, _ = heard(GERMAN)
    with pytest.raises(RefusedError, match=r"[Vv]or- und Nachname"):
        walker.start(guides, "hello", Opening({}, "de"), NOW)


def test_the_nearest_language_is_heard() -> None:
    swiss, _ = heard(message("title", "Hello", "Grüezi"), language="de_CH")
    assert [swiss["hello"].spoken(tag).title for tag in ("de-CH", "de", "de-AT")] == ["Grüezi", "Hello", "Hello"]


@pytest.mark.parametrize(
    ("context", "original", "text", "words"),
    [
        ("steps/greet/say", "Hello {{ name }}.", "Tag {{ nmae }}", "'nmae' is not a field"),
        ("steps/greet/say", "Hello {{ name }}.", "Tag {{ name", "'{{' without its '}}'"),
        ("steps/greet/say", "Hello {{ name }}.", "[x](file:///x)", "the link to 'file:///x' is not allowed"),
        ("steps/well/options/bad/label", "Not well", "x" * 201, "200"),
        ("title", "Hello", "x" * 201, "200"),
    ],
)
def test_a_translation_is_held_to_what_its_original_is_held_to(
    context: str, original: str, text: str, words: str
) -> None:
    guides, (problem,) = heard(message(context, original, text))
    assert (problem.code, problem.file, problem.position.line) == ("bad-translation", "guides/locale/de/hello.po", 3)
    assert words in problem.message
    assert guides["hello"].translations == {}


def test_wording_is_looked_at_in_its_language() -> None:
    _, problems = heard(message("steps/bye/say", "Goodbye.", "Das ist Ihre Schuld."))
    assert [(problem.code, problem.severity.value) for problem in problems] == [("bad-translation", "warning")]


def test_what_is_wrong_with_an_original_is_not_told_of_its_translation() -> None:
    guide = GUIDE.replace("say: Goodbye.", "say: <b>Goodbye</b>.")
    catalogs = {"locale/de/hello.po": message("steps/greet/points/2", "Wait", "Warten")}
    problems = compile_guides({"hello.yaml": guide}, None, catalogs).problems
    assert [(problem.file, problem.code) for problem in problems] == [("hello.yaml", "raw-html")]


@pytest.mark.parametrize(
    ("catalog", "words"),
    [
        (message("steps/bye/say", "Farewell.", "Ade."), "'steps/bye/say' has another text now"),
        (message("steps/gone/say", "Bye.", "Ade."), "the guide has no text 'steps/gone/say'"),
    ],
)
def test_a_translation_of_another_text_is_told_and_not_used(catalog: str, words: str) -> None:
    guides, (problem,) = heard(catalog)
    assert (problem.code, words in problem.message) == ("old-translation", True)
    assert guides["hello"].spoken("de").steps["bye"].say.source == "Goodbye."


@pytest.mark.parametrize(
    ("content", "line"),
    [("msgid unquoted\n", 1), ('\n"no keyword"\n', 2), ('msgid "a\n', 1), (b"\xff\n", 1), ("x\x07\n", 1)],
)
def test_what_is_no_po_file_is_told_with_its_line(content: str | bytes, line: int) -> None:
    _, problems = read(content, "locale/de/x.po")
    assert {(problem.code, problem.position.line) for problem in problems} == {("bad-translation", line)}


def test_plural_forms_and_messages_without_translation_are_no_trouble() -> None:
    catalog, problems = read(
        'msgctxt "a"\nmsgid "one"\nmsgid_plural "many"\nmsgstr[0] "eins"\nmsgstr[1] "viele"\n'
        'msgctxt "b"\nmsgid "x\\\\"\n',
        "locale/de/x.po",
    )
    assert ([*catalog.messages], problems) == (["a"], ())


def test_catalogs_of_other_guides_are_left_alone() -> None:
    broken = compile_guides({"hello.yaml": "guide: hello\n"}, None, {"locale/de/hello.po": GERMAN})
    other = compile_guides({"hello.yaml": GUIDE}, None, {"locale/de/other.po": GERMAN})
    assert {problem.file for problem in broken.problems} == {"hello.yaml"}
    assert (other.guides["hello"].translations, other.problems) == ({}, ())


LINES = st.sampled_from(
    ['msgctxt "title"', 'msgid "Hello"', 'msgstr "{{ name }}"', 'msgstr "x"', '"y"', "#, fuzzy", "#~", "", "z"]
)


@given(st.one_of(st.text(), st.binary(), st.lists(LINES).map("\n".join)))
def test_no_catalog_breaks_the_compiler(content: str | bytes) -> None:
    compiled = compile_guides({"hello.yaml": GUIDE}, None, {"locale/de/hello.po": content})
    assert "hello" in compiled.guides


def test_a_version_is_known_by_its_words_in_every_language() -> None:
    original = heard()[0]["hello"].digest
    german, swiss = heard(GERMAN)[0]["hello"].digest, heard(GERMAN, language="de_CH")[0]["hello"].digest
    assert len({original, german, swiss, heard(GERMAN + "\n")[0]["hello"].digest}) == 4
    assert german == heard("\ufeff" + GERMAN.replace("\n", "\r\n"))[0]["hello"].digest


def test_a_translation_that_cannot_be_used_makes_no_version() -> None:
    assert heard("broken")[0]["hello"].digest == heard()[0]["hello"].digest


def test_a_folder_that_is_no_language_is_told() -> None:
    guides, problems = heard(GERMAN, language="my words")
    assert [problem.message for problem in problems] == ["its folder 'my words' is no language"]
    assert guides["hello"].translations == {}
