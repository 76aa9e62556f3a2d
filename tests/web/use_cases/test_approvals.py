from collections.abc import Callable
from pathlib import Path

import pytest

from engine.errors import EndedError, RefusedError
from engine.replies import Reply
from tests.web.storage.statements import Statements
from web.bearings import weighed
from web.storage.people import Person
from web.use_cases.approvals import Word
from web.use_cases.desk import Start
from web.use_cases.house import House
from web.use_cases.refusals import DecidedError, NotAllowedError, NotFoundError, StaleError

YES, NO = Word("halve", True, ""), Word("halve", False, "Not this year")
HALVE = Reply("halve", {"story": "A hard year"}, ("seen", "known", "agreed"))
ASK = ("halve", "A client for twenty years")


@pytest.fixture
def mia(house: House) -> Person:
    """The manager of Ann's team."""
    return house.people.add("Mia", "manager", "north")


REFUND = """\
guide: refund
title: Money back
fields:
  sum: {type: integer, label: Sum, given: true}
  days: {type: integer, label: Days since, given: true}
  interest: {type: integer, label: Interest, value: sum - 225}
  rules: {type: boolean, label: By the rules, value: sum <= 100 and interest < 20}
outcomes:
  back: {label: It went back, kind: success}
steps:
  decide:
    question: Does it go back?
    options:
      - {id: no, label: Stays, to: end}
      - {id: back, label: Goes back, allow: rules, because: Not by the rules, override: approval, to: end}
  end:
    outcome: back
"""


def _asked(house: House, person: Person, session: str) -> dict[str, tuple[str, str, str]]:
    found = house.approvals.asked(house.moves.look(person, session))
    return {what: (asked.status, asked.by, asked.words) for what, asked in found.items()}


def _waiting(house: House, person: Person) -> list[tuple[str, str, str]]:
    board = house.approvals.board(person)
    return [(each.asker, each.request.label, each.request.reason) for each in board.waiting]


def test_a_request_waits_on_the_desk_of_the_manager_and_their_word_opens_the_lock(
    house: House, ann: Person, mia: Person, locked: str
) -> None:
    look = house.approvals.ask(ann, locked, 2, ASK)
    assert _waiting(house, mia) == [("Ann", "To halve it", "A client for twenty years")]
    assert _asked(house, ann, locked) == {"halve": ("waiting", "Ann", "A client for twenty years")}
    with pytest.raises(RefusedError):
        house.desk.answer(ann, locked, look.state.seq, HALVE)
    house.approvals.decide(mia, locked, YES._replace(reason="This once"))
    assert (_waiting(house, mia), _asked(house, ann, locked)) == ([], {"halve": ("given", "Mia", "This once")})
    assert house.desk.answer(ann, locked, look.state.seq, HALVE).screen.content.step == "reach"
    sentences = [told.sentence for told in house.reviews.session(mia, locked).events]
    assert "Asked a second person to approve “To halve it”: A client for twenty years" in sentences
    assert "Approved “To halve it”: This once" in sentences


def test_a_refusal_is_told_with_its_reason_and_can_be_asked_again(
    house: House, ann: Person, mia: Person, locked: str
) -> None:
    house.approvals.ask(ann, locked, 2, ASK)
    house.approvals.decide(mia, locked, NO)
    assert _asked(house, ann, locked) == {"halve": ("refused", "Mia", "Not this year")}
    house.approvals.ask(ann, locked, house.moves.look(ann, locked).state.seq, ("halve", "They may leave us"))
    assert _waiting(house, mia) == [("Ann", "To halve it", "They may leave us")]


@pytest.mark.parametrize(("what", "label"), [("agreed", "Agreed with sales"), ("boss", "Wants the boss")])
def test_checks_and_answers_at_any_time_are_asked_for_too(
    house: House, ann: Person, mia: Person, locked: str, what: str, label: str
) -> None:
    house.approvals.ask(ann, locked, 2, (what, "Because"))
    assert _waiting(house, mia) == [("Ann", label, "Because")]
    house.approvals.decide(mia, locked, Word(what, True, ""))
    assert house.moves.look(ann, locked).state.approved(("", "talk", 1)) == {what}


def test_asking_and_deciding_twice_is_done_once(house: House, ann: Person, mia: Person, locked: str) -> None:
    for _ in range(2):
        seq = house.approvals.ask(ann, locked, 2, ASK).state.seq
    for _ in range(2):
        house.approvals.decide(mia, locked, YES)
    assert house.moves.look(ann, locked).state.seq == seq + 1 == 4
    with pytest.raises(DecidedError):
        house.approvals.decide(mia, locked, NO)


def test_what_the_call_left_behind_waits_no_more(house: House, ann: Person, mia: Person, locked: str) -> None:
    seq = house.approvals.ask(ann, locked, 2, ASK).state.seq
    moved = house.desk.answer(ann, locked, seq, HALVE._replace(option="pays"))
    assert (_waiting(house, mia), house.approvals.asked(moved)) == ([], {})
    with pytest.raises(DecidedError):
        house.approvals.matter(mia, locked, "halve")
    with pytest.raises(DecidedError):
        house.approvals.decide(mia, locked, YES)
    house.desk.back(ann, locked, moved.state.seq)
    assert _asked(house, ann, locked)["halve"][0] == "dropped"


def test_only_a_second_person_with_the_right_sees_and_decides(
    house: House, ann: Person, mia: Person, locked: str
) -> None:
    add = house.people.add
    ann_leads, far, lone = (
        house.people.change_role("Ann", "manager"),
        add("Far", "manager", "south"),
        add("L", "manager"),
    )
    house.approvals.ask(ann_leads, locked, 2, ASK)
    for person in (ann_leads, far, lone):
        assert _waiting(house, person) == []
        with pytest.raises(NotFoundError):
            house.approvals.decide(person, locked, YES)
    assert _waiting(house, add("Root", "administrator")) == _waiting(house, mia) != []
    with pytest.raises(NotAllowedError):
        house.approvals.board(add("Kim", "agent", "north"))


def test_a_request_needs_a_reason_a_lock_and_an_open_session(
    house: House, ann: Person, bob: Person, locked: str
) -> None:
    for asked in [("halve", " "), ("halve", "x" * 1001), ("waive", "Please"), ("none", "Please")]:
        with pytest.raises(RefusedError) as refused:
            house.approvals.ask(ann, locked, 2, asked)
        assert list(refused.value.refusals) == ["approval:halve" if asked[0] == "halve" else "option"]
    with pytest.raises(NotFoundError):
        house.approvals.ask(bob, locked, 2, ASK)
    seq = house.desk.end(ann, locked, 2, "Hung up").state.seq
    with pytest.raises(StaleError):
        house.approvals.ask(ann, locked, 2, ASK)
    with pytest.raises(EndedError):
        house.approvals.ask(ann, locked, seq, ASK)


def test_a_refusal_needs_a_reason(house: House, ann: Person, mia: Person, locked: str) -> None:
    house.approvals.ask(ann, locked, 2, ASK)
    with pytest.raises(RefusedError, match="Say why not"):
        house.approvals.decide(mia, locked, NO._replace(reason=" "))
    assert len(_waiting(house, mia)) == 1


def test_the_tag_of_a_board_changes_with_it_and_costs_one_row(
    house: House, ann: Person, mia: Person, locked: str
) -> None:
    tags = [house.approvals.tag(mia)]
    steps: list[Callable[[], object]] = [
        lambda: house.approvals.ask(ann, locked, 2, ASK),
        lambda: house.approvals.decide(mia, locked, NO),
        lambda: house.approvals.ask(ann, locked, 4, ("halve", "Please")),
        lambda: house.desk.end(ann, locked, 5, "Hung up"),
    ]
    for step in steps:
        step()
        tags.append(house.approvals.tag(mia))
    house.desk.back(ann, locked, house.moves.look(ann, locked).state.seq)
    assert len(set(tags)) == 5
    with Statements(house.database) as statements:
        assert house.approvals.tag(mia) == tags[-1]
    assert [sent.count("boards") > 0 for sent in statements.sent] == [True]


def test_where_a_rule_decides_what_it_is_worked_out_of_is_weighed(house: House, ann: Person, folder: Path) -> None:
    (folder / "refund.yaml").write_text(REFUND)
    house.import_guides()
    session = house.desk.start(ann, "refund", Start({"sum": "250", "days": "9"}))
    told = [tuple(known) for known in weighed(house.moves.look(ann, session).state, "back")]
    assert told == [("Sum", "250"), ("Interest", "25"), ("By the rules", "No")]
