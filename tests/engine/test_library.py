"""Pinned guides are compiled once and found by digest."""

import pytest

from engine.compiler import build_guides, compile_guides
from engine.errors import UnknownGuideError
from engine.library import Library, Published, files
from engine.pictures import measured
from tests.engine.pictures import png
from tests.engine.test_compiler import SHORT, calling

TEXTS = {"short": SHORT, "caller": calling("caller", "short")}
GUIDES = compile_guides({f"{id}.yaml": text for id, text in TEXTS.items()}).guides
DIGESTS = {id: guide.digest for id, guide in GUIDES.items()}


class Shelf:
    """Texts by digest, and how often each was read."""

    def __init__(self) -> None:
        self.reads: list[str] = []
        self._texts = {DIGESTS[id]: text for id, text in TEXTS.items()}

    def read(self, digest: str) -> Published:
        self.reads.append(digest)
        return Published(self._texts[digest])


def test_pinned_guides_are_those_of_their_digests() -> None:
    library = Library(Shelf().read)
    assert {id: guide.digest for id, guide in library.pinned(DIGESTS).items()} == DIGESTS


def test_a_text_is_read_once() -> None:
    shelf = Shelf()
    library = Library(shelf.read)
    library.pinned(DIGESTS)
    library.pinned(dict(reversed(DIGESTS.items())))
    assert len(shelf.reads) == 2


def test_a_digest_that_is_not_there_is_an_unknown_guide() -> None:
    with pytest.raises(UnknownGuideError, match="no guide 'short'"):
        Library(Shelf().read).pinned({"short": "0" * 64})


def test_a_published_guide_is_not_judged_again() -> None:
    failing = SHORT + "walkthroughs:\n  - {name: Nowhere, answers: [{gone: {}}]}\n"
    guide = Library(lambda _: Published(failing)).pinned({"short": "0" * 64})["short"]
    assert guide.title == "Short"


def test_a_text_that_is_no_guide_is_an_unknown_guide() -> None:
    with pytest.raises(UnknownGuideError, match="no guide 'short'"):
        Library(lambda _: Published("[]")).pinned({"short": "0" * 64})


def test_translations_speak_that_would_be_judged_otherwise_today() -> None:
    blaming = 'msgctxt "steps/a/say"\nmsgid "Hello"\nmsgstr "Das ist Ihre Schuld <b>"\nthis line cannot be read\n'
    guide = Library(lambda _: Published(SHORT, {"de": blaming})).pinned({"short": "0" * 64})["short"]
    assert list(guide.translations) == ["de"]
    assert guide.digest != DIGESTS["short"]


def test_guides_have_images_of_their_own_under_one_name() -> None:
    shown = {id: text.replace("title:", "summary: images form.png\ntitle:", 1) for id, text in TEXTS.items()}
    pictures = {"short": measured(png(3)), "caller": measured(png(4))}
    found = {id: Published(shown[id], pictures={"form.png": pictures[id]}) for id in TEXTS}
    guides = build_guides(*files(found))
    assert len({guides["short"].digest, guides["caller"].digest, *DIGESTS.values()}) == 4
    swapped = build_guides(
        *files({id: each._replace(pictures={"form.png": pictures["short"]}) for id, each in found.items()})
    )
    assert swapped["short"].digest == guides["short"].digest
    assert swapped["caller"].digest != guides["caller"].digest
