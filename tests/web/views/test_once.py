"""Parts of pages that are rendered once: whoever is shown one finds in it what is theirs, and nothing else."""

import re

from bs4 import BeautifulSoup

from tests.pages import page, pick, words
from tests.web.conftest import SignIn
from tests.web.visitor import Visitor, session_path


def _values(seen: BeautifulSoup, name: str) -> set[str]:
    return {str(field["value"]) for field in seen.find_all("input", attrs={"name": name})}


def test_each_sign_in_finds_its_own_secret_in_every_form(ann: Visitor, sign_in: SignIn) -> None:
    pages = [visitor.starts() for visitor in (ann, sign_in("Bob"), sign_in("Cid"))]
    secrets = [_values(seen, "csrf") for seen in pages]
    assert [len(found) for found in secrets] == [1, 1, 1]
    assert len(set.union(*secrets)) == 3


def test_each_session_finds_its_own_addresses_in_every_form(ann: Visitor) -> None:
    for seen in [ann.starts(), ann.starts()]:
        named = set(re.findall('/sessions/[^/"]+', str(seen)))
        assert named == {session_path(seen)}


def test_every_form_of_every_step_has_the_seq_of_its_page(ann: Visitor) -> None:
    first = ann.starts()
    second = ann.answer(first, check="plan-seen", option="kitchen")
    noted = ann.follow(ann.send(second, "/note", text="Sounds tired"))
    seqs = [_values(seen, "seq") for seen in (first, second, noted)]
    assert [len(found) for found in seqs] == [1, 1, 1]
    assert [int(*found) for found in seqs] == sorted({int(*found) for found in seqs})


def test_a_form_that_was_refused_shows_so_once(ann: Visitor) -> None:
    seen = ann.starts()
    refused = page(ann.send(seen, "/note", text="  "))
    assert pick(refused, "#note-text")["aria-invalid"] == "true"
    assert not pick(ann.get(session_path(seen)), "#note-text").has_attr("aria-invalid")


def test_a_page_with_a_mistake_has_its_notes_and_answers_as_it_had_them(ann: Visitor) -> None:
    second = ann.answer(ann.starts(), check="plan-seen", option="kitchen")
    ann.send(second, "/note", text="Sounds <tired>")
    then = ann.follow(ann.send(second, "/back"))
    refused = page(ann.send(then, "/flag", flag=" "))
    assert refused.select(".problems")
    for part in ("ul.noted-before", ".known"):
        assert pick(refused, part) == pick(then, part)
    assert "Sounds <tired>" in words(pick(refused, "ul.noted-before"))


def test_each_reader_finds_their_own_language(ann: Visitor) -> None:
    path = session_path(ann.starts())
    pages = [ann.client.get(path, headers={"Accept-Language": tag}) for tag in ("en", "de", "en")]
    backs = [words(pick(page(response), ".bar button")) for response in pages]
    assert backs[0] == backs[2] != backs[1]
