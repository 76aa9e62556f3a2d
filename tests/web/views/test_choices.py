"""How a person likes to work: single keys on or off."""

import pytest

from tests.pages import pick, words
from tests.web.visitor import Visitor


def _choose(visitor: Visitor, **fields: str) -> str:
    """Send the form on the account page; the address it leads to."""
    form = pick(visitor.get("/me"), "section form")
    sent = {"csrf": str(pick(form, "[name=csrf]")["value"]), "next": str(pick(form, "[name=next]")["value"])}
    response = visitor.client.post(str(form["action"]), data=sent | fields)
    assert response.status_code == 303
    return response.location


def test_single_keys_are_on_until_somebody_switches_them_off(ann: Visitor) -> None:
    assert ann.get("/").select("body[data-keys]") == []
    seen = ann.get(_choose(ann))
    assert words(pick(seen, ".done")) == "Your choice is saved."
    assert pick(seen, "body")["data-keys"] == "off"
    _choose(ann, single_keys="on")
    assert ann.get("/").select("body[data-keys]") == []


@pytest.mark.parametrize(("sent", "leads"), [("/help", "/help"), ("https://example.com", "/"), ("", "/")])
def test_a_choice_leads_back_to_where_it_was_made_and_nowhere_else(ann: Visitor, sent: str, leads: str) -> None:
    assert _choose(ann, next=sent) == leads


def test_screens_are_brief_for_whom_wants_it(ann: Visitor) -> None:
    assert ann.starts().select("body[data-brief], .more-told") == []
    _choose(ann, single_keys="on", brief="on")
    seen = ann.starts()
    assert seen.select("body[data-keys]") == []
    assert len(seen.select("body[data-brief] .more-told")) == 1


def test_help_has_the_table_of_keys(ann: Visitor) -> None:
    rows = [words(row) for row in ann.get("/help").select("#keys tr")]
    assert "c copies the words to say; at the end, the summary for the client" in rows
    assert "1 to 9 gives the answer that shows this number; 1 also continues" in rows
