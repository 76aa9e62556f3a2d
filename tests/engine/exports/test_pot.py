"""Guides as gettext templates, which translations are made of."""

from collections.abc import Mapping
from io import BytesIO

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from engine.exports.pot import to_pot
from engine.source import parse
from engine.translation import read
from tests.engine.exports.books import WHOLE


def template(text: str) -> str:
    document, _ = parse(text)
    assert document is not None
    return to_pot(document, "whole.yaml")


def catalog(text: str) -> Catalog:
    """The template as another reader of PO files takes it."""
    return read_po(BytesIO(template(text).encode()), abort_invalid=True)


def originals(text: str) -> Mapping[str, str]:
    return {str(message.context): str(message.id) for message in catalog(text) if message.id}


def test_every_text_is_an_entry_by_its_place() -> None:
    found = originals(WHOLE)
    assert found["title"] == "A whole guide"
    assert found["stages/talk"] == "Talk"
    assert found["outcomes/done/label"] == "All done"
    assert found["fields/way/options/once"] == "At once"
    assert found["anytime/help/hint"] == "Soon"
    assert found["steps/greet/note"] == "- one\n- two\n"
    assert found["steps/greet/never/1"] == "You again"
    assert found["steps/greet/checks/a/label"] == "Record seen"
    assert found["steps/greet/checks/a/source"] == "archive"
    assert found["steps/greet/options/less/because"] == "Above {{ sum }} never"


def test_what_people_do_not_read_is_no_entry() -> None:
    places = "\n".join(originals(WHOLE))
    assert not [word for word in ("/when", "/allow", "/id", "owner", "review_by", "/to") if word in places]


def test_an_entry_refers_to_its_line() -> None:
    line = 1 + next(number for number, line in enumerate(WHOLE.split("\n")) if "points:" in line)
    assert f'#: whole.yaml:{line}\nmsgctxt "steps/greet/points/1"\nmsgid "Wait, *really*"\nmsgstr ""\n' in template(
        WHOLE
    )


def test_ids_that_look_like_keys_are_ids() -> None:
    found = originals(
        "guide: x\ntitle: X\noutcomes: {title: {label: A, kind: success}}\nfields: {label: {type: text, label: L}}\n"
        "steps: {say: {set: {label: \"'x'\"}, next: with}, with: {title: T, outcome: title}}\n"
    )
    assert list(found) == ["title", "outcomes/title/label", "fields/label/label", "steps/with/title"]


def test_a_document_of_another_shape_is_no_trouble() -> None:
    assert list(originals("guide: [x]\nsteps: {a: {points: x, never: [[y], z]}, b: [c]}\n")) == ["steps/a/never/2"]


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Co"], include_characters="\n\t"), min_size=1))
def test_every_text_is_read_back_as_it_was(text: str) -> None:
    document, _ = parse("guide: x\ntitle: y\n")
    assert document is not None
    document.data["title"] = text
    told, problems = read(to_pot(document, "x.yaml"), "de/x.po")
    assert (problems, told.messages["title"].original) == ((), text)
