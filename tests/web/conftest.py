"""The application over a house of its own with three guides, and people who visit it."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask

from tests.compiled import compiled_once, quick
from tests.web.guides import DISCOUNT, KITCHEN, SORRY
from tests.web.visitor import Visitor
from web.app import create_app
from web.config import Config
from web.context import Services
from web.use_cases.house import House, open_house
from web.use_cases.passwords import Passwords

__all__ = ["compiled_once"]  # for every test of this folder
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)

SignIn = Callable[..., Visitor]


@pytest.fixture(scope="session")
def cheap_passwords() -> Passwords:
    """Hashes that cost next to nothing."""
    return Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


def _opened(data: Path, passwords: Passwords, begins: datetime) -> House:
    """A house whose clock goes on a second whenever it is asked; its guides lie in its folder."""
    seconds = count()
    config = Config(data=data, guides=data / "guides")
    return open_house(config, lambda: begins + timedelta(seconds=next(seconds)), passwords)


@pytest.fixture(scope="session")
def web_stock(tmp_path_factory: pytest.TempPathFactory, sqlite_store: Path, cheap_passwords: Passwords) -> Path:
    """The folder of a house in which three guides are published, to copy."""
    data = tmp_path_factory.mktemp("stock")
    (data / "guides").mkdir()
    for name, text in (("kitchen", KITCHEN), ("sorry", SORRY), ("discount", DISCOUNT)):
        (data / "guides" / f"{name}.yaml").write_text(text)
    shutil.copy(sqlite_store, data)
    house = _opened(data, cheap_passwords, NOON)
    assert house.import_guides().problems == ()
    house.close()
    return data


@pytest.fixture
def web_house(tmp_path: Path, web_stock: Path, cheap_passwords: Passwords) -> Iterator[House]:
    """A house whose clock starts at noon of 2 March 2026, just after its guides were published."""
    shutil.copytree(web_stock, tmp_path, dirs_exist_ok=True)
    house = _opened(tmp_path, cheap_passwords, NOON + timedelta(seconds=2))
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
