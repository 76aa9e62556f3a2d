from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from engine.compiler import compile_guides
from engine.errors import EndedError, NothingBeforeError, NotOnPathError, RefusedError
from engine.folds import stored
from engine.replies import Reply
from engine.screen import build
from engine.state import State, path, replay
from tests.web.storage.statements import Statements
from tests.web.use_cases.conftest import SORRY, FakeClock
from web.storage import events
from web.storage.people import Person
from web.storage.sessions import SESSIONS
from web.use_cases import turns
from web.use_cases.desk import Custom, Desk, Start
from web.use_cases.house import House
from web.use_cases.moves import Look
from web.use_cases.refusals import NotAllowedError, NotFoundError, StaleError, TooLateError
from web.use_cases.shelf import Shelf

CHECKED = Reply(values={"amount": "120"}, checks=("seen",))
GIVEN = {"client_name": "Zoë"}
HOUR = timedelta(hours=1)


@pytest.fixture
def started(house: House, ann: Person) -> str:
    """The id of a session of Ann's that stands at its first step."""
    return house.desk.start(ann, "late", Start(GIVEN))


Walk = Callable[..., Look]


@pytest.fixture
def walk(house: House, ann: Person, started: str) -> Walk:
    """A function that answers step after step as Ann would, each time from a fresh page."""

    def walk(*replies: Reply) -> Look:
        look = house.moves.look(ann, started)
        for reply in replies:
            look = house.desk.answer(ann, started, look.state.seq, reply)
        return look

    return walk


def _same(look: Look, state: State | None = None) -> tuple[object, ...]:
    """What two looks at one place share."""
    return stored(state or look.state), build(state or look.state)


def _kinds(house: House, session: str) -> list[str]:
    return [logged.payload["kind"] for logged in events.log(house.database, session)]


def test_guides_to_start_are_listed_by_title(house: House, ann: Person) -> None:
    cards = house.desk.guides(ann)
    assert [(card.id, card.number, card.tags) for card in cards] == [("late", 1, ("payments",)), ("sorry", 1, ())]


def test_a_guide_past_its_date_needs_re_checking(house: House, ann: Person, clock: FakeClock) -> None:
    told = []
    for day in (1, 2):
        clock.at = datetime(2026, 4, day, tzinfo=UTC)
        told.append(house.desk.guides(ann)[0].needs_recheck)
    assert told == [False, True]


def test_a_start_asks_for_what_the_guide_is_given(house: House, ann: Person) -> None:
    form = house.desk.starting(ann, "late")
    assert (form.guide.title, [field.id for field in form.fields]) == ("A late payment", ["client_name"])


def test_a_session_knows_who_calls_and_the_settings(house: House, ann: Person, started: str) -> None:
    assert house.moves.look(ann, started).state.started.sources == {"agent.name": "Ann"}
    desk = Desk(house.moves, house.database, Shelf(house.database), Custom(settings={"company": "Acme"}))
    other = house.moves.look(ann, desk.start(ann, "late", Start(GIVEN)))
    assert other.state.started.sources == {"agent.name": "Ann", "setting.company": "Acme"}


def test_a_start_without_what_is_required_is_refused(house: House, ann: Person) -> None:
    with pytest.raises(RefusedError) as refused:
        house.desk.start(ann, "late", Start({}))
    assert list(refused.value.refusals) == ["client_name"]
    assert house.desk.open_sessions(ann) == ()


def test_a_guide_that_is_not_there_cannot_be_started(house: House, ann: Person) -> None:
    for ask in (lambda: house.desk.starting(ann, "none"), lambda: house.desk.start(ann, "none", Start())):
        with pytest.raises(NotFoundError):
            ask()


def test_who_is_disabled_may_do_nothing_at_the_desk(house: House, ann: Person, started: str) -> None:
    with pytest.raises(NotAllowedError):
        house.moves.look(ann._replace(disabled=True), started)


def test_a_session_starts_at_its_first_step_and_pins_all_it_can_reach(house: House, ann: Person, started: str) -> None:
    look = house.moves.look(ann, started)
    assert (look.screen.content.step, look.screen.content.say, look.state.seq) == ("check", "Is it Zoë?", 2)
    assert {id: pin.number for id, pin in look.head.pins.items()} == {"late": 1, "sorry": 1}
    assert look.state.started.time_zone == "Europe/Berlin"


def test_the_same_start_sent_twice_starts_one_session(house: House, ann: Person, bob: Person) -> None:
    first, second = (house.desk.start(ann, "late", Start(GIVEN, key="k")) for _ in range(2))
    assert first == second
    assert house.desk.start(bob, "late", Start(GIVEN, key="k")) != first
    assert house.desk.start(ann, "late", Start(GIVEN, key="other")) != first


def test_an_answer_goes_on_and_is_logged(house: House, started: str, walk: Walk) -> None:
    assert walk(CHECKED).screen.content.step == "talk"
    assert _kinds(house, started) == ["session_started", "step_shown", "answered", "branched", "step_shown"]


def test_what_is_looked_at_again_is_what_the_log_tells(house: House, ann: Person, started: str, walk: Walk) -> None:
    walk(CHECKED, Reply("date"))
    house.desk.back(ann, started, walk().state.seq)
    look = house.moves.look(ann, started)
    logged = [turns.event_of(each) for each in events.log(house.database, started)]
    assert _same(look, replay(look.state.guides, logged)) == _same(look)


def test_a_fold_of_another_format_is_replayed_from_the_log(house: House, ann: Person, started: str, walk: Walk) -> None:
    before = walk(CHECKED)
    with house.database.writing() as connection:
        connection.execute(SESSIONS.update().values(fold='{"format":0}'))
    assert _same(house.moves.look(ann, started)) == _same(before)


def test_personal_values_lie_beside_the_log_s_payload(house: House, started: str, walk: Walk) -> None:
    walk(CHECKED, Reply("fault"))
    logged = events.log(house.database, started)
    assert "Zoë" not in str([each.payload for each in logged])
    assert [each.personal for each in logged if each.personal] == [{"given": GIVEN}, {"given": {"name": "Zoë"}}]


def test_what_is_personal_is_known_by_the_names_it_has_in_the_log() -> None:
    mail = "  mail: {type: email, fact: agreement, id: terms, field: mail, personal: true}\n"
    guide = compile_guides({"sorry.yaml": SORRY.replace("fields:\n", f"fields:\n{mail}")}).guides["sorry"]
    assert turns.personal_fields({"sorry": guide}) == {"name", "mail", "agreement.terms.mail", *turns.CLIENT}


def test_each_way_taken_is_told_once(house: House, started: str, walk: Walk) -> None:
    walk(Reply(values={"amount": "5"}, checks=("seen",)), Reply(), Reply("fault"), Reply())
    columns = events.EVENTS.c
    query = events.EVENTS.select().with_only_columns(columns.kind, columns.guide, columns.from_step, columns.to_step)
    with house.database.reading() as connection:
        ways = connection.execute(query.where(columns.to_step.is_not(None)).order_by(columns.seq)).all()
    assert [tuple(way) for way in ways] == [
        ("branched", "late", "check", "small"),
        ("answered", "late", "small", "talk"),
        ("answered", "late", "talk", "sorry"),
        ("called", "late", "sorry", "say-it"),
        ("answered", "sorry", "say-it", "said"),
        ("returned", "sorry", "said", "ended"),
    ]


def test_a_wrong_value_is_refused_and_nothing_is_logged(house: House, ann: Person, started: str) -> None:
    with pytest.raises(RefusedError) as refused:
        house.desk.answer(ann, started, 2, Reply(values={"amount": "0"}))
    assert set(refused.value.refusals) == {"amount", "check:seen"}
    assert len(_kinds(house, started)) == 2


def test_the_same_answer_sent_twice_is_logged_once(house: House, ann: Person, started: str) -> None:
    first, second = (house.desk.answer(ann, started, 2, CHECKED) for _ in range(2))
    assert _same(first) == _same(second)
    assert _kinds(house, started).count("answered") == 1


def test_another_answer_from_a_page_left_behind_is_stale(house: House, ann: Person, started: str, walk: Walk) -> None:
    here = walk(CHECKED)
    with pytest.raises(StaleError) as stale:
        house.desk.answer(ann, started, 2, CHECKED._replace(values={"amount": "121"}))
    assert _same(stale.value.look) == _same(here)
    assert _kinds(house, started).count("answered") == 1


def test_a_page_from_the_future_is_stale(house: House, ann: Person, started: str) -> None:
    with pytest.raises(StaleError):
        house.desk.answer(ann, started, 99, CHECKED)


def test_a_note_does_not_make_an_open_page_stale(house: House, ann: Person, started: str) -> None:
    house.desk.note(ann, started, "She is abroad.", 2)
    assert house.desk.answer(ann, started, 2, CHECKED).screen.content.step == "talk"


def test_the_same_answer_from_many_tabs_at_once_is_logged_once(house: House, ann: Person, started: str) -> None:
    with ThreadPoolExecutor(8) as pool:
        looks = list(pool.map(lambda _: house.desk.answer(ann, started, 2, CHECKED), range(16)))
    assert {look.state.seq for look in looks} == {5}
    assert _kinds(house, started).count("answered") == 1


def test_different_answers_at_once_leave_one_winner(house: House, ann: Person, started: str, walk: Walk) -> None:
    seq = walk(CHECKED).state.seq

    def answer(option: str) -> str:
        try:
            return house.desk.answer(ann, started, seq, Reply(option)).screen.content.step
        except StaleError:
            return "stale"

    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(answer, ["date", "fault"] * 8))
    assert sorted(set(told)) in (["day", "stale"], ["say-it", "stale"])
    assert _kinds(house, started).count("answered") == 2


def test_another_agent_s_session_is_as_if_it_were_not_there(house: House, bob: Person, started: str) -> None:
    administrator = house.people.add("Eve", "administrator")
    asks: list[Callable[[Person, str], object]] = [
        house.moves.look,
        lambda person, session: house.desk.answer(person, session, 2, CHECKED),
        lambda person, session: house.desk.back(person, session, 2),
        lambda person, session: house.desk.note(person, session, "Hello"),
        lambda person, session: house.desk.end(person, session, 2, "Over"),
    ]
    for ask in asks:
        for person, session in ((bob, started), (administrator, started), (bob, "unknown-session")):
            with pytest.raises(NotFoundError) as refused:
                ask(person, session)
            assert str(refused.value) == str(NotFoundError("session"))


def test_a_head_read_before_is_another_agent_s_too(house: House, ann: Person, bob: Person, started: str) -> None:
    head = house.moves.look(ann, started).head
    with pytest.raises(NotFoundError):
        house.moves.look(bob, head)


def test_a_step_is_one_read_and_one_commit(house: House, ann: Person, started: str) -> None:
    token = house.people.use_link(house.people.make_link("Ann"))
    house.moves.look(ann, started)
    with Statements(house.database) as statements:
        entry = house.people.enter(token, started)
        assert entry is not None
        house.desk.answer(entry.person, entry.head or started, 2, CHECKED)
    assert (statements.reads, statements.commits) == (1, 1)
    assert statements.round_trips == 2


def test_a_request_that_lost_a_race_is_decided_anew(house: House, ann: Person, started: str) -> None:
    before = house.moves.look(ann, started).head
    house.desk.note(ann, started, "Between.")
    assert house.desk.answer(ann, before, 2, CHECKED).screen.content.step == "talk"
    house.desk.note(ann, before, "After.")
    assert _kinds(house, started)[2:] == ["note_added", "answered", "branched", "step_shown", "note_added"]


def test_a_walk_through_a_called_guide_ends_with_an_outcome(
    house: House, ann: Person, started: str, walk: Walk
) -> None:
    assert walk(CHECKED, Reply("fault")).screen.content.say == "We are sorry, Zoë."
    look = walk(Reply())
    head = house.moves.look(ann, started).head
    assert (look.state.status, look.state.outcome) == ("ended", "ours")
    assert (head.status, head.outcome, head.ending) == ("ended", "ours", "The fault was ours")


def test_back_goes_back_and_the_same_back_again_goes_no_further(
    house: House, ann: Person, started: str, walk: Walk
) -> None:
    seq = walk(CHECKED, Reply("date")).state.seq
    first, second = (house.desk.back(ann, started, seq) for _ in range(2))
    assert first.screen.content.step == "talk"
    assert _same(first) == _same(second)
    assert _kinds(house, started).count("went_back") == 1


def test_back_to_a_step_goes_there(house: House, ann: Person, started: str, walk: Walk) -> None:
    look = house.desk.back(ann, started, walk(CHECKED, Reply("date")).state.seq, "late/check")
    assert look.screen.content.step == "check"
    assert path(look.state) == ()


def test_another_back_from_the_same_page_is_stale(house: House, ann: Person, started: str, walk: Walk) -> None:
    seq = walk(CHECKED, Reply("date")).state.seq
    house.desk.back(ann, started, seq)
    with pytest.raises(StaleError):
        house.desk.back(ann, started, seq, "check")


def test_there_is_nothing_before_the_first_step(house: House, ann: Person, started: str) -> None:
    with pytest.raises(NothingBeforeError):
        house.desk.back(ann, started, 2)
    with pytest.raises(NotOnPathError):
        house.desk.back(ann, started, 2, "day")


def test_back_reopens_for_a_day(house: House, ann: Person, started: str, walk: Walk, clock: FakeClock) -> None:
    end = walk(CHECKED, Reply("fault"), Reply())
    clock.pass_(24 * HOUR)
    look = house.desk.back(ann, started, end.state.seq)
    assert (look.state.status, look.screen.content.step) == ("active", "say-it")
    assert house.desk.open_sessions(ann)[0].id == started
    assert house.moves.look(ann, started).head.ended is None


def test_after_a_day_only_notes_are_taken(
    house: House, ann: Person, started: str, walk: Walk, clock: FakeClock
) -> None:
    end = walk(CHECKED, Reply("fault"), Reply())
    clock.pass_(23 * HOUR)
    house.desk.note(ann, started, "A note does not make the end any later.")
    clock.pass_(2 * HOUR)
    house.desk.note(ann, started, "Paid today.")
    with pytest.raises(TooLateError, match="24 hours"):
        house.desk.back(ann, started, end.state.seq)


def test_what_has_ended_takes_no_answer(house: House, ann: Person, started: str, walk: Walk) -> None:
    end = walk(CHECKED, Reply("fault"), Reply())
    with pytest.raises(EndedError):
        house.desk.answer(ann, started, end.state.seq, Reply())


def test_a_note_sent_twice_from_one_page_is_written_once(house: House, ann: Person, started: str) -> None:
    for _ in range(2):
        house.desk.note(ann, started, " She is abroad.\r\n", 2)
    house.desk.note(ann, started, "She is abroad.", 3)
    assert _kinds(house, started).count("note_added") == 2


@pytest.mark.parametrize("text", ["", " \r\n\0 ", "x" * 10_001])
def test_a_note_needs_words_and_not_too_many(house: House, ann: Person, started: str, text: str) -> None:
    with pytest.raises(RefusedError) as refused:
        house.desk.note(ann, started, text)
    assert list(refused.value.refusals) == ["text"]


def test_a_session_can_be_ended_before_an_outcome(house: House, ann: Person, started: str) -> None:
    first, second = (house.desk.end(ann, started, 2, "Hung up") for _ in range(2))
    assert (first.state.status, first.state.outcome, first.state.ended_by) == ("ended", None, "Hung up")
    assert _same(first) == _same(second)
    assert house.desk.open_sessions(ann) == ()
    with pytest.raises(StaleError):
        house.desk.end(ann, started, 2, "Another reason")


def test_what_no_store_can_keep_is_left_out_of_words(house: House, ann: Person, started: str) -> None:
    house.desk.note(ann, started, "A\0b\ud800\x1fc\rd")
    session = house.desk.start(ann, "late", Start(GIVEN, reference="T\0-7\n\ud800 x", client="C\0"))
    head = house.moves.look(ann, session).head
    assert (head.reference, head.client) == ("T-7 x", "C")
    assert events.log(house.database, started)[-1].payload["text"] == "Abc\nd"


def test_ending_needs_a_reason(house: House, ann: Person, started: str) -> None:
    with pytest.raises(RefusedError) as refused:
        house.desk.end(ann, started, 2, " ")
    assert list(refused.value.refusals) == ["reason"]


def test_open_sessions_say_where_each_stands(house: House, ann: Person, bob: Person, walk: Walk) -> None:
    walk(CHECKED)
    mine = house.desk.open_sessions(ann)
    assert [(each.title.text, each.step) for each in mine] == [("A late payment", "What do they say?")]
    assert house.desk.open_sessions(bob) == ()


def test_times_never_run_backwards_in_a_session(house: House, ann: Person, started: str, clock: FakeClock) -> None:
    clock.pass_(-HOUR)
    house.desk.answer(ann, started, 2, CHECKED)
    head = house.moves.look(ann, started).head
    assert head.last_at == head.started


def test_the_day_of_an_event_is_that_of_the_session_s_zone(
    house: House, ann: Person, started: str, clock: FakeClock
) -> None:
    clock.at = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)  # half past midnight in Berlin
    house.desk.answer(ann, started, 2, CHECKED)
    with house.database.reading() as connection:
        days = connection.scalars(events.EVENTS.select().with_only_columns(events.EVENTS.c.day)).all()
    assert [day.day for day in days] == [2, 2, 3, 3, 3]


NAMED = """\
guide: named
title: Named
fields:
  agent: {type: text, label: Your name, from: agent.name}
outcomes: {done: {label: Done, kind: success}}
steps:
  hello: {say: "This is {{ agent }}.", next: bye}
  bye: {outcome: done}
"""


def test_guides_say_what_the_person_is_called(house: House, ann: Person, folder: Path) -> None:
    (folder / "named.yaml").write_text(NAMED)
    house.import_guides()
    before = house.desk.start(ann, "named", Start())
    kim = house.people.rename("Ann", "Kim Lee")
    assert [house.desk.starting(person, "named").nameless for person in (ann, kim)] == [True, False]
    assert not house.desk.starting(ann, "late").nameless
    said = [house.moves.look(kim, id).screen.content.say for id in (before, house.desk.start(kim, "named", Start()))]
    assert said == ["This is Ann.", "This is Kim Lee."]
