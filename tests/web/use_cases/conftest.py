"""A house with two small guides on SQLite and on PostgreSQL, a clock that tests set, and people in it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from tests.web.guides import DISCOUNT
from tests.web.guides import SORRY as APOLOGY
from web.config import Config
from web.storage.people import Person
from web.use_cases.desk import Start
from web.use_cases.house import House, open_house
from web.use_cases.passwords import Passwords

LATE = """\
guide: late
title: A late payment
summary: Agree a date.
tags: [payments]
review_by: 2026-04-01
start: check
fields:
  client_name: {type: text, label: Client's name, given: true, personal: true}
  amount: {type: money, currency: EUR, label: Amount due, min: 1}
  promised: {type: date, label: Date promised, min: today}
outcomes:
  agreed: {label: Date agreed, kind: success}
  ours: {label: The fault was ours, kind: partial}
steps:
  check:
    title: Be certain
    say: Is it {{ client_name }}?
    checks:
      - {id: seen, label: Payments seen, required: true}
    ask: [amount]
    branch:
      - {when: amount > 100, to: talk}
      - {to: small}
  small:
    say: A small sum.
    next: talk
  talk:
    question: What do they say?
    options:
      - {id: date, label: Names a date, to: day}
      - {id: fault, label: It is our fault, to: sorry}
  day:
    say: Which day?
    ask: [promised]
    next: done
  sorry:
    call:
      guide: sorry
      with: {name: client_name}
      otherwise: ended
  done:
    say: Thank you.
    outcome: agreed
  ended:
    outcome: ours
"""
SORRY = """\
guide: sorry
title: An apology
fields:
  name: {type: text, label: Name, given: true, personal: true}
outcomes:
  said: {label: Said sorry, kind: success}
steps:
  say-it:
    title: Say it
    say: We are sorry, {{ name }}.
    next: said
  said:
    outcome: said
"""


@dataclass
class FakeClock:
    """The time that a test says it is."""

    at: datetime = datetime(2026, 3, 2, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def pass_(self, time: timedelta) -> None:
        self.at += time


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of guides."""
    folder = tmp_path / "guides"
    folder.mkdir()
    (folder / "late.yaml").write_text(LATE)
    (folder / "sorry.yaml").write_text(SORRY)
    return folder


@pytest.fixture(scope="session")
def passwords() -> Passwords:
    """Hashes that cost next to nothing."""
    return Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


OpenHouse = Callable[[], House]


@pytest.fixture
def open_again(store_url: str, folder: Path, clock: FakeClock, passwords: Passwords) -> Iterator[OpenHouse]:
    """A function that opens the same store as another process would."""
    houses: list[House] = []

    def open_one() -> House:
        config = Config(database_url=store_url, guides=folder, time_zone="Europe/Berlin")
        houses.append(open_house(config, clock, passwords))
        return houses[-1]

    yield open_one
    for house in houses:
        house.close()


@pytest.fixture
def house(open_again: OpenHouse) -> House:
    """The house with its guides published."""
    house = open_again()
    house.import_guides()
    return house


@pytest.fixture
def ann(house: House) -> Person:
    return house.people.add("Ann", "agent", "north")


@pytest.fixture
def bob(house: House) -> Person:
    return house.people.add("Bob", "agent", "south")


@pytest.fixture
def locked(house: House, folder: Path, ann: Person) -> str:
    """A session of Ann's at a step where a second person can open an option, a check and an anytime answer."""
    (folder / "discount.yaml").write_text(DISCOUNT)
    (folder / "sorry.yaml").write_text(APOLOGY)
    assert house.import_guides().problems == ()
    return house.desk.start(ann, "discount", Start({"client_name": "Zoë", "interest": "80"}))
