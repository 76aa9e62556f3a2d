"""Documents: what people get in writing, with the text kept as it was produced."""

from collections.abc import Callable

import pytest

from engine import documents, walker
from engine.errors import NotOfferedError
from engine.events import DocumentProduced
from engine.journal import joined, split, to_dict
from engine.summary import summarise
from engine.walker import Opening
from tests.engine.guides import check_text
from tests.engine.walks import NOW, Walk, compiled

Start = Callable[..., Walk]


def produced(walk: Walk, document: str) -> tuple[str, ...]:
    """The kinds of the events of taking a document from the screen."""
    turn = walker.produce(walk.state, document, NOW)
    walk.went(turn)
    return tuple(event.kind for event in turn.events)


def test_a_document_is_filled_with_what_is_known(walk: Start) -> None:
    """
    fields:
      name: {type: text, label: Name, given: true}
      sum: {type: money, currency: EUR, label: Amount due, given: true, required: false}
    steps:
      bye: {say: "Bye", documents: [note], outcome: done}
    documents:
      note:
        kind: email
        title: What we agreed
        to: "{{ name }}"
        subject: "Owed: {{ sum }}"
        body: "Dear {{ name }}, *thank you*. {{ sum }}"
    """
    text = documents.produce(walk(name="A*b").state, "note")
    assert (text.kind, text.title, text.to, text.subject) == ("email", "What we agreed", "A*b", "Owed: [amount due]")
    assert text.body == "Dear A\\*b, *thank you*. [amount due]"
    assert text.plain == "Dear A*b, *thank you*. [amount due]"
    assert text.missing == ("sum",)


def test_the_screen_names_its_documents(walk: Start) -> None:
    """
    steps:
      read: {documents: [note], next: end}
      end: {outcome: done}
    documents:
      note: {kind: letter, title: A letter, body: Dear all}
    """
    assert walk().screen.to_dict()["documents"] == [{"id": "note", "kind": "letter", "title": "A letter"}]
    assert walk().answer().screen.documents == ()


def test_each_text_is_kept_once(walk: Start) -> None:
    """
    fields: {name: {type: text, label: Name}}
    steps:
      ask: {ask: [name], next: read}
      read: {documents: [note], next: end}
      end: {outcome: done}
    documents:
      note: {kind: summary, title: A note, body: "Dear {{ name }}"}
    """
    read = walk().answer(name="Ann")
    assert (produced(read, "note"), produced(read, "note")) == (("document_produced",), ())
    assert produced(read.back().answer(name="Bo"), "note") == ("document_produced",)
    assert produced(read.back().answer(name="Ann"), "note") == ()
    assert read.replayed.produced == read.restored.produced == read.state.produced


def test_a_called_guide_that_has_ended_still_offers_its_documents(walk: Start) -> None:
    """
    steps:
      over: {call: {guide: other, otherwise: read}}
      read: {say: Well, documents: [note], next: end}
      end: {outcome: done}
    documents:
      note: {kind: summary, title: Ours, body: Ours}
    ---
    guide: other
    steps:
      hello: {say: Hello, next: end}
      end: {documents: [note], outcome: done}
    documents:
      note: {kind: summary, title: Theirs, body: Theirs}
    """
    read = walk().answer()
    assert [document.id for document in read.screen.documents] == ["other/note", "note"]
    assert documents.produce(read.state, "note").body == "Ours"
    assert produced(read, "other/note") == ("document_produced",)
    event = read.events[-1]
    assert isinstance(event.body, DocumentProduced)
    assert (event.guide, event.step, event.body.document, event.body.title) == ("other", "end", "note", "Theirs")


def test_what_the_screen_does_not_offer_cannot_be_had(walk: Start) -> None:
    """
    steps:
      read: {documents: [note], next: end}
      end: {outcome: done}
    documents:
      note: {kind: summary, title: A note, body: Note}
    """
    with pytest.raises(NotOfferedError, match="'note' is not a document of the step on the screen"):
        documents.produce(walk().answer().state, "note")


def test_the_texts_can_be_erased_and_their_digest_stays(walk: Start) -> None:
    """
    steps:
      read: {documents: [note], next: end}
      end: {outcome: done}
    documents:
      note: {kind: summary, title: A note, body: Dear Ann}
    """
    read = walk()
    produced(read, "note")
    payload, apart = split(to_dict(read.events[-1]), frozenset())
    assert (payload["texts"], len(payload["digest"]), apart["texts"]["body"]) == ({}, 32, "Dear Ann")
    assert joined(payload, apart) == to_dict(read.events[-1])


def test_documents_that_are_not_there_or_there_twice_are_told(guide: str) -> None:
    """
    guide: small
    title: Small
    outcomes: {done: {label: Done, kind: success}}
    steps:
      bye: {documents: [note, not, note], outcome: done}
    documents:
      note: {kind: summary, title: A note, body: "{{ name }} {{ sum }}"}
    fields: {sum: {type: integer, label: Sum, given: true, required: false}}
    """
    found = {(code, line) for code, line, _ in check_text(guide)}
    assert found == {("unknown-document", 5), ("duplicate-id", 5), ("unknown-field", 7), ("may-be-missing", 7)}


ADDRESSED = """
fields:
  own: {{type: email, label: E-mail, {source}required: false}}
  boss: {{type: email, label: Their manager's, required: false}}
steps:
  ask: {{ask: [own, boss], next: end}}
  end: {{documents: [mail, file, named], outcome: done}}
documents:
  mail: {{kind: email, title: A mail, body: Dear you}}
  file: {{kind: summary, title: For the file, body: Of them}}
  named: {{kind: letter, title: A letter, to: Cy, body: Dear Cy}}
"""


@pytest.mark.parametrize(
    ("source", "known", "values", "to"),
    [
        ("from: client.email, ", "", {"own": "ann@example.org", "boss": "bo@example.org"}, "ann@example.org"),
        ("from: client.email, ", "old@example.org", {"own": "ann@example.org"}, "ann@example.org"),
        ("from: client.email, ", "old@example.org", {}, "old@example.org"),
        ("", "old@example.org", {"own": "ann@example.org"}, "old@example.org"),
        ("", "", {"own": "ann@example.org"}, "ann@example.org"),
        ("", "", {"own": "ann@example.org", "boss": "bo@example.org"}, ""),
        ("", "", {}, ""),
    ],
)
def test_what_is_for_the_client_goes_to_the_address_that_is_known(
    source: str, known: str, values: dict[str, str], to: str
) -> None:
    guides = compiled(ADDRESSED.format(source=source))
    sources = {"client.email": known} if known else {}
    walk = Walk(guides, "small", {})
    turn = walker.start(guides, "small", Opening({}, "en", sources=sources), NOW)
    walk.state, walk.events = turn.state, turn.events
    state = walk.answer(**values).state
    assert [documents.produce(state, id).to for id in ("mail", "file", "named")] == [to, "", "Cy"]
    assert summarise(state, walk.events, "").to == to
