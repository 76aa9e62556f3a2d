"""Looking back at sessions."""

import pytest

from tests.pages import pick, words
from tests.web.conftest import SignIn
from tests.web.guides import FACTS
from tests.web.visitor import Visitor, session_path
from web.use_cases import listing


def _walked(visitor: Visitor) -> str:
    """The address for looking back at a session that was walked to its end."""
    seen = visitor.starts(reference="T-7")
    path = session_path(seen)
    facts = visitor.answer(seen, option="kitchen", check="plan-seen")
    visitor.answer(visitor.answer(facts, **FACTS), option="right")
    return f"/review{path}"


def test_sessions_are_listed_newest_first_with_how_they_ended(ann: Visitor) -> None:
    _walked(ann)
    ann.starts(field__client_name="Bo")
    rows = [words(row) for row in ann.get("/review/").select(".rows li")]
    assert rows[0].startswith("Still open Say hello A new kitchen · Bo Ann")
    assert rows[1].startswith("Success Kitchen ordered A new kitchen · Ms Adler · T-7 Ann")


def _of_many_kinds(visitor: Visitor) -> None:
    """Five sessions, the newest first: of another guide, paused, ended early, partly reached, reached."""
    _walked(visitor)
    visitor.answer(visitor.starts(reference="T-8 50%"), option="nothing", check="plan-seen")
    visitor.send(visitor.starts(), "/end", reason="Line broke off")
    visitor.send(visitor.starts(), "/pause", pause="Lunch")
    visitor.follow(visitor.send(visitor.get("/start/sorry"), "/start/sorry", field__name="Bo"))


def _listed(visitor: Visitor, query: str) -> list[str]:
    """How the sessions of a list ended, and of which guide they are."""
    rows = visitor.get(f"/review/?{query}").select(".rows li")
    return [f"{words(pick(row, '.mark'))}: {words(pick(row, '.row-main span')).partition(' ·')[0]}" for row in rows]


def test_a_list_is_narrowed_to_a_guide_and_to_how_sessions_ended(ann: Visitor) -> None:
    _of_many_kinds(ann)
    ways = ["Paused", "Ended early", "Partial", "Success"]
    assert _listed(ann, "guide=sorry") == _listed(ann, "how=open") == ["Still open: An apology"]
    assert _listed(ann, "guide=kitchen&how=") == [f"{how}: A new kitchen" for how in ways]
    for how in ("paused", "early", "partial", "success"):
        assert len(_listed(ann, f"how={how}")) == 1
    assert _listed(ann, "how=failure") == _listed(ann, "guide=none") == []
    assert len(_listed(ann, "how=strange&who=x&first=yesterday&last=9999-12-31")) == 5


def test_a_list_is_narrowed_to_a_reference_and_to_days(ann: Visitor) -> None:
    _of_many_kinds(ann)
    assert [len(_listed(ann, f"client={part}")) for part in ("t-", "50%25", "5_", "none")] == [2, 1, 0, 0]
    days = ("first=2026-03-02", "last=2026-03-02", "first=2026-03-03", "last=2026-03-01")
    assert [len(_listed(ann, day)) for day in days] == [5, 5, 0, 0]


@pytest.mark.parametrize("part", ["adler", "änne+AD", "Änne", "änne", "o/h", "%22Al%22", "c-7", "t-8", "acme"])
def test_a_list_is_narrowed_to_the_name_of_a_client(ann: Visitor, part: str) -> None:
    """The name given when it started, or that in the ledger; neither the guide's words nor others' are looked for."""
    path = session_path(ann.starts(field__client_name='Ms Änne Adler "Al" O/Hara', client="C-7", reference="T-8"))
    ann.starts(field__client_name="Bo")
    ann.send(ann.get("/clients/C-7"), "/clients/C-7", field__name="Acme Ltd")
    assert [row["href"] for row in ann.get(f"/review/?client={part}").select(".rows a")] == [f"/review{path}"]
    for nothing in ("hello", "client_name", "%25"):
        assert ann.get(f"/review/?client={nothing}").select(".rows a") == []


def test_a_list_marks_what_was_flagged_and_is_narrowed_to_it(ann: Visitor) -> None:
    flagged = ann.starts(reference="T-8")
    ann.send(flagged, "/flag", flag="Too long")
    _walked(ann)
    rows = ann.get("/review/").select(".rows a")
    assert [[words(tag) for tag in row.select(".tag")] for row in rows] == [[], ["flagged"]]
    seen = ann.get(str(pick(ann.get("/review/?client=T-&flagged=+"), "p.help a")["href"]))
    assert [row["href"] for row in seen.select(".rows a")] == [f"/review{session_path(flagged)}"]
    assert (pick(seen, "#client")["value"], pick(seen, "form.narrowing [type=hidden]")["value"]) == ("T-", "yes")
    assert ann.get("/review/?client=T-7&flagged=yes").select(".rows a") == []


def test_a_list_that_was_not_looked_through_to_its_end_goes_on(ann: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "LOOKED_THROUGH", 1)
    first = session_path(ann.starts(field__client_name="client_name Ltd"))
    ann.starts(field__client_name="Bo")
    seen = ann.get("/review/?client=client_name")
    assert words(pick(seen, "p.lead")) == "No session is like that."
    later = ann.get(str(pick(seen, ".pages a")["href"]))
    assert [row["href"] for row in later.select(".rows a")] == [f"/review{first}"]


def test_whoever_sees_others_narrows_the_list_to_one_of_them(sign_in: SignIn) -> None:
    for name in ("Ann", "Bo"):
        sign_in(name, "agent", "north").starts()
    eve = sign_in("Eve", "manager", "north")
    people = {words(option): str(option["value"]) for option in eve.get("/review/").select("#who option")}
    assert list(people) == ["Everybody", "Ann", "Bo"]
    seen = eve.get(f"/review/?who={people['Bo']}")
    assert [words(each) for each in seen.select(".row-side")] == ["Bo"]
    assert words(pick(seen, "#who [selected]")) == "Bo"
    assert sign_in("Fay", "manager", "south").get("/review/").select("form.narrowing") == []


def test_in_a_german_list_the_words_of_a_guide_are_marked_as_english(ann: Visitor) -> None:
    _walked(ann)
    ann.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "de"
    row = pick(ann.get("/review/"), ".rows li")
    assert [words(each) for each in row.select("[lang=en]")] == ["Kitchen ordered", "A new kitchen"]
    assert words(pick(row, ".mark")) == "Erfolg"


def test_in_a_german_review_the_words_of_a_guide_are_marked_as_english(ann: Visitor) -> None:
    path = _walked(ann)
    ann.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "de"
    seen = ann.get(path)
    english = {words(each) for each in pick(seen, "main").select("[lang=en]")}
    assert {"A new kitchen", "Kitchen ordered", "Say hello", "A kitchen", "Plan looked at", "Budget"} <= english
    assert "Der Weg" in words(pick(seen, "#path"))


def test_a_list_says_where_nothing_is_like_that_and_shows_all_again(ann: Visitor) -> None:
    _walked(ann)
    seen = ann.get("/review/?how=failure")
    assert words(pick(seen, "p.lead")) == "No session is like that."
    assert len(ann.get(str(pick(seen, ".narrowing a")["href"])).select(".rows li")) == 1


def _many(visitor: Visitor) -> None:
    """One session more than a page shows, from one page that starts them, each with a key of its own."""
    seen = visitor.get("/start/kitchen")
    for number in range(51):
        named = {"key": f"key-{number}", "reference": f"T-{number}", "field__client_name": "Ms Adler"}
        assert visitor.send(seen, "/start/kitchen", **named).status_code == 303


def test_the_next_page_of_a_narrowed_list_is_narrowed_too(ann: Visitor) -> None:
    _walked(ann)
    _many(ann)
    first = ann.get("/review/?how=open&client=T-&guide=")
    second = ann.get(str(pick(first, ".pages a")["href"]))
    assert [len(seen.select(".rows li")) for seen in (first, second)] == [50, 1]
    assert words(pick(second, "#how [selected]")) == "Still open"


def test_a_long_list_goes_on_on_the_next_page(ann: Visitor) -> None:
    _many(ann)
    first = ann.get("/review/")
    second = ann.get(str(pick(first, ".pages a")["href"]))
    shown = [str(row["href"]) for seen in (first, second) for row in seen.select(".rows a")]
    assert len(first.select(".rows a")) == 50
    assert len(set(shown)) == 51


def test_a_cursor_that_nobody_made_finds_nothing(ann: Visitor) -> None:
    assert {ann.status(f"/review/?cursor={cursor}") for cursor in ("zzz", "%00", "%ff", "1" * 999)} == {404}


def test_one_session_shows_its_path_with_answers_and_values(ann: Visitor) -> None:
    steps = [words(step) for step in ann.get(_walked(ann)).select(".passed")]
    assert len(steps) == 4
    assert "A kitchen Plan looked at" in steps[0]
    assert "Budget €1,250.00" in steps[1]
    assert steps[3].startswith("Thank them")


def test_the_graph_is_a_picture_of_ours_with_words_beside_it(ann: Visitor) -> None:
    image = pick(ann.get(_walked(ann)), ".map img")
    picture = ann.client.get(str(image["src"]))
    assert picture.mimetype == "image/svg+xml"
    assert b"<svg" in picture.data
    assert "steps says the same" in str(image["alt"])


def test_the_map_fits_the_window_or_has_its_full_size(ann: Visitor) -> None:
    review = ann.get(_walked(ann))
    fitted = ann.get(str(pick(review, ".map")["href"]))
    full = ann.get(str(pick(fitted, ".sizes a:not([aria-current])")["href"]))
    assert pick(fitted, ".sheet-map img")["src"] == pick(review, ".map img")["src"]
    assert full.select_one(".sheet-map-full") is not None


def test_an_ended_session_of_ones_own_is_opened_again_at_the_desk(sign_in: SignIn) -> None:
    ann = sign_in("Ann", "agent", "north")
    seen = ann.starts()
    ended = ann.follow(ann.send(seen, "/end", reason="Line broke off"))
    review = f"/review{session_path(ended)}"
    assert sign_in("Eve", "manager", "north").get(review).select_one(".reopen") is None
    assert words(ann.follow(ann.send(ann.get(review), "/back")).h1) == "Say hello"
    assert ann.get(review).select_one(".reopen") is None


def test_agents_see_their_own_and_managers_their_teams(sign_in: SignIn) -> None:
    path = _walked(sign_in("Cleo", "agent", "north"))
    seen = {name: sign_in(name, role, team).status(path) for name, role, team in VISITORS}
    assert seen == {"Dan": 404, "Eve": 200, "Fay": 404, "Gil": 404, "Hal": 200}


def test_whoever_walked_is_shown_as_they_are_called(ann: Visitor) -> None:
    path = _walked(ann)
    ann.send(ann.get("/me"), "/me/name", display_name="Ann Lee")
    assert "Ann Lee" in words(pick(ann.get("/review/"), ".rows li"))
    assert "Ann Lee" in words(pick(ann.get(path), "main"))


def test_a_manager_without_a_team_learns_what_to_do(sign_in: SignIn) -> None:
    seen = words(pick(sign_in("Eve Lee", "manager").get("/review/"), "main"))
    assert "You belong to no team yet" in seen
    assert "handrail user role 'Eve Lee' --team" in seen


VISITORS = [
    ("Dan", "agent", "north"),
    ("Eve", "manager", "north"),
    ("Fay", "manager", "south"),
    ("Gil", "author", "north"),
    ("Hal", "administrator", None),
]
