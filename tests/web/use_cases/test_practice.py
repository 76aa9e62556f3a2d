"""Practice: what is done in it is written to its own log alone."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from engine.replies import Reply
from tests.web.guides import DISCOUNT
from tests.web.guides import SORRY as APOLOGY
from tests.web.use_cases.calls import CALLS
from web.storage.ledger import RECORDS
from web.storage.people import Person
from web.use_cases.approvals import COACH
from web.use_cases.desk import Start
from web.use_cases.house import House


@pytest.mark.parametrize(("practice", "records"), [(True, 0), (False, 1)])
def test_practice_records_nothing_in_the_ledger(
    house: House, folder: Path, ann: Person, practice: bool, records: int
) -> None:
    (folder / "calls.yaml").write_text(CALLS)
    assert house.import_guides().problems == ()
    session = house.desk.start(ann, "calls", Start(client="C-7", practice=practice))
    look = house.desk.answer(ann, session, house.moves.look(ann, session).state.seq, Reply("nobody"))
    assert (look.state.outcome, look.head.practice) == ("silent", practice)
    with house.database.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(RECORDS)) == records


@pytest.mark.parametrize("practice", [True, False])
def test_nobody_is_asked_to_approve_practice(house: House, folder: Path, ann: Person, practice: bool) -> None:
    (folder / "discount.yaml").write_text(DISCOUNT)
    (folder / "sorry.yaml").write_text(APOLOGY)
    assert house.import_guides().problems == ()
    given = {"client_name": "Zoë", "interest": "80"}
    session = house.desk.start(ann, "discount", Start(given, practice=practice))
    look = house.approvals.ask(ann, session, 2, ("halve", "A client for twenty years"))
    waiting = house.approvals.board(house.people.add("Mia", "manager", "north")).waiting
    assert len(waiting) == (0 if practice else 1)
    halve = house.approvals.asked(look)["halve"]
    assert (halve.status, halve.by) == (("given", COACH) if practice else ("waiting", "Ann"))


def test_practice_is_told_among_ones_open_sessions(house: House, ann: Person) -> None:
    for practice in (True, False):
        house.desk.start(ann, "late", Start({"client_name": "Zoë"}, practice=practice))
    assert sorted(session.practice for session in house.desk.open_sessions(ann)) == [False, True]
