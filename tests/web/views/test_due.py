"""What is due, and what people say became of it; the page of a client; what a call shows of them."""

import pytest
from bs4 import BeautifulSoup
from werkzeug.test import TestResponse

from tests.pages import page, pick, words
from tests.web.conftest import SignIn
from tests.web.use_cases.calls import CALLS
from tests.web.visitor import Visitor, session_path
from web.use_cases.house import House


@pytest.fixture(autouse=True)
def calls(web_house: House) -> None:
    """A guide that reads and writes the ledger is there too."""
    assert web_house.config.guides is not None
    (web_house.config.guides / "calls.yaml").write_text(CALLS)
    assert web_house.import_guides().problems == ()


def _started(visitor: Visitor, client: str = "C-7", **given: str) -> BeautifulSoup:
    """The first step of a call with a client."""
    sent = visitor.send(visitor.get("/start/calls"), "/start/calls", client=client, **given)
    return visitor.follow(sent)


def _promised(visitor: Visitor, day: str = "2026-03-02", client: str = "C-7") -> BeautifulSoup:
    """The end of a call in which a client promised to pay on a day, and we a receipt three days later."""
    asked = visitor.answer(_started(visitor, client, field__owed="120"), option="client")
    return visitor.answer(asked, field__day=day, field__limit="500")


def _say(visitor: Visitor, seen: BeautifulSoup, word: str) -> TestResponse:
    """Say this of the first promise that a page shows."""
    address = str(pick(seen, "form[action^='/promises/']")["action"])
    return visitor.send(seen, address, word=word)


def _rows(seen: BeautifulSoup, part: str) -> list[str]:
    return [words(row) for row in seen.select(f"section[aria-labelledby={part}] .pledge-main")]


def test_what_is_due_stands_under_its_day(ann: Visitor) -> None:
    _promised(ann, "2026-02-27")
    _promised(ann, "2026-03-02")
    seen = ann.get("/due")
    assert _rows(seen, "overdue")[0].startswith("Pay the invoice €120.00 C-7 The client promised it on Mar 2, 2026")
    assert [len(_rows(seen, part)) for part in ("overdue", "today", "soon")] == [1, 2, 1]
    assert "Overdue since Feb 27, 2026" in words(pick(seen, ".pledge"))


def test_an_amount_is_written_as_its_reader_writes_it(ann: Visitor) -> None:
    _promised(ann)
    ann.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "de"
    assert words(pick(ann.get("/due"), ".pledge-amount")) == "120,00 €"


def test_an_amount_that_the_words_name_stands_there_once(web_house: House, ann: Visitor) -> None:
    """The guide says `what: Pay {{ owed | money }}`."""
    assert web_house.config.guides is not None
    named = CALLS.replace("what: Pay the invoice,", "what: 'Pay {{ owed | money }}',")
    (web_house.config.guides / "calls.yaml").write_text(named)
    assert web_house.import_guides().problems == ()
    _promised(ann)
    assert _rows(ann.get("/due"), "today")[0].startswith("Pay €120.00 C-7 ")


def test_nothing_due_is_said_so(ann: Visitor) -> None:
    assert "Nothing is due" in words(pick(ann.get("/due"), "main"))
    assert "Nothing is due" in words(pick(ann.get("/due?by=nonsense&mine=1"), "main"))


def test_the_list_is_ours_or_theirs_or_of_my_sessions(ann: Visitor, sign_in: SignIn) -> None:
    _promised(ann)
    bob = sign_in("Bob")
    shown = [len(bob.get(f"/due?{which}").select(".pledge")) for which in ("", "by=us", "by=client", "mine=yes")]
    assert shown == [2, 1, 1, 0]


def test_a_promise_is_kept_by_one_button_and_the_word_taken_back_by_another(ann: Visitor) -> None:
    _promised(ann)
    told = ann.follow(_say(ann, ann.get("/due?by=client"), "kept"))
    assert words(pick(told, ".told p")) == "“Pay the invoice” is marked as kept."
    assert told.select(".pledge") == []
    back = ann.follow(_say(ann, told, "open"))
    assert words(pick(back, ".told")) == "“Pay the invoice” is open again."
    assert len(back.select(".pledge")) == 1


def test_a_double_click_says_it_once_and_another_word_meanwhile_is_shown(ann: Visitor, sign_in: SignIn) -> None:
    _promised(ann)
    bob, seen = sign_in("Bob"), ann.get("/due?by=client")
    theirs = bob.get("/due?by=client")
    said = [_say(ann, seen, "kept"), _say(ann, seen, "kept"), _say(bob, theirs, "kept")]
    assert [response.status_code for response in said] == [303, 303, 303]
    refused = _say(bob, theirs, "broken")
    assert refused.status_code == 409
    assert "Meanwhile Ann said of this promise: kept." in words(page(refused).main)


@pytest.mark.parametrize("word", ["lost", ""])
def test_a_word_that_nobody_offers_is_refused(ann: Visitor, word: str) -> None:
    _promised(ann)
    assert _say(ann, ann.get("/due"), word).status_code == 404


def test_a_promise_that_is_not_there_is_not_found(ann: Visitor) -> None:
    _promised(ann)
    csrf = str(pick(ann.get("/due"), "[name=csrf]")["value"])
    sent = {"csrf": csrf, "seen": "0", "word": "kept"}
    assert ann.client.post(f"/promises/{'A' * 22}.4", data=sent).status_code == 404
    assert {ann.status(f"/due?done={done}") for done in ("x", "x.y", f"{'A' * 22}.1")} == {404}


def test_a_clients_page_tells_all_that_is_known(ann: Visitor) -> None:
    _promised(ann)
    seen = ann.get("/clients/c-7")
    told = words(pick(seen, "main"))
    assert [words(pledge) for pledge in seen.select(".pledge-what")] == ["Pay the invoice €120.00", "Send a receipt"]
    for part in (
        "Our terms Agreed", "Credit limit €500.00", "To look at again on Sep 2, 2026", "Reached Phone", "Credit: 25",
        "It came late", "Friendly words", "Date agreed A call",
    ):  # fmt: skip
        assert part in told


def test_what_became_of_a_promise_stands_with_who_said_it(ann: Visitor) -> None:
    _promised(ann)
    seen = ann.follow(_say(ann, ann.get("/clients/C-7"), "broken"))
    assert words(pick(seen, ".told p")) == "“Pay the invoice” is marked as broken."
    assert "Broken: Pay the invoice" in words(pick(seen, "section[aria-labelledby=past]"))
    assert "Broken, said Ann" in words(pick(seen, "section[aria-labelledby=past]"))


def test_what_is_known_of_a_client_is_changed_on_their_page(ann: Visitor) -> None:
    _started(ann)
    sent = {"field__name": "Zoë Lind", "field__email": "zoe@lind.example", "field__language": "de"}
    seen = ann.follow(ann.send(ann.get("/clients/C-7"), "/clients/C-7", **sent))
    assert (words(seen.h1), words(pick(seen, ".known dd"))) == ("Zoë Lind", "zoe@lind.example")
    assert "Try 0 of Zoë Lind" in words(pick(_started(ann), ".say-words"))


def test_what_cannot_be_is_refused_beside_its_field(ann: Visitor) -> None:
    _started(ann)
    refused = ann.send(ann.get("/clients/C-7"), "/clients/C-7", field__email="nowhere", field__name="Zoë")
    assert refused.status_code == 422
    seen = page(refused)
    assert pick(seen, "#field-email")["aria-invalid"] == "true"
    assert pick(seen, "#field-name")["value"] == "Zoë"


def test_clients_are_found_by_reference_or_name(ann: Visitor) -> None:
    _started(ann, "2026/117 b")
    seen = ann.get("/clients/?q=117")
    link = str(pick(seen, ".rows a")["href"])
    assert words(ann.get(link).h1) == "2026/117 b"
    assert "No client has" in words(pick(ann.get("/clients/?q=nobody"), "main"))
    assert ann.status("/clients/C-9") == 404


def test_a_call_shows_what_its_guide_reads_and_what_is_open(ann: Visitor) -> None:
    _promised(ann, "2026-02-27")
    seen = _started(ann)
    assert words(pick(seen, ".figures")) == (
        "Contacts in the last 30 days 1 Promises the client broke in the last 365 days 0"
    )
    told = [words(each) for each in seen.select(".open-promises li")]
    assert told[0].startswith("Pay the invoice €120.00")
    assert told[0].endswith("Overdue since Feb 27, 2026")
    assert words(pick(seen, ".client-name a")).startswith("C-7")


def test_a_client_is_named_during_the_call(ann: Visitor) -> None:
    _promised(ann)
    seen = ann.follow(ann.send(_started(ann, ""), "/client", client="c-7"))
    assert words(pick(seen, ".client-name a")).startswith("C-7")
    refused = ann.send(seen, "/client", client="..")
    assert refused.status_code == 422
    assert "letter or digit first" in words(pick(page(refused), "#problems"))


def test_a_reference_that_cannot_be_is_refused_at_the_start(ann: Visitor) -> None:
    refused = ann.send(ann.get("/start/calls"), "/start/calls", client="../x")
    assert refused.status_code == 422
    assert pick(page(refused), "#client-reference")["aria-invalid"] == "true"


def test_a_step_back_only_counts_what_still_holds_until_the_call_goes_another_way(ann: Visitor) -> None:
    ended = _promised(ann)
    back = ann.follow(ann.send(ann.follow(ann.send(ended, "/back")), "/back"))
    assert back.select(".undone") == []
    assert "still hold, unless you answer otherwise" in words(pick(back, ".undone-held"))
    other = ann.answer(back, option="nobody")
    assert other.select(".undone-held") == []
    told = [words(each.parent) for each in other.select(".undone-what") if each.parent]
    assert "Promise: Pay the invoice €120.00 · Due Mar 2, 2026" in told
    parts = [str(section["class"][0]) for section in other.select(".undone, .ending, .writeup")]
    assert parts == ["undone", "ending", "writeup"]


def test_who_takes_a_call_over_sees_what_still_holds_after_a_step_back(ann: Visitor, sign_in: SignIn) -> None:
    sign_in("Bob", team="south")
    back = ann.follow(ann.send(_promised(ann), "/back"))
    form = ann.get(f"{session_path(back)}/hand-over")
    ann.follow(ann.send(form, "/hand-over", receiver="team:south", note=""))
    package = ann.get(f"{session_path(back)}/package")
    assert "Promise: Pay the invoice €120.00 · Due Mar 2, 2026" in words(pick(package, ".undone"))


def test_what_was_recorded_before_a_change_is_cancelled_by_one_button(ann: Visitor) -> None:
    _promised(ann)
    ended = _promised(ann)
    first = ann.get(str(pick(ended, ".said li:last-child .to")["href"]))
    moved = ann.follow(ann.send(first, "/change", option="nobody"))
    undone = [words(each) for each in moved.select(".undone-what")]
    assert "Promise: Pay the invoice" in undone
    after = ann.follow(ann.send(moved, "/records"))
    assert len(after.select(".undone-what")) == len(undone) - 1
    assert words(pick(after, ".done")) == "The record is cancelled."


def test_authors_see_no_clients(sign_in: SignIn) -> None:
    eve = sign_in("Eve", "author")
    assert {eve.status(path) for path in ("/due", "/clients/", "/clients/C-7")} == {403}
    seen = eve.get("/start/calls")
    assert seen.select("#client-reference, .nav a[href='/due']") == []
    assert _started_by(eve, seen).select(".client") == []


def _started_by(visitor: Visitor, seen: BeautifulSoup) -> BeautifulSoup:
    return visitor.follow(visitor.send(seen, "/start/calls"))


def test_only_sessions_that_one_may_look_back_at_are_links(ann: Visitor, sign_in: SignIn) -> None:
    path = session_path(_promised(ann))
    links = [
        [str(link["href"]) for link in visitor.get("/clients/C-7").select("section[aria-labelledby=sessions] a")]
        for visitor in (ann, sign_in("Bob"), sign_in("Ada", "administrator"))
    ]
    assert links == [[f"/review{path}"], [], [f"/review{path}"]]


def test_figures_beside_a_call_tell_what_it_recorded_itself(ann: Visitor) -> None:
    started = _started(ann)
    assert words(pick(started, ".figures")).startswith("Contacts in the last 30 days 0 Promises")
    asked = ann.answer(started, option="client")
    assert words(pick(asked, ".figures")).startswith("Contacts in the last 30 days 0, and 1 in this call Promises")
    back = ann.follow(ann.send(asked, "/back"))
    changed = ann.answer(back, option="nobody")
    assert words(pick(changed, ".figures")).startswith("Contacts in the last 30 days 0, and 1 in this call Promises")
