"""The server is killed at random moments of many walks: no acknowledged answer is lost, none is doubled.

`make faults` makes 50 walks; the suite makes a few. HANDRAIL_WALKS and HANDRAIL_SEED say how many, and which.
"""

import os
import random
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import closing
from functools import partial
from http.client import HTTPException
from pathlib import Path
from threading import Condition
from typing import Any

import pytest

from tests.web.server import Page, Server, hidden
from web.config import Config
from web.storage import events, sessions
from web.use_cases.house import House, open_house

WALKS = int(os.environ.get("HANDRAIL_WALKS", "5"))
SEED = int(os.environ.get("HANDRAIL_SEED", "2"))
AT_ONCE = 5
STEPS = 12
FIRST_LIFE, LIFE = 20, 80
"""How many answers a server gives at most, of the about 160 of five walks; the first few: each group sees a death."""
PATIENCE = 120
STEP = """
  step-{number}:
    say: Say {number}.
    ask: [word]
    next: {next}"""
GUIDE = """\
guide: relay
title: A relay
fields:
  word: {type: text, label: Word}
outcomes:
  done: {label: Done, kind: success}
steps:"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one guide of many steps, each of which asks for a word."""
    steps = [STEP.format(number=number, next=f"step-{number + 1}") for number in range(1, STEPS)]
    last = STEP.format(number=STEPS, next="done") + "\n  done:\n    outcome: done\n"
    folder = tmp_path / "guides"
    folder.mkdir()
    (folder / "relay.yaml").write_text(GUIDE + "".join(steps) + last)
    return folder


class Mortal:
    """A server that is killed and started again on the same data while others talk to it."""

    def __init__(self, start: Callable[[], Server]) -> None:
        self._start = start
        self._server: Server | None = start()
        self._changed = Condition()
        self.kills = 0
        self.answered = 0

    def die(self) -> None:
        """Kill it, then start it again."""
        server = self._alive()
        with self._changed:
            self._server = None
        server.kill()
        again = self._start()
        with self._changed:
            self._server, self.kills = again, self.kills + 1
            self._changed.notify_all()

    def insist(self, ask: Callable[[Server], Page]) -> Page:
        """Ask until there is an answer, however often the server dies in between."""
        while True:
            server = self._alive()
            try:
                page = ask(server)
            except (OSError, HTTPException):
                self._await_another(server)
            else:
                with self._changed:
                    self.answered += 1
                return page

    def close(self) -> None:
        """Kill it for good, if it lives."""
        if self._server is not None:
            self._server.kill()

    def _alive(self) -> Server:
        with self._changed:
            assert self._changed.wait_for(lambda: self._server is not None, PATIENCE)
            assert self._server
            return self._server

    def _await_another(self, dead: Server) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: self._server not in (None, dead), PATIENCE)


class Walker:
    """Walks the relay to its end; everything that the server acknowledged is kept, in order."""

    def __init__(self, mortal: Mortal, token: str, name: int) -> None:
        self._mortal = mortal
        self._cookie = f"handrail-session={token}"
        self._name = name
        self.session = ""
        self.acknowledged: list[str] = []

    def walk(self) -> "Walker":
        page = self._get("/start/relay")
        started = self._post("/start/relay", {"csrf": hidden(page, "csrf"), "key": hidden(page, "key")})
        self.session = started.location.rpartition("/")[2]
        for number in range(1, STEPS + 1):
            self._say("answer", "field.word", f"word {self._name}-{number}")
            if number % 4 == 0:
                self._say("note", "text", f"note {self._name}-{number}")
        return self

    def _say(self, form: str, name: str, word: str) -> None:
        path = f"/sessions/{self.session}"
        page = self._get(path)
        self._post(f"{path}/{form}", {"csrf": hidden(page, "csrf"), "seq": hidden(page, "seq"), name: word})
        self.acknowledged.append(word)

    def _get(self, path: str) -> Page:
        page = self._mortal.insist(lambda server: server.get(path, self._cookie))
        assert page.status == 200, page
        return page

    def _post(self, path: str, form: dict[str, str]) -> Page:
        page = self._mortal.insist(lambda server: server.post(path, self._cookie, form))
        assert page.status == 303, page
        return page


def test_no_acknowledged_answer_is_lost_and_none_doubled(tmp_path: Path, folder: Path, database_url: str) -> None:
    house = open_house(Config(guides=folder, database_url=database_url))
    token, chance = _sign_in(house), random.Random(SEED)
    workers = "1" if house.database.is_sqlite else "2"
    start = partial(Server, tmp_path, folder, "--database", database_url, "--workers", workers)
    with closing(house), closing(Mortal(start)) as mortal:
        for first in range(0, WALKS, AT_ONCE):
            walkers = [Walker(mortal, token, number) for number in range(first, min(first + AT_ONCE, WALKS))]
            for walker in _walked(mortal, walkers, chance):
                assert _words(house, walker.session) == walker.acknowledged
                _assert_whole(house, walker.session)
        assert mortal.kills >= WALKS / AT_ONCE
        assert len(_all_sessions(house)) == WALKS


def _walked(mortal: Mortal, walkers: list[Walker], chance: random.Random) -> list[Walker]:
    """The walkers at their ends; the server died at random moments on the way, at least once.

    How long it lives is counted in answers, so that a slow machine sees no more deaths than a fast one.
    """
    with ThreadPoolExecutor(len(walkers)) as pool:
        walks: list[Future[Walker]] = [pool.submit(walker.walk) for walker in walkers]
        end = mortal.answered + chance.randint(1, FIRST_LIFE)
        while wait(walks, timeout=chance.uniform(0.001, 0.02)).not_done:
            if mortal.answered >= end:
                mortal.die()
                end = mortal.answered + chance.randint(1, LIFE)
    return [walk.result() for walk in walks]


def _sign_in(house: House) -> str:
    house.people.add("Ann", "agent")
    return house.people.use_link(house.people.make_link("Ann"))


def _words(house: House, session: str) -> list[str]:
    """The words answered and noted, as the log has them."""
    payloads = [logged.payload for logged in events.log(house.database, session)]
    return [_word(payload) for payload in payloads if payload["kind"] in ("answered", "changed", "note_added")]


def _word(payload: Any) -> str:
    return str(payload["text"] if payload["kind"] == "note_added" else payload["values"]["word"])


def _assert_whole(house: House, session: str) -> None:
    """The log has no gap, its chain holds, and the head says what it says."""
    head = sessions.head(house.database, session)
    assert head is not None
    assert (head.status, head.outcome) == ("ended", "done")
    assert [logged.seq for logged in events.log(house.database, session)] == list(range(1, head.seq + 1))
    assert events.broken_at(house.database, session, head.chain) is None


def _all_sessions(house: House) -> tuple[sessions.Head, ...]:
    return sessions.newest(house.database, sessions.Scope(0, everyone=True), None, WALKS + 9)
