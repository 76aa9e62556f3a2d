"""What files are called: by what they are, for whom and of which day, with nothing in it that is for staff."""

import pytest

from tests.pages import pick, words
from tests.web.visitor import Visitor
from web.use_cases.house import House

GUIDE = """\
guide: gasleck
title: Gas, what now?
language: de
fields:
  client_name: {type: text, label: Name, given: true, required: false, from: client.name}
outcomes:
  safe: {label: Alle draußen, kind: success}
steps:
  out:
    say: Bitte gehen Sie hinaus.
    documents: [advice]
    next: end
  end:
    outcome: safe
documents:
  advice: {kind: letter, title: "Bei Gasgeruch: was tun?", body: Hinaus.}
"""


@pytest.fixture(params=["staff", "public"])
def audience(web_house: House, request: pytest.FixtureRequest) -> str:
    """Whom the guide is for."""
    (web_house.config.guides / "gasleck.yaml").write_text(GUIDE + f"audience: {request.param}\n")
    assert web_house.import_guides().problems == ()
    return str(request.param)


def _named(visitor: Visitor, client: str) -> list[str]:
    """What the document and the summary of a call are called."""
    call = visitor.starts("gasleck", field__client_name=client)
    places = [visitor.send(call, "/documents", document="advice").location]
    places.append(visitor.send(visitor.answer(call), "/summary").location)
    files = [visitor.client.get(f"{place}?as=text") for place in places]
    return [file.headers["Content-Disposition"].removeprefix("attachment; ") for file in files]


@pytest.mark.usefixtures("audience")
def test_a_file_is_called_by_its_title_the_client_and_the_day(ann: Visitor) -> None:
    assert _named(ann, "Ms Adler")[0] == "filename=Bei-Gasgeruch-was-tun-Ms-Adler-2026-03-02.txt"
    assert _named(ann, "")[0] == "filename=Bei-Gasgeruch-was-tun-2026-03-02.txt"


def test_the_summary_bears_no_title_that_is_for_staff(ann: Visitor, audience: str) -> None:
    called = "Zusammenfassung" if audience == "staff" else "Gas-what-now"
    assert _named(ann, "Ms Adler")[1] == f"filename={called}-Ms-Adler-2026-03-02.txt"


@pytest.mark.usefixtures("audience")
def test_a_name_with_any_letters_is_safe(ann: Visitor) -> None:
    plain, whole = _named(ann, "../Jörg \u202e\\Groß/; 株式会社")[0].split("; ")
    assert plain == "filename=Bei-Gasgeruch-was-tun-Jorg-Gro-2026-03-02.txt"
    assert whole.startswith("filename*=UTF-8''Bei-Gasgeruch-was-tun-J%C3%B6rg-Gro%C3%9F-%E6%A0%AA")
    assert len(_named(ann, "x" * 200)[0]) < 120


@pytest.mark.usefixtures("audience")
def test_beside_a_call_stands_the_name_that_is_known(ann: Visitor) -> None:
    call = ann.starts("gasleck", field__client_name="Ms Adler")
    assert words(pick(call, ".client-name")) == "Ms Adler No reference yet"
    assert words(pick(ann.starts("gasleck", field__client_name=""), ".client .none")) == "Not named yet."
