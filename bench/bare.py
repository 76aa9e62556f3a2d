"""The least that a step could cost as a page: a Flask route that reads, commits one row and renders one template.

`python -m bench.bare FOLDER` serves it as `handrail serve` serves ours: gunicorn, gthread, SQLite with FULL.
"""

import socket
import sqlite3
import sys
from pathlib import Path
from threading import Lock, local

import click
from flask import Flask, render_template, request
from jinja2 import DictLoader

from web.commands.serve import Server
from web.config import Config

SESSIONS = 64
"""Rows that there are to read, by their number."""
_SCHEMA = """
CREATE TABLE sessions (id INTEGER PRIMARY KEY, title TEXT, say TEXT);
CREATE TABLE events (id INTEGER PRIMARY KEY, session INTEGER, answer TEXT, at TEXT);
"""
_PAGE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>{{ title }}</title></head>
<body>
<main>
<h1>{{ title }}</h1>
<p>{{ say }}</p>
<form method="post">
<input type="hidden" name="seq" value="{{ seq }}">
{% for answer in answers %}
<button name="option" value="{{ answer }}"><kbd>{{ loop.index }}</kbd> {{ answer }}</button>
{% endfor %}
</form>
</main>
</body>
</html>
"""


def create_app(file: Path) -> Flask:
    """The one route over a new store in this file."""
    app, own, lock = Flask("bare", static_folder=None), local(), Lock()
    app.jinja_loader = DictLoader({"step.html": _PAGE})
    _fill(file)

    def store() -> sqlite3.Connection:
        if not hasattr(own, "store"):
            own.store = _opened(file)
        return own.store  # type: ignore[no-any-return]

    @app.post("/step/<int:session>")
    def step(session: int) -> str:
        _, title, say = store().execute("SELECT * FROM sessions WHERE id = ?", (session,)).fetchone()
        with lock:
            new = "INSERT INTO events (session, answer, at) VALUES (?, ?, datetime('now'))"
            seq = store().execute(new, (session, request.form["option"])).lastrowid
        return render_template("step.html", title=title, say=say, seq=seq, answers=("agrees", "objects", "unsure"))

    return app


def _opened(file: Path) -> sqlite3.Connection:
    store = sqlite3.connect(file, isolation_level=None, timeout=10)  # each statement commits by itself
    for pragma in ("journal_mode=WAL", "synchronous=FULL"):
        store.execute(f"PRAGMA {pragma}")
    return store


def _fill(file: Path) -> None:
    store = _opened(file)
    store.executescript(_SCHEMA)
    rows = ((id, f"Question {id}", "Thank you, Acme. Please take your time.") for id in range(SESSIONS))
    store.executemany("INSERT INTO sessions VALUES (?, ?, ?)", rows)
    store.close()


def main(folder: str) -> None:
    """Serve until stopped."""
    bound = socket.create_server(("127.0.0.1", 0))
    config = Config(data=Path(folder), port=bound.getsockname()[1])
    app = create_app(Path(folder) / "bare.db")
    click.echo(f"It is at {config.address} now", err=True)
    Server(app, config, bound).run()


if __name__ == "__main__":
    main(sys.argv[1])
