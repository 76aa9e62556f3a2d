"""The pages on which guides are found, pinned and told of what changed."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.pages import pick, words
from tests.web.conftest import SignIn
from tests.web.guides import DISCOUNT, KITCHEN
from tests.web.visitor import Visitor, session_path
from web.use_cases.house import House

READY = {"option": "kitchen", "check": "plan-seen"}


def _found(seen: BeautifulSoup) -> dict[str, str]:
    return {words(link): str(link["href"]) for link in seen.select(".found a[data-hit]")}


def _shelves(seen: BeautifulSoup) -> dict[str, list[str]]:
    return {words(shelf.h2): [words(title) for title in shelf.select("h3")] for shelf in seen.select(".shelf")}


def test_it_works(ann: Visitor) -> None:
    seen = ann.get("/guides?q=kichen")
    assert _found(seen) == {"A new kitchen": "/start/kitchen"}
    assert words(pick(seen, "mark")) == "kitchen"
    assert words(pick(seen, ".seek-count")) == "1 guide."
    assert pick(seen, "#find")["value"] == "kichen"


@pytest.mark.parametrize("path", ["/guides", "/guides?q=kitchen", "/sessions/abcdefgh/open?q=x"])
def test_it_checks_access(stranger: Visitor, path: str) -> None:
    assert stranger.status(path) == 303


def test_nobody_searches_in_another_persons_session(ann: Visitor, sign_in: SignIn) -> None:
    path = session_path(ann.starts())
    assert sign_in("Bob").status(f"{path}/open?q=facts") == 404


def test_without_words_all_guides_are_listed(ann: Visitor) -> None:
    assert _found(ann.get("/guides")) == {
        "A discount": "/start/discount",
        "A new kitchen": "/start/kitchen",
        "An apology": "/start/sorry",
    }


def test_a_step_is_shown_below_its_guide_with_the_words_marked(ann: Visitor) -> None:
    seen = ann.get("/guides?q=another")
    assert words(pick(seen, ".hit-steps")) == "No kitchen Another time, then."
    assert words(pick(seen, ".hit-steps mark")) == "Another"


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("submarine", "No guide has these words. Take away a few letters."),
        ("kitchen submarine", "No guide has all these words. These have some of them."),
        ("kitchen", "1 guide."),
        ("a", "3 guides."),
        ("", ""),
        ("%00%ff<b>'\"{{ 7*7 }}", "No guide has these words. Take away a few letters."),
    ],
)
def test_how_many_were_found_is_told(ann: Visitor, query: str, told: str) -> None:
    assert words(pick(ann.get(f"/guides?q={query}"), ".seek-count")) == told


@pytest.mark.parametrize(
    "query", ["x" * 10_000, "%2F..%2F", "word " * 900, "\N{CYRILLIC CAPITAL LETTER YA}", "%F0%9F%98%80"]
)
def test_no_query_is_too_much(ann: Visitor, query: str) -> None:
    assert ann.status(f"/guides?q={query}") == 200


def test_a_guide_is_pinned_and_unpinned_on_the_desk(ann: Visitor) -> None:
    desk = ann.get("/")
    assert _shelves(desk) == {"All guides": ["A discount", "A new kitchen", "An apology"]}
    response = ann.send(desk, "/guides/pins", pin="sorry")
    assert response.location == "/#pin-sorry"
    ann.starts("kitchen")
    desk = ann.follow(response)
    assert _shelves(desk) == {
        "Pinned": ["An apology"],
        "You ran last": ["A new kitchen"],
        "All other guides": ["A discount"],
    }
    assert words(pick(desk, "#pin-sorry")) == "Unpin An apology"
    assert "Pinned" not in _shelves(ann.follow(ann.send(desk, "/guides/pins", unpin="sorry")))


def test_a_guide_is_pinned_where_it_is_started(ann: Visitor) -> None:
    start = ann.get("/start/sorry")
    response = ann.send(start, "/guides/pins", pin="sorry")
    assert response.location == "/start/sorry#pin"
    assert words(pick(ann.follow(response), "#pin")) == "Unpin An apology"


@pytest.mark.parametrize(
    "sent", [{"pin": "nowhere"}, {"pin": "../x"}, {"unpin": "nowhere"}, {}, {"unpin": "//x.example"}]
)
def test_what_is_no_guide_is_not_pinned(ann: Visitor, sent: dict[str, str]) -> None:
    for at in ("", "start"):
        response = ann.send(ann.get("/"), "/guides/pins", at=at, **sent)
        assert response.status_code in (303, 404)
        assert not response.location or response.location.startswith(("/#pin", "/start/"))


def test_a_form_that_is_not_ours_pins_nothing(ann: Visitor) -> None:
    assert ann.client.post("/guides/pins", data={"pin": "sorry"}).status_code == 403


def test_many_guides_are_lines_and_the_rest_is_a_page_away(ann: Visitor, web_house: House) -> None:
    for number in range(35):
        text = DISCOUNT.replace("guide: discount", f"guide: discount-{number}").replace("A discount", f"Case {number}")
        (web_house.config.guides / f"discount-{number}.yaml").write_text(text)
    assert web_house.import_guides().problems == ()
    desk = ann.get("/")
    assert len(desk.select(".shelf .row")) == 30
    link = pick(desk, ".more-guides a")
    assert (words(link), len(_found(ann.get(str(link["href"]))))) == ("All 38 guides", 38)
    assert words(pick(ann.get("/guides?q=case"), ".seek-count")) == "35 guides."


def test_in_a_call_its_own_guide_is_not_offered(ann: Visitor) -> None:
    path = session_path(ann.starts())
    assert set(_found(ann.get(f"{path}/open"))) == {"A discount", "An apology"}


def test_in_a_call_other_guides_open_as_detours(ann: Visitor) -> None:
    path = session_path(ann.starts())
    seen = ann.get(f"{path}/open?q=apology")
    assert _found(seen) == {"An apology": f"{path}/open/sorry"}
    assert pick(seen, "form.seek")["action"] == f"{path}/open"
    assert pick(ann.get(path), ".seeker")["href"] == f"{path}/open"


def test_in_a_call_steps_of_its_guide_are_shown_where_they_are(ann: Visitor) -> None:
    path = session_path(ann.starts())
    assert "The way there: A kitchen" in words(pick(ann.get(f"{path}/open?q=note facts"), ".places"))
    assert "you are here" in words(pick(ann.get(f"{path}/open?q=hello"), ".places"))
    ann.answer(ann.get(path), **READY)
    seen = ann.get(f"{path}/open?q=hello")
    assert words(ann.follow(ann.send(seen, "/back")).h1) == "Say hello"


def test_where_a_call_has_ended_guides_are_found_to_be_started(ann: Visitor) -> None:
    seen = ann.starts()
    path = session_path(seen)
    assert pick(ann.follow(ann.send(seen, "/end", reason="Hung up")), ".seeker")["href"] == "/guides"
    response = ann.client.get(f"{path}/open?q=apology")
    assert (response.status_code, response.location) == (303, "/guides?q=apology")


def test_a_long_way_is_told_by_its_first_answers(ann: Visitor, web_house: House) -> None:
    step = "  s-{}:\n    title: Ask\n    question: Now?\n    options:\n      - {{id: a, label: On {}, to: s-{}}}\n"
    asks = "".join(step.format(n, n, n + 1) for n in range(9))
    head = "guide: long\ntitle: A long one\noutcomes: {done: {label: Done, kind: success}}\nsteps:\n"
    text = f"{head}{asks}  s-9:\n    say: Pineapple.\n    outcome: done\n"
    (web_house.config.guides / "long.yaml").write_text(text)
    web_house.import_guides()
    path = session_path(ann.follow(ann.send(ann.get("/start/long"), "/start/long")))
    way = pick(ann.get(f"{path}/open?q=pineapple"), ".hit-way ol")
    assert words(way) == "On 0 On 1 On 2 On 3 On 4 On 5 …"


def test_in_a_call_it_is_told_what_comes_next_and_what_cannot_be_reached(ann: Visitor) -> None:
    path = session_path(ann.starts())
    ann.answer(ann.get(path), **READY)
    assert "It comes next, by Continue." in words(pick(ann.get(f"{path}/open?q=sum"), ".places"))
    assert "The way there: Something is wrong" not in words(pick(ann.get(f"{path}/open?q=sum"), ".places"))
    assert "No answer leads there" in words(pick(ann.get(f"{path}/open?q=apology"), ".places"))


def test_what_changed_since_the_last_run_is_told_where_a_guide_starts(ann: Visitor, web_house: House) -> None:
    assert ann.get("/start/kitchen").select(".news") == []
    ann.starts()
    assert ann.get("/start/kitchen").select(".news") == []
    _publish(web_house.config.guides, KITCHEN.replace("So it is", "Then it is").replace("Say hello", "Greet them"))
    web_house.import_guides()
    news = pick(ann.get("/start/kitchen"), "details.news")
    assert words(news.summary) == "Changed since you last ran it on Mar 2, 2026"
    told = [words(line) for line in news.select("li")]
    assert told[0] == "Greet them The title is now “Greet them”; it was “Say hello”."
    assert told[1].startswith("Sum it up The text to say is now “Then it is")


def _publish(guides: Path, text: str) -> None:
    (guides / "kitchen.yaml").write_text(text)


def test_a_step_that_was_found_is_told_with_its_way_before_the_guide_starts(ann: Visitor) -> None:
    step = next(each for each in ann.get("/guides?q=another+time").select(".hit-steps a"))
    start = ann.get(str(step["href"]))
    told = "You looked for “No kitchen”. From the start these answers lead there: Nothing"
    assert words(pick(start, ".sought")) == told
    assert words(pick(start, "h1")) == "A new kitchen"
    assert ann.get("/start/kitchen?found-step=none").select(".sought") == []
    assert "Continue" in words(pick(ann.get("/start/kitchen?found-step=hello"), ".sought"))
