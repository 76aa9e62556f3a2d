"""The contact ladder of the shipped guide, from what earlier sessions recorded."""

from datetime import timedelta
from importlib.resources import files

import pytest

from engine.compiler import build_guides, reachable
from engine.replies import Reply
from tests.web.use_cases.conftest import FakeClock
from web.storage.people import Person
from web.use_cases.desk import Start
from web.use_cases.figures import figures
from web.use_cases.house import House
from web.use_cases.moves import Look

SILENT = Reply("silent", {"matter": "your order"}, ("answers-looked-for", "details-compared"))
NO_MORE = Reply(values={"more_tries": "0"})
FIRST = Reply(values={"attempts": "0", "days_silent": "0", "channels": ["none"]})


@pytest.fixture
def ladder(house: House) -> House:
    """The house with the shipped guide and those that it leads to."""
    assert house.config.guides is not None
    texts = {file.name: file.read_bytes() for file in files("guides").iterdir() if file.name.endswith(".yaml")}
    guides = build_guides(texts)
    for id in reachable(guides["unresponsive-client"], guides):
        (house.config.guides / f"{id}.yaml").write_bytes(texts[f"{id}.yaml"])
    assert house.import_guides().skipped == ()
    return house


def _tried(house: House, person: Person, *replies: Reply) -> list[str]:
    """The steps that a call with the silent client leads through; it ends with a day for the next try."""
    client = Start({"client_name": "Dr Lind"}, client="C-7")
    look: Look = house.moves.look(person, house.desk.start(person, "unresponsive-client", client))
    steps = []
    for reply in replies:
        steps.append(look.screen.content.step)
        look = house.desk.answer(person, look.session_id, look.state.seq, reply)
    return [*steps, look.screen.content.step]


def _next_try(clock: FakeClock) -> Reply:
    return Reply(values={"next_try": (clock.at + timedelta(days=4)).date().isoformat()})


def test_the_next_rung_follows_from_what_the_days_before_recorded(ladder: House, ann: Person, clock: FakeClock) -> None:
    rungs = []
    tries = [(FIRST, "no-answer"), (NO_MORE, "no-answer-email"), (NO_MORE, "no-answer"), (NO_MORE, "no-answer")]
    for known, answer in tries:
        rungs.append(_tried(ladder, ann, SILENT, known, Reply(answer), _next_try(clock))[2])
        clock.pass_(timedelta(days=5))
    rungs.append(_tried(ladder, ann, SILENT, NO_MORE)[2])
    assert rungs == ["call-first", "write-short", "write-short", "other-way", "set-last-day"]


def test_the_ladder_shows_what_it_is_computed_from(ladder: House, ann: Person, clock: FakeClock) -> None:
    _tried(ladder, ann, SILENT, FIRST, Reply("voicemail"), _next_try(clock))
    clock.pass_(timedelta(days=3))
    look = ladder.moves.look(
        ann, ladder.desk.start(ann, "unresponsive-client", Start({"client_name": "Dr Lind"}, client="C-7"))
    )
    assert [(figure.label, figure.text) for figure in figures(look.state)] == [
        ("Contacts in the last 60 days", "1"),
        ("Days since the first contact of the last 60 days", "3"),
        ("Different ways tried in the last 60 days", "1"),
        ("How it ended last time, within 120 days", "Next try planned"),
        ("Open promises of ours", "1"),
    ]


def test_who_was_reached_is_not_silent_any_more(ladder: House, ann: Person, clock: FakeClock) -> None:
    _tried(ladder, ann, SILENT, FIRST, Reply("no-answer"), _next_try(clock))
    clock.pass_(timedelta(days=5))
    _tried(ladder, ann, SILENT, NO_MORE, Reply("answers"))
    clock.pass_(timedelta(days=5))
    assert _tried(ladder, ann, SILENT, FIRST)[2] == "call-first"


def test_a_call_that_reached_the_client_today_is_told_and_is_no_try(ladder: House, ann: Person) -> None:
    _tried(ladder, ann, SILENT, FIRST, Reply("answers"))
    started = ladder.desk.start(ann, "unresponsive-client", Start({"client_name": "Dr Lind"}, client="C-7"))
    first = ladder.moves.look(ann, started)
    counting = ladder.desk.answer(ann, started, first.state.seq, SILENT)
    assert "They were reached today: is it silence at all?" in first.screen.content.note
    told = "They were reached today. Count only tries since then. Taken from the record: tries **0**, ways **0**."
    assert told in counting.screen.content.note


@pytest.mark.parametrize("tries", [1, 2])
def test_each_count_of_tries_is_written_as_it_is_said(ladder: House, ann: Person, clock: FakeClock, tries: int) -> None:
    for known, how in [(FIRST, "no-answer"), (NO_MORE, "no-answer-email")][:tries]:
        _tried(ladder, ann, SILENT, known, Reply(how), _next_try(clock))
    started = ladder.desk.start(ann, "unresponsive-client", Start({"client_name": "Dr Lind"}, client="C-7"))
    counting = ladder.desk.answer(ann, started, ladder.moves.look(ann, started).state.seq, SILENT)
    told = f"In the last 60 days nobody reached them. Taken from the record: tries **{tries}**, ways **{tries}**."
    assert told in counting.screen.content.note


def test_without_a_client_the_ladder_says_that_no_record_was_looked_at(ladder: House, ann: Person) -> None:
    look = ladder.moves.look(ann, ladder.desk.start(ann, "unresponsive-client", Start({"client_name": "Dr Lind"})))
    assert "No client reference is given yet, so no record was looked at." in look.screen.content.note
