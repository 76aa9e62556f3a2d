"""The call's screen where answers are locked, checks left open, steps skipped, and answers given at any time."""

import pytest
from bs4 import BeautifulSoup

from tests.pages import page, pick, words
from tests.web.visitor import Visitor, session_path

CHECKS = ["known", "agreed", "seen"]
STORY = {"field__story": "A hard year."}
WHY = "A client for twenty years"


@pytest.fixture
def talk(ann: Visitor) -> BeautifulSoup:
    """The first step of the guide with every lock."""
    return ann.starts("discount", field__interest="80")


def _reasons(**reasons: str) -> dict[str, str]:
    return {f"reason:{id}": text for id, text in reasons.items()}


def _reach(visitor: Visitor, talk: BeautifulSoup) -> BeautifulSoup:
    """The second step, which may be skipped."""
    return visitor.answer(talk, option="pays", check=CHECKS, **STORY)


def test_a_locked_answer_is_shown_with_its_reason_and_the_word(talk: BeautifulSoup) -> None:
    shown = [words(answer) for answer in talk.select(".option-locked")]
    assert shown == [
        "2 To waive the interest Locked Above 50, not 80 Choose it all the same",
        "3 To halve it Locked A manager decides Ask a second person",
        "A gift Locked There are none this year",
    ]


def test_only_what_a_reason_opens_can_be_pressed(talk: BeautifulSoup) -> None:
    buttons = talk.select('.options button[name="option"]')
    assert [button["value"] for button in buttons] == ["pays", "waive"]
    assert pick(talk, "details.locked summary")["data-key"] == "2"
    assert not pick(talk, "details.locked").has_attr("open")


def test_a_locked_answer_is_chosen_for_a_reason(ann: Visitor, talk: BeautifulSoup) -> None:
    reach = ann.answer(talk, option="waive", check=CHECKS, **STORY, **_reasons(waive=WHY))
    assert words(reach.h1) == "Ask how to reach them"
    assert words(pick(reach, ".said")).startswith(
        f"Talk about the interest To waive the interest Their story A hard year. Because {WHY}"
    )
    again = ann.follow(ann.send(reach, "/back"))
    assert pick(again, "details.locked").has_attr("open")
    assert pick(again, "#reason-waive").get_text().strip() == WHY


def test_a_locked_answer_without_a_reason_is_refused_where_it_is_asked(ann: Visitor, talk: BeautifulSoup) -> None:
    response = ann.send(talk, "/answer", option="waive", check=CHECKS, **STORY)
    seen = page(response)
    assert response.status_code == 422
    assert pick(seen, "details.locked").has_attr("open")
    assert words(pick(seen, "#reason-waive-error")) == "Above 50, not 80. Give a reason to choose it all the same."
    assert seen.find("a", href="#reason-waive") is not None
    assert pick(seen, "#field-story")["value"] == "A hard year."


@pytest.mark.parametrize("option", ["halve", "gift", "boss"])
def test_no_reason_opens_what_takes_more_than_one(ann: Visitor, talk: BeautifulSoup, option: str) -> None:
    response = ann.send(talk, "/answer", option=option, check=CHECKS, **STORY, **_reasons(**{option: WHY}))
    assert response.status_code == 422
    assert "aria-invalid" not in str(page(response).main)


def test_a_reason_is_asked_for_beside_a_check_only_once_it_was_refused(ann: Visitor, talk: BeautifulSoup) -> None:
    assert talk.select(".checks textarea") == []
    seen = page(ann.send(talk, "/answer", option="pays", **STORY))
    assert [field["name"] for field in seen.select(".checks textarea")] == ["reason:seen", "reason:agreed"]
    assert words(pick(seen, "label[for=why-seen]")) == "Go on without it because …"
    assert words(pick(seen, "#error-agreed")).endswith("or ask a second person to approve going on.")


def test_a_check_is_left_open_for_a_reason(ann: Visitor, talk: BeautifulSoup) -> None:
    seen = page(ann.send(talk, "/answer", option="pays", **STORY, **_reasons(seen="x" * 1001)))
    assert words(pick(seen, "#error-seen")) == "This is too long: 1,001 characters, at most 1,000. Shorten it."
    reach = ann.answer(seen, option="pays", check=CHECKS[:2], **STORY, **_reasons(seen="The system is down"))
    again = ann.follow(ann.send(reach, "/back"))
    assert pick(again, "#why-seen").get_text().strip() == "The system is down"


def test_a_ticked_check_takes_no_reason(ann: Visitor, talk: BeautifulSoup) -> None:
    reach = ann.answer(talk, option="pays", check=CHECKS, **STORY, **_reasons(seen="The system is down"))
    assert "Because" not in words(pick(reach, ".said"))


def test_answers_at_any_time_stand_in_one_row(talk: BeautifulSoup) -> None:
    assert [words(button) for button in talk.select(".anytime-answers button")] == [
        "Client hangs up",
        "Complains about us and comes back here",
        "Names a lawyer Locked",
        "Wants the boss Locked",
    ]
    assert words(pick(talk, "#anytime-boss")) == (
        "Wants the boss Locked The boss takes calls above 500 Why should a second person approve it? "
        "Ask a second person to approve: Wants the boss Not now"
    )


def test_an_answer_at_any_time_ends_the_call(ann: Visitor, talk: BeautifulSoup) -> None:
    ended = ann.answer(talk, option="hung-up")
    assert words(pick(ended, ".ending h2")) == "The line is gone"
    assert ended.select(".anytime") == []


def test_a_detour_comes_back_to_the_step_it_left(ann: Visitor, talk: BeautifulSoup) -> None:
    detour = ann.answer(talk, option="complains")
    assert words(pick(detour, ".guides")) == "A discount \u203a An apology"
    back = ann.answer(detour)
    assert words(back.h1) == "Talk about the interest"
    assert words(pick(back, ".before")).startswith("First: Close it")


def test_a_locked_answer_at_any_time_asks_why_and_keeps_the_step(ann: Visitor, talk: BeautifulSoup) -> None:
    seen = page(ann.send(talk, "/answer", option="lawyer", **STORY))
    assert not pick(seen, "#anytime-lawyer").has_attr("popover")
    assert seen.find("a", href="#reason-lawyer") is not None
    assert pick(seen, "#field-story")["value"] == "A hard year."
    assert words(ann.answer(seen, option="lawyer", **_reasons(lawyer=WHY)).h1) == "Close it"


def test_a_step_is_skipped_for_a_reason(ann: Visitor, talk: BeautifulSoup) -> None:
    assert talk.select(".skipping") == []
    reach = _reach(ann, talk)
    close = ann.follow(ann.send(reach, "/skip", reason="They have no e-mail"))
    assert words(close.h1) == "Close it"
    assert words(pick(close, ".said")).startswith("Ask how to reach them Skipped Because They have no e-mail")
    again = ann.follow(ann.send(close, "/back"))
    assert pick(again, "#skip-reason").get_text().strip() == "They have no e-mail"


@pytest.mark.parametrize("reason", ["", " \n", "x" * 1001])
def test_a_skip_without_a_good_reason_keeps_what_was_typed(ann: Visitor, talk: BeautifulSoup, reason: str) -> None:
    response = ann.send(_reach(ann, talk), "/skip", reason=reason, field__email="bo@example")
    seen = page(response)
    assert response.status_code == 422
    assert pick(seen, "details.skipping").has_attr("open")
    assert seen.find("a", href="#skip-reason") is not None
    assert pick(seen, "#field-email")["value"] == "bo@example"


def test_a_step_that_cannot_be_skipped_is_not(ann: Visitor, talk: BeautifulSoup) -> None:
    reach = _reach(ann, talk)
    close = ann.follow(ann.send(reach, "/skip", reason="None"))
    action = f"{session_path(close)}/skip"
    form = {name: str(pick(close, f"#reply [name={name}]")["value"]) for name in ("csrf", "seq")}
    assert ann.client.post(action, data={**form, "reason": "Later"}).status_code == 422


def test_the_same_skip_twice_is_taken_once(ann: Visitor, talk: BeautifulSoup) -> None:
    reach = _reach(ann, talk)
    sent = [ann.send(reach, "/skip", reason="No e-mail") for _ in range(2)]
    assert [response.status_code for response in sent] == [303, 303]
    assert words(ann.follow(sent[1]).h1) == "Close it"


def test_a_stale_page_shows_the_reasons_that_were_typed(ann: Visitor, talk: BeautifulSoup) -> None:
    _reach(ann, talk)
    response = ann.send(talk, "/answer", option="waive", check=CHECKS, **STORY, **_reasons(waive=WHY))
    assert response.status_code == 409
    assert f"Reason: Waive {WHY}" in words(page(response).main)


def test_a_refused_note_leaves_the_step_as_it_stood(ann: Visitor, talk: BeautifulSoup) -> None:
    again = ann.follow(ann.send(_reach(ann, talk), "/back"))
    seen = page(ann.send(again, "/note", text=" "))
    assert pick(seen, "#field-story")["value"] == "A hard year."
    assert pick(seen, "#check-seen").has_attr("checked")


def test_the_review_tells_overrides_skips_and_detours(ann: Visitor, talk: BeautifulSoup) -> None:
    back = ann.answer(ann.answer(talk, option="complains"))
    reach = ann.answer(back, option="waive", check=CHECKS[:2], **STORY, **_reasons(waive=WHY, seen="No system"))
    close = ann.follow(ann.send(reach, "/skip", reason="No e-mail"))
    review = ann.get(f"/review{session_path(close)}")
    steps = [words(step) for step in review.select(".passed")]
    assert "Complains about us at any time" in steps[0]
    assert "in An apology, a detour" in steps[1]
    assert f"Chosen although it was locked (“Above 50, not 80”): {WHY}" in steps[3]
    assert "Went on without “Payments looked at”: No system" in steps[3]
    assert "Skipped: No e-mail" in steps[4]


def test_the_log_says_the_same_in_sentences(ann: Visitor, talk: BeautifulSoup) -> None:
    back = ann.answer(ann.answer(talk, option="complains"))
    reach = ann.answer(back, option="waive", check=CHECKS[:2], **STORY, **_reasons(waive=WHY, seen="No system"))
    close = ann.follow(ann.send(reach, "/skip", reason="No e-mail"))
    ended = ann.answer(close, option="hung-up")
    log = words(pick(ann.get(f"/review{session_path(ended)}"), ".log table"))
    for sentence in [
        "Answered “Talk about the interest” with “Complains about us”.",
        "Opened “An apology” as a detour.",
        f"Chose “To waive the interest” although it was locked: {WHY}",
        "Went on without “Payments looked at”: No system",
        "Skipped “Ask how to reach them”: No e-mail",
        "Shown: “Client hangs up”.",
    ]:
        assert sentence in log
