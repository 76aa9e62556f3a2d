"""A real server with the guides that Handrail comes with, and people at its pages with a real browser."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from threading import Thread
from typing import Literal

import pytest
from argon2 import PasswordHasher
from playwright.sync_api import BrowserContext, Page
from werkzeug.serving import make_server

from engine.compiler import build_guides, reachable
from tests.compiled import compiled_once, quick
from web.app import create_app
from web.config import Config
from web.context import Services
from web.use_cases.house import House, open_house
from web.use_cases.passwords import Passwords

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
SHIPPED = Path(__file__).parents[2] / "guides"
GUIDES = ("apology-remediation", "late-payment", "unresponsive-client")
__all__ = ["compiled_once"]  # for every test of this folder
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
PASSWORD = "four words in a row"
RULES: dict[Literal["light", "dark"], dict[str, list[str]]] = {
    "light": {},
    "dark": {"runOnly": ["color-contrast", "link-in-text-block"]},
}
# Only what is wrong is handed over, and nothing fetched beforehand (media, of which we have none, and styles, which no
# rule asks for that is on): that took as long as the rules.
JUDGED = """async rules => {
  const { violations } = await axe.run({ resultTypes: ["violations"], preload: false, ...rules });
  return violations.flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.html}`));
}"""


@dataclass(frozen=True)
class Site:
    """Where the server is, and the house it serves."""

    address: str
    house: House


@pytest.fixture(scope="session")
def stocked(sqlite_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a store with those of the shipped guides that the tests walk, and Ann, an agent with a password.

    However many guides are shipped, a site has these, with what they call.
    """
    data = tmp_path_factory.mktemp("stocked")
    shutil.copy(sqlite_store, data)
    house = opened(Config(data=data, guides=_few(data / "guides")))
    assert house.import_guides().skipped == ()
    house.people.set_password(house.people.add("Ann", "agent"), PASSWORD)
    house.close()
    return data / sqlite_store.name


def _few(folder: Path) -> Path:
    """A folder with these guides and those that they lead to, without translations."""
    folder.mkdir()
    every = build_guides({file.name: file.read_bytes() for file in SHIPPED.glob("*.yaml")})
    for id in {id for guide in GUIDES for id in reachable(every[guide], every)}:
        shutil.copy(SHIPPED / f"{id}.yaml", folder)
    return folder


def opened(config: Config, clock: Callable[[], datetime] | None = None) -> House:
    """A house whose passwords cost next to nothing; its clock starts at noon of 2 March 2026, unless it has another."""
    seconds = count()
    cheap = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    return open_house(config, clock or (lambda: NOON + timedelta(seconds=next(seconds))), cheap)


@contextmanager
def served(house: House) -> Iterator[Site]:
    """A server for a house, which is closed with it."""
    app = quick(create_app(house.config, Services.of(house)))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, args=(0.01,))  # seconds until it hears that it shall stop
    thread.start()
    yield Site(f"http://127.0.0.1:{server.port}", house)
    server.shutdown()
    thread.join()
    server.server_close()
    house.close()


@pytest.fixture
def site(tmp_path: Path, stocked: Path) -> Iterator[Site]:
    """A server with the guides that the tests walk; Ann, an agent, has a password."""
    shutil.copy(stocked, tmp_path)
    with served(opened(Config(data=tmp_path))) as there:
        yield there


SignedIn = Callable[..., BrowserContext]


@pytest.fixture
def signed_in(site: Site, new_context: Callable[..., BrowserContext]) -> SignedIn:
    """A function that opens a browser in which Ann is signed in."""

    def open_browser(**options: object) -> BrowserContext:
        context = new_context(base_url=site.address, **options)
        token = site.house.people.sign_in("Ann", PASSWORD)
        context.add_cookies([{"name": "handrail-session", "value": token, "url": site.address}])
        return context

    return open_browser


@pytest.fixture
def desk(signed_in: SignedIn) -> Page:
    """A page in Ann's browser."""
    return signed_in().new_page()


@pytest.fixture
def routable(desk: Page) -> Page:
    """Ann's page, for tests that route its requests once it is on view.

    Chromium begins to intercept a live document's requests a moment after `page.route` has returned: the next one may
    slip through; what is intercepted when a document loads stays so. Not for every test: it takes the cache away.
    """
    desk.route("**/no-such-address", lambda route: route.abort())
    return desk


def violations(page: Page) -> list[str]:
    """What axe-core finds wrong with a page as it stands, in light and in dark; only colours differ between the two."""
    found: list[str] = []
    page.emulate_media(reduced_motion="reduce")  # no colour is halfway to another when it is measured
    for scheme, rules in RULES.items():
        page.emulate_media(color_scheme=scheme)
        if not page.evaluate("'axe' in window"):
            page.evaluate(_axe())
        found += [f"{scheme}: {told}" for told in page.evaluate(JUDGED, rules)]
    page.emulate_media(color_scheme="light")
    return found


@cache
def _axe() -> str:
    return AXE.read_text()


def start(page: Page, guide: str = "late-payment", client: str = "Ms Adler") -> None:
    """Start a guide from its link and wait for its first step."""
    page.goto(f"/start/{guide}?client_name={client}")
    page.get_by_role("button", name="Start").click()
    page.wait_for_url("**/sessions/*")
