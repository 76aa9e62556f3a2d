"""The application over a house of its own with three guides, and people who visit it."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask

from tests.compiled import quick
from tests.web.guides import DISCOUNT, KITCHEN, SORRY
from tests.web.visitor import Visitor
from web.app import create_app
from web.config import Config
from web.context import Services
from web.use_cases.house import House, open_house
from web.use_cases.passwords import Passwords

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)

SignIn = Callable[..., Visitor]


@pytest.fixture(scope="session")
def cheap_passwords() -> Passwords:
    """Hashes that cost next to nothing."""
    return Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def web_house(tmp_path: Path, sqlite_store: Path, cheap_passwords: Passwords) -> Iterator[House]:
    """A house whose clock starts at noon of 2 March 2026 and goes on a second whenever it is asked."""
    seconds = count()
    guides = tmp_path / "guides"
    guides.mkdir()
    (guides / "kitchen.yaml").write_text(KITCHEN)
    (guides / "sorry.yaml").write_text(SORRY)
    (guides / "discount.yaml").write_text(DISCOUNT)
    shutil.copy(sqlite_store, tmp_path)
    config = Config(data=tmp_path, guides=guides)
    house = open_house(config, lambda: NOON + timedelta(seconds=next(seconds)), cheap_passwords)
    imported = house.import_guides()
    assert imported.problems == ()
    yield house
    house.close()


@pytest.fixture
def app(web_house: House) -> Flask:
    """The application; a fault in it fails the test instead of becoming a page."""
    made = quick(create_app(web_house.config, Services.of(web_house)))
    made.testing = True
    return made


@pytest.fixture
def stranger(app: Flask) -> Visitor:
    """Somebody who is not signed in."""
    return Visitor(app.test_client())


@pytest.fixture
def sign_in(app: Flask, web_house: House) -> SignIn:
    """A function that adds a person and signs them in."""

    def enter(name: str, role: str = "agent", team: str | None = None) -> Visitor:
        web_house.people.add(name, role, team)
        token = web_house.people.use_link(web_house.people.make_link(name))
        visitor = Visitor(app.test_client())
        visitor.client.set_cookie("handrail-session", token)
        return visitor

    return enter


@pytest.fixture
def ann(sign_in: SignIn) -> Visitor:
    """An agent who is signed in."""
    return sign_in("Ann")
