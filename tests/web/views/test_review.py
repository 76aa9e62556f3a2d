"""Looking back at sessions."""

from tests.pages import pick, words
from tests.web.conftest import SignIn
from tests.web.guides import FACTS
from tests.web.visitor import Visitor, session_path


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
    assert rows[0].startswith("Say hello A new kitchen · Bo open Ann")
    assert rows[1].startswith("Kitchen ordered A new kitchen · T-7 Ann")


def test_a_long_list_goes_on_on_the_next_page(ann: Visitor) -> None:
    for number in range(51):
        ann.starts(reference=f"T-{number}")
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
